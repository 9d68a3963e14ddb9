"""The authority graph: English names of the things that reports name, and their ids elsewhere.

An id is a ``skos:exactMatch``, never an ``owl:sameAs``: the latter would merge all that is said of a city, its seat and its
government wherever somebody uses one id for two of them. A code without a web address is a ``dcterms:identifier``
(``gb2260:330300``).
"""

from collections.abc import Iterator

from kg.authority import WEB, AuthorityRecord, link
from kg.facts import Facts
from kg.namespaces import DCTERMS, RDFS, SKOS
from kg.triples import iris
from kg.triples.names import entity_iri
from kg.triples.terms import Iri, Literal, Quad, Term


def authority_quads(facts: Facts, report: str) -> set[Quad]:
    """Return what is known elsewhere of the entities of ``report``, as quads of ``rig:authority``."""
    graph = iris.graph("authority")
    nodes = {entity.name: entity_iri(entity, report) for entity in facts.entities if entity.mentions}
    records = link(entity for entity in facts.entities if entity.mentions)
    return {Quad(nodes[name], Iri(p), value, graph) for name, record in records.items() for p, value in _said(record)}


def _said(record: AuthorityRecord) -> Iterator[tuple[str, Term]]:
    if record.en:
        yield f"{RDFS}label", Literal(record.en, lang="en")
    for address in record.uris():
        yield f"{SKOS}exactMatch", Iri(address)
    for scheme in sorted(record.ids.keys() - WEB.keys()):
        yield f"{DCTERMS}identifier", Literal(f"{scheme}:{record.ids[scheme]}")
    if record.reason:
        yield f"{SKOS}note", Literal(record.reason, lang="en")
