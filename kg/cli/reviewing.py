"""The command ``review``: doubtful facts in the terminal, one key a decision."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import GRAPH, Form, GraphOption, Lang, LangOption, app
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.report import Report
    from kg.review import Case


@app.command()
def review(
    report: Annotated[str | None, typer.Argument(help="A report's id or folder; without it, all reports of the graph. 报告。")] = None,
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    by: Annotated[str, typer.Option("--by", envvar="KG_REVIEWER", help="Your name, as decisions carry it. 审核人。")] = "",
    listing: Annotated[bool, typer.Option("--list", help="Only list the cases. 只列出。")] = False,
    form: Annotated[Form, typer.Option("--format", help="How to list them: table or json. 列表格式。")] = Form.table,
    every: Annotated[bool, typer.Option("--all", help="Facts without a doubt too. 也包括没有疑点的。")] = False,
    offered: Annotated[Path | None, typer.Option("--candidates", help="Review these candidates of a model instead. 审核模型候选。")] = None,
) -> None:
    """Review facts, the doubtful ones first, and keep what you decide in decisions/. 审核事实，可疑的在前。"""
    from kg.build import decided_facts, decisions_of
    from kg.candidates import read_candidates
    from kg.review import cases_of, offers_of, ordered

    folder, sources = _reports_of(graph, report)
    decisions = decisions_of(graph, folder)
    if offered is not None:
        if len(sources) != 1:
            raise InputError("review", "candidates belong to one report", "name it: kg review REPORT --candidates FILE")
        cases = offers_of(sources[0], read_candidates(offered, sources[0]), decided_facts(sources[0], decisions))
    else:
        cases = ordered(case for source in sources for case in cases_of(source, decided_facts(source, decisions), all_facts=every))
    if listing or form is Form.json:
        _list_cases(cases, lang, form)
    else:
        _review(cases, decisions, by, lang)


def _reports_of(graph: Path, name: str | None) -> "tuple[Path, list[Report]]":
    """Return the folder of the graph's reports, and the one called ``name`` (an id or a folder) or all of them."""
    from kg.errors import ReportError
    from kg.report import read_report
    from kg.resources import resource

    folder = next((path for path in (graph / "reports", resource("graph") / "reports") if path.is_dir()), graph / "reports")
    if name is None:
        found = sorted(path.parent for path in folder.glob("*/report.txt"))
        if not found:
            raise ReportError(folder, "there is no report here", "put a report into <name>/report.txt with its report.toml")
        return folder, [read_report(path) for path in found]
    own = folder / name
    source = read_report(own if Path(name).name == name and own.is_dir() else Path(name))
    return folder, [source]


def _list_cases(cases: "tuple[Case, ...]", lang: Lang, form: Form) -> None:
    from kg.review import case_record

    if form is Form.json:
        typer.echo(json.dumps([case_record(case, lang.value) for case in cases], ensure_ascii=False, indent=1))
        return
    for case in cases:
        reasons = "; ".join(doubt.said(lang.value) for doubt in case.doubts)
        typer.echo(f"{case.weight:>2} {case.report.id} {case.span.start}–{case.span.end} {case.kind} {case.said()}")
        typer.echo(f"   {case.marked()}\n   ? {reasons}")
    typer.echo(f"{len(cases)} 条可疑的事实" if lang is Lang.zh else f"{len(cases)} doubtful facts")


def _review(cases: "tuple[Case, ...]", decisions: Path, by: str, lang: Lang) -> None:
    from datetime import date

    from kg.review import Desk
    from kg.review import review as review_cases

    by = by or _line("审核人姓名：" if lang is Lang.zh else "Your name: ").strip()
    if not by:
        raise InputError("review", "a decision needs the name of the person who decides", "give --by NAME or set KG_REVIEWER")
    review_cases(cases, Desk(by, date.today().isoformat(), decisions, _key, _line, typer.echo, lang.value))


def _key(prompt: str) -> str:
    """Return the key that is pressed; without a terminal, the first letter of the next line; nothing at the end of the input."""
    with _single_keys() as single:
        typer.echo(f"{prompt} > ", nl=False)
        key = sys.stdin.read(1) if single else sys.stdin.readline()[:1]
    typer.echo(key if single and key.isprintable() else "")
    return "q" if key == "\x04" else key  # Ctrl-D


@contextmanager
def _single_keys() -> Iterator[bool]:
    """Let a terminal hand over each key at once, without losing what was typed ahead; ``False`` where there is none."""
    try:
        import termios
        import tty

        before = termios.tcgetattr(sys.stdin)
    except (ImportError, OSError, ValueError):
        yield False
        return
    except termios.error:
        yield False
        return
    try:
        tty.setcbreak(sys.stdin, termios.TCSANOW)
        yield True
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def _line(prompt: str) -> str:
    typer.echo(prompt, nl=False)
    line = sys.stdin.readline()
    if any("\ud800" <= char <= "\udfff" for char in line):
        raise InputError("review", "what was typed is not UTF-8", "set the terminal to UTF-8")
    return line.rstrip("\n")
