"""CSV for spreadsheets: RFC 4180 in UTF-8, in which no word of a report is taken for a formula."""

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local encoding and garbles Chinese


def guarded(text: str) -> str:
    """Return ``text`` with an apostrophe before what a spreadsheet would calculate, and before an apostrophe.

    So every cell reads back: one apostrophe at its beginning, if there is one, is not part of the text.

    >>> guarded("=1+1"), guarded("'90s"), guarded("温州")
    ("'=1+1", "''90s", '温州')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Return ``rows``, the heading first, as CSV: UTF-8 with byte-order mark, lines that end in CR LF."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return (BOM + text.getvalue()).encode("utf-8")
