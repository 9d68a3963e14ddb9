"""What a pattern's parse tree tells of its matches: the letters they begin and end with.

Reading a parse tree takes as long as compiling a pattern, so only patterns that run again and again are read. The standard library does
not document the trees of ``re``; the tests compare what is told here with what the patterns find.
"""

import importlib
import re
from collections.abc import Iterable
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")
Letters = frozenset[str] | None  # None: any letter, or not known
Opening = tuple[tuple[str, ...], bool]
NONE: frozenset[str] = frozenset()
_EMPTY: Opening = ((), True)
_UNKNOWN: Opening = ((), False)
DIGIT = r"\d"
HEAD = r"\A"  # stands among letters for the beginning of the text
MANY = 96  # letters; a longer list tells nothing
_WAYS = 600  # beginnings; more of them tell little
WIDTHLESS = ("AT", "ASSERT", "ASSERT_NOT")
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def parse(pattern: str) -> Any:
    """Return the parse tree of ``pattern``."""
    return _parser.parse(pattern)


def seen_by_re(parsed: Any) -> bool:
    """Say whether ``re`` itself looks only where a match can begin, or flags of the pattern forbid to look for it."""
    plain = parsed.state.flags == re.UNICODE
    return not plain or bool(_compiler._get_literal_prefix(parsed, 0)[0] or _compiler._get_charset_prefix(parsed, 0))


def one_of(letters: Iterable[str]) -> str:
    """Return the pattern of a character that is one of ``letters``."""
    return "[" + "".join(letter if letter == DIGIT else re.escape(letter) for letter in sorted(letters)) + "]"


def openings(items: Any, most: int, *, back: bool = False) -> set[Opening]:
    """Return how a match of a sequence can begin: up to ``most`` letters of each way, and whether all of that way is told.

    ``back`` reads from its end. A way that only the beginning of a text opens is told as that (``HEAD``), whatever follows.
    """
    ways: set[Opening] = {_EMPTY}
    for code, value in reversed(items) if back else items:
        growing = [way for way, told in ways if told and len(way) < most]
        if not growing or len(ways) > _WAYS:
            break
        further = _openings_of(str(code), value, most, back)
        ways = {opening for opening in ways if not opening[1] or len(opening[0]) >= most}
        ways.update(((way + behind)[:most], told) for way in growing for behind, told in further)
    return ways if len(ways) <= _WAYS else {_UNKNOWN}


def _openings_of(code: str, value: Any, most: int, back: bool) -> set[Opening]:
    if code in ("LITERAL", "IN"):
        letters = one_letter(code, value, digits=True)
        return {_UNKNOWN} if letters is None else {((letter,), True) for letter in letters}
    if code in WIDTHLESS:
        return {((HEAD,), False)} if str(value) == "AT_BEGINNING" else {_EMPTY}
    if code == "BRANCH":
        return {opening for way in value[1] for opening in openings(way, most, back=back)}
    if code in REPEATS:
        once = openings(value[2], most, back=back)
        again = {(way, told and not way) for way, told in once} if value[1] > 1 else once
        return again if value[0] else again | {_EMPTY}
    within = inner(code, value)
    return {_UNKNOWN} if within is None else openings(within, most, back=back)


def inner(code: str, value: Any) -> Any:
    """Return what stands in a group, ``None`` for what is no group (or one with flags of its own)."""
    if code == "SUBPATTERN":
        return value[3] if not value[1] and not value[2] else None
    return value if code == "ATOMIC_GROUP" else None


def one_letter(code: str, value: Any, *, digits: bool = False) -> Letters:
    """Return the letters that one character can be; all ``digits`` count as one, for those who can tell them."""
    if code == "LITERAL":
        return frozenset(chr(value))
    found: set[str] = set()
    for kind, letters in value:
        if str(kind) == "LITERAL":
            found.add(chr(letters))
        elif str(kind) == "RANGE" and letters[1] - letters[0] < MANY:
            found.update(map(chr, range(letters[0], letters[1] + 1)))
        elif digits and str(letters) == "CATEGORY_DIGIT":
            found.add(DIGIT)
        else:
            return None
    return frozenset(found)
