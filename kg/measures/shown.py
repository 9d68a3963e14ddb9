"""Measures and shared ties as an answer, which is printed like any other: a table, CSV, JSON, Markdown."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.ask import Answer, Cell
from kg.ask.labels import find_labels
from kg.catalogue import Column, Lang, Wording
from kg.errors import QueryError
from kg.measures.table import Measured, Measures
from kg.namespaces import RIE
from kg.store import Store
from kg.triples.classes import ENTITY_CLASSES
from kg.triples.terms import Iri

if TYPE_CHECKING:
    import networkx as nx

BY = ("degree", "ties", "betweenness", "pagerank", "community", "component")
_COLUMNS = {
    "node": Wording("节点", "Node"),
    "type": Wording("类型", "Type"),
    "degree": Wording("邻居", "Degree"),
    "neighbours": Wording("邻居的类型", "Neighbours by type"),
    "ties": Wording("联系", "Ties"),
    "betweenness": Wording("中介中心性", "Betweenness"),
    "pagerank": Wording("PageRank", "PageRank"),
    "community": Wording("社群", "Community"),
    "component": Wording("连通分量", "Component"),
}
_SHARED = {
    "first": Wording("其一", "One"),
    "second": Wording("其二", "Other"),
    "weight": Wording("共有", "Shared"),
    "shared": Wording("共有者", "Which"),
    "quotes": Wording("原句", "Quotes"),
}


def measured_answer(found: Measures, kinds: Mapping[str, str], by: str, top: int | None, lang: Lang) -> Answer:
    """Return the ``top`` nodes (``None``: all) by the measure ``by`` (see ``BY``), the largest first.

    ``kinds`` are the labels of the types. Communities and components are told from 1, as people count, and sorted from there.
    Raises ``QueryError`` in ``lang`` for another measure.
    """
    if by not in BY:
        what = Wording("没有这个度量", "there is no such measure").said(lang)
        raise QueryError(f"--by={by[:60]}", what, Wording(f"可用：{'、'.join(BY)}", f"use one of {', '.join(BY)}").said(lang))
    sign = 1 if by in ("community", "component") else -1
    rows = sorted(found.rows, key=lambda row: (sign * getattr(row, by), -row.degree, -row.betweenness, row.iri))[:top]
    return Answer(_columns(_COLUMNS, lang), tuple(_measured(row, kinds, lang) for row in rows))


def shared_answer(found: "nx.Graph[str]", top: int | None, lang: Lang) -> Answer:
    """Return the ``top`` pairs of a bipartite projection that share most, with what they share and the quotes that say so."""
    pairs = sorted(found.edges(data=True), key=lambda edge: (-edge[2]["weight"], sorted(edge[:2])))[:top]
    rows = []
    for pair in pairs:
        names = sorted(pair[:2])
        edge = pair[2]
        quotes = dict.fromkeys(str(record["quote"]) for record in edge["evidence"])
        ends = [Cell(str(found.nodes[name].get("label", name)), name) for name in names]
        rows.append((*ends, _number(edge["weight"]), _joined(edge["shared_labels"], lang), _joined(quotes, lang)))
    return Answer(_columns(_SHARED, lang), tuple(rows))


def summary(found: Measures, lang: Lang) -> str:
    """Return what is told under the table: sizes, modularity, and from how many nodes betweenness was measured.

    >>> summary(Measures((), 0, 0, 0.0, 0, 0), "en")
    '0 nodes, 0 tied pairs, 0 components, 0 communities (modularity 0.000), betweenness exact'
    """
    exact = Wording("中介中心性为精确值", "betweenness exact")
    sampled = Wording(f"中介中心性由 {found.sources} 个起点估计", f"betweenness estimated from {found.sources} nodes")
    sizes = Wording(
        f"{len(found.rows)} 个节点，{found.pairs} 对相连，{found.components} 个连通分量，"
        f"{found.communities} 个社群（模块度 {found.modularity:.3f}），",
        f"{len(found.rows)} nodes, {found.pairs} tied pairs, {found.components} components, "
        f"{found.communities} communities (modularity {found.modularity:.3f}), ",
    )
    return sizes.said(lang) + (exact if found.exact else sampled).said(lang)


def _measured(row: Measured, kinds: Mapping[str, str], lang: Lang) -> tuple[Cell | None, ...]:
    near = [f"{kinds.get(kind, kind)} {count}" for kind, count in row.by_type.items()]
    return (
        Cell(row.label, row.iri),
        Cell(kinds.get(row.type, row.type)),
        _number(row.degree),
        _joined(near, lang) if near else None,
        _number(row.ties),
        _number(row.betweenness),
        _number(row.pagerank),
        _number(row.community + 1),
        _number(row.component + 1),
    )


def _columns(labels: dict[str, Wording], lang: Lang) -> tuple[Column, ...]:
    return tuple(Column(name, label) for name, label in labels.items())


def _number(value: float) -> Cell:
    number = value if isinstance(value, int) else Decimal(f"{value:.6f}")
    return Cell(str(number), value=number)


def _joined(parts: Iterable[str], lang: Lang) -> Cell:
    return Cell(("；" if lang == "zh" else "; ").join(parts))


def type_labels(store: Store, lang: Lang) -> dict[str, str]:
    """Return what the types of the facts format are called: the labels of their classes."""
    classes = {**ENTITY_CLASSES, "Event": f"{RIE}EcosystemEvent"}
    labels = find_labels(store, map(Iri, classes.values()), lang)
    return {kind: labels[cls] for kind, cls in classes.items()}
