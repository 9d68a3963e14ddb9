"""Commands that look at ties: view, trace, bridges, moves, profile."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.answering import Door, answering
from kg.cli.doors import store_at
from kg.cli.options import (
    GRAPH,
    AsOfOption,
    GraphOption,
    Lang,
    LangOption,
    NetworkForm,
    RelationOption,
    ReportOption,
    StatusOption,
    StoreOption,
    app,
)

if TYPE_CHECKING:
    from kg.store import Store
    from kg.tracing.network import Network
    from kg.wording import Lang as Language


_PAGES = {".html", ".htm"}


@app.command()
def view(
    name: Annotated[str, typer.Argument(help="The view: institution-talent, policy-line, all …; --list names them. 视图名。")] = "all",
    listed: Annotated[bool, typer.Option("--list", help="List the views and the rules of inference. 列出视图与推断规则。")] = False,
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    lang: LangOption = Lang.zh,
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write; its ending says the format. 输出文件。")] = Path(
        "network.html"
    ),
    form: Annotated[NetworkForm | None, typer.Option("--format", help="The format, whatever the ending. 输出格式。")] = None,
    focus: Annotated[str | None, typer.Option(help="Only what lies near this name or IRI. 只看此名称附近。")] = None,
    hops: Annotated[int, typer.Option(help="How many relations away, with --focus. 相隔几条关系。")] = 1,
    limit: Annotated[int | None, typer.Option(help="How many nodes at most, with --focus. 节点上限。")] = None,
    relation: RelationOption = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Only between things of these types. 类型。")] = None,
    status: StatusOption = None,
    report: ReportOption = None,
    place: Annotated[list[str] | None, typer.Option(help="Only what has to do with what lies there. 地方。")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only what was so on or after this day. 起始日期。")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Only what was so on or before this day. 截止日期。")] = None,
    on: AsOfOption = None,
    dated: Annotated[bool, typer.Option("--dated-only", help="With a day: nothing without a date. 不要无日期的。")] = False,
    inferred: Annotated[bool, typer.Option("--inferred/--stated-only", help="Add what follows by rules. 加上推断的关系。")] = False,
) -> None:
    """Draw a view of the graph as one HTML file that works offline, or write it for another program. 画网络图，或导出。"""
    from kg.formats import write as write_network
    from kg.pages import find_network, write_view
    from kg.resources import resource
    from kg.views import asked_filter, notes_on

    if listed:
        typer.echo(_views_listed(lang.value))
        raise typer.Exit
    store = store_at(graph, at)
    named = {"relation": relation, "type": type_, "status": status, "report": report, "place": place}
    days = {"from": since, "until": until, "as-of": on}
    only = asked_filter(store, named, days, lang.value, undated=not dated, inferred=inferred)
    files: tuple[Path, ...] = (output,)
    if form is NetworkForm.html or (form is None and output.suffix.lower() in _PAGES):
        texts = (graph / "reports", resource("graph") / "reports")
        drawn = write_view(store, name, output, lang.value, texts=texts, only=only, focus=focus, hops=hops, limit=limit)
    else:
        drawn = find_network(store, name, lang.value, only=only, focus=focus, hops=hops, limit=limit)
        files = write_network(drawn, output, form.value if form else None)
    for note in notes_on(drawn.graph, lang.value):
        typer.echo(f"kg: {note}", err=True)
    typer.echo("\n".join(str(path.resolve()) for path in files))


def _views_listed(lang: "Language") -> str:
    from kg.views import inference_rules, views

    return "\n".join(f"{name:28}{view.summary.said(lang)}" for name, view in {**views(), **inference_rules()}.items())


@app.command()
@answering
def trace(
    start: Annotated[str, typer.Argument(help="A name, short name, English name, pinyin or IRI. 名称。")],
    end: Annotated[str | None, typer.Argument(help="Where to; left out: what START is tied to. 另一端。")] = None,
    k: Annotated[int, typer.Option("-k", help="How many paths. 路径条数。")] = 3,
    hops: Annotated[int, typer.Option("--hops", help="How many hops at most. 最多几步。")] = 6,
    relation: RelationOption = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Only through things of these types, e.g. Institute. 类型。")] = None,
    status: StatusOption = None,
    report: ReportOption = None,
    place: Annotated[list[str] | None, typer.Option(help="Only through what lies there. 地方。")] = None,
    on: AsOfOption = None,
    through: Annotated[
        list[str] | None, typer.Option(help="Crossroads to pass through: City, Award/Title …, or all. 允许经过的类型。")
    ] = None,
    *,
    door: Door,
) -> None:
    """Trace how two things are tied, each hop with its sentence. 追溯联系。"""
    from kg.tracing import ties_of
    from kg.tracing import trace as trace_between
    from kg.tracing.asked import asked_limits

    store, network = _tied(door)
    named = {"relation": relation, "status": status, "report": report, "place": place, "type": type_, "through": through}
    limits = asked_limits(store, network, named, on, hops, door.language)
    found = (
        ties_of(store, start, limits, door.language, network)
        if end is None
        else trace_between(store, start, end, k, limits, door.language, network)
    )
    door.show(found)


@app.command()
@answering
def bridges(
    names: Annotated[list[str] | None, typer.Argument(help="Two institutions or places, or none for everybody. 机构或地方。")] = None,
    cities: Annotated[bool, typer.Option("--cities", help="Who joins two cities. 连接两个城市的人。")] = False,
    *,
    door: Door,
) -> None:
    """List the people who join two institutions or cities. 桥梁人物。"""
    from kg.tracing import find_bridges

    store, network = _tied(door)
    found = find_bridges(store, names or (), "city" if cities else "institution", door.language, network)
    door.show(found)


@app.command()
@answering
def moves(
    person: Annotated[str | None, typer.Argument(help="Only this person. 人物。")] = None,
    *,
    door: Door,
) -> None:
    """List who went from where to where, and when. 人员流动。"""
    from kg.tracing import find_moves

    store, network = _tied(door)
    door.show(find_moves(store, person, door.language, network))


@app.command()
@answering
def profile(
    name: Annotated[str, typer.Argument(help="A person, institute, programme or place. 名称。")],
    *,
    door: Door,
) -> None:
    """Print everything the reports say of one thing, by kind, with the sentences. 档案。"""
    from kg.tracing import profile as profile_of

    store, network = _tied(door)
    door.show(profile_of(store, name, door.language, network))


def _tied(door: Door) -> "tuple[Store, Network]":
    from kg.tracing import network_of_store

    return door.store, network_of_store(door.store, None if door.at else door.graph / "store")
