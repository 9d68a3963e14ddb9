"""Tables inside a text: rows of cells between bars, which every format is written as and read back from.

    | 指标 | 2019年 | 2020年 |
    | 增加值（亿元） | 104.5 | 112.3 |

A cell that spans rows or columns is repeated in each place that it covers, so that every row can be read by itself. A bar
inside a cell is written as the full-width ｜. Only tables that carry figures are written so; a table that merely lays out
a page is written as paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.facts import Span

WIDEST = 200  # columns
LARGEST = 100_000  # cells of one table
LONGEST_CELL = 120  # characters; above that a cell holds prose and the table is a layout
_ROW = re.compile(r"(?m)^[^\S\n]*\|(?P<cells>[^\n]*)\|[^\S\n]*$")
_RULE = re.compile(r"[\s|:\-]+")
_BLANK = re.compile(r"\s+")

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Table:
    """``text[start:end]`` are the rows; each cell is a span of the text (empty for an empty cell), rows may differ in length."""

    start: int
    end: int
    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell(Generic[Place]):
    """A cell of a file: its words, how far it reaches, and where it stands; ``merged_up`` continues the cell above (DOCX)."""

    text: str
    where: Place
    columns: int = 1
    rows: int = 1
    merged_up: bool = False


def cell_text(text: str) -> str:
    """Return the words of a cell on one line, safe between bars.

    >>> cell_text(" 增加值\\n（亿元） "), cell_text("A|B")
    ('增加值 （亿元）', 'A｜B')
    """
    return _BLANK.sub(" ", text).strip().replace("|", "｜")


def spread(rows: Sequence[Sequence[Cell[Place]]]) -> list[list[Cell[Place] | None]]:
    """Return the rows with each cell repeated in all places that it covers; ``None`` where no cell reaches.

    Widths beyond ``WIDEST`` and areas beyond ``LARGEST`` are cut off, whatever a file claims.
    """
    grid: list[list[Cell[Place] | None]] = [[] for _ in rows]
    left = LARGEST
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x < len(grid[y]) and grid[y][x] is not None:
                x += 1
            shown = cell
            if cell.merged_up and y and x < len(grid[y - 1]):
                shown = grid[y - 1][x] or cell
            width, height = min(max(cell.columns, 1), WIDEST - x), min(max(cell.rows, 1), len(rows) - y)
            if width <= 0 or left < width * height:
                break
            left -= width * height
            for line in grid[y : y + height]:
                line.extend([None] * (x + width - len(line)))
                line[x : x + width] = [shown] * width
            x += width
    return grid


def carries_figures(grid: Sequence[Sequence[Cell[Place] | None]]) -> bool:
    """Tell a table from a page layout: at least two rows and columns, and no cell with a passage of prose."""
    wide = [row for row in grid if sum(cell is not None for cell in row) >= 2]
    return len(wide) >= 2 and all(len(cell.text) <= LONGEST_CELL for row in grid for cell in row if cell)


def find_tables(text: str) -> tuple[Table, ...]:
    """Return the tables of ``text``: two or more lines that begin and end with a bar, right below each other.

    A line of dashes (as Markdown puts under a heading row) belongs to the table and is no row of it.

    >>> [[text[c.start:c.end] for c in row] for text in ["| 指标 | 数 |\\n|---|---|\\n| 企业 | 3 |"] for row in find_tables(text)[0].rows]
    [['指标', '数'], ['企业', '3']]
    """
    found: list[Table] = []
    run: list[re.Match[str]] = []
    for match in [*_ROW.finditer(text), None]:
        if run and (match is None or match.start() != run[-1].end() + 1):
            rows = tuple(tuple(_cells(row)) for row in run if not _RULE.fullmatch(row["cells"]))
            if len(rows) > 1:
                found.append(Table(run[0].start(), run[-1].end(), rows))
            run = []
        if match is not None:
            run.append(match)
    return tuple(found)


def _cells(row: re.Match[str]) -> Iterator[Span]:
    at = row.start("cells")
    for part in row["cells"].split("|"):
        words = part.strip()
        start = at + (part.index(words) if words else min(1, len(part)))
        yield Span(start, start + len(words))
        at += len(part) + 1
