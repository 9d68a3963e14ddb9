"""What may be asked, and how a fault in a question is told; the same for every store."""

import re
from collections.abc import Sequence
from typing import TypeVar

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.sparql import calls_out, loads
from kg.triples.terms import Blank, Iri, Quad

_LINE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_Kind = TypeVar("_Kind")


def refuse_service(sparql: str) -> None:
    """Raise ``QueryError`` for a query that would have the engine, or a server in our name, open a connection."""
    if calls_out(sparql):
        raise QueryError("query", "SERVICE asks another machine, and this graph is answered offline", "leave SERVICE out")


def refuse_load(update: str) -> None:
    """Raise ``QueryError`` for an update that would have the engine fetch a document."""
    if loads(update):
        raise QueryError("update", "LOAD asks another machine, and this graph is changed offline", "leave LOAD out")


def prefixes_of(sparql: str) -> dict[str, str]:
    """Return those of the project's prefixes that a query may use: the engine reads each IRI that it is given."""
    if "\\" in sparql:  # an escape may spell one
        return dict(PREFIXES)
    return {name: iri for name, iri in PREFIXES.items() if f"{name}:" in sparql}


def putting(graph: Iri | None, triples: Sequence[str], clear: bool, keep: bool) -> str:
    """Return the update that adds ``triples``, written by the engine, to a graph (``None``: the default graph).

    ``clear``: what was in it goes before; ``keep``: the graph is named even while it is empty.

    >>> putting(Iri("x:g"), ["<x:s> <x:p> 1 ."], clear=True, keep=True)
    'CLEAR SILENT GRAPH <x:g> ; CREATE SILENT GRAPH <x:g> ; INSERT DATA { GRAPH <x:g> { <x:s> <x:p> 1 . } }'
    """
    name = "DEFAULT" if graph is None else f"GRAPH {graph.n3()}"
    data = " ".join(triples)
    steps = [f"{'CLEAR' if keep or graph is None else 'DROP'} SILENT {name}"] if clear else []
    steps += [f"CREATE SILENT {name}"] if keep and graph is not None else []
    steps += [f"INSERT DATA {{ {data if graph is None else f'{name} {{ {data} }}'} }}"] if triples else []
    return " ; ".join(steps)


def of_kind(answer: object, kind: type[_Kind], name: str, begin: str) -> _Kind:
    """Return ``answer`` when it is of ``kind``; else say that the query is no ``name`` query."""
    if not isinstance(answer, kind):
        raise QueryError("query", f"this is no {name} query", f"begin it with {begin}")
    return answer


def syntax_error(error: BaseException) -> QueryError:
    """Return a fault in a query as the user is told it, with the line where there is one."""
    found = _LINE.search(str(error))
    where = f"query, line {found[1]}" if found else "query"
    what = found[3] if found else str(error)
    return QueryError(where, f"this is no SPARQL 1.1 ({what.strip()})", "mend the query at that place")


def document_error(error: BaseException) -> QueryError:
    """Return a fault in an RDF document as the user is told it, with the line where there is one."""
    found = re.search(r"line (\d+)", str(error))
    where = f"document, line {found[1]}" if found else "document"
    return QueryError(where, f"it cannot be read ({short(error)})", "mend the document at that place")


def refuse_blank(quad: Quad) -> Quad:
    """Return ``quad``; ``QueryError`` when it has a blank node, which could not be replaced as a whole later."""
    if isinstance(quad.subject, Blank) or isinstance(quad.object, Blank):
        raise QueryError("graph", f"it has a blank node ({quad.n3()})", "give the node an IRI")
    return quad


def short(error: BaseException) -> str:
    """Return the first line of what an error says."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
