"""Find the names of things: all finders together, overlaps settled, canonical names given."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.mentions.bodies import find_bodies
from kg.mentions.endings import find_endings
from kg.mentions.enumerated import find_enumerated
from kg.mentions.gazetteer import Place
from kg.mentions.home import unlisted
from kg.mentions.known import Home, find_counties, find_known, find_narrower_fields, find_unlisted
from kg.mentions.lists import find_listed
from kg.mentions.mention import Mention
from kg.mentions.people_inside import without_people
from kg.mentions.persons import find_persons
from kg.mentions.places import home_of
from kg.mentions.quoted import find_quoted
from kg.mentions.short_names import find_abbreviated, find_defined, find_shortened_firms, name_fully
from kg.mentions.walls import OPTIONS, find_walls, names_file
from kg.mentions.zones import find_bare_offices, find_bare_zones
from kg.passages import Passages
from kg.report import Report
from kg.rules import rules

_FOLD = dict(zip("‘’「」『』()", "“”“”“”（）", strict=True))  # one to one: offsets stay true
_FOLDED = re.compile("[" + re.escape("".join(_FOLD)) + "]")
_PLACES = frozenset({"City", "Province", "District", "Country", "Region"})
_ORGANISATIONS = frozenset({"University", "Institute", "Platform", "Park", "Enterprise", "GovernmentBody", "Conference", "Fund"})
_KEPT_INSIDE = frozenset({"University", "Park", "Institute", "GovernmentBody", "Enterprise"})


def find_mentions(passages: Passages, report: Report) -> tuple[Mention, ...]:
    """Return all mentions of named things in text order, an outer one before those nested in it."""
    clean = _folded(passages.reading.clean)
    spans = home_spans(passages)
    home = home_at(spans)
    settled = settle(clean, without_people(clean, _found(clean, spans, home)))
    named = name_fully(clean, settled, home)
    del settled  # of a long text much is held here at a time
    if defined := [*find_defined(clean, named), *find_shortened_firms(clean, named)]:
        named = settle(clean, [*defined, *_unswallowed(named, defined)])
    printed = passages.reading.clean
    return _sharing(named if clean == printed else [_as_printed(printed, mention) for mention in named])


def _found(clean: str, spans: list[tuple[int, int, Place | None]], home: Home) -> list[Mention]:
    """Return what every finder finds; of two that find the same span, ``settle`` keeps what stands first here."""
    walls = find_walls(clean)
    found = find_bodies(clean, walls, home)
    found += find_quoted(clean, walls)
    found += find_known(clean, home)
    found += find_abbreviated(clean)
    found += find_counties(clean, home, spans)
    found += find_unlisted(clean, spans)
    found += find_persons(clean, walls)
    for file in (rules("titles", *OPTIONS), names_file(), rules("documents", *OPTIONS), rules("kinds", *OPTIONS)):
        found += find_endings(clean, walls, file)
    found += find_bare_zones(clean, walls)
    found += find_bare_offices(clean, walls)
    found += find_listed(clean, walls)
    found += find_enumerated(clean, walls)
    found += find_narrower_fields(clean, found)
    return found


def _unswallowed(named: list[Mention], defined: list[Mention]) -> Iterator[Mention]:
    """Yield ``named`` without the indicators that begin with a short name that the text defines (江丰电子|营业收入)."""
    ends = {mention.start: mention.end for mention in defined}
    for mention in named:
        if mention.type != "Indicator" or ends.get(mention.start, mention.end) >= mention.end:
            yield mention


def _sharing(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Return ``mentions`` with equal names and printed forms held once: a long text says the same names over and over."""
    held: dict[str, str] = {}
    one = held.setdefault
    shared: list[Mention] = []
    for m in mentions:
        name, printed = one(m.name, m.name), one(m.printed, m.printed)
        same = name is m.name and printed is m.printed
        shared.append(m if same else Mention(m.start, m.end, name, m.type, m.rule, printed, m.nested))
    return tuple(shared)


def _as_printed(printed: str, mention: Mention) -> Mention:
    """Return ``mention`` with the quotation marks and brackets that the text has."""
    form = printed[mention.start : mention.end]
    return mention if form == mention.printed else replace(mention, printed=form)


def _folded(clean: str) -> str:
    """Return ``clean`` with one kind of quotation marks and brackets, character for character, so that offsets stay true.

    Straight quotation marks open and close in turn where a line has an even number of them.
    """
    clean = _FOLDED.sub(lambda match: _FOLD[match[0]], clean)
    if '"' not in clean:
        return clean
    lines = clean.split("\n")
    for number, line in enumerate(lines):
        pieces = line.split('"')
        if len(pieces) > 1 and len(pieces) % 2:
            lines[number] = "".join(piece + mark for piece, mark in zip(pieces, "“”" * (len(pieces) // 2) + " ", strict=True))[:-1]
    return "\n".join(lines)


def home_spans(passages: Passages) -> list[tuple[int, int, Place | None]]:
    """Return the stretches of the clean text with the place that each speaks of."""
    spans: list[tuple[int, int, Place | None]] = []
    known: dict[str | None, Place | None] = {}
    for paragraph in passages.paragraphs:
        named = passages.place_of(paragraph)
        if named not in known:
            known[named] = home_of(named) or (unlisted(named, passages.reading.clean) if named else None)
        place = known[named]
        if spans and spans[-1][2] == place:
            spans[-1] = (spans[-1][0], paragraph.end, place)
        else:
            spans.append((paragraph.start, paragraph.end, place))
    return spans


def home_at(spans: list[tuple[int, int, Place | None]]) -> Home:
    """Return the function that gives the home place at an offset."""
    starts = [span[0] for span in spans]

    def home(offset: int) -> Place | None:
        index = bisect_right(starts, offset) - 1
        return spans[index][2] if index >= 0 else None

    return home


def settle(clean: str, found: Iterable[Mention]) -> list[Mention]:
    """Return ``found`` without duplicates and crossings, in text order, the outer before the nested.

    Of two equal spans the first found stays; of two that cross, the longer one; inside a longer name only what stands
    for itself stays (the university of an institute, a place in brackets) and is marked ``nested``.
    """
    kept: list[Mention] = []
    group: list[Mention] = []
    reach = 0
    for mention in sorted(found, key=lambda m: m.start):
        if mention.start >= reach and group:
            kept += _settled(clean, group)
            group = []
        group.append(mention)
        reach = max(reach, mention.end)
    return [*kept, *_settled(clean, group)]


def _settled(clean: str, group: Sequence[Mention]) -> list[Mention]:
    """Settle mentions that hang together: each but the first overlaps one that begins before it."""
    if len(group) < 2:
        return [mention.within(False) for mention in group]
    best: dict[tuple[int, int], Mention] = {}
    for mention in group:
        best.setdefault((mention.start, mention.end), mention.within(False))
    free: list[Mention] = []  # those that stand in no other, in text order
    kept: list[Mention] = []
    for mention in sorted(best.values(), key=lambda m: (m.start - m.end, m.start)):
        at = bisect_right(free, mention.start, key=lambda m: m.start)
        outer = free[at - 1] if at and free[at - 1].end > mention.start else None
        if outer is None and (at == len(free) or free[at].start >= mention.end):
            free.insert(at, mention)
            kept.append(mention)
        elif outer is not None and mention.end <= outer.end and _stands_inside(clean, mention, outer):
            kept.append(mention.within(True))
    return sorted(kept, key=lambda m: (m.start, -m.end))


def _stands_inside(clean: str, inner: Mention, outer: Mention) -> bool:
    """Return whether ``inner`` is a name of its own inside ``outer``: a university, a place in brackets, a programme in quotes."""
    before = clean[inner.start - 1 : inner.start]
    if before == "（" and inner.start > outer.start:
        return (
            inner.type in _PLACES and outer.type in ("Park", "Platform")
        ) or inner.type == "TechnologyField"  # not in 海帆（上海）有限公司
    if before == "“" and inner.start > outer.start and clean[inner.end : inner.end + 1] == "”":
        return inner.rule != "quoted.numbered" and inner.type not in _PLACES and outer.type not in ("Policy", "Campaign", inner.type)
    if outer.type == "Policy" and inner.rule == "bodies.body" and clean.startswith("关于", inner.end):
        return inner.start == outer.start  # 《江州市科学技术局关于……的通知》, but not the State Council that many titles cite
    if outer.type == "Team" and (inner.rule.startswith("persons.") or (inner.type in _KEPT_INSIDE and inner.start == outer.start)):
        return True
    if outer.rule in ("names.phase", "names.phase-lab") and inner.start == outer.start and inner.end == outer.end - 2:
        return True
    if outer.type not in _ORGANISATIONS:
        return inner.type == "Region" and inner.start == outer.start
    if inner.type in _PLACES:
        late = inner.type == "District" and inner.start > outer.start  # where the park of a firm stands, not how a park is called
        return (inner.type == "Country" and inner.name != "中国") or (late and outer.type == "Park")
    return (
        inner.type in _KEPT_INSIDE
        and inner.start == outer.start
        and inner.rule.split(".")[0] in ("names", "categories")
        and inner.type != outer.type
        and not (inner.type == "Enterprise" and outer.type == "University")  # 中国石油大学 is not of 中国石油
    )
