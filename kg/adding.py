"""Add a report to the graph's folder: its text, its metadata, the original file and the map back to it."""

import hashlib
import json
import re
from pathlib import Path

from kg.atomic import replacing_folder
from kg.errors import ReportError
from kg.report import parse_issued
from kg.sources import MEDIA_TYPES, Source, read_source
from kg.sources.positions import dump_positions

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 64
LONGEST_TITLE = 80


def add_report(
    file: Path, reports: Path, report_id: str, *, issued: str | None = None, title: str | None = None, area: str | None = None
) -> tuple[Path, Source]:
    """Make the folder ``reports/<report_id>`` from ``file`` and return it with what was read.

    The folder holds ``report.txt`` (UTF-8), ``report.toml``, the original byte for byte as ``source.<ext>`` and, unless
    the original is plain text, ``positions.json``. It is put there whole or not at all. Without ``title`` the first line
    of the text is the title. Raises ``ReportError`` for an unusable file, id or date and for a report that is there.
    """
    if not _ID.fullmatch(report_id) or len(report_id) > LONGEST_ID:
        raise ReportError("--id", f"“{report_id}” is no id of a report", "use small Latin letters, digits and hyphens, e.g. yunchuan-2021")
    folder = reports / report_id
    if folder.exists():
        raise ReportError(folder, "there is a report of this id", "choose another id, or delete the folder first")
    when = parse_issued(issued, "--issued") if issued else None
    source = read_source(file)
    original = _read_again(file, source)
    suffix = file.suffix.lower() if file.suffix.lower() in MEDIA_TYPES else ".txt"
    with replacing_folder(folder) as temporary:
        (temporary / "report.txt").write_bytes(source.text.encode("utf-8"))
        (temporary / "report.toml").write_text(_metadata(source, title, when.date if when else None, area), encoding="utf-8")
        (temporary / f"source{suffix}").write_bytes(original)
        if source.positions:
            (temporary / "positions.json").write_text(dump_positions(source, f"source{suffix}"), encoding="utf-8")
    return folder, source


def _read_again(file: Path, source: Source) -> bytes:
    """Return the bytes of ``file``; they must be the ones that were read."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ReportError(file, "the file changed while it was read", "run the command again")
    return data


def _metadata(source: Source, title: str | None, issued: str | None, area: str | None) -> str:
    """Return ``report.toml``; a title that was not given is taken from the text, and its basis says so."""
    lines = [f"title = {_toml(title or first_line(source.text))}"]
    if not title:
        lines.append(f"title_basis = {_toml('正文的第一行。The first line of the text.')}")
    lines.append('language = "zh-Hans"')
    if area:
        lines.append(f"area = {_toml(area)}")
    if issued:
        lines += ["", "[issued]", f"date = {_toml(issued)}", f"basis = {_toml('添加报告时给出。Given when the report was added.')}"]
    return "\n".join(lines) + "\n"


def first_line(text: str) -> str:
    """Return the first line of ``text`` that prints something and is no row of a table, cut to a title's length.

    >>> first_line("\\n| 指标 | 数 |\\n　云川市科技工作报告　\\n正文")
    '云川市科技工作报告'
    """
    lines = [line.strip("\ufeff \t\r\u3000") for line in text.split("\n")]
    printed = [line for line in lines if line]
    title = next((line for line in printed if not line.startswith("|")), printed[0])
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _toml(text: str) -> str:
    """Return ``text`` as a basic string of TOML, which escapes as JSON does, and the delete character too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
