"""Find the listings of a report."""

from collections.abc import Sequence

from kg.facts import Membership
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


def find_memberships(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Membership, ...]:
    return ()
