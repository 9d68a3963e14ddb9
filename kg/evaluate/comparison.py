"""Two runs against one gold inventory: which facts the second won and which it lost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.scores import KINDS, Matching, Score, match, score_of
from kg.facts import FactRecord


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one kind of fact from the first run to the second.

    ``won`` and ``lost`` are gold facts found in one run only; ``mended`` and ``spoilt`` are found in both and exact in one
    only. ``cleared`` and ``strayed`` are spurious predictions of the first and of the second run only.
    """

    kind: str
    won: tuple[FactRecord, ...]
    lost: tuple[FactRecord, ...]
    mended: tuple[FactRecord, ...]
    spoilt: tuple[FactRecord, ...]
    cleared: tuple[FactRecord, ...]
    strayed: tuple[FactRecord, ...]


CHANGES = ("won", "lost", "mended", "spoilt", "cleared", "strayed")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The scores of two runs and what changed, one entry a kind in the order of ``KINDS``."""

    before: tuple[Score, ...]
    after: tuple[Score, ...]
    changes: tuple[Change, ...]


def compare(gold: Sequence[FactRecord], before: Sequence[FactRecord], after: Sequence[FactRecord]) -> Comparison:
    """Return how the facts ``after`` score against those ``before``; only gold facts that count are won or lost."""
    pairs = [(match(kind, gold, before), match(kind, gold, after)) for kind in KINDS]
    scores = [(score_of(a), score_of(b)) for a, b in pairs]
    changes = tuple(_change(a, b, *both) for (a, b), both in zip(pairs, scores, strict=True))
    return Comparison(tuple(a for a, _ in scores), tuple(b for _, b in scores), changes)


def _change(a: Matching, b: Matching, before: Score, after: Score) -> Change:
    def gold(first: tuple[bool, bool], second: tuple[bool, bool]) -> tuple[FactRecord, ...]:
        """Return the gold facts that are (found, exact) like ``first`` in ``a`` and like ``second`` in ``b``."""
        return tuple(a.wanted[j] for j in a.counted if (_standing(a, j), _standing(b, j)) == (first, second))

    missed, inexact, exact = (False, False), (True, False), (True, True)
    return Change(
        a.kind,
        won=gold(missed, inexact) + gold(missed, exact),
        lost=gold(inexact, missed) + gold(exact, missed),
        mended=gold(inexact, exact),
        spoilt=gold(exact, inexact),
        cleared=_only_in(before.spurious, after.spurious),
        strayed=_only_in(after.spurious, before.spurious),
    )


def _standing(matching: Matching, j: int) -> tuple[bool, bool]:
    return j in matching.hits, matching.hits.get(j, False)


def _only_in(these: tuple[FactRecord, ...], those: tuple[FactRecord, ...]) -> tuple[FactRecord, ...]:
    """Return the facts of ``these`` that do not stand in ``those``, as often as they stand there more."""
    left = Counter(_identity(fact) for fact in those)
    only = []
    for fact in these:
        if left[_identity(fact)]:
            left[_identity(fact)] -= 1
        else:
            only.append(fact)
    return tuple(only)


def _identity(fact: FactRecord) -> str:
    keys = ("kind", "quote", "start", "subject", "predicate", "object", "indicator", "measure", "value", "unit", "name", "type", "what")
    return repr([fact.get(key) for key in keys])
