"""Quads written in any of the six RDF forms."""

from collections.abc import Iterable
from io import BytesIO

from kg.namespaces import PREFIXES
from kg.store import EmbeddedStore
from kg.triples.terms import Quad, nquads
from kg.triples.turtle import jsonld, trig, turtle

_EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


def written(quads: Iterable[Quad], form: str) -> bytes:
    """Return ``quads`` as UTF-8 in the media type ``form``; forms without graphs leave their names out."""
    found = list(quads)
    match form:
        case "text/turtle":
            text = turtle(found, PREFIXES)
        case "application/trig":
            text = trig(found, PREFIXES)
        case "application/ld+json":
            text = jsonld(found, PREFIXES)
        case "application/n-quads":
            text = nquads(found)
        case "application/n-triples":
            text = nquads(Quad(quad.subject, quad.predicate, quad.object) for quad in found)
        case _:
            out = BytesIO()
            EmbeddedStore.holding(found).serialise(_EVERYTHING, out, lambda kind: form, union=True)
            return out.getvalue()
    return text.encode("utf-8")
