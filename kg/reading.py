"""A reading of a report's text: the characters that the grammar sees, each with its place in the stored text.

The stored text is never changed. White space that a PDF left inside words or beside numbers, and full-width digits,
letters and percent signs, would make every rule twice as long; the reading leaves the former out and folds the latter
one to one, and remembers where each remaining character stands. All grammar offsets are offsets of ``clean``;
``Reading.span`` turns them back into offsets of the stored text.
"""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from kg.facts import Span

_FOLDED = re.compile("[０-９％．Ａ-Ｚａ-ｚ]")
_NARROW = 0xFEE0  # from the full-width form of a character back to the character itself
_BLANK = re.compile(r"[^\S\n]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’《》、。]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_INNER = re.compile(r"(?<=[\u4e00-\u9fff])[^\S\n]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Reading:
    """``clean[i]`` is the stored character ``text[places[i]]`` or its half-width form; ``len(places) == len(clean)``."""

    text: str
    clean: str
    places: "array[int] | range"

    def span(self, start: int, end: int) -> Span:
        """Return the stored span of ``clean[start:end]`` (not empty)."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def quote(self, start: int, end: int) -> str:
        """Return the stored characters of ``clean[start:end]``."""
        span = self.span(start, end)
        return self.text[span.start : span.end]

    def clean_offset(self, offset: int) -> int:
        """Return the offset in ``clean`` of the first character at or after ``offset`` of the stored text."""
        return bisect_left(self.places, offset)


def read(text: str) -> Reading:
    """Return the reading of ``text``.

    Blanks beside a digit, a sign or Chinese punctuation always go. A blank between two Chinese characters may be meant
    (a slogan in two halves); it goes only where the text has so many of them that they must come from its layout:
    more than one in 250 characters.

    >>> read("增长 12.5%，制造 业").clean
    '增长12.5%，制造业'
    >>> read("“不忘初心 牢记使命”" + "科" * 500).clean[:11]
    '“不忘初心 牢记使命”'
    """
    folded = _FOLDED.sub(lambda match: chr(ord(match[0]) - _NARROW), text)
    spaced = len(_INNER.findall(text)) * 250 > len(text)
    pieces: list[str] = []
    places = array("I")
    done = 0
    for match in _BLANK.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not spaced and _HAN.match(before) and _HAN.match(after):
            continue
        if not before or not after or "\n" in (before, after) or _WIDE.match(before) or _WIDE.match(after):
            pieces.append(folded[done : match.start()])
            places.extend(range(done, match.start()))
            done = match.end()
    if not pieces:
        return Reading(text, folded, range(len(text)))
    places.extend(range(done, len(text)))
    return Reading(text, "".join([*pieces, folded[done:]]), places)
