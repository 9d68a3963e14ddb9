"""A human decision: what somebody decided about a fact, when, and why.

A decision points at its fact by the fact's own words and by a quote with a little of what stands around it, never by an
offset alone: it is found again after a re-run, after a change of the rules and after edits elsewhere in the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from kg.facts import Entity, Event, Fact, Membership, Observation, Relation, Span

Action = Literal["accept", "reject", "correct", "merge", "split", "add"]
Kind = Literal["observation", "relation", "entity", "event", "membership", "link"]
ACTIONS: tuple[Action, ...] = get_args(Action)
KINDS: tuple[Kind, ...] = get_args(Kind)
DONE: Mapping[str, tuple[str, str]] = {  # what a person did, as labels and origins tell it
    "accept": ("采纳", "accepted"),
    "reject": ("驳回", "rejected"),
    "correct": ("更正", "corrected"),
    "merge": ("合并", "merged"),
    "split": ("拆分", "parted"),
    "add": ("添加", "added"),
}
SCHEMES = ("wikidata", "geonames", "ror", "gb2260")  # of a link
CONTEXT = 16  # characters kept before and after a quote

Value = str | int | Decimal | bool | tuple[str, ...] | Mapping[str, str]
Words = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a report with what stands before and after them (a text-quote selector)."""

    exact: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a split makes of a name: ``apart`` tells it from a namesake, ``mentions`` say where it is meant."""

    name: str
    mentions: tuple[Quotation, ...]
    type: str = ""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person ``by`` decided on the day ``on`` (ISO date).

    ``fact`` holds the words of the fact it speaks of, by their keys in the facts format; ``new`` what a correction puts in
    their place, or the name that a merge keeps. ``where`` is the file and line it was read from.
    """

    action: Action
    kind: Kind
    by: str
    on: str
    quote: Quotation
    fact: Words
    new: Words = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    why: str = ""
    where: str = field(default="", compare=False)


def kind_of(fact: Fact) -> Kind:
    """Return the kind of a fact as the facts format calls it."""
    match fact:
        case Observation():
            return "observation"
        case Relation():
            return "relation"
        case Entity():
            return "entity"
        case Event():
            return "event"
        case Membership():
            return "membership"


def quotation(text: str, span: Span) -> Quotation:
    """Return the words at ``span`` of the report ``text`` with what stands around them.

    >>> quotation("温州市投资增长40.1%，居全省第一", Span(3, 5))
    Quotation(exact='投资', before='温州市', after='增长40.1%，居全省第一')
    """
    start, end = span.start, span.end
    return Quotation(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def places_of(text: str, quote: Quotation) -> tuple[Span, ...]:
    """Return where ``quote`` stands in ``text``; of several places, those whose surroundings agree best.

    >>> places_of("新增3家。累计3家。", Quotation("3家", before="累计"))
    (Span(start=7, end=9),)
    """
    found: list[tuple[int, Span]] = []
    start = text.find(quote.exact)
    while start >= 0 and quote.exact:
        end = start + len(quote.exact)
        around = _common(text[max(0, start - len(quote.before)) : start][::-1], quote.before[::-1])
        around += _common(text[end : end + len(quote.after)], quote.after)
        found.append((around, Span(start, end)))
        start = text.find(quote.exact, start + 1)
    best = max((around for around, _ in found), default=0)
    return tuple(span for around, span in found if around == best)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts share from their beginning."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))
