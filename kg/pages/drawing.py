"""The drawing: pyvis holds nodes with their sizes and places, edges, and the options of vis-network.

This is the only module that names pyvis. Its own page is not used (see ``docs/decisions``).
"""

import math
from collections.abc import Hashable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from kg.pages.content import Content, Record
from kg.pages.labels import box, wrapped
from kg.views import Network, place

WHOLE = 1500  # nodes; a larger view opens on its communities
PLACED = 2500  # nodes; a larger view cannot be drawn as a whole, only unfolded
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"scaling": {"label": {"drawThreshold": 6, "maxVisible": 22}}},
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


def draw(content: Content) -> dict[str, Any]:
    """Return nodes, edges and options for vis-network: to each node its size, label and places.

    In a view of up to ``PLACED`` nodes a node has the place ``wide`` in the drawing of everything and, where it has a
    relation to another node that is not a concept, the place ``close`` in the drawing without concepts. Both are in pixels.
    What a larger view unfolds, the page lays out by itself.
    """
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True)
    degree = dict(content.counted.degree())
    looks = [_look(node, degree[iri]) for iri, node in zip(content.iris, content.nodes, strict=True)]
    drawing.nodes = [node | look for node, look in zip(content.nodes, looks, strict=True)]
    if len(drawing.nodes) <= PLACED:
        _put_in_place(content, drawing.nodes)
    drawing.edges = content.edges
    drawing.options = OPTIONS
    return {"nodes": drawing.nodes, "edges": drawing.edges, "options": drawing.options}


def _look(node: Record, degree: int) -> Record:
    """Return size and labels: the area grows with the relations, so that hubs keep their names when zoomed out."""
    return {
        "size": round(6 + 2.1 * math.sqrt(min(degree, 60)) - (1.5 if node["concept"] else 0), 1),
        "font": 12 if node["concept"] else min(20, 13 + degree // 6),
        **{f"label_{lang}": "" if (lines := wrapped(node[f"name_{lang}"])) == node[f"name_{lang}"] else lines for lang in ("zh", "en")},
    }


def _put_in_place(content: Content, nodes: list[Record]) -> None:
    wide = _places(content.graph, content.iris, nodes, content.iris)
    small = len(nodes) <= WHOLE  # a larger view opens on its communities, and one drawing of everything will do
    close = _places(content.graph, content.iris, nodes, _without_concepts(content)) if small else {}
    for iri, node in zip(content.iris, nodes, strict=True):
        node["wide"], node["close"] = wide[iri], close.get(iri)


def _without_concepts(content: Content) -> list[str]:
    concepts = {number for number, node in enumerate(content.nodes) if node["concept"]}
    kept = {end for edge in content.edges if not {edge["tail"], edge["head"]} & concepts for end in (edge["tail"], edge["head"])}
    return [content.iris[number] for number in sorted(kept)]


def _places(graph: Network, iris: list[str], nodes: list[Record], keep: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the places of the nodes themselves; the layout gives the middle of a node with its label below it."""
    boxes: dict[Hashable, tuple[float, float]] = {
        iri: box((_printed(node, "zh"), _printed(node, "en")), node["font"], node["size"]) for iri, node in zip(iris, nodes, strict=True)
    }
    sizes = {iri: node["size"] for iri, node in zip(iris, nodes, strict=True)}
    found = place(graph, boxes, keep)
    return {str(iri): (x, round(y - (boxes[str(iri)][1] / 2 - sizes[str(iri)]))) for iri, (x, y) in found.items()}


def _printed(node: Record, lang: str) -> str:
    """Return the name of ``node`` in the lines in which it is drawn."""
    return str(node[f"label_{lang}"] or node[f"name_{lang}"])
