"""Find government bodies and give them their full names: 省科技厅 is 浙江省科学技术厅 in a Zhejiang report."""

import re
from functools import cache

from kg.mentions.gazetteer import Place
from kg.mentions.known import Home
from kg.mentions.mention import Mention
from kg.mentions.places import above, city_of, full_name, home_of, resolve
from kg.mentions.walls import OPTIONS, Walls
from kg.rules import alternation, rules

_AFTER = r"(?!长|域|级|部门|网)"
# 政府引导, 政府投资: the public hand in general, not one body that acts
_AFTER_GOVERNMENT = r"(?<!政府(?=工作报告|引导|采购|性|投资|补助|奖|职能|扶持|服务|治理|债|资助|主导|支持|资金|出资|财政))"
_LEVELS = {"省": "province", "市": "prefecture", "区": "county", "县": "county", "自治区": "province"}


@cache
def _departments() -> tuple[re.Pattern[str], dict[str, str]]:
    full = {word.partition("=")[0]: word.partition("=")[2] or word for word in rules("bodies", *OPTIONS).words["department"]}
    return re.compile(alternation(tuple(full)) + _AFTER + _AFTER_GOVERNMENT), full


@cache
def _national() -> tuple[re.Pattern[str], dict[str, str]]:
    full = {word.partition("=")[0]: word.partition("=")[2] or word for word in rules("bodies", *OPTIONS).words["national"]}
    return re.compile(alternation(tuple(full)) + "(?!长|门|署)"), full


def find_bodies(clean: str, walls: Walls, home: Home) -> list[Mention]:
    """Return the government bodies named in ``clean``; one whose place is neither printed nor known is left out."""
    pattern, full = _national()
    found = [
        Mention(m.start(), m.end(), full[m[0]], "GovernmentBody", "bodies.national", m[0])
        for m in pattern.finditer(clean)
        if clean[m.start() - 1 : m.start()] not in ("市", "省", "级")
    ]
    pattern, full = _departments()
    for match in pattern.finditer(clean):
        low = max(walls.soft_left(match.start()), match.start() - 14)
        owner = _owner(clean[low : match.start()], home(match.start()))
        if owner is None:
            continue
        size, place = owner
        if size == 1 and match[0] in ("政府", "人民政府") and clean[: match.start() - 1].endswith(("委", "委、", "委和")):
            continue  # 市委、市政府 is a formula, not a body that acts
        start = match.start() - size
        name = full_name(place) + full[match[0]]
        if clean.startswith("县人民政府", match.start()):
            name = full_name(place) + "人民政府"
        kind = "Institute" if match[0].endswith("院") else "GovernmentBody"
        found.append(Mention(start, match.end(), name, kind, "bodies.body", clean[start : match.end()]))
    return found


def _owner(before: str, home: Place | None) -> tuple[int, Place] | None:
    """Return how many characters before the department name its place, and the place."""
    for size in range(min(len(before), 12), 1, -1):
        place = resolve(before[-size:], home) or (home_of(before[-size:]) if size > 4 else None)
        if place is not None:
            return size, place
    level = next((word for word in ("自治区", "省", "市", "区", "县") if before.endswith(word)), None)
    if (
        level is None
        or home is None
        or (
            len(before) > len(level)
            and "\u4e00" <= before[-len(level) - 1] <= "\u9fff"
            and before[-len(level) - 1] not in "省市委府局和与、"
        )
    ):
        return None
    place = city_of(home) if level == "市" else above(home, _LEVELS[level])
    return (len(level), place) if place else None
