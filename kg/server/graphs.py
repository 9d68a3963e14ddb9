"""Read a whole graph, or write one: what the Graph Store HTTP Protocol asks of a worker."""

from typing import IO, cast

from kg.errors import QueryError
from kg.server.desk import Desk, Head
from kg.server.querying import not_acceptable
from kg.server.refusal import Refusal, of_error
from kg.server.sink import Sink
from kg.triples.terms import Iri
from kg.wording import Wording

_EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


def read_graph(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the triples of ``graph``, or of the default graph that queries see, in the media type ``form``."""
    graph, form = head["graph"], head["form"]
    if graph is not None and graph not in desk.names:
        raise _absent(graph)
    if form is None:
        raise not_acceptable("triples")

    def media(kind: str) -> str:
        sink.form = form
        return str(form)

    default = None if graph is None else (graph,)
    desk.store.serialise(_EVERYTHING, cast(IO[bytes], sink), media, default=default, union=head["union"])
    return {}


def write_graph(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Put ``documents`` in the place of a graph (PUT), add them to it (POST), or remove it (DELETE)."""
    graph, method = head["graph"], head["method"]
    name = None if graph is None else Iri(graph)
    if method == "DELETE":
        if graph is not None and graph not in desk.names:
            raise _absent(graph)
        desk.store.put((), name, replace=True, keep=False)
        return {"status": 204}
    documents, at = [], 0
    for media, length in head["documents"]:
        documents.append((str(media), body[at : at + length]))
        at += length
    try:
        desk.store.put(documents, name, replace=method == "PUT")
    except QueryError as error:
        raise of_error(400, "document", error) from error
    if graph is None or graph in desk.names:
        return {"status": 204}
    sink.form = "text/plain"
    sink.write(f"{graph}\n".encode())
    return {"status": 201} | ({"headers": {"location": graph}} if head["new"] else {})


def _absent(graph: str) -> Refusal:
    what = Wording(f"此处没有图 <{graph[:300]}>", f"the graph <{graph[:300]}> is not here")
    return Refusal(404, "not-found", what, Wording("图名见 /sparql 的说明", "the description at /sparql names those that are"))
