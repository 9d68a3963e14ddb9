"""The facts of a built graph, read back from its quads."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.build import built_files, read_manifest
from kg.diff.record import Record
from kg.namespaces import OA, PROV, RDF, RDFS, RIE, RIEC, SKOS
from kg.store import Store
from kg.triples import iris
from kg.triples.observations import BOUNDS, MEASURES
from kg.triples.terms import Iri, Literal, Term

_MEASURES = {code: measure for measure, code in MEASURES.items()}
_SIGNS = {code: sign for sign, code in BOUNDS.items()}
_ARRIVAL = f"{RIE}EcosystemEvent"
_CAPITAL = re.compile(r"[A-Z]")


def built_records(built: Path, report: str | None = None) -> tuple[Record, ...]:
    """Return the facts in the graphs of reports (or of one ``report``) in ``built``, in the order of reports and places.

    One graph is in memory at a time. Raises ``BuildError`` where there is no whole built graph.
    """
    found: list[Record] = []
    wanted = None if report is None else iris.report_graph(report).value
    files = read_manifest(built).files
    for path in built_files(built):
        graph = files[path.name].graph
        if iris.report_of(Iri(graph)) is not None and wanted in (None, graph):
            found += _report_records(Store.in_memory([path]))
    return tuple(sorted(found, key=lambda one: (one.report, one.start, one.kind, str(sorted(one.words.items(), key=str)))))


def _report_records(store: Store) -> Iterator[Record]:
    for graph in store.graphs():
        report = iris.report_of(graph)
        if report is not None:
            yield from _Graph(store, graph, report).records()


class _Graph:
    """The graph of one report, by subject and predicate."""

    def __init__(self, store: Store, graph: Iri, report: str) -> None:
        self._report = report
        self._said: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in store.quads(graph):
            self._said[quad.subject][quad.predicate.value].append(quad.object)

    def records(self) -> Iterator[Record]:
        for node, said in list(self._said.items()):
            kinds = {str(value) for value in said.get(f"{RDF}type", ())}
            if f"{RIE}entityType" in said:
                yield self._record("entity", node, f"{RIE}mentionedAt", self._entity(said))
            elif f"{RIE}StatisticalObservation" in kinds:
                yield self._record("observation", node, f"{PROV}wasDerivedFrom", self._observation(said))
            elif f"{RDF}Statement" in kinds:
                yield self._record("relation", node, f"{PROV}wasDerivedFrom", self._relation(said))
            elif _ARRIVAL in kinds:
                yield self._record("event", node, f"{PROV}wasDerivedFrom", self._event(said, kinds))
            elif f"{RIE}Listing" in kinds:
                yield self._record("membership", node, f"{PROV}wasDerivedFrom", self._listing(said))

    def _record(self, kind: str, node: Term, carrier: str, words: Mapping[str, Any]) -> Record:
        start, quote = min((self._place(evidence) for evidence in self._said[node][carrier]), default=(0, ""))
        return Record(kind, self._report, start, quote, {key: value for key, value in words.items() if value not in (None, "", ())})

    def _place(self, evidence: Term) -> tuple[int, str]:
        start, quote = 0, ""
        for selector in self._said[evidence][f"{OA}hasSelector"]:
            start = int(self._text(selector, f"{OA}start") or start)
            quote = self._text(selector, f"{OA}exact") or quote
        return start, quote

    def _text(self, node: Term | None, predicate: str) -> str:
        values = self._said[node].get(predicate, []) if node is not None else []
        chinese = [value for value in values if not (isinstance(value, Literal) and value.lang == "en")]
        return str(min(chinese or values, key=str)) if values else ""

    def _label(self, said: Mapping[str, list[Term]], predicate: str) -> str:
        return "".join(self._text(node, f"{RDFS}label") for node in said.get(predicate, [])[:1])

    def _status(self, said: Mapping[str, list[Term]]) -> str:
        return "".join(str(value).removeprefix(RIEC) for value in said.get(f"{RIE}factualStatus", [])[:1])

    def _observation(self, said: Mapping[str, list[Term]]) -> dict[str, Any]:
        def own(name: str) -> str:
            return str(said[f"{RIE}{name}"][0]) if f"{RIE}{name}" in said else ""

        aspect = {name: next(iter(said.get(f"{RIE}{name}", ())), None) for name in ("hasRank", "hasComparison", "hasSuperlative")}
        rank = self._text(aspect["hasRank"], f"{RIE}position")
        return {
            "subject": self._label(said, f"{RIE}observationSubject"),
            "area": self._label(said, "http://purl.org/linked-data/sdmx/2009/dimension#refArea"),
            "indicator": own("indicatorName"),
            "measure": _MEASURES.get(own("measureType").removeprefix(RIEC), ""),
            "value": Decimal(own("value") or 0),
            "unit": own("unitName"),
            "comparison": _SIGNS.get(own("bound").removeprefix(RIEC), "="),
            **self._period(said),
            "rank": Decimal(rank) if rank else None,
            "rank_scope": self._text(aspect["hasRank"], f"{RIE}rankScope"),
            "status": self._status(said),
            "baseline": self._text(aspect["hasComparison"], f"{RIE}comparedWith"),
            "superlative": self._text(aspect["hasSuperlative"], f"{RIE}superlativeText"),
        }

    def _period(self, said: Mapping[str, list[Term]]) -> dict[str, Any]:
        if [str(basis) for basis in said.get(f"{RIE}periodBasis", ())] == [f"{RIEC}period-none"]:
            return {}
        interval = next(iter(said.get(f"{RIE}referencePeriod", ())), None)
        return {"period_start": self._text(interval, f"{RIE}firstDay"), "period_end": self._text(interval, f"{RIE}lastDay")}

    def _relation(self, said: Mapping[str, list[Term]]) -> dict[str, Any]:
        name = str(said[f"{RDF}predicate"][0]).removeprefix(RIE)
        return {
            "subject": self._label(said, f"{RDF}subject"),
            "predicate": _CAPITAL.sub(lambda match: f"_{match[0].lower()}", name),
            "object": self._label(said, f"{RDF}object"),
            "status": self._status(said),
        }

    def _entity(self, said: Mapping[str, list[Term]]) -> dict[str, Any]:
        return {
            "name": str(said[f"{RDFS}label"][0]),
            "type": str(said[f"{RIE}entityType"][0]),
            "aliases": tuple(sorted(str(name) for name in said.get(f"{SKOS}altLabel", ()))),
        }

    def _event(self, said: Mapping[str, list[Term]], kinds: set[str]) -> dict[str, Any]:
        closer = sorted(kind.removeprefix(RIE).removesuffix("Event").lower() for kind in kinds - {_ARRIVAL} if kind.startswith(RIE))
        participants = {self._text(node, f"{RDFS}label") for node in said.get(f"{RIE}participant", ())}
        return {
            "what": str(said[f"{RDFS}label"][0]),
            "event_kind": closer[0] if closer else "event",
            "participants": tuple(sorted(participants)),
            "status": self._status(said),
        }

    def _listing(self, said: Mapping[str, list[Term]]) -> dict[str, Any]:
        order = next((Decimal(str(value)) for value in said.get(f"{RIE}order", ())), None)
        return {"whole": self._label(said, f"{RIE}whole"), "part": self._label(said, f"{RIE}part"), "order": order}
