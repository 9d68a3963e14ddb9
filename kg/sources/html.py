"""HTML: the words a reader of the page sees, by element; scripts are never run and links never followed."""

import re
from typing import TYPE_CHECKING

from kg.errors import ReportError
from kg.sources.html_parts import BLOCK_TAGS, link_lists, main_of, unseen, walk
from kg.sources.limits import LARGEST_TEXT, check_size
from kg.sources.lines import glue
from kg.sources.paths import Paths
from kg.sources.plain import decode
from kg.sources.source import MEDIA_TYPES, Composition, Source
from kg.sources.tables import Cell, carries_figures, cell_text, spread
from kg.sources.writing import write_rows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]{2,20})", re.IGNORECASE)
_BREAK = re.compile(r"[ \t\r\f]*\n[ \t\r\f\n]*")
_BLANKS = re.compile(r"[ \t\r\f]+")
_TBODY = re.compile(r"(/table(?:\[\d+\])?)(?=/tr\b)")
_GB = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}
_ENCODINGS = frozenset({"utf-8", "utf8", "gb18030", "big5", "big5-hkscs", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"})


def read_html(data: bytes, where: object) -> Source:
    """Return the main content of an HTML page: headings, paragraphs, tables, each with the XPath of its element.

    Scripts, styles, forms, navigation, hidden parts and lists of links are left out. The XPath is that of a browser, which
    puts a ``tbody`` into every table. Raises ``ReportError`` for a page without text or nested beyond measure.
    """
    check_size(len(data), LARGEST_TEXT, where)
    text, notes = _decode(data, where)
    root, damaged = _parse(text, where)
    reader = _Reader(root)
    reader.read(main_of(root))
    written = reader.written
    written.end_line()
    if not written.text.strip():
        raise ReportError(where, "there is no text in this page (it may be written by its scripts)", "save the page as text from a browser")
    if damaged:
        notes += ("the page is nested deeper than the parser follows; text inside may be missing",)
    if reader.link_lists:
        notes += (f"left out: lists of links ({reader.link_lists})",)
    return Source(written.text, MEDIA_TYPES[".html"], written.positions, notes=notes)


def _decode(data: bytes, where: object) -> tuple[str, tuple[str, ...]]:
    """Return the text in the encoding that the page declares, else as plain text is decoded."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) and (match := _CHARSET.search(data[:4096])):
        declared = match[1].decode("ascii").lower()
        encoding = "gb18030" if declared in _GB else declared
        if encoding in _ENCODINGS and not encoding.startswith("utf-16"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                pass  # pages often declare one encoding and use another
            else:
                return text, () if encoding in ("utf-8", "utf8") else (f"decoded from {encoding.upper()}, as the page declares",)
    return decode(data, where)


def _parse(text: str, where: object) -> "tuple[HtmlElement, bool]":
    """Return the root element and whether the page was too deep to be followed to the end (256 elements)."""
    from lxml import etree, html

    # the text has been decoded: what it says of its own encoding no longer holds
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        root = html.document_fromstring(text.removeprefix("\ufeff").replace("\x00", "").encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(where, "there is no page in this file", "give an HTML page with text") from error
    return root, any("depth" in entry.message for entry in parser.error_log)


class _Reader:
    """Reads blocks in document order; what stands in no block of its own belongs to the block around it.

    The recursion is as deep as the page, which the parser keeps below 256.
    """

    def __init__(self, root: "HtmlElement") -> None:
        self.written = Composition()
        self.link_lists = 0
        self._paths = Paths(lambda element: str(element.tag))
        self._linked = link_lists(root)

    def read(self, element: "HtmlElement") -> None:
        """Write ``element``, a block, and everything in it."""
        self._flush_blocks(element, element)

    def _flush_blocks(self, element: "HtmlElement", block: "HtmlElement") -> None:
        self._inline(element.text, block)
        for child in element:
            if not isinstance(child.tag, str) or unseen(child):
                pass
            elif child in self._linked:
                self.link_lists += 1
            elif child.tag == "br":
                self.written.end_line()
            elif child.tag == "table" and self._table(child):
                pass
            elif child.tag in BLOCK_TAGS:
                self.written.end_line()
                self._flush_blocks(child, child)
                self.written.end_line()
            else:
                self._flush_blocks(child, block)
            self._inline(child.tail, block)

    def _inline(self, text: str | None, block: "HtmlElement") -> None:
        words = _visible(text or "", self.written)
        if words:
            self.written.say(words, element=self._path(block))

    def _path(self, element: "HtmlElement") -> str:
        return browser_path(self._paths.of(element))

    def _table(self, table: "HtmlElement") -> bool:
        """Write ``table`` as rows if it carries figures; else say so, and its cells are read as blocks."""
        if any(True for _ in table.iter("table") if _ is not table):
            return False
        rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr") if not unseen(row)]
        grid = spread(rows)
        if not carries_figures(grid):
            return False
        for caption in table.iter("caption"):
            self.written.end_line()
            self.written.say(cell_text(words_of(caption)), element=self._path(caption))
            self.written.end_line()
        write_rows(self.written, grid, lambda words, cell: self.written.say(words, element=self._path(cell)))
        return True


def _cell(element: "HtmlElement") -> "Cell[HtmlElement]":
    return Cell(cell_text(words_of(element)), element, _span(element, "colspan"), _span(element, "rowspan"))


def _span(element: "HtmlElement", name: str) -> int:
    value = (element.get(name) or "1").strip()
    if not value.isascii() or not value.isdigit() or len(value) > 6:
        return 1
    return int(value) or (100_000 if name == "rowspan" else 1)  # rowspan="0" reaches to the last row


def words_of(element: "HtmlElement") -> str:
    """Return the words in ``element``, unseen parts left out, blocks and breaks apart by a blank."""
    pieces: list[str] = []
    skip = None
    for event, node in walk(element):
        if event == "start" and skip is None:
            skip = node if unseen(node) else None
            pieces += [] if skip is not None else [" " if node.tag in BLOCK_TAGS or node.tag == "br" else "", node.text or ""]
        elif event == "end":
            skip = None if skip is node else skip
            pieces += [node.tail or ""] if skip is None and node is not element else []
    return _folded("".join(pieces))


def _folded(text: str) -> str:
    """Return ``text`` with runs of blanks as one; a line end between Chinese characters is none."""
    first, *lines = _BREAK.split(text)
    for line in lines:
        first += (glue(first, line) or ("" if first[-1:] > "\u2e80" or line[:1] > "\u2e80" else " ")) + line
    return _BLANKS.sub(" ", first)


def _visible(text: str, written: Composition) -> str:
    """Return what a browser shows of ``text`` at this place: no blank at the start of a line."""
    words = _folded(text)
    return words.lstrip(" \u3000\xa0") if written.at_line_start else words


def browser_path(path: str) -> str:
    """Return ``path`` as in a browser, which puts rows without a ``tbody`` into one.

    >>> browser_path("/html/body/table[2]/tr[3]/td")
    '/html/body/table[2]/tbody/tr[3]/td'
    """
    return _TBODY.sub(r"\1/tbody", path)
