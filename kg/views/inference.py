"""What follows from the statements by a named rule: the files of ``queries/inferences``, off unless asked for.

A rule is a SELECT with the columns of a view: ``subject``, ``predicate`` and ``object`` are what follows, and each row is one
premise (``fact``) with its sentence. The name of the file is the rule's name, its summary and description explain it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.resources import resource
from kg.store import Store
from kg.views.edges import ACHIEVED, Edge, Row, passage_of, text_of
from kg.views.things import find_days
from kg.views.view import View, views


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


def inference_rules(folder: Path | None = None) -> dict[str, View]:
    """Return the rules by name; ``QueryError`` names the file and line that is not in order."""
    return views(folder or resource("queries") / "inferences")


def infer(store: Store, nodes: Collection[str], stated: Iterable[Edge], reports: Collection[str] = ()) -> list[Inferred]:
    """Return what the rules add between ``nodes``: nothing that is ``stated`` already, nothing that two rules say.

    With ``reports`` only what follows from these alone. What follows began with the premise that began last.
    """
    known = {_said(edge) for edge in stated}
    found: list[Inferred] = []
    for name, rule in sorted(inference_rules().items()):
        rows = [row for row in store.select(rule.sparql) if text_of(row, "subject") in nodes and text_of(row, "object") in nodes]
        days = find_days(store, {text_of(row, "period") for row in rows} - {""})
        edges = (_edge(name, group, days) for group in _by_conclusion(rows))
        fresh = tuple(edge for edge in edges if _said(edge) not in known and (not reports or _from(edge) <= set(reports)))
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


def _from(edge: Edge) -> set[str]:
    return {passage.report for passage in edge.passages}
