"""What a researcher reports of a network: degree, betweenness, PageRank, community and component of each node."""

from collections import Counter
from dataclasses import dataclass

import networkx as nx

from kg.measures.communities import communities, numbered
from kg.measures.neighbours import neighbours


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
    """The measures of a network, one row a node, in the order of the IRIs."""

    rows: tuple[Measured, ...]
    modularity: float


def measure(network: "nx.MultiDiGraph[str]") -> Measures:
    """Return the measures of ``network``, whose nodes have ``label`` and ``type``.

    A relation is grammar, not endorsement (who leads is no less tied than who is led), so all measures take ties both ways.
    """
    simple = neighbours(network)
    between = nx.betweenness_centrality(simple)
    rank = nx.pagerank(simple, weight="weight")
    community = communities(network)
    component = numbered(nx.connected_components(simple))
    groups: dict[int, set[str]] = {}
    for node, number in community.items():
        groups.setdefault(number, set()).add(node)
    modularity = float(nx.community.modularity(simple, groups.values(), weight="weight")) if simple.size() else 0.0
    rows = tuple(
        Measured(
            iri,
            str(network.nodes[iri].get("label", iri)),
            str(network.nodes[iri].get("type", "")),
            simple.degree(iri),
            int(simple.degree(iri, weight="weight")),
            dict(sorted(Counter(str(network.nodes[other].get("type", "")) for other in simple[iri]).items())),
            between[iri],
            rank[iri],
            community[iri],
            component[iri],
        )
        for iri in simple
    )
    return Measures(rows, modularity)


def annotate(network: "nx.MultiDiGraph[str]") -> None:
    """Write ``degree``, ``betweenness``, ``pagerank``, ``community`` and ``component`` on the nodes as plain numbers."""
    for row in measure(network).rows:
        network.nodes[row.iri].update(
            degree=row.degree, betweenness=row.betweenness, pagerank=row.pagerank, community=row.community, component=row.component
        )
