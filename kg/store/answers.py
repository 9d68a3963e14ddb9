"""What a SPARQL server answers, read: whole or an error, in the media type that was asked for."""

from kg.errors import QueryError, StoreError
from kg.namespaces import XSD
from kg.store import engine
from kg.store.interface import Rows
from kg.store.queries import QUERY, short
from kg.store.transport import Reply
from kg.triples.terms import Literal, Quad, Term
from kg.wording import Wording

JSON = "application/sparql-results+json"
NTRIPLES = "application/n-triples"
_TRUTH = {"1": "true", "0": "false"}


def whole(reply: Reply, where: str) -> Reply:
    """Return the answer to a query; ``StoreError`` for a failure or an answer that the server cut short, ``QueryError`` for a fault."""
    if reply.status == 400:
        raise QueryError(
            QUERY,
            Wording(f"服务器不接受（{reply.said}）", f"the server does not take it ({reply.said})"),
            Wording("请改正查询", "mend the query"),
        )
    if reply.status == 406:
        raise QueryError(
            QUERY,
            Wording("服务器没有所要的那种回答", "the server has no answer of the kind that was asked for"),
            Wording("请以所需的查询形式开头", "begin it with the form that is meant"),
        )
    if reply.status != 200:
        said = f" ({reply.said})" if reply.said else ""
        raise StoreError(
            where,
            Wording(f"服务器回答 {reply.status}{said}", f"the server answers {reply.status}{said}"),
            Wording("请核对地址，或看服务器日志", "check the address, or see the server's log"),
        )
    if rows := reply.headers.get("X-SPARQL-MaxRows"):
        what = Wording(f"回答不完整：服务器在 {rows} 行后截断", f"the answer is not whole: the server cuts it after {rows} rows")
        raise StoreError(
            where,
            what,
            Wording(
                "请提高服务器的上限（Virtuoso：ResultSetMaxRows），或少问一些",
                "raise the limit at the server (Virtuoso: ResultSetMaxRows), or ask for less",
            ),
        )
    if "incomplete" in (why := reply.headers.get("X-SQL-Message", "").lower()):
        raise StoreError(
            where,
            Wording(f"回答不完整（{why[:200]}）", f"the answer is not whole ({why[:200]})"),
            Wording("请提高服务器的时限，或少问一些", "raise the server's time limit, or ask for less"),
        )
    return reply


def rows_of(reply: Reply, where: str) -> Rows | bool:
    """Return the rows of a SELECT or the truth value of an ASK."""
    if reply.media not in (JSON, "application/json"):
        raise _unanswered(
            where,
            Wording(
                f"它的回答是{reply.media or '没有媒体类型的内容'}，不是 JSON 的 SPARQL 结果",
                f"its answer is {reply.media or 'of no media type'}, not SPARQL results in JSON",
            ),
        )
    try:
        found = engine.read_rows(reply.body)
    except (SyntaxError, ValueError) as error:
        raise _unanswered(
            where, Wording(f"它的回答有损坏，或被截短（{short(error)}）", f"its answer is broken, or was cut short ({short(error)})")
        ) from error
    if isinstance(found, bool):
        return found
    return Rows(found.variables, [{name: term and usual(term) for name, term in row.items()} for row in found])


def triples_of(reply: Reply, where: str) -> list[Quad]:
    """Return the triples of a CONSTRUCT or DESCRIBE, as quads without a graph."""
    if reply.media in (JSON, "application/json"):
        raise QueryError(
            QUERY,
            Wording("这不是 CONSTRUCT 或 DESCRIBE 查询", "this is no CONSTRUCT or DESCRIBE query"),
            Wording("请以 CONSTRUCT 开头", "begin it with CONSTRUCT"),
        )
    if reply.media not in (NTRIPLES, "text/plain"):
        raise _unanswered(
            where,
            Wording(
                f"它的回答是{reply.media or '没有媒体类型的内容'}，不是 N-Triples",
                f"its answer is {reply.media or 'of no media type'}, not N-Triples",
            ),
        )
    try:
        return [Quad(quad.subject, quad.predicate, usual(quad.object)) for quad in engine.read_triples(reply.body)]
    except (SyntaxError, ValueError) as error:
        raise _unanswered(
            where, Wording(f"它的回答有损坏，或被截短（{short(error)}）", f"its answer is broken, or was cut short ({short(error)})")
        ) from error


def usual(term: Term) -> Term:
    """Return ``term`` in the form in which this program writes it: servers keep values, and some write truth as 1.

    >>> usual(Literal("1", f"{XSD}boolean")).n3().partition("^")[0]
    '"true"'
    """
    if isinstance(term, Literal) and term.datatype == f"{XSD}boolean":
        return Literal(_TRUTH.get(term.value, term.value), term.datatype)
    return term


def _unanswered(where: str, what: Wording) -> StoreError:
    return StoreError(
        where,
        what,
        Wording(
            "请核对这是不是 SPARQL 查询的地址，并看服务器日志", "check that this is the address of SPARQL queries, and see the server's log"
        ),
    )
