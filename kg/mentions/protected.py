"""Passages in which numbers are part of a name: titles in 《》 and short quoted names."""

import re
from bisect import bisect_right
from collections.abc import Iterable

LONGEST_NAME = 25  # characters; a longer quotation, or one with a comma, is somebody's speech
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_QUOTED = re.compile(rf"“[^“”，。；！？\n]{{1,{LONGEST_NAME}}}”")
_DOCUMENT = re.compile(r"[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,5}号")


def protected(clean: str) -> list[tuple[int, int]]:
    """Return the stretches of ``clean`` in which a number names something and counts nothing.

    >>> text = "推进“9+11”改革，出台《十条措施》"
    >>> [text[a:b] for a, b in protected(text)]
    ['“9+11”', '《十条措施》']
    """
    found = [match.span() for pattern in (_TITLE, _QUOTED, _DOCUMENT) for match in pattern.finditer(clean)]
    return sorted(found)


class Cover:
    """A set of stretches that do not overlap, asked whether another one is free of them."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in stretches:
            if self.free(start, end):
                self.add(start, end)

    def free(self, start: int, end: int) -> bool:
        """Return whether ``[start, end)`` touches none of the stretches."""
        i = bisect_right(self._starts, start)
        return (i == 0 or self._ends[i - 1] <= start) and (i == len(self._starts) or self._starts[i] >= end)

    def add(self, start: int, end: int) -> None:
        """Take in ``[start, end)``, which must be free."""
        i = bisect_right(self._starts, start)
        self._starts.insert(i, start)
        self._ends.insert(i, end)
