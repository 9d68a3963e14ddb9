"""The position map of a report as a file: ``positions.json`` beside ``report.txt``.

    {"media_type": "application/pdf", "source": "source.pdf", "source_sha256": "…", "text_sha256": "…",
     "notes": ["…"], "positions": [[0, 512, "page", 1], [513, 1024, "page", 2]]}

The third and fourth item of a position are ``"page"`` and its number, ``"element"`` and its XPath, or ``"lines"`` and the
first and last line.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ReportError
from kg.sources.source import Position, Source

_REMEDY = "add the report again with `kg add`, or delete positions.json"
_KEYS = {"media_type", "source", "source_sha256", "text_sha256", "notes", "positions"}


@dataclass(frozen=True, slots=True)
class PositionMap:
    """What ``positions.json`` holds: the kind of the original file, its name beside the text, and the positions."""

    media_type: str
    source: str
    source_sha256: str
    positions: tuple[Position, ...]
    notes: tuple[str, ...] = ()


def position_record(position: Position) -> list[Any]:
    """Return ``position`` as it stands in the file."""
    if position.page is not None:
        return [position.start, position.end, "page", position.page]
    if position.lines is not None:
        return [position.start, position.end, "lines", list(position.lines)]
    return [position.start, position.end, "element", position.element]


def read_position(record: list[Any]) -> Position:
    """Return the position of a record; raises ``ValueError`` for anything else.

    >>> read_position([0, 9, "page", 2])
    Position(start=0, end=9, page=2, element=None, lines=None)
    """
    start, end, kind, value = record
    if not (type(start) is int and type(end) is int and 0 <= start < end):
        raise ValueError(f"{start}-{end} is no stretch of text")
    match kind, value:
        case "page", int() if value > 0:
            return Position(start, end, page=value)
        case "element", str() if value:
            return Position(start, end, element=value)
        case "lines", [int(first), int(last)] if 0 < first <= last:
            return Position(start, end, lines=(first, last))
    raise ValueError(f"{kind} {value!r} is no place in a file")


def dump_positions(source: Source, name: str) -> str:
    """Return the position map of ``source``, whose original is kept as ``name``, a position a line."""
    head = {
        "media_type": source.media_type,
        "source": name,
        "source_sha256": source.sha256,
        "text_sha256": hashlib.sha256(source.text.encode("utf-8")).hexdigest(),
        "notes": list(source.notes),
    }
    lines = ",\n".join(json.dumps(position_record(position), ensure_ascii=False) for position in source.positions)
    return json.dumps(head, ensure_ascii=False, indent=2)[:-2] + f',\n  "positions": [\n{lines}\n]\n}}\n'


def load_positions(path: Path, text: str, sha256: str) -> PositionMap:
    """Return the position map in ``path``, which must belong to ``text`` with the checksum ``sha256``.

    Raises ``ReportError`` when it is malformed, belongs to another text or points outside of it.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if set(content) != _KEYS:
            raise ValueError(f"its keys must be {', '.join(sorted(_KEYS))}")
        positions = tuple(read_position(record) for record in content["positions"])
        if not all(isinstance(content[key], str) for key in _KEYS - {"notes", "positions"}):
            raise ValueError("kind, name and checksums must be text")
        found = PositionMap(
            content["media_type"], content["source"], content["source_sha256"], positions, tuple(map(str, content["notes"]))
        )
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ReportError(path, f"this position map cannot be read ({error})", _REMEDY) from error
    if content["text_sha256"] != sha256:
        raise ReportError(path, "this position map belongs to another text; report.txt has changed", _REMEDY)
    edges = [edge for position in positions for edge in (position.start, position.end)]
    if edges != sorted(edges) or (edges and edges[-1] > len(text)):
        raise ReportError(path, "the positions overlap or lie outside of the text", _REMEDY)
    return found
