"""The embedded store: Oxigraph, on disk or in memory. The only module that names the engine.

A store folder holds the engine's files (``data/``) and ``store.json``, which is written last and says what was loaded: a
store that is half written, out of date or of another format version is refused with a sentence instead of being read.
"""

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as engine

from kg.atomic import replacing_folder, restore_folder
from kg.errors import QueryError, StoreError
from kg.namespaces import BASE, PREFIXES
from kg.sparql import calls_out, loads
from kg.stamp import REBUILD, check_stamp, write_stamp
from kg.triples.terms import Blank, Iri, Literal, Node, Quad, Term, nquads

if TYPE_CHECKING:
    import rdflib
    from _typeshed import WriteableBuffer

NQUADS = engine.RdfFormat.N_QUADS
_CHUNK = 1 << 20  # bytes read at a time
_LINE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: variables in the order of the query, one mapping a row; an unbound variable is ``None``."""

    variables: tuple[str, ...]
    rows: tuple[Mapping[str, Term | None], ...]

    def __iter__(self) -> Iterator[Mapping[str, Term | None]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Store:
    """A set of named graphs that answers SPARQL 1.1 queries. The default graph is empty: queries name their graphs."""

    def __init__(self, inner: engine.Store, where: object) -> None:
        self._inner = inner
        self._where = where

    @classmethod
    def open(cls, path: Path, read_only: bool = True) -> "Store":
        """Open the store folder at ``path`` (or the one in the graph folder ``path``), by default only to read.

        Raises ``StoreError`` when there is none, when it is half written, of another format version, loaded from another
        build than the one beside it, or when another program is writing to it.
        """
        folder = path if path.name == "store" else path / "store"
        restore_folder(folder)
        check_stamp(folder)
        data = str(folder / "data")
        try:
            return cls(engine.Store.read_only(data) if read_only else engine.Store(data), folder)
        except (OSError, RuntimeError) as error:  # RuntimeError: the engine's word for corruption
            if "lock" in str(error).lower():
                raise StoreError(folder, "another program is writing to this store", "wait for it to end, or open it read-only") from error
            raise StoreError(folder, f"the store cannot be opened ({_short(error)})", REBUILD) from error

    @classmethod
    def in_memory(cls, files: Iterable[Path]) -> "Store":
        """Return a store in memory that holds the N-Quads ``files``; ``StoreError`` names the file that cannot be read."""
        inner = engine.Store()
        _load(inner, tuple(files))
        return cls(inner, "store in memory")

    @classmethod
    def of_quads(cls, quads: Iterable[Quad]) -> "Store":
        """Return a store in memory that holds ``quads``."""
        inner = engine.Store()
        inner.bulk_extend(_engine_quad(quad) for quad in quads)
        return cls(inner, "store in memory")

    def select(self, sparql: str) -> Rows:
        """Return the rows of a SELECT query; rows in which nothing is bound are kept."""
        results = self._query(sparql)
        if not isinstance(results, engine.QuerySolutions):
            raise QueryError("query", "this is no SELECT query", "begin it with SELECT")
        names = tuple(variable.value for variable in results.variables)
        with self._reading():
            rows = tuple({name: _optional(row[name]) for name in names} for row in results)
        return Rows(names, rows)

    def ask(self, sparql: str) -> bool:
        """Return the answer of an ASK query."""
        result = self._query(sparql)
        if not isinstance(result, engine.QueryBoolean):
            raise QueryError("query", "this is no ASK query", "begin it with ASK")
        return bool(result)

    def construct(self, sparql: str) -> list[Quad]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, as quads without a graph, in canonical order."""
        result = self._query(sparql)
        if not isinstance(result, engine.QueryTriples):
            raise QueryError("query", "this is no CONSTRUCT or DESCRIBE query", "begin it with CONSTRUCT")
        with self._reading():
            made = [Quad(_node(t.subject), Iri(t.predicate.value), _term(t.object)) for t in result]
        return sorted(made, key=Quad.n3)

    def serialise(
        self,
        sparql: str,
        sink: IO[bytes],
        media: Callable[[str], str],
        *,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        union: bool = False,
        base: str | None = None,
    ) -> None:
        """Write the answer of any query to ``sink`` as the engine makes it, without a Python object for each term.

        ``media`` is told what the answer is, ``rows``, ``truth`` or ``triples``, and returns the media type to write.
        ``default`` and ``named`` are the graphs of the SPARQL protocol and take the place of FROM; where neither is given,
        ``union`` makes all graphs together the default graph. Relative IRIs are relative to ``base``. The project's prefixes
        need not be declared.
        """
        if calls_out(sparql):  # the engine would really open a connection
            raise _service_refused()
        whole = default is None and named is None
        given: list[engine.NamedNode | engine.BlankNode | engine.DefaultGraph] = [engine.NamedNode(iri) for iri in default or ()]
        graphs: list[engine.NamedNode | engine.BlankNode] = [engine.NamedNode(iri) for iri in named or ()]
        with self._reading():
            found = self._inner.query(
                sparql,
                base_iri=base,
                prefixes=PREFIXES,
                use_default_graph_as_union=union and whole,
                default_graph=None if whole else given,
                named_graphs=None if whole else graphs,
            )
            if isinstance(found, engine.QueryTriples):
                found.serialize(sink, format=engine.RdfFormat.from_media_type(media("triples")))
            else:
                kind = "truth" if isinstance(found, engine.QueryBoolean) else "rows"
                found.serialize(sink, format=engine.QueryResultsFormat.from_media_type(media(kind)))

    def update(self, sparql: str, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, all of it or nothing; ``base`` is what relative IRIs are relative to.

        The store must have been opened to write. SERVICE and LOAD are refused (``QueryError``): the engine would really open
        a connection. The project's prefixes need not be declared.
        """
        if calls_out(sparql) or loads(sparql):
            raise _service_refused()
        try:
            self._inner.update(sparql, base_iri=base, prefixes=PREFIXES)
        except SyntaxError as error:
            raise _syntax_error(error) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(
                "update", f"nothing was changed ({_short(error)})", "mend the update, or see that the disk has room"
            ) from error

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        """Yield the quads of ``graph``, or of all named graphs, in no particular order."""
        name = engine.NamedNode(graph.value) if graph else None
        for quad in self._inner.quads_for_pattern(None, None, None, name):
            yield _plain_quad(quad)

    def graphs(self) -> tuple[Iri, ...]:
        """Return the names of the graphs, sorted."""
        return tuple(sorted(Iri(name.value) for name in self._inner.named_graphs() if isinstance(name, engine.NamedNode)))

    def __len__(self) -> int:
        return len(self._inner)

    def dataset(self) -> "rdflib.Dataset":
        """Return an rdflib dataset with the same quads, copied, for code that speaks rdflib.

        It is evaluated by rdflib itself; the default graph is empty there too.
        """
        import rdflib

        dataset = rdflib.Dataset(default_union=False)
        dataset.parse(data=nquads(self.quads()), format="nquads")
        return dataset

    def _query(self, sparql: str) -> engine.QuerySolutions | engine.QueryBoolean | engine.QueryTriples:
        if calls_out(sparql):  # the engine would really open a connection
            raise _service_refused()
        with self._reading():
            return self._inner.query(sparql)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except SyntaxError as error:
            raise _syntax_error(error) from error
        except FileNotFoundError as error:  # a reader that had not yet opened all files of a store that was replaced
            raise StoreError(self._where, "the graph was built anew while it was open here", "open it again") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(self._where, f"the query could not be answered ({_short(error)})", REBUILD) from error


def write_store(files: Sequence[Path], folder: Path, manifest: str) -> None:
    """Load the N-Quads ``files`` into a new store that takes the place of ``folder``; ``manifest`` is the build's sha256."""
    with replacing_folder(folder) as temporary:
        inner = engine.Store(str(temporary / "data"))
        _load(inner, files)
        inner.flush()
        quads = len(inner)
        del inner  # closes the files before the folder moves
        write_stamp(temporary, manifest, f"oxigraph {engine.__version__}", quads)


def read_rdf(path: Path, graph: Iri) -> list[Quad]:
    """Return the quads of an RDF file (Turtle, N-Triples ...) as those of ``graph``; blank nodes become IRIs.

    Blank nodes are named by the canonical labels of RDFC-1.0, so that the same file gives the same IRIs. Raises
    ``StoreError`` with the line for a file that cannot be read.
    """
    try:
        triples = engine.Dataset(engine.parse(path=str(path)))
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(path, f"cannot be read as RDF ({_short(error)})", "mend the file") from error
    triples.canonicalize(engine.CanonicalizationAlgorithm.RDFC_1_0)
    return [_named(_plain_quad(quad), graph, path.stem) for quad in triples]


class _Chain(io.RawIOBase):
    """Several files read as one: each bulk load waits for the disk, so one load is three times faster than twenty."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = iter(files)
        self._open: IO[bytes] | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer)
        while True:
            if self._open is None:
                file = next(self._files, None)
                if file is None:
                    return 0
                self._open = file.open("rb")
            data = self._open.read(len(target))
            if data:
                target[: len(data)] = data
                return len(data)
            self._open.close()
            self._open = None


def _load(inner: engine.Store, files: Sequence[Path]) -> None:
    """Load N-Quads files; ``StoreError`` names the first one that cannot be read."""
    for file in files:
        if not os.access(file, os.R_OK) or not file.is_file():
            raise StoreError(file, "cannot be loaded (there is no such file, or it may not be read)", REBUILD)
    try:
        inner.bulk_load(io.BufferedReader(_Chain(files), _CHUNK), format=NQUADS)
    except (SyntaxError, ValueError) as error:
        file, fault = next(filter(None, map(_fault, files)), (files[0], error))
        raise StoreError(file, f"cannot be loaded ({_short(fault)})", REBUILD) from error


def _fault(file: Path) -> tuple[Path, Exception] | None:
    try:
        for _ in engine.parse(path=str(file), format=NQUADS):
            pass
    except (SyntaxError, ValueError) as error:
        return file, error
    return None


def _service_refused() -> QueryError:
    return QueryError("query", "SERVICE asks another machine, and this graph is answered offline", "leave SERVICE out")


def _syntax_error(error: SyntaxError) -> QueryError:
    found = _LINE.search(str(error))
    where = f"query, line {found[1]}" if found else "query"
    what = found[3] if found else str(error)
    return QueryError(where, f"this is no SPARQL 1.1 ({what.strip()})", "mend the query at that place")


def _short(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _named(quad: Quad, graph: Iri, file: str) -> Quad:
    def name(term: Term) -> Term:
        return Iri(f"{BASE}.well-known/genid/{file}-{term.label}") if isinstance(term, Blank) else term

    subject = name(quad.subject)
    assert not isinstance(subject, Literal)
    return Quad(subject, quad.predicate, name(quad.object), graph)


def _optional(term: object) -> Term | None:
    return None if term is None else _term(term)


def _term(term: object) -> Term:
    if isinstance(term, engine.NamedNode):
        return Iri(term.value)
    if isinstance(term, engine.Literal):
        return Literal(term.value, lang=_tag(term.language)) if term.language else Literal(term.value, term.datatype.value)
    if isinstance(term, engine.BlankNode):
        return Blank(term.value)
    raise QueryError("query", "the answer holds an RDF 1.2 triple term", "select its subject, predicate and object instead")


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


def _plain_quad(quad: engine.Quad) -> Quad:
    name = quad.graph_name
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
