"""Oxigraph: its terms and answers as ours, and ours as its. The only module that names the engine."""

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, overload

import pyoxigraph as engine

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.store.chain import Chain
from kg.store.interface import Rows
from kg.triples.terms import Blank, Iri, Literal, Node, Quad, Term

VERSION = f"oxigraph {engine.__version__}"
Handle = engine.Store
_CHUNK = 1 << 20  # bytes read at a time
_SLICE = 48 << 20  # bytes loaded at a time, about 300,000 quads: 400 MB of memory; less costs time, since each load waits for the disk


def in_memory() -> Handle:
    """Return an empty store in memory."""
    return engine.Store()


def opened(data: Path, read_only: bool) -> Handle:
    """Open the engine's files in ``data``; ``OSError`` or ``RuntimeError`` as the engine has it."""
    return engine.Store.read_only(str(data)) if read_only else engine.Store(str(data))


def load(handle: Handle, files: Sequence[Path]) -> None:
    """Load N-Quads files; ``SyntaxError`` or ``ValueError`` does not say which file is at fault: see ``fault``.

    The engine keeps in memory what it loads at a time, so what is large is cut into slices of whole lines. Each slice leaves files of
    its own, in all of which a query would look; they are merged, which costs what the smaller slices save.
    """
    slices = 0
    with io.BufferedReader(Chain(files), _CHUNK) as text:
        while data := text.read(_SLICE):
            handle.bulk_load(data + text.readline(), format=engine.RdfFormat.N_QUADS)
            slices += 1
    if slices > 1:
        handle.optimize()


def load_quads(handle: Handle, quads: Iterable[Quad]) -> None:
    """Load quads in one go."""
    handle.bulk_extend(map(_engine_quad, quads))


def fault(file: Path) -> Exception | None:
    """Return why an N-Quads file cannot be read, ``None`` for a sound one."""
    try:
        for _ in engine.parse(path=str(file), format=engine.RdfFormat.N_QUADS):
            pass
    except (SyntaxError, ValueError) as error:
        return error
    return None


def query(handle: Handle, sparql: str) -> Rows | bool | list[Quad]:
    """Return the whole answer of a query: rows, a truth value, or triples in canonical order."""
    return _answer(handle.query(sparql))


def tsv(handle: Handle, sparql: str) -> bytes | None:
    """Return the rows of a SELECT as the engine writes them, tab-separated; ``None`` for another kind of query."""
    found = handle.query(sparql)
    if not isinstance(found, engine.QuerySolutions):
        return None
    return found.serialize(format=engine.QueryResultsFormat.TSV) or b""


def serialise(
    handle: Handle,
    sparql: str,
    sink: IO[bytes],
    media: Callable[[str], str],
    dataset: tuple[Sequence[str], Sequence[str]] | None,
    union: bool,
    base: str | None,
) -> None:
    """Write the answer of a query; ``dataset`` is the default and the named graphs that take the place of FROM."""
    default, named = dataset or ((), ())
    found = handle.query(
        sparql,
        base_iri=base,
        prefixes=PREFIXES,
        use_default_graph_as_union=union and dataset is None,
        default_graph=None if dataset is None else [engine.NamedNode(iri) for iri in default],
        named_graphs=None if dataset is None else [engine.NamedNode(iri) for iri in named],
    )
    if isinstance(found, engine.QueryTriples):
        found.serialize(sink, format=engine.RdfFormat.from_media_type(media("triples")))
    else:
        kind = "truth" if isinstance(found, engine.QueryBoolean) else "rows"
        found.serialize(sink, format=engine.QueryResultsFormat.from_media_type(media(kind)))


def update(handle: Handle, sparql: str, base: str | None) -> None:
    """Carry out an update, all of it or nothing."""
    handle.update(sparql, base_iri=base, prefixes=PREFIXES)


def replace(handle: Handle, graph: Iri, quads: Iterable[Quad]) -> int:
    """Let ``graph`` hold ``quads``, in one transaction that touches only what differs; return how many it holds."""
    wanted = {_engine_quad(Quad(quad.subject, quad.predicate, quad.object, graph)) for quad in quads}
    return _replace(handle, engine.NamedNode(graph.value), wanted)


def replace_from(handle: Handle, graph: Iri, file: Path) -> int:
    """Let ``graph`` hold the quads of the N-Quads ``file``, all of which name it, as ``replace`` does; no term of ours is made.

    ``OSError``, ``SyntaxError`` or ``ValueError`` when the file cannot be read, names another graph or has a blank node.
    """
    name = engine.NamedNode(graph.value)
    wanted = set(engine.parse(path=os.fspath(file), format=engine.RdfFormat.N_QUADS))
    for quad in wanted:
        if quad.graph_name != name or isinstance(quad.subject, engine.BlankNode) or isinstance(quad.object, engine.BlankNode):
            raise ValueError(f"{quad} is not of this graph, or has a blank node")
    return _replace(handle, name, wanted)


def _replace(handle: Handle, name: engine.NamedNode, wanted: set[engine.Quad]) -> int:
    there = set(handle.quads_for_pattern(None, None, None, name))
    gone, new = there - wanted, wanted - there
    if gone or new:
        block = "{} DATA {{ GRAPH {} {{ {} }} }}"
        parts = [block.format(verb, name, " ".join(map(_triple, part))) for verb, part in (("DELETE", gone), ("INSERT", new)) if part]
        handle.update(" ; ".join(parts))
    if not wanted:
        handle.remove_graph(name)
    return len(wanted)


def drop(handle: Handle, graph: Iri) -> None:
    """Remove a graph."""
    handle.remove_graph(engine.NamedNode(graph.value))


def quads_of(handle: Handle, graph: Iri | None) -> Iterator[Quad]:
    """Yield the quads of ``graph``, or all."""
    name = engine.NamedNode(graph.value) if graph else None
    return map(_plain_quad, handle.quads_for_pattern(None, None, None, name))


def names_of(handle: Handle) -> tuple[Iri, ...]:
    """Return the names of the graphs, sorted."""
    return tuple(sorted(Iri(name.value) for name in handle.named_graphs() if isinstance(name, engine.NamedNode)))


def read_rows(data: bytes) -> Rows | bool:
    """Read SPARQL results in JSON; ``SyntaxError`` for anything else, as for half an answer."""
    found = _answer(engine.parse_query_results(data, format=engine.QueryResultsFormat.JSON))
    assert not isinstance(found, list)
    return found


def read_triples(data: bytes) -> Iterator[Quad]:
    """Yield the triples of an N-Triples document, as quads without a graph; ``SyntaxError`` with the line."""
    return map(_plain_quad, engine.parse(data, format=engine.RdfFormat.N_TRIPLES))


def read_quads(file: Path) -> Iterator[Quad]:
    """Yield the quads of an N-Quads file; ``OSError`` or ``SyntaxError`` when it cannot be read."""
    return map(_plain_quad, engine.parse(path=os.fspath(file), format=engine.RdfFormat.N_QUADS))


def parse_canonically(path: Path) -> list[Quad]:
    """Return the triples of an RDF file in any syntax; blank nodes carry the canonical labels of RDFC-1.0."""
    triples = engine.Dataset(engine.parse(path=str(path)))
    triples.canonicalize(engine.CanonicalizationAlgorithm.RDFC_1_0)
    return [_plain_quad(quad) for quad in triples]


class _Solutions(Sequence[Mapping[str, Term | None]]):
    """Rows of the engine; a row turns into our terms when it is looked at, which costs more than many a query."""

    def __init__(self, names: tuple[str, ...], solutions: list[engine.QuerySolution]) -> None:
        self._names = names
        self._solutions = solutions

    def __len__(self) -> int:
        return len(self._solutions)

    @overload
    def __getitem__(self, at: int) -> Mapping[str, Term | None]: ...
    @overload
    def __getitem__(self, at: slice) -> "_Solutions": ...
    def __getitem__(self, at: int | slice) -> "Mapping[str, Term | None] | _Solutions":
        if isinstance(at, slice):
            return _Solutions(self._names, self._solutions[at])
        return dict(zip(self._names, map(_optional, self._solutions[at]), strict=True))

    def __iter__(self) -> Iterator[Mapping[str, Term | None]]:
        for solution in self._solutions:
            yield dict(zip(self._names, map(_optional, solution), strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def _answer(result: object) -> Rows | bool | list[Quad]:
    if isinstance(result, engine.QuerySolutions):
        names = tuple(variable.value for variable in result.variables)
        return Rows(names, _Solutions(names, list(result)))
    if isinstance(result, engine.QueryTriples):
        made = [Quad(_node(t.subject), Iri(t.predicate.value), _term(t.object)) for t in result]
        return sorted(made, key=Quad.n3)
    return bool(result)


def _optional(term: object) -> Term | None:
    return None if term is None else _term(term)


def _term(term: object) -> Term:
    if isinstance(term, engine.NamedNode):
        return _iri(term.value)
    if isinstance(term, engine.Literal):
        return Literal(term.value, lang=_tag(term.language)) if term.language else Literal(term.value, term.datatype.value)
    if isinstance(term, engine.BlankNode):
        return Blank(term.value)
    raise QueryError("query", "the answer holds an RDF 1.2 triple term", "select its subject, predicate and object instead")


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


def _node(term: object) -> Node:
    found = _term(term)
    if isinstance(found, Literal):
        raise QueryError("query", "a literal stands as the subject of a triple", "mend the template")
    return found


def _plain_quad(quad: engine.Quad | engine.Triple) -> Quad:
    name = getattr(quad, "graph_name", None)
    graph = Iri(name.value) if isinstance(name, engine.NamedNode) else None
    return Quad(_node(quad.subject), Iri(quad.predicate.value), _term(quad.object), graph)


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


def _engine_quad(quad: Quad) -> engine.Quad:
    subject = _engine_term(quad.subject)
    assert not isinstance(subject, engine.Literal)
    graph = engine.NamedNode(quad.graph.value) if quad.graph else engine.DefaultGraph()
    return engine.Quad(subject, engine.NamedNode(quad.predicate.value), _engine_term(quad.object), graph)


def _triple(quad: engine.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} ."
