"""Statements about statements as RDF 1.2 has them: one reifier of a triple term in the place of three properties.

The graph itself keeps ``rdf:Statement``, which every engine reads; this is an export for engines that have triple terms.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from kg.namespaces import RDF
from kg.triples.terms import Iri, Node, Quad, Term

REIFIES = Iri(f"{RDF}reifies")
_TYPE, _STATEMENT = Iri(f"{RDF}type"), Iri(f"{RDF}Statement")
_PARTS = tuple(Iri(f"{RDF}{name}") for name in ("subject", "predicate", "object"))


@dataclass(frozen=True, slots=True, order=True)
class TripleTerm:
    """A triple as a value (RDF 1.2 Concepts, 3.1); only an exported graph holds any."""

    subject: Term
    predicate: Term
    object: Term

    def n3(self) -> str:
        """Return the N-Quads 1.2 form."""
        return f"<<( {self.subject.n3()} {self.predicate.n3()} {self.object.n3()} )>>"


def reified(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield ``quads`` with each whole ``rdf:Statement`` as a reifier on the same IRI, in the same graph.

    Its type and its ``rdf:subject``, ``rdf:predicate``, ``rdf:object`` give way to ``rdf:reifies <<( s p o )>>``; what else is said
    of it stays. A statement that lacks one of the three, or has one twice, is left as it is.
    """
    everything = list(quads)
    whole = {at: _triple(parts) for at, parts in _parts(everything).items() if _is_whole(parts)}
    for quad in everything:
        at = (quad.subject, quad.graph)
        if at in whole and (quad.predicate in _PARTS or (quad.predicate == _TYPE and quad.object == _STATEMENT)):
            continue
        yield quad
    for (node, graph), term in whole.items():
        yield Quad(node, REIFIES, cast(Term, term), graph)  # only the writers see a quad of this kind


_Parts = Mapping[Iri, list[Term]]


def _parts(quads: Iterable[Quad]) -> dict[tuple[Node, Iri | None], dict[Iri, list[Term]]]:
    found: dict[tuple[Node, Iri | None], dict[Iri, list[Term]]] = {}
    for quad in quads:
        if quad.predicate in _PARTS:
            found.setdefault((quad.subject, quad.graph), {}).setdefault(quad.predicate, []).append(quad.object)
    return found


def _is_whole(parts: _Parts) -> bool:
    return all(len(parts.get(part, ())) == 1 for part in _PARTS)


def _triple(parts: _Parts) -> TripleTerm:
    return TripleTerm(*(parts[part][0] for part in _PARTS))
