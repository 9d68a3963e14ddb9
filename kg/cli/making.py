"""Commands that make facts and graphs: add, build, facts, candidates, evaluate."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.doors import progress_bar, report_at, say_notes, write
from kg.cli.options import GRAPH, GraphOption, Lang, LangOption, OutputOption, ScoreForm, StoreOption, app


@app.command()
def build(
    graph: GraphOption = GRAPH,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the built graph is current. 只检查是否最新。")] = False,
    dry_run: Annotated[
        Path | None, typer.Option("--dry-run", help="Only say what this report would add, join and contradict. 预览新报告。")
    ] = None,
    lang: LangOption = Lang.zh,
    at: StoreOption = None,
) -> None:
    """Build the graph of all reports and load it into the embedded store, and with --store into a server. 构建图谱。"""
    from kg.build import build as build_graph
    from kg.build import is_current, publish_built

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
    with progress_bar() as progress:
        manifest = build_graph(None, graph, progress=progress)
    counts = ", ".join(f"{number} {kind}" for kind, number in manifest.counts.items())
    typer.echo(f"{graph / 'built'}: {counts}")
    if at:
        with progress_bar() as progress:
            done = publish_built(graph / "built", at, progress=progress)
        typer.echo(f"{at}: {len(done.written)} graphs written, {len(done.kept)} kept, {len(done.dropped)} dropped")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="Plain text, Markdown, HTML, DOCX or PDF with a text layer. 报告文件。")],
    report_id: Annotated[str, typer.Option("--id", help="Name of its folder, e.g. yunchuan-2021. 报告标识。")],
    issued: Annotated[str | None, typer.Option(help="Issue date: 2020, 2020-06 or 2020-06-18. 发布日期。")] = None,
    title: Annotated[str | None, typer.Option(help="Title; else the first line of the text. 标题。")] = None,
    area: Annotated[str | None, typer.Option(help="The place the report speaks of, when it has no section headings. 所述地区。")] = None,
    graph: GraphOption = GRAPH,
    lang: LangOption = Lang.zh,
) -> None:
    """Add a report: its text, metadata, the original file and the map back to its pages. 添加报告。"""
    from kg.adding import add_report

    folder, source = add_report(file, graph / "reports", report_id, issued=issued, title=title, area=area)
    say_notes(source.notes, lang)
    size, tables = len(source.text), len(source.tables)
    typer.echo(f"{folder}: {size} 字，{tables} 张表" if lang is Lang.zh else f"{folder}: {size} characters, {tables} tables")


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
    lang: LangOption = Lang.zh,
) -> None:
    """Print the facts of a report, one JSON object a line. 抽取事实。"""
    from kg.extract import find_facts
    from kg.facts import dump_facts

    source = report_at(report, issued, area)
    say_notes(source.notes, lang)
    if not decided:
        write(dump_facts(find_facts(source), source.text), output)
        return
    from kg.build import decided_facts, decisions_of
    from kg.decisions import decided_records

    found = decided_facts(source, decisions_of(graph, graph / "reports"))
    write("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in decided_records(found, source.text)), output)


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

    source = report_at(report, issued, area)
    key = os.environ.get("KG_MODEL_KEY", "")
    with progress_bar() as progress:
        found = ModelExtractor(model, endpoint, key=key, timeout=timeout, first=first, progress=progress).extract(source)
    write(dump_candidates(found, source), output)
    if rejected is not None:
        write(dump_rejected(found, source), rejected)
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
    write(render(result, form.value, lang.value, misses=misses), output)
