"""Write the graph in other forms: Turtle, TriG, N-Quads, JSON-LD, and a table of facts as CSV. Same graph, same bytes."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from kg.atomic import replacing
from kg.errors import InputError
from kg.namespaces import PREFIXES, RIE, RIEC, RULE
from kg.spreadsheet import csv_bytes, guarded
from kg.store import Store
from kg.triples import iris
from kg.triples.reifiers import reified
from kg.triples.terms import Iri, Term, nquads
from kg.triples.turtle import jsonld, trig, turtle
from kg.wording import Wording

FORMATS_12 = ("trig", "nquads")
FORMATS = ("turtle", "trig", "nquads", "jsonld", "csv")
COLUMNS = (
    "kind",
    "subject",
    "predicate",
    "object",
    "unit",
    "period",
    "status",
    "quote",
    "start",
    "end",
    "report",
    "iri",
    "rule",
    "decided_by",
    "decided_on",
)

_HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("rie", "rdf", "rdfs", "org", "oa", "prov", "dcterms"))
_QUERY = (
    _HEAD
    + """SELECT DISTINCT ?iri ?subject ?predicate ?object ?unit ?first ?last ?status ?quote ?start ?end ?report
  ?rule ?decided_by ?decided_on WHERE {
  VALUES ?g { {graphs} }
  GRAPH ?g {
    {body}
    ?evidence oa:hasSource ?report ; oa:hasSelector ?position , ?quotation .
    ?position oa:start ?start ; oa:end ?end .
    ?quotation oa:exact ?quote .
    OPTIONAL { ?iri rie:factualStatus ?status }
    OPTIONAL { ?iri rie:rule ?rule }
    OPTIONAL { ?iri rie:decision ?decision . ?decision dcterms:date ?decided_on ; prov:wasAssociatedWith/rdfs:label ?decided_by }
    OPTIONAL { ?iri rie:referencePeriod|rie:statementPeriod|org:memberDuring ?t
      OPTIONAL { ?t rie:firstDay ?first } OPTIONAL { ?t rie:lastDay ?last } }
  }
}
"""
)
_BODIES = {
    "observation": """?iri a rie:StatisticalObservation ; rie:subjectName ?subject ; rie:indicatorName ?predicate ;
      rie:value ?object ; rie:unitName ?unit ; prov:wasDerivedFrom ?evidence .""",
    "relation": """?iri a rdf:Statement ; rdf:subject/rdfs:label ?subject ; rdf:predicate ?predicate ;
      rdf:object/rdfs:label ?object ; prov:wasDerivedFrom ?evidence .""",
    "entity": """?iri rie:entityType ?object ; rdfs:label ?subject ; rie:mentionedAt ?evidence .""",
    "event": """?iri a rie:EcosystemEvent ; rdfs:label ?object ; prov:wasDerivedFrom ?evidence .
      OPTIONAL { ?iri rie:participant/rdfs:label ?subject }""",
    "membership": """?iri a rie:Listing ; rie:whole/rdfs:label ?object ; rie:part/rdfs:label ?subject ;
      prov:wasDerivedFrom ?evidence . OPTIONAL { ?iri rie:order ?unit }""",
}


def export(store: Store, form: str, target: Path | IO[bytes], *, report: str | None = None, rdf12: bool = False) -> int:
    """Write ``store`` to ``target`` (a path, written whole or not at all, or a binary stream); return the bytes written.

    ``form`` is one of ``FORMATS``; Turtle leaves the graph names out. ``report`` keeps to the graph of that report. The
    CSV has one row a fact (columns ``COLUMNS``). ``rdf12`` writes RDF 1.2 reifiers on the IRIs of the statements, in one of
    ``FORMATS_12``. Raises ``InputError`` for an unknown form or report, or a form that has no RDF 1.2.
    """
    if form not in FORMATS:
        raise InputError(
            "--format",
            Wording(f"“{form}”不是导出格式", f"“{form}” is no export format"),
            Wording(f"可用：{'、'.join(FORMATS)}", f"choose one of {', '.join(FORMATS)}"),
        )
    if rdf12 and form not in FORMATS_12:
        raise InputError(
            "--rdf12",
            Wording(f"{form} 没有 RDF 1.2 的写法", f"{form} has no reifiers here"),
            Wording(f"可用：{'、'.join(FORMATS_12)}", f"choose one of {', '.join(FORMATS_12)}"),
        )
    graphs = _graphs(store, report)
    data = facts_csv(store, graphs) if form == "csv" else _rdf(store, form, graphs, rdf12)
    with replacing(target) if isinstance(target, Path) else nullcontext(target) as stream:
        stream.write(data)
    return len(data)


def _graphs(store: Store, report: str | None) -> tuple[Iri, ...]:
    graphs = store.graphs()
    if report is None:
        return graphs
    wanted = iris.report_graph(report)
    if wanted not in graphs:
        known = ", ".join(name for g in graphs if (name := iris.report_of(g)))
        raise InputError(
            "--report",
            Wording(f"图谱里没有报告“{report}”", f"there is no report “{report}” in the graph"),
            Wording(f"可用：{known or '无'}", f"choose one of {known or 'none'}"),
        )
    return (wanted,)


def _rdf(store: Store, form: str, graphs: Iterable[Iri], rdf12: bool) -> bytes:
    quads = [quad for graph in graphs for quad in store.quads(graph)]
    quads = list(reified(quads)) if rdf12 else quads
    match form:
        case "turtle":
            text = turtle(quads, PREFIXES)
        case "trig":
            text = trig(quads, PREFIXES)
        case "jsonld":
            text = jsonld(quads, PREFIXES)
        case _:
            text = nquads(quads)
    return text.encode("utf-8")


def facts_csv(store: Store, graphs: Iterable[Iri]) -> bytes:
    """Return the facts of ``graphs`` as CSV (RFC 4180, see ``kg.spreadsheet``), in text order.

    A fact that several passages carry, or a thing that is mentioned often, is shown with the first of them.
    """
    names = " ".join(graph.n3() for graph in graphs)
    found: dict[str, list[tuple[str, ...]]] = {}
    for kind, body in _BODIES.items():
        for row in store.select(_QUERY.replace("{graphs}", names).replace("{body}", body)):
            line = _line(kind, row)
            found.setdefault(line[COLUMNS.index("iri")], []).append(line)
    return csv_bytes([COLUMNS, *sorted(map(_first, found.values()), key=_place)])


def _first(lines: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the row of a fact at its first passage, with all its subjects (an event may have many) and rules."""
    first = min(lines, key=_place)
    cells = dict(zip(COLUMNS, first, strict=True))
    for column in ("subject", "rule"):
        at = COLUMNS.index(column)
        cells[column] = "、".join(sorted({line[at] for line in lines}))
    return tuple(cells[column] for column in COLUMNS)


def _place(line: tuple[str, ...]) -> tuple[str, int, int, tuple[str, ...]]:
    cells = dict(zip(COLUMNS, line, strict=True))
    return (cells["report"], int(cells["start"]), int(cells["end"]), line)


def _line(kind: str, row: Mapping[str, Term | None]) -> tuple[str, ...]:
    cells = {name: "" if term is None else str(term) for name, term in row.items()}
    cells["kind"] = kind
    cells["report"] = iris.report_of(Iri(cells["report"])) or cells["report"]
    cells["period"] = _period(cells.pop("first"), cells.pop("last"))
    cells["rule"] = unquote(cells["rule"].removeprefix(RULE))
    for column in ("predicate", "status", "unit"):
        cells[column] = cells[column].removeprefix(RIE).removeprefix(RIEC)
    return tuple(_safe(cells[column], kind, column) for column in COLUMNS)


def _period(first: str, last: str) -> str:
    """Return the ISO 8601 form of an interval, ``..`` for an end that is not known."""
    return f"{first or '..'}/{last or '..'}" if first or last else ""


def _safe(value: str, kind: str, column: str) -> str:
    """Keep a spreadsheet from reading words of a report as a formula; the numbers of observations stay numbers."""
    number = column in {"start", "end"} or (kind == "observation" and column == "object")
    return value if number else guarded(value)
