"""Two names that are one thing, and one name that is two things."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.decisions.decision import Part, places_of
from kg.facts import Entity, Event, Fact, Membership, Observation, Relation, Span

Change = Callable[[Fact], Fact]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a split makes: the ``things``, and how facts that speak of the old name are renamed."""

    things: tuple[Entity, ...]
    renamed: Change


def merge(things: Sequence[Entity], kept: str) -> Entity:
    """Return one entity called ``kept`` with all names and mentions of ``things``; its type is that of the thing so called."""
    head = next((thing for thing in things if thing.name == kept), things[0])
    names = dict.fromkeys(name for thing in things for name in (thing.name, *thing.aliases))
    mentions = tuple(sorted({mention for thing in things for mention in thing.mentions}))
    aliases = tuple(name for name in names if name != kept)
    return replace(head, name=kept, aliases=aliases, mentions=mentions, nested=all(thing.nested for thing in things))


def rename(names: Mapping[str, str]) -> Change:
    """Return what gives a fact the new names wherever it speaks of an old one."""
    return lambda fact: _renamed(fact, lambda name, span: names.get(name, name))


def split(thing: Entity, parts: Sequence[Part], text: str) -> Parts | None:
    """Return the things that ``parts`` make of ``thing``, ``None`` where the mentions of one stand nowhere any more.

    A mention that no part claims goes to the part mentioned last before it, else to the first one.
    """
    owners: dict[Span, int] = {}
    for number, part in enumerate(parts):
        places = [place for quote in part.mentions for place in places_of(text, quote)]
        claimed = [mention for mention in thing.mentions if any(place.start <= mention.start < place.end for place in places)]
        if not claimed:
            return None
        owners.update(dict.fromkeys(claimed, number))
    marks = sorted((mention, number) for mention, number in owners.items())
    starts = [mention.start for mention, _ in marks]

    def owner(span: Span) -> int:
        inside = [number for mention, number in marks if span.start <= mention.start and mention.end <= span.end]
        before = bisect_right(starts, span.start) - 1
        return inside[0] if inside else marks[before][1] if before >= 0 else 0

    shares: list[list[Span]] = [[] for _ in parts]
    for mention in thing.mentions:
        shares[owners[mention] if mention in owners else owner(mention)].append(mention)
    things = tuple(_part(thing, part, tuple(share), text) for part, share in zip(parts, shares, strict=True))
    old = {thing.name, *thing.aliases}
    return Parts(things, lambda fact: _renamed(fact, lambda name, span: parts[owner(span)].name if name in old else name))


def _part(thing: Entity, part: Part, mentions: tuple[Span, ...], text: str) -> Entity:
    printed = dict.fromkeys(text[mention.start : mention.end] for mention in mentions)
    aliases = tuple(name for name in printed if name != part.name)
    return replace(thing, name=part.name, type=part.type or thing.type, apart=part.apart, aliases=aliases, mentions=mentions)


def _renamed(fact: Fact, name: Callable[[str, Span], str]) -> Fact:
    match fact:
        case Observation(span=span):
            area = name(fact.area, span) if fact.area else fact.area
            source = name(fact.source, span) if fact.source else fact.source
            return replace(fact, subject=name(fact.subject, span), area=area, source=source)
        case Relation(span=span):
            return replace(fact, subject=name(fact.subject, span), object=name(fact.object, span))
        case Event(span=span):
            return replace(fact, participants=_each(fact.participants, span, name))
        case Membership(span=span):
            return replace(fact, whole=name(fact.whole, span), part=name(fact.part, fact.part_span or span))
        case Entity():
            return fact


def _each(names: Iterable[str], span: Span, name: Callable[[str, Span], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name(one, span) for one in names))
