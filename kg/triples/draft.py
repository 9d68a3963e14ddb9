"""The graph of one report while it is written."""

import re
from collections.abc import Iterable

from kg.decisions import Decided, Origin
from kg.errors import ReportError
from kg.facts import Fact, Modality, Period, Span, Status
from kg.namespaces import PROV, RDF, RDFS, RIE, SKOS
from kg.passages import Passages
from kg.report import Report
from kg.triples import iris
from kg.triples.evidence import Sentences, evidence_triples, original_triples
from kg.triples.intervals import days_of, interval_triples, labels
from kg.triples.names import Names
from kg.triples.terms import Iri, Literal, Quad, Term
from kg.triples.vocabulary import Vocabulary

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
A = f"{RDF}type"
UNREAL = frozenset({"planned", "expected", "aspired"})  # said to be meant, not said to be so
_BY_MODALITY = {"target": "planned", "expected": "expected"}


def status_of(modality: Modality, status: Status) -> str:
    """Return the factual status: a target without a closer status is planned, what is expected is expected.

    >>> status_of("target", "achieved"), status_of("target", "aspired"), status_of("actual", "ongoing")
    ('planned', 'aspired', 'ongoing')
    """
    return _BY_MODALITY.get(modality, status) if status == "achieved" else status


class Draft:
    """Collects the quads of a report's graph; what several facts share (passages, intervals, concepts) is written once."""

    def __init__(self, report: Report, decided: Decided, passages: Passages, vocabulary: Vocabulary) -> None:
        if not _LANGUAGE.fullmatch(report.language):
            raise ReportError(report.id, f"“{report.language}” is no language tag", 'write language = "zh-Hans" in report.toml')
        self.report = report
        self.vocabulary = vocabulary
        self.names = Names(decided.facts.entities, report.id)
        self.run = iris.run(report.id, report.sha256)
        self.rules_used: set[str] = set()
        self._graph = iris.report_graph(report.id)
        self._sentences = Sentences(passages)
        self._lines: dict[str, Quad] = {}
        self._written: set[Iri] = set()
        self._decided = decided
        self._origin: Origin | None = None

    def quads(self) -> list[Quad]:
        """Return what was written, in the order of its N-Quads lines."""
        return [self._lines[line] for line in sorted(self._lines)]

    def say(self, subject: Iri, predicate: str, *objects: Term) -> None:
        """Write a triple for each of ``objects``; ``predicate`` is a whole IRI."""
        for value in objects:
            quad = Quad(subject, Iri(predicate), value, self._graph)
            self._lines[quad.n3()] = quad

    def say_all(self, triples: Iterable[tuple[Iri, str, Term]]) -> None:
        for subject, predicate, value in triples:
            self.say(subject, predicate, value)

    def about(self, fact: Fact) -> "Draft":
        """Turn to ``fact``: what is written from now on comes from the person who decided about it, if somebody did."""
        self._origin = self._decided.origins.get(fact)
        return self

    def label(self, text: str) -> Literal:
        """Return ``text`` as a label in the report's language."""
        return Literal(text, lang=self.report.language)

    def evidence(self, span: Span) -> Iri:
        """Write the passage at ``span`` and the sentence around it; return the passage's node."""
        node = iris.evidence(self.report.id, span.start, span.end)
        if node not in self._written:
            self._written.add(node)
            sentence = self._sentences.around(span)
            self.say_all(evidence_triples(self.report.id, self.report.text, span, sentence))
            if position := self.report.position_of(span):
                self.say_all(original_triples(self.report.id, span, position))
            self.evidence(sentence)
        return node

    def interval(self, period: Period, status: str) -> Iri:
        """Write the interval that a fact of ``status`` with ``period`` speaks of; return its node."""
        first, last = days_of(period, self.report.issued, status not in UNREAL)
        ends = period.end is not None and period.start is None
        node = iris.as_of(period.end) if ends and period.end else iris.interval(first, last)
        if node not in self._written:
            self._written.add(node)
            self.say_all(interval_triples(node, first, last, labels(first, last, stated=ends)))
        return node

    def named(self, name: str, span: Span) -> Iri:
        """Return the entity called ``name``, else the concept of that name, which is written with its evidence."""
        return self.names.find(name, span) or self.concept(name, span)

    def concept(self, name: str, span: Span, *classes: str) -> Iri:
        """Write ``name`` as a concept that this report names at ``span``; return its node."""
        node = iris.concept(name)
        self.say(node, A, Iri(f"{RIE}TextConcept"), Iri(f"{SKOS}Concept"), *map(Iri, classes))
        self.say(node, f"{RDFS}label", self.label(name))
        self.say(node, f"{RIE}mentionedAt", self.evidence(span))
        return node

    def support(self, fact: Iri, span: Span, rule: str) -> None:
        """Write what carries ``fact``: its passage, the run and the rule that found it."""
        self.say(fact, f"{PROV}wasDerivedFrom", self.evidence(span))
        self.say(fact, f"{PROV}wasGeneratedBy", self.run)
        self.say(fact, f"{RIE}rule", self.rule(rule))
        self.attribute(fact)

    def attribute(self, node: Iri) -> None:
        """Write who decided about the fact at hand, where somebody did."""
        if self._origin:
            self.say(node, f"{PROV}wasAttributedTo", iris.reviewer(self._origin.by))
            self.say(node, f"{RIE}decision", iris.decision(self.report.id, self._decided.effects[self._origin.number - 1].decision))

    def rule(self, rule_id: str) -> Iri:
        """Return the node of a rule and remember that it was used."""
        self.rules_used.add(rule_id)
        return iris.rule(rule_id)
