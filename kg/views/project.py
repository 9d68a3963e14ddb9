"""Project a view: the rows of its query become a NetworkX graph whose nodes and edges carry plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import networkx as nx

from kg.ask.places import lying_in
from kg.catalogue.networks import View, find_view
from kg.catalogue.wording import Lang
from kg.namespaces import DCTERMS
from kg.store import Store
from kg.views.edges import Edge, Row, fold, fold_events, text_of
from kg.views.filters import EVERYTHING, Filter, narrowed, sieve
from kg.views.focus import check_reach, find_centre, near, no_focus, not_here, rows_around
from kg.views.inference import infer
from kg.views.originals import add_originals, records_of
from kg.views.things import Kind, Label, find_days, find_kinds, find_labels
from kg.views.values import Values


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of a view is shown: its edges, the events of one participant, the kinds of its nodes, and how it came about."""

    edges: tuple[Edge, ...]
    alone: tuple[Edge, ...]
    kinds: Mapping[str, Kind]
    account: dict[str, Any]


def project(
    store: Store,
    view: str,
    lang: Lang = "zh",
    *,
    only: Filter = EVERYTHING,
    focus: str | None = None,
    hops: int = 1,
    limit: int | None = None,
) -> "nx.MultiDiGraph":
    """Return the network of ``view`` (``queries/views``); one that no row fits has no nodes.

    The key of a node is its IRI, that of an edge the IRI of its first statement; the attributes of both are listed in
    ``docs/architecture.md`` under "Network attributes". ``only`` narrows it down. ``focus``, a name in Chinese, English or
    pinyin or an IRI, keeps what lies within ``hops`` edges of it (0 to 12), at most ``limit`` nodes, the nearest first; the view
    ``ego`` is asked for nothing else, step by step.

    The graph itself carries ``view``, ``lang``, ``label_zh``, ``label_en``, ``about_zh``, ``about_en``, ``query``, ``reports``
    (titles by IRI) and how it was narrowed: ``left`` (how many edges the view and then each filter left), ``narrowed_zh`` and
    ``narrowed_en`` (to what), ``undated`` (edges without a date that were kept under a period), ``left_out`` (nodes beyond
    ``limit``; at least so many where ``cut_short`` says that the search ended before ``hops``), ``focus`` (IRIs of what lies in
    the middle) with ``focus_zh`` and ``focus_en``, and ``rules`` (what was inferred: id, label, explanation, count).

    Raises ``QueryError`` for an unknown view, for a ``focus`` that is not in it, and for hops or a limit out of range.
    """
    chosen = find_view(view, lang)
    check_reach(hops, limit, lang)
    shown = _shown(store, chosen, only, focus, (hops, limit), lang)
    graph = nx.MultiDiGraph(
        view=view,
        lang=lang,
        label_zh=chosen.summary.zh,
        label_en=chosen.summary.en,
        about_zh=chosen.description.zh,
        about_en=chosen.description.en,
        query=chosen.sparql,
        **shown.account,
    )
    nodes = sorted({end for edge in shown.edges for end in (edge.subject, edge.object)})
    used: set[str] = set()
    values = Values(store, lang, {node: shown.kinds[node] for node in nodes}, shown.edges, shown.alone, only.reports)
    for node in nodes:
        graph.add_node(node, **values.of_node(node))
    for edge in shown.edges:
        graph.add_edge(edge.subject, edge.object, key=_key(used, edge), **values.of_edge(edge))
    add_originals(store, graph)
    graph.graph["reports"] = report_titles(store, graph)
    return graph


def _shown(store: Store, view: View, only: Filter, focus: str | None, reach: tuple[int, int | None], lang: Lang) -> _Shown:
    centre = find_centre(store, focus, view.centred, lang) if focus else frozenset()
    rows, cut_short = _rows(store, view, centre, reach, lang)
    stated = fold(rows)
    left = [("view", _drawn(stated))]
    if only.reports:
        stated = fold(row for row in rows if text_of(row, "report") in only.reports)
        left.append(("report", _drawn(stated)))
    kinds = find_kinds(store, {end for edge in stated for end in (edge.subject, edge.object)})
    folded = fold_events(stated, {edge.object: kinds[edge.object].cls for edge in stated if edge.object in edge.facts})
    rules = infer(store, kinds.keys(), folded.edges, only.reports) if only.inferred else []
    edges = (*folded.edges, *(edge for rule in rules for edge in rule.edges))
    days = find_days(store, {edge.period for edge in edges if edge.period}) if only.dated else {}
    sieved = sieve(edges, only, kinds, days, lying_in(store, only.places))
    kept, left_out = sieved.edges, 0
    left.extend(sieved.left)
    if focus:
        if not centre & kinds.keys():
            raise not_here(store, kinds, focus, lang)
        around = near(kept, centre, *reach)
        kept, left_out = around.edges, around.left_out
        left.append(("focus", len(kept)))
    account = {
        **_middle(store, centre & {end for edge in kept for end in (edge.subject, edge.object)}),
        **_narrowed(store, only),
        "left": [{"filter": name, "left": number} for name, number in left],
        "left_out": left_out,
        "cut_short": cut_short,
        "undated": sum(not any(days.get(edge.period, ())) for edge in kept) if only.dated else 0,
        "rules": [rule.record() for rule in rules],
    }
    return _Shown(kept, folded.alone, kinds, account)


def _middle(store: Store, centre: Iterable[str]) -> dict[str, Any]:
    """Return what lies in the middle: ``focus``, ``focus_zh``, ``focus_en``."""
    labels = find_labels(store, centre)
    zh, en = ({label.zh or label.en for label in labels.values()}, {label.en or label.zh for label in labels.values()})
    return {"focus": sorted(labels), "focus_zh": "、".join(sorted(zh)), "focus_en": ", ".join(sorted(en))}


def _narrowed(store: Store, only: Filter) -> dict[str, str]:
    """Return to what ``only`` narrows: ``narrowed_zh``, ``narrowed_en``."""
    titles = titles_of(store, only.reports) if only.reports else {}
    labels = find_labels(store, only.relations | only.statuses | only.places)
    said = narrowed(only, labels | {report: Label(title) for report, title in titles.items()})
    return {"narrowed_zh": said.zh, "narrowed_en": said.en}


def _drawn(stated: list[Edge]) -> int:
    """Return how many edges are drawn for ``stated``, events folded."""
    return len(fold_events(stated, {}).edges)


def _rows(store: Store, view: View, centre: frozenset[str], reach: tuple[int, int | None], lang: Lang) -> tuple[list[Row], bool]:
    if not view.centred:
        return list(store.select(view.sparql)), False
    if not centre:
        raise no_focus(view.name, lang)
    return rows_around(store, view, centre, *reach)


def _key(used: set[str], edge: Edge) -> str:
    """Return the first statement of ``edge``, numbered from 2 where it has made an edge before (an event of many has)."""
    key = next(key for n in count(1) if (key := edge.facts[0] if n == 1 else f"{edge.facts[0]}-{n}") not in used)
    used.add(key)
    return key


def report_titles(store: Store, graph: Any) -> dict[str, str]:
    """Return the titles of the reports that ``graph`` draws on, by IRI."""
    return titles_of(store, {proof["report"] for proof in records_of(graph)})


def titles_of(store: Store, reports: Iterable[str]) -> dict[str, str]:
    """Return the title of each of ``reports`` (IRIs), the end of its IRI where it has none."""
    found: dict[str, str] = {}
    for row in store.select(
        f"SELECT ?report ?title WHERE {{ GRAPH ?graph {{ ?report <{DCTERMS}title> ?title }} }} ORDER BY ?report ?title"
    ):
        found.setdefault(text_of(row, "report"), text_of(row, "title"))
    return {report: found.get(report, report.rpartition("/")[2]) for report in sorted(reports)}
