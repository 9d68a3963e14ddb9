"""Find the names of things."""

from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


def find_mentions(passages: Passages, report: Report) -> tuple[Mention, ...]:
    return ()
