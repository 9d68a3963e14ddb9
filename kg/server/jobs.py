"""What a worker does: one function a kind of request, all that touches the store.

Each takes the desk, the request's head and body, writes the answer to the sink and returns what else the server should
know: ``headers``, ``status``.
"""

from collections.abc import Callable

from kg.server import console, linked, querying, questions, site
from kg.server.desk import Desk, Head
from kg.server.sink import Sink

JOBS: dict[str, Callable[[Desk, Head, bytes, Sink], Head]] = {
    "sparql": querying.sparql,
    "describe": querying.describe,
    "console": console.console,
    "answer": questions.answer,
    "question": questions.question_page,
    "openapi": questions.describe_api,
    "home": site.home,
    "search": site.search,
    "report": site.report,
    "view": site.view,
    "dump": site.dump,
    "nowhere": site.nowhere,
    "thing": linked.thing,
    "data": linked.data,
    "ontology": linked.ontology,
}
