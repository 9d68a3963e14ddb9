"""What a graph knows that a new report can meet: named things, and numbers with a period."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.build import built_files
from kg.diff.built import built_records
from kg.diff.record import Record
from kg.errors import StoreError
from kg.namespaces import OA, PROV, RDFS, RIE, RIEC, SKOS
from kg.store import Store
from kg.triples import iris
from kg.triples.observations import BOUNDS, MEASURES
from kg.triples.terms import Iri

_THINGS = f"""
PREFIX rie: <{RIE}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}>
SELECT ?graph ?thing ?name ?type ?alias WHERE {{
  GRAPH ?graph {{ ?thing rie:entityType ?type ; rdfs:label ?name . OPTIONAL {{ ?thing skos:altLabel ?alias }} }}
}}
"""
_NUMBERS = f"""
PREFIX rie: <{RIE}> PREFIX riec: <{RIEC}> PREFIX rdfs: <{RDFS}> PREFIX prov: <{PROV}> PREFIX oa: <{OA}>
SELECT ?graph ?subject ?indicator ?measure ?value ?unit ?first ?last ?status ?bound ?baseline ?start ?quote WHERE {{
  GRAPH ?graph {{
    ?o rie:indicatorName ?indicator ; rie:observationSubject/rdfs:label ?subject ; rie:measureType ?measure ; rie:value ?value ;
      rie:unitName ?unit ; rie:periodBasis ?basis ; rie:referencePeriod ?period ; rie:factualStatus ?status ; rie:bound ?bound ;
      prov:wasDerivedFrom/oa:hasSelector ?place , ?words .
    FILTER(?basis != riec:period-none)
    ?period rie:firstDay ?first ; rie:lastDay ?last .
    ?place oa:start ?start .
    ?words oa:exact ?quote .
    OPTIONAL {{ ?o rie:hasComparison/rie:comparedWith ?baseline }}
  }}
}}
"""
_MEASURES = {f"{RIEC}{code}": measure for measure, code in MEASURES.items()}
_SIGNS = {f"{RIEC}{code}": sign for sign, code in BOUNDS.items()}


def earlier_records(graph: Path, report: str) -> tuple[Record, ...]:
    """Return what the built graph in ``graph`` has of the report with the id ``report``."""
    return built_records(graph / "built", report)


def known_records(graph: Path, report: str) -> tuple[Record, ...]:
    """Return the named things and the dated numbers of all other reports in ``graph``, from its store where that is current."""
    try:
        store = Store.open(graph)
    except StoreError:
        store = Store.in_memory(built_files(graph / "built"))
    own = iris.report_graph(report)
    return tuple(one for one in (*_things(store, own), *_numbers(store, own)))


def _things(store: Store, own: Iri) -> list[Record]:
    aliases: dict[tuple[str, str, str, str], set[str]] = {}
    for row in store.select(_THINGS):
        if row["graph"] != own:
            names = aliases.setdefault((str(row["graph"]), str(row["thing"]), str(row["name"]), str(row["type"])), set())
            names |= {str(row["alias"])} if row["alias"] else set()
    return [
        Record("entity", iris.report_of(Iri(graph)) or "", 0, "", {"name": name, "type": kind, "aliases": tuple(sorted(names))})
        for (graph, _, name, kind), names in sorted(aliases.items())
    ]


def _numbers(store: Store, own: Iri) -> list[Record]:
    found = []
    for row in store.select(_NUMBERS):
        said = {key: str(value) for key, value in row.items() if value is not None}
        if row["graph"] == own:
            continue
        words: dict[str, Any] = {key: said[key] for key in ("subject", "indicator", "unit", "baseline") if key in said}
        words |= {"period_start": said["first"], "period_end": said["last"], "status": said["status"].removeprefix(RIEC)}
        words |= {"measure": _MEASURES.get(said["measure"], ""), "comparison": _SIGNS.get(said["bound"], "=")}
        report = iris.report_of(Iri(said["graph"])) or ""
        found.append(Record("observation", report, int(said["start"]), said["quote"], {**words, "value": Decimal(said["value"])}))
    return sorted(found, key=lambda one: (one.report, one.start, str(sorted(one.words.items(), key=str))))
