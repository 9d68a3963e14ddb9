"""The compact form of a network: integer ids, one string table, typed arrays of edges."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.compact.exchange import fill
from kg.compact.rows import Ints
from kg.compact.texts import Texts

if TYPE_CHECKING:
    import networkx as nx

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class CompactNetwork:
    """Things and ties as arrays: ten bytes a tie and the IRI of each thing once.

    ``nodes`` are IRIs in the order of their bytes, so that the same things have the same ids however they were read.
    ``subject`` and ``object`` are node ids, ``predicate`` is an index into ``predicates``; one entry of each a tie.
    """

    nodes: Texts
    predicates: tuple[str, ...]
    subject: Ints
    predicate: NDArray[np.int16]
    object: Ints

    @classmethod
    def of(cls, ties: Iterable[tuple[str, str, str]]) -> "CompactNetwork":
        """Return the compact form of ``ties`` (subject, predicate, object), in their order.

        >>> CompactNetwork.of([("b", "leads", "a")]).subject.tolist()
        [1]
        """
        known = list(ties)
        nodes = sorted({end for subject, _, target in known for end in (subject, target)}, key=str.encode)
        predicates = sorted({predicate for _, predicate, _ in known})
        ids, places = ({text: i for i, text in enumerate(texts)} for texts in (nodes, predicates))
        return cls(
            Texts.of(nodes),
            tuple(predicates),
            np.array([ids[subject] for subject, _, _ in known], dtype=np.int32),
            np.array([places[predicate] for _, predicate, _ in known], dtype=np.int16),
            np.array([ids[target] for _, _, target in known], dtype=np.int32),
        )

    @classmethod
    def from_networkx(cls, network: "nx.Graph[str]") -> "CompactNetwork":
        """Return the ties of a NetworkX graph of any kind; the ``predicate`` of an edge is empty where it has none.

        Other attributes stay behind, and so does a node without edges.
        """
        edges = network.edges(data="predicate", default="")
        return cls.of((str(subject), str(predicate), str(target)) for subject, target, predicate in edges)

    def to_networkx(self, kind: "type[nx.Graph[str]] | None" = None) -> "nx.Graph[str]":
        """Return a NetworkX graph of ``kind`` (``MultiDiGraph`` unless told); nodes are IRIs, edges have ``predicate``.

        In a multigraph the key of an edge is its relation, so that a triple is one edge however often it was read.
        """
        import networkx as nx

        graph = (kind or nx.MultiDiGraph)()
        fill(graph, self)
        return graph

    @property
    def size(self) -> int:
        """How many things there are."""
        return len(self.nodes)

    def node(self, iri: str) -> int | None:
        """Return the id of ``iri``, ``None`` for what no tie mentions."""
        return self.nodes.place(iri)

    def by_predicates(self, iris: Iterable[str]) -> Flags:
        """Return for each tie whether its relation is one of ``iris``."""
        wanted = set(iris)
        return np.array([iri in wanted for iri in self.predicates], dtype=bool)[self.predicate]
