"""Betweenness and PageRank on whole arrays, with the results of NetworkX."""

import random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kg.measures.simple import Simple

Numbers = NDArray[np.float64]
STEPS = 50_000_000  # sources times edges; some seconds
FEWEST = 64  # sources, however large the network
_AT_ONCE = 64  # sources side by side; more are no faster
_CELLS = 16_000_000  # of one array, 128 MB: fewer sources at once where there are more than 250,000 nodes
_STOP, _ROUNDS = 1e-12, 1000


def sources_of(simple: Simple, seed: int = 0) -> list[int]:
    """Return the nodes from which betweenness is measured: all of them where that takes ``STEPS`` at most, else a sample.

    The sample is the one that ``networkx.betweenness_centrality(graph, k, seed=seed)`` draws, the nodes being in order.
    """
    most = max(FEWEST, STEPS // max(len(simple.a), 1))
    if simple.size <= most:
        return list(range(simple.size))
    return random.Random(seed).sample(range(simple.size), most)


def betweenness(simple: Simple, sources: list[int]) -> Numbers:
    """Return for each node the share of the shortest paths between two others that lead through it, 0 to 1.

    U. Brandes, "A faster algorithm for betweenness centrality" (2001), many sources at a time, level by level, as products
    with the adjacency matrix; ties count once. From a sample it is scaled as NetworkX does: a node that is a source itself
    is an end of one source's paths less.
    """
    n, k = simple.size, len(sources)
    if n < 3:
        return np.zeros(n)
    matrix = simple.matrix()
    total = np.zeros(n)
    at_once = max(1, min(_AT_ONCE, _CELLS // n))
    for begin in range(0, k, at_once):
        total += _dependencies(matrix, np.array(sources[begin : begin + at_once]))
    measured_from = np.full(n, float(k))
    measured_from[sources] -= 1
    shares: Numbers = np.divide(total, measured_from * (n - 2), out=np.zeros(n), where=measured_from > 0)
    return shares


def _dependencies(matrix: csr_array, sources: NDArray[np.int64]) -> Numbers:
    """Return the sum over ``sources`` of how much of their shortest paths to all others leads through each node."""
    columns = np.arange(len(sources))
    paths = np.zeros((matrix.shape[0], len(sources)))  # how many shortest paths lead from the source to the node
    paths[sources, columns] = 1
    level = np.full(paths.shape, -1, dtype=np.int16)
    level[sources, columns] = 0
    front, depth = paths, 0
    while True:
        reached = matrix @ front
        reached[level >= 0] = 0
        if not reached.any():
            break
        depth += 1
        level[reached > 0] = depth
        paths, front = paths + reached, reached
    dependency = np.zeros_like(paths)
    for here in range(depth, 1, -1):
        handed = np.divide(1 + dependency, paths, out=np.zeros_like(paths), where=level == here)
        dependency += np.where(level == here - 1, (matrix @ handed) * paths, 0)
    return np.asarray(dependency.sum(axis=1))


def pagerank(simple: Simple, damping: float = 0.85) -> Numbers:
    """Return the PageRank of each node, which sums to 1: ties walked both ways, a pair as often as it has ties.

    S. Brin and L. Page (1998), by power iteration until no more than 1e-12 changes; a node without neighbours hands its
    share to all.
    """
    n = simple.size
    if not n:
        return np.zeros(0)
    out = simple.ties().astype(np.float64)
    matrix = simple.matrix(simple.weight.astype(np.float64))
    share = np.divide(damping, out, out=np.zeros(n), where=out > 0)
    alone = out == 0
    rank = np.full(n, 1 / n)
    for _ in range(_ROUNDS):
        before = rank
        rank = matrix @ (before * share) + (damping * before[alone].sum() + 1 - damping) / n
        if np.abs(rank - before).sum() < _STOP:
            break
    return rank
