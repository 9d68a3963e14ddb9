"""An answer: the rows of a question, readable and traceable."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.ask.values import Value, Year
from kg.catalogue import EVIDENCE, Column, Lang, Question

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_RUNS = re.compile(r"\d+|\D+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: ``text`` is what is shown; ``iri`` the node it names; ``value`` what a literal other than a text is."""

    text: str
    iri: str | None = None
    value: Value | None = None

    @property
    def number(self) -> Decimal | None:
        """The exact value of a number; ``None`` for anything else, years too."""
        return Decimal(self.value) if isinstance(self.value, int | Decimal) and not isinstance(self.value, bool | Year) else None


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows with one cell a column, ``None`` where nothing is bound; ``question`` is ``None`` for a free SPARQL text.

    Rows stand in the order of their columns from left to right, texts by pinyin, numbers by value, then by their place
    in the report. ``lang`` is the language of its labels.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    question: Question | None = None
    lang: Lang = "zh"

    def column(self, name: str) -> list[Cell | None]:
        """Return the cells of one column; raises ``KeyError`` when there is none of that name."""
        places = {column.name: i for i, column in enumerate(self.columns)}
        return [row[places[name]] for row in self.rows]

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas data frame with the columns of the CSV form, typed; ``InputError`` where pandas is not installed.

        Columns of things have their IRIs beside their labels (``person``, ``person_iri``); whole numbers, decimals, truth
        and days are typed, also where there is no row.
        """
        from kg.ask.frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> "polars.DataFrame":
        """Return the same as a Polars data frame; ``InputError`` where Polars is not installed."""
        from kg.ask.frames import to_polars

        return to_polars(self)

    def to_arrow(self) -> "pyarrow.Table":
        """Return the same as an Arrow table; ``InputError`` where pyarrow is not installed."""
        from kg.ask.frames import to_arrow

        return to_arrow(self)

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it."""
        from kg.ask.html import answer_html

        return answer_html(self)


@lru_cache(maxsize=20_000)
def pinyin_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key: Chinese by pinyin (of the first reading in context), digits by value, Latin without case.

    >>> sorted(["温州市", "湖州市", "杭州市"], key=pinyin_key)
    ['杭州市', '湖州市', '温州市']
    """
    from pypinyin import lazy_pinyin

    parts = [part for syllable in lazy_pinyin(text) for part in _RUNS.findall(syllable)]
    return tuple((0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part.casefold()) for part in parts)


def _cell_key(cell: Cell | None) -> tuple[int, Decimal, tuple[tuple[int, int, str], ...], str]:
    if cell is None:
        return (2, Decimal(0), (), "")
    if cell.number is not None:
        return (0, cell.number, (), cell.text)
    return (1, Decimal(0), pinyin_key(cell.text), cell.text + (cell.iri or ""))


def in_order(columns: tuple[Column, ...], rows: list[Row]) -> tuple[Row, ...]:
    """Return ``rows`` in reading order (see ``Answer``); the quote itself is only looked at last."""
    told = [i for i, column in enumerate(columns) if column.name not in EVIDENCE]
    places = [i for name in ("report", "start", "end", "quote") for i, column in enumerate(columns) if column.name == name]
    return tuple(sorted(rows, key=lambda row: [_cell_key(row[i]) for i in (*told, *places)]))
