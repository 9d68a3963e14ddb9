"""Linked data: the page and the RDF of each IRI of the graph, and of the ontology."""

from typing import Any

from kg.ask.sentences import find_sentences
from kg.catalogue import Lang
from kg.server.desk import Desk, Head
from kg.server.places import ONTOLOGY, iri_of
from kg.server.querying import write_rdf
from kg.server.shown import Table, shown
from kg.server.sink import Sink
from kg.server.site import drawn, nowhere
from kg.server.terms import find_terms
from kg.server.things import Thing, find_thing, thing_quads
from kg.triples import iris
from kg.triples.terms import Iri


def thing(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the page of the thing whose IRI has ``place`` as its path."""
    iri = _iri(head["place"])
    found = find_thing(desk.store, iri, head["lang"]) if iri else None
    if found is None:
        return nowhere(desk, head, body, sink)
    sections: dict[str, Any] = _sections(desk, found, head["lang"])
    return drawn(sink, head, "thing.html.j2", thing=found, place=head["place"], **sections)


def _sections(desk: Desk, found: Thing, lang: Lang) -> dict[str, Table]:
    told = {"relations": found.relations, "numbers": found.numbers, "own": found.own}
    tables = {name: shown(answer, lang, find_sentences(desk.store, answer)) for name, answer in told.items()}
    return tables | {"out": shown(found.out, lang), "into": shown(found.into, lang)}


def _iri(place: str) -> Iri | None:
    iri = Iri(iri_of(place))
    try:
        iri.n3()
    except ValueError:
        return None
    return iri


def data(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write what the graph says of the thing whose IRI has ``place`` as its path, in the RDF form asked for."""
    iri = _iri(head["place"])
    if iri == Iri(ONTOLOGY):
        quads = [quad for quad in desk.store.quads(iris.graph("ontology")) if str(quad.subject).startswith(ONTOLOGY)]
    else:
        quads = thing_quads(desk.store, iri) if iri else []
    return write_rdf(quads, head, sink) if quads else nowhere(desk, head, body, sink)


def ontology(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the page of the classes, properties and code lists."""
    kinds, schemes = find_terms(desk.store, head["lang"])
    about = find_thing(desk.store, Iri(ONTOLOGY), head["lang"])
    return drawn(sink, head, "ontology.html.j2", kinds=kinds, schemes=schemes, about=about, iri=ONTOLOGY)
