"""Write a grid of cells as the rows of a table."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from kg.sources.source import Composition
from kg.sources.tables import Cell

Place = TypeVar("Place")


def write_rows(written: Composition, grid: Sequence[Sequence[Cell[Place] | None]], say: Callable[[str, Place], None]) -> None:
    """Write the rows of ``grid``, all of one width; ``say`` writes the words of a cell with their place.

    An empty line before and after keeps two tables from running into one.
    """
    written.end_line()
    written.mark("\n")
    width = max(len(row) for row in grid)
    for row in grid:
        written.mark("|")
        for cell in [*row, *[None] * (width - len(row))]:
            written.mark(" ")
            if cell and cell.text:
                say(cell.text, cell.where)
                written.mark(" ")
            written.mark("|")
        written.mark("\n")
    written.mark("\n")
