"""What each measure costs at three sizes, beside NetworkX on the same network, in one process, turn by turn.

The network is made up: groups of a hundred things, most ties within a group, some things that many are tied to. Both sides
begin with the network in their own form (arrays here, a ``networkx.Graph`` there; building the latter is not counted).
NetworkX is asked for what it answers in reasonable time: betweenness from every node at the smallest size only, sampled
betweenness and Louvain up to ``--patience`` edges (100,000 unless told). Prints seconds of the clock, the ratio, and how the
results compare: the largest difference between two numbers, for communities both modularities.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import connected_components

from kg.compact import CompactNetwork, Texts
from kg.measures.centrality import betweenness, pagerank, sources_of
from kg.measures.communities import communities_of, modularity
from kg.measures.simple import Simple, simple_of
from kg.namespaces import RID, RIE

T = TypeVar("T")
SIZES = (10_000, 95_000, 900_000)


def made_up(edges: int, seed: int = 1) -> CompactNetwork:
    """Return a network of about ``edges`` ties between a fifth as many things; equal arguments give equal networks."""
    draw = np.random.default_rng(seed)
    nodes = edges // 5
    subject = draw.integers(0, nodes, edges)
    near = np.minimum(subject // 100 * 100 + (100 * draw.random(edges) ** 1.5).astype(np.int64), nodes - 1)
    target = np.where(draw.random(edges) < 0.7, near, (nodes * draw.random(edges) ** 2.5).astype(np.int64))
    return CompactNetwork(
        Texts.of(f"{RID}e-{i:012d}" for i in range(nodes)),
        (f"{RIE}cooperatesWith",),
        subject.astype(np.int32),
        np.zeros(edges, dtype=np.int16),
        target.astype(np.int32),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the table: seconds here and there, and how the two results compare."""

    name: str
    ours: float
    theirs: float | None
    agree: str

    def __str__(self) -> str:
        there = "not asked" if self.theirs is None else f"{self.theirs:9.3f}"
        times = "" if self.theirs is None else f"{self.theirs / max(self.ours, 1e-9):7.1f}"
        return f"  {self.name:<28} {self.ours:9.3f} s   NetworkX {there:>9}   {times:>7}   {self.agree}"


def timed(way: Callable[[], T]) -> tuple[T, float]:
    begin = time.perf_counter()
    found = way()
    return found, time.perf_counter() - begin


def numbers(name: str, ours: Callable[[], np.ndarray], theirs: Callable[[], dict[int, float]] | None) -> Told:
    """Compare two ways to a number for each node."""
    here, spent = timed(ours)
    if theirs is None:
        return Told(name, spent, None, "")
    there, theirs_spent = timed(theirs)
    apart = np.abs(here - np.array([there[i] for i in range(len(here))])).max()
    return Told(name, spent, theirs_spent, f"differ by at most {apart:.0e}")


def groups(simple: Simple, graph: "nx.Graph[int]", ask: bool) -> Told:
    here, spent = timed(lambda: communities_of(simple))
    ours = f"modularity {modularity(simple, here):.4f}"
    if not ask:
        return Told("communities", spent, None, ours)
    there, theirs_spent = timed(lambda: nx.community.louvain_communities(graph, weight="weight", seed=0))
    return Told("communities", spent, theirs_spent, f"{ours}, NetworkX {nx.community.modularity(graph, there, weight='weight'):.4f}")


def parts(simple: Simple, graph: "nx.Graph[int]") -> Told:
    here, spent = timed(lambda: connected_components(simple.matrix(), directed=False)[0])
    there, theirs_spent = timed(lambda: nx.number_connected_components(graph))
    return Told("components", spent, theirs_spent, f"{here} and {there}")


def table(edges: int, patience: int) -> None:
    simple, spent = timed(lambda: simple_of(made_up(edges)))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(simple.size))
    graph.add_weighted_edges_from(zip(simple.a.tolist(), simple.b.tolist(), simple.weight.tolist(), strict=True))
    print(f"{edges:,} ties, {simple.size:,} things, {len(simple.a):,} pairs; the simple network in {spent:.3f} s")
    print(numbers("degree", simple.degree, lambda: dict(graph.degree())))
    print(numbers("PageRank", lambda: pagerank(simple), lambda: nx.pagerank(graph, weight="weight", tol=1e-12, max_iter=1000)))
    print(parts(simple, graph))
    print(groups(simple, graph, edges <= patience))
    sources = sources_of(simple)
    exact, sampled = len(sources) == simple.size, edges <= patience
    whole = (lambda: nx.betweenness_centrality(graph)) if exact else (lambda: nx.betweenness_centrality(graph, k=len(sources), seed=0))
    name = "betweenness, exact" if exact else f"betweenness, {len(sources)} sources"
    print(numbers(name, lambda: betweenness(simple, sources), whole if sampled else None), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, nargs="*", default=SIZES)
    parser.add_argument("--patience", type=int, default=100_000, help="up to how many ties NetworkX is asked for what takes it long")
    options = parser.parse_args()
    communities_of(simple_of(made_up(20_000)))  # loads NetworKit before the clock starts
    for edges in options.edges:
        table(edges, options.patience)


if __name__ == "__main__":
    main()
