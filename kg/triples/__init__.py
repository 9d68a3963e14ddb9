"""From the facts of a report to the quads of its named graph."""

from collections.abc import Iterator
from dataclasses import replace

from kg.facts import Facts
from kg.passages import Passages
from kg.report import Report
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


def to_quads(report: Report, facts: Facts, passages: Passages, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield the quads of the graph ``rig:report-<id>`` in canonical order, without repetition and without blank nodes.

    ``passages`` are those of the report (they give each quote its sentence), ``vocabulary`` holds the code lists.
    """
    draft = Draft(report, facts, passages, vocabulary)
    write_document(draft)
    for entity in facts.entities:
        write_entity(draft, entity)
    for observation in facts.observations:
        write_observation(draft, replace(observation, period=possible(observation.period)))
    for relation in facts.relations:
        write_relation(draft, replace(relation, period=possible(relation.period)))
    for event in facts.events:
        write_event(draft, event)
    write_listings(draft, facts)
    write_run(draft)
    yield from draft.quads()
