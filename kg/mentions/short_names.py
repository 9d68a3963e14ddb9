"""Give each mention its canonical full name: abbreviations, levels, and names shortened from one printed before."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from kg.mentions.gazetteer import Place, organisations, places_called
from kg.mentions.known import Home
from kg.mentions.mention import Mention
from kg.mentions.modifiers import is_generic
from kg.mentions.places import above, city_of, full_name, place_before
from kg.mentions.walls import OPTIONS
from kg.mentions.zones import is_shortened, office_called, zone_name, zone_of
from kg.rules import rules

_PHASE = re.compile("[一二三四]期$")
_DEFINED = re.compile(r"（(?:以下)?(?:统称|简称|又称|又名|下称)为?[：:]?[“《\"]?(?P<short>[^“”《》\"（）\n]{2,14})[”》\"]?）")
_TITLES = ("Award/Title", "ProjectCategory", "Programme", "PlatformCategory", "EnterpriseCategory", "TalentCategory")
_PREMISES = ("Park", "Platform", "Institute")
_HEADED = ("Institute", "Platform", "Park", "University")
_OWNED = re.compile(r"^(?:省|市|自治区)(?!长|场|民|县|域|内)(?=级|[\u4e00-\u9fff“])")
_ACADEMY = re.compile(r"^中科院")
_FIRM = re.compile(r"(?P<stem>[\u4e00-\u9fff]{3,}?)(?:科技|技术|股份|集团|实业|控股)*(?:有限责任公司|有限公司|公司)")
REACH = 40  # earlier mentions that a short name may shorten


@cache
def _university_starts() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for name in organisations():
        if name.endswith("大学"):
            table[name[0]] = (*table.get(name[0], ()), name)
    return table


def universities_called(short: str) -> tuple[str, ...]:
    """Return every university that an abbreviation ending in 大 may stand for.

    >>> universities_called("温医大"), universities_called("华师大"), universities_called("东华大")
    (('温州医科大学',), ('华东师范大学', '华南师范大学'), ('东华大学',))
    """
    if short + "学" in organisations():
        return (short + "学",)
    return tuple(sorted(name for name in _university_starts().get(short[:1], ()) if is_shortened(short + "学", name)))


def _meant(short: str) -> tuple[str, ...]:
    """Return the universities that ``short`` may stand for; a province or a city and 大 are none (上海大剧院, 吉林大地)."""
    return () if any(place.level != "county" for place in places_called(short[:-1])) else universities_called(short)


def find_abbreviated(clean: str) -> list[Mention]:
    """Return the universities printed as 温医大; where several can be meant (华师大) the name stays as it is printed."""
    rule = rules("categories", *OPTIONS).rules[0]
    found: list[Mention] = []
    for match in rule.pattern.finditer(clean):
        starts = range(match.start(), match.end() - 2)
        fits = {start: _meant(clean[start : match.end()]) for start in starts}
        start = next((start for start in sorted(starts, key=lambda start: len(fits[start]) > 1) if fits[start]), None)
        if start is not None:
            printed = clean[start : match.end()]
            full = fits[start][0] if len(fits[start]) == 1 else printed
            found.append(Mention(start, match.end(), full, "University", rule.id, printed))
    return found


def find_defined(clean: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the later places of names that the text itself introduces: 江州海天新材料研究院（以下简称“海天院”）."""
    ends = {mention.end: mention for mention in mentions}
    meant: dict[str, list[tuple[int, Mention]]] = {}
    for match in _DEFINED.finditer(clean):
        known = ends.get(match.start()) or (ends.get(match.start() - 1) if clean[match.start() - 1] == "》" else None)
        if known is not None:
            meant.setdefault(match["short"], []).append((match.start(), known))
    found: list[Mention] = []
    for short, known_from in meant.items():
        for place in re.finditer(re.escape(short), clean):
            if (last := bisect_left(known_from, place.start(), key=lambda pair: pair[0])) > 0:
                known = known_from[last - 1][1]
                found.append(Mention(place.start(), place.end(), known.name, known.type, "names.defined", short))
    return found


def find_shortened_firms(clean: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the later places of firms that the text names in full before: 青禾光电科技有限公司, then 青禾光电."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.type == "Enterprise" and (stem := _FIRM.fullmatch(mention.name)):
            whole = stem["stem"]
            home = place_before(whole)
            for short in (whole, re.sub(r"^[省市区县]", "", whole.removeprefix(home))):
                if len(short) >= 4 and not is_generic(short):
                    first.setdefault(short, mention)
    found: list[Mention] = []
    for short, known in first.items():
        for place in re.finditer(re.escape(short), clean):
            if place.start() >= known.end:
                found.append(Mention(place.start(), place.end(), known.name, "Enterprise", "names.defined", short))
    return found


def name_fully(clean: str, mentions: Iterable[Mention], home: Home) -> list[Mention]:
    """Return ``mentions`` (text order, outer before nested) with canonical names; a short name nobody explains goes."""
    ordered = list(mentions)
    heads = {m.start: m for m in ordered if m.type in ("University", "Institute") and m.name != m.printed}
    done: list[Mention] = []
    full = _placed(ordered)
    for mention in ordered:
        place = home(mention.start)
        named = mention
        if mention.rule == "names.short":
            unshortened = _unshortened(mention, done, place)
            if unshortened is None:
                continue
            named = mention.called(unshortened)
        elif mention.name == mention.printed:
            named = mention.called(_canonical(clean, mention, heads, place, done))
        elif mention.type in _TITLES and place is not None:
            named = mention.called(_owned(mention.name, place))
        if named.type in _HEADED:
            named = named.called(full.get(named.name) or named.name)
        done.append(named)
    return done


def _placed(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the names that the text prints with their place before them by what follows the place.

    泉州湖畔实验室 is what 湖畔实验室 means, before it (in a title) and after it, unless two places have one of that name.
    """
    names = {zone_name(m.name, None) if m.type == "Park" else m.name for m in mentions if m.type in _HEADED}
    found: dict[str, set[str]] = {}
    for name in names:
        place = place_before(name)
        if place and len(name) - len(place) >= 4 and places_called(place):
            found.setdefault(name[len(place) :], set()).add(name)
    return {rest: next(iter(full)) for rest, full in found.items() if len(full) == 1}


def _unshortened(mention: Mention, before: Sequence[Mention], home: Place | None) -> str | None:
    near = before[-REACH:]
    if mention.type == "GovernmentBody":
        return office_called(mention.printed, near)
    phase = _PHASE.search(mention.printed)
    short = mention.printed[: phase.start()] if phase else mention.printed
    for earlier in reversed(near):
        full = _PHASE.sub("", earlier.name) if earlier.name.endswith("期") else earlier.name
        if earlier.type in _PREMISES and is_shortened(short, full):
            return full + (phase[0] if phase else "")
    return zone_of(home, short)


def _canonical(clean: str, mention: Mention, heads: dict[int, Mention], home: Place | None, before: Sequence[Mention]) -> str:
    name = _DEFINED.sub("", mention.printed) if "称" in mention.printed else mention.printed
    if mention.type in _HEADED:
        head = heads.get(mention.start)
        if (
            head is not None
            and head.end < mention.end
            and not (head.name.startswith(head.printed) and head.printed.endswith(("院", "学", "所")))
        ):
            name = head.name + clean[head.end : mention.end]
        elif _ACADEMY.match(name):
            name = _ACADEMY.sub("中国科学院", name)
        elif (inherited := _inherited(clean, mention, before)) is not None:
            name = inherited + name
        if name.startswith("中国科学院") and name.endswith("所") and not name.endswith("研究所"):
            name = name[:-1] + "研究所"
    if mention.type == "Park":
        name = zone_name(name, home)
    if mention.type in _TITLES and home is not None:
        name = _owned(name, home)
    return name


def _owned(name: str, home: Place) -> str:
    """Return a provincial or municipal title with its place: 省级众创空间 is 浙江省级众创空间."""
    if not _OWNED.match(name):
        return name
    owner = city_of(home) if name[0] == "市" else above(home, "province")
    if owner is None:
        return name
    if name.startswith("自治区"):
        return full_name(owner) + name.removeprefix("自治区") if owner.name.endswith("自治区") else name
    return full_name(owner).removesuffix(name[0]) + name if owner.name.endswith(name[0]) else full_name(owner) + name


def _inherited(clean: str, mention: Mention, before: Sequence[Mention]) -> str | None:
    """Return the university of the neighbour before 、 when a count closes the list (温医大病毒研究院、精准医学研究院2个)."""
    if mention.type != "Institute" or clean[mention.start - 1 : mention.start] != "、":
        return None
    if not re.match(r"(?:等)?[0-9两二三四五六七八九十]+[个家所]", clean[mention.end : mention.end + 6]):
        return None
    if place_before(mention.printed):
        return None  # 三亚海洋研究院 stands for itself, and so does 浙江大学海南研究院
    if any(mention.printed.startswith(name) for name in _university_starts().get(mention.printed[0], ())):
        return None
    near = before[-REACH:]
    neighbour = next((m for m in reversed(near) if m.end == mention.start - 1 and m.type == "Institute" and not m.nested), None)
    if neighbour is None:
        return None
    head = next((m for m in reversed(near) if m.start == neighbour.start and m.type == "University"), None)
    return head.name if head is not None and mention.printed[:2] != neighbour.printed[:2] else None
