"""The passages that a model is shown, and where in them the words stand that it gives back.

A passage is a paragraph, or a part of a long one, cut between sentences. The model sees the reading's characters (no layout
blanks inside words), each sentence with its number; a quote is looked for in the same characters, exactly, and its offsets
lead back to the stored text. Nothing is matched by likeness.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.facts import Span
from kg.passages import Paragraph, Passages, Sentence

LONGEST = 1200  # characters shown at once, unless one sentence is longer
LONGEST_SENTENCE = 4000


@dataclass(frozen=True, slots=True)
class Shown:
    """``clean[start:end]`` with its sentences, numbered from 1; ``place`` is the place that its section speaks of."""

    passages: Passages
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    place: str | None

    @property
    def span(self) -> Span:
        """The passage in the stored text."""
        return self.passages.reading.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The sentences, one a line, each with its number."""
        clean = self.passages.reading.clean
        ends = [*(sentence.start for sentence in self.sentences[1:]), self.end]
        lines = (clean[sentence.start : end].strip() for sentence, end in zip(self.sentences, ends, strict=True))
        return "".join(f"[{number}] {line}\n" for number, line in enumerate(lines, 1))

    def places_of(self, words: str, start: int | None = None, end: int | None = None) -> list[tuple[int, int]]:
        """Return every place of ``words`` between two offsets of ``clean`` (the whole passage unless given)."""
        found = []
        stop = self.end if end is None else end
        at = self.passages.reading.clean.find(words, self.start if start is None else start, stop)
        while at >= 0 and words:
            found.append((at, at + len(words)))
            at = self.passages.reading.clean.find(words, at + 1, stop)
        return found

    def locate(self, quote: str, sentence: int | None) -> tuple[int, int] | None:
        """Return the place of ``quote``; of several the one nearest to the named ``sentence``.

        Raises ``LookupError`` when there are several and no sentence tells which, or two are equally near.
        """
        found = self.places_of(quote)
        if len(found) < 2:
            return found[0] if found else None
        if sentence is None or not 1 <= sentence <= len(self.sentences):
            raise LookupError(quote)
        named = self.sentences[sentence - 1]
        distances = sorted((max(named.start - end, start - named.end, 0), start, end) for start, end in found)
        if distances[0][0] == distances[1][0]:
            raise LookupError(quote)
        return distances[0][1:]


def find_shown(passages: Passages) -> Iterator[Shown]:
    """Yield the passages to be shown, in text order; headings, which state nothing, are left out."""
    for paragraph in passages.paragraphs:
        if not paragraph.heading:
            yield from _parts(passages, paragraph)


def _parts(passages: Passages, paragraph: Paragraph) -> Iterator[Shown]:
    part: list[Sentence] = []
    for sentence in paragraph.sentences:
        if part and sentence.end - part[0].start > LONGEST:
            yield _shown(passages, paragraph, part)
            part = []
        part.append(sentence)
    if part:
        yield _shown(passages, paragraph, part)


def _shown(passages: Passages, paragraph: Paragraph, part: list[Sentence]) -> Shown:
    end = min(part[-1].end + (part[-1].mark != "\n"), paragraph.end)
    return Shown(passages, part[0].start, end, tuple(part), passages.place_of(paragraph))
