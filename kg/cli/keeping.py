"""Commands that keep a graph in order and take it along: check, diff, export."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.doors import store_at
from kg.cli.options import GRAPH, Export, GraphOption, Lang, LangOption, OutputOption, StoreOption, app
from kg.wording import Wording


@app.command()
def check(
    graph: GraphOption = GRAPH,
    report: Annotated[str | None, typer.Option(help="Only what this report speaks of. 只校验此报告涉及的内容。")] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Check the built graph: SHACL shapes and audits; exit 1 when there are findings. 校验图谱。"""
    from kg.check import check as check_graph

    findings = check_graph(graph, report=report)
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
def export(
    form: Annotated[Export, typer.Argument(help="turtle, trig, nquads, jsonld, or csv of the facts. 导出格式。")],
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    report: Annotated[str | None, typer.Option(help="Only the graph of this report. 只导出此报告。")] = None,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="RDF 1.2 reifiers instead of rdf:Statement (trig, nquads). 以 RDF 1.2 具体化节点导出。")
    ] = False,
    lang: LangOption = Lang.zh,
    output: OutputOption = None,
) -> None:
    """Write the graph out. 导出图谱。"""
    from kg.export import export as export_graph

    target = sys.stdout.buffer if output is None or str(output) == "-" else output
    export_graph(store_at(graph, at), form.value, target, report=report, rdf12=rdf12)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A new folder. 新文件夹。")],
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Copy the store, of the graph folder or of a server, into a store folder of its own. 备份。"""
    store_at(graph, at).backup(target)
    source = at or graph / "store"
    typer.echo(f"{target}: {Wording(f'{source} 的副本', f'a copy of {source}').said(lang.value)}")


@app.command()
def compact(graph: GraphOption = GRAPH, lang: LangOption = Lang.zh) -> None:
    """Merge the files of the embedded store: frees what was deleted, needs room for a second copy meanwhile. 压缩存储。"""
    from kg.store import EmbeddedStore

    done = EmbeddedStore.at(graph, read_only=False).compact()
    before, after, seconds = f"{done.before / 1e6:.1f}", f"{done.after / 1e6:.1f}", f"{done.seconds:.1f}"
    told = Wording(f"原 {before} MB，现 {after} MB，用时 {seconds} 秒", f"{before} MB before, {after} MB after, {seconds} s")
    typer.echo(f"{graph / 'store'}: {told.said(lang.value)}")
