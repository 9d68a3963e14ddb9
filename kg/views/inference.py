"""What follows from the statements by a named rule (``kg.inference``), as edges of a view; off unless asked for."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.catalogue.networks import View
from kg.inference import inference_rules
from kg.namespaces import OA, PROV, RDF, RIE, RIEC
from kg.store import Store
from kg.triples import iris
from kg.views.edges import ACHIEVED, Edge, Row, passage_of, text_of
from kg.views.things import find_days

# one row a premise, passage and qualifier; a passage has no wasDerivedFrom of its own, so ?fact is a premise
_QUERY = f"""SELECT DISTINCT ?rule ?subject ?predicate ?object ?status ?period ?qualifier
  ?fact ?evidence ?quote ?report ?start ?end ?sentence ?from WHERE {{
  GRAPH ?inferred {{
    ?statement a <{RIE}InferredStatement> ; <{RIE}rule> ?rule ; <{RDF}subject> ?subject ; <{RDF}predicate> ?predicate ;
      <{RDF}object> ?object ; <{RIE}factualStatus> ?status ; <{PROV}wasDerivedFrom> ?fact .
    OPTIONAL {{ ?statement <{RIE}statementPeriod> ?period ; <{RIE}periodBasis> ?basis . FILTER (?basis != <{RIEC}period-none>) }}
    OPTIONAL {{ ?statement <{RIE}qualifier> ?qualifier }}
  }}
  GRAPH ?graph {{
    ?fact <{PROV}wasDerivedFrom> ?evidence .
    ?evidence <{OA}hasSource> ?report ; <{OA}hasSelector> ?position , ?quotation ; <{RIE}inSentence> ?whole .
    ?position <{OA}start> ?start ; <{OA}end> ?end .
    ?quotation <{OA}exact> ?quote .
    ?whole <{OA}hasSelector> ?wholePosition , ?wholeQuotation .
    ?wholePosition <{OA}start> ?from .
    ?wholeQuotation <{OA}exact> ?sentence .
  }}
}}
ORDER BY ?report ?start ?end ?fact ?subject ?object ?qualifier"""


@dataclass(frozen=True, slots=True)
class Inferred:
    """What one rule adds to a network."""

    rule: View
    edges: tuple[Edge, ...]

    def record(self) -> dict[str, Any]:
        """Return the rule in plain values, with its words and how many edges it adds."""
        rule = self.rule
        words = {"label_zh": rule.summary.zh, "label_en": rule.summary.en, "about_zh": rule.description.zh, "about_en": rule.description.en}
        return {"id": rule.name, **words, "count": len(self.edges)}


def infer(store: Store, nodes: Collection[str], stated: Iterable[Edge], reports: Collection[str] = ()) -> list[Inferred]:
    """Return what the rules add between ``nodes``: nothing that is ``stated`` already, nothing that two rules say.

    With ``reports`` only what follows from these. What follows began with the premise that began last.
    """
    known = {_said(edge) for edge in stated}
    within = set(nodes)
    by_rule: dict[str, list[Row]] = {}
    for row in store.select(_QUERY):
        if {text_of(row, "subject"), text_of(row, "object")} <= within and (not reports or text_of(row, "report") in reports):
            by_rule.setdefault(text_of(row, "rule"), []).append(row)
    days = find_days(store, {text_of(row, "period") for rows in by_rule.values() for row in rows} - {""})
    found: list[Inferred] = []
    for name, rule in sorted(inference_rules().items()):
        edges = (_edge(name, group, days) for group in _by_conclusion(by_rule.get(iris.inference_rule(name).value, [])))
        fresh = tuple(edge for edge in edges if _said(edge) not in known)
        known |= {_said(edge) for edge in fresh}
        found.append(Inferred(rule, fresh))
    return found


def _by_conclusion(rows: Iterable[Row]) -> Iterator[list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(text_of(row, name) for name in ("subject", "predicate", "object")), []).append(row)
    for _, group in sorted(groups.items()):
        yield group


def _edge(rule: str, premises: list[Row], days: Mapping[str, tuple[str, str]]) -> Edge:
    subject, predicate, target = (text_of(premises[0], name) for name in ("subject", "predicate", "object"))
    statuses = {text_of(row, "status") for row in premises}
    passages = tuple(sorted({passage_of(row, text_of(row, "fact")) for row in premises}))
    return Edge(
        subject,
        predicate,
        target,
        statuses.pop() if len(statuses) == 1 else ACHIEVED,
        max({text_of(row, "period") for row in premises}, key=lambda period: (days.get(period, ("", ""))[0], period)),
        facts=tuple(sorted({passage.fact for passage in passages})),
        passages=passages,
        qualifiers=tuple(dict.fromkeys(said for row in premises if (said := text_of(row, "qualifier")))),
        inferred_by=rule,
    )


def _said(edge: Edge) -> tuple[str, frozenset[str]]:
    return edge.predicate, frozenset({edge.subject, edge.object})
