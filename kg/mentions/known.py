"""Find names known in advance: places, organisations, short names, and the words of the field."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from kg.mentions.gazetteer import Place, organisations, places, places_called
from kg.mentions.lexicon import Lexicon
from kg.mentions.mention import Mention
from kg.mentions.places import everyday, full_name, resolve
from kg.mentions.walls import OPTIONS, words
from kg.rules import alternation, rules

Home = Callable[[int], Place | None]
# a short place name before these is part of another word or name
_NOT_PLACE = re.compile(r"(?:大学|学院|路|街|港口|海关|湾|大道|话|菜|商人|籍|帮|造|鼓|瓷|酒|茶|模式(?!口))")
# where the name of a county is part of words: behind one that it ends (科技兴县), or before what goes on (和县级领导)
_IN_A_WORD = re.compile("[\u4e00-\u9fff](?<![省市州区在与由到赴于从往自])")
_GOES_ON = re.compile("[级长域]")
_FREE = frozenset("，。、；：的是在和与")
_NOT_NAME = re.compile(r"院士|皇家|国家工程院|国家科学院|籍|启迪|紫光|同方|方正|青鸟|微电子|张江|控股|网新|荒")


@cache
def _known() -> Lexicon[tuple[str, str, str]]:
    """Return the known names, each with rule, type and canonical name; later lists win over earlier ones."""
    known: dict[str, tuple[str, str, str]] = {}
    plain = everyday()
    for place in places().values():
        known.setdefault(place.name, ("places.gazetteer", "Place", place.name))
        if (place.level != "county" or place.type == "City") and place.short and place.short not in plain:
            known.setdefault(place.short, ("places.gazetteer", "Place", place.short))
    for organisation in organisations().values():
        for name in (organisation.name, *organisation.aliases):
            known[name] = ("names.gazetteer", organisation.type, organisation.name)
    for name, kind in (("region", "Region"), ("country", "Country")):
        for word in rules("places", "type").words[name]:
            printed, _, full = word.partition("=")
            known[printed] = ("places." + name, kind, full or printed)
    for kind, listed in rules("categories", *OPTIONS).words.items():
        for word in listed:
            printed, _, full = word.partition("=")
            known[printed] = (f"categories.{kind.lower()}", "Award/Title" if kind == "Title" else kind, full or printed)
    for word in ("中国", "我国"):
        known[word] = ("places.country", "Country", "中国")
    return Lexicon(known)


@cache
def known_organisations() -> frozenset[str]:
    """Return the full names of organisations that are known: those of the registry, and the universities of the word list."""
    listed = (word.partition("=") for word in rules("categories", *OPTIONS).words["University"])
    return frozenset(organisations()) | {full or printed for printed, _, full in listed}


def find_known(clean: str, home: Home) -> list[Mention]:
    """Return the known names in ``clean``; ``home`` gives the place that the text around an offset speaks of."""
    found: list[Mention] = []
    for start, stop, (rule, kind, name) in _known().find(clean):
        if kind == "Place":
            kind, name = _placed(clean, start, stop, name, home)
            if not kind:
                continue
        elif rule == "categories.institute" and start and clean[start - 1] in "省市区县":
            continue  # 市农科院 is none of the country's
        elif clean[start:stop] == "我国" or (name == "中国" and clean[stop : stop + 1] not in _FREE) or _NOT_NAME.match(clean, stop):
            continue
        printed = clean[start:stop]
        if printed.startswith("“") and printed.endswith("”"):
            name = name.strip("“”") if name == printed else name
        found.append(Mention(start, stop, name, kind, rule, printed))
    for pattern in rules("categories", *OPTIONS).rules[1:]:
        found += [Mention(m.start(), m.end(), m[0], pattern.options["type"], pattern.id, m[0]) for m in pattern.finditer(clean)]
    return found


def _placed(clean: str, start: int, stop: int, name: str, home: Home) -> tuple[str, str]:
    """Return type and full name of the place that is printed as ``name``; no type where it is none there."""
    in_a_word = name in _word_counties() and ((start and _IN_A_WORD.match(clean, start - 1)) or _GOES_ON.match(clean, stop))
    if in_a_word or _NOT_PLACE.match(clean, stop):
        return "", name
    place = resolve(name, home(start))
    if place is not None:
        return place.type, full_name(place)
    return _shared(name) or "", name  # 鼓楼区 is named, which one is open: the name stays as it is printed


@cache
def _around_field() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what makes a field of technology a narrower one: 新型|储能, 半导体|材料."""
    return re.compile(f"{alternation(words('field_before'))}$"), re.compile(f"(?:{alternation(words('field_after'))})+业?")


def find_narrower_fields(clean: str, found: Iterable[Mention]) -> list[Mention]:
    """Return the narrower fields of technology that known ones of ``found`` are parts of: 新型储能, a trade where they end in 业."""
    before, after = _around_field()
    narrower: list[Mention] = []
    for field in found:
        if field.rule not in ("categories.technologyfield", "categories.industry"):
            continue
        wider, longer = before.search(clean, max(0, field.start - 4), field.start), after.match(clean, field.end)
        if wider or longer:
            start, end = wider.start() if wider else field.start, longer.end() if longer else field.end
            kind, name = "Industry" if clean[end - 1] == "业" else field.type, clean[start:end]
            narrower.append(Mention(start, end, name, kind, field.rule, name))
    return narrower


def _shared(name: str) -> str | None:
    """Return the type of the divisions that share the full name ``name``, ``None`` where they are of several types or none."""
    types = {place.type for place in places_called(name) if place.name == name}
    return types.pop() if len(types) == 1 else None


@cache
def _word_counties() -> frozenset[str]:
    """Return the counties whose names words end with, behind a word of the text: 科技兴县, 建成县级平台, 示范县."""
    return frozenset(rules("places", "type").words["in_words"])


@cache
def _counties(prefix: str) -> re.Pattern[str] | None:
    plain = everyday()
    shorts = {p.short for p in places().values() if p.level == "county" and p.code.startswith(prefix) and len(p.short) >= 2} - plain
    return re.compile("|".join(sorted(map(re.escape, shorts), key=lambda name: (-len(name), name)))) if shorts else None


def find_counties(clean: str, home: Home, spans: list[tuple[int, int, Place | None]]) -> list[Mention]:
    """Return the counties and districts of the home city (of the home province, when it is one) by their short names.

    ``spans`` are the stretches of text with their home place.
    """
    found: list[Mention] = []
    for start, end, place in spans:
        pattern = _counties(place.code[:2] if place.level == "province" else place.code[:4]) if place else None
        if place is None or pattern is None:
            continue
        for match in pattern.finditer(clean, start, end):
            if _NOT_PLACE.match(clean, match.end()) or clean[match.end() : match.end() + 1] in "区县市":
                continue
            county = resolve(match[0], place)
            if county is not None and county.level == "county":
                found.append(Mention(match.start(), match.end(), full_name(county), county.type, "places.gazetteer", match[0]))
    return found


def find_unlisted(clean: str, spans: list[tuple[int, int, Place | None]]) -> list[Mention]:
    """Return the home place where no list of divisions knows it, by its full and its short name."""
    found: list[Mention] = []
    for start, end, place in spans:
        if place is None or (place.code in places() and places()[place.code].name == place.name):
            continue
        kind = "City" if place.name.endswith("市") else place.type
        for match in re.compile(f"{re.escape(place.name)}|{re.escape(place.short)}").finditer(clean, start, end):
            if not _NOT_PLACE.match(clean, match.end()):
                found.append(Mention(match.start(), match.end(), place.name, kind, "places.unlisted", match[0]))
    return found
