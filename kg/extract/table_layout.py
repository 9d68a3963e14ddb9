"""The shape of a statistics table: which rows and columns are heads, which cells are figures, what stands above it.

The first rows, up to the first with a figure, are the heads of the columns; the first columns without figures are the heads
of the rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.table_heads import Head, known_unit, read_head, word
from kg.facts import Span
from kg.reading import read
from kg.sources import Table

YEAR = re.compile(r"(?:19|20)\d\d")
UNIT_LINE = re.compile(r"(?:计量)?单位[:：]\s*(?P<units>[^）)\n]{1,30})")
_FIGURE = re.compile(r"(?P<sign>[-−－+])?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s*＊]{0,8})[*＊①②③]?")
CAPTION_LINES = 3
LONGEST_CAPTION = 60  # characters


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its place in the stored text and its words as the grammar reads them."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The number of a cell, its sign included, and the unit printed beside it."""

    value: Decimal
    unit: str | None


class Layout:
    """The rows and columns of one table; a column is named by its number from 0."""

    def __init__(self, table: Table, text: str) -> None:
        self.rows = [[Cell(span, read(text[span.start : span.end]).clean.strip()) for span in row] for row in table.rows]
        self.titles = self._take_titles()
        self.width = max((len(row) for row in self.rows), default=0)
        ends = (y for y, row in enumerate(self.rows) if _has_figures(row) or _in_one_piece(row))
        self.top = next(ends, len(self.rows))
        self.body = self.rows[self.top :]
        self._parted = [row for row in self.body if not _in_one_piece(row)]
        self.unit_column = self._find_unit_column()
        self.stub = self._find_stub()
        numbering = [x for x in range(self.width) if self._head_is("number_head", x)]
        self.heads = {*self.stub, *numbering, self.unit_column}  # columns whose cells are no figures
        self.columns = [self._column_head(x) for x in range(self.width)]
        self.rows_are_subjects = self._rows_are_subjects()

    @property
    def readable(self) -> bool:
        """Whether the table has heads on both sides and figures between them."""
        return 0 < self.top < len(self.rows) and bool(self.stub)

    def unit_of(self, row: Sequence[Cell]) -> str | None:
        """Return what the column of units says of ``row``."""
        return row[self.unit_column].words or None if self.unit_column is not None and self.unit_column < len(row) else None

    def figures(self, row: Sequence[Cell]) -> Iterator[tuple[int, Cell, Figure]]:
        """Yield column, cell and figure of each cell of ``row`` that holds one."""
        for x, cell in enumerate(row):
            found = figure_of(cell.words) if x not in self.heads else None
            if found is not None:
                yield x, cell, found

    def _take_titles(self) -> list[str]:
        """Take the first rows away that are one cell across the whole table: its title, its unit."""
        titles: list[str] = []
        while self.rows and _in_one_piece(self.rows[0]):
            titles.append(self.rows[0][0].words)
            self.rows = self.rows[1:]
        return titles

    def _find_unit_column(self) -> int | None:
        for x in range(self.width):
            cells = [row[x].words for row in self._parted if x < len(row) and row[x].words]
            if cells and self._head_is("unit_head", x) and all(known_unit(words) for words in cells):
                return x
        return None

    def _find_stub(self) -> list[int]:
        """Return the columns that hold the heads of the rows: those before the first figure, numbering left out."""
        stub: list[int] = []
        for x in range(self.width):
            if x == self.unit_column or self._head_is("number_head", x):
                continue
            cells = [row[x].words for row in self._parted if x < len(row) and row[x].words]
            figures = [words for words in cells if figure_of(words)]
            if figures and not (not stub and all(YEAR.fullmatch(words) for words in cells)):
                break
            stub.append(x)
        return stub

    def _head_is(self, words: str, x: int) -> bool:
        return any(x < len(row) and word(words).fullmatch(row[x].words) for row in self.rows[: self.top])

    def _column_head(self, x: int) -> list[Head]:
        return [read_head(words) for words in distinct(row[x].words for row in self.rows[: self.top] if x < len(row))]

    def base_of(self, x: int) -> list[Head]:
        """Return the heads of the column whose figures the rate or rank in column ``x`` belongs to: the next to its left."""
        for left in range(x - 1, -1, -1):
            if left not in self.heads and not any(head.measure for head in self.columns[left]):
                return self.columns[left]
        return []

    def _rows_are_subjects(self) -> bool:
        if any(self._head_is("subject_head", x) for x in self.stub):
            return True
        heads = [read_head(row[x].words) for row in self._parted for x in self.stub if x < len(row) and row[x].words]
        return bool(heads) and all(head.place or head.whole for head in heads)


def distinct(words: Iterator[str]) -> list[str]:
    """Return the words that are not empty, each once: a cell that spans several places is repeated in each."""
    return list(dict.fromkeys(part for part in words if part))


def figure_of(words: str) -> Figure | None:
    """Return the figure of a cell, or ``None`` for words, a date or a sign that there is none.

    >>> figure_of("1,204家"), figure_of("-3.2"), figure_of("—"), figure_of("5G基站")
    (Figure(value=Decimal('1204'), unit='家'), Figure(value=Decimal('-3.2'), unit=None), None, None)
    """
    match = _FIGURE.fullmatch(words)
    if match is None or (match["unit"] and not known_unit(match["unit"])):
        return None
    value = Decimal(match["number"].replace(",", ""))
    return Figure(-value if match["sign"] in ("-", "−", "－") else value, match["unit"] or None)


def _in_one_piece(row: Sequence[Cell]) -> bool:
    """Tell a row that is one cell across the whole table: a title, or the head of a group of rows."""
    return len(row) > 1 and bool(row[0].words) and len({cell.words for cell in row}) == 1


def _has_figures(row: Sequence[Cell]) -> bool:
    """Tell a row of figures from a heading row, in which bare numbers are years."""
    figures = [cell.words for cell in row if figure_of(cell.words)]
    return bool(figures) and not all(YEAR.fullmatch(words) for words in figures)


def caption_of(text: str, start: int) -> list[str]:
    """Return the lines right above a table that may be its title and unit, the first one first."""
    lines: list[str] = []
    for line in reversed(text[max(0, start - 400) : start].split("\n")):
        words = line.strip()
        if not words:
            continue
        if len(lines) == CAPTION_LINES or len(words) > LONGEST_CAPTION or words.endswith(("。", "；", "|")):
            break
        lines.insert(0, words)
    return lines


def units_of(caption: Sequence[str]) -> list[str]:
    """Return the units of a line 单位：亿元、%."""
    for line in caption:
        if match := UNIT_LINE.search(line):
            return [unit for unit in re.split(r"[、，,；;\s]+", match["units"].strip()) if known_unit(unit)]
    return []
