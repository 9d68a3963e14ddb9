"""The words of a fact: its fields by their keys in the facts format, and a fact made from such words again.

A value that is not there (no rank, no area) has no key. Offsets are never among the words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from kg.decisions.decision import Kind, Value, Words
from kg.facts import (
    Comparison,
    Entity,
    Event,
    Fact,
    Measure,
    Membership,
    Modality,
    Observation,
    Period,
    PeriodBasis,
    Relation,
    Span,
    Status,
)

ADDED = "decisions.add"  # stands where the rule of a fact stands, when a person added it
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_OBSERVED = ("subject", "area", "indicator", "measure", "value", "unit", "comparison")
_STOOD = ("rank", "rank_scope", "modality", "status", "printed", "baseline", "superlative", "source")
_TYPE = re.compile(r"[A-Z][A-Za-z]*(?:/[A-Z][A-Za-z]*)?")
_PREDICATE = re.compile(r"[a-z]+(?:_[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Key:
    """What a key may hold: ``fits`` tells a right value, ``about`` and ``zh`` say in words what is right."""

    fits: Callable[[Any], bool]
    about: str
    zh: str

    def said(self, lang: str) -> str:
        """Return what is right in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.about


def _one_of(values: tuple[str, ...]) -> Key:
    return Key(lambda value: value in values, f"one of {', '.join(values)}", "、".join(values) + " 之一")


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and (value == "" or bool(date.fromisoformat(value)))
    except ValueError:
        return False


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not (value == "" or _DATE.fullmatch(value)):
        return False
    return _is_day(value + "-01-01"[len(value) - 4 :] if value else "")


def _matching(form: str, like: str) -> Key:
    return Key(
        lambda value: isinstance(value, str) and bool(re.fullmatch(form, value)), f"an identifier such as {like}", f"标识，如 {like}"
    )


_IDS = {
    "wikidata": (r"Q[1-9][0-9]{0,11}", "Q197543"),
    "geonames": (r"[1-9][0-9]{0,11}", "1791388"),
    "ror": (r"0[a-z0-9]{8}", "00a2xv884"),
    "gb2260": (r"[0-9]{6}", "330300"),
}
_TEXT = Key(lambda value: isinstance(value, str), "text", "文字")
_NAME = Key(lambda value: isinstance(value, str) and bool(value.strip()), "text that is not empty", "不为空的文字")
_NAMES = Key(lambda value: isinstance(value, tuple) and all(isinstance(v, str) and v for v in value), "a list of names", "名称，以顿号分隔")
_WHOLE = Key(lambda value: type(value) is int and value > 0, "a whole number above zero", "大于零的整数")
_NUMBER = Key(lambda value: type(value) is int or (isinstance(value, Decimal) and value.is_finite()), "a number", "数")
_YES_NO = Key(lambda value: isinstance(value, bool), "true or false", "true（是）或 false（否）")
_DAY = Key(_is_day, "an ISO date such as 2020-05-31", "日期，如 2020-05-31")
_PAIRS = Key(
    lambda value: isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values()), "a table of texts", "键=值，以顿号分隔"
)
_PERIOD = {"period_start": _DAY, "period_end": _DAY, "period_basis": _one_of(get_args(PeriodBasis))}
_CERTAINTY = {"modality": _one_of(get_args(Modality)), "status": _one_of(get_args(Status))}

KEYS: Mapping[Kind, Mapping[str, Key]] = {
    "observation": {
        **dict.fromkeys(("subject", "indicator", "unit"), _NAME),
        "measure": _one_of(get_args(Measure)),
        "value": _NUMBER,
        "comparison": _one_of(get_args(Comparison)),
        "rank": _WHOLE,
        **dict.fromkeys(("area", "rank_scope", "printed", "baseline", "superlative", "source"), _TEXT),
        **_PERIOD,
        **_CERTAINTY,
    },
    "relation": {
        "subject": _NAME,
        "predicate": Key(
            lambda value: isinstance(value, str) and bool(_PREDICATE.fullmatch(value)),
            "a predicate such as located_in",
            "关系，如 located_in、leads、cooperates_with",
        ),
        "object": _NAME,
        "qualifiers": _PAIRS,
        **_PERIOD,
        **_CERTAINTY,
    },
    "entity": {
        "name": _NAME,
        "type": Key(
            lambda value: isinstance(value, str) and bool(_TYPE.fullmatch(value)), "an entity type such as Institute", "类型，如 Institute"
        ),
        "aliases": _NAMES,
        "apart": _TEXT,
    },
    "event": {
        "what": _NAME,
        "participants": _NAMES,
        "date": Key(_is_date, "a date such as 2020-04", "日期，如 2020-04"),
        "event_kind": Key(
            lambda value: isinstance(value, str) and value.isascii() and value.isalpha(),
            "an event kind such as signing",
            "事件类型，如 signing",
        ),
        **_CERTAINTY,
    },
    "membership": {"whole": _NAME, "part": _NAME, "order": _WHOLE, "exhaustive": _YES_NO},
    "link": {"name": _NAME, **{scheme: _matching(form, like) for scheme, (form, like) in _IDS.items()}, "en": _TEXT},
}
IDENTIFYING: Mapping[Kind, tuple[str, ...]] = {
    "observation": ("subject", "indicator", "measure", "value", "unit"),
    "relation": ("subject", "predicate", "object"),
    "entity": ("name",),
    "event": ("what", "event_kind"),
    "membership": ("whole", "part"),
    "link": ("name",),
}


def words_of(fact: Fact) -> dict[str, Value]:
    """Return the words of ``fact``."""
    found: dict[str, Any]
    match fact:
        case Observation():
            found = {name: getattr(fact, name) for name in _OBSERVED} | _period_words(fact.period)
            found |= {name: getattr(fact, name) for name in _STOOD}
        case Relation():
            found = {name: getattr(fact, name) for name in ("subject", "predicate", "object", "modality", "status")}
            found |= {**(_period_words(fact.period) if fact.period.start or fact.period.end else {}), "qualifiers": dict(fact.qualifiers)}
        case Entity():
            found = {"name": fact.name, "type": fact.type, "aliases": fact.aliases, "apart": fact.apart}
        case Event():
            found = {name: getattr(fact, name) for name in ("what", "participants", "date", "modality", "status")}
            found["event_kind"] = fact.kind
        case Membership():
            found = {name: getattr(fact, name) for name in ("whole", "part", "order", "exhaustive")}
    return {key: value for key, value in found.items() if value not in (None, "", (), {})}


def _period_words(period: Period) -> dict[str, Any]:
    return {"period_start": period.start, "period_end": period.end, "period_basis": period.basis}


def fact_of(kind: Kind, words: Words, span: Span, rule: str = ADDED) -> Fact:
    """Return the fact that ``words`` say, carried by ``span``; ``KeyError`` where a word is missing that it cannot do without."""
    said: dict[str, Any] = {key: value for key, value in words.items() if value != ""}
    match kind:
        case "observation":
            period = _period(said)
            said["value"] = Decimal(said["value"])
            _require(said, IDENTIFYING[kind])
            return Observation(span=span, rule=rule, period=period, **said)
        case "relation":
            period = _period(said)
            _require(said, IDENTIFYING[kind])
            qualifiers = tuple(said.pop("qualifiers", {}).items())
            return Relation(span=span, rule=rule, period=period, qualifiers=qualifiers, **said)
        case "entity":
            _require(said, ("name", "type"))
            return Entity(rule=rule, mentions=(span,), **said)
        case "event":
            _require(said, ("what", "participants"))
            return Event(span=span, rule=rule, kind=said.pop("event_kind", "event"), **said)
        case "membership":
            _require(said, IDENTIFYING[kind])
            return Membership(span=span, rule=rule, **said)
        case "link":
            raise ValueError("a link is no fact")


def _require(said: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        said[name]


def _period(said: dict[str, Any]) -> Period:
    start, end = said.pop("period_start", None), said.pop("period_end", None)
    return Period(start, end, said.pop("period_basis", "stated" if start or end else "none"))
