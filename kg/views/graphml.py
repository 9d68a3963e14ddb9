"""A network as GraphML, for Gephi, Cytoscape, yEd, igraph and NetworkX itself: single values only, lists joined."""

import re
from typing import Any

import networkx as nx

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE = ("label", "label_zh", "label_en", "type", "class", "class_zh", "class_en", "concept", "aliases", "pinyin")
_EDGE = (
    "predicate",
    "label",
    "label_zh",
    "label_en",
    "status",
    "done",
    "period_zh",
    "period_en",
    "role_zh",
    "order",
    "directed",
    "qualifiers",
)
_PROOF = ("report", "statement", "quote", "sentence", "start", "end")
_ORIGIN = ("rule", "decided_by", "decided_on")


def to_graphml(graph: "nx.MultiDiGraph") -> str:
    """Return ``graph`` as GraphML text; the passage of an edge is its first, ``passages`` tells how many it has.

    A character that XML cannot hold becomes U+FFFD.
    """
    flat = nx.MultiDiGraph(**{key: _plain(graph.graph[key]) for key in ("view", "label_zh", "label_en") if key in graph.graph})
    for node, values in graph.nodes(data=True):
        flat.add_node(node, **{key: _plain(values[key]) for key in (*_NODE, *_ORIGIN)}, mentions=len(values["mentions"]))
    for subject, target, key, values in graph.edges(keys=True, data=True):
        proof = {name: _plain(values["evidence"][0][name]) for name in _PROOF}
        said = {name: _plain(values[name]) for name in (*_EDGE, *_ORIGIN)}
        flat.add_edge(subject, target, key=key, **said, **proof, passages=len(values["evidence"]))
    return "\n".join(nx.generate_graphml(flat, named_key_ids=True)) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        value = "；".join(map(str, value))
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
