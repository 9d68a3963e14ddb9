"""Find the observations of a report."""

from collections.abc import Sequence

from kg.facts import Observation
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


def find_observations(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Observation, ...]:
    return ()
