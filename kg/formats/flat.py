"""A network as two tables, one line a node and one line an edge, for the formats that know single values only."""

import json
import math
import re
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.views import Network

Scalar = str | int | float | bool
Row = dict[str, Scalar]
NODE = ("id",)
EDGE = ("source", "target", "key")
_FIRST = {
    "quote": "quote",
    "sentence": "sentence",
    "report": "report",
    "statement": "statement",
    "start": "quote_start",
    "end": "quote_end",
    "rule": "rule",
}
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold
_LONG = 2**63


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` with their types (``str``, ``int``, ``float`` or ``bool``); a row leaves out what it knows nothing of."""

    columns: Mapping[str, type]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """The tables of a network, and what is said of it as a whole."""

    graph: Row
    nodes: Table
    edges: Table

    @property
    def edge_ids(self) -> tuple[str, ...]:
        """The key of each edge where that tells them all apart, as in the views; else ``e0``, ``e1`` and so on."""
        keys = tuple(str(row["key"]) for row in self.edges.rows)
        return keys if len(set(keys)) == len(keys) else tuple(f"e{number}" for number in range(len(keys)))


def flatten(network: Network) -> Flat:
    """Return ``network`` as tables, nodes in the order of their IRIs, edges in that of subject, object and key.

    The columns are the attributes, whatever they are; ``id`` of a node, ``source``, ``target`` and ``key`` of an edge come
    first, and an attribute of that very name gets an underscore at its end. An edge also tells its first passage: ``quote``,
    ``sentence``, ``report``, ``statement``, ``rule``, ``quote_start`` and ``quote_end`` (offsets in code points). Lists and records
    stand as JSON text. Left out are empty texts, empty lists, ``None`` and what is no number (NaN, infinity).
    """
    nodes = [
        {"id": text_of(node), **_row(values, NODE)} for node, values in sorted(network.nodes(data=True), key=lambda item: str(item[0]))
    ]
    edges = [
        {"source": text_of(subject), "target": text_of(target), "key": text_of(key), **_row(_first_passage(values) | values, EDGE)}
        for subject, target, key, values in sorted(network.edges(keys=True, data=True), key=lambda item: tuple(map(str, item[:3])))
    ]
    graph = {name: value for name, value in _row(network.graph, ()).items() if value is not None}
    return Flat(graph, _table(nodes, NODE), _table(edges, EDGE))


def plain(value: Any) -> Any:
    """Return ``value`` as JSON can say it: text, numbers, booleans, ``None``, lists, and mappings from text.

    What is no number becomes ``None``, a set a sorted list, a value of NumPy the number it holds, anything else its text.
    """
    match value:
        case None | bool() | str():
            return value
        case int():
            return int(value)
        case float():
            return float(value) if math.isfinite(value) else None
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case set() | frozenset():
            return sorted(map(plain, value), key=str)
        case _:
            return plain(value.tolist()) if hasattr(value, "tolist") else str(value)


def text_of(value: Hashable) -> str:
    """Return ``value`` as text that a file can hold, with U+FFFD for half a character."""
    return _SURROGATE.sub("\ufffd", str(value))


def _first_passage(values: Mapping[str, Any]) -> dict[str, Any]:
    passages = values.get("evidence")
    first = passages[0] if isinstance(passages, list) and passages and isinstance(passages[0], Mapping) else {}
    return {column: first[name] for name, column in _FIRST.items() if name in first}


def _row(values: Mapping[Any, Any], taken: Collection[str]) -> dict[str, Scalar | None]:
    row: dict[str, Scalar | None] = {}
    for name, value in values.items():
        column = text_of(name)
        while column in row or column in taken or (column != name and column in values):
            column += "_"
        row[column] = _scalar(value)
    return row


def _scalar(value: Any) -> Scalar | None:
    value = plain(value)
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False) if value else None
    return (text_of(value) or None) if isinstance(value, str) else value


def _table(rows: Sequence[Mapping[str, Scalar | None]], first: Iterable[str]) -> Table:
    """Return the table of ``rows``, each column in the one type that holds all its values."""
    kinds: dict[str, set[type]] = {name: {str} for name in first}
    for row in rows:
        for name, value in row.items():
            kinds.setdefault(name, set()).update([] if value is None else [_kind(value)])
    columns = {name: _common(found) for name, found in kinds.items()}
    return Table(columns, tuple({name: _as(columns[name], value) for name, value in row.items() if value is not None} for row in rows))


def _kind(value: Scalar) -> type:
    return str if isinstance(value, int) and not -_LONG <= value < _LONG else type(value)


def _common(kinds: set[type]) -> type:
    if len(kinds) == 1:
        return next(iter(kinds))
    return float if kinds == {int, float} else str


def _as(kind: type, value: Scalar) -> Scalar:
    return written(value) if kind is str else kind(value)


def written(value: Scalar) -> str:
    """Return a value as text; truth as XML Schema, JSON and Gephi write it.

    >>> written(True), written(0.5), written("温州")
    ('true', '0.5', '温州')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)
