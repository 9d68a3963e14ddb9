"""Write an answer out: a table to read, or CSV, TSV, JSON and Markdown to take along."""

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal

from kg.ask.answer import Answer, Cell
from kg.ask.comparison import compared
from kg.ask.frames import names_of
from kg.catalogue import EVIDENCE, Lang, Wording
from kg.errors import QueryError
from kg.spreadsheet import guarded

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")
_NUMBER = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")
_SOURCE = Wording("出处", "Place in the report")


def render(answer: Answer, form: str = "table", lang: Lang = "zh", width: int = 140) -> str:
    """Return ``answer`` as text that ends with a line end; ``form`` is one of ``FORMS``.

    ``table`` is for a terminal ``width`` columns wide. CSV and TSV head their columns with the names of the variables
    and set ``<name>_iri`` beside each column of things; an apostrophe stands before text that a spreadsheet would calculate
    (``kg.spreadsheet.guarded``). JSON keeps label and IRI together. Text of a report is never read as markup. Raises
    ``QueryError`` for an unknown form.
    """
    if form not in FORMS:
        what = Wording(f"没有“{form}”这种格式", f"there is no form “{form}”")
        raise QueryError("--format", what.said(lang), Wording(f"可用：{'、'.join(FORMS)}", f"use one of {', '.join(FORMS)}").said(lang))
    if form == "table":
        return _table(answer, lang, width)
    return FORMS[form](answer, lang)


def quiet(text: str) -> str:
    """Return ``text`` on one line, without characters that steer a terminal or turn the direction of writing."""
    return _CONTROL.sub(" ", text)


def _written(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return f"{cell.number:,f}" if cell.number is not None else quiet(cell.text)


def shown(answer: Answer, lang: Lang) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows to read: report, start and end drawn together, columns that hold nothing left out."""
    names = [column.name for column in answer.columns]
    evidence = all(name in names for name in EVIDENCE)
    kept = [
        i
        for i, name in enumerate(names)
        if not (evidence and name in EVIDENCE[1:]) and (not answer.rows or any(row[i] is not None for row in answer.rows))
    ]
    headings = [answer.columns[i].label.said(lang) for i in kept]
    rows = [[_written(row[i]) for i in kept] for row in answer.rows]
    if evidence:
        headings.append(_SOURCE.said(lang))
        places = [[row[names.index(name)] for name in EVIDENCE[1:]] for row in answer.rows]
        for row, (report, start, end) in zip(rows, places, strict=True):
            row.append(f"{quiet(report.text)} {start.text}–{end.text}" if report and start and end else "")
    return headings, rows


def _table(answer: Answer, lang: Lang, width: int) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    headings, rows = shown(compared(answer, lang), lang)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for i, heading in enumerate(headings):
        numeric = bool(rows) and all(_NUMBER.fullmatch(row[i]) for row in rows if row[i])
        table.add_column(Text(heading), overflow="fold", vertical="top", justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(text) for text in row))
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, force_terminal=False, highlight=False, legacy_windows=False)
    console.print(table)
    console.print(Text(_count(len(rows), lang)))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


def _count(n: int, lang: Lang) -> str:
    return Wording(f"{n} 行", "1 row" if n == 1 else f"{n} rows").said(lang)


def _markdown(answer: Answer, lang: Lang) -> str:
    headings, rows = shown(compared(answer, lang), lang)
    lines = [headings, ["---"] * len(headings), *([_MARKDOWN.sub(r"\\\1", text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _records(answer: Answer) -> list[list[str]]:
    """Return the heading and the rows for spreadsheets, with a column of IRIs beside each column of things."""
    names = names_of(answer)
    header = [name for pair in names for name in pair if name is not None]
    return [
        list(map(guarded, header)),
        *([text for cell, pair in zip(row, names, strict=True) for text in _fields(cell, pair)] for row in answer.rows),
    ]


def _fields(cell: Cell | None, names: tuple[str, str | None]) -> list[str]:
    text = "" if cell is None else cell.text if cell.number is not None else guarded(cell.text)
    return [text] if names[1] is None else [text, guarded(cell.iri or "") if cell else ""]


def _csv(answer: Answer, lang: Lang) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_records(answer))
    return out.getvalue()


def _tsv(answer: Answer, lang: Lang) -> str:
    return "".join("\t".join(_CONTROL.sub(" ", text) for text in row) + "\n" for row in _records(answer))


def _json(answer: Answer, lang: Lang) -> str:
    body = {
        "question": answer.question.name if answer.question else None,
        "columns": [{"name": column.name, "label": column.label.said(lang)} for column in answer.columns],
        "rows": [{column.name: _value(cell) for column, cell in zip(answer.columns, row, strict=True)} for row in answer.rows],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _value(cell: Cell | None) -> object:
    if cell is None:
        return None
    if cell.iri:
        return {"label": cell.text, "iri": cell.iri}
    return cell.text if cell.number is None else _json_number(cell.number)


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


FORMS: dict[str, Callable[[Answer, Lang], str]] = {
    "table": lambda answer, lang: _table(answer, lang, 140),
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "markdown": _markdown,
}
