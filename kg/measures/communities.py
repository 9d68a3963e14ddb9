"""Communities: groups of things with more ties among themselves than chance would give them."""

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.measures.simple import Simple, in_order_of_size, simple_of

if TYPE_CHECKING:
    from kg.compact import Ints
    from kg.measures.simple import Anything

FEW = 2_000  # edges; above that NetworKit does it ten to a hundred times faster
ROUNDS = 10  # of Leiden's method; three are as good as Louvain's, ten are better


def communities(network: "Anything", *, seed: int = 0) -> dict[str, int]:
    """Return the community of each node; 0 is the largest, equal ones go by their smallest IRI.

    Modularity is raised on the simple network in which a pair of nodes weighs as much as it has ties: up to ``FEW`` edges by
    Louvain's method as NetworkX has it (V. D. Blondel and others, "Fast unfolding of communities in large networks", 2008),
    above that by Leiden's (V. A. Traag and others, "From Louvain to Leiden", 2019) as NetworKit has it, in one thread. The
    same network and ``seed`` give the same numbers, whatever order nodes and edges were added in.
    """
    simple = simple_of(network)
    return dict(zip(simple.nodes, communities_of(simple, seed).tolist(), strict=True))


def communities_of(simple: Simple, seed: int = 0) -> "Ints":
    """Return the community of each node of ``simple``, numbered as in ``communities``."""
    found = _by_networkx(simple, seed) if len(simple.a) <= FEW else _by_networkit(simple, seed)
    return in_order_of_size(found)


def _by_networkx(simple: Simple, seed: int) -> NDArray[np.int64]:
    graph = nx.Graph()
    graph.add_nodes_from(range(simple.size))
    graph.add_weighted_edges_from(zip(simple.a.tolist(), simple.b.tolist(), simple.weight.tolist(), strict=True))
    found = np.zeros(simple.size, dtype=np.int64)
    for number, group in enumerate(nx.community.louvain_communities(graph, weight="weight", seed=seed)):
        found[list(group)] = number
    return found


def _by_networkit(simple: Simple, seed: int) -> NDArray[np.int64]:
    import networkit

    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)  # with more, which of two equal moves comes first is left to chance
    try:
        networkit.setSeed(seed, False)
        graph = networkit.Graph(simple.size, weighted=True)
        # 64 bits without sign, as its own node ids are: narrower ones are read past their end
        graph.addEdges((simple.weight.astype(np.float64), (simple.a.astype(np.uint64), simple.b.astype(np.uint64))))
        run = networkit.community.ParallelLeiden(graph, iterations=ROUNDS)
        run.run()
        return np.array(run.getPartition().getVector(), dtype=np.int64)
    finally:
        networkit.setNumberOfThreads(threads)


def modularity(simple: Simple, community: "Ints") -> float:
    """Return the modularity of a division (M. E. J. Newman, 2004), ties counted: -0.5 to 1, and 0 where nothing is tied."""
    total = float(simple.weight.sum())
    if not total:
        return 0.0
    inside = simple.weight[community[simple.a] == community[simple.b]].sum() / total
    shares = np.bincount(community, weights=simple.ties()) / (2 * total)
    return float(inside - (shares**2).sum())
