"""What can be told of a pattern's matches before it runs: the letters they begin with, and letters they cannot do without.

Many patterns begin with lookbehinds, options and alternatives of which ``re`` makes nothing: it tries them whole at every character of
a text. Told the letters that a match can begin with, it passes over all other places. Reading a pattern takes as long as compiling it,
so only those that run again and again are told.
"""

import importlib
import re
from functools import cache
from typing import Any

from kg.rules.alternatives import sharing

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")
_Letters = frozenset[str] | None  # None: any letter, or not known
Needs = tuple[frozenset[str], ...]  # every match holds a letter of each
_NONE: frozenset[str] = frozenset()
_TELLING = 3  # sets of letters; more of them tell little
_MANY = 96  # letters; a longer list tells nothing
_WIDTHLESS = ("AT", "ASSERT", "ASSERT_NOT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


@cache
def quick(pattern: str) -> re.Pattern[str]:
    """Return ``pattern`` compiled; it matches what it would match anyhow, and looks only where one of its first letters stands.

    >>> quick("(?<!专利)申请|受理").pattern
    '(?=[受申])(?:(?<!专利)申请|受理)'
    """
    pattern = sharing(pattern)
    parsed = _parser.parse(pattern)
    first, nothing = _first(parsed)
    if nothing or not first or len(first) > 3 * _MANY or parsed.state.flags != re.UNICODE or _seen_by_re(parsed):
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(map(re.escape, sorted(first)))}])(?:{pattern})")


def _seen_by_re(parsed: Any) -> bool:
    """Say whether ``re`` itself looks only where a match can begin."""
    return bool(_compiler._get_literal_prefix(parsed, 0)[0] or _compiler._get_charset_prefix(parsed, 0))


@cache
def needed(pattern: str) -> Needs:
    r"""Return sets of letters; every match of ``pattern`` holds a letter of each of them. The smallest come first.

    >>> [sorted(letters) for letters in needed(r"(?:预计|有望)(?:新|净)?增长{1,2}[\d，]")]
    [['增'], ['长'], ['有', '预']]
    """
    found = dict.fromkeys(_needed(_parser.parse(pattern)))
    return tuple(sorted(found, key=lambda letters: (len(letters), sorted(letters)))[:_TELLING])


def possible(needs: Needs, letters: set[str]) -> bool:
    """Say whether a pattern that ``needs`` some letters can match in a text that has ``letters``."""
    for some in needs:  # noqa: SIM110  asked some thousand times on a page, where `all` would take twice as long
        if some.isdisjoint(letters):
            return False
    return True


def _first(items: Any) -> tuple[_Letters, bool]:
    """Return the letters that a sequence can begin with, and whether it can be empty."""
    found = _NONE
    for code, value in items:
        letters, nothing = _first_of(str(code), value)
        if letters is None:
            return None, nothing
        found |= letters
        if not nothing:
            return found, False
    return found, True


def _first_of(code: str, value: Any) -> tuple[_Letters, bool]:
    if code in ("LITERAL", "IN"):
        return _one_letter(code, value), False
    if code in _WIDTHLESS:
        return _NONE, True
    if code == "BRANCH":
        ways = [_first(way) for way in value[1]]
        known = [letters for letters, _ in ways if letters is not None]
        return (_NONE.union(*known) if len(known) == len(ways) else None), any(nothing for _, nothing in ways)
    if code in _REPEATS:
        letters, nothing = _first(value[2])
        return letters, nothing or value[0] == 0
    inner = _inner(code, value)
    return (None, True) if inner is None else _first(inner)


def _needed(items: Any) -> list[frozenset[str]]:
    """Return the letters that the parts of a sequence cannot do without."""
    return [letters for code, value in items for letters in _needed_of(str(code), value)]


def _needed_of(code: str, value: Any) -> list[frozenset[str]]:
    if code in ("LITERAL", "IN"):
        letters = _one_letter(code, value)
        return [letters] if letters else []
    if code == "BRANCH":
        ways = [min(_needed(way), key=len, default=_NONE) for way in value[1]]
        return [_NONE.union(*ways)] if all(ways) else []
    if code in _REPEATS:
        return _needed(value[2]) if value[0] else []
    inner = _inner(code, value)
    return [] if inner is None else _needed(inner)


def _inner(code: str, value: Any) -> Any:
    """Return what stands in a group, ``None`` for what is no group (or one with flags of its own)."""
    if code == "SUBPATTERN":
        return value[3] if not value[1] and not value[2] else None
    return value if code == "ATOMIC_GROUP" else None


def _one_letter(code: str, value: Any) -> _Letters:
    if code == "LITERAL":
        return frozenset(chr(value))
    found: set[str] = set()
    for kind, letters in value:
        if str(kind) == "LITERAL":
            found.add(chr(letters))
        elif str(kind) == "RANGE" and letters[1] - letters[0] < _MANY:
            found.update(map(chr, range(letters[0], letters[1] + 1)))
        else:
            return None
    return frozenset(found)
