"""The SPARQL constraints among the shapes, each asked once of the whole graph.

SHACL binds ``$this`` to one node at a time; the constraints are written so that the query says the same with ``$this`` left
free, and a test compares the two ways.
"""

from collections.abc import Mapping

import rdflib
from rdflib.namespace import SH

from kg.check.findings import Finding
from kg.check.merged import Merged, passage_of, rdf_term
from kg.check.names import message, severity, short
from kg.triples.terms import Term


def audit(shapes: rdflib.Graph, merged: Merged) -> set[Finding]:
    """Return what the SPARQL constraints of ``shapes`` find; ``?value``, where there is one, is the node at fault, else ``$this``."""
    return {finding for shape, constraint in shapes.subject_objects(SH.sparql) for finding in _ask(shapes, shape, constraint, merged)}


def without_audits(shapes: rdflib.Graph) -> rdflib.Graph:
    """Return ``shapes`` without the shapes that have a SPARQL constraint."""
    audits = set(shapes.subjects(SH.sparql))
    kept = rdflib.Graph()
    for triple in shapes:
        if triple[0] not in audits:
            kept.add(triple)
    return kept


def _ask(shapes: rdflib.Graph, shape: rdflib.term.Node, constraint: rdflib.term.Node, merged: Merged) -> list[Finding]:
    rows = merged.store.select(_prologue(shapes, constraint) + str(shapes.value(constraint, SH.select)))
    texts = [text for text in shapes.objects(constraint, SH.message) if isinstance(text, rdflib.Literal)]
    grade = severity(shapes.value(shape, SH.severity))
    found = []
    for row in rows:
        node = row.get("value") or row["this"]
        assert node is not None
        said = message(rdflib.Literal(_filled(str(text), row), lang=text.language) for text in texts)
        found.append(Finding(short(shape), grade, short(node), said, None, passage_of(merged.graph, rdf_term(node))))
    return found


def _prologue(shapes: rdflib.Graph, constraint: rdflib.term.Node) -> str:
    """Return the PREFIX lines that the constraint declares (SHACL section 5.2.1)."""
    declared = {
        str(shapes.value(entry, SH.prefix)): str(shapes.value(entry, SH.namespace))
        for prefixes in shapes.objects(constraint, SH.prefixes)
        for entry in shapes.objects(prefixes, SH.declare)
    }
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(declared.items()))


def _filled(text: str, row: Mapping[str, Term | None]) -> str:
    """Return a message with ``{?name}`` replaced by what the row binds."""
    for name, value in row.items():
        text = text.replace(f"{{?{name}}}", str(value))
    return text
