"""The facts of a report: what extraction yields and what the graph is made from.

Every fact carries its sentence: ``span`` is a pair of code-point offsets into the stored report text, and the quote is
``text[span.start:span.end]``. The JSON Lines form (one object a line) is the *facts format* that ``kg facts`` prints.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from kg.frozen import quickly_made

Measure = Literal["value", "yoy_growth", "increase", "cumulative", "share", "rank", "difference"]
Comparison = Literal["=", ">", ">=", "<", "<=", "~"]
Modality = Literal["actual", "expected", "target"]
Status = Literal["achieved", "ongoing", "planned", "nominated", "applied", "aspired", "drafting", "exploratory", "reported-effect"]
PeriodBasis = Literal["stated", "inherited", "implied", "none"]


@quickly_made
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code-point offsets into the stored text, 0-based, end-exclusive."""

    start: int
    end: int


@quickly_made
@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days as ISO dates; both ``None`` where the text gives no period.

    ``start`` alone is ``None`` where the text gives only the end (截至6月底).
    ``basis`` says how it is known: printed beside the fact, inherited from an earlier clause, or implied.
    """

    start: str | None = None
    end: str | None = None
    basis: PeriodBasis = "none"
    printed: str | None = None


UNDATED = Period()


@quickly_made
@dataclass(frozen=True, slots=True)
class Observation:
    """A number said of something: value in the plain unit (万 and 亿 multiplied out), with period, rank and status."""

    span: Span
    subject: str
    indicator: str
    measure: Measure
    value: Decimal
    unit: str
    rule: str
    area: str | None = None
    comparison: Comparison = "="
    period: Period = UNDATED
    rank: int | None = None
    rank_scope: str | None = None
    modality: Modality = "actual"
    status: Status = "achieved"
    printed: str = ""  # the value and unit as printed, e.g. 1.0036亿元
    value_span: Span | None = None
    baseline: str | None = None  # what a difference is measured against
    superlative: str | None = None  # 创历史新高, 首家 ...: not a rank
    source: str | None = None  # the voice or report it is attributed to


@quickly_made
@dataclass(frozen=True, slots=True)
class Relation:
    """Subject, predicate and object as names (of an entity where there is one, else a noun phrase of the text)."""

    span: Span
    subject: str
    predicate: str
    object: str
    rule: str
    modality: Modality = "actual"
    status: Status = "achieved"
    period: Period = UNDATED
    qualifiers: tuple[tuple[str, str], ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing: canonical full name, type, printed forms and the places where they are printed."""

    name: str
    type: str
    rule: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    nested: bool = False  # the name only occurs inside a longer name
    apart: str = ""  # what tells namesakes apart, where a person has decided that one name is two things


@quickly_made
@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: ``kind`` is the event class (signing, unveiling, opening, ...), ``date`` ISO or null."""

    span: Span
    what: str
    participants: tuple[str, ...]
    rule: str
    kind: str = "event"
    date: str | None = None
    modality: Modality = "actual"
    status: Status = "achieved"


@quickly_made
@dataclass(frozen=True, slots=True)
class Membership:
    """A part of a listed whole; ``order`` from 1 where the text gives one, null for an open list of examples."""

    span: Span
    whole: str
    part: str
    rule: str
    order: int | None = None
    part_span: Span | None = None
    exhaustive: bool = True


Fact = Observation | Relation | Entity | Event | Membership


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one report, each kind in text order."""

    observations: tuple[Observation, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    memberships: tuple[Membership, ...] = field(default=())

    def __iter__(self) -> Iterator[Fact]:
        yield from self.observations
        yield from self.relations
        yield from self.entities
        yield from self.events
        yield from self.memberships


def plain_number(value: Decimal) -> int | float:
    """Return ``value`` as the JSON number that prints the same.

    >>> plain_number(Decimal("10.40")), plain_number(Decimal("1E+2"))
    (10.4, 100)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def record(fact: Fact, text: str) -> dict[str, Any]:
    """Return ``fact`` as an object of the facts format; ``text`` is the stored report text the offsets point into."""
    span = fact.mentions[0] if isinstance(fact, Entity) else fact.span
    place = {"quote": text[span.start : span.end], "start": span.start, "end": span.end}
    match fact:
        case Observation():
            body: dict[str, Any] = {
                "kind": "observation",
                **place,
                "subject": fact.subject,
                "area": fact.area,
                "indicator": fact.indicator,
                "measure": fact.measure,
                "value": plain_number(fact.value),
                "unit": fact.unit,
                "comparison": fact.comparison,
                "period_start": fact.period.start,
                "period_end": fact.period.end,
                "period_basis": fact.period.basis,
                "rank": fact.rank,
                "rank_scope": fact.rank_scope,
                "modality": fact.modality,
                "status": fact.status,
                "printed": fact.printed,
                "baseline": fact.baseline,
                "superlative": fact.superlative,
                "source": fact.source,
            }
        case Relation():
            body = {
                "kind": "relation",
                **place,
                "subject": fact.subject,
                "predicate": fact.predicate,
                "object": fact.object,
                "modality": fact.modality,
                "status": fact.status,
                "qualifiers": dict(fact.qualifiers),
            }
        case Entity():
            body = {
                "kind": "entity",
                **place,
                "name": fact.name,
                "type": fact.type,
                "aliases": list(fact.aliases),
                "mentions": [[m.start, m.end] for m in fact.mentions],
                **({"apart": fact.apart} if fact.apart else {}),
            }
        case Event():
            body = {
                "kind": "event",
                **place,
                "what": fact.what,
                "participants": list(fact.participants),
                "date": fact.date,
                "modality": fact.modality,
                "status": fact.status,
                "event_kind": fact.kind,
            }
        case Membership():
            body = {
                "kind": "membership",
                **place,
                "whole": fact.whole,
                "part": fact.part,
                "order": fact.order,
                "exhaustive": fact.exhaustive,
            }
    return {**body, "rule": fact.rule}


_ORGANISATIONS = frozenset(("GovernmentBody", "University", "Institute", "Platform", "Park", "Enterprise"))


def dump_facts(facts: Iterable[Fact], text: str) -> str:
    """Return the facts as JSON Lines, in the order given.

    Relations, events and memberships call an organisation as the report prints it: by its canonical name where that stands in
    ``text``, else by the longest of its printed forms. The entity has both, as ``name`` and among ``aliases``.
    """
    told = list(facts)
    printed = printed_names((fact for fact in told if isinstance(fact, Entity)), text)
    return "".join(json.dumps(_as_printed(record(fact, text), printed), ensure_ascii=False) + "\n" for fact in told)


def printed_names(entities: Iterable[Entity], text: str) -> dict[str, str]:
    """Return, by canonical name, what ``text`` calls each organisation whose canonical name it never prints.

    >>> printed_names([Entity("绍兴市科学技术局", "GovernmentBody", "", ("市科技局", "绍兴市科技局"))], "绍兴市科技局举办培训。")
    {'绍兴市科学技术局': '绍兴市科技局'}
    """
    joined = "".join(text.split())
    forms = {e.name: [a for a in e.aliases if a in joined] for e in entities if e.type in _ORGANISATIONS and e.name not in joined}
    return {name: max(found, key=len) for name, found in forms.items() if found}


def _as_printed(fact: dict[str, Any], printed: Mapping[str, str]) -> dict[str, Any]:
    ends: dict[str, Any] = {key: printed.get(fact[key], fact[key]) for key in ("subject", "object", "whole", "part") if key in fact}
    if fact["kind"] == "event":
        ends["participants"] = [printed.get(name, name) for name in fact["participants"]]
    return fact if fact["kind"] in ("observation", "entity") else {**fact, **ends}


FactRecord = Mapping[str, Any]
