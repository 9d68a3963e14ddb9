"""Terms and quads of Oxigraph as ours, and ours as its."""

from functools import cache, lru_cache

import pyoxigraph as engine

from kg.errors import QueryError
from kg.store.queries import QUERY
from kg.triples.terms import Blank, Iri, Literal, Node, Quad, Term
from kg.wording import Wording


def optional_term(term: object) -> Term | None:
    return None if term is None else term_of(term)


def term_of(term: object) -> Term:
    if isinstance(term, engine.NamedNode):
        return _iri(term.value)
    if isinstance(term, engine.Literal):
        return Literal(term.value, lang=_tag(term.language)) if term.language else Literal(term.value, term.datatype.value)
    if isinstance(term, engine.BlankNode):
        return Blank(term.value)
    raise QueryError(
        QUERY,
        Wording("结果中有 RDF 1.2 的三元组项", "the answer holds an RDF 1.2 triple term"),
        Wording("请改为选取其主语、谓词和宾语", "select its subject, predicate and object instead"),
    )


@lru_cache(maxsize=1 << 16)
def _iri(value: str) -> Iri:
    return Iri(value)


@cache
def _tag(language: str) -> str:
    """Return a language tag in its usual letters (RFC 5646, 2.1.1); the engine keeps it in small ones.

    >>> _tag("zh-hans"), _tag("en-gb")
    ('zh-Hans', 'en-GB')
    """
    first, *rest = language.lower().split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest)])


def node_of(term: object) -> Node:
    found = term_of(term)
    if isinstance(found, Literal):
        raise QueryError(
            QUERY,
            Wording("有字面量作了三元组的主语", "a literal stands as the subject of a triple"),
            Wording("请改正模板", "mend the template"),
        )
    return found


def plain_quad(quad: engine.Quad | engine.Triple) -> Quad:
    name = getattr(quad, "graph_name", None)
    graph = Iri(name.value) if isinstance(name, engine.NamedNode) else None
    return Quad(node_of(quad.subject), Iri(quad.predicate.value), term_of(quad.object), graph)


def _engine_term(term: Term) -> engine.NamedNode | engine.BlankNode | engine.Literal:
    match term:
        case Iri():
            return engine.NamedNode(term.value)
        case Blank():
            return engine.BlankNode(term.label)
        case Literal():
            if term.lang:
                return engine.Literal(term.value, language=term.lang)
            return engine.Literal(term.value, datatype=engine.NamedNode(term.datatype))


def engine_quad(quad: Quad) -> engine.Quad:
    subject = _engine_term(quad.subject)
    assert not isinstance(subject, engine.Literal)
    graph = engine.NamedNode(quad.graph.value) if quad.graph else engine.DefaultGraph()
    return engine.Quad(subject, engine.NamedNode(quad.predicate.value), _engine_term(quad.object), graph)


def triple_text(quad: engine.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} ."
