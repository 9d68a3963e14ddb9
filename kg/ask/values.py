"""What a literal is as a value of Python: numbers, truth, days and moments; anything else is its text."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from kg.namespaces import XSD
from kg.triples.terms import Literal


class Year(int):
    """A year: a whole number that nobody counts with, so it is shown as it is written."""


Value = int | Decimal | bool | Year | date | datetime

_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(rf"{_DECIMAL.pattern}(?:[eE][+-]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_LONG = 2**63


def value_of(literal: Literal) -> Value | None:
    """Return the value of ``literal``; ``None`` for a text, and for what is not what its datatype says.

    A whole number is an ``int`` where 64 bits hold it, any other finite number a ``Decimal``; a year (``xsd:gYear``) is the
    number of the year. ``xsd:dateTime`` with a time zone is given in UTC. NaN, infinity and numbers beyond 64-bit floats
    stay texts.

    >>> value_of(Literal("40.1", f"{XSD}decimal")), value_of(Literal("2020", f"{XSD}gYear")), value_of(Literal("许多", f"{XSD}integer"))
    (Decimal('40.1'), 2020, None)
    """
    if literal.lang or not literal.datatype.startswith(XSD):
        return None
    read = _READ.get(literal.datatype.removeprefix(XSD))
    try:
        return read(literal.value) if read else None
    except (OverflowError, ValueError):  # no such day; a moment that UTC has no day for
        return None


def _whole(text: str) -> int | Decimal | None:
    value = _finite(text) if _WHOLE.fullmatch(text) else None
    return int(value) if value is not None and -_LONG <= value < _LONG else value


def _year(text: str) -> Year | None:
    return Year(text) if _WHOLE.fullmatch(text) and len(text) < 7 else None


def _decimal(text: str) -> Decimal | None:
    return _finite(text) if _DECIMAL.fullmatch(text) else None


def _double(text: str) -> Decimal | None:
    return _finite(text) if _DOUBLE.fullmatch(text) else None


def _finite(text: str) -> Decimal | None:
    return Decimal(text) if math.isfinite(float(text)) else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if _DAY.fullmatch(text) else None


def _moment(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text) if _DAY.match(text) and "T" in text else None
    return moment.astimezone(UTC) if moment and moment.tzinfo else moment


_WHOLE_TYPES = (
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
)
_READ: dict[str, Callable[[str], Value | None]] = {
    **dict.fromkeys(_WHOLE_TYPES, _whole),
    "gYear": _year,
    "decimal": _decimal,
    "double": _double,
    "float": _double,
    "boolean": _TRUTH.get,
    "date": _day,
    "dateTime": _moment,
}
