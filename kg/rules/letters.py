"""What can be told of a pattern's matches before it runs: the letters they begin with, and letters they cannot do without.

Many patterns begin with lookbehinds, options and alternatives of which ``re`` makes nothing: it tries them whole at every character of
a text. Told the letters that a match can begin with, it passes over all other places. Reading a pattern takes as long as compiling it,
so only those that run again and again are told.
"""

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from kg.rules.alternatives import sharing

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")
_Letters = frozenset[str] | None  # None: any letter, or not known
Needs = tuple[frozenset[str], ...]  # every match holds a letter of each
_Opening = tuple[tuple[str, ...], bool]
_NONE: frozenset[str] = frozenset()
_EMPTY: _Opening = ((), True)
_UNKNOWN: _Opening = ((), False)
_DIGIT = r"\d"
_WAYS = 600  # beginnings; more of them tell little
_TELLING = 3  # sets of letters; more of them tell little
_PAIRS = 2000  # pairs of letters; more of them tell little
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
    ways = _ways(pattern, 1)
    if not ways or len(ways) > 3 * _MANY:
        return re.compile(pattern)
    return re.compile(f"(?={_one_of(way[0] for way in ways)})(?:{pattern})")


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
    ways = _ways(pattern, 2)
    first: dict[str, set[str]] = {}
    for way in ways:
        first.setdefault(way[0], set()).add(way[1] if len(way) > 1 else "")
    if not ways or len(first) > _MANY:
        return None
    if _DIGIT in first:
        return re.compile(_one_of(first))
    alone = "|".join(re.escape(letter) + ("" if "" in then else f"(?={_one_of(then)})") for letter, then in sorted(first.items()))
    return re.compile(f"(?:{alone})")


def _ways(pattern: str, most: int) -> set[tuple[str, ...]]:
    """Return the letters, up to ``most``, that matches of ``pattern`` begin with; none where ``re`` sees them, or nothing is told."""
    parsed = _parser.parse(pattern)
    ways = {way for way, _ in _openings(parsed, most)}
    return set() if () in ways or parsed.state.flags != re.UNICODE or _seen_by_re(parsed) else ways


def _one_of(letters: Iterable[str]) -> str:
    return "[" + "".join(letter if letter == _DIGIT else re.escape(letter) for letter in sorted(letters)) + "]"


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


@cache
def joint(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern for two letters side by side that every match of ``pattern`` holds, the two that tell most, if any are known.

    >>> joint("[^，]{2,9}(?P<n>[一两三]|\\d+)(?:个|家)?(?P<x>大|小)型").pattern
    '[大小][型]'
    """
    parts = list(_parts(_parser.parse(pattern)))
    pairs = [(_edge(one, back=True), _edge(other)) for one, other in pairwise(parts)]
    told = [(ends, starts) for ends, starts in pairs if 0 < len(ends) * len(starts) <= _PAIRS]
    if not told:
        return None
    ends, starts = min(told, key=lambda pair: (len(pair[0]) * len(pair[1]), *map(sorted, pair)))
    return re.compile(_one_of(ends) + _one_of(starts))


def _parts(items: Any) -> Iterator[Any]:
    """Yield the parts of a sequence one by one, those of its groups as well; what takes no room is left out."""
    for code, value in items:
        inner = _inner(str(code), value)
        if inner is not None:
            yield from _parts(inner)
        elif str(code) not in _WIDTHLESS:
            yield (code, value)


def _edge(part: Any, *, back: bool = False) -> set[str]:
    """Return the letters that a part begins (``back``: ends) with; none where they are not told or the part may be empty."""
    ways = {way for way, _ in _openings([part], 1, back=back)}
    return set() if () in ways else {way[0] for way in ways}


def _openings(items: Any, most: int, *, back: bool = False) -> set[_Opening]:
    """Return how a match of a sequence can begin: up to ``most`` letters of each way, and whether all of that way is told.

    ``back`` reads from its end.
    """
    ways: set[_Opening] = {_EMPTY}
    for code, value in reversed(items) if back else items:
        growing = [way for way, told in ways if told and len(way) < most]
        if not growing or len(ways) > _WAYS:
            break
        further = _openings_of(str(code), value, most, back)
        ways = {opening for opening in ways if not opening[1] or len(opening[0]) >= most}
        ways.update(((way + behind)[:most], told) for way in growing for behind, told in further)
    return ways if len(ways) <= _WAYS else {_UNKNOWN}


def _openings_of(code: str, value: Any, most: int, back: bool) -> set[_Opening]:
    if code in ("LITERAL", "IN"):
        letters = _one_letter(code, value, digits=True)
        return {_UNKNOWN} if letters is None else {((letter,), True) for letter in letters}
    if code in _WIDTHLESS:
        return {_EMPTY}
    if code == "BRANCH":
        return {opening for way in value[1] for opening in _openings(way, most, back=back)}
    if code in _REPEATS:
        once = _openings(value[2], most, back=back)
        again = {(way, told and not way) for way, told in once} if value[1] > 1 else once
        return again if value[0] else again | {_EMPTY}
    inner = _inner(code, value)
    return {_UNKNOWN} if inner is None else _openings(inner, most, back=back)


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


def _one_letter(code: str, value: Any, *, digits: bool = False) -> _Letters:
    """Return the letters that one character can be; all ``digits`` count as one, for those who can tell them."""
    if code == "LITERAL":
        return frozenset(chr(value))
    found: set[str] = set()
    for kind, letters in value:
        if str(kind) == "LITERAL":
            found.add(chr(letters))
        elif str(kind) == "RANGE" and letters[1] - letters[0] < _MANY:
            found.update(map(chr, range(letters[0], letters[1] + 1)))
        elif digits and str(letters) == "CATEGORY_DIGIT":
            found.add(_DIGIT)
        else:
            return None
    return frozenset(found)
