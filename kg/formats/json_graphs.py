"""Two forms of JSON: Cytoscape's, and the node-link form of NetworkX and D3."""

import json
from typing import Any

from kg.formats.flat import Row, flatten, plain
from kg.formats.looks import Look, looks
from kg.views import Network


def cytoscape(network: Network) -> bytes:
    """Return ``network`` as Cytoscape JSON: ``.cyjs`` of the desktop program, ``cytoscape(...)`` of the library.

    ``data`` holds the columns of ``flatten``; nodes have ``name``, ``color``, ``size`` and their place, edges ``id`` and
    ``interaction``. ``value`` and ``key`` are what NetworkX looks for.
    """
    flat, seen = flatten(network), looks(network)
    nodes = [_cytoscape_node(row, seen[str(row["id"])]) for row in flat.nodes.rows]
    taken = {row["id"] for row in flat.nodes.rows}  # an event of many is a node, and each of its edges bears its IRI
    names = (f"{name}-edge" if name in taken else name for name in flat.edge_ids)
    edges = [{"data": {**row, "id": name, "interaction": row.get("label", "")}} for name, row in zip(names, flat.edges.rows, strict=True)]
    return _json(
        {
            "format_version": "1.0",
            "generated_by": "kg",
            "target_cytoscapejs_version": "~3",
            "directed": True,
            "multigraph": True,
            "data": {**flat.graph, "name": flat.graph.get("label_zh", "")},
            "elements": {"nodes": nodes, "edges": edges},
        }
    )


def _cytoscape_node(row: Row, look: Look) -> dict[str, Any]:
    name = row.get("label", row["id"])
    data = {**row, "value": row["id"], "name": name, "color": look.group.color, "size": look.size}
    place = {"position": dict(zip("xy", look.at, strict=True))} if look.at else {}
    return {"data": data, **place}


def node_link(network: Network) -> bytes:
    """Return ``network`` in the node-link form, nested values and all: ``networkx.node_link_graph`` gives the same network."""
    nodes = [{**plain(values), "id": plain(node)} for node, values in sorted(network.nodes(data=True), key=lambda item: str(item[0]))]
    edges = [
        {**plain(values), "source": plain(subject), "target": plain(target), "key": plain(key)}
        for subject, target, key, values in sorted(network.edges(keys=True, data=True), key=lambda item: tuple(map(str, item[:3])))
    ]
    return _json({"directed": True, "multigraph": True, "graph": plain(network.graph), "nodes": nodes, "edges": edges})


def _json(value: object) -> bytes:
    """Return JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes the escape that JSON has for it."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
