"""Answers of SPARQL engines, read from their files or from the wire, and whether two of them say the same."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
from w3c_manifest import read

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT = ("integer", "decimal", "int", "long", "short", "byte", "nonNegativeInteger", "unsignedInt")
_FORMS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """Exactly one of: truth, rows, triples, or the text of a CSV answer."""

    truth: bool | None = None
    rows: Sequence[Row] | None = None
    quads: Sequence[ox.Quad] | None = None
    csv: str | None = None


def of_results(results: object) -> Answer:
    """Return what the engine answered."""
    if isinstance(results, ox.QueryBoolean):
        return Answer(truth=bool(results))
    if isinstance(results, ox.QueryTriples):
        return Answer(quads=[ox.Quad(t.subject, t.predicate, t.object) for t in results])
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    return Answer(rows=[{name: row[name] for name in names if row[name] is not None} for row in results])


def expected(file: Path) -> Answer:
    """Return the answer in a result file: XML, JSON, TSV, CSV, a graph, or a result set written as a graph."""
    if file.suffix == ".csv":
        return Answer(csv=file.read_bytes().decode("utf-8"))
    if file.suffix in _FORMS:
        return of_results(ox.parse_query_results(path=str(file), format=_FORMS[file.suffix]))
    quads = read(file)
    data = ox.Dataset(quads)
    sets = [quad.subject for quad in quads if str(getattr(quad.object, "value", "")) == f"{_RS}ResultSet"]
    return _result_set(data, sets[0]) if sets else Answer(quads=quads)


def _result_set(data: ox.Dataset, node: object) -> Answer:
    def values(subject: object, name: str) -> list[object]:
        return [quad.object for quad in data.quads_for_subject(subject) if quad.predicate.value == _RS + name]

    if truth := values(node, "boolean"):
        return Answer(truth=str(getattr(truth[0], "value", "")) == "true")
    rows = [
        {str(getattr(values(cell, "variable")[0], "value", "")): values(cell, "value")[0] for cell in values(row, "binding")}
        for row in values(node, "solution")
    ]
    return Answer(rows=rows)


def same(one: Answer, other: Answer) -> bool:
    """Say whether two answers are equal: graphs and rows up to the names of blank nodes, numbers by value, rows in any order."""
    if one.csv is not None and other.csv is not None:
        return _csv_rows(one.csv) == _csv_rows(other.csv)
    if one.truth is not None or other.truth is not None:
        return one.truth == other.truth
    if one.rows is not None and other.rows is not None:
        return _same_rows(one.rows, other.rows)
    return one.quads is not None and other.quads is not None and same_quads(one.quads, other.quads)


def same_quads(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> bool:
    """Say whether two data sets are isomorphic."""
    return _canonical(one) == _canonical(other)


def _canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    data = ox.Dataset(ox.Quad(q.subject, q.predicate, _plain(q.object), q.graph_name) for q in quads)
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(data)


def _same_rows(one: Sequence[Row], other: Sequence[Row]) -> bool:
    return _ground(one) == _ground(other) and same_quads(_as_quads(one), _as_quads(other))


def _has_blank(row: Row) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in row.values())


def _ground(rows: Sequence[Row]) -> Counter[tuple[tuple[str, str], ...]]:
    return Counter(tuple(sorted((name, str(_plain(term))) for name, term in row.items())) for row in rows if not _has_blank(row))


def _as_quads(rows: Sequence[Row]) -> list[ox.Quad]:
    """Write rows with blank nodes as a graph, so that they can be compared as one."""
    blank = [row for row in rows if _has_blank(row)]
    return [ox.Quad(node, ox.NamedNode(f"urn:{name}"), term) for row in blank for node in [ox.BlankNode()] for name, term in row.items()]


def _plain(term: object) -> object:
    """Return numbers in one writing for each value."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return term
    name, value = term.datatype.value.removeprefix(_XSD), term.value
    try:
        if name in _EXACT:
            value = str(Decimal(value).normalize() + 0)
        elif name in ("double", "float"):
            value = repr(float(f"{float(value):.6g}"))
    except (InvalidOperation, ValueError):
        return term
    return ox.Literal(value, datatype=term.datatype)


def _csv_rows(text: str) -> list[list[tuple[str, str]]]:
    rows = csv.DictReader(io.StringIO(text.replace("\r\n", "\n")))
    return sorted(sorted((name, re.sub("^_:.*", "_:", value or "")) for name, value in row.items()) for row in rows)
