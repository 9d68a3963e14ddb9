"""Find the relations of a report."""

from collections.abc import Sequence

from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


def find_relations(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Relation, ...]:
    return ()
