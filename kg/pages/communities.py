"""The communities of a network as the page shows them: to each node its number and measures, to each community who names it."""

from collections.abc import Mapping
from typing import Any

from kg.measures import annotate
from kg.pages.content import Content, Record

NAMED_BY = 3  # members whose names make the name of a community
_SHOWN = ("degree", "betweenness", "pagerank", "community")


def measure_nodes(content: Content) -> None:
    """Write degree, betweenness, PageRank and the number of its community into the record of each node.

    They are those that the network carries; a network without them is measured first, on a copy.
    """
    graph = content.counted
    if any(name not in values for _, values in graph.nodes(data=True) for name in _SHOWN):
        graph = graph.copy()
        annotate(graph)
    for iri, node in zip(content.iris, content.nodes, strict=True):
        values: Mapping[str, Any] = graph.nodes[iri]
        node["degree"], node["community"] = int(values["degree"]), int(values["community"])
        node["betweenness"], node["pagerank"] = (float(f"{values[name]:.4g}") for name in ("betweenness", "pagerank"))


def community_records(nodes: list[Record]) -> list[Record]:
    """Return the communities by number: ``count`` members, of which the most central name it, things before concepts."""
    members: dict[int, list[int]] = {}
    for number, node in enumerate(nodes):
        members.setdefault(node["community"], []).append(number)
    return [{"number": number, "count": len(found), "central": _central(nodes, found)} for number, found in sorted(members.items())]


def _central(nodes: list[Record], members: list[int]) -> list[int]:
    return sorted(members, key=lambda number: (nodes[number]["concept"], -nodes[number]["pagerank"], number))[:NAMED_BY]
