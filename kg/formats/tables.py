"""A network as two tables, nodes and edges, each edge with its sentence: CSV, and Parquet for Polars, pandas, DuckDB, Spark."""

import io
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.formats.flat import Flat, Row, Table, flatten, written
from kg.spreadsheet import csv_bytes, guarded
from kg.views import Network
from kg.wording import Wording

if TYPE_CHECKING:
    import polars

_EXTRA = "pip install 'innovation-ecosystem-kg[tables]'"


def csv_tables(network: Network) -> dict[str, bytes]:
    """Return the tables of ``flatten`` as CSV (RFC 4180, see ``kg.spreadsheet``), by what they hold: ``nodes``, ``edges``.

    A cell is empty where a row knows nothing. Text that a spreadsheet would calculate has an apostrophe before it.
    """
    return {
        name: csv_bytes([map(guarded, table.columns), *(_cells(row, table) for row in table.rows)])
        for name, table in _both(flatten(network))
    }


def _both(flat: Flat) -> list[tuple[str, Table]]:
    return [("nodes", flat.nodes), ("edges", flat.edges)]


def _cells(row: Row, table: Table) -> list[str]:
    return [_cell(row[name]) if name in row else "" for name in table.columns]


def _cell(value: str | int | float | bool) -> str:
    return guarded(value) if isinstance(value, str) else written(value)


def parquet(network: Network) -> dict[str, bytes]:
    """Return the tables of ``flatten`` as Parquet, by what they hold: ``nodes``, ``edges``; null where a row knows nothing.

    Raises ``InputError`` where Polars, which the extra ``tables`` brings, is not installed.
    """
    try:
        import polars
    except ImportError as error:
        raise InputError(
            "parquet",
            Wording("Parquet 文件由 Polars 写出，而它没有安装", "Parquet files are written by Polars, which is not installed"),
            _EXTRA,
        ) from error
    types = {str: polars.String, int: polars.Int64, float: polars.Float64, bool: polars.Boolean}
    frames = {
        name: polars.DataFrame(list(table.rows), {column: types[kind] for column, kind in table.columns.items()})
        for name, table in _both(flatten(network))
    }
    return {name: _parquet(frame) for name, frame in frames.items()}


def _parquet(frame: "polars.DataFrame") -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream, compression="zstd")
    return stream.getvalue()
