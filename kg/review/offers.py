"""Candidates of a language model as cases: accepting one adds the fact, in the name of the person who accepts it."""

from collections.abc import Iterable

from kg.candidates import Candidate, settle
from kg.decisions import Decided, words_of
from kg.decisions.decision import Action
from kg.extract import read_passages
from kg.facts import Entity, Fact, Span
from kg.report import Report
from kg.review.case import Case, printable
from kg.review.doubt import Doubt
from kg.triples.evidence import Sentences


def offers_of(report: Report, candidates: Iterable[Candidate], decided: Decided) -> tuple[Case, ...]:
    """Return the candidates that say what the graph does not say yet, in text order; each names the model as its doubt."""
    sentences = Sentences(read_passages(report))
    known: dict[tuple[object, ...], list[Span]] = {}
    for fact in decided.facts:
        known.setdefault(_said(fact), []).append(_span(fact))
    cases = []
    for candidate in candidates:
        span, there = _span(candidate.fact), known.get(_said(candidate.fact), [])
        if not any(isinstance(candidate.fact, Entity) or (span.start < other.end and other.start < span.end) for other in there):
            cases.append(Case(report, candidate.fact, span, sentences.around(span), (_doubt(candidate),), candidate))
    return tuple(sorted(cases, key=lambda case: (case.span, case.kind, case.said())))


def action_of(case: Case, action: Action) -> Action | None:
    """Return what is written into the decisions: a candidate that is accepted is an addition, one that is rejected nothing."""
    if case.offer is None:
        return action
    return None if action == "reject" else "add"


def settle_offer(case: Case, action: Action) -> None:
    """Write into the candidates file that a person has decided on this candidate."""
    if case.offer is not None:
        settle(case.offer, "rejected" if action == "reject" else "accepted")


def _said(fact: Fact) -> tuple[object, ...]:
    """Return the words that make two facts one: said twice of the same passage they are known already."""
    words = words_of(fact)
    keys = ("subject", "predicate", "object", "indicator", "measure", "value", "unit", "name", "type", "what", "whole", "part")
    return (type(fact), *(words.get(key) for key in keys))


def _span(fact: Fact) -> Span:
    return fact.mentions[0] if isinstance(fact, Entity) else fact.span


def _doubt(candidate: Candidate) -> Doubt:
    name = printable(f"{candidate.maker.name} {candidate.maker.version}")
    return Doubt("model", 5, f"模型 {name} 所说，尚无人裁定", f"said by the model {name}, undecided")
