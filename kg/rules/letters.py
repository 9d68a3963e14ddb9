"""Patterns that are tried only where they can match: by the letters that a match begins with, or cannot do without.

Many patterns begin with lookbehinds, options and alternatives of which ``re`` makes nothing: it tries them whole at every character of
a text. Told the letters that a match can begin with, it passes over all other places.
"""

import re
from functools import cache
from typing import Any

from kg.rules.alternatives import sharing
from kg.rules.parse_trees import HEAD, MANY, NONE, REPEATS, inner, one_letter, one_of, openings, parse, seen_by_re

Needs = tuple[frozenset[str], ...]  # every match holds a letter of each
_TELLING = 3  # sets of letters; more of them tell little


@cache
def quick(pattern: str) -> re.Pattern[str]:
    """Return ``pattern`` compiled; it matches what it would match anyhow, and looks only where one of its first letters stands.

    >>> quick("(?<!专利)申请|受理").pattern
    '(?=[受申])(?:(?<!专利)申请|受理)'
    """
    pattern = sharing(pattern)
    parsed = parse(pattern)
    if seen_by_re(parsed):
        return re.compile(pattern)
    return re.compile(_led(pattern, parsed) or pattern)


def _led(pattern: str, parsed: Any) -> str | None:
    """Return ``pattern`` with its first letters looked for in front, or ``None`` where they are not told."""
    ways = {way for way, _ in openings(parsed, 1)}
    letters = {way[0] for way in ways if way} - {HEAD}
    if () in ways or not 0 < len(letters) <= 3 * MANY:
        return None
    led = f"(?={one_of(letters)})"
    return f"(?:^|{led})(?:{pattern})" if (HEAD,) in ways else f"{led}(?:{pattern})"


@cache
def needed(pattern: str) -> Needs:
    r"""Return sets of letters; every match of ``pattern`` holds a letter of each of them. The smallest come first.

    >>> [sorted(letters) for letters in needed(r"(?:预计|有望)(?:新|净)?增长{1,2}[\d，]")]
    [['增'], ['长'], ['有', '预']]
    """
    found = dict.fromkeys(_needed(parse(pattern)))
    return tuple(sorted(found, key=lambda letters: (len(letters), sorted(letters)))[:_TELLING])


def possible(needs: Needs, letters: set[str]) -> bool:
    """Say whether a pattern that ``needs`` some letters can match in a text that has ``letters``."""
    for some in needs:  # noqa: SIM110  asked some thousand times on a page, where `all` would take twice as long
        if some.isdisjoint(letters):
            return False
    return True


def _needed(items: Any) -> list[frozenset[str]]:
    """Return the letters that the parts of a sequence cannot do without."""
    return [letters for code, value in items for letters in _needed_of(str(code), value)]


def _needed_of(code: str, value: Any) -> list[frozenset[str]]:
    if code in ("LITERAL", "IN"):
        letters = one_letter(code, value)
        return [letters] if letters else []
    if code == "BRANCH":
        ways = [min(_needed(way), key=len, default=NONE) for way in value[1]]
        return [NONE.union(*ways)] if all(ways) else []
    if code in REPEATS:
        return _needed(value[2]) if value[0] else []
    within = inner(code, value)
    return [] if within is None else _needed(within)
