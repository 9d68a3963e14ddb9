"""The store at a SPARQL 1.1 server: Protocol for questions, Graph Store HTTP Protocol or Update for whole graphs.

A server may hold other people's graphs, and some take the union of everything for their default graph. So each query names its
dataset: our graphs as named graphs, an empty one as default graph. An answer that the server cut short is an error.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.errors import InputError, StoreError
from kg.namespaces import RIG
from kg.sparql import names_dataset
from kg.stamp import REBUILD
from kg.store import engine
from kg.store.answers import JSON, NTRIPLES, rows_of, triples_of, whole
from kg.store.credentials import find_credentials
from kg.store.dialect import Addresses, addresses_of, check_address
from kg.store.filling import write_store
from kg.store.interface import Rows, Store
from kg.store.queries import of_kind, refuse_service, short
from kg.store.server_graphs import GraphWriter
from kg.store.server_stamp import ServerStamp, read_server_stamp
from kg.store.transport import Form, Reply, Request, Transport
from kg.triples import iris
from kg.triples.terms import Iri, Quad, nquads

if TYPE_CHECKING:
    import rdflib

LIMIT = 60.0  # seconds for one request, unless KG_STORE_TIMEOUT says otherwise


class RemoteStore(Store):
    """The graphs of this project at a SPARQL server; other graphs that it may hold are left out of every answer.

    Each query sees one state of the server. While a build is being published, whoever connects is told to wait.
    """

    def __init__(self, where: str, transport: Transport, addresses: Addresses, stamp: ServerStamp | None) -> None:
        self._where = where
        self._transport = transport
        self._address = addresses.query
        self._writer = GraphWriter(transport, addresses)
        self._stamp = stamp
        self._names: tuple[Iri, ...] | None = tuple(sorted(stamp.graphs)) if stamp else None

    @classmethod
    def connect(cls, address: str, *, environment: Mapping[str, str] | None = None, to_publish: bool = False) -> "RemoteStore":
        """Connect to the server that answers queries at ``address``.

        Credentials come from ``environment`` (by default the program's own; see ``kg.store.credentials``), as do the time limit
        of a request (``KG_STORE_TIMEOUT``, seconds) and addresses that cannot be guessed (``kg.store.dialect``). Raises
        ``StoreError`` when the server does not answer as one should, holds a graph of another format, or, unless ``to_publish``,
        one that was not written to its end.
        """
        settings = os.environ if environment is None else environment
        check_address(address)
        transport = Transport(address, find_credentials(address, settings), _limit(settings))
        probe = cls(address, transport, Addresses(address, address, None), None)
        reply = probe._post(f"SELECT ?s ?p ?o WHERE {{ GRAPH {iris.store_stamp().n3()} {{ ?s ?p ?o }} }}", JSON, {})
        rows = of_kind(rows_of(reply, address), Rows, "SELECT", "SELECT")
        stamp = read_server_stamp(rows, address, overwriting=to_publish)
        if stamp and stamp.writing and not to_publish:
            what = "the graph at this server is being written, or was not written to its end"
            raise StoreError(address, what, f"wait a little, or run `kg build --store {address}`")
        return cls(address, transport, addresses_of(address, reply.headers.get("Server", ""), settings), stamp)

    @property
    def stamp(self) -> ServerStamp:
        """What the server says of what it holds; where it says nothing, the graphs that are there."""
        return self._stamp or ServerStamp(graphs=dict.fromkeys(self.graphs(), ""))

    def select(self, sparql: str) -> Rows:
        return of_kind(self._answer(sparql), Rows, "SELECT", "SELECT")

    def ask(self, sparql: str) -> bool:
        return of_kind(self._answer(sparql), bool, "ASK", "ASK")

    def construct(self, sparql: str) -> list[Quad]:
        return sorted(triples_of(self._ask_server(sparql, NTRIPLES), self._where), key=Quad.n3)

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        for name in self.graphs() if graph is None else (graph,):
            reply = self._ask_server(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name.n3()} {{ ?s ?p ?o }} }}", NTRIPLES, (name,))
            for quad in triples_of(reply, self._where):
                yield replace(quad, graph=name)

    def graphs(self) -> tuple[Iri, ...]:
        """Return the names of the graphs: those of the stamp, else all whose name says that they are of this project."""
        if self._names is None:
            query = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{RIG}")) }}'
            rows = of_kind(rows_of(self._post(query, JSON, {}), self._where), Rows, "SELECT", "SELECT")
            self._names = tuple(sorted(name for row in rows if isinstance(name := row.get("g"), Iri)))
        return self._names

    def __len__(self) -> int:
        return sum(self.size(name) for name in self.graphs())

    def size(self, graph: Iri) -> int:
        """Return the number of triples in ``graph``."""
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph.n3()} {{ ?s ?p ?o }} }}"
        rows = of_kind(self._answer(query, (graph,)), Rows, "SELECT", "SELECT")
        return int(str(rows.rows[0]["n"]))

    def replace_graph(self, graph: Iri, quads: Iterable[Quad]) -> int:
        count = self._writer.replace(graph, quads)
        self.write_stamp(self.stamp.with_graph(graph) if count else self.stamp.without(graph))
        return count

    def drop_graph(self, graph: Iri) -> None:
        self._writer.replace(graph, ())
        self.write_stamp(self.stamp.without(graph))

    def write_stamp(self, stamp: ServerStamp) -> None:
        """Let the server say ``stamp`` of itself."""
        self._writer.replace(iris.store_stamp(), stamp.quads())
        self._stamp = stamp
        self._names = tuple(sorted(stamp.graphs))

    def put_file(self, graph: Iri, file: Path, quads: int) -> None:
        """Let ``graph`` hold the N-Quads of ``file`` and count what arrived; ``StoreError`` when it is not ``quads``."""
        try:
            self._writer.replace(graph, engine.read_quads(file))
        except (OSError, SyntaxError, ValueError) as error:
            raise StoreError(file, f"cannot be read as N-Quads ({short(error)})", REBUILD) from error
        found = self.size(graph)
        if found != quads:
            raise StoreError(self._where, f"{graph} holds {found} triples of {quads} after it was written", "look into the server's log")

    def backup(self, folder: Path) -> None:
        """Write what the server holds to ``folder``, as an embedded store."""
        if folder.exists():
            raise StoreError(folder, "there is something here already", "choose a new folder for the backup")
        with TemporaryDirectory() as temporary:
            file = Path(temporary) / "all.nq"
            file.write_text(nquads(self.quads()), encoding="utf-8")
            write_store([file], folder, self.stamp.manifest)

    def dataset(self) -> "rdflib.Dataset":
        """Return an rdflib dataset that holds a copy of everything; for large graphs ask the server itself."""
        return self.copied_dataset()

    def _answer(self, sparql: str, named: tuple[Iri, ...] | None = None) -> Rows | bool:
        return rows_of(self._ask_server(sparql, JSON, named), self._where)

    def _ask_server(self, sparql: str, accept: str, named: tuple[Iri, ...] | None = None) -> Reply:
        refuse_service(sparql)
        dataset: Form = {}
        if not names_dataset(sparql):
            names = self.graphs() if named is None else named
            dataset = {"default-graph-uri": iris.nothing().value, "named-graph-uri": [n.value for n in names] or iris.nothing().value}
        return self._post(sparql, accept, dataset)

    def _post(self, sparql: str, accept: str, dataset: Form) -> Reply:
        form = {"query": sparql, **dataset}
        reply = self._transport.send(Request("POST", self._address, form=form, accept=accept))
        return whole(reply, self._where)


def _limit(settings: Mapping[str, str]) -> float:
    text = settings.get("KG_STORE_TIMEOUT", "")
    try:
        limit = float(text) if text else LIMIT
    except ValueError:
        limit = 0.0
    if not 0 < limit < 86_400:
        raise InputError("KG_STORE_TIMEOUT", f"“{text}” is no number of seconds", "write for example 60")
    return limit
