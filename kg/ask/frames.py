"""An answer as a data frame: the same columns, types and values in pandas, Polars and Arrow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kg.ask.values import Year
from kg.catalogue import Wording
from kg.errors import InputError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from kg.ask.answer import Answer, Cell
    from kg.catalogue import Column, Lang

Kind = Literal["text", "integer", "decimal", "boolean", "date", "moment", "instant"]
Scalar = str | int | float | bool | date | datetime

_KINDS: dict[type, Kind] = {int: "integer", Year: "integer", Decimal: "decimal", bool: "boolean", date: "date"}
_PANDAS = {
    "text": "string",
    "integer": "Int64",
    "decimal": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "moment": "datetime64[us]",
    "instant": "datetime64[us, UTC]",
}


@dataclass(frozen=True, slots=True)
class Series:
    """A column: all ``values`` are of one ``kind``, ``None`` where a row says nothing.

    ``moment`` is a day and time as it is said, ``instant`` one with a time zone, in UTC.
    """

    name: str
    kind: Kind
    values: tuple[Scalar | None, ...]


def series_of(answer: "Answer") -> tuple[Series, ...]:
    """Return the columns of ``answer`` as plain values, the IRIs of a column of things beside its labels (``<name>_iri``).

    The kind of a column is the one that its question declares, also where no row says anything. Where the values do not fit it, and
    in the answer to a SPARQL text of one's own, it is the narrowest that holds all values: whole numbers and decimals are decimals,
    anything else that is mixed is text. Decimals are 64-bit floats; ``Cell.number`` keeps the exact one.
    """
    found: list[Series] = []
    for i, (column, (name, iri)) in enumerate(zip(answer.columns, names_of(answer), strict=True)):
        cells = [row[i] for row in answer.rows]
        kind = _joint({*_declared(column), *(_kind(cell) for cell in cells if cell)})
        found.append(Series(name, kind, tuple(_as(cell, kind) if cell else None for cell in cells)))
        if iri:
            found.append(Series(iri, "text", tuple(cell.iri if cell else None for cell in cells)))
    return tuple(found)


def names_of(answer: "Answer") -> tuple[tuple[str, str | None], ...]:
    """Return for each column its name, and that of the column of IRIs beside it where its values are things.

    A name that is taken already gets an underscore at its end.
    """
    taken: set[str] = set()
    wanted = {column.name for column in answer.columns}
    found: list[tuple[str, str | None]] = []
    for i, column in enumerate(answer.columns):
        things = column.type == "thing" if column.type else any(cell and cell.iri for row in answer.rows if (cell := row[i]))
        name = _free(column.name, taken)
        found.append((name, _free(f"{column.name}_iri", taken | wanted) if things else None))
        taken.update(filter(None, found[-1]))
    return tuple(found)


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _declared(column: "Column") -> set[Kind]:
    match column.type:
        case None:
            return set()
        case "thing":
            return {"text"}
        case kind:
            return {kind}


def _kind(cell: "Cell") -> Kind:
    value = cell.value
    if isinstance(value, datetime):
        return "instant" if value.tzinfo else "moment"
    return "text" if value is None else _KINDS[type(value)]


def _joint(kinds: set[Kind]) -> Kind:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "decimal" if kinds == {"integer", "decimal"} else "text"


def _as(cell: "Cell", kind: Kind) -> Scalar:
    value = cell.value
    if kind == "text" or value is None:
        return cell.text
    if isinstance(value, Decimal) or (kind == "decimal" and isinstance(value, int)):
        return float(value)
    return int(value) if isinstance(value, Year) else value


def to_pandas(answer: "Answer") -> "pandas.DataFrame":
    """Return ``answer`` as a pandas data frame: nullable types, days as ``datetime64[s]``. See ``series_of``.

    Raises ``InputError`` where pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise _missing("pandas", answer.lang) from error
    return pandas.DataFrame({one.name: pandas.Series(list(one.values), dtype=_PANDAS[one.kind]) for one in series_of(answer)})


def to_polars(answer: "Answer") -> "polars.DataFrame":
    """Return ``answer`` as a Polars data frame (see ``series_of``); ``InputError`` where Polars is not installed."""
    try:
        import polars
    except ImportError as error:
        raise _missing("polars", answer.lang) from error
    types = {
        "text": polars.String(),
        "integer": polars.Int64(),
        "decimal": polars.Float64(),
        "boolean": polars.Boolean(),
        "date": polars.Date(),
        "moment": polars.Datetime("us"),
        "instant": polars.Datetime("us", "UTC"),
    }
    return polars.DataFrame([polars.Series(one.name, one.values, types[one.kind]) for one in series_of(answer)])


def to_arrow(answer: "Answer") -> "pyarrow.Table":
    """Return ``answer`` as an Arrow table (see ``series_of``); ``InputError`` where pyarrow is not installed."""
    try:
        import pyarrow
    except ImportError as error:
        raise _missing("arrow", answer.lang) from error
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "decimal": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "moment": pyarrow.timestamp("us"),
        "instant": pyarrow.timestamp("us", "UTC"),
    }
    found = series_of(answer)
    return pyarrow.table([pyarrow.array(one.values, types[one.kind]) for one in found], names=[one.name for one in found])


def _missing(extra: str, lang: "Lang") -> InputError:
    package = {"arrow": "pyarrow"}.get(extra, extra)
    what = Wording(f"没有安装 {package}", f"{package} is not installed")
    return InputError(f"to_{extra}", what.said(lang), f"pip install 'innovation-ecosystem-kg[{extra}]'")
