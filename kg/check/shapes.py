"""The SHACL shapes and what pySHACL says of a graph by them."""

from collections import Counter
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from kg.check.audits import audit, without_audits
from kg.check.findings import Evaluated, Finding
from kg.check.merged import Merged, passage_of
from kg.check.names import message, severity, short
from kg.errors import InputError


def read_shapes(path: Path) -> rdflib.Graph:
    """Return the shapes in the Turtle file ``path``; ``InputError`` when it cannot be read."""
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(path, f"the shapes cannot be read ({error})", "mend the Turtle") from error


def shapes_in(shapes: rdflib.Graph) -> list[rdflib.URIRef]:
    """Return the shapes that have a target, in the order that ``sh:order`` gives them."""
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
    named = {shape for target in targets for shape in shapes.subjects(target) if isinstance(shape, rdflib.URIRef)}
    return sorted(named, key=lambda shape: (int(str(shapes.value(shape, SH.order) or 0)), shape))


def focus_nodes(shapes: rdflib.Graph, shape: rdflib.term.Node, graph: rdflib.Graph) -> set[rdflib.term.Node]:
    """Return the nodes of ``graph`` that ``shape`` looks at (SHACL section 2.1.3; instances of subclasses too)."""
    found: set[rdflib.term.Node] = set(shapes.objects(shape, SH.targetNode))
    for cls in shapes.objects(shape, SH.targetClass):
        for narrower in graph.transitive_subjects(RDFS.subClassOf, cls):
            found.update(graph.subjects(RDF.type, narrower))
    for path in shapes.objects(shape, SH.targetSubjectsOf):
        found.update(graph.subjects(path))
    for path in shapes.objects(shape, SH.targetObjectsOf):
        found.update(graph.objects(predicate=path))
    return found


def evaluate(shapes: rdflib.Graph, merged: Merged) -> tuple[list[Evaluated], list[Finding]]:
    """Return what ``shapes`` looked at in ``merged``, and the findings in the order of the shapes and nodes.

    pySHACL evaluates all but the SPARQL constraints, which it would ask once a node; those are asked once of the store.
    """
    order = {short(shape): number for number, shape in enumerate(shapes_in(shapes))}
    read = {*validate(without_audits(shapes), merged.graph), *audit(shapes, merged)}
    findings = sorted(read, key=lambda found: (order[found.shape], found.focus, found.value or "", found.message.en))
    counted = Counter(finding.shape for finding in findings)
    return [_evaluated(shapes, shape, merged.graph, counted) for shape in shapes_in(shapes)], findings


def validate(shapes: rdflib.Graph, graph: rdflib.Graph) -> set[Finding]:
    """Return what pySHACL finds in ``graph`` by ``shapes``."""
    from pyshacl import validate

    _, results, _ = validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    return {_finding(results, result, shapes, graph) for result in results.subjects(RDF.type, SH.ValidationResult)}


def _finding(results: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph, graph: rdflib.Graph) -> Finding:
    """Return one validation result; an audit looks at a document and names the node at fault as the value."""
    source, focus = results.value(result, SH.sourceShape), results.value(result, SH.focusNode)
    assert source is not None
    assert focus is not None
    value = results.value(result, SH.value)
    if value is not None and (source, SH.sparql, None) in shapes and (value, None, None) in graph:
        focus, value = value, None
    said, grade = message(results.objects(result, SH.resultMessage)), severity(results.value(result, SH.resultSeverity))
    return Finding(short(source), grade, short(focus), said, None if value is None else short(value), passage_of(graph, focus))


def _evaluated(shapes: rdflib.Graph, shape: rdflib.URIRef, graph: rdflib.Graph, counted: Counter[str]) -> Evaluated:
    grade = severity(shapes.value(shape, SH.severity))
    nodes = len(focus_nodes(shapes, shape, graph))
    return Evaluated(short(shape), message(shapes.objects(shape, SH.name)), grade, nodes, counted[short(shape)])
