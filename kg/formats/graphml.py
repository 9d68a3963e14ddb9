"""GraphML (http://graphml.graphdrawing.org): for Gephi, Cytoscape, yEd, igraph and NetworkX."""

from collections.abc import Iterator, Mapping

from kg.formats.flat import EDGE, NODE, Flat, Row, Scalar, Table, flatten, written
from kg.formats.markup import HEAD, element, opening
from kg.views import Network

_XMLNS = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
}
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_Keys = Mapping[tuple[str, str], str]


def graphml(network: Network) -> Iterator[str]:
    """Yield ``network`` as GraphML, piece by piece; columns as in ``flatten``, for the id of an edge see ``Flat``."""
    flat = flatten(network)
    kinds = {
        "graph": {name: type(value) for name, value in flat.graph.items()},
        "node": _told(flat.nodes, NODE),
        "edge": _told(flat.edges, EDGE),
    }
    columns = [(scope, name, kind) for scope, found in kinds.items() for name, kind in found.items()]
    keys = {(scope, name): f"d{number}" for number, (scope, name, _) in enumerate(columns)}
    yield HEAD + opening("graphml", _XMLNS) + "\n"
    for scope, name, kind in columns:
        said = {"id": keys[scope, name], "for": scope, "attr.name": name, "attr.type": _TYPES[kind]}
        yield element("key", said) + "\n"
    yield from _graph(flat, keys)
    yield "</graphml>\n"


def _told(table: Table, taken: tuple[str, ...]) -> dict[str, type]:
    return {name: kind for name, kind in table.columns.items() if name not in taken}


def _graph(flat: Flat, keys: _Keys) -> Iterator[str]:
    yield opening("graph", {"edgedefault": "directed"}) + "\n"
    yield from (f"{line}\n" for line in _data("graph", flat.graph, keys))
    for row in flat.nodes.rows:
        yield element("node", {"id": str(row["id"])}, _data("node", row, keys)) + "\n"
    for name, row in zip(flat.edge_ids, flat.edges.rows, strict=True):
        ends = {"id": name, "source": str(row["source"]), "target": str(row["target"])}
        yield element("edge", ends, _data("edge", row, keys)) + "\n"
    yield "</graph>\n"


def _data(scope: str, row: Row, keys: _Keys) -> list[str]:
    told: list[tuple[str, Scalar]] = [(keys[scope, name], value) for name, value in row.items() if (scope, name) in keys]
    return [element("data", {"key": key}, text=written(value)) for key, value in told]
