"""Nodes and edges as plain values: labels in both languages, mentions, figures, passages."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.ask.origins import NO_ORIGIN, find_origins
from kg.catalogue.wording import Lang
from kg.namespaces import RIEC
from kg.store import Store
from kg.views.edges import ACHIEVED, DONE, Edge, Passage
from kg.views.names import syllables
from kg.views.things import (
    SIGNS,
    UNTYPED,
    Figure,
    Kind,
    Label,
    find_aliases,
    find_amounts,
    find_days,
    find_figures,
    find_labels,
    find_mentions,
)

_PERSONS = {"Academician", "Person"}


class Values:
    """What is said of the nodes ``kinds`` and of ``edges``, read from ``store`` in a few queries.

    With ``reports`` (IRIs) figures and mentions are those of these reports alone, as ``edges`` and ``alone`` are.
    """

    def __init__(
        self,
        store: Store,
        lang: Lang,
        kinds: Mapping[str, Kind],
        edges: Iterable[Edge],
        alone: Iterable[Edge],
        reports: Collection[str] = (),
    ) -> None:
        self.lang = lang
        self.kinds = kinds
        self.alone = [edge for edge in alone if edge.subject in kinds]
        self.aliases, self.mentions = find_aliases(store, kinds), find_mentions(store, kinds)
        self.figures = find_figures(store, kinds)
        if reports:
            self.mentions = {node: [p for p in found if p.report in reports] for node, found in self.mentions.items()}
            self.figures = {node: [f for f in found if f.passage.report in reports] for node, found in self.figures.items()}
        self.amounts = find_amounts(store, (iri for iri, kind in kinds.items() if kind.type == UNTYPED["StatisticalObservation"]))
        shown = [*edges, *self.alone]
        facts = {fact for edge in shown for fact in edge.facts} | {passage.fact for edge in shown for passage in edge.passages}
        numbers = [figure for figures in self.figures.values() for figure in figures]
        self.days = find_days(store, {period for period in (*(edge.period for edge in shown), *(n.period for n in numbers)) if period})
        self.origins = find_origins(store, {*facts, *kinds, *(figure.fact for figure in numbers)})
        self.labels = find_labels(
            store,
            {
                ACHIEVED,
                *kinds,
                *(kind.cls for kind in self.kinds.values()),
                *(
                    iri
                    for edge in shown
                    for iri in (edge.predicate, edge.status, edge.period, edge.role, edge.level, edge.object, edge.event)
                ),
                *(iri for figure in numbers for iri in (figure.indicator, figure.measure, figure.area, figure.status, figure.period)),
            },
        )

    def _both(self, name: str, iri: str) -> dict[str, str]:
        label = self.labels.get(iri, Label())
        return {f"{name}_zh": label.zh, f"{name}_en": label.en}

    def _said(self, iri: str) -> str:
        label = self.labels.get(iri, Label())
        return (label.zh or label.en) if self.lang == "zh" else (label.en or label.zh)

    def of_node(self, iri: str) -> dict[str, Any]:
        """Return the attributes of a node (see ``project``)."""
        kind = self.kinds[iri]
        person = kind.type in _PERSONS
        label = self.labels[iri]
        if iri in self.amounts:
            label = self._counted(iri, label)
        aliases = [name for name in self.aliases.get(iri, []) if name not in (label.zh, label.en)]
        return {
            "iri": iri,
            "label": (label.zh or label.en) if self.lang == "zh" else (label.en or label.zh),
            "label_zh": label.zh,
            "label_en": label.en,
            "type": kind.type,
            "class": kind.cls,
            **self._both("class", kind.cls),
            "concept": kind.concept,
            "aliases": aliases,
            "pinyin": syllables(label.zh or label.en, person),
            "alias_pinyin": [syllables(name, person) for name in aliases],
            "mentions": self._mentions(iri, {label.zh, label.en, *aliases}, kind.concept),
            "figures": [self._figure(figure) for figure in self.figures.get(iri, [])],
            "events": [self._event(edge) for edge in self.alone if edge.subject == iri],
            **self._amount(iri),
            **self._origin(iri),
        }

    def of_edge(self, edge: Edge) -> dict[str, Any]:
        """Return the attributes of an edge (see ``project``)."""
        return {
            "predicate": edge.predicate,
            "label": self._said(edge.predicate),
            **self._both("label", edge.predicate),
            **self._when(edge.status, edge.period),
            "phase": edge.phase,
            "role": edge.role,
            **self._both("role", edge.role),
            "level": edge.level,
            **self._both("level", edge.level),
            "order": edge.order,
            "directed": edge.directed,
            "qualifiers": [*([f"event={self._said(edge.event)}"] if edge.event else []), *edge.qualifiers],
            "inferred": bool(edge.inferred_by),
            "inferred_by": edge.inferred_by,
            "statements": list(edge.facts),
            "statement": edge.facts[0],
            "quote": edge.passages[0].quote,
            "report": edge.passages[0].report,
            "reports": sorted({passage.report for passage in edge.passages}),
            "evidence_ids": list(dict.fromkeys(passage.evidence for passage in edge.passages)),
            "passages": len(edge.passages),
            "evidence": [self._proof(passage) for passage in edge.passages],
            **self._origin(*edge.facts),
        }

    def _proof(self, passage: Passage) -> dict[str, Any]:
        """Return a passage with what tells where its fact comes from: ``rule``, ``decided_by``, ``decided_on``, ``decision``."""
        return {**passage.record(), **self.origins.get(passage.fact, NO_ORIGIN).record()}

    def _origin(self, *facts: str) -> dict[str, list[str]]:
        """Return the rules behind ``facts`` and the people who decided about them: ``rules``, ``decided_by``, ``decided_on``."""
        origins = [self.origins.get(fact, NO_ORIGIN) for fact in facts]
        people = sorted({(origin.decided_by, origin.decided_on) for origin in origins if origin.decided_by})
        return {
            "rules": sorted({rule for origin in origins for rule in origin.rules}),
            "decided_by": [person for person, _ in people],
            "decided_on": [day for _, day in people],
        }

    def _counted(self, iri: str, label: Label) -> Label:
        """Return the label of an observation that is a node: with its bound (≥, <), which the graph's own label leaves out.

        In English it is that of its figure, where the indicator has a name.
        """
        figures = (figure for figures in self.figures.values() for figure in figures if figure.fact == iri)
        found = next(figures, None)
        if found is None:
            return label
        bare = found.printed.lstrip(SIGNS)
        zh = label.zh.removesuffix(bare) + found.printed if label.zh.endswith(bare) else label.zh
        named = not label.en and self.labels.get(found.indicator, Label()).en
        return Label(zh, str(self._figure(found)["label_en"]) if named else label.en)

    def _amount(self, iri: str) -> dict[str, float | str]:
        if iri not in self.amounts:
            return {}
        value, unit = self.amounts[iri]
        return {"value": value, "unit": unit}

    def _mentions(self, iri: str, names: set[str], concept: bool) -> list[dict[str, Any]]:
        """Return where a node is printed; the passage that only describes a concept is not its name."""
        found = [passage for passage in self.mentions.get(iri, []) if not concept or passage.quote in names]
        return [{"report": passage.report, "start": passage.start, "end": passage.end} for passage in found]

    def _when(self, status: str, period: str) -> dict[str, Any]:
        first, last = self.days.get(period, ("", ""))
        said = {"status": status, "done": status in DONE, **self._both("status", status), **self._both("period", period)}
        return {**said, "first_day": first, "last_day": last}

    def _figure(self, figure: Figure) -> dict[str, Any]:
        indicator, measure, area = (self.labels.get(iri, Label()) for iri in (figure.indicator, figure.measure, figure.area))
        plain = figure.measure in ("", f"{RIEC}measure-value")  # what is counted is said by the indicator
        scope = area.en or figure.scope
        zh = f"，第{figure.rank}位{f'（{figure.scope}）' if figure.scope else ''}" if figure.rank else ""
        en = f", rank {figure.rank}{f' in {scope}' if scope else ''}" if figure.rank else ""
        return {
            "iri": figure.fact,
            "label_zh": f"{figure.name}：{'' if plain else measure.zh + ' '}{figure.printed}{zh}",
            "label_en": f"{indicator.en or figure.name}: {'' if plain else measure.en + ' '}{figure.printed}{en}",
            **self._when(figure.status, figure.period),
            "evidence": [self._proof(figure.passage)],
        }

    def _event(self, edge: Edge) -> dict[str, Any]:
        return {
            "iri": edge.object,
            **self._both("label", edge.object),
            **self._when(edge.status, edge.period),
            "evidence": [self._proof(passage) for passage in edge.passages],
        }
