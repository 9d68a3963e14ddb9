"""Source documents: a report's stored text and its metadata.

A report lives in ``graph/reports/<id>/``: ``report.txt``, byte for byte as received or as read from ``source.<ext>``, which
then lies beside it with ``positions.json``, and ``report.toml``::

    title = "..."            # as printed, or a descriptive one with title_basis
    title_basis = "..."
    language = "zh-Hans"
    area = "温州市"           # the place it speaks of, when it has no section headings
    publisher = "..."        # as printed; left out when the text does not name one

    [issued]
    date = "2020"            # ISO date, year-month or year
    basis = "..."            # why, when the text does not print it

    [[credit]]               # people and contacts as printed
    role = "责任编辑"
    name = "李伟民"

    [[section]]              # which heading speaks of which place
    heading = "温州"
    place = "温州市"
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import ReportError
from kg.facts import Span
from kg.sources import Position, Source, Table, find_tables, position_of, read_source, source_from
from kg.sources.limits import LARGEST_TEXT as LARGEST
from kg.sources.limits import check_size
from kg.sources.plain import decode
from kg.sources.positions import load_positions

_ISSUED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_KEYS = {"title", "title_basis", "language", "area", "publisher", "issued", "credit", "section"}


@dataclass(frozen=True, slots=True)
class Issued:
    """When a report was issued: ``date`` is ISO with its own precision (``2020``, ``2020-06`` or ``2020-06-18``)."""

    date: str
    basis: str | None = None

    @property
    def year(self) -> int:
        return int(self.date[:4])

    @property
    def month(self) -> int | None:
        return int(self.date[5:7]) if len(self.date) >= 7 else None

    @property
    def precision(self) -> str:
        """``year``, ``month`` or ``day``."""
        return {4: "year", 7: "month", 10: "day"}[len(self.date)]

    @property
    def last_day(self) -> str:
        """The last day that the date can mean, as an ISO date."""
        if len(self.date) == 4:
            return f"{self.date}-12-31"
        if len(self.date) == 7:
            return last_day_of_month(self.year, int(self.date[5:7]))
        return self.date


@dataclass(frozen=True, slots=True)
class Credit:
    """A person or contact of the document itself (editor, designer), as printed."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """The place that the section under ``heading`` speaks of."""

    heading: str
    place: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report: stored text with the sha256 of its bytes, and what is known about the document.

    ``positions`` lead from the text back to the page or element of the original, of the kind ``media_type``; a plain text
    is its own original and has none. ``tables`` are the tables of the text, ``notes`` what was decided while reading it.
    """

    id: str
    text: str
    sha256: str
    title: str
    issued: Issued | None = None
    area: str | None = None
    language: str = "zh-Hans"
    title_basis: str | None = None
    publisher: str | None = None
    credits: tuple[Credit, ...] = ()
    sections: tuple[SectionPlace, ...] = ()
    media_type: str = "text/plain"
    positions: tuple[Position, ...] = field(default=(), repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    def position_of(self, span: Span) -> Position | None:
        """Return where ``span`` begins in the original (page, element or lines), or ``None`` where no map says so."""
        return position_of(self.positions, span)


def last_day_of_month(year: int, month: int) -> str:
    """Return the ISO date of the last day of a month.

    >>> last_day_of_month(2020, 2)
    '2020-02-29'
    """
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    return f"{year:04d}-{month:02d}-{days:02d}"


def parse_issued(value: str, where: object, basis: str | None = None) -> Issued:
    """Return the issue date, or raise ``ReportError`` when ``value`` is no date of the calendar."""
    match = _ISSUED.fullmatch(value)
    year, month, day = (int(part) if part else None for part in match.groups()) if match else (None, None, None)
    known = year is not None and 1900 <= year <= 2100 and (month is None or 1 <= month <= 12)
    if known and month is not None and day is not None:
        assert year is not None
        known = 1 <= day <= int(last_day_of_month(year, month)[8:])
    if not known:
        raise ReportError(where, f"“{value}” is no issue date", "write a year, year-month or date: 2020, 2020-06 or 2020-06-18")
    return Issued(value, basis)


def _read_bytes(path: Path) -> bytes:
    try:
        check_size(path.stat().st_size, LARGEST, path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReportError(path, "there is no such file", "check the path") from error
    except OSError as error:
        raise ReportError(path, f"cannot be read ({error.strerror})", "check the permissions of the file") from error


def stored_text(data: bytes, where: object) -> str:
    """Return the text of a stored ``report.txt``, which is UTF-8 and nothing else, so that its bytes are the text's."""
    text, notes = decode(data, where)
    if notes:
        raise ReportError(where, "the stored text is not UTF-8", "add the report again with `kg add`, or save it as UTF-8")
    return text


def from_bytes(data: bytes, name: str, *, issued: str | None = None, area: str | None = None) -> Report:
    """Return a bare report made from ``data``, without metadata beside it; ``name`` becomes its id and title.

    The ending of ``name`` tells its kind (PDF, DOCX, HTML, Markdown); without one it is plain text.
    """
    return _bare(source_from(data, name), name, issued, area)


def _bare(source: Source, name: str, issued: str | None, area: str | None) -> Report:
    when = parse_issued(issued, "--issued") if issued else None
    sha256 = source.sha256 if source.media_type == "text/plain" and not source.notes else _sha256(source.text.encode("utf-8"))
    return Report(
        id=name,
        text=source.text,
        sha256=sha256,
        title=name,
        issued=when,
        area=area,
        media_type=source.media_type,
        positions=source.positions,
        tables=source.tables,
        notes=source.notes,
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_report(path: Path, *, issued: str | None = None, area: str | None = None) -> Report:
    """Return the report at ``path``: a folder with ``report.txt`` and ``report.toml``, or a file alone.

    A file alone may be plain text, Markdown, HTML, DOCX or PDF (see ``kg.sources``).
    ``issued`` and ``area`` win over the metadata. Raises ``ReportError`` for anything that cannot be used.
    """
    if path.is_dir() and (path / "report.txt").exists():
        return _read_folder(path, issued, area)
    if path.name == "report.txt" and (path.parent / "report.toml").is_file():
        return _read_folder(path.parent, issued, area)
    return _bare(read_source(path), path.stem, issued, area)


def _read_folder(folder: Path, issued: str | None, area: str | None) -> Report:
    data = _read_bytes(folder / "report.txt")
    text = stored_text(data, folder / "report.txt")
    where = folder / "report.toml"
    try:
        meta = tomllib.loads(_read_bytes(where).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReportError(where, f"is no TOML ({error})", "mend the line") from error
    _check_keys(meta, _KEYS, where, "")
    issued_meta = _table(meta.get("issued", {}), {"date", "basis"}, where, "issued")
    when = None
    if issued or issued_meta:
        date = issued or _string(issued_meta, "date", where)
        when = parse_issued(date, "--issued" if issued else where, None if issued else issued_meta.get("basis"))
    places = folder / "positions.json"
    original = load_positions(places, text, _sha256(data)) if places.is_file() else None
    return Report(
        id=folder.name,
        text=text,
        sha256=_sha256(data),
        title=_string(meta, "title", where),
        issued=when,
        area=area or (_string(meta, "area", where) if "area" in meta else None),
        language=meta.get("language", "zh-Hans"),
        title_basis=meta.get("title_basis"),
        publisher=meta.get("publisher"),
        credits=tuple(
            Credit(_string(c, "role", where), _string(c, "name", where)) for c in _tables(meta, "credit", {"role", "name"}, where)
        ),
        sections=tuple(
            SectionPlace(_string(s, "heading", where), _string(s, "place", where))
            for s in _tables(meta, "section", {"heading", "place"}, where)
        ),
        media_type=original.media_type if original else "text/plain",
        positions=original.positions if original else (),
        tables=find_tables(text),
        notes=original.notes if original else (),
    )


def _check_keys(table: dict[str, Any], known: set[str], where: Path, name: str) -> None:
    for key in table:
        if key not in known:
            inside = f" in [{name}]" if name else ""
            raise ReportError(where, f"unknown key “{key}”{inside}", f"use one of {', '.join(sorted(known))}")


def _table(value: Any, known: set[str], where: Path, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReportError(where, f"“{name}” must be a table", f"write [{name}] and its keys below it")
    _check_keys(value, known, where, name)
    return value


def _tables(meta: dict[str, Any], name: str, known: set[str], where: Path) -> list[dict[str, Any]]:
    value = meta.get(name, [])
    if not isinstance(value, list):
        raise ReportError(where, f"“{name}” must be a list of tables", f"write [[{name}]] and its keys below it")
    return [_table(item, known, where, name) for item in value]


def _string(table: dict[str, Any], key: str, where: Path) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise ReportError(where, f"“{key}” is missing or no text", f'write {key} = "..."')
    return value
