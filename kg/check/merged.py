"""The named graphs of a store as one rdflib graph, and the passages that carry its nodes."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import rdflib

from kg.check.findings import Passage
from kg.namespaces import OA, PROV, RIE
from kg.store import Store
from kg.triples.terms import Blank, Iri, Term

_OA = rdflib.Namespace(OA)
_RIE = rdflib.Namespace(RIE)
_CARRIERS = (rdflib.URIRef(f"{PROV}wasDerivedFrom"), _RIE.mentionedAt)
_ASPECTS = (_RIE.hasRank, _RIE.hasComparison, _RIE.hasSuperlative)
_IDENTIFIER = rdflib.DCTERMS.identifier


def merge(store: Store, graphs: Iterable[Iri | None] = (None,)) -> rdflib.Graph:
    """Return the triples of ``graphs`` of ``store``, or of all, in one graph."""
    merged = rdflib.Graph()
    with _quiet():
        for name in graphs:
            for quad in store.quads(name):
                merged.add((rdf_term(quad.subject), rdflib.URIRef(quad.predicate.value), rdf_term(quad.object)))
    return merged


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from printing a traceback for a literal that is not of its type: the shapes find it."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def passage_of(graph: rdflib.Graph, node: rdflib.term.Node) -> Passage | None:
    """Return the first passage that carries ``node`` (a fact, a named thing, an aspect of an observation, or evidence)."""
    owners = [node, *(owner for aspect in _ASPECTS for owner in graph.subjects(aspect, node)), *graph.subjects(_OA.hasSelector, node)]
    for owner in owners:
        carriers = [carrier for path in _CARRIERS for carrier in graph.objects(owner, path)]
        found = [passage for carrier in (owner, *carriers) if (passage := _read_passage(graph, carrier))]
        if found:
            return min(found, key=lambda passage: (passage.report, passage.start, passage.end))
    return None


def _read_passage(graph: rdflib.Graph, evidence: rdflib.term.Node) -> Passage | None:
    """Return the passage of an evidence node, or ``None`` where it is not whole (which is a finding of its own)."""
    said: dict[str, str] = {}
    for selector in graph.objects(evidence, _OA.hasSelector):
        for name in ("start", "end", "exact"):
            if (value := graph.value(selector, _OA[name])) is not None:
                said[name] = str(value)
    source = graph.value(evidence, _OA.hasSource)
    report = str(graph.value(source, _IDENTIFIER) or source) if source else ""
    whole = report and {"start", "end", "exact"} <= said.keys() and said["start"].isdecimal() and said["end"].isdecimal()
    return Passage(report, int(said["start"]), int(said["end"]), said["exact"]) if whole else None


def rdf_term(term: Term) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """Return ``term`` as rdflib has it."""
    match term:
        case Iri():
            return rdflib.URIRef(term.value)
        case Blank():
            return rdflib.BNode(term.label)
        case _:
            if term.lang:
                return rdflib.Literal(term.value, lang=term.lang)
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype))
