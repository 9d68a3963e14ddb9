"""From what a model claims to a candidate fact, or to the reason why it is none.

A claim is a JSON object. All its words are printed words: they are looked for in the passage that the model was shown, and
the project's own grammar reads numbers, ranks and periods from them. Offsets and values that a model computes are not read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from kg.candidates.ground import Ground
from kg.candidates.shown import Shown
from kg.candidates.vocabulary import MEASURES, MODALITIES, STATUSES, words
from kg.facts import UNDATED, Comparison, Entity, Event, Fact, Membership, Observation, Period, Relation
from kg.mentions.places import place_named
from kg.mentions.ranks import RankMention

Claim = Mapping[str, Any]
MOST_NAMES = 50  # participants of one event
W = TypeVar("W", bound=str)


class ClaimError(Exception):
    """A claim that is no fact; ``reason`` is a word of ``kg.candidates.REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_claim(claim: object, shown: Shown, ground: Ground, rule: str) -> Fact:
    """Return the fact that ``claim`` makes of the passage ``shown``; raises ``ClaimError``.

    ``rule`` is written into the fact as its origin.
    """
    if not isinstance(claim, dict):
        raise ClaimError("no-object")
    kind = claim.get("kind")
    if not isinstance(kind, str) or kind not in _READERS:
        raise ClaimError("unknown-kind")
    return _READERS[kind](_Reader(claim, shown, ground, rule))


class _Reader:
    """Reads the parts of one claim, each against the passage."""

    def __init__(self, claim: Claim, shown: Shown, ground: Ground, rule: str) -> None:
        self.claim, self.shown, self.ground, self.rule = claim, shown, ground, rule
        self.start, self.end = self._quote()
        self.reading = ground.passages.reading
        self.span = self.reading.span(self.start, self.end)

    def _quote(self) -> tuple[int, int]:
        sentence = self.claim.get("sentence")
        try:
            place = self.shown.locate(self.text("quote").strip(), sentence if isinstance(sentence, int) else None)
        except LookupError as error:
            raise ClaimError("quote-ambiguous") from error
        if place is None:
            raise ClaimError("quote-not-found")
        return place

    def text(self, key: str) -> str:
        """Return a text that the claim must have."""
        value = self.claim.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ClaimError("incomplete")
        return value

    def optional(self, key: str) -> str | None:
        """Return a text that the claim may leave out."""
        return self.text(key) if self.claim.get(key) not in (None, "") else None

    def name(self, key: str) -> str:
        """Return a name that stands in the report, in the form in which the graph knows it."""
        return self.known(self.text(key))

    def known(self, printed: object) -> str:
        """Return a name of the passage, or of the place it speaks of, in the form in which the graph knows it."""
        name = self.ground.name(printed, self.shown) if isinstance(printed, str) else None
        if name is None:
            raise ClaimError("name-not-found")
        return name

    def word(self, key: str, allowed: Iterable[W], default: W | None = None) -> W:
        """Return the word of a closed list that the claim uses."""
        value = self.claim.get(key)
        if value in (None, "") and default is not None:
            return default
        for word in allowed:
            if word == value:
                return word
        raise ClaimError("unknown-word")

    def standing(self) -> dict[str, Any]:
        """Return modality and status of the fact."""
        return {"modality": self.word("modality", MODALITIES, "actual"), "status": self.word("status", STATUSES, "achieved")}

    def place(self, key: str) -> tuple[int, int] | None:
        """Return where in the quote the words of ``key`` stand (the first place), ``None`` when the claim has none."""
        printed = self.optional(key)
        if printed is None:
            return None
        found = self.shown.places_of(printed.strip(), self.start, self.end)
        if not found:
            raise ClaimError("words-not-in-quote")
        return found[0]

    def period(self) -> Period:
        """Return the period whose words the claim gives; they may stand anywhere in the passage."""
        printed = self.optional("period")
        if printed is None:
            return UNDATED
        found = self.shown.places_of(printed.strip())
        if not found:
            raise ClaimError("words-not-in-passage")
        nearest = min(found, key=lambda place: max(self.start - place[1], place[0] - self.end, 0))
        period = self.ground.period(*nearest)
        if period is None:
            raise ClaimError("period-unreadable")
        return period


def _observation(read: _Reader) -> Observation:
    measure = read.word("measure", MEASURES)
    ranked = _rank(read)
    if measure == "rank" and ranked is None:
        raise ClaimError("incomplete")
    number = _Number.of_rank(ranked) if measure == "rank" and ranked else _number(read)
    return Observation(
        read.span,
        read.name("subject"),
        read.name("indicator"),
        measure,
        number.value,
        number.unit,
        read.rule,
        area=_area(read),
        comparison=number.comparison,
        period=read.period(),
        rank=ranked.position if ranked else None,
        rank_scope=ranked.scope if ranked else None,
        printed=read.reading.quote(number.start, number.end),
        value_span=read.reading.span(number.start, number.end),
        **read.standing(),
    )


@dataclass(frozen=True, slots=True)
class _Number:
    """What the grammar reads at ``clean[start:end]``."""

    start: int
    end: int
    value: Decimal
    unit: str
    comparison: Comparison = "="

    @classmethod
    def of_rank(cls, rank: RankMention) -> "_Number":
        return cls(rank.start, rank.end, Decimal(rank.position), "位")


def _number(read: _Reader) -> _Number:
    place = read.place("number")
    if place is None:
        raise ClaimError("incomplete")
    quantity = read.ground.quantity(*place)
    if quantity is None:
        raise ClaimError("number-unreadable")
    value = quantity.value * read.ground.sign(quantity)
    return _Number(quantity.start, quantity.end, value, quantity.unit, quantity.comparison)


def _rank(read: _Reader) -> RankMention | None:
    place = read.place("rank")
    ranked = read.ground.rank(*place) if place else None
    if place and ranked is None:
        raise ClaimError("rank-unreadable")
    return ranked


def _area(read: _Reader) -> str | None:
    printed = read.optional("area")
    if printed is None:
        return read.shown.place
    area = place_named(read.known(printed))
    if area is None:
        raise ClaimError("unknown-place")
    return area


def _relation(read: _Reader) -> Relation:
    predicate = read.word("predicate", words().predicates)
    subject, object_ = read.name("subject"), read.name("object")
    clean = read.reading.clean
    if not any(form in clean[read.start : read.end] for name in (subject, object_) for form in read.ground.forms(name)):
        raise ClaimError("names-not-in-quote")
    if subject == object_ and predicate != "same_as":
        raise ClaimError("same-twice")
    return Relation(read.span, subject, predicate, object_, read.rule, period=read.period(), **read.standing())


def _entity(read: _Reader) -> Entity:
    kind = read.word("type", words().types)
    place = read.place("name")
    if place is None:
        raise ClaimError("incomplete")
    printed = read.reading.clean[slice(*place)]
    name = read.known(printed)
    return Entity(name, kind, read.rule, () if name == printed else (printed,), (read.reading.span(*place),))


def _event(read: _Reader) -> Event:
    named = read.claim.get("participants") or []
    if not isinstance(named, list) or len(named) > MOST_NAMES:
        raise ClaimError("incomplete")
    return Event(
        read.span,
        read.name("what"),
        tuple(read.known(name) for name in named),
        read.rule,
        kind=read.word("event", ("event", *words().events), "event"),
        date=_iso(read.period()),
        **read.standing(),
    )


def _iso(period: Period) -> str | None:
    """Return the shortest ISO form of a period: its day, month or year, ``None`` when it spans more than a year.

    >>> _iso(Period("2020-04-01", "2020-04-30")), _iso(Period("2019-01-01", "2020-05-31"))
    ('2020-04', None)
    """
    start, end = period.start or "", period.end or ""
    return next((start[:width] for width in (10, 7, 4) if start and start[:width] == end[:width]), None)


def _membership(read: _Reader) -> Membership:
    order = read.claim.get("order")
    if order is not None and (not isinstance(order, int) or isinstance(order, bool) or not 1 <= order <= 1000):
        raise ClaimError("incomplete")
    whole, part, place = read.name("whole"), read.name("part"), read.place("part")
    if whole == part or place is None:
        raise ClaimError("same-twice")
    return Membership(
        read.span, whole, part, read.rule, order, read.reading.span(*place), exhaustive=read.claim.get("exhaustive") is not False
    )


_READERS: dict[str, Callable[[_Reader], Fact]] = {
    "observation": _observation,
    "relation": _relation,
    "entity": _entity,
    "event": _event,
    "membership": _membership,
}
