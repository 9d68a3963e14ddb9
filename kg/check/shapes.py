"""The SHACL shapes and what pySHACL says of a graph by them."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from kg.check.findings import SEVERITIES, Evaluated, Finding, Message, Severity
from kg.check.merged import passage_of
from kg.errors import InputError
from kg.namespaces import BASE, PREFIXES

SHAPE = f"{BASE}shape/"
_IRI = re.compile(r"https?://[^\s，；。、）)]+[^\s，；。、）).,;:]")


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


def evaluate(shapes: rdflib.Graph, graph: rdflib.Graph) -> tuple[list[Evaluated], list[Finding]]:
    """Return what ``shapes`` looked at in ``graph``, and the findings in the order of the shapes and nodes."""
    from pyshacl import validate

    _, results, _ = validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    order = {short(shape): number for number, shape in enumerate(shapes_in(shapes))}
    read = {_finding(results, result, shapes, graph) for result in results.subjects(RDF.type, SH.ValidationResult)}
    findings = sorted(read, key=lambda found: (order[found.shape], found.focus, found.value or "", found.message.en))
    counted = Counter(finding.shape for finding in findings)
    return [_evaluated(shapes, shape, graph, counted) for shape in shapes_in(shapes)], findings


def short(term: object) -> str:
    """Return a shape's own name, another IRI with its prefix, or a value as it is.

    >>> short(f"{SHAPE}fact-run"), short("http://www.w3.org/ns/org#Role"), short("3.5")
    ('fact-run', 'org:Role', '3.5')
    """
    value = str(term)
    if value.startswith(SHAPE):
        return value.removeprefix(SHAPE)
    fitting = [(space, prefix) for prefix, space in PREFIXES.items() if value.startswith(space)]
    if not fitting:
        return value
    space, prefix = max(fitting)
    return f"{prefix}:{value.removeprefix(space)}"


def messages(values: Iterable[rdflib.term.Node]) -> Message:
    """Return the Chinese and the English text among language-tagged ``values``."""
    said = {(value.language or "")[:2]: str(value) for value in values if isinstance(value, rdflib.Literal)}
    return Message(said.get("zh", ""), said.get("en", ""))


def _finding(results: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph, graph: rdflib.Graph) -> Finding:
    """Return one validation result; an audit looks at a document and names the node at fault as the value."""
    source, focus = results.value(result, SH.sourceShape), results.value(result, SH.focusNode)
    assert source is not None
    assert focus is not None
    value = results.value(result, SH.value)
    if value is not None and (source, SH.sparql, None) in shapes and (value, None, None) in graph:
        focus, value = value, None
    message = _shortened(messages(results.objects(result, SH.resultMessage)))
    severity = _severity(results.value(result, SH.resultSeverity))
    return Finding(short(source), severity, short(focus), message, None if value is None else short(value), passage_of(graph, focus))


def _evaluated(shapes: rdflib.Graph, shape: rdflib.URIRef, graph: rdflib.Graph, counted: Counter[str]) -> Evaluated:
    severity = _severity(shapes.value(shape, SH.severity))
    nodes = len(focus_nodes(shapes, shape, graph))
    return Evaluated(short(shape), messages(shapes.objects(shape, SH.name)), severity, nodes, counted[short(shape)])


def _shortened(message: Message) -> Message:
    """Return ``message`` with the IRIs of our own prefixes shortened."""
    return Message(*(_IRI.sub(lambda found: short(found[0]), text) for text in (message.zh, message.en)))


def _severity(node: rdflib.term.Node | None) -> Severity:
    name = str(node or SH.Violation).rpartition("#")[2].lower()
    return next(severity for severity in SEVERITIES if severity == name)
