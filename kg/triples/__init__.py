"""From the facts of a report to the quads of its named graph."""

from collections.abc import Iterator
from dataclasses import replace

from kg.decisions import Decided
from kg.facts import Facts
from kg.passages import Passages
from kg.report import Report
from kg.triples.candidates import write_candidates
from kg.triples.decisions import write_decisions
from kg.triples.document import write_document, write_run
from kg.triples.draft import Draft
from kg.triples.entities import write_entity
from kg.triples.events import write_event
from kg.triples.intervals import possible
from kg.triples.listings import write_listings
from kg.triples.observations import write_observation
from kg.triples.relations import write_relation
from kg.triples.terms import Quad
from kg.triples.vocabulary import Vocabulary

__all__ = ["to_quads"]


def to_quads(report: Report, facts: Facts | Decided, passages: Passages, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield the quads of the graph ``rig:report-<id>`` in canonical order, without repetition and without blank nodes.

    ``facts`` are those of the rules alone, or what human decisions made of them; each fact that a person decided about then
    says who did. ``passages`` are those of the report (they give each quote its sentence), ``vocabulary`` holds the code lists.
    """
    decided = facts if isinstance(facts, Decided) else Decided(facts)
    draft = Draft(report, decided, passages, vocabulary)
    write_document(draft)
    for entity in decided.facts.entities:
        write_entity(draft.about(entity), entity)
    for observation in decided.facts.observations:
        write_observation(draft.about(observation), replace(observation, period=possible(observation.period)))
    for relation in decided.facts.relations:
        write_relation(draft.about(relation), replace(relation, period=possible(relation.period)))
    for event in decided.facts.events:
        write_event(draft.about(event), event)
    write_listings(draft, decided.facts)
    write_candidates(draft, decided)
    write_decisions(draft, decided)
    write_run(draft)
    yield from draft.quads()
