"""Relations that names and printed neighbours imply: an institute is part of its university, a park lies in its city."""

import re
from collections.abc import Iterator

from kg.extract.ground import PLACES, Ground
from kg.extract.house import in_headline
from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.mentions.places import full_name, home_of, place_named, resolve
from kg.passages import Passages

_PARTS = frozenset(("Institute", "Platform", "Team", "Park"))
_WHOLES = frozenset(("University", "Institute", "Enterprise"))
_SITED = frozenset(("Institute", "Platform", "Park"))  # a firm or an office may be named after a place and sit elsewhere
_OF_SITE = _PARTS | _SITED | {"University"}  # whose names say where they are or what they belong to
_HOSTS = frozenset(("Conference", "Programme", "Campaign"))
_BUILDERS = frozenset(("Enterprise", "University", "Institute"))
_BUILT = frozenset(("Platform", "Institute", "Park"))
_DONE = frozenset(("ProjectCategory", "TechnologyField", "Concept"))
_WORK = re.compile(r"等?(?:\d+个|\d+项)?(?:项目|课题|技术|成果|工程)")
_PARKS = frozenset(("Park",))
_PLANS = frozenset(("Programme", "Campaign", "Policy"))
_EDITION = re.compile(r"(?P<whole>.{3,}?)(?:\d(?:\.\d)?版|(?:年度)?(?:实施|行动|工作)方案|年度(?:计划|方案))")
_WITHIN_CITY = re.compile(r"(?P<city>[\u4e00-\u9fff]{2,8}?(?:市|州|盟))[\u4e00-\u9fff]{1,6}(?:区|县|市|旗)")
_PHASE = re.compile(r"[一二三四五六]期$")
_SUPPORT = re.compile(
    r"^(?:关于)?(?:进一步|全力|大力|加大)?(?:支持|扶持|鼓励)(?P<o>.{2,24}?)(?:健康发展|高质量发展|加快发展|发展)?的?(?:若干|补充|实施|[一二三四五六七八九十]+条|\d+条)*的?(?:意见|措施|政策|办法|规定|方案)"
)


def implied_relations(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield what names imply, each thing once: part_of, located_in, and supports for a policy named after its aim."""
    seen: set[str] = set()
    homes = {section.place for section in passages.sections if section.place}
    named = {mention.name: mention.type for mention in (*ground.nested, *ground.mentions)}
    for mention in sorted(ground.mentions, key=lambda m: in_headline(ground, passages, m.start)):  # what the body says as well
        yield from _of_owner(ground, mention)
        if mention.name in seen:
            continue
        seen.add(mention.name)
        yield from _of_site(ground, mention, homes, named)
        yield from _of_plan(ground, mention, named)
        if mention.type == "Policy" and (aim := _SUPPORT.match(mention.name)):
            yield Relation(ground.span(mention.start, mention.end), mention.name, "supports", aim["o"], "implied.policy-name")
        host = ground.ends.get(mention.start)
        if host and host.type in _HOSTS and ground.clean[mention.start] == "“" and ground.clean[mention.start - 1] not in "”》 ":
            yield Relation(ground.span(host.start, mention.end), mention.name, "part_of", host.name, "implied.host")


def _of_owner(ground: Ground, mention: Mention) -> Iterator[Relation]:
    """Yield whose a thing in quotation marks is that stands right behind its owner (甲公司“乙重点实验室”, 甲公司“丙技术”项目)."""
    owner = ground.ends.get(mention.start)
    if owner is None or owner.type not in _BUILDERS or ground.clean[mention.start] != "“":
        return
    span = ground.span(owner.start, mention.end)
    if mention.type in _BUILT:
        yield Relation(span, owner.name, "established", mention.name, "implied.owner")
    elif mention.type in _DONE or _WORK.match(ground.clean, mention.end):
        yield Relation(span, mention.name, "undertaken_by", owner.name, "implied.project")


def _of_plan(ground: Ground, mention: Mention, named: dict[str, str]) -> Iterator[Relation]:
    """Yield the programme that an edition or a yearly scheme belongs to."""
    if mention.type not in _PLANS:
        return
    span = ground.span(mention.start, mention.end)
    edition = _EDITION.fullmatch(mention.name)
    if edition and (edition["whole"] in named or "版" in mention.name[-1:]):
        yield Relation(span, mention.name, "part_of", edition["whole"], "implied.edition")


def _longer_whole(mention: Mention, named: dict[str, str], kinds: frozenset[str]) -> str | None:
    """Return the longest name of the report that opens a name without being printed in it (a list shares it)."""
    for size in range(len(mention.name) - 2, 3, -1):
        if named.get(mention.name[:size]) in kinds:
            return mention.name[:size]
    return None


def _of_site(ground: Ground, mention: Mention, homes: set[str], named: dict[str, str]) -> Iterator[Relation]:
    if mention.type == "Enterprise" and (county := _county(mention, homes)):
        yield Relation(ground.span(mention.start, mention.end), mention.name, "located_in", county, "implied.county")
    if mention.type not in _OF_SITE:
        return
    span = ground.span(mention.start, mention.end)
    inner = [n for n in ground.inside(mention) if n.name != mention.name]
    opening = [n for n in inner if n.start == mention.start]
    whole = next((n.name for n in opening if n.type in _WHOLES), None)
    if whole and place_named(whole[:2]) and place_named(whole[2:4]):  # 海安|南京大学
        whole = whole[2:]
    if whole is None and mention.type in _PARTS:
        whole = _longer_whole(mention, named, _WHOLES)
    larger = _longer_whole(mention, named, _PARKS) if mention.type == "Park" and not _PHASE.search(mention.name) else None
    if larger and whole is None:
        yield Relation(span, mention.name, "part_of", larger, "implied.part")
    if whole and mention.type in _PARTS:
        yield Relation(span, mention.name, "part_of", whole, "implied.part")
    country = next((n for n in opening if n.type == "Country"), None) if mention.type == "University" else None
    if country and not mention.name.startswith(f"{country.name}国立"):
        yield Relation(span, mention.name, "located_in", country.name, "implied.country")
    if mention.type == "District" and (inner_place := _WITHIN_CITY.fullmatch(mention.printed)):
        yield Relation(span, mention.name, "located_in", inner_place["city"], "implied.district")
    if mention.type not in _SITED or mention.name.endswith("政府") or _PHASE.search(mention.name):
        return
    park = next((n.name for n in opening if n.type == "Park"), None)
    place = park or _place(mention, inner, whole, homes)
    if place:
        yield Relation(span, mention.name, "located_in", place, "implied.place")


def _county(mention: Mention, homes: set[str]) -> str | None:
    """Return the county of the report's city that a firm is named after (寿光|禾邦种业集团): one named after a city may sit elsewhere."""
    homeland = [home for name in homes if (home := home_of(name))]
    place = resolve(mention.name[:2], homeland[0]) if len(homeland) == 1 and len(mention.name) > 5 else None
    return full_name(place) if place and place.parent == homeland[0].code and place.name.endswith(("县", "市")) else None


def _place(mention: Mention, inner: list[Mention], whole: str | None, homes: set[str]) -> str | None:
    """Return the place named in the name; the home of the university that opens it does not count."""
    places = [n for n in inner if n.type in PLACES and n.type not in ("Province", "Country")]
    if places:
        return places[-1].name
    rest = mention.name[len(whole) :] if whole and mention.name.startswith(whole) else mention.name
    city = place_named(rest[:2]) if len(rest) > 4 else None  # 浙江工业大学|绍兴研究院
    if city and city.endswith("市") and len(city) <= 4:
        return city
    towns = [home for home in sorted(homes) if not home.endswith(("省", "自治区"))]
    inside = next((home for home in towns if home.rstrip("市县区") in rest and home.rstrip("市县区") in mention.printed), None)
    own = next((home for home in towns if whole and whole.startswith(home.rstrip("市县区"))), None)  # 温州大学|某某研究院
    return inside or own
