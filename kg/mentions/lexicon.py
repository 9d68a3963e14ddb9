"""Words known in advance, found in a text in one pass: from left to right, of several at one place the longest."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

Value = TypeVar("Value")
STRETCH = 1 << 16  # characters looked through at once, so that of a long text not all words are held at a time
_LONE = re.compile("[\ud800-\udfff]")


class Lexicon(Generic[Value]):
    """An Aho-Corasick automaton of words, none of which holds a line break, and what is known of each.

    >>> list(Lexicon({"高新": 1, "高新区": 2}).find("湖州高新区"))
    [(2, 5, 2)]
    """

    def __init__(self, words: Mapping[str, Value]) -> None:
        self._values = tuple(words.values())
        self._automaton = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterable[tuple[int, int, Value]]:
        """Return start, end and value of each word of ``text``, in text order; no two overlap."""
        if len(text) <= STRETCH:
            return self._words(text, 0)
        return chain.from_iterable(self._words(stretch, offset) for offset, stretch in _stretches(text))

    def _words(self, text: str, offset: int) -> list[tuple[int, int, Value]]:
        values = self._values
        return [(offset + start, offset + end, values[number]) for number, start, end in matches(self._automaton, text)]


def matches(words: AhoCorasick, text: str, *, overlapping: bool = False) -> list[tuple[int, int, int]]:
    """Return number, start and end of each word of ``text``; half of a character, which UTF-8 cannot write, is part of none."""
    try:
        return words.find_matches_as_indexes(text, overlapping)
    except UnicodeEncodeError:
        return words.find_matches_as_indexes(_LONE.sub("\ufffd", text), overlapping)


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Yield ``text`` in stretches of whole lines with their offsets."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + STRETCH) + 1 or len(text)
        yield start, text[start:end]
        start = end
