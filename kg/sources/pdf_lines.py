"""The printed lines of a PDF's text layer, with their boxes; the only module that names the PDF engine."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.errors import ReportError
from kg.sources.limits import LARGEST_PACKED, MOST_PAGES, MOST_SECONDS, check_size

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

Box = tuple[float, float, float, float]  # left, bottom, right, top
WIDE_GAP = 0.6  # of the height of the type: wider than the blanks between words of most lines
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_REMEDY = "open it in a PDF reader, print it to a new PDF and try once more"


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words and box in points (1/72 inch), origin at the lower left; ``size`` is its height.

    ``parts`` are the stretches of a line that wide gaps part, as in two columns or a table; a line in one piece has none.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    parts: tuple["Line", ...] = ()

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1, with its lines in the order in which the file draws them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def read_pages(data: bytes, where: object) -> tuple[Page, ...]:
    """Return the pages of a PDF; raise ``ReportError`` for an encrypted, damaged, too long or too slow one."""
    check_size(len(data), LARGEST_PACKED, where)
    document = _open(data, where)
    try:
        if len(document) > MOST_PAGES:
            raise ReportError(
                where, f"{len(document)} pages are too many for one report (limit {MOST_PAGES})", "split it into several reports"
            )
        started = time.monotonic()
        pages = []
        for index in range(len(document)):
            pages.append(_page(document, index, where))
            if time.monotonic() - started > MOST_SECONDS:
                raise ReportError(where, f"reading takes longer than {MOST_SECONDS} seconds", _REMEDY)
        return tuple(pages)
    finally:
        document.close()


def _open(data: bytes, where: object) -> "PdfDocument":
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise ReportError(where, "this PDF is encrypted", "open it with its password and save it without one") from error
        raise ReportError(where, "this PDF is damaged", _REMEDY) from error


def _page(document: "PdfDocument", index: int, where: object) -> Page:
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
        text_page = page.get_textpage()
        width, height = page.get_size()
        lines = tuple(_lines(text_page))
        text_page.close()
        page.close()
    except PdfiumError as error:
        raise ReportError(where, f"page {index + 1} of this PDF is damaged", _REMEDY) from error
    return Page(index + 1, width, height, lines)


def _lines(text_page: Any) -> list[Line]:
    from pypdfium2 import raw

    lines: list[Line] = []
    glyphs: list[tuple[str, Box | None]] = []
    count = text_page.count_chars()
    for index in range(count + 1):
        char = _char(raw.FPDFText_GetUnicode(text_page.raw, index)) if index < count else "\n"
        if char and char in "\r\n":
            lines += _line(glyphs)
            glyphs = []
        elif char:
            blank = char.isspace() and char != "\u3000"
            glyphs.append((char, None if blank else text_page.get_charbox(index, loose=True)))
    return lines


def _char(code: int) -> str:
    """Return the character of a code unit; control characters and soft hyphens at a line end (U+0002, U+FFFE) are none."""
    if code in (0x0A, 0x0D):
        return chr(code)
    if code == 0x09:
        return " "
    return "" if code < 0x20 or code in (0xFFFE, 0xFFFF) else chr(code)


def _whole(text: str) -> str:
    """Return ``text`` with pairs of UTF-16 surrogates, which the engine reports one by one, as one character each."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _line(glyphs: Sequence[tuple[str, Box | None]]) -> list[Line]:
    """Return the line of ``glyphs``, or none where they print nothing; a blank has no box."""
    pieces: list[list[tuple[str, Box | None]]] = [[]]
    before: Box | None = None
    for char, box in glyphs:
        if box and before and box[0] - before[2] > WIDE_GAP * (before[3] - before[1]):
            pieces.append([])
        pieces[-1].append((char, box))
        before = box or before
    parts = [part for piece in pieces if (part := _piece(piece))]
    whole = _piece(glyphs)
    return [replace(whole, parts=tuple(parts) if len(parts) > 1 else ())] if whole else []


def _piece(glyphs: Sequence[tuple[str, Box | None]]) -> Line | None:
    text = _whole("".join(char for char, _ in glyphs))
    boxes = [box for _, box in glyphs if box]
    if not text.strip() or not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return Line(text, min(left), min(bottom), max(right), max(top))
