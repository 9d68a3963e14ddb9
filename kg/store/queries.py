"""What may be asked, and how a fault in a question is told; the same for every store."""

import re
from collections.abc import Sequence
from typing import TypeVar

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.sparql import calls_out, loads
from kg.triples.terms import Blank, Iri, Quad
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


def document_error(error: BaseException) -> QueryError:
    """Return a fault in an RDF document as the user is told it, with the line where there is one."""
    found = re.search(r"line (\d+)", str(error))
    where = Wording(f"文档第 {found[1]} 行", f"document, line {found[1]}") if found else Wording("文档", "document")
    what = Wording(f"无法读取（{short(error)}）", f"it cannot be read ({short(error)})")
    return QueryError(where, what, Wording("请改正该处", "mend the document at that place"))


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
