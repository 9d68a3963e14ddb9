"""Read a file: find out what it is, have it read, and check what came of it."""

import hashlib
from dataclasses import replace
from pathlib import Path, PurePath

from kg.errors import ReportError
from kg.sources.apart import read_apart
from kg.sources.limits import LARGEST_PACKED, LARGEST_TEXT, check_size
from kg.sources.markdown import read_markdown
from kg.sources.plain import decode
from kg.sources.source import MEDIA_TYPES, Source
from kg.sources.tables import find_tables

PLAIN = MEDIA_TYPES[".txt"]
_PACKED = {MEDIA_TYPES[".docx"], MEDIA_TYPES[".pdf"]}
_OFFICE = {".doc": ".docx", ".wps": ".docx", ".rtf": ".docx", ".odt": ".docx", ".ofd": ".pdf", ".caj": ".pdf", ".ceb": ".pdf"}


def media_type_of(name: str, head: bytes = b"") -> str:
    """Return the media type of a file by the ending of its name, else by its first bytes, else plain text.

    >>> media_type_of("年报.PDF"), media_type_of("upload", b"%PDF-1.7"), media_type_of("notes.log")
    ('application/pdf', 'application/pdf', 'text/plain')
    """
    known = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    if known is None and head.startswith(b"%PDF-"):
        return MEDIA_TYPES[".pdf"]
    if known is None and head.startswith(b"PK\x03\x04") and b"word/" in head:
        return MEDIA_TYPES[".docx"]
    return known or PLAIN


def read_source(path: Path) -> Source:
    """Return what the file at ``path`` says: its text, the map back to page or element, its tables, notes on the reading.

    Reading a PDF, DOCX or HTML file takes place in a process of its own with bounds on time and memory. Raises
    ``ReportError`` for anything that cannot be used, with what to do about it.
    """
    return source_from(_read_bytes(path), path.name, path)


def source_from(data: bytes, name: str, where: object = None) -> Source:
    """Return what ``data``, the bytes of a file called ``name``, say; ``where`` stands in messages. See ``read_source``."""
    where = name if where is None else where
    suffix = PurePath(name).suffix.lower()
    if suffix in _OFFICE:
        raise ReportError(where, f"files of the kind {suffix} cannot be read", f"save it as {_OFFICE[suffix]}, or as plain text")
    media_type = media_type_of(name, data[:4096])
    if media_type == PLAIN:
        text, notes = decode(data, where)
        source = Source(text, PLAIN, notes=notes)
    elif not data:
        raise ReportError(where, "the report is empty", "give a file with text")
    elif media_type == MEDIA_TYPES[".md"]:
        source = read_markdown(data, where)
    else:
        check_size(len(data), LARGEST_PACKED if media_type in _PACKED else LARGEST_TEXT, where)
        source = read_apart(data, media_type, where)
    return replace(source, tables=find_tables(source.text), sha256=hashlib.sha256(data).hexdigest())


def _read_bytes(path: Path) -> bytes:
    largest = LARGEST_PACKED if media_type_of(path.name) in _PACKED else LARGEST_TEXT
    try:
        if path.is_dir():
            raise ReportError(path, "this is a folder, not a report", "give the file inside it")
        check_size(path.stat().st_size, largest, path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReportError(path, "there is no such file", "check the path") from error
    except OSError as error:
        raise ReportError(path, f"cannot be read ({error.strerror})", "check the permissions of the file") from error
