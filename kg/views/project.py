"""Project a view: the rows of its query become a NetworkX graph whose nodes and edges carry plain values."""

from collections.abc import Collection, Mapping
from itertools import count
from typing import Any

import networkx as nx

from kg.catalogue.wording import Lang
from kg.errors import QueryError
from kg.namespaces import DCTERMS
from kg.store import Store
from kg.views.edges import Edge, fold, fold_events, text_of
from kg.views.things import Kind, find_aliases, find_kinds, find_labels
from kg.views.values import Values
from kg.views.view import find_view


def project(
    store: Store,
    view: str,
    lang: Lang = "zh",
    *,
    reports: Collection[str] = (),
    statuses: Collection[str] = (),
    predicates: Collection[str] = (),
    types: Collection[str] = (),
    focus: str | None = None,
    hops: int = 1,
) -> "nx.MultiDiGraph":
    """Return the network of ``view`` (``institution-talent``, ``all``); one that no row fits has no nodes.

    The key of a node is its IRI, that of an edge the IRI of its first statement. Filters, each empty for no restriction:
    IRIs of ``reports``, ``statuses`` and ``predicates``; ``types`` of the facts format, one of which both ends of an edge
    must have; ``focus``, an IRI or a name, keeps what lies within ``hops`` edges of it.

    Nodes: ``iri``, ``label`` (in ``lang`` where there is one), ``label_zh``, ``label_en``, ``type``, ``class``, ``class_zh``,
    ``class_en``, ``concept`` (an idea, not a thing), ``aliases``, ``pinyin``, ``alias_pinyin``, ``mentions`` (report, start,
    end), ``figures`` and ``events`` (label, status, period, evidence). Edges: ``predicate``, ``label``, ``label_zh``,
    ``label_en``, ``status``, ``status_zh``, ``status_en``, ``done``, ``period_zh``, ``period_en``, ``role_zh``, ``role_en``,
    ``level_zh``, ``level_en``, ``order`` (0: none), ``directed``, ``qualifiers``, ``statements`` (IRIs) and ``evidence``: a
    list of report, statement, quote, start, end, sentence, sentence_start, sentence_end, offsets in code points, and
    rule, decided_by, decided_on, decision of the fact that rests on it (empty texts where nobody decided). Nodes and edges
    have ``rule``, ``decided_by`` and ``decided_on`` too, as lists: all rules and people behind them, with the days.

    Raises ``QueryError`` for an unknown view and for a ``focus`` that is not in it.
    """
    chosen = find_view(view, lang)
    rows = [row for row in store.select(chosen.sparql) if not reports or text_of(row, "report") in reports]
    edges = fold(rows)
    events = {edge.object for edge in edges if edge.object in edge.facts}
    kinds = find_kinds(store, {end for edge in edges for end in (edge.subject, edge.object)})
    folded = fold_events(edges, {event: kinds[event].cls for event in events})
    kept = [edge for edge in folded.edges if _fits(edge, statuses, predicates) and (not types or _of_types(edge, kinds, types))]
    if focus:
        kept = _near(store, kept, focus, hops, lang)
    graph = nx.MultiDiGraph(
        view=view,
        lang=lang,
        label_zh=chosen.summary.zh,
        label_en=chosen.summary.en,
        about_zh=chosen.description.zh,
        about_en=chosen.description.en,
        query=chosen.sparql,
    )
    nodes = sorted({end for edge in kept for end in (edge.subject, edge.object)})
    used: set[str] = set()
    values = Values(store, lang, {node: kinds[node] for node in nodes}, kept, folded.alone)
    for node in nodes:
        graph.add_node(node, **values.of_node(node))
    for edge in kept:
        graph.add_edge(edge.subject, edge.object, key=_key(used, edge), **values.of_edge(edge))
    graph.graph["reports"] = report_titles(store, graph)
    return graph


def _fits(edge: Edge, statuses: Collection[str], predicates: Collection[str]) -> bool:
    return (not statuses or edge.status in statuses) and (not predicates or edge.predicate in predicates)


def _of_types(edge: Edge, kinds: Mapping[str, Kind], types: Collection[str]) -> bool:
    return kinds[edge.subject].type in types and kinds[edge.object].type in types


def _key(used: set[str], edge: Edge) -> str:
    """Return the first statement of ``edge``, numbered from 2 where it has made an edge before (an event of many has)."""
    key = next(key for n in count(1) if (key := edge.facts[0] if n == 1 else f"{edge.facts[0]}-{n}") not in used)
    used.add(key)
    return key


def _near(store: Store, edges: list[Edge], focus: str, hops: int, lang: Lang) -> list[Edge]:
    """Return the edges between nodes within ``hops`` edges of those called ``focus``."""
    nodes = {end for edge in edges for end in (edge.subject, edge.object)}
    labels, aliases = find_labels(store, nodes), find_aliases(store, nodes)
    near = {node for node in nodes if focus in (node, labels[node].zh, labels[node].en, *aliases.get(node, ()))}
    if not near:
        raise _no_focus(focus, sorted({label.zh or label.en for label in labels.values()}), lang)
    for _ in range(hops):
        near |= {end for edge in edges if edge.subject in near or edge.object in near for end in (edge.subject, edge.object)}
    return [edge for edge in edges if edge.subject in near and edge.object in near]


def _no_focus(focus: str, names: list[str], lang: Lang) -> QueryError:
    close = [name for name in names if focus[:2] in name][:5]
    if lang == "zh":
        return QueryError(f"节点“{focus}”", "这个视图里没有它", f"相近的有：{'、'.join(close)}" if close else "换一个名称，或换一个视图")
    return QueryError(
        f"node “{focus}”", "it is not in this view", f"close to it: {', '.join(close)}" if close else "try another name or view"
    )


def report_titles(store: Store, graph: Any) -> dict[str, str]:
    """Return the titles of the reports that ``graph`` draws on, by IRI."""
    wanted = {proof["report"] for _, _, edge in graph.edges(data=True) for proof in edge["evidence"]}
    found: dict[str, str] = {}
    for row in store.select(
        f"SELECT ?report ?title WHERE {{ GRAPH ?graph {{ ?report <{DCTERMS}title> ?title }} }} ORDER BY ?report ?title"
    ):
        found.setdefault(text_of(row, "report"), text_of(row, "title"))
    return {report: found.get(report, report.rpartition("/")[2]) for report in sorted(wanted)}
