"""PDF: from printed lines to paragraphs, without running heads and page numbers, by page."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.errors import ReportError
from kg.sources.columns import gutter, in_reading_order
from kg.sources.lines import glue
from kg.sources.pdf_lines import Line, Page, read_pages
from kg.sources.source import MEDIA_TYPES, Composition, Source

MARGIN = 0.09  # of the page's height, at top and bottom: there running heads and page numbers stand
OUTERMOST = 2  # lines of a page, from its top and from its bottom, that may be running ones
_PAGE_NUMBER = re.compile(
    r"[-—–·~•\s]*(?:第\s*)?(?:\d{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,4})(?:\s*页)?(?:\s*[/,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·~•\s]*"
)
_DIGITS = re.compile(r"\d+")
_INDENT = re.compile(r"[\u3000\xa0 ]{2,}|\u3000")
_STARTS = re.compile(
    r"[一二三四五六七八九十百]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十\d]{1,3}[章节条部]|\d{1,2}[.．、](?!\d)|[•●◆■▪➢★]"
)
_ENDS = re.compile(r"[。！？!?；;：:”）)]$")
_ROW = re.compile(r"(?:^|\s)[-−]?\d[\d,.]*%?(?=\s|$)")
_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd]")


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    page: Page


def read_pdf(data: bytes, where: object) -> Source:
    """Return the text of a PDF's text layer, a paragraph a line, each piece with its page.

    Lines that layout has cut are joined, running heads, running feet and page numbers left out and counted in the notes;
    pages in two columns and pages without text are named there. Raises ``ReportError`` for an encrypted or damaged file,
    for one without a text layer and for one whose fonts do not say which characters they draw.
    """
    printed = read_pages(data, where)
    _check_text(printed, where)
    columned = {page.number: edge for page in printed if (edge := gutter(page)) is not None}
    pages = [in_reading_order(page) for page in printed]
    running = _running(pages)
    body = [_Placed(line, page) for page in pages for line in page.lines if id(line) not in running]
    if not body:
        raise ReportError(where, "there is nothing but running heads and page numbers in this PDF", "run OCR on it first")
    written = Composition()
    rows = _write(written, body, columned)
    return Source(written.text, MEDIA_TYPES[".pdf"], written.positions, notes=_notes(pages, len(running), list(columned), rows))


def _check_text(pages: Sequence[Page], where: object) -> None:
    lines = [line.text for page in pages for line in page.lines]
    letters = "".join(lines).replace(" ", "")
    empty = sum(not page.lines for page in pages)
    if not letters or (empty * 2 > len(pages) and len(letters) < 20 * len(pages)):
        raise ReportError(
            where,
            f"this PDF has no text layer ({empty} of {len(pages)} pages are pictures or empty)",
            "run OCR on it first, for instance with OCRmyPDF and the language chi_sim",
        )
    if len(_UNREADABLE.findall(letters)) * 5 > len(letters):
        raise ReportError(
            where, "the fonts of this PDF do not say which characters they draw, so its text cannot be read", "run OCR on it first"
        )


def _running(pages: Sequence[Page]) -> set[int]:
    """Return the ids of the lines that are running heads or feet or page numbers.

    A page number stands alone in the margin; a running line stands in the margin and comes back, digits aside, at the same
    height on another page and on at least three of ten pages.
    """
    margins = [(line, page) for page in pages for line in _outermost(page)]
    seen = Counter({key: len(numbers) for key, numbers in _heights(margins).items()})
    least = max(2, len(pages) * 0.3)
    return {id(line) for line, _ in margins if _PAGE_NUMBER.fullmatch(line.text.strip()) or seen[_key(line)] >= least}


def _outermost(page: Page) -> list[Line]:
    lines = sorted(page.lines, key=lambda line: -line.top)
    heads = [line for line in lines[:OUTERMOST] if line.bottom > page.height * (1 - MARGIN)]
    return heads + [line for line in lines[len(heads) :][-OUTERMOST:] if line.top < page.height * MARGIN]


def _heights(margins: Sequence[tuple[Line, Page]]) -> dict[tuple[str, int], set[int]]:
    found: dict[tuple[str, int], set[int]] = {}
    for line, page in margins:
        found.setdefault(_key(line), set()).add(page.number)
    return found


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.replace(" ", "")), round(line.bottom / 6)


def _write(written: Composition, body: Sequence[_Placed], columned: Mapping[int, float]) -> int:
    """Write the lines as paragraphs; return how many look like rows of a table."""
    frames = _frames(body, columned)
    rows = 0
    before: _Placed | None = None
    last = ""
    for placed in body:
        words = placed.line.text.strip(" \u3000\xa0")
        rows += _is_row(placed.line)
        if before is not None:
            if _parts(before, placed, frames):
                written.end_line()
            else:
                written.mark(glue(last, words))
        written.say(words, page=placed.page.number)
        before, last = placed, words
    written.end_line()
    return rows


@dataclass(frozen=True, slots=True)
class _Frame:
    """The block of type that a line belongs to: its left and right edge and the usual distance of base lines."""

    left: float
    right: float
    leading: float


def _frames(body: Sequence[_Placed], columned: Mapping[int, float]) -> dict[int, _Frame]:
    """Return the frame of each line by its id: that of its page, or of its column where the page has two."""
    columns: dict[tuple[int, bool], list[Line]] = {}
    for placed in body:
        right = placed.line.left >= columned.get(placed.page.number, placed.page.width)
        columns.setdefault((placed.page.number, right), []).append(placed.line)
    frames: dict[int, _Frame] = {}
    for lines in columns.values():
        frame = _frame(lines)
        frames |= {id(line): frame for line in lines}
    return frames


def _frame(lines: Sequence[Line]) -> _Frame:
    """The left edge is the one most lines share (paragraphs are indented only once), the right edge that of the widest."""
    lefts = Counter(round(line.left / 3) for line in lines)
    left = min((edge for edge, count in lefts.items() if count * 2 >= max(lefts.values())), default=0) * 3
    right = sorted(line.right for line in lines)[int(len(lines) * 0.9) if len(lines) > 10 else -1]
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 4 * a.size]
    return _Frame(left, right, median(steps) if steps else 0.0)


def _parts(before: _Placed, after: _Placed, frames: dict[int, _Frame]) -> bool:
    """Tell whether a new paragraph begins with the line ``after``."""
    a, b = before.line, after.line
    frame, own = frames[id(a)], frames[id(b)]
    if _is_row(a) or _is_row(b) or _closes(a, frame) or _INDENT.match(b.text):
        return True
    if b.left > own.left + 1.2 * b.size or not 0.8 < a.size / b.size < 1.25:
        return True
    same_frame = frame is own and before.page is after.page
    if same_frame and frame.leading and a.bottom - b.bottom > 1.6 * frame.leading:
        return True
    return bool(_STARTS.match(b.text.strip()) and _ENDS.search(a.text.strip()))


def _closes(line: Line, frame: _Frame) -> bool:
    """Tell whether ``line`` ends early: well before the edge and with an end mark, or before six tenths of the width."""
    if line.right >= frame.right - 2.2 * line.size:
        return False
    return bool(_ENDS.search(line.text.rstrip())) or line.right - frame.left < 0.6 * (frame.right - frame.left)


def _is_row(line: Line) -> bool:
    """Tell a row of figures (three words or more, two of them numbers) from prose."""
    return len(line.text.split()) >= 3 and len(_ROW.findall(line.text)) >= 2


def _notes(pages: Sequence[Page], running: int, columned: Sequence[int], rows: int) -> tuple[str, ...]:
    empty = [page.number for page in pages if not page.lines]
    notes = []
    if running:
        notes.append(f"left out: running heads, running feet and page numbers ({running} lines)")
    if columned:
        notes.append(f"{_pages(columned)} set in two columns, read one after the other; look the order over")
    if empty:
        notes.append(f"{_pages(empty)} without text (a picture or an empty page)")
    if rows:
        notes.append(
            f"lines that look like rows of a table: {rows}; tables of a PDF are not read as figures, give the DOCX or HTML if there is one"
        )
    return tuple(notes)


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"page {shown} is" if len(numbers) == 1 else f"pages {shown} are"
