"""Read a gold inventory or the facts of a run: JSON Lines in the facts format."""

import json
from pathlib import Path

from kg.errors import FactsError
from kg.facts import FactRecord

_KEYS = {
    "observation": ("subject", "indicator", "measure", "value", "unit"),
    "relation": ("subject", "predicate", "object"),
    "entity": ("name", "type"),
    "event": ("what", "participants"),
    "membership": ("whole", "part"),
}


_WANTED = {"value": "a number", "start": "a whole number", "end": "a whole number", "participants": "a list of names"}


def read_records(path: Path, text: str | None = None) -> list[FactRecord]:
    """Return the facts of a JSON Lines file; with ``text``, check that each quote is ``text[start:end]``.

    Raises ``FactsError``, naming file and line, for anything that is not the facts format.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # a quote may hold the other line ends of Unicode
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(path, f"cannot be read ({error})", "give a facts file: one JSON object a line, UTF-8") from error
    return [_record(line, f"{path}:{number}", text) for number, line in enumerate(lines, 1) if line.strip()]


def _record(line: str, where: str, text: str | None) -> FactRecord:
    try:
        fact = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FactsError(where, f"is no JSON ({error})", "write one JSON object a line") from error
    if not isinstance(fact, dict) or not isinstance(fact.get("kind"), str) or fact["kind"] not in _KEYS:
        raise FactsError(where, "has no known “kind”", f"use one of {', '.join(_KEYS)}")
    for key in ("quote", "start", "end", *_KEYS[fact["kind"]]):
        if key not in fact:
            raise FactsError(where, f"has no “{key}”", f"every {fact['kind']} needs it")
        if not _fits(key, fact[key]):
            raise FactsError(where, f"“{key}” is {fact[key]!r:.60}", f"give {_WANTED.get(key, 'a text')}")
    if not (isinstance(fact["start"], int) and isinstance(fact["end"], int) and 0 <= fact["start"] < fact["end"]):
        raise FactsError(where, f"start {fact['start']!r} and end {fact['end']!r} are no span", "give code-point offsets, start before end")
    if text is not None and text[fact["start"] : fact["end"]] != fact["quote"]:
        raise FactsError(where, "the quote does not stand at its offsets", "compute the offsets on the stored text")
    return fact


def _fits(key: str, value: object) -> bool:
    """Say whether ``value`` has the shape that the facts format gives to ``key``."""
    if key == "participants":
        return isinstance(value, list) and all(isinstance(name, str) for name in value)
    if key in _WANTED:
        return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    return value is None or isinstance(value, str)
