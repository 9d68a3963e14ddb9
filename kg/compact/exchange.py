"""From the compact form to a NetworkX graph, several times faster than edge by edge.

``add_edges_from`` looks at every edge for itself. Here the neighbours of a node are put into its dictionary all at once, which
the public methods do not offer: the two dictionaries of adjacencies are filled directly, as NetworkX's own back ends do. A test
holds the outcome against ``add_edges_from``.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

    from kg.compact.network import CompactNetwork

Ids = NDArray[np.int32]


def fill(graph: "nx.Graph[str]", network: "CompactNetwork") -> None:
    """Add the nodes and ties of ``network`` to ``graph``, which is new: ``predicate`` on edges, the key of parallel ones."""
    names = network.nodes.all()
    relations = [network.predicates[i] for i in network.predicate.tolist()]
    with collector_paused():
        graph.add_nodes_from(names)
        if graph.is_directed():
            said = _said(network, relations, graph.is_multigraph())
            adjacent: Any = graph
            _join(adjacent._succ, names, network.subject, network.object, said)
            _join(adjacent._pred, names, network.object, network.subject, said)
        else:
            ends = (map(names.__getitem__, ids.tolist()) for ids in (network.subject, network.object))
            rows = zip(*ends, *([relations] if graph.is_multigraph() else []), [{"predicate": p} for p in relations], strict=True)
            graph.add_edges_from(rows)


def _said(network: "CompactNetwork", relations: Sequence[str], parallel: bool) -> list[dict[str, Any]]:
    """Return for each tie what its pair of ends holds: one dictionary a pair, of values or, where ``parallel``, of keys."""
    said: list[dict[str, Any]] = [{"predicate": relation} for relation in relations]
    if parallel:
        said = [{relation: values} for relation, values in zip(relations, said, strict=True)]
    pairs = network.subject.astype(np.int64) * max(network.size, 1) + network.object
    _, first, pair = np.unique(pairs, return_index=True, return_inverse=True)
    before = first[pair]
    for again in np.flatnonzero(before != np.arange(len(before))).tolist():
        held = said[before[again]]
        held.update(said[again])
        said[again] = held
    return said


def _join(adjacent: dict[str, dict[str, Any]], names: list[str], ends: Ids, others: Ids, said: list[dict[str, Any]]) -> None:
    """Put the neighbours of each node into its dictionary, in the order of the ties."""
    order = np.argsort(ends, kind="stable")
    near = _objects(names)[others[order]].tolist()
    held = _objects(said)[order].tolist()
    nodes, begins = np.unique(ends[order], return_index=True)
    bounds = [*begins.tolist(), len(ends)]
    for node, (begin, end) in zip(nodes.tolist(), pairwise(bounds), strict=True):
        adjacent[names[node]].update(zip(near[begin:end], held[begin:end], strict=True))


def _objects(things: Sequence[object]) -> NDArray[np.object_]:
    """Return an array of Python objects, from which many are taken in one go."""
    found = np.empty(len(things), dtype=object)
    found[:] = things
    return found


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the search for cycles while millions of dictionaries are made, none of which is rubbish; it halves the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
