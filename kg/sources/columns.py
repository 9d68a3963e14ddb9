"""Find the two columns of a page and put their lines in reading order: the left column, then the right one."""

from collections.abc import Sequence
from dataclasses import replace

from kg.sources.pdf_lines import Line, Page

FEWEST = 5  # lines of each column
SHORTEST = 8  # characters of such a line on average; the cells of a table are shorter


def gutter(page: Page) -> float | None:
    """Return where the blank strip between two columns lies, in points from the left, or ``None`` for a page of one column.

    Either side has at least five lines of prose, and hardly any line crosses the strip.
    """
    pieces = [part for line in page.lines for part in (line.parts or (line,))]
    edges = sorted(part.left for part in pieces if page.width * 0.35 < part.left < page.width * 0.65)
    if len(edges) < FEWEST:
        return None
    edge = edges[len(edges) // 10]
    left = [part for part in pieces if part.right <= edge + 1]
    right = [part for part in pieces if part.left >= edge - 1]
    across = len(pieces) - len(left) - len(right)
    prose = all(sum(len(part.text) for part in side) >= SHORTEST * len(side) for side in (left, right))
    return edge - 1 if min(len(left), len(right)) >= FEWEST and prose and across * 4 <= len(pieces) else None


def in_reading_order(page: Page) -> Page:
    """Return the page with the lines of its columns one column after the other; a line across both keeps its place."""
    edge = gutter(page)
    if edge is None:
        return page
    lines: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in page.lines:
        parts = line.parts or (line,)
        if any(part.left < edge and part.right > edge + 2 for part in parts):
            lines += _emptied(columns)
            lines.append(line)
            continue
        for part in parts:
            columns[part.left >= edge].append(part)
    return replace(page, lines=(*lines, *_emptied(columns)))


def _emptied(columns: tuple[list[Line], list[Line]]) -> Sequence[Line]:
    lines = [*columns[0], *columns[1]]
    for column in columns:
        column.clear()
    return lines
