"""What lies around given things: found step by step, cut to the nearest and the best attested."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.ask.names import close_names, find_things
from kg.catalogue.networks import View
from kg.catalogue.wording import Lang, Wording
from kg.errors import QueryError
from kg.store import Store
from kg.views.edges import Edge, Row, text_of
from kg.views.things import find_labels

_AT_ONCE = 400  # things in one query
FARTHEST = 12  # hops


@dataclass(frozen=True, slots=True)
class Near:
    """The edges between the nodes that were kept, and how many nodes within reach were not."""

    edges: tuple[Edge, ...]
    left_out: int


def rows_around(store: Store, view: View, centre: Collection[str], hops: int, limit: int | None) -> tuple[list[Row], bool]:
    """Return the rows of ``view`` within ``hops`` of ``centre``, and those between the things farthest out.

    With ``limit`` no step is taken beyond the ring in which more things than that are reached; the second value says whether
    that ended the search while something lay farther out.
    """
    seen: set[str] = set()
    rows: dict[tuple[str, ...], Row] = {}
    fresh = set(centre)
    for step in range(hops + 1):
        seen |= fresh
        found = [row for batch in _batches(fresh) for row in store.select(view.around(batch))]
        rows |= {tuple(text_of(row, name) for name in row): row for row in found}
        reached = {end for row in found for end in (text_of(row, "subject"), text_of(row, "object"))} - seen
        if step == hops or not reached or (limit is not None and len(seen) > limit):
            break
        fresh = reached
    return list(rows.values()), bool(reached) and step + 1 < hops


def _batches(things: Iterable[str]) -> Iterable[list[str]]:
    listed = sorted(things)
    return (listed[begin : begin + _AT_ONCE] for begin in range(0, len(listed), _AT_ONCE))


def find_centre(store: Store, focus: str, strict: bool, lang: Lang) -> frozenset[str]:
    """Return the things that ``focus`` may name (a name, short name, English name, pinyin or IRI).

    Where the graph has none, ``QueryError`` with the names that come close if ``strict``, else nothing.
    """
    try:
        return frozenset(map(str, find_things(store, focus, lang)))
    except QueryError:
        if strict:
            raise
        return frozenset()


def near(edges: Collection[Edge], centre: Collection[str], hops: int, limit: int | None = None) -> Near:
    """Return the edges between nodes within ``hops`` edges of ``centre``.

    With ``limit`` at most so many nodes: the nearest, among these those with most edges, then by IRI.
    """
    distance = dict.fromkeys(centre, 0)
    for step in range(1, hops + 1):
        ring = {end for edge in edges if edge.subject in distance or edge.object in distance for end in (edge.subject, edge.object)}
        if ring <= distance.keys():
            break
        for node in ring - distance.keys():
            distance[node] = step
    degree = Counter(end for edge in edges for end in (edge.subject, edge.object))
    nodes = sorted((node for node in distance if degree[node]), key=lambda node: (distance[node], -degree[node], node))
    kept = set(nodes if limit is None else nodes[:limit])
    return Near(tuple(edge for edge in edges if edge.subject in kept and edge.object in kept), len(nodes) - len(kept))


def check_reach(hops: int, limit: int | None, lang: Lang) -> None:
    """Raise ``QueryError`` for a number of hops or nodes that is none."""
    for name, value, least, most in (("hops", hops, 0, FARTHEST), ("limit", limit, 2, None)):
        if value is not None and (value < least or (most is not None and value > most)):
            what = Wording(f"{value} 不在范围内", f"{value} is out of range")
            zh, en = (f"{least} 到 {most} 的整数", f"from {least} to {most}") if most else (f"不小于 {least} 的整数", f"of {least} or more")
            raise QueryError(name, what.said(lang), Wording(f"请给出 {zh}", f"give a whole number {en}").said(lang))


def not_here(store: Store, nodes: Iterable[str], focus: str, lang: Lang) -> QueryError:
    """Return the error for a ``focus`` that none of ``nodes`` is called, with the names of those that come close."""
    close = close_names(focus, [name for label in find_labels(store, nodes).values() for name in (label.zh, label.en) if name])
    where = Wording(f"节点“{focus[:60]}”", f"node “{focus[:60]}”")
    what = Wording("这个视图里没有它", "it is not in this view")
    remedy = Wording("换一个名称，或换一个视图", "try another name or view")
    if close:
        remedy = Wording(f"相近的有：{'、'.join(close)}", f"close to it: {', '.join(close)}")
    return QueryError(where.said(lang), what.said(lang), remedy.said(lang))


def no_focus(view: str, lang: Lang) -> QueryError:
    """Return the error for a view around something when nothing was named."""
    where, what = Wording(f"视图“{view}”", f"view “{view}”"), Wording("没有说明以什么为中心", "it is not said around what")
    return QueryError(where.said(lang), what.said(lang), Wording("用 focus 给出名称", "name it with focus").said(lang))
