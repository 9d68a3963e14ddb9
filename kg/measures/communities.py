"""Communities: groups of things with more ties among themselves than chance would give them."""

from collections.abc import Hashable, Iterable
from typing import Any

import networkx as nx

from kg.measures.neighbours import neighbours


def communities(network: "nx.MultiDiGraph[str]", *, seed: int = 0) -> dict[str, int]:
    """Return the community of each node; 0 is the largest, equal ones go by their smallest IRI.

    Louvain's method (V. D. Blondel and others, "Fast unfolding of communities in large networks", 2008) on the simple
    network in which a pair of nodes weighs as much as it has ties. The same network and ``seed`` give the same numbers,
    whatever order nodes and edges were added in.
    """
    found = nx.community.louvain_communities(neighbours(network), weight="weight", seed=seed)
    return numbered(found)


def numbered(groups: Iterable[Iterable[Any]]) -> dict[Any, int]:
    """Return the number of the group of each member: by size, then by the smallest member.

    >>> numbered([{"c"}, {"b", "a"}])
    {'a': 0, 'b': 0, 'c': 1}
    """
    ordered: list[list[Hashable]] = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))
    return {member: number for number, group in enumerate(ordered) for member in group}
