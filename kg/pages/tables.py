"""Many records of one kind as columns, and a large text made small: what keeps the page of a large network light.

A column is ``{"all": value}`` where every record has the same value, ``{"words": values, "at": numbers}`` where few values
come back often, else ``{"each": values}``. The scripts of the page read the columns as they stand and make no copies.
"""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

PACKED_FROM = 200_000  # characters of JSON; below that the data stay readable in the file


def table(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return ``records``, which all have the same keys, by column.

    >>> table([{"kind": "city", "name": "温州"}, {"kind": "city", "name": "湖州"}])
    {'rows': 2, 'columns': {'kind': {'all': 'city'}, 'name': {'each': ['温州', '湖州']}}}
    """
    keys = sorted(records[0]) if records else []
    return {"rows": len(records), "columns": {key: _column([record[key] for record in records]) for key in keys}}


def _column(values: list[Any]) -> dict[str, Any]:
    plain = [value if isinstance(value, str) else json.dumps(value, sort_keys=True) for value in values]
    kinds = {type(value) for value in values}  # "1" and 1 read alike as text
    if len(kinds) > 1:
        return {"each": values}
    first: dict[str, int] = {}
    for number, text in enumerate(plain):
        first.setdefault(text, number)
    if len(first) == 1:
        return {"all": values[0]}
    if 2 * len(first) > len(values):
        return {"each": values}
    words = {text: number for number, text in enumerate(first)}
    return {"words": [values[number] for number in first.values()], "at": [words[text] for text in plain]}


def parted(records: Sequence[Mapping[str, Any]], later: Sequence[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return ``records`` without the keys in ``later``, and with nothing but these.

    >>> parted([{"name": "温州", "mentions": []}], ["mentions"])
    ([{'name': '温州'}], [{'mentions': []}])
    """
    first = [{key: value for key, value in record.items() if key not in later} for record in records]
    return first, [{key: record[key] for key in later} for record in records]


def script_block(value: object) -> tuple[str, str]:
    """Return the media type and the text of a script element that holds ``value``: JSON, deflated where it is long.

    JSON comes without ``<`` and without the line separators of old scripts. Deflated text is raw deflate in base 64; its
    bytes depend on the release of zlib, the JSON in it does not.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if len(text) < PACKED_FROM:
        return "application/json", text
    squeeze = zlib.compressobj(9, wbits=-15)
    return "application/octet-stream", base64.b64encode(squeeze.compress(text.encode()) + squeeze.flush()).decode("ascii")


def records(columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the records of a ``table``.

    >>> records(table([{"name": "温州"}, {"name": "湖州"}]))
    [{'name': '温州'}, {'name': '湖州'}]
    """
    return [{key: _value(column, row) for key, column in columns["columns"].items()} for row in range(columns["rows"])]


def _value(column: Mapping[str, Any], row: int) -> Any:
    if "each" in column:
        return column["each"][row]
    return column["words"][column["at"][row]] if "words" in column else column["all"]


def read_block(media_type: str, text: str) -> Any:
    """Return the value of a ``script_block``."""
    if media_type == "application/json":
        return json.loads(text)
    return json.loads(zlib.decompress(base64.b64decode(text), wbits=-15))
