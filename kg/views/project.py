"""Project a view: the rows of its query become a NetworkX graph whose nodes and edges carry plain values."""

from collections.abc import Collection, Iterable
from itertools import count
from typing import Any

import networkx as nx

from kg.catalogue.wording import Lang
from kg.errors import QueryError
from kg.namespaces import DCTERMS, RIEC
from kg.store import Store
from kg.views.edges import ACHIEVED, DONE, Edge, fold, fold_events, text_of
from kg.views.names import syllables
from kg.views.things import Figure, Label, find_aliases, find_figures, find_kinds, find_labels, find_mentions
from kg.views.view import find_view

_PERSONS = {"Academician", "Person"}


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
    list of report, statement, quote, start, end, sentence, sentence_start, sentence_end, offsets in code points.

    Raises ``QueryError`` for an unknown view and for a ``focus`` that is not in it.
    """
    chosen = find_view(view, lang)
    rows = [row for row in store.select(chosen.sparql) if not reports or text_of(row, "report") in reports]
    edges = fold(rows)
    events = {edge.object for edge in edges if edge.object in edge.facts}
    kinds = find_kinds(store, {end for edge in edges for end in (edge.subject, edge.object)})
    folded = fold_events(edges, {event: kinds[event].cls for event in events})
    kept = [edge for edge in folded.edges if _fits(edge, statuses, predicates) and (not types or _of_types(edge, kinds, types))]
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
    writer = _Writer(store, lang, nodes, kept, folded.alone)
    for node in nodes:
        graph.add_node(node, **writer.node(node, kinds[node]))
    for edge in kept:
        graph.add_edge(edge.subject, edge.object, key=_key(used, edge), **writer.edge(edge))
    if focus:
        graph = _around(graph, focus, hops, lang)
    graph.graph["reports"] = report_titles(store, graph)
    return graph


def _fits(edge: Edge, statuses: Collection[str], predicates: Collection[str]) -> bool:
    return (not statuses or edge.status in statuses) and (not predicates or edge.predicate in predicates)


def _of_types(edge: Edge, kinds: Any, types: Collection[str]) -> bool:
    return kinds[edge.subject].type in types and kinds[edge.object].type in types


def _key(used: set[str], edge: Edge) -> str:
    """Return the first statement of ``edge``, numbered from 2 where it has made an edge before (an event of many has)."""
    key = next(key for n in count(1) if (key := edge.facts[0] if n == 1 else f"{edge.facts[0]}-{n}") not in used)
    used.add(key)
    return key


class _Writer:
    """Writes nodes and edges as plain values, from labels read in few queries."""

    def __init__(self, store: Store, lang: Lang, nodes: list[str], edges: Iterable[Edge], alone: Iterable[Edge]) -> None:
        self.lang = lang
        here = set(nodes)
        self.alone = [edge for edge in alone if edge.subject in here]
        self.aliases, self.mentions = find_aliases(store, nodes), find_mentions(store, nodes)
        self.figures = find_figures(store, nodes)
        self.kinds = find_kinds(store, nodes)
        shown = [*edges, *self.alone]
        numbers = [figure for figures in self.figures.values() for figure in figures]
        self.labels = find_labels(
            store,
            {
                ACHIEVED,
                *nodes,
                *(kind.cls for kind in self.kinds.values()),
                *(
                    iri
                    for edge in shown
                    for iri in (edge.predicate, edge.status, edge.period, edge.role, edge.level, edge.object, edge.event)
                ),
                *(iri for figure in numbers for iri in (figure.indicator, figure.measure, figure.status, figure.period)),
            },
        )

    def both(self, name: str, iri: str) -> dict[str, str]:
        label = self.labels.get(iri, Label())
        return {f"{name}_zh": label.zh, f"{name}_en": label.en}

    def said(self, iri: str) -> str:
        label = self.labels.get(iri, Label())
        return (label.zh or label.en) if self.lang == "zh" else (label.en or label.zh)

    def node(self, iri: str, kind: Any) -> dict[str, Any]:
        person = kind.type in _PERSONS
        label = self.labels[iri]
        aliases = [name for name in self.aliases.get(iri, []) if name not in (label.zh, label.en)]
        return {
            "iri": iri,
            "label": self.said(iri),
            **self.both("label", iri),
            "type": kind.type,
            "class": kind.cls,
            **self.both("class", kind.cls),
            "concept": kind.concept,
            "aliases": aliases,
            "pinyin": syllables(label.zh or label.en, person),
            "alias_pinyin": [syllables(name, person) for name in aliases],
            "mentions": self._mentions(iri, {label.zh, label.en, *aliases}, kind.concept),
            "figures": [self._figure(figure) for figure in self.figures.get(iri, [])],
            "events": [self._event(edge) for edge in self.alone if edge.subject == iri],
        }

    def edge(self, edge: Edge) -> dict[str, Any]:
        return {
            "predicate": edge.predicate,
            "label": self.said(edge.predicate),
            **self.both("label", edge.predicate),
            **self._when(edge.status, edge.period),
            **self.both("role", edge.role),
            **self.both("level", edge.level),
            "order": edge.order,
            "directed": edge.directed,
            "qualifiers": [*([f"event={self.said(edge.event)}"] if edge.event else []), *edge.qualifiers],
            "statements": list(edge.facts),
            "evidence": [passage.record() for passage in edge.passages],
        }

    def _mentions(self, iri: str, names: set[str], concept: bool) -> list[dict[str, Any]]:
        """Return where a node is printed; the passage that only describes a concept is not its name."""
        found = [passage for passage in self.mentions.get(iri, []) if not concept or passage.quote in names]
        return [{"report": passage.report, "start": passage.start, "end": passage.end} for passage in found]

    def _when(self, status: str, period: str) -> dict[str, Any]:
        return {"status": status, "done": status in DONE, **self.both("status", status), **self.both("period", period)}

    def _figure(self, figure: Figure) -> dict[str, Any]:
        indicator, measure = self.labels[figure.indicator], self.labels[figure.measure]
        plain = figure.measure == f"{RIEC}measure-value"  # what is counted is said by the indicator
        scope = f"（{figure.scope}）" if figure.scope else ""
        zh = f"，第{figure.rank}位{scope}" if figure.rank else ""
        en = f", rank {figure.rank}{' in ' + figure.scope if figure.scope else ''}" if figure.rank else ""
        return {
            "iri": figure.fact,
            "label_zh": f"{figure.name}：{'' if plain else measure.zh + ' '}{figure.printed}{zh}",
            "label_en": f"{indicator.en or figure.name}: {'' if plain else measure.en + ' '}{figure.printed}{en}",
            **self._when(figure.status, figure.period),
            "evidence": [figure.passage.record()],
        }

    def _event(self, edge: Edge) -> dict[str, Any]:
        return {
            "iri": edge.object,
            **self.both("label", edge.object),
            **self._when(edge.status, edge.period),
            "evidence": [passage.record() for passage in edge.passages],
        }


def _around(graph: Any, focus: str, hops: int, lang: Lang) -> Any:
    """Return the part of ``graph`` within ``hops`` edges of the nodes called ``focus``."""
    named = [node for node, values in graph.nodes(data=True) if focus in (node, values["label_zh"], values["label_en"], *values["aliases"])]
    if not named:
        close = sorted({values["label"] for _, values in graph.nodes(data=True) if focus[:2] in values["label"]})[:5]
        if lang == "zh":
            raise QueryError(f"节点“{focus}”", "这个视图里没有它", f"相近的有：{'、'.join(close)}" if close else "换一个名称，或换一个视图")
        raise QueryError(
            f"node “{focus}”", "it is not in this view", f"close to it: {', '.join(close)}" if close else "try another name or view"
        )
    near: set[str] = set(named)
    undirected = graph.to_undirected(as_view=True)
    for _ in range(hops):
        near |= {other for node in near for other in undirected[node]}
    return nx.MultiDiGraph(graph.subgraph(near))


def report_titles(store: Store, graph: Any) -> dict[str, str]:
    """Return the titles of the reports that ``graph`` draws on, by IRI."""
    wanted = {proof["report"] for _, _, edge in graph.edges(data=True) for proof in edge["evidence"]}
    found: dict[str, str] = {}
    for row in store.select(
        f"SELECT ?report ?title WHERE {{ GRAPH ?graph {{ ?report <{DCTERMS}title> ?title }} }} ORDER BY ?report ?title"
    ):
        found.setdefault(text_of(row, "report"), text_of(row, "title"))
    return {report: found.get(report, report.rpartition("/")[2]) for report in sorted(wanted)}
