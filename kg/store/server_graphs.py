"""Writing whole graphs at a server, in requests that it accepts."""

from collections.abc import Iterable
from itertools import islice

from kg.errors import StoreError
from kg.store.answers import NTRIPLES
from kg.store.dialect import Addresses
from kg.store.queries import refuse_blank
from kg.store.transport import Reply, Request, Transport
from kg.triples import iris
from kg.triples.terms import Iri, Quad
from kg.wording import Wording

PUT_AT_ONCE = 50_000  # triples in one request of the Graph Store Protocol
INSERT_AT_ONCE = 500  # triples in one INSERT DATA: Virtuoso 7 refuses somewhat more than a thousand


class GraphWriter:
    """Writes by the Graph Store HTTP Protocol where the server has it, else by SPARQL 1.1 Update."""

    def __init__(self, transport: Transport, addresses: Addresses) -> None:
        self._transport = transport
        self._addresses = addresses

    def replace(self, graph: Iri, quads: Iterable[Quad]) -> int:
        """Let ``graph`` hold the triples of ``quads`` and return how many; readers see the old or the new graph.

        What fits into one request is put by the server itself; more gathers in a graph beside it, which then takes its place.
        """
        at_once = PUT_AT_ONCE if self._addresses.graphs else INSERT_AT_ONCE
        lines = (_triple(refuse_blank(quad)) for quad in quads)
        first, rest = list(islice(lines, at_once)), iter(lambda: list(islice(lines, at_once)), [])
        if not first:
            self._update(f"DROP SILENT GRAPH {graph.n3()}")
            return 0
        second = next(rest, None)
        if second is None and self._addresses.graphs:
            self._send("PUT", graph, first)
            return len(first)
        staging, count = iris.staging(graph), 0
        self._update(f"DROP SILENT GRAPH {staging.n3()}")
        for part in (first, *([second] if second else []), *rest):
            self._add(staging, part)
            count += len(part)
        self._update(f"MOVE GRAPH {staging.n3()} TO GRAPH {graph.n3()}", again=False)
        return count

    def _add(self, graph: Iri, lines: list[str]) -> None:
        if self._addresses.graphs:
            self._send("POST", graph, lines)
        else:
            self._update(f"INSERT DATA {{ GRAPH {graph.n3()} {{\n{''.join(lines)}}} }}")

    def _send(self, method: str, graph: Iri, lines: list[str]) -> None:
        assert self._addresses.graphs
        content = "".join(lines).encode("utf-8")
        request = Request(method, self._addresses.graphs, {"graph": graph.value}, content=content, media=NTRIPLES)
        self._done(self._transport.send(request), request.url)

    def _update(self, update: str, again: bool = True) -> None:
        content = update.encode("utf-8")
        request = Request("POST", self._addresses.update, content=content, media="application/sparql-update", again=again)
        self._done(self._transport.send(request), request.url)

    def _done(self, reply: Reply, url: str) -> None:
        if not 200 <= reply.status < 300:
            said = f" ({reply.said})" if reply.said else ""
            raise StoreError(
                url,
                Wording(f"服务器没有写入：它回答 {reply.status}{said}", f"the server did not write: it answers {reply.status}{said}"),
                Wording("请按它所说改正，或看服务器日志", "mend what it names, or see its log"),
            )


def _triple(quad: Quad) -> str:
    return f"{quad.subject.n3()} {quad.predicate.n3()} {quad.object.n3()} .\n"
