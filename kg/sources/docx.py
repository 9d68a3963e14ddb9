"""DOCX: paragraphs, headings and tables in the order of the document, by their element in ``word/document.xml``."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import ReportError
from kg.sources.limits import LARGEST_PACKED, check_archive, check_size
from kg.sources.paths import Paths
from kg.sources.source import MEDIA_TYPES, Composition, Source
from kg.sources.tables import Cell, carries_figures, cell_text, spread
from kg.sources.writing import write_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_SKIPPED = {
    f"{_W}txbxContent": "text boxes",
    f"{_W}footnoteReference": "footnotes",
    f"{_W}endnoteReference": "endnotes",
    f"{_W}commentReference": "comments",
    f"{_W}numPr": "automatic numbers of paragraphs",
    f"{_W}moveFrom": "",
    f"{_W}del": "deletions that are tracked",
    f"{_W}rt": "",  # the reading above a character
    f"{_W}tblPr": "",
    f"{_W}sectPr": "",
    _FALLBACK: "",
}


def read_docx(data: bytes, where: object) -> Source:
    """Return the text of a DOCX document; tracked insertions are read, deletions are not.

    Text boxes, notes, comments, headers, footers and automatic numbers are left out and counted in the notes. Raises
    ``ReportError`` for an encrypted, damaged, swollen or empty document and for an old ``.doc``.
    """
    check_size(len(data), LARGEST_PACKED, where)
    _check_kind(data, where)
    check_archive(data, where)
    reader = _Reader(_body(data, where))
    reader.read()
    written = reader.written
    if not written.text.strip():
        raise ReportError(where, "there is no text in this document", "give a document with text; pictures of text need OCR first")
    notes = tuple(f"left out: {what} ({number})" for what, number in sorted(reader.left_out.items()))
    return Source(written.text, MEDIA_TYPES[".docx"], written.positions, notes=notes)


def _check_kind(data: bytes, where: object) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReportError(where, "this document is encrypted", "open it with its password and save it without one")
        raise ReportError(where, "this is a document of the old format .doc", "open it and save it as .docx")
    if not data.startswith(b"PK"):
        raise ReportError(where, "this is no DOCX document, or it is damaged", "open it in its program and save it as .docx")


def _body(data: bytes, where: object) -> "_Element":
    """Return the body element; entities are not expanded, nothing outside the file is loaded."""
    from docx import Document

    try:
        return Document(io.BytesIO(data)).element.body
    except Exception as error:  # the library lets through whatever a broken package makes its parts raise
        raise ReportError(where, "this document is damaged", "open it in its program, save it again and try once more") from error


class _Reader:
    def __init__(self, body: "_Element") -> None:
        self.written = Composition()
        self.left_out: Counter[str] = Counter()
        self._body = body
        self._paths = Paths(_prefixed)

    def read(self) -> None:
        self._blocks(self._body)

    def _blocks(self, parent: "_Element") -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag"):
                self._blocks(child)

    def _paragraph(self, paragraph: "_Element") -> None:
        path = self._paths.of(paragraph)
        for line in self._words(paragraph).split("\n"):
            self.written.say(line.strip(), element=path)
            self.written.end_line()

    def _table(self, table: "_Element") -> None:
        """Write a table of figures as rows, any other cell by cell as blocks."""
        nested = next(table.iterdescendants(f"{_W}tbl"), None) is not None
        grid = [] if nested else spread([[self._cell(cell) for cell in _children(row, "tc")] for row in _children(table, "tr")])
        if grid and carries_figures(grid):
            write_rows(self.written, grid, lambda words, cell: self.written.say(words, element=self._paths.of(cell)))
            return
        for row in _children(table, "tr"):
            for cell in _children(row, "tc"):
                self._blocks(cell)

    def _cell(self, cell: "_Element") -> "Cell[_Element]":
        text = cell_text("\n".join(self._words(paragraph) for paragraph in cell.iter(f"{_W}p")))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        width = (span.get(f"{_W}val") or "1") if span is not None else "1"
        continued = merge is not None and merge.get(f"{_W}val") != "restart"
        return Cell(text, cell, int(width) if width.isdigit() and len(width) < 5 else 1, merged_up=continued)

    def _words(self, element: "_Element") -> str:
        """Return the printed words of ``element``; hidden runs are not printed."""
        pieces: list[str] = []
        self._collect(element, pieces)
        return "".join(pieces)

    def _collect(self, element: "_Element", pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED:
                if _SKIPPED[tag]:
                    self.left_out[_SKIPPED[tag]] += 1
            elif tag == f"{_W}t":
                pieces.append(child.text or "")
            elif tag in _BREAKS:
                pieces.append(_BREAKS[tag] if element.tag == f"{_W}r" else "")
            elif tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
                self.left_out["hidden passages"] += 1
            else:
                self._collect(child, pieces)


def _children(parent: "_Element", name: str) -> "Iterator[_Element]":
    """Yield the rows or cells of a table, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _children(child, name)


def _prefixed(element: "_Element") -> str:
    """Return the name of an element with the prefix that the document itself gives its namespace."""
    name = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{name}" if element.prefix else name
