"""The command that measures a network: measures."""

from dataclasses import replace
from typing import Annotated

import typer

from kg.cli.answering import Door, answering
from kg.cli.options import Form, app


@app.command()
@answering
def measures(
    view: Annotated[str, typer.Argument(help="The view to measure: institution-talent, all. 视图名。")] = "institution-talent",
    by: Annotated[
        str, typer.Option(help="Sort by degree, ties, betweenness, pagerank, community or component. 排序依据。")
    ] = "betweenness",
    top: Annotated[int, typer.Option(min=0, help="How many rows; 0 for all. 行数，0 为全部。")] = 20,
    of: Annotated[str | None, typer.Option(help="With --through: pairs of this kind, e.g. Institute, 研究院. 哪一类。")] = None,
    through: Annotated[str | None, typer.Option(help="... by what they share, e.g. Person. 通过共有的哪一类。")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Draws communities, and sources in large networks. 随机种子。")] = 0,
    *,
    door: Door,
) -> None:
    """Measure a network: degree by type, betweenness, PageRank, communities; or who shares whom. 网络度量。"""
    from kg.catalogue import Wording
    from kg.errors import QueryError
    from kg.measures import bipartite, measure, measured_answer, shared_answer, summary, type_labels
    from kg.views import project

    if bool(of) != bool(through):
        what = Wording("只给出了其中之一", "one is given without the other")
        remedy = Wording("请一并给出，例如 --of 研究院所 --through Person", "give both, e.g. --of Institute --through Person")
        raise QueryError("--of, --through", what, remedy)
    lang, most = door.language, top or None
    network = project(door.store, view, lang)
    if of and through:
        answer = shared_answer(bipartite(network, of, through, lang), most, lang)
    else:
        found = measure(network, seed=seed)
        answer = measured_answer(found, type_labels(door.store, lang), by, most, lang)
        typer.echo(f"kg: {summary(found, lang)}", err=True)
    told = replace(door, form=Form.table) if door.form is Form.cards else door  # a measure has no sentence of its own
    told.answer(answer)
