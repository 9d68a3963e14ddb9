"""The survey of a report that relations, events and listings share: the ground and the acts, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.acts import ClauseActs, by_sentence, read_acts
from kg.extract.ground import Ground, stand
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


@dataclass(frozen=True, slots=True)
class Survey:
    """``sentences`` holds the clauses of each sentence with their actors and predications."""

    passages: Passages
    mentions: Sequence[Mention]
    ground: Ground
    sentences: tuple[tuple[ClauseActs, ...], ...]


def survey(passages: Passages, mentions: Sequence[Mention], report: Report) -> Survey:
    """Return the survey of ``report``: the largest thing held while a report is read, so let go of it before numbers are read."""
    ground = stand(passages, mentions, report)
    return Survey(passages, mentions, ground, tuple(tuple(group) for group in by_sentence(read_acts(passages, ground))))
