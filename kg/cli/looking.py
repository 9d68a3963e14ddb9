"""Commands that look at ties: view, trace, bridges, moves, profile."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.doors import store_at, write
from kg.cli.options import GRAPH, Form, FormOption, GraphOption, Lang, LangOption, OutputOption, StoreOption, app

if TYPE_CHECKING:
    from kg.store import Store
    from kg.tracing.network import Network


@app.command()
def view(
    name: Annotated[str, typer.Argument(help="The view: institution-talent, all. 视图名。")],
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    lang: LangOption = Lang.zh,
    output: Annotated[Path, typer.Option("-o", "--output", help="HTML, or GraphML for *.graphml. 输出文件。")] = Path("network.html"),
    focus: Annotated[str | None, typer.Option(help="Only what lies near this name or IRI. 只看此名称附近。")] = None,
    hops: Annotated[int, typer.Option(min=0, help="How many relations away, with --focus. 相隔几条关系。")] = 1,
) -> None:
    """Draw a view of the graph as one HTML file that works offline. 画网络图。"""
    from kg.pages import write_view
    from kg.resources import resource

    texts = (graph / "reports", resource("graph") / "reports")
    write_view(store_at(graph, at), name, output, lang.value, texts=texts, focus=focus, hops=hops)
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
    at: StoreOption = None,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Trace how two things are tied, each hop with its sentence. 追溯联系。"""
    from kg.tracing import render_shown, ties_of
    from kg.tracing import trace as trace_between
    from kg.tracing.asked import asked_limits

    store, network = _tied(graph, at)
    named = {"relation": relation, "status": status, "report": report, "place": place, "type": type_, "through": through}
    limits = asked_limits(store, network, named, on, hops, lang.value)
    found = (
        ties_of(store, start, limits, lang.value, network)
        if end is None
        else trace_between(store, start, end, k, limits, lang.value, network)
    )
    write(render_shown(found, form.value, lang.value), output)


@app.command()
def bridges(
    names: Annotated[list[str] | None, typer.Argument(help="Two institutions or places, or none for everybody. 机构或地方。")] = None,
    cities: Annotated[bool, typer.Option("--cities", help="Who joins two cities. 连接两个城市的人。")] = False,
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """List the people who join two institutions or cities. 桥梁人物。"""
    from kg.tracing import find_bridges, render_shown

    store, network = _tied(graph, at)
    found = find_bridges(store, names or (), "city" if cities else "institution", lang.value, network)
    write(render_shown(found, form.value, lang.value), output)


@app.command()
def moves(
    person: Annotated[str | None, typer.Argument(help="Only this person. 人物。")] = None,
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """List who went from where to where, and when. 人员流动。"""
    from kg.tracing import find_moves, render_shown

    store, network = _tied(graph, at)
    write(render_shown(find_moves(store, person, lang.value, network), form.value, lang.value), output)


@app.command()
def profile(
    name: Annotated[str, typer.Argument(help="A person, institute, programme or place. 名称。")],
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Print everything the reports say of one thing, by kind, with the sentences. 档案。"""
    from kg.tracing import profile as profile_of
    from kg.tracing import render_shown

    store, network = _tied(graph, at)
    write(render_shown(profile_of(store, name, lang.value, network), form.value, lang.value), output)


def _tied(graph: Path, at: str | None) -> "tuple[Store, Network]":
    from kg.tracing import network_of_store

    store = store_at(graph, at)
    return store, network_of_store(store, None if at else graph / "store")
