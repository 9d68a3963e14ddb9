"""The command line ``kg``: parse, call one function, print.

Exit status: 0 fine, 1 findings (a check that found something, a built graph that is out of date), 2 could not run.
``-`` stands for standard input or output. Heavy modules are imported inside the command that needs them.
"""

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
    from kg.evaluate import Score
    from kg.report import Report
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
) -> None:
    """Build the graph of all reports and load it into the embedded store. 构建图谱。"""
    from kg.build import build as build_graph
    from kg.build import is_current

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
def facts(
    report: Annotated[str, typer.Argument(help="A report folder or a text file; - is standard input. 报告。")],
    issued: Annotated[str | None, typer.Option(help="Issue date: 2020, 2020-06 or 2020-06-18. 发布日期。")] = None,
    area: Annotated[str | None, typer.Option(help="The place the report speaks of, when it has no section headings. 所述地区。")] = None,
    output: OutputOption = None,
) -> None:
    """Print the facts of a report, one JSON object a line. 抽取事实。"""
    from kg.extract import find_facts
    from kg.facts import dump_facts

    source = _report(report, issued, area)
    _write(dump_facts(find_facts(source), source.text), output)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="The gold inventory, in the facts format. 标准答案。")],
    predicted: Annotated[str, typer.Argument(help="The facts to score; - is standard input. 待评事实。")],
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed, inexact and spurious. 列出差异。")] = False,
) -> None:
    """Score facts against a gold inventory: found and exact. 评测抽取结果。"""
    from kg.evaluate import evaluate as evaluate_facts
    from kg.evaluate import read_records

    found = read_records(Path("/dev/stdin") if predicted == "-" else Path(predicted))
    _print_scores(evaluate_facts(read_records(gold), found), misses)


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


def _print_scores(scores: "tuple[Score, ...]", misses: bool) -> None:
    typer.echo(f"{'kind':<12} {'gold':>5} {'pred':>5}   found P/R/F1          exact P/R/F1")
    for score in scores:
        cells = [
            "/".join(f"{figure or 0:.3f}" for figure in (level.precision, level.recall, level.f1)) for level in (score.found, score.exact)
        ]
        typer.echo(f"{score.kind:<12} {score.gold:>5} {score.predicted:>5}   {cells[0]:<20}  {cells[1]}")
        for name in ("missed", "inexact", "spurious") if misses else ():
            listed = getattr(score, name)
            typer.echo(f"  {name} ({len(listed)}): {', '.join(listed)}")


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
