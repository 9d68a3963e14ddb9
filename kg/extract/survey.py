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


_last: list[Survey] = []  # the report read last: three stages ask for the same survey one after the other


def survey(passages: Passages, mentions: Sequence[Mention], report: Report) -> Survey:
    """Return the survey of ``report``; asked again for the very same passages and mentions, it is not made anew."""
    if _last and _last[0].passages is passages and _last[0].mentions is mentions and isinstance(mentions, tuple):
        return _last[0]
    ground = stand(passages, mentions, report)
    made = Survey(passages, mentions, ground, tuple(tuple(group) for group in by_sentence(read_acts(passages, ground))))
    _last[:] = [made]
    return made


def forget() -> None:
    """Let go of the survey read last."""
    _last.clear()
