"""What a researcher reports of a network: degree by type, betweenness, PageRank, community and component of each node."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import connected_components

from kg.compact import CompactNetwork
from kg.measures.centrality import betweenness, pagerank, sources_of
from kg.measures.communities import communities_of, modularity
from kg.measures.simple import Anything, Simple, in_order_of_size, simple_of

_DIGITS = 10  # that are kept of a share, so that another processor's last bit changes no file


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of one node.

    ``degree`` counts the neighbours, ``by_type`` tells how many of each type, ``ties`` counts the edges to them.
    ``betweenness`` is the share of shortest paths between two others that lead through the node (0 to 1), ``pagerank`` sums
    to 1 over the network; ``community`` and ``component`` are numbered from 0, the largest first.
    """

    iri: str
    label: str
    type: str
    degree: int
    ties: int
    by_type: dict[str, int]
    betweenness: float
    pagerank: float
    community: int
    component: int


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a network, one row a node, in the order of the IRIs.

    ``pairs`` is how many pairs of nodes are tied. ``sources`` tells from how many nodes betweenness was measured: as many as
    there are nodes where it is exact, fewer where it is an estimate.
    """

    rows: tuple[Measured, ...]
    pairs: int
    communities: int
    modularity: float
    components: int
    sources: int

    @property
    def exact(self) -> bool:
        """Whether betweenness was measured from every node."""
        return self.sources == len(self.rows)


def measure(network: "Anything", *, seed: int = 0) -> Measures:
    """Return the measures of ``network``; nodes of a NetworkX graph may have ``label`` and ``type``.

    A relation is grammar, not endorsement (who leads is no less tied than who is led), so all measures take ties both ways.
    ``seed`` draws the communities and, where betweenness is an estimate, its sources.
    """
    simple = simple_of(network)
    labels, types = _said(network, simple)
    community = communities_of(simple, seed)
    component = in_order_of_size(connected_components(simple.matrix(), directed=False)[1]) if simple.size else community
    sources = sources_of(simple, seed)
    columns = (
        simple.degree().tolist(),
        simple.ties().tolist(),
        _by_type(simple, types),
        _rounded(betweenness(simple, sources)),
        _rounded(pagerank(simple)),
        community.tolist(),
        component.tolist(),
    )
    rows = tuple(Measured(*row) for row in zip(simple.nodes, labels, types, *columns, strict=True))
    counts = (int(numbers.max(initial=-1)) + 1 for numbers in (community, component))
    return Measures(rows, len(simple.a), next(counts), modularity(simple, community), next(counts), len(sources))


def annotate(network: "nx.MultiDiGraph[str]", *, seed: int = 0) -> None:
    """Write ``degree``, ``ties``, ``betweenness``, ``pagerank``, ``community`` and ``component`` on the nodes as plain numbers."""
    for row in measure(network, seed=seed).rows:
        network.nodes[row.iri].update(
            degree=row.degree,
            ties=row.ties,
            betweenness=row.betweenness,
            pagerank=row.pagerank,
            community=row.community,
            component=row.component,
        )


def _said(network: "Anything", simple: Simple) -> tuple[list[str], list[str]]:
    """Return the label and the type of each node, the IRI and nothing where the network does not tell."""
    if isinstance(network, CompactNetwork):
        return list(simple.nodes), [""] * simple.size
    told = [network.nodes[node] for node in simple.nodes]
    labels = [str(values.get("label", node)) for node, values in zip(simple.nodes, told, strict=True)]
    return labels, [str(values.get("type", "")) for values in told]


def _by_type(simple: Simple, types: list[str]) -> list[dict[str, int]]:
    """Return for each node how many neighbours of each type it has, the most first."""
    names = sorted(set(types))
    kind = np.array([names.index(name) for name in types], dtype=np.int64) if len(names) > 1 else np.zeros(simple.size, dtype=np.int64)
    ends, others = np.concatenate((simple.a, simple.b)), np.concatenate((simple.b, simple.a))
    keys, counts = np.unique(ends.astype(np.int64) * max(len(names), 1) + kind[others], return_counts=True)
    found: list[Counter[str]] = [Counter() for _ in range(simple.size)]
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        node, place = divmod(key, len(names))
        found[node][names[place]] = count
    return [dict(counter.most_common()) for counter in found]


def _rounded(values: Iterable[float]) -> list[float]:
    return [float(f"{value:.{_DIGITS}g}") for value in values]
