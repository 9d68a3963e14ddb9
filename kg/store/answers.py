"""What a SPARQL server answers, read: whole or an error, in the media type that was asked for."""

from kg.errors import QueryError, StoreError
from kg.namespaces import XSD
from kg.store import engine
from kg.store.interface import Rows
from kg.store.queries import short
from kg.store.transport import Reply
from kg.triples.terms import Literal, Quad, Term

JSON = "application/sparql-results+json"
NTRIPLES = "application/n-triples"
_TRUTH = {"1": "true", "0": "false"}


def whole(reply: Reply, where: str) -> Reply:
    """Return the answer to a query; ``StoreError`` for a failure or an answer that the server cut short, ``QueryError`` for a fault."""
    if reply.status == 400:
        raise QueryError("query", f"the server does not take it ({reply.said})", "mend the query")
    if reply.status == 406:
        raise QueryError("query", "the server has no answer of the kind that was asked for", "begin it with the form that is meant")
    if reply.status != 200:
        said = f" ({reply.said})" if reply.said else ""
        raise StoreError(where, f"the server answers {reply.status}{said}", "check the address, or see the server's log")
    if rows := reply.headers.get("X-SPARQL-MaxRows"):
        what = f"the answer is not whole: the server cuts it after {rows} rows"
        raise StoreError(where, what, "raise the limit at the server (Virtuoso: ResultSetMaxRows), or ask for less")
    if "incomplete" in (why := reply.headers.get("X-SQL-Message", "").lower()):
        raise StoreError(where, f"the answer is not whole ({why[:200]})", "raise the server's time limit, or ask for less")
    return reply


def rows_of(reply: Reply, where: str) -> Rows | bool:
    """Return the rows of a SELECT or the truth value of an ASK."""
    if reply.media not in (JSON, "application/json"):
        raise _unread(where, f"its answer is {reply.media or 'of no media type'}, not SPARQL results in JSON")
    try:
        found = engine.read_rows(reply.body)
    except (SyntaxError, ValueError) as error:
        raise _unread(where, f"its answer is broken, or was cut short ({short(error)})") from error
    if isinstance(found, bool):
        return found
    return Rows(found.variables, [{name: term and usual(term) for name, term in row.items()} for row in found])


def triples_of(reply: Reply, where: str) -> list[Quad]:
    """Return the triples of a CONSTRUCT or DESCRIBE, as quads without a graph."""
    if reply.media in (JSON, "application/json"):
        raise QueryError("query", "this is no CONSTRUCT or DESCRIBE query", "begin it with CONSTRUCT")
    if reply.media not in (NTRIPLES, "text/plain"):
        raise _unread(where, f"its answer is {reply.media or 'of no media type'}, not N-Triples")
    try:
        return [Quad(quad.subject, quad.predicate, usual(quad.object)) for quad in engine.read_triples(reply.body)]
    except (SyntaxError, ValueError) as error:
        raise _unread(where, f"its answer is broken, or was cut short ({short(error)})") from error


def usual(term: Term) -> Term:
    """Return ``term`` in the form in which this program writes it: servers keep values, and some write truth as 1.

    >>> usual(Literal("1", f"{XSD}boolean")).n3().partition("^")[0]
    '"true"'
    """
    if isinstance(term, Literal) and term.datatype == f"{XSD}boolean":
        return Literal(_TRUTH.get(term.value, term.value), term.datatype)
    return term


def _unread(where: str, what: str) -> StoreError:
    return StoreError(where, what, "check that this is the address of SPARQL queries, and see the server's log")
