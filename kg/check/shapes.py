"""The SHACL shapes, compiled to SPARQL, and what they find in a store, in words."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import rdflib
from rdflib.namespace import SH

from kg.check.findings import Evaluated, Finding, Passage
from kg.check.names import message, severity, short
from kg.check.passages import find_passages
from kg.errors import InputError
from kg.shapes import Known, Result, compile_shapes, count_among, count_nodes, validate, validate_nodes
from kg.store import Store
from kg.triples.terms import Iri, Term
from kg.wording import Wording


def read_shapes(path: Path) -> rdflib.Graph:
    """Return the shapes in the Turtle file ``path``; ``InputError`` when it cannot be read."""
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(
            path, Wording(f"读不了形状（{error}）", f"the shapes cannot be read ({error})"), Wording("请改正 Turtle", "mend the Turtle")
        ) from error


def evaluate(shapes: rdflib.Graph, store: Store, only: Iri | None = None) -> tuple[list[Evaluated], list[Finding]]:
    """Return what ``shapes`` looked at in ``store``, and the findings in the order of the shapes and nodes.

    With ``only``, the name of a graph, just the nodes that this graph speaks of are looked at. Raises ``InputError`` for a
    shape that cannot be compiled.
    """
    compiled = compile_shapes(shapes, Known(store))
    if only is None:
        results, nodes = validate(store, compiled), count_nodes(store, compiled)
    else:
        touched = nodes_of(store, only)
        results, nodes = validate_nodes(store, compiled, touched), count_among(store, compiled, touched)
    order = {short(shape.iri): number for number, shape in enumerate(compiled)}
    passages = find_passages(store, (node.value for result in results if isinstance(node := _at_fault(result)[0], Iri)))
    read = {_finding(result, passages) for result in results}
    findings = sorted(read, key=lambda found: (order[found.shape], found.focus, found.value or "", found.message.en))
    counted = Counter(finding.shape for finding in findings)
    return [_evaluated(shapes, rdflib.URIRef(shape.iri), nodes[shape.iri], counted) for shape in compiled], findings


def nodes_of(store: Store, graph: Iri) -> list[Iri]:
    """Return what the named graph ``graph`` speaks of: the subjects and objects of its triples that have an IRI."""
    rows = store.select(f"SELECT DISTINCT ?n WHERE {{ GRAPH {graph.n3()} {{ {{ ?n ?p ?o }} UNION {{ ?s ?p ?n }} }} FILTER isIRI(?n) }}")
    return sorted(node for row in rows if isinstance(node := row["n"], Iri))


def _at_fault(result: Result) -> tuple[Term, Term | None]:
    """Return the node at fault and the value; a SPARQL constraint on a document names the node at fault as the value."""
    if result.value is not None and result.component == "SPARQLConstraintComponent":
        return result.value, None
    return result.focus, result.value


def _finding(result: Result, passages: Mapping[str, Passage]) -> Finding:
    """Return one result in words."""
    focus, value = _at_fault(result)
    said = message(rdflib.Literal(text.value, lang=text.lang or None) for text in result.messages)
    grade = severity(rdflib.URIRef(result.severity))
    return Finding(short(result.shape), grade, short(focus), said, None if value is None else short(value), passages.get(str(focus)))


def _evaluated(shapes: rdflib.Graph, shape: rdflib.URIRef, nodes: int, counted: Counter[str]) -> Evaluated:
    grade = severity(shapes.value(shape, SH.severity))
    return Evaluated(short(shape), message(shapes.objects(shape, SH.name)), grade, nodes, counted[short(shape)])
