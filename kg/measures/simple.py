"""The simple network under a network of statements: who is tied to whom at all, and by how many statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kg.compact import CompactNetwork, Ints

Anything: TypeAlias = "nx.MultiDiGraph[str] | CompactNetwork"


@dataclass(frozen=True, slots=True, eq=False)
class Simple:
    """Undirected, one edge a pair: ``a[i] < b[i]`` are node ids, ``weight[i]`` is the number of ties of that pair.

    ``nodes`` are IRIs in order; edges are in the order of ``a``, then ``b``: nothing depends on how a network was put together.
    """

    nodes: tuple[str, ...]
    a: Ints
    b: Ints
    weight: NDArray[np.int64]

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    def matrix(self, values: NDArray[np.float64] | None = None) -> csr_array:
        """Return the symmetric adjacency matrix; ``values`` are those of the edges, 1 unless given."""
        values = np.ones(len(self.a)) if values is None else values
        ends = (np.concatenate((self.a, self.b)), np.concatenate((self.b, self.a)))
        return csr_array((np.concatenate((values, values)), ends), shape=(self.size, self.size))

    def degree(self) -> NDArray[np.int64]:
        """Return how many neighbours each node has."""
        return np.bincount(np.concatenate((self.a, self.b)), minlength=self.size)

    def ties(self) -> NDArray[np.int64]:
        """Return how many ties each node has to its neighbours."""
        return self._sums(self.weight)

    def _sums(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        found = np.bincount(np.concatenate((self.a, self.b)), weights=np.concatenate((values, values)), minlength=self.size)
        return found.astype(np.int64)


def simple_of(network: "Anything") -> Simple:
    """Return the simple network under ``network``; a tie of a thing to itself is left out."""
    if isinstance(network, CompactNetwork):
        return _simple(network.nodes.all(), network.subject.astype(np.int64), network.object.astype(np.int64))
    nodes = sorted(network, key=str)  # a graph from elsewhere may number its nodes
    ids = {node: i for i, node in enumerate(nodes)}
    edges = list(network.edges())
    subject, target = (np.array([ids[edge[end]] for edge in edges], dtype=np.int64) for end in (0, 1))
    return _simple(nodes, subject, target)


def _simple(nodes: Iterable[str], subject: NDArray[np.int64], target: NDArray[np.int64]) -> Simple:
    known = tuple(nodes)
    two = subject != target
    low, high = np.minimum(subject, target)[two], np.maximum(subject, target)[two]
    pairs, weight = np.unique(low * max(len(known), 1) + high, return_counts=True)
    a, b = np.divmod(pairs, max(len(known), 1))
    return Simple(known, a.astype(np.int32), b.astype(np.int32), weight.astype(np.int64))


def in_order_of_size(labels: NDArray[np.integer]) -> Ints:
    """Return the group of each node numbered from 0: the largest first, equal ones by their first node.

    >>> in_order_of_size(np.array([7, 3, 3])).tolist()
    [1, 0, 0]
    """
    _, first, where, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(sizes), dtype=np.int32)
    number[np.lexsort((first, -sizes))] = np.arange(len(sizes), dtype=np.int32)
    ranked: Ints = number[where]
    return ranked
