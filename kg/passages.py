"""Cut a reading into the passages that rules work in: sections, paragraphs, sentences and clauses.

All offsets are offsets of ``Reading.clean``. A paragraph is a non-blank line. A heading is a short line without end
punctuation. A sentence ends with 。！？ or ；(which in these texts closes a statement as 。 does) or the line; brackets
and quotation marks are never cut open. A clause ends with a comma or colon outside brackets and quotation marks.
"""

import re
from dataclasses import dataclass

from kg.frozen import quickly_made
from kg.reading import Reading

_STOP = "。！？!?；;"
_COMMA = "，,：:|"  # the bar parts the cells of a table
_OPEN, _CLOSE = "（(“《【[「『〈", "）)”》】]」』〉"
_ENDS = re.compile(r"[。！？!?；;，,：:、]$")
_SENTENCE_END = re.compile(r"[。！？!?；;]")
_MARKS = {marks: re.compile("[" + re.escape(marks + _OPEN + _CLOSE) + "]") for marks in (_STOP, _COMMA)}
LONGEST_HEADING = 30  # characters


@quickly_made
@dataclass(frozen=True, slots=True)
class Clause:
    """``clean[start:end]`` without the mark that ends it."""

    start: int
    end: int


@quickly_made
@dataclass(frozen=True, slots=True)
class Sentence:
    """``clean[start:end]`` without the mark that ends it; ``mark`` is that mark or ``\\n``."""

    start: int
    end: int
    mark: str
    clauses: tuple[Clause, ...]


@quickly_made
@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the report; ``section`` indexes ``Passages.sections``."""

    start: int
    end: int
    heading: bool
    section: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading; ``place`` is the place it speaks of, when that is known."""

    heading: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Passages:
    """The cut text; every non-blank character lies in exactly one paragraph."""

    reading: Reading
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]

    def place_of(self, paragraph: Paragraph) -> str | None:
        """Return the place that the paragraph's section speaks of."""
        return self.sections[paragraph.section].place


def cut(reading: Reading, places: dict[str, str] | None = None, area: str | None = None) -> Passages:
    """Return the passages of ``reading``.

    ``places`` maps a heading to the place that its section speaks of; ``area`` holds for all before the first one.
    """
    places = places or {}
    clean = reading.clean
    sections = [Section(None, area)]
    paragraphs: list[Paragraph] = []
    for match in re.finditer(r"[^\n]+", clean):
        start, end = match.span()
        while start < end and clean[start].isspace():
            start += 1
        while end > start and clean[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        line = clean[start:end]
        heading = len(line) <= LONGEST_HEADING and not line.startswith("|") and not _ENDS.search(line) and not _SENTENCE_END.search(line)
        if heading and line in places:
            sections.append(Section(line, places[line]))
        paragraphs.append(Paragraph(start, end, heading, len(sections) - 1, _sentences(clean, start, end)))
    return Passages(reading, tuple(sections), tuple(paragraphs))


def _sentences(clean: str, start: int, end: int) -> tuple[Sentence, ...]:
    return tuple(
        [
            Sentence(a, b, clean[b] if b < end else "\n", tuple([Clause(c, d) for c, d in _pieces(clean, a, b, _COMMA)]))
            for a, b in _pieces(clean, start, end, _STOP)
        ]
    )


def _pieces(clean: str, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    """Cut ``clean[start:end]`` at ``marks`` outside brackets; an unclosed bracket does not hold beyond ``end``."""
    pieces: list[tuple[int, int]] = []
    depth, piece = 0, start
    for match in _MARKS[marks].finditer(clean, start, end):
        i, char = match.start(), match[0]
        if char in _OPEN:
            depth += 1 if _closes(clean, i, end) else 0
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and not (char in ",:" and _inside_number(clean, i)):
            if i > piece:
                pieces.append((piece, i))
            piece = i + 1
    if end > piece:
        pieces.append((piece, end))
    return pieces


def _closes(clean: str, i: int, end: int) -> bool:
    return clean.find(_CLOSE[_OPEN.index(clean[i])], i + 1, min(end, i + 400)) >= 0


def _inside_number(clean: str, i: int) -> bool:
    return clean[i - 1 : i].isdigit() and clean[i + 1 : i + 2].isdigit()
