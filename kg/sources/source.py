"""A source: the one text that a file was read into, and where each stretch of it stands in the file."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.errors import ReportError
from kg.facts import Span
from kg.sources.tables import Table

LONGEST = 10_000_000  # characters; merged cells can make a small file a long text
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """``text[start:end]`` stands on a page, in an element or on lines of the file; exactly one of the three is given.

    ``page`` counts from 1 (PDF). ``element`` is an XPath (HTML; of ``word/document.xml`` in a DOCX). ``lines`` are the
    first and last line, counted from 1 (Markdown).
    """

    start: int
    end: int
    page: int | None = None
    element: str | None = None
    lines: tuple[int, int] | None = None

    @property
    def place(self) -> str:
        """The place in the words of the file: ``page=3``, ``/html/body/p[2]`` or ``line=4,6`` (RFC 5147: 0-based edges)."""
        if self.page is not None:
            return f"page={self.page}"
        if self.lines is not None:
            return f"line={self.lines[0] - 1},{self.lines[1]}"
        return self.element or ""

    def beside(self, other: "Position") -> bool:
        """Tell whether both name the same place of the file."""
        return (self.page, self.element, self.lines) == (other.page, other.element, other.lines)


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says: ``text``, with ``positions`` in text order (none for plain text, which is its own original).

    ``positions`` do not overlap and every printed character of ``text`` lies in one. ``tables`` are the tables of the text.
    ``notes`` say, a sentence each, what was decided or left out while reading. ``sha256`` is that of the file.
    """

    text: str
    media_type: str
    positions: tuple[Position, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    sha256: str = ""


def position_of(positions: Sequence[Position], span: Span) -> Position | None:
    """Return the position in which ``span`` begins, else the first one that it touches, else ``None``."""
    after = bisect_right(positions, span.start, key=lambda position: position.start)
    if after and positions[after - 1].end > span.start:
        return positions[after - 1]
    if after < len(positions) and positions[after].start < span.end:
        return positions[after]
    return None


class Composition:
    """Puts a text together piece by piece and remembers where each piece comes from."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._positions: list[Position] = []
        self._parted = False  # a bar has been written since the last piece

    def say(self, text: str, *, page: int | None = None, element: str | None = None, lines: tuple[int, int] | None = None) -> None:
        """Add ``text``, which stands at the given place; a piece of the same place right before it grows."""
        if not text:
            return
        here = Position(self._length, self._length + len(text), page, element, lines)
        before = self._positions[-1] if self._positions else None
        if before and before.beside(here) and not self._parted:
            self._positions[-1] = replace(before, end=here.end)
        else:
            self._positions.append(here)
        self._parted = False
        self._add(text)

    def mark(self, text: str) -> None:
        """Add what the file does not print: a line end, the bars of a table. Bars keep the cells of one place apart."""
        self._parted |= "|" in text
        self._add(text)

    def end_line(self) -> None:
        """End the line that is being written, if there is one."""
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._add("\n")

    @property
    def at_line_start(self) -> bool:
        return not self._pieces or self._pieces[-1].endswith(("\n", " "))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > LONGEST:
            raise ReportError("the text", f"it is longer than {LONGEST / 1e6:.0f} million characters", "split it into several reports")

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def positions(self) -> tuple[Position, ...]:
        return tuple(self._positions)
