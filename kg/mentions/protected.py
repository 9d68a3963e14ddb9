"""Passages in which numbers are part of a name: titles in 《》 and short quoted names."""

import re
from collections.abc import Iterable
from functools import lru_cache

LONGEST_NAME = 25  # characters; a longer quotation, or one with a comma, is somebody's speech
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_QUOTED = re.compile(rf"“[^“”，。；！？\n]{{1,{LONGEST_NAME}}}”")
_DOCUMENT = re.compile(r"[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,5}号")


@lru_cache(maxsize=1)  # the finders of a report ask one after the other
def protected(clean: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of ``clean`` in which a number names something and counts nothing.

    >>> text = "推进“9+11”改革，出台《十条措施》"
    >>> [text[a:b] for a, b in protected(text)]
    ['“9+11”', '《十条措施》']
    """
    found = [match.span() for pattern in (_TITLE, _QUOTED, _DOCUMENT) for match in pattern.finditer(clean)]
    return tuple(sorted(found))


class Cover:
    """A set of stretches that do not overlap, asked whether another one is free of them; each question costs its own length."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = bytearray()
        for start, end in stretches:
            if self.free(start, end):
                self.add(start, end)

    def free(self, start: int, end: int) -> bool:
        """Return whether ``[start, end)`` touches none of the stretches."""
        return self._taken.find(1, start, end) < 0

    def add(self, start: int, end: int) -> None:
        """Take in ``[start, end)``, which must be free."""
        if end > len(self._taken):
            self._taken.extend(bytes(max(end, 2 * len(self._taken)) - len(self._taken)))
        self._taken[start:end] = b"\x01" * (end - start)
