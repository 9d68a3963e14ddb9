"""From a line of the candidates file back to the fact: the inverse of ``kg.facts.record``."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar, get_args

from kg.candidates.vocabulary import MEASURES, MODALITIES, STATUSES, words
from kg.facts import Comparison, Entity, Event, Fact, FactRecord, Membership, Observation, Period, PeriodBasis, Relation, Span, record

W = TypeVar("W", bound=str)
_COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
_BASES: tuple[PeriodBasis, ...] = get_args(PeriodBasis)


def whole_record(fact: Fact, text: str) -> dict[str, Any]:
    """Return the facts format of ``fact`` with what that leaves out: exact value, spans, the printed period."""
    body = record(fact, text)
    match fact:
        case Observation():
            body |= {"exact_value": str(fact.value), "value_span": _pair(fact.value_span), "period": fact.period.printed}
        case Relation():
            body |= {"period_start": fact.period.start, "period_end": fact.period.end, "period_basis": fact.period.basis}
            body |= {"period": fact.period.printed}
        case Membership():
            body |= {"part_span": _pair(fact.part_span)}
    return body


def fact_of(body: FactRecord) -> Fact:
    """Return the fact of a record made by ``whole_record``.

    Raises ``ValueError``, ``KeyError`` or ``ArithmeticError`` where a value is none or lies outside the vocabulary.
    """
    return _FACTS[body["kind"]](body, Span(body["start"], body["end"]), str(body["rule"]))


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span(value: object) -> Span | None:
    if value is None:
        return None
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(offset, int) for offset in value) and 0 <= value[0] < value[1]):
        raise ValueError(f"{value!r} is no span")
    return Span(*value)


def _word(value: object, allowed: Iterable[W]) -> W:
    for word in allowed:
        if word == value:
            return word
    raise ValueError(f"“{value}” is outside the vocabulary")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no text")
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _period(body: FactRecord) -> Period:
    basis = _word(body["period_basis"], _BASES)
    return Period(_maybe(body["period_start"]), _maybe(body["period_end"]), basis, _maybe(body["period"]))


def _standing(body: FactRecord) -> dict[str, Any]:
    return {"modality": _word(body["modality"], MODALITIES), "status": _word(body["status"], STATUSES)}


def _observation(body: FactRecord, span: Span, rule: str) -> Observation:
    return Observation(
        span,
        _text(body["subject"]),
        _text(body["indicator"]),
        _word(body["measure"], MEASURES),
        Decimal(_text(body["exact_value"])),
        _text(body["unit"]),
        rule,
        area=_maybe(body["area"]),
        comparison=_word(body["comparison"], _COMPARISONS),
        period=_period(body),
        rank=None if body["rank"] is None else int(body["rank"]),
        rank_scope=_maybe(body["rank_scope"]),
        printed=_text(body["printed"]),
        value_span=_span(body["value_span"]),
        baseline=_maybe(body["baseline"]),
        superlative=_maybe(body["superlative"]),
        source=_maybe(body["source"]),
        **_standing(body),
    )


def _relation(body: FactRecord, span: Span, rule: str) -> Relation:
    predicate = _word(body["predicate"], words().predicates)
    qualifiers = tuple((_text(key), _text(value)) for key, value in dict(body["qualifiers"]).items())
    pair = _text(body["subject"]), _text(body["object"])
    return Relation(span, pair[0], predicate, pair[1], rule, period=_period(body), qualifiers=qualifiers, **_standing(body))


def _entity(body: FactRecord, span: Span, rule: str) -> Entity:
    mentions = tuple(found for pair in body["mentions"] if (found := _span(pair)))
    return Entity(_text(body["name"]), _word(body["type"], words().types), rule, tuple(map(_text, body["aliases"])), mentions or (span,))


def _event(body: FactRecord, span: Span, rule: str) -> Event:
    kind = _word(body["event_kind"], ("event", *words().events))
    people = tuple(map(_text, body["participants"]))
    return Event(span, _text(body["what"]), people, rule, kind, _maybe(body["date"]), **_standing(body))


def _membership(body: FactRecord, span: Span, rule: str) -> Membership:
    order = None if body["order"] is None else int(body["order"])
    return Membership(span, _text(body["whole"]), _text(body["part"]), rule, order, _span(body["part_span"]), body["exhaustive"] is True)


_FACTS: Mapping[str, Callable[[FactRecord, Span, str], Fact]] = {
    "observation": _observation,
    "relation": _relation,
    "entity": _entity,
    "event": _event,
    "membership": _membership,
}
