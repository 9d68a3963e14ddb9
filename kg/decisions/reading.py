"""Read a file of decisions; whatever cannot be used is named with its file and line.

``graph/decisions/<report id>.toml`` holds one ``[[decision]]`` a case::

    [[decision]]
    action = "correct"                       # accept, reject, correct, merge, split, add
    kind = "observation"                     # observation, relation, entity, event, membership, link
    by = "陈静"
    on = 2026-11-22
    why = "按原文，同比增长的是投资"              # may be left out
    quote = "温州市高新技术产业投资增长40.1%"
    before = "今年1-5月，"                     # what stands around the quote; needed only where it is printed twice
    after = "，增速居全省第一"
    [decision.fact]                          # the words of the fact it speaks of, as ``kg facts`` prints them
    subject = "温州市"
    indicator = "高新技术产业投资"
    [decision.new]                           # what a correction puts in their place, or the name that a merge keeps
    indicator = "高新技术产业投资额"

    [[decision]]                             # one name is two things
    action = "split"
    kind = "entity"
    ...
    [decision.fact]
    name = "王明远"
    [[decision.part]]
    name = "王明远"
    apart = "临江大学"
    mentions = [{ quote = "王明远", before = "临江大学教授" }]
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.decisions.decision import ACTIONS, KINDS, Decision, Kind, Part, Quotation, Value
from kg.decisions.words import IDENTIFYING, KEYS, fact_of
from kg.errors import DecisionError
from kg.facts import Span

LARGEST = 20_000_000  # bytes
_KEYS = ("action", "kind", "by", "on", "why", "quote", "before", "after", "fact", "new", "part")
_PART_KEYS = ("name", "type", "apart", "mentions")
_QUOTE_KEYS = ("quote", "before", "after")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*decision[ \t]*\]\]", re.MULTILINE)
_ACTIONS_OF: Mapping[Kind, tuple[str, ...]] = {"entity": ACTIONS, "link": ("reject", "correct", "add")}
_FACT_ACTIONS = ("accept", "reject", "correct", "add")
_NEEDS_NEW = {"correct", "merge"}


def decisions_path(folder: Path, report: str) -> Path:
    """Return the file that holds the decisions about the report with the id ``report``."""
    return folder / f"{report}.toml"


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions in ``path`` in their order, none where there is no such file; raises ``DecisionError``."""
    try:
        if path.stat().st_size > LARGEST:
            raise DecisionError(path, "is too large for a file of decisions", "split the report")
        source = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError(path, f"cannot be read ({error})", "save it as a UTF-8 file that you may read") from error
    return parse_decisions(source, str(path))


def parse_decisions(source: str, name: str) -> tuple[Decision, ...]:
    """Return the decisions in the TOML text ``source``; ``name`` stands for it in errors."""
    try:
        content = tomllib.loads(source, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise DecisionError(f"{name}:{line[1]}" if line else name, f"is no TOML ({error})", "mend the line") from error
    for key in content:
        if key != "decision":
            raise DecisionError(f"{name}:{_line(source, 0, key)}", f"unknown key “{key}”", "write each case under [[decision]]")
    tables = content.get("decision", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise DecisionError(name, "“decision” is no list of cases", "write each case under [[decision]]")
    starts = [match.start() for match in _HEADER.finditer(source)]
    known = len(starts) == len(tables)
    return tuple(_Case(table, source, starts[i] if known else 0, name).decision() for i, table in enumerate(tables))


def _line(source: str, start: int, key: str) -> int:
    """Return the line on which ``key`` is set after ``start``, else the line of ``start``."""
    found = re.compile(rf"^[ \t]*\[*[ \t]*(?:decision\.)?[\"']?{re.escape(key)}[\"']?[ \t]*(?:=|\])", re.MULTILINE).search(source, start)
    at = found.start() if found else start
    return source.count("\n", 0, at) + 1


@dataclass(frozen=True, slots=True)
class _Case:
    """One ``[[decision]]`` while it is checked; ``start`` is where it begins in ``source``."""

    table: Mapping[str, Any]
    source: str
    start: int
    name: str

    def decision(self) -> Decision:
        self._known(self.table, _KEYS)
        action, kind = self._choice("action", ACTIONS), self._choice("kind", KINDS)
        allowed = _ACTIONS_OF.get(kind, _FACT_ACTIONS)
        if action not in allowed:
            raise self._fault("action", f"“{action}” cannot be decided of a {kind}", f"use one of {', '.join(allowed)}")
        fact = self._words("fact", kind)
        new = self._words("new", kind)
        self._complete(action, kind, fact, new)
        quote = self._quotation(self.table, "quote")
        parts = tuple(self._parts()) if action == "split" else ()
        where = f"{self.name}:{_line(self.source, self.start, 'quote')}"
        return Decision(action, kind, self._text("by"), self._day(), quote, fact, new, parts, self._text("why", needed=False), where)

    def _complete(self, action: str, kind: Kind, fact: Mapping[str, Value], new: Mapping[str, Value]) -> None:
        if not fact:
            raise self._fault("action", "does not say which fact it speaks of", f"write [decision.fact] with {IDENTIFYING[kind][0]}")
        if (action in _NEEDS_NEW) != bool(new):
            what = "needs the new words" if action in _NEEDS_NEW else "has new words that nothing uses"
            raise self._fault("new", f"“{action}” {what}", "write them under [decision.new] for correct and merge alone")
        if (action in {"merge", "split"} and "name" not in fact) or (action == "merge" and "name" not in new):
            raise self._fault(
                "fact", f"“{action}” does not name its thing", 'write name = "..." under [decision.fact] (and [decision.new])'
            )
        if action == "add" and kind != "link":
            try:
                fact_of(kind, fact, Span(0, 1))
            except KeyError as error:
                raise self._fault("fact", f"the {kind} to add has no {error}", "write every word that the fact needs") from error
        if kind == "link" and "name" not in fact:
            raise self._fault("fact", "a link without the name of its thing", 'write name = "..." under [decision.fact]')
        both = {**fact, **new}
        if str(both.get("period_start", "")) > str(both.get("period_end", "") or "9999"):
            raise self._fault("period_start", "the period ends before it begins", "exchange period_start and period_end")

    def _words(self, section: str, kind: Kind) -> dict[str, Value]:
        table = self.table.get(section, {})
        if not isinstance(table, dict):
            raise self._fault(section, f"“{section}” is no table", f"write [decision.{section}]")
        self._known(table, tuple(KEYS[kind]))
        words = {key: _plain(value) for key, value in table.items()}
        for key, value in words.items():
            if not KEYS[kind][key].fits(value):
                raise self._fault(key, f"“{key}” is {value!r}", f"write {KEYS[kind][key].about}")
        return words

    def _parts(self) -> Iterator[Part]:
        tables = self.table.get("part", [])
        if not isinstance(tables, list) or len(tables) < 2 or not all(isinstance(table, dict) for table in tables):
            raise self._fault("action", "a split needs two parts or more", "write a [[decision.part]] for each thing")
        for table in tables:
            self._known(table, _PART_KEYS)
            mentions = table.get("mentions")
            if not isinstance(mentions, list) or not mentions or not all(isinstance(mention, dict) for mention in mentions):
                raise self._fault("part", "a part does not say where it is meant", 'write mentions = [{ quote = "...", before = "..." }]')
            for mention in mentions:
                self._known(mention, _QUOTE_KEYS)
            quotes = tuple(self._quotation(mention, "mentions") for mention in mentions)
            yield Part(self._string(table, "name"), quotes, self._string(table, "type", False), self._string(table, "apart", False))
        apart = {(table.get("name"), table.get("apart", "")) for table in tables}
        if len(apart) < len(tables):
            raise self._fault("part", "two parts are the same thing", "give namesakes a different “apart”, such as their employer")

    def _quotation(self, table: Mapping[str, Any], key: str) -> Quotation:
        exact, before, after = (self._string(table, name, name == "quote") for name in _QUOTE_KEYS)
        if not exact.strip():
            raise self._fault(key, "the quote is empty", "quote the words of the report")
        return Quotation(exact, before, after)

    def _day(self) -> str:
        value = self.table.get("on")
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        if type(value) is not date:
            raise self._fault("on", "does not say on which day it was decided", "write on = 2026-11-22")
        return value.isoformat()

    def _choice(self, key: str, values: tuple[Any, ...]) -> Any:
        value = self.table.get(key)
        if value not in values:
            raise self._fault(key, f"“{key}” is {value!r}", f"use one of {', '.join(values)}")
        return value

    def _text(self, key: str, needed: bool = True) -> str:
        return self._string(self.table, key, needed)

    def _string(self, table: Mapping[str, Any], key: str, needed: bool = True) -> str:
        value = table.get(key, None if needed else "")
        if not isinstance(value, str) or (needed and not value.strip()):
            raise self._fault(key, f"“{key}” is no text" if key in table else f"there is no “{key}”", f'write {key} = "..."')
        return value

    def _known(self, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                raise self._fault(key, f"unknown key “{key}”", f"use one of {', '.join(keys)}")

    def _fault(self, key: str, what: str, remedy: str) -> DecisionError:
        return DecisionError(f"{self.name}:{_line(self.source, self.start, key)}", what, remedy)


def _plain(value: Any) -> Any:
    """Return a TOML value as the words hold it: lists as tuples, dates as ISO text."""
    if isinstance(value, list):
        return tuple(value)
    return value.isoformat() if type(value) is date else value
