"""Quads of the authority graph, and what people changed in it, as lines of text that a ledger keeps."""

import json

from kg.triples import iris
from kg.triples.authority import LinkEdit
from kg.triples.terms import Iri, Literal, Quad, Term

_Plain = str | list[str]


def quad_row(quad: Quad) -> str:
    """Return a quad of ``rig:authority`` as a row."""
    return _dumped(_plain_quad(quad))


def quad_of(row: str) -> Quad:
    """Return the quad of a row."""
    return _quad(json.loads(row))


def edit_row(report: str, place: int, edit: LinkEdit) -> str:
    """Return an edit as a row; ``place`` is its place among those of ``report``."""
    cut = None if edit.cut is None else sorted(map(_plain, edit.cut), key=str)
    return _dumped([report, place, edit.node.value, cut, edit.relabels, sorted(map(_plain_quad, edit.new), key=str)])


def edits_of(rows: list[str]) -> list[LinkEdit]:
    """Return the edits of some rows in the order of their reports and places."""
    ordered = sorted((json.loads(row) for row in rows), key=lambda said: (said[0], said[1]))
    return [
        LinkEdit(Iri(node), None if cut is None else frozenset(map(_term, cut)), relabels, frozenset(map(_quad, new)))
        for _, _, node, cut, relabels, new in ordered
    ]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(term: Term) -> _Plain:
    return [term.value, term.datatype, term.lang] if isinstance(term, Literal) else str(term)


def _term(plain: _Plain) -> Term:
    return Iri(plain) if isinstance(plain, str) else Literal(*plain)


def _plain_quad(quad: Quad) -> list[_Plain]:
    return [str(quad.subject), quad.predicate.value, _plain(quad.object)]


def _quad(plain: list[_Plain]) -> Quad:
    subject, predicate, object_ = plain
    return Quad(Iri(str(subject)), Iri(str(predicate)), _term(object_), iris.graph("authority"))
