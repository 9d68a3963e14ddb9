"""RDF files as quads of one named graph."""

from pathlib import Path

from kg.errors import StoreError
from kg.namespaces import BASE
from kg.store import engine
from kg.store.queries import short
from kg.triples.terms import Blank, Iri, Literal, Quad, Term


def read_rdf(path: Path, graph: Iri) -> list[Quad]:
    """Return the quads of an RDF file (Turtle, N-Triples ...) as those of ``graph``; blank nodes become IRIs.

    Blank nodes are named by the canonical labels of RDFC-1.0, so that the same file gives the same IRIs. Raises
    ``StoreError`` with the line for a file that cannot be read.
    """
    try:
        triples = engine.parse_canonically(path)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(path, f"cannot be read as RDF ({short(error)})", "mend the file") from error
    return [_named(quad, graph, path.stem) for quad in triples]


def _named(quad: Quad, graph: Iri, file: str) -> Quad:
    def name(term: Term) -> Term:
        return Iri(f"{BASE}.well-known/genid/{file}-{term.label}") if isinstance(term, Blank) else term

    subject = name(quad.subject)
    assert not isinstance(subject, Literal)
    return Quad(subject, quad.predicate, name(quad.object), graph)
