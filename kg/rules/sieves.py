"""What spares a pattern its run: where two letters of each match stand side by side, at its beginning or within it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from kg.rules.parse_trees import DIGIT, HEAD, MANY, WIDTHLESS, inner, one_of, openings, parse, seen_by_re

_PAIRS = 2000  # pairs of letters; more of them tell little


def sifted(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Return what ``pattern.finditer(text)`` returns, trying a pattern only where the first two letters of a match stand.

    For long texts: what the sieve catches is handed from Python to ``re`` one by one.

    >>> [match.span() for match in sifted(re.compile("(?<!专利)申请|受理"), "专利申请和项目申请")]
    [(7, 9)]
    """
    sieve = _sieve(pattern.pattern)
    return pattern.finditer(text) if sieve is None else _caught(sieve, pattern, text)


def _caught(sieve: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    end = 0
    for place in sieve.finditer(text):
        if place.start() >= end and (found := pattern.match(text, place.start())):
            yield found
            end = found.end()


@cache
def _sieve(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern that finds where a match can begin, or ``None`` where that is not told or ``re`` sees it itself."""
    parsed = parse(pattern)
    ways = {way for way, _ in openings(parsed, 2)}
    if () in ways or (HEAD,) in ways or seen_by_re(parsed):
        return None
    first: dict[str, set[str]] = {}
    for way in ways:
        first.setdefault(way[0], set()).add(way[1] if len(way) > 1 else "")
    if len(first) > MANY:
        return None
    if DIGIT in first:
        return re.compile(one_of(first))
    alone = "|".join(re.escape(letter) + ("" if "" in then else f"(?={one_of(then)})") for letter, then in sorted(first.items()))
    return re.compile(f"(?:{alone})")


@cache
def joint(pattern: str) -> re.Pattern[str] | None:
    r"""Return a pattern for two letters side by side that every match of ``pattern`` holds, the two that tell most, if any are known.

    >>> joint(r"[^，]{2,9}(?P<n>[一两三]|\d+)(?:个|家)?(?P<x>大|小)型").pattern
    '[大小][型]'
    """
    parts = list(_parts(parse(pattern)))
    pairs = [(_edge(one, back=True), _edge(other)) for one, other in pairwise(parts)]
    told = [(ends, starts) for ends, starts in pairs if 0 < len(ends) * len(starts) <= _PAIRS]
    if not told:
        return None
    ends, starts = min(told, key=lambda pair: (len(pair[0]) * len(pair[1]), *map(sorted, pair)))
    return re.compile(one_of(ends) + one_of(starts))


def _parts(items: Any) -> Iterator[Any]:
    """Yield the parts of a sequence one by one, those of its groups as well; what takes no room is left out."""
    for code, value in items:
        within = inner(str(code), value)
        if within is not None:
            yield from _parts(within)
        elif str(code) not in WIDTHLESS:
            yield (code, value)


def _edge(part: Any, *, back: bool = False) -> set[str]:
    """Return the letters that a part begins (``back``: ends) with; none where they are not told or the part may be empty."""
    ways = {way for way, _ in openings([part], 1, back=back)}
    return set() if () in ways or (HEAD,) in ways else {way[0] for way in ways}
