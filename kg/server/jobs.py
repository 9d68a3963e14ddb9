"""What a worker does: one function a kind of request, all that touches the store.

Each takes the desk, the request's head and body, writes the answer to the sink and returns what else the server should
know: ``headers``, ``status``. It is imported when it is first asked for, so that a worker starts fast.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from kg.server.desk import Desk, Head
from kg.server.sink import Sink

Job = Callable[[Desk, Head, bytes, Sink], Head]
_HOMES = {
    "querying": ("sparql", "describe"),
    "updating": ("update",),
    "graphs": ("read_graph", "write_graph"),
    "console": ("console",),
    "vocabulary": ("vocabulary", "names"),
    "questions": ("answer", "question_page", "describe_api"),
    "site": ("home", "search", "report", "view", "dump", "nowhere"),
    "linked": ("thing", "data", "ontology"),
}


@cache
def job(name: str) -> Job:
    """Return the function called ``name``; ``KeyError`` when there is none."""
    home = {function: module for module, functions in _HOMES.items() for function in functions}[name]
    found: Job = getattr(import_module(f"kg.server.{home}"), name)
    return found
