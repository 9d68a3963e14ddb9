"""Gather mentions into entities."""

from collections.abc import Sequence

from kg.facts import Entity
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


def find_entities(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Entity, ...]:
    return ()
