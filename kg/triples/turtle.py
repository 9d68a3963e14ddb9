"""Turtle, TriG and JSON-LD of quads, with prefixes: the same quads give the same bytes.

The engine's writers put prefixes in changing order and language tags in small letters, so these are written here.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from kg.namespaces import RDF, XSD
from kg.triples.reifiers import TripleTerm
from kg.triples.terms import Iri, Literal, Node, Quad, Term

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")  # needs no escape after a prefix
_PLAIN_NUMBER = {f"{XSD}integer": re.compile(r"-?[0-9]+"), f"{XSD}decimal": re.compile(r"-?[0-9]+\.[0-9]+")}
_TYPE = f"{RDF}type"

Namer = Callable[[Term], str]


def trig(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Return ``quads`` as TriG, graphs and subjects in the order of their names."""
    name = _namer(prefixes)
    parts = [_head(prefixes)]
    for graph, group in groupby(_ordered(quads), key=lambda quad: quad.graph):
        body = "\n".join(_blocks(group, name, "    " if graph else ""))
        parts.append(f"{name(graph)} {{\n{body}\n}}\n" if graph else f"{body}\n")
    return "\n".join(parts)


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Return the triples of ``quads``, all graphs merged, as Turtle."""
    return trig({Quad(quad.subject, quad.predicate, quad.object) for quad in quads}, prefixes)


def jsonld(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Return ``quads`` as JSON-LD 1.1: one object a graph, prefixes in the context, values in full form."""
    graphs = []
    for graph, group in groupby(_ordered(quads), key=lambda quad: quad.graph):
        nodes = [_json_node(subject, list(about), prefixes) for subject, about in groupby(group, key=lambda quad: quad.subject)]
        graphs.append({"@id": _short_iri(graph, prefixes), "@graph": nodes} if graph else {"@graph": nodes})
    document = {"@context": dict(sorted(prefixes.items())), "@graph": graphs}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _ordered(quads: Iterable[Quad]) -> list[Quad]:
    def key(quad: Quad) -> tuple[str, str, bool, str, str]:
        graph = quad.graph.value if quad.graph else ""
        return graph, str(quad.subject), quad.predicate.value != _TYPE, quad.predicate.value, quad.object.n3()

    return sorted(set(quads), key=key)


def _head(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(prefixes))


def _blocks(quads: Iterable[Quad], name: Namer, indent: str) -> Iterator[str]:
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        lines = []
        for predicate, values in groupby(about, key=lambda quad: quad.predicate):
            verb = "a" if predicate.value == _TYPE else name(predicate)
            lines.append(f"{verb} " + " , ".join(name(quad.object) for quad in values))
        yield f"{indent}{name(subject)} " + f" ;\n{indent}    ".join(lines) + " ."


def _namer(prefixes: Mapping[str, str]) -> Namer:
    """Return a function that writes a term in Turtle, with the longest prefix that fits, and remembers IRIs."""
    by_length = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    known: dict[Term, str] = {}

    def iri(term: Iri) -> str:
        for prefix, namespace in by_length:
            if term.value.startswith(namespace) and _LOCAL.fullmatch(term.value, len(namespace)):
                return f"{prefix}:{term.value[len(namespace) :]}"
        return term.n3()

    def name(term: Term | TripleTerm) -> str:
        if isinstance(term, TripleTerm):
            return f"<<( {name(term.subject)} {name(term.predicate)} {name(term.object)} )>>"
        if isinstance(term, Literal):
            plain = _PLAIN_NUMBER.get(term.datatype)
            if plain and plain.fullmatch(term.value):
                return term.value
            known_type = term.datatype != f"{XSD}string" and not term.lang
            return f"{Literal(term.value).n3()}^^{name(Iri(term.datatype))}" if known_type else term.n3()
        if term not in known:
            known[term] = iri(term) if isinstance(term, Iri) else term.n3()
        return known[term]

    return name


def _short_iri(term: Node, prefixes: Mapping[str, str]) -> str:
    """Return a compact IRI where a prefix fits; what follows must not look like ``//``."""
    value = str(term)
    fits = [(len(space), prefix, space) for prefix, space in prefixes.items() if value.startswith(space)]
    if not fits:
        return value
    _, prefix, space = max(fits)
    return value if value[len(space) :].startswith("//") else f"{prefix}:{value[len(space) :]}"


def _json_node(subject: Node, quads: list[Quad], prefixes: Mapping[str, str]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _short_iri(subject, prefixes)}
    for predicate, values in groupby(quads, key=lambda quad: quad.predicate):
        if predicate.value == _TYPE:
            node["@type"] = [_short_iri(quad.object, prefixes) for quad in values if not isinstance(quad.object, Literal)]
        else:
            node[_short_iri(predicate, prefixes)] = [_json_value(quad.object, prefixes) for quad in values]
    return node


def _json_value(term: Term, prefixes: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _short_iri(term, prefixes)}
    if term.lang:
        return {"@value": term.value, "@language": term.lang}
    if term.datatype == f"{XSD}string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": _short_iri(Iri(term.datatype), prefixes)}
