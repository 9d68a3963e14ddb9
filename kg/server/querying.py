"""Answer a SPARQL query, and describe the endpoint and the things of the graph in RDF."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import IO, cast

from kg.errors import QueryError
from kg.server.description import description
from kg.server.desk import Desk, Head
from kg.server.limits import Limits
from kg.server.media import NAMES, TRIPLES
from kg.server.negotiation import accepted
from kg.server.rdf import written
from kg.server.refusal import Refusal, of_error
from kg.server.sink import Sink
from kg.sparql import calls_out, graphs_asked
from kg.triples.terms import Quad
from kg.wording import Wording

_LINE = re.compile(r"query, line (\d+)")
_LONGEST_FAULT = 300  # characters: the engine lists all that it would have taken, to the last range of letters


def sparql(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Answer a SPARQL query; ``forms`` maps what an answer may be to the media type that the client accepts for it."""
    query = body.decode("utf-8")
    default, named = head["default"], head["named"]
    for iri in (*(default or ()), *(named or ()), *graphs_asked(query)):
        if iri not in desk.names and not desk.changing:  # where graphs come and go, one that is not there is an empty one
            raise _no_such_graph(iri, desk.names)

    def media(kind: str) -> str:
        form = head["forms"].get(kind)
        if form is None:
            raise not_acceptable(kind)
        sink.form = form
        return str(form)

    try:
        desk.store.serialise(query, cast(IO[bytes], sink), media, default=default, named=named, union=head["union"], base=head.get("base"))
    except QueryError as error:
        raise (service_refused() if calls_out(query) else bad_query(error)) from error  # the store itself never calls out
    return {}


def bad_query(error: QueryError) -> Refusal:
    """Return the refusal of a query or update that the engine cannot read, with its line."""
    found = _LINE.fullmatch(error.where)
    if not found:
        return of_error(400, "syntax" if error.where == "query" else "bad-query", error)
    line, fault = int(found[1]), error.what.partition("(")[2].removesuffix(")").partition(", [")[0][:_LONGEST_FAULT]
    what = Wording(f"第 {line} 行不是 SPARQL 1.1（{fault}）", f"line {line} is no SPARQL 1.1 ({fault})")
    return Refusal(400, "syntax", what, Wording("请改正该处", "mend the query at that place"), line=line)


def not_acceptable(kind: str) -> Refusal:
    """Return the refusal of a request that accepts none of the forms in which an answer of ``kind`` can be written."""
    forms = "Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD" if kind == "triples" else "JSON, XML, CSV, TSV"
    what = Wording("结果没有所接受的格式", "the answer has no form among those accepted")
    remedy = Wording(f"Accept 可用：{forms}", f"accept one of {forms}")
    return Refusal(406, "not-acceptable", what, remedy, {"Vary": "Accept"})


def service_refused() -> Refusal:
    """Return the refusal of a query or update that asks another machine."""
    what = Wording("SERVICE 会询问别的机器，此处只在本机回答", "SERVICE asks another machine, and this server answers by itself")
    return Refusal(400, "service", what, Wording("请去掉 SERVICE", "leave SERVICE out"))


def _no_such_graph(iri: str, names: frozenset[str]) -> Refusal:
    iri = iri[:_LONGEST_FAULT]
    close = get_close_matches(iri, sorted(names), n=3, cutoff=0.3) or sorted(names)[:3]
    what = Wording(f"此处没有图 <{iri}>，也不会从别处获取", f"the graph <{iri}> is not here, and nothing is fetched from elsewhere")
    shown = ", ".join(f"<{name}>" for name in close)
    return Refusal(400, "unknown-graph", what, Wording(f"可用：{shown}", f"use one of {shown}"))


def describe(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Describe the endpoint at ``address`` in RDF."""
    limits = Limits(seconds=head["seconds"], rows=head["rows"], bytes=head["bytes"])
    return write_rdf(description(desk.store, head["address"], limits, head["union"], head["updates"]), head, sink)


def write_rdf(quads: Iterable[Quad], head: Head, sink: Sink) -> Head:
    """Write ``quads`` in the RDF form that the request asks for."""
    sink.form = rdf_form(head)
    sink.write(written(quads, sink.form))
    return {}


def rdf_form(head: Head) -> str:
    """Return the RDF form that ``format`` or ``accept`` asks for; raises ``Refusal``."""
    asked = NAMES.get(head["format"], head["format"]) or accepted(head["accept"], tuple(TRIPLES))
    if asked not in TRIPLES:
        raise not_acceptable("triples")
    return TRIPLES[asked]
