"""Zones and their offices by short names: 高新区 is 襄阳高新技术产业开发区 in a report of Xiangyang, 管委会 is its office."""

import re
from collections.abc import Sequence

from kg.mentions.gazetteer import Place
from kg.mentions.mention import Mention
from kg.mentions.walls import Walls

_ZONES = {
    "国家自主创新示范区": "国家自主创新示范区",
    "国家自创区": "国家自主创新示范区",
    "自创区": "国家自主创新示范区",
    "自主创新示范区": "国家自主创新示范区",
    "高新区": "高新技术产业开发区",
    "国家高新区": "高新技术产业开发区",
    "高新技术产业开发区": "高新技术产业开发区",
    "经开区": "经济技术开发区",
    "经济技术开发区": "经济技术开发区",
    "自贸区": "自由贸易试验区",
    "自贸试验区": "自由贸易试验区",
    "综保区": "综合保税区",
}
_ZONE_END = re.compile("(?:国家自创区|自创区|国家高新区|高新区|经开区|自贸试验区|自贸区|综保区)$")
_BARE = re.compile(
    "(?P<short>科创园|科技园|产业园|孵化园|创业园|创新园|软件园|科技城|科学城|国家自创区|自创区|高新区|经开区|自贸试验区|自贸区|综保区|新区|研究院|示范区)(?P<phase>[一二三四]期)?(?![\u4e00-\u9fff]?(?:局|委|域|块))"
)
_OFFICE = re.compile("(?:高新区|经开区|开发区|新区|示范区|园区)?(?:管委会|管理委员会|党工委)(?!副?主任|副?书记|委员)")
_OFFICE_PARTS = re.compile("(?P<zone>.*?)(?P<office>管委会|管理委员会|党工委)")
_COUNTED = re.compile(
    r"(?:[\d一二三四五六七八九十百两]余?|多|各)(?:个|家|座)(?:国家级?|省级)?$"
)  # 全国147个高新区: a kind of zone, and none
_NUMBER = 8  # characters in which a count stands before its noun
_SHORT_ZONE = 3  # characters of 高新区 and the like


def is_shortened(short: str, full: str) -> bool:
    """Return whether ``short`` is ``full`` with characters left out, ending on the same one.

    >>> is_shortened("科创园", "襄阳（嘉定）科技创新园"), is_shortened("科创园", "科技城")
    (True, False)
    """
    rest = iter(full)
    return short[-1:] == full[-1:] and len(short) < len(full) and all(char in rest for char in short)


def find_bare_zones(clean: str, walls: Walls) -> list[Mention]:
    """Return zones and parks printed by their kind alone (高新区, 科创园二期); the full name is found later or they go."""
    found: list[Mention] = []
    for match in _BARE.finditer(clean):
        counted = _COUNTED.search(clean, max(0, match.start() - _NUMBER), match.start())
        if (
            walls.soft_left(match.start()) == match.start()
            and not counted
            and not (match["short"] in ("新区", "示范区", "研究院", "科技园", "产业园") and not match["phase"])
        ):
            found.append(Mention(match.start(), match.end(), "", "Park", "names.short", match[0]))
    return found


def find_bare_offices(clean: str, walls: Walls) -> list[Mention]:
    """Return the offices of a zone printed without its name (管委会, 高新区党工委); the full name is found later or they go."""
    return [
        Mention(match.start(), match.end(), "", "GovernmentBody", "names.short", match[0])
        for match in _OFFICE.finditer(clean)
        if walls.soft_left(match.start()) == match.start()
    ]


def zone_of(home: Place | None, short: str) -> str | None:
    """Return the name of the zone ``short`` of the city or county ``home``, or ``None``."""
    owner = home if home and home.level != "province" else None
    return (owner.short or owner.name) + _ZONES[short] if owner and short in _ZONES else None


def zone_name(name: str, home: Place | None) -> str:
    """Return the full name of the zone that is printed as ``name``: 襄阳高新区 → 襄阳高新技术产业开发区."""
    if name in _ZONES:
        return zone_of(home, name) or name
    end = _ZONE_END.search(name)
    return name[: end.start()] + _ZONES[end[0]] if end else name


def office_called(short: str, before: Sequence[Mention]) -> str | None:
    """Return the full name of an office that is printed without its zone: 管委会 after 海城高新技术产业开发区 is 海城高新区管委会."""
    parts = _OFFICE_PARTS.fullmatch(short)
    if parts is None:
        return None
    for earlier in reversed(before):
        if earlier.type == "GovernmentBody" and is_shortened(short, earlier.name):
            return earlier.name
        if earlier.type == "Park" and earlier.name.endswith("区") and (not parts["zone"] or is_shortened(parts["zone"], earlier.name)):
            return _everyday_name(earlier.name) + parts["office"]
    return None


def _everyday_name(zone: str) -> str:
    """Return ``zone`` by the name that its offices bear: 海城高新技术产业开发区 → 海城高新区."""
    ends = ((short, full) for short, full in _ZONES.items() if len(short) == _SHORT_ZONE and zone.endswith(full))
    return next((zone.removesuffix(full) + short for short, full in ends if "国家" not in full), zone)
