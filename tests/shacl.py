"""What pySHACL finds, the reference for the compiled shapes, and graphs spread over named graphs as a store has them."""

import zlib
from collections.abc import Iterable
from pathlib import Path

import rdflib
from rdflib.namespace import SH

from kg.shapes import Result, Text
from kg.store import Store
from kg.triples.terms import Quad

Told = tuple[str, str, str, str, str, str, tuple[Text, ...]]
TREE = rdflib.RDFS.subClassOf


def store_of(graph: rdflib.Graph, folder: Path, parts: int = 3) -> Store:
    """Return a store that holds the triples of ``graph``, dealt out to ``parts`` named graphs whatever they speak of.

    The class tree stays in one graph: a path that is repeated (``subClassOf*``) is followed within one.
    """
    lines = []
    for triple in graph:
        text = " ".join(term.n3() for term in triple)
        part = 0 if triple[1] == TREE else zlib.crc32(text.encode()) % parts
        nt = rdflib.Graph()
        nt.add(triple)
        lines.append(f"{nt.serialize(format='nt').strip().removesuffix('.')} <urn:part:{part}> .\n")
    path = folder / "spread.nq"
    path.write_text("".join(sorted(lines)), encoding="utf-8")
    return Store.in_memory([path])


def graph_of(store: Store) -> rdflib.Graph:
    """Return the triples of all named graphs of ``store`` in one rdflib graph, as pySHACL wants them."""
    triples = "".join(f"{Quad(quad.subject, quad.predicate, quad.object).n3()}\n" for quad in store.quads())
    return rdflib.Graph().parse(data=triples, format="nt")


def reference(graph: rdflib.Graph, shapes: rdflib.Graph) -> set[Told]:
    """Return pySHACL's results: source shape, constraint, focus node, path, value, severity and messages.

    What it gives as sh:detail, the results within a nested shape, is left out.
    """
    from pyshacl import validate

    _, found, _ = validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    return {_theirs(found, result) for result in found.objects(None, SH.result)}


def told(results: Iterable[Result], shapes: rdflib.Graph) -> set[Told]:
    """Return compiled results in the same form.

    pySHACL makes up a message where a shape has none, and leaves those of SPARQL constraints out when there are two languages.
    """
    return {
        (
            result.source,
            result.component,
            str(result.focus),
            result.path if "(" not in result.path and "^" not in result.path else "",
            str(result.value) if result.value is not None else "",
            result.severity,
            () if result.component == "SPARQLConstraintComponent" else result.messages,
        )
        for result in results
    }


def _theirs(found: rdflib.Graph, result: rdflib.term.Node) -> Told:
    def said(predicate: rdflib.URIRef) -> str:
        value = found.value(result, predicate)
        return "" if value is None else str(value)

    component = said(SH.sourceConstraintComponent).rpartition("#")[2]
    path = found.value(result, SH.resultPath)
    texts = [text for text in found.objects(result, SH.resultMessage) if isinstance(text, rdflib.Literal) and text.language]
    messages = sorted((Text(str(text), str(text.language)) for text in texts), key=lambda text: (text.lang.lower(), text.value))
    return (
        said(SH.sourceShape),
        component,
        said(SH.focusNode),
        str(path) if isinstance(path, rdflib.URIRef) else "",
        said(SH.value),
        said(SH.resultSeverity),
        () if component == "SPARQLConstraintComponent" else tuple(messages),
    )
