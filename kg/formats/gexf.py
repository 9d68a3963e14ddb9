"""GEXF 1.3 (https://gexf.net), the format of Gephi: colours, sizes, places and dates go along."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from kg.formats.flat import EDGE, NODE, Row, Table, flatten, written
from kg.formats.looks import Look, looks
from kg.formats.markup import HEAD, element, opening
from kg.views import Network

_XMLNS = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_SHAPES = {"square": "square", "triangle": "triangle", "triangleDown": "triangle", "diamond": "diamond"}  # Gephi knows no others


def gexf(network: Network) -> Iterator[str]:
    """Yield ``network`` as GEXF, piece by piece; columns as in ``flatten``, for the id of an edge see ``Flat``.

    An edge begins and ends with its ``first_day`` and ``last_day``; where any edge has one the graph is dynamic, and an
    edge without dates is always there. What is not yet so is dashed. All edges are directed, since NetworkX reads no
    mixture; ``directed`` tells which are meant so. ``kind`` is the relation: by it Gephi keeps parallel edges apart.
    """
    flat = flatten(network)
    dated = any(_spell(row) for row in flat.edges.rows)
    time = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"} if dated else {"mode": "static"}
    keys = {scope: _keys(table, (*taken, "label")) for scope, table, taken in (("node", flat.nodes, NODE), ("edge", flat.edges, EDGE))}
    seen = looks(network)
    yield HEAD + opening("gexf", _XMLNS) + "\n"
    yield element("meta", {}, _meta(flat.graph)) + "\n"
    yield opening("graph", {"defaultedgetype": "directed", "idtype": "string", **time}) + "\n"
    for scope, table in (("node", flat.nodes), ("edge", flat.edges)):
        yield element("attributes", {"class": scope}, _attributes(table, keys[scope])) + "\n"
    nodes = (_node(row, keys["node"], seen) for row in flat.nodes.rows)
    edges = (_edge(name, row, keys["edge"]) for name, row in zip(flat.edge_ids, flat.edges.rows, strict=True))
    yield from chain(["<nodes>\n"], nodes, ["</nodes>\n<edges>\n"], edges, ["</edges>\n</graph>\n</gexf>\n"])


def _meta(graph: Row) -> list[str]:
    lang = "en" if graph.get("lang") == "en" else "zh"
    words = {"creator": "kg", "keywords": str(graph.get("view", "")), "description": str(graph.get(f"about_{lang}", ""))}
    return [element(name, {}, text=text) for name, text in words.items() if text]


def _keys(table: Table, taken: tuple[str, ...]) -> dict[str, str]:
    return {name: str(number) for number, name in enumerate(name for name in table.columns if name not in taken)}


def _attributes(table: Table, keys: Mapping[str, str]) -> list[str]:
    return [element("attribute", {"id": key, "title": name, "type": _TYPES[table.columns[name]]}) for name, key in keys.items()]


def _node(row: Row, keys: Mapping[str, str], seen: Mapping[str, Look]) -> str:
    look = seen[str(row["id"])]
    inner = [_values(row, keys), _color(look.group.color), element("viz:size", {"value": str(look.size)})]
    if look.at:
        x, y = look.at
        inner.append(element("viz:position", {"x": str(x), "y": str(-y)}))  # in Gephi y grows upwards
    inner.append(element("viz:shape", {"value": _SHAPES.get(look.group.shape, "disc")}))
    return element("node", {"id": str(row["id"]), "label": str(row.get("label") or row["id"])}, inner) + "\n"


def _edge(name: str, row: Row, keys: Mapping[str, str]) -> str:
    ends = {"id": name, "source": str(row["source"]), "target": str(row["target"])}
    words = {said: str(row[column]) for said, column in (("label", "label"), ("kind", "predicate")) if column in row}
    dashed = [] if row.get("done", True) else [element("viz:shape", {"value": "dashed"})]
    return element("edge", {**ends, **words, **_spell(row)}, [_values(row, keys), *dashed]) + "\n"


def _values(row: Row, keys: Mapping[str, str]) -> str:
    told = [element("attvalue", {"for": keys[name], "value": written(value)}) for name, value in row.items() if name in keys]
    return element("attvalues", {}, told)


def _spell(row: Row) -> dict[str, str]:
    """Return from when to when an edge holds; nothing where its days are unknown, are none, or run backwards."""
    days = {"start": row.get("first_day"), "end": row.get("last_day")}
    known = {name: day for name, day in days.items() if isinstance(day, str) and _is_day(day)}
    return known if list(known.values()) == sorted(known.values()) else {}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _color(color: str) -> str:
    red, green, blue = (str(int(color[i : i + 2], 16)) for i in (1, 3, 5))
    return element("viz:color", {"r": red, "g": green, "b": blue})
