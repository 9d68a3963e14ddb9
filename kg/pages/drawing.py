"""The drawing: pyvis holds nodes with their looks and places, edges, and the options of vis-network.

This is the only module that names pyvis. Its own page is not used (see ``docs/decisions``).
"""

import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from kg.pages.content import short
from kg.pages.groups import groups
from kg.pages.labels import box, wrapped
from kg.views import Network, place

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"scaling": {"label": {"drawThreshold": 7, "maxVisible": 22}}},
    "edges": {
        "scaling": {"label": {"drawThreshold": 7, "maxVisible": 18}},
        "selectionWidth": 0,
        "hoverWidth": 0.6,
        "arrowStrikethrough": False,
    },
}


@cache
def library() -> str:
    """Return vis-network 9.1.2 as the pyvis wheel carries it."""
    return (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")


def draw(graph: Network, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> dict[str, Any]:
    """Return nodes, edges and options for vis-network: to each node its shape, colour, size, labels and places.

    A node has the place ``wide`` in the drawing of everything and, where it has a relation to another node that is not
    a concept, the place ``close`` in the drawing without concepts. Both are in pixels.
    """
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True)
    degree = {short(iri): count for iri, count in graph.degree()}
    looks = {group.id: {"shape": group.shape, "color": group.color} for group in groups()}
    measures = {node["id"]: _measures(node, degree[node["id"]]) for node in nodes}
    wide = _places(graph, measures, [node["id"] for node in nodes])
    close = _places(graph, measures, _without_concepts(nodes, edges))
    for node in nodes:
        name, rest = node["id"], {key: value for key, value in node.items() if key != "id"}
        drawing.add_node(name, **looks[node["kind"]], **measures[name], **rest, wide=wide[name], close=close.get(name))
    drawing.edges = edges
    drawing.options = OPTIONS
    return {"nodes": drawing.nodes, "edges": drawing.edges, "options": drawing.options}


def _measures(node: dict[str, Any], degree: int) -> dict[str, Any]:
    """Return size and labels: the area grows with the relations, so that hubs keep their names when zoomed out."""
    return {
        "size": round(6 + 2.1 * math.sqrt(min(degree, 60)) - (1.5 if node["concept"] else 0), 1),
        "font": 12 if node["concept"] else min(20, 13 + degree // 6),
        "label_zh": wrapped(node["name_zh"]),
        "label_en": wrapped(node["name_en"]),
    }


def _without_concepts(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> list[str]:
    concepts = {node["id"] for node in nodes if node["concept"]}
    return sorted({end for edge in edges if not {edge["from"], edge["to"]} & concepts for end in (edge["from"], edge["to"])})


def _places(graph: Network, measures: dict[str, dict[str, Any]], keep: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the places of the nodes themselves; the layout gives the middle of a node with its label below it."""
    boxes = {node: box((look["label_zh"], look["label_en"]), look["font"], look["size"]) for node, look in measures.items()}
    iris = {short(iri): iri for iri in graph}
    found = place(graph, {iris[node]: size for node, size in boxes.items()}, [iris[node] for node in keep])
    raised = {node: boxes[node][1] / 2 - measures[node]["size"] for node in boxes}
    return {short(str(iri)): (x, round(y - raised[short(str(iri))])) for iri, (x, y) in found.items()}
