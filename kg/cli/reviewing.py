"""The command ``review``: doubtful facts in the terminal, one key a decision."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import GRAPH, Form, GraphOption, Lang, LangOption, app
from kg.errors import InputError
from kg.wording import Wording

if TYPE_CHECKING:
    from kg.decisions import Decided
    from kg.facts import Facts
    from kg.report import Report
    from kg.review import Case, Desk


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
    adding: Annotated[bool, typer.Option("--add", help="Add facts that no rule found, each with its quote. 添加规则漏掉的事实。")] = False,
) -> None:
    """Review facts, the doubtful ones first, and keep what you decide in decisions/. 审核事实，可疑的在前。"""
    from kg.build import decisions_of
    from kg.review import add_facts
    from kg.review import review as review_cases

    folder, sources = _reports_of(graph, report)
    decisions = decisions_of(graph, folder)
    if (adding or offered is not None) and len(sources) != 1:
        what, option = (
            (Wording("事实须加到一份报告", "a fact is added to one report"), "--add")
            if adding
            else (Wording("候选属于一份报告", "candidates belong to one report"), "--candidates FILE")
        )
        raise InputError("review", what, Wording(f"请指明：kg review 报告 {option}", f"name it: kg review REPORT {option}"))
    if adding:
        add_facts(sources[0], _desk(decisions, by, lang))
        return
    again = _offers(sources[0], offered, decisions) if offered is not None else _cases(sources, decisions, every)
    if listing or form is Form.json:
        _list_cases(again(), lang, form)
    else:
        desk = _desk(decisions, by, lang)
        review_cases(again(), desk, again)


def _cases(sources: "list[Report]", decisions: Path, every: bool) -> "Callable[[], tuple[Case, ...]]":
    """Return what finds the cases as the decisions leave them now; the texts are read once."""
    from functools import cache

    from kg.decisions import apply, decisions_path, read_decisions
    from kg.extract import find_facts
    from kg.review import cases_of, ordered

    @cache
    def found(number: int) -> "Facts":
        return find_facts(sources[number])

    def decided(number: int, source: "Report") -> "Decided":
        return apply(found(number), read_decisions(decisions_path(decisions, source.id)), source)

    return lambda: ordered(case for n, source in enumerate(sources) for case in cases_of(source, decided(n, source), all_facts=every))


def _offers(source: "Report", offered: Path, decisions: Path) -> "Callable[[], tuple[Case, ...]]":
    from kg.build import decided_facts
    from kg.candidates import read_candidates
    from kg.review import offers_of

    return lambda: offers_of(source, read_candidates(offered, source), decided_facts(source, decisions))


def _reports_of(graph: Path, name: str | None) -> "tuple[Path, list[Report]]":
    """Return the folder of the graph's reports, and the one called ``name`` (an id or a folder) or all of them."""
    from kg.errors import ReportError
    from kg.report import read_report
    from kg.resources import resource

    folder = next((path for path in (graph / "reports", resource("graph") / "reports") if path.is_dir()), graph / "reports")
    if name is None:
        found = sorted(path.parent for path in folder.glob("*/report.txt"))
        if not found:
            raise ReportError(
                folder,
                Wording("这里没有报告", "there is no report here"),
                Wording("请把报告放进 <名称>/report.txt，并附 report.toml", "put a report into <name>/report.txt with its report.toml"),
            )
        return folder, [read_report(path) for path in found]
    own = folder / name
    source = read_report(own if Path(name).name == name and own.is_dir() else Path(name))
    return folder, [source]


def _list_cases(cases: "tuple[Case, ...]", lang: Lang, form: Form) -> None:
    from kg.review import candidates_of, case_record, record_line

    if form is Form.json:
        typer.echo(json.dumps([case_record(case, lang.value) for case in cases], ensure_ascii=False, indent=1))
        return
    for case in cases:
        reasons = "; ".join(doubt.said(lang.value) for doubt in case.doubts)
        typer.echo(f"{case.weight:>2} {case.report.id} {case.span.start}–{case.span.end} {case.kind} {case.said()}")
        typer.echo(f"   {case.marked()}\n   ? {reasons}")
        for one in candidates_of(case) if case.is_open else ():
            typer.echo(f"     {record_line(one, lang.value)}")
    typer.echo(f"{len(cases)} 条可疑的事实" if lang is Lang.zh else f"{len(cases)} doubtful facts")


def _desk(decisions: Path, by: str, lang: Lang) -> "Desk":
    from datetime import date

    from kg.review import Desk

    by = by or _line("审核人姓名：" if lang is Lang.zh else "Your name: ").strip()
    if not by:
        raise InputError(
            "review",
            Wording("决定须有作决定的人的姓名", "a decision needs the name of the person who decides"),
            Wording("请给出 --by 姓名，或设 KG_REVIEWER", "give --by NAME or set KG_REVIEWER"),
        )
    return Desk(by, date.today().isoformat(), decisions, _key, _line, typer.echo, lang.value)


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
        raise InputError(
            "review", Wording("输入的不是 UTF-8", "what was typed is not UTF-8"), Wording("请把终端设为 UTF-8", "set the terminal to UTF-8")
        )
    return line.rstrip("\n")
