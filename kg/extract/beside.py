"""Relations told by what stands right beside a name: another name in brackets, parts in brackets, a work in quotation marks."""

import re
from collections.abc import Iterator

from kg.extract.ground import Ground
from kg.facts import Relation
from kg.mentions.mention import Mention

_BRACKET = re.compile(r"[（(](?:(?P<lead>含|包括|下辖)|(?P<once>原名?为?|又称|又名|亦称|也称|曾用名)[：:]?)?")
_CLOSE = re.compile(r"等?[）)]")
_JOINT = re.compile(r"[、，和及]|以及")
_WORK = re.compile(  # whose a work is matters where the work has won or entered something
    r"的?(?P<work>“(?P<name>[^“”\n]{4,40})”)(?:项目|课题|技术|成果)?(?:分别|成功|还|也|均|再次|已|被){0,2}"
    r"(?=获|荣获|喜获|列入|入选|通过|立项|纳入|摘得|斩获|夺得)"
)
_HOUSES = frozenset(("Institute", "GovernmentBody"))
_HOLDERS = frozenset(("Park", "Region", "Institute", "Platform", "District"))
_OWNERS = frozenset(("Enterprise", "University", "Institute"))
_WORKS = frozenset(("ProjectCategory", "TechnologyField", "Concept"))
_PARTS = 6  # parts that one bracket may name


def beside_relations(ground: Ground) -> Iterator[Relation]:
    """Yield same_as for a house and its other name, part_of for what （含A、B） names, undertaken_by for A“X”项目获奖; each once."""
    seen: set[tuple[str, str]] = set()
    for mention in ground.mentions:
        for found in (*_in_brackets(ground, mention), *_work(ground, mention)):
            if (found.subject, found.object) not in seen:
                seen.add((found.subject, found.object))
                yield found


def _in_brackets(ground: Ground, mention: Mention) -> Iterator[Relation]:
    bracket = _BRACKET.match(ground.clean, mention.end) if mention.type in _HOUSES | _HOLDERS else None
    if bracket is None:
        return
    names, closed = _names(ground, bracket.end())
    if bracket["lead"]:
        for part in names:
            if part.type in _HOLDERS and part.name != mention.name:
                span = ground.span(mention.start, part.end)
                yield Relation(span, part.name, "part_of", mention.name, "beside.holds")
    elif closed and len(names) == 1 and names[0].type == mention.type and (bracket["once"] or mention.type in _HOUSES):
        other = names[0]
        if not other.name.startswith(mention.name) and not mention.name.startswith(other.name):
            yield Relation(ground.span(mention.start, other.end), mention.name, "same_as", other.name, "beside.other-name")


def _names(ground: Ground, start: int) -> tuple[list[Mention], bool]:
    """Return the names that a bracket lists from ``start`` on, and whether it closes behind them."""
    found: list[Mention] = []
    while (name := ground.starts.get(start)) and len(found) < _PARTS:
        found.append(name)
        joint = _JOINT.match(ground.clean, name.end)
        start = joint.end() if joint else name.end
        if joint is None:
            break
    return found, bool(found and _CLOSE.match(ground.clean, found[-1].end))


def _work(ground: Ground, mention: Mention) -> Iterator[Relation]:
    work = _WORK.match(ground.clean, mention.end) if mention.type in _OWNERS else None
    if work is None:
        return
    known = ground.starts.get(work.start("work"))
    if known is None or known.type in _WORKS:
        name = known.name if known else work["name"]
        yield Relation(ground.span(mention.start, work.end("work")), name, "undertaken_by", mention.name, "beside.work")
