"""The command line ``kg``: parse, call one function, print.

Exit status: 0 fine, 1 findings (a check that found something, a built graph that is out of date), 2 could not run.
``-`` stands for standard input or output. Heavy modules are imported inside the command that needs them.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from kg.ask import Answer
    from kg.catalogue import Catalogue, Question
    from kg.report import Report
    from kg.review import Case
    from kg.store import Store
    from kg.tracing.network import Network

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Lang(StrEnum):
    """The language of labels, messages and pages."""

    zh = "zh"
    en = "en"


class Form(StrEnum):
    """How an answer is printed."""

    cards = "cards"
    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    markdown = "markdown"


class ScoreForm(StrEnum):
    """How scores are printed."""

    table = "table"
    json = "json"


class Export(StrEnum):
    """How the graph is written out."""

    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    jsonld = "jsonld"
    csv = "csv"


GraphOption = Annotated[
    Path, typer.Option("--graph", envvar="KG_GRAPH", help="Folder of the graph: reports/, authority/, built/, store/. 图谱文件夹。")
]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="KG_LANG", help="Language of labels and messages. 标签与提示的语言。")]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="File to write; - is standard output. 输出文件。")]
FormOption = Annotated[Form, typer.Option("--format", help="How to print the answer. 输出格式。")]
GRAPH = Path("graph")


@app.callback()
def top() -> None:
    """Knowledge graph of the innovation ecosystem: every statement carries its sentence. 创新生态知识图谱：每条陈述都带着原句。"""


@app.command()
def build(
    graph: GraphOption = GRAPH,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the built graph is current. 只检查是否最新。")] = False,
    dry_run: Annotated[
        Path | None, typer.Option("--dry-run", help="Only say what this report would add, join and contradict. 预览新报告。")
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Build the graph of all reports and load it into the embedded store. 构建图谱。"""
    from kg.build import build as build_graph
    from kg.build import is_current

    if dry_run:
        from kg.diff import preview, preview_said

        typer.echo(preview_said(preview(dry_run, graph), lang.value), nl=False)
        return
    if check:
        current, reasons = is_current(graph)
        for reason in reasons:
            typer.echo(reason)
        typer.echo(f"{graph / 'built'}: {'is current' if current else 'is out of date - run kg build'}")
        raise typer.Exit(0 if current else 1)
    with _progress() as progress:
        manifest = build_graph(None, graph, progress=progress)
    counts = ", ".join(f"{number} {kind}" for kind, number in manifest.counts.items())
    typer.echo(f"{graph / 'built'}: {counts}")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="Plain text, Markdown, HTML, DOCX or PDF with a text layer. 报告文件。")],
    report_id: Annotated[str, typer.Option("--id", help="Name of its folder, e.g. yunchuan-2021. 报告标识。")],
    issued: Annotated[str | None, typer.Option(help="Issue date: 2020, 2020-06 or 2020-06-18. 发布日期。")] = None,
    title: Annotated[str | None, typer.Option(help="Title; else the first line of the text. 标题。")] = None,
    area: Annotated[str | None, typer.Option(help="The place the report speaks of, when it has no section headings. 所述地区。")] = None,
    graph: GraphOption = GRAPH,
) -> None:
    """Add a report: its text, metadata, the original file and the map back to its pages. 添加报告。"""
    from kg.adding import add_report

    folder, source = add_report(file, graph / "reports", report_id, issued=issued, title=title, area=area)
    _note(source.notes)
    typer.echo(f"{folder}: {len(source.text)} characters, {len(source.tables)} tables")


@app.command()
def facts(
    report: Annotated[
        str, typer.Argument(help="A report folder or file (text, Markdown, HTML, DOCX, PDF); - is text on standard input. 报告。")
    ],
    issued: Annotated[str | None, typer.Option(help="Issue date: 2020, 2020-06 or 2020-06-18. 发布日期。")] = None,
    area: Annotated[str | None, typer.Option(help="The place the report speaks of, when it has no section headings. 所述地区。")] = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="As human decisions leave them, each with its origin. 执行人的决定，并注明来源。")
    ] = False,
    graph: GraphOption = GRAPH,
    output: OutputOption = None,
) -> None:
    """Print the facts of a report, one JSON object a line. 抽取事实。"""
    from kg.extract import find_facts
    from kg.facts import dump_facts

    source = _report(report, issued, area)
    _note(source.notes)
    if not decided:
        _write(dump_facts(find_facts(source), source.text), output)
        return
    from kg.build import decided_facts, decisions_of
    from kg.decisions import decided_records

    found = decided_facts(source, decisions_of(graph, graph / "reports"))
    _write("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in decided_records(found, source.text)), output)


@app.command()
def candidates(
    report: Annotated[str, typer.Argument(help="A report folder or a text file; - is standard input. 报告。")],
    model: Annotated[str, typer.Option(envvar="KG_MODEL", help="The model's name at the endpoint. 模型名。")],
    endpoint: Annotated[
        str,
        typer.Option(envvar="KG_MODEL_ENDPOINT", help="Its address: http://127.0.0.1:8080/v1; key in KG_MODEL_KEY. 服务地址。"),
    ],
    issued: Annotated[str | None, typer.Option(help="Issue date: 2020, 2020-06 or 2020-06-18. 发布日期。")] = None,
    area: Annotated[str | None, typer.Option(help="The place the report speaks of, when it has no section headings. 所述地区。")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for each passage. 每段等待秒数。")] = 120.0,
    first: Annotated[int | None, typer.Option(min=1, help="Ask about the first so many passages only. 只问前几段。")] = None,
    rejected: Annotated[Path | None, typer.Option(help="Write here what was rejected, and why. 被拒内容写入此文件。")] = None,
    lang: LangOption = Lang.zh,
    output: OutputOption = None,
) -> None:
    """Ask a language model for candidate facts; they stay undecided until a person accepts them. 向模型征集候选事实。"""
    from kg.candidates import ModelExtractor, dump_candidates, dump_rejected, summary

    source = _report(report, issued, area)
    key = os.environ.get("KG_MODEL_KEY", "")
    with _progress() as progress:
        found = ModelExtractor(model, endpoint, key=key, timeout=timeout, first=first, progress=progress).extract(source)
    _write(dump_candidates(found, source), output)
    if rejected is not None:
        _write(dump_rejected(found, source), rejected)
    typer.echo(summary(found, lang.value), nl=False, err=True)
    raise typer.Exit(1 if found.unread else 0)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="The gold inventory, in the facts format. 标准答案。")],
    predicted: Annotated[str, typer.Argument(help="The facts to score; - is standard input. 待评事实。")],
    later: Annotated[str | None, typer.Argument(help="The facts of a second run, to be set beside the first. 另一次运行的事实。")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed, inexact and spurious. 列出差异。")] = False,
    form: Annotated[ScoreForm, typer.Option("--format", help="How to print the scores. 输出格式。")] = ScoreForm.table,
    lang: LangOption = Lang.zh,
    output: OutputOption = None,
) -> None:
    """Score facts against a gold inventory, by kind, predicate and measure; compare two runs. 评测抽取结果，比较两次运行。"""
    from kg.evaluate import compare, read_records, render
    from kg.evaluate import evaluate as evaluate_facts

    wanted = read_records(gold)
    first, *rest = (read_records(Path("/dev/stdin") if name == "-" else Path(name)) for name in (predicted, later) if name)
    result = compare(wanted, first, rest[0]) if rest else evaluate_facts(wanted, first)
    _write(render(result, form.value, lang.value, misses=misses), output)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question of the catalogue, e.g. people/leads. 问题名。")],
    params: Annotated[list[str] | None, typer.Argument(help="Parameters, e.g. institute=国科大温州研究院. 参数。")] = None,
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Ask a question of the catalogue; each row carries its sentence. 提问。"""
    from kg.ask import ask as ask_question

    asked = _catalogue().question(question, lang.value)
    store = _store(graph)
    answer = ask_question(store, asked, _params(params or []), lang.value)
    if form in (Form.table, Form.cards) and output is None:
        typer.echo(f"{asked.summary.said(lang.value)}\n", err=True)
    _write(_rendered(store, answer, form, lang), output)


@app.command()
def sparql(
    query: Annotated[str, typer.Argument(help="A SPARQL query, a .rq file, or - for standard input. SPARQL 查询。")],
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Run a SPARQL query of your own; the project's prefixes are declared for you. 运行 SPARQL。"""
    from kg.ask import ask_sparql
    from kg.ask.prologue import query_form, with_prefixes

    text = with_prefixes(_query_text(query))
    store = _store(graph)
    match query_form(text):
        case "ASK":
            _write(f"{str(store.ask(text)).lower()}\n", output)
        case "CONSTRUCT" | "DESCRIBE":
            _write("".join(f"{quad.n3()}\n" for quad in store.construct(text)), output)
        case _:
            _write(_rendered(store, ask_sparql(store, text, lang.value), form, lang), output)


@app.command()
def queries(
    name: Annotated[str | None, typer.Argument(help="One question, to see its text and parameters. 问题名。")] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """List the questions of the catalogue, or show one. 列出问题。"""
    catalogue = _catalogue()
    if name is None:
        for subject, label in catalogue.subjects.items():
            typer.echo(f"\n{label.said(lang.value)}")
            for question in catalogue.of_subject(subject):
                typer.echo(f"  {question.name:<36} {question.summary.said(lang.value)}")
        return
    _show(catalogue.question(name, lang.value), lang)


@app.command()
def view(
    name: Annotated[str, typer.Argument(help="The view: institution-talent, all. 视图名。")],
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    output: Annotated[Path, typer.Option("-o", "--output", help="HTML, or GraphML for *.graphml. 输出文件。")] = Path("network.html"),
    focus: Annotated[str | None, typer.Option(help="Only what lies near this name or IRI. 只看此名称附近。")] = None,
    hops: Annotated[int, typer.Option(min=0, help="How many relations away, with --focus. 相隔几条关系。")] = 1,
) -> None:
    """Draw a view of the graph as one HTML file that works offline. 画网络图。"""
    from kg.pages import write_view
    from kg.resources import resource

    texts = (graph / "reports", resource("graph") / "reports")
    write_view(_store(graph), name, output, lang.value, texts=texts, focus=focus, hops=hops)
    typer.echo(f"{output.resolve()}")


@app.command()
def trace(
    start: Annotated[str, typer.Argument(help="A name, short name, English name, pinyin or IRI. 名称。")],
    end: Annotated[str | None, typer.Argument(help="Where to; left out: what START is tied to. 另一端。")] = None,
    k: Annotated[int, typer.Option("-k", help="How many paths. 路径条数。")] = 3,
    hops: Annotated[int, typer.Option("--hops", help="How many hops at most. 最多几步。")] = 6,
    relation: Annotated[list[str] | None, typer.Option(help="Only these relations, e.g. 领衔, leads. 关系。")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Only through things of these types, e.g. Institute. 类型。")] = None,
    status: Annotated[list[str] | None, typer.Option(help="Only this status, e.g. 已完成, planned. 状态。")] = None,
    report: Annotated[list[str] | None, typer.Option(help="Only what this report says. 报告。")] = None,
    place: Annotated[list[str] | None, typer.Option(help="Only through what lies there. 地方。")] = None,
    on: Annotated[str | None, typer.Option("--as-of", help="Only what had begun by this day: 2020-06-30. 截至日期。")] = None,
    through: Annotated[
        list[str] | None, typer.Option(help="Crossroads to pass through: City, Award/Title …, or all. 允许经过的类型。")
    ] = None,
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Trace how two things are tied, each hop with its sentence. 追溯联系。"""
    from kg.tracing import render_shown, ties_of
    from kg.tracing import trace as trace_between
    from kg.tracing.asked import asked_limits

    store, network = _tied(graph)
    named = {"relation": relation, "status": status, "report": report, "place": place, "type": type_, "through": through}
    limits = asked_limits(store, network, named, on, hops, lang.value)
    found = (
        ties_of(store, start, limits, lang.value, network)
        if end is None
        else trace_between(store, start, end, k, limits, lang.value, network)
    )
    _write(render_shown(found, form.value, lang.value), output)


@app.command()
def bridges(
    names: Annotated[list[str] | None, typer.Argument(help="Two institutions or places, or none for everybody. 机构或地方。")] = None,
    cities: Annotated[bool, typer.Option("--cities", help="Who joins two cities. 连接两个城市的人。")] = False,
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """List the people who join two institutions or cities. 桥梁人物。"""
    from kg.tracing import find_bridges, render_shown

    store, network = _tied(graph)
    found = find_bridges(store, names or (), "city" if cities else "institution", lang.value, network)
    _write(render_shown(found, form.value, lang.value), output)


@app.command()
def moves(
    person: Annotated[str | None, typer.Argument(help="Only this person. 人物。")] = None,
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """List who went from where to where, and when. 人员流动。"""
    from kg.tracing import find_moves, render_shown

    store, network = _tied(graph)
    _write(render_shown(find_moves(store, person, lang.value, network), form.value, lang.value), output)


@app.command()
def profile(
    name: Annotated[str, typer.Argument(help="A person, institute, programme or place. 名称。")],
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Print everything the reports say of one thing, by kind, with the sentences. 档案。"""
    from kg.tracing import profile as profile_of
    from kg.tracing import render_shown

    store, network = _tied(graph)
    _write(render_shown(profile_of(store, name, lang.value, network), form.value, lang.value), output)


@app.command()
def check(graph: GraphOption = GRAPH, lang: LangOption = Lang.zh) -> None:
    """Check the built graph: SHACL shapes and audits; exit 1 when there are findings. 校验图谱。"""
    from kg.check import check as check_graph

    findings = check_graph(graph)
    typer.echo(findings.said(lang.value), nl=False)
    raise typer.Exit(findings.status)


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(help="A graph folder, a report, or a facts file. 图谱、报告或事实文件。")],
    after: Annotated[Path, typer.Argument(help="What to compare it with. 与之比较的另一个。")],
    lang: LangOption = Lang.zh,
) -> None:
    """Say what AFTER adds to BEFORE, drops and changes; exit 1 when they differ. 比较两个图谱、报告或事实文件。"""
    from kg.diff import compare, read_side, said

    found = compare(read_side(before).records, read_side(after).records)
    typer.echo(said(found, lang.value), nl=False)
    raise typer.Exit(int(not found.empty))


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


@app.command()
def export(
    form: Annotated[Export, typer.Argument(help="turtle, trig, nquads, jsonld, or csv of the facts. 导出格式。")],
    graph: GraphOption = GRAPH,
    report: Annotated[str | None, typer.Option(help="Only the graph of this report. 只导出此报告。")] = None,
    output: OutputOption = None,
) -> None:
    """Write the graph out. 导出图谱。"""
    from kg.export import export as export_graph

    target = sys.stdout.buffer if output is None or str(output) == "-" else output
    export_graph(_store(graph), form.value, target, report=report)


def _report(name: str, issued: str | None, area: str | None) -> "Report":
    from kg.report import from_bytes, read_report

    if name == "-":
        return from_bytes(sys.stdin.buffer.read(), "stdin", issued=issued, area=area)
    return read_report(Path(name), issued=issued, area=area)


def _note(notes: tuple[str, ...]) -> None:
    for note in notes:
        typer.echo(f"kg: note: {note}", err=True)


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


def _store(graph: Path) -> "Store":
    from kg.store import Store

    return Store.open(graph)


def _tied(graph: Path) -> "tuple[Store, Network]":
    from kg.tracing import network_of_store

    store = _store(graph)
    return store, network_of_store(store, graph / "store")


def _catalogue() -> "Catalogue":
    from kg.catalogue import load_catalogue

    return load_catalogue()


def _params(given: list[str]) -> dict[str, str]:
    for param in given:
        if "=" not in param:
            raise InputError("ask", f"“{param}” is no parameter", "write name=value, e.g. institute=国科大温州研究院")
    return dict(param.split("=", 1) for param in given)


def _query_text(query: str) -> str:
    """Return the query itself, from standard input for ``-`` or from a file whose name ends with .rq or .sparql."""
    if query == "-":
        return sys.stdin.read()
    if query.endswith((".rq", ".sparql")):
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(query, f"cannot be read ({error})", "give a SPARQL text, a UTF-8 file, or -") from error
    return query


def _write(text: str, output: Path | None) -> None:
    from kg.atomic import write_text

    if output is None or str(output) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_text(output, text)


def _rendered(store: "Store", answer: "Answer", form: Form, lang: Lang) -> str:
    from kg.ask import render
    from kg.ask.sentences import find_sentences, render_cards

    if form is Form.cards:
        return render_cards(answer, find_sentences(store, answer), lang.value)
    return render(answer, form.value, lang.value, _width())


def _width() -> int:
    return shutil.get_terminal_size((140, 40)).columns


def _show(question: "Question", lang: Lang) -> None:
    typer.echo(f"{question.name}: {question.summary.said(lang.value)}\n{question.description.said(lang.value)}\n")
    for parameter in question.parameters:
        typer.echo(f"  {parameter.name}={parameter.default or parameter.example}   {parameter.about.said(lang.value)}")
    typer.echo(f"\n{question.sparql}")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show what long work is at, on standard error and only to a person."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, total: bar.update(task, description=step, completed=done, total=total)


def main() -> None:
    """Run the command line; an error that the user can mend is one line on standard error and exit status 2."""
    try:
        app()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        raise SystemExit(error.status) from error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
