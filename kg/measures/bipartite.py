"""Two things joined by the things they share: institutes by people, people by programmes, cities by universities."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from kg.errors import QueryError
from kg.triples.classes import classes_of
from kg.wording import Lang, Wording


def bipartite(network: "nx.MultiDiGraph[str]", of: str, through: str, lang: Lang = "zh") -> "nx.Graph[str]":
    """Return the network of the things ``of`` one kind that share things of another kind, ``through`` which they are tied.

    A kind is an entity type, a class or its label (``Institute``, ``ResearchInstitute``, 研究院); a kind holds the kinds under
    it, so that ``Person`` holds academicians. Nodes keep their attributes, those that share nothing included. Edges: ``weight``
    (how many they share), ``shared`` and ``shared_labels`` (which, in the order of their IRIs) and ``evidence``, the records of
    all the ties in between, each once. Raises ``QueryError`` in ``lang`` for a kind that the network has none of.
    """
    ones, others = (_members(network, kind, option, lang) for kind, option in ((of, "of"), (through, "through")))
    made: nx.Graph[str] = nx.Graph(**network.graph, of=of, through=through)
    made.add_nodes_from((node, network.nodes[node]) for node in sorted(ones))
    for middle in sorted(others):
        near = {other for other in nx.all_neighbors(network, middle) if other in ones and other != middle}
        for a, b in combinations(sorted(near), 2):
            if not made.has_edge(a, b):
                made.add_edge(a, b, weight=0, shared=[], shared_labels=[], evidence=[])
            _add(made.edges[a, b], network, middle, (a, b))
    return made


def _add(edge: dict[str, Any], network: "nx.MultiDiGraph[str]", middle: str, ends: tuple[str, str]) -> None:
    edge["weight"] += 1
    edge["shared"].append(middle)
    edge["shared_labels"].append(str(network.nodes[middle].get("label", middle)))
    for end in ends:
        edge["evidence"].extend(record for record in _evidence(network, middle, end) if record not in edge["evidence"])


def _evidence(network: "nx.MultiDiGraph[str]", one: str, other: str) -> Iterator[dict[str, Any]]:
    """Yield the passages that tie two nodes, whichever way."""
    for subject, target in ((one, other), (other, one))[: 2 if network.is_directed() else 1]:
        said = network.get_edge_data(subject, target, default={})
        ties: Mapping[str, dict[str, Any]] = said if network.is_multigraph() else {"": said}
        for key in sorted(ties):
            yield from ties[key].get("evidence", ())


def _members(network: "nx.MultiDiGraph[str]", kind: str, option: str, lang: Lang) -> set[str]:
    """Return the nodes of ``kind``: it is the name of their type or class, or of one above it, or the label of one of these."""
    labelled = {values.get("class") for _, values in network.nodes(data=True) if kind in (values.get("class_zh"), values.get("class_en"))}
    wanted = {kind, *filter(None, labelled)}
    found = {node for node, values in network.nodes(data=True) if wanted & _kinds(values)}
    if not found:
        known = sorted({str(values.get("type", "")) for _, values in network.nodes(data=True)} - {""})
        what = Wording("这个网络里没有这一类", "the network has none of this kind").said(lang)
        remedy = Wording(f"可用：{'、'.join(known)}", f"use one of {', '.join(known)}").said(lang) if known else "-"
        raise QueryError(f"{option}={kind[:60]}", what, remedy)
    return found


def _kinds(values: Mapping[str, Any]) -> set[str]:
    """Return the type of a node, its classes with those above, and their names without the namespace."""
    kind, label = str(values.get("type", "")), str(values.get("label_zh") or values.get("label", ""))
    classes = {str(values.get("class", "")), *(cls.value for cls in classes_of(kind, label))}
    return {kind, *classes, *(cls.rpartition("#")[2].rpartition("/")[2] for cls in classes)}
