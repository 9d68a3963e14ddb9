"""Find the events of a report."""

from collections.abc import Sequence

from kg.facts import Event
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


def find_events(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Event, ...]:
    return ()
