"""What may be asked, and how a fault in a question is told; the same for every store."""

import re
from typing import TypeVar

from kg.errors import QueryError
from kg.sparql import calls_out, loads
from kg.triples.terms import Blank, Quad
from kg.wording import Wording

_LINE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
QUERY, UPDATE = Wording("查询", "query"), Wording("更新", "update")
_Kind = TypeVar("_Kind")


def refuse_service(sparql: str) -> None:
    """Raise ``QueryError`` for a query that would have the engine, or a server in our name, open a connection."""
    if calls_out(sparql):
        raise QueryError(
            QUERY,
            Wording("SERVICE 会询问别的机器，此图谱只在本机回答", "SERVICE asks another machine, and this graph is answered offline"),
            Wording("请去掉 SERVICE", "leave SERVICE out"),
        )


def refuse_load(update: str) -> None:
    """Raise ``QueryError`` for an update that would have the engine fetch a document."""
    if loads(update):
        raise QueryError(
            UPDATE,
            Wording("LOAD 会询问别的机器，此图谱只在本机改动", "LOAD asks another machine, and this graph is changed offline"),
            Wording("请去掉 LOAD", "leave LOAD out"),
        )


def of_kind(answer: object, kind: type[_Kind], name: str, begin: str) -> _Kind:
    """Return ``answer`` when it is of ``kind``; else say that the query is no ``name`` query."""
    if not isinstance(answer, kind):
        raise QueryError(
            QUERY, Wording(f"这不是 {name} 查询", f"this is no {name} query"), Wording(f"请以 {begin} 开头", f"begin it with {begin}")
        )
    return answer


def syntax_error(error: BaseException) -> QueryError:
    """Return a fault in a query as the user is told it, with the line where there is one."""
    found = _LINE.search(str(error))
    where = Wording(f"查询第 {found[1]} 行", f"query, line {found[1]}") if found else QUERY
    what = found[3] if found else str(error)
    return QueryError(
        where,
        Wording(f"这不是 SPARQL 1.1（{what.strip()}）", f"this is no SPARQL 1.1 ({what.strip()})"),
        Wording("请改正该处", "mend the query at that place"),
    )


def refuse_blank(quad: Quad) -> Quad:
    """Return ``quad``; ``QueryError`` when it has a blank node, which could not be replaced as a whole later."""
    if isinstance(quad.subject, Blank) or isinstance(quad.object, Blank):
        raise QueryError(
            Wording("图", "graph"),
            Wording(f"其中有空白节点（{quad.n3()}）", f"it has a blank node ({quad.n3()})"),
            Wording("请给该节点一个 IRI", "give the node an IRI"),
        )
    return quad


def short(error: BaseException) -> str:
    """Return the first line of what an error says."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
