"""Change a store by a SPARQL 1.1 Update: all of it, or nothing."""

from kg.errors import InputError, QueryError
from kg.server.desk import Desk, Head
from kg.server.querying import bad_query, service_refused
from kg.server.refusal import Refusal
from kg.server.sink import Sink
from kg.sparql import calls_out, loads, with_using
from kg.wording import Wording


def update(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Carry out an update; ``default`` and ``named`` are ``using-graph-uri`` and ``using-named-graph-uri`` of the protocol."""
    text = body.decode("utf-8")
    if calls_out(text):
        raise service_refused()
    if loads(text):
        what = Wording("LOAD 会从别处获取文件，此处不获取", "LOAD fetches a document, and nothing is fetched here")
        raise Refusal(400, "load", what, Wording("请用 INSERT DATA 发送三元组", "send the triples with INSERT DATA"))
    try:
        desk.store.update(_with_graphs(text, head), head["base"])
    except QueryError as error:
        raise bad_query(error) from error
    return {"status": 204}


def _with_graphs(text: str, head: Head) -> str:
    if head["default"] is None:
        return text
    try:
        return with_using(text, head["default"], head["named"])
    except InputError as error:
        remedy = Wording("把图写进更新本身，或只用参数", "name the graphs in the update itself, or only by the parameters")
        what = Wording(
            f"using-graph-uri 与此更新不能并用：{error.parts[1].zh}", f"using-graph-uri cannot be used with this update: {error.what}"
        )
        raise Refusal(400, "using", what, remedy) from error
