"""Rules of the extraction, read from the TOML files of this folder.

A rule file is for domain people to read and extend::

    [words]                       # word lists; {verb} in a pattern becomes (?:培育|引进|...), of words that begin alike the longest first
    verb = ["引进", "培育"]                              # "{verb}" in a list of a rule stands for all of them

    [[rule]]
    id = "growth"                 # unique in the file; facts carry it as <file>.<id>
    about = "X增长N%：同比增速"      # what it is for
    pattern = '(?P<indicator>...)增长(?P<n>{number})%'    # a Python regular expression; other keys are the stage's own
    fires = ["投资增长40.1%"]       # texts in which the rule must find something
    rests = ["快速增长"]            # texts in which it must find nothing
    around = ["增长"]              # optional: words of which each match holds one; only their surroundings are searched

Patterns must not backtrack without bound: no nested unbounded repeats, character classes with an upper limit such as
``{{2,30}}`` (braces are doubled, since single ones name a word list).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import RuleError
from kg.rules.alternatives import alternation, sharing
from kg.rules.sieves import sifted

__all__ = ["FOLDER", "Rule", "RuleFile", "alternation", "expand", "read_rules", "rules"]

FOLDER = Path(__file__).resolve().parent
_COMMON = {"id", "about", "pattern", "fires", "rests", "around"}
_REACH = 48  # characters around a word of `around` in which the whole of a match lies
_WORD = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``pattern`` compiled, ``options`` the stage's own keys; ``id`` is ``<file>.<id>``."""

    id: str
    about: str
    pattern: re.Pattern[str]
    fires: tuple[str, ...]
    rests: tuple[str, ...]
    options: Mapping[str, Any]
    around: re.Pattern[str] | None = None  # the words of `around`

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in ``text`` in order, searching only around the words of ``around`` where the rule has some."""
        return sifted(self.pattern, text) if self.around is None else self._around(text, self.around)

    def _around(self, text: str, words: re.Pattern[str]) -> Iterator[re.Match[str]]:
        start = end = -1
        for word in words.finditer(text):
            if word.start() - _REACH > end:
                if end >= 0:
                    yield from self.pattern.finditer(text, start, end)
                start = max(0, word.start() - _REACH)
            end = word.end() + _REACH
        if end >= 0:
            yield from self.pattern.finditer(text, start, end)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The word lists and rules of one file, rules in their order of precedence."""

    name: str
    words: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]


def expand(pattern: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Return ``pattern`` with each ``{list}`` replaced and doubled braces made single.

    >>> expand("{unit}{{1,2}}", {"unit": ("家", "家次")})
    '(?:家(?:次|)){1,2}'
    """

    def word_list(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise KeyError(match[1])
        return alternation(words[match[1]])

    return _WORD.sub(word_list, pattern).replace("{{", "{").replace("}}", "}")


def _spelled_out(value: Any, words: Mapping[str, tuple[str, ...]]) -> Any:
    """Return a list with the words of each ``{list}`` that it names in place of the name; any other value as it is."""
    if not isinstance(value, list):
        return value
    named = ((item, _WORD.fullmatch(item) if isinstance(item, str) else None) for item in value)
    return [word for item, name in named for word in (words[name[1]] if name else (item,))]


def _line_of(source: str, needle: str) -> int:
    """Return the 1-based line on which ``needle`` first stands, or 1."""
    found = source.find(needle)
    return source.count("\n", 0, found) + 1 if found >= 0 else 1


def read_rules(path: Path, options: frozenset[str] = frozenset()) -> RuleFile:
    """Return the rules of ``path``; ``options`` are the keys that its stage knows beside the common ones.

    Raises ``RuleError``, naming file and line, for an unknown key, a repeated id, a missing example or a broken pattern.
    """
    try:
        source = path.read_text(encoding="utf-8")
        content = tomllib.loads(source)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(path, f"cannot be read ({error})", "mend the file") from error
    words = {name: tuple(values) for name, values in content.get("words", {}).items()}
    rules: list[Rule] = []
    seen: set[str] = set()
    for table in content.get("rule", []):
        name = str(table.get("id", ""))
        place = _line_of(source, f'id = "{name}"')
        where = f"{path.name}:{place}"
        if not name or name in seen:
            raise RuleError(where, f"a rule has no id of its own (“{name}”)", "give each rule a unique id")
        seen.add(name)
        for key in table:
            if key not in _COMMON | options:
                raise RuleError(where, f"rule “{name}” has the unknown key “{key}”", f"use one of {', '.join(sorted(_COMMON | options))}")
        for key in ("about", "fires"):
            if not table.get(key):
                raise RuleError(where, f"rule “{name}” has no “{key}”", "say what it is for and give a text in which it fires")
        try:
            pattern = re.compile(sharing(expand(table.get("pattern", ""), words)))
            own = {key: _spelled_out(value, words) for key, value in table.items() if key not in _COMMON}
        except (re.error, KeyError) as error:
            raise RuleError(
                where, f"the pattern of rule “{name}” is broken ({error})", "mend the regular expression or its word list"
            ) from error
        around = re.compile(alternation(tuple(table["around"]))) if table.get("around") else None
        rules.append(
            Rule(f"{path.stem}.{name}", table["about"], pattern, tuple(table["fires"]), tuple(table.get("rests", ())), own, around)
        )
    return RuleFile(path.stem, words, tuple(rules))


@cache
def rules(name: str, *options: str) -> RuleFile:
    """Return the shipped rule file ``name`` (``observations``, ``persons`` ...), read once."""
    return read_rules(FOLDER / f"{name}.toml", frozenset(options))
