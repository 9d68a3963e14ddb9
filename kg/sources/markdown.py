"""Markdown: the words without their marks, by lines of the file; tables as rows."""

from typing import TYPE_CHECKING

from kg.errors import ReportError
from kg.sources.lines import glue
from kg.sources.plain import decode
from kg.sources.source import MEDIA_TYPES, Composition, Source
from kg.sources.tables import Cell, cell_text
from kg.sources.writing import write_rows

if TYPE_CHECKING:
    from markdown_it.token import Token

Lines = tuple[int, int]


def read_markdown(data: bytes, where: object) -> Source:
    """Return the text of a Markdown file (CommonMark with tables), each piece with its lines.

    Raw HTML in it is left out and noted; a link keeps its words and loses its address. Raises ``ReportError``.
    """
    from markdown_it import MarkdownIt

    text, notes = decode(data, where)
    tokens = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").parse(text.removeprefix("\ufeff"))
    writer = _Writer()
    for token in tokens:
        writer.read(token)
    written = writer.written
    if not written.text.strip():
        raise ReportError(where, "there is no text in this Markdown file", "give a file with text")
    if writer.left_out:
        notes += (f"left out: raw HTML ({writer.left_out} pieces)",)
    return Source(written.text, MEDIA_TYPES[".md"], written.positions, notes=notes)


class _Writer:
    """Writes block after block; ``left_out`` counts the pieces of raw HTML."""

    def __init__(self) -> None:
        self.written = Composition()
        self.left_out = 0
        self._lines: Lines = (1, 1)
        self._rows: list[list[Cell[Lines]]] | None = None

    def read(self, token: "Token") -> None:
        if token.map:
            self._lines = (token.map[0] + 1, max(token.map[1], token.map[0] + 1))
        match token.type:
            case "table_open":
                self._rows = []
            case "table_close" if self._rows:
                write_rows(self.written, self._rows, lambda words, lines: self.written.say(words, lines=lines))
                self._rows = None
            case "tr_open" if self._rows is not None:
                self._rows.append([])
            case "inline":
                self._inline(token)
            case "fence" | "code_block":
                self._say(token.content)
            case "html_block":
                self.left_out += 1

    def _inline(self, token: "Token") -> None:
        self.left_out += sum(child.type == "html_inline" for child in token.children or [])
        if self._rows is not None:
            self._rows[-1].append(Cell(cell_text(plain(token)), self._lines))
        else:
            self._say(plain(token))

    def _say(self, words: str) -> None:
        for line in words.split("\n"):
            self.written.say(line.strip(), lines=self._lines)
            self.written.end_line()


def plain(token: "Token") -> str:
    """Return the words of an inline token; a soft break joins two lines, a hard break ends one."""
    words: list[str] = [""]
    for child in token.children or []:
        if child.type in ("text", "code_inline", "image"):
            words[-1] += child.content
        elif child.type == "hardbreak":
            words[-1] += "\n"
        elif child.type == "softbreak":
            words.append("")
    whole = words[0]
    for line in words[1:]:
        whole = whole.rstrip(" ") + glue(whole.rstrip(" "), line.lstrip()) + line.lstrip()
    return whole
