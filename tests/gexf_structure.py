"""What a GEXF 1.3 file may hold, written down from its documentation (https://gexf.net/schema.html), as a check of our own."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
TYPES = {"string", "long", "double", "boolean"}
# element: attributes that it needs, attributes that it may have, elements that it may hold
ALLOWED: dict[str, tuple[set[str], set[str], tuple[str, ...]]] = {
    "gexf": ({"version"}, set(), ("meta", "graph")),
    "meta": (set(), {"lastmodifieddate"}, ("creator", "keywords", "description")),
    "creator": (set(), set(), ()),
    "keywords": (set(), set(), ()),
    "description": (set(), set(), ()),
    "graph": (set(), {"defaultedgetype", "idtype", "mode", "timeformat", "timerepresentation"}, ("attributes", "nodes", "edges")),
    "attributes": ({"class"}, {"mode"}, ("attribute",)),
    "attribute": ({"id", "title", "type"}, set(), ()),
    "nodes": (set(), {"count"}, ("node",)),
    "edges": (set(), {"count"}, ("edge",)),
    "node": ({"id"}, {"label", "start", "end"}, ("attvalues", "color", "size", "position", "shape")),
    "edge": ({"source", "target"}, {"id", "label", "kind", "type", "weight", "start", "end"}, ("attvalues", "color", "thickness", "shape")),
    "attvalues": (set(), set(), ("attvalue",)),
    "attvalue": ({"for", "value"}, set(), ()),
    "color": ({"r", "g", "b"}, {"a"}, ()),
    "size": ({"value"}, set(), ()),
    "position": ({"x", "y"}, {"z"}, ()),
    "shape": ({"value"}, set(), ()),
}
VALUES = {
    ("gexf", "version"): r"1\.3",
    ("graph", "defaultedgetype"): "directed|undirected|mutual",
    ("graph", "idtype"): "string|integer",
    ("graph", "mode"): "static|dynamic",
    ("graph", "timeformat"): "integer|double|date|dateTime",
    ("graph", "timerepresentation"): "interval|timestamp",
    ("attributes", "class"): "node|edge",
    ("attribute", "type"): "|".join(sorted(TYPES)),
    ("node", "shape"): "disc|square|triangle|diamond|image",
    ("edge", "shape"): "solid|dotted|dashed|double",
    ("color", "r"): r"1?\d?\d|2[0-4]\d|25[0-5]",
    ("color", "g"): r"1?\d?\d|2[0-4]\d|25[0-5]",
    ("color", "b"): r"1?\d?\d|2[0-4]\d|25[0-5]",
    ("size", "value"): r"\d+(\.\d+)?",
    ("position", "x"): r"-?\d+(\.\d+)?",
    ("position", "y"): r"-?\d+(\.\d+)?",
}
READS = {"string": ".*", "long": r"-?\d+", "double": r"-?\d+(\.\d+)?(e[-+]?\d+)?", "boolean": "true|false"}


def faults(text: str) -> list[str]:
    """Return what is wrong with a GEXF file, empty if nothing is."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    root = etree.fromstring(text.encode("utf-8"), parser)
    return [*_elements(root), *_order(root), *_ids(root), *_attvalues(root), *_dates(root)]


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)


def _elements(root: Any) -> Iterator[str]:
    for element in root.iter():
        name = _name(element)
        if name not in ALLOWED or not element.tag.startswith((GEXF, VIZ)):
            yield f"unknown element {element.tag}"
            continue
        needed, optional, children = ALLOWED[name]
        has = set(element.attrib)
        if not needed <= has <= needed | optional:
            yield f"{name} has the attributes {sorted(has)}"
        yield from (f"{name} holds {_name(child)}" for child in element if _name(child) not in children)
        if (name in ("color", "size", "position", "shape", "thickness")) != element.tag.startswith(VIZ):
            yield f"{name} is in the namespace of another"
        for key, value in element.attrib.items():
            place = (_name(element.getparent()), name) if name == "shape" else (name, key)
            if not re.fullmatch(VALUES.get(place, "(?s:.*)"), value):
                yield f"{name} has {key}={value!r}"


def _order(root: Any) -> Iterator[str]:
    if [_name(child) for child in root] not in (["meta", "graph"], ["graph"]):
        yield "gexf holds meta and then graph"
    names = [_name(child) for child in root.find(f"{GEXF}graph")]
    if [name for name in names if name != "attributes"] != ["nodes", "edges"] or names[-2:] != ["nodes", "edges"]:
        yield "graph holds attributes, nodes, edges in this order"


def _ids(root: Any) -> Iterator[str]:
    nodes = [node.get("id") for node in root.iter(f"{GEXF}node")]
    edges = list(root.iter(f"{GEXF}edge"))
    if len(set(nodes)) != len(nodes) or len({edge.get("id") for edge in edges}) != len(edges):
        yield "ids repeat"
    known = set(nodes)
    yield from ("an edge ends nowhere" for edge in edges if not {edge.get("source"), edge.get("target")} <= known)


def _attvalues(root: Any) -> Iterator[str]:
    for scope in ("node", "edge"):
        types = {one.get("id"): one.get("type") for one in root.iterfind(f".//{GEXF}attributes[@class='{scope}']/{GEXF}attribute")}
        for value in root.iterfind(f".//{GEXF}{scope}/{GEXF}attvalues/{GEXF}attvalue"):
            kind = types.get(value.get("for"))
            if kind is None or not re.fullmatch(f"(?s:{READS.get(kind, '')})", value.get("value")):
                yield f"{scope} has the value {value.get('value')!r} for {value.get('for')} of type {kind}"


def _dates(root: Any) -> Iterator[str]:
    spells = [(element.get("start"), element.get("end")) for element in root.iter(f"{GEXF}edge", f"{GEXF}node")]
    dynamic = root.find(f"{GEXF}graph").get("mode") == "dynamic"
    for start, end in spells:
        try:
            days = [date.fromisoformat(day) for day in (start, end) if day]
        except ValueError:
            yield f"{start} – {end} are no dates"
            continue
        if days != sorted(days) or (days and not dynamic):
            yield f"{start} – {end} is no spell of this graph"
