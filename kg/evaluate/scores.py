"""Precision, recall and F1 of the facts found: by kind, and within a kind by predicate, measure or type."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.agreement import AGREEMENT, GoldNames
from kg.facts import FactRecord

KINDS = ("observation", "relation", "entity", "event")
PARTED_BY = {"observation": "measure", "relation": "predicate", "entity": "type"}


@dataclass(frozen=True, slots=True)
class Level:
    """Precision and recall in [0, 1]; ``None`` where there is nothing to divide by."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where either is missing or 0."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p and r else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one kind of fact, or of the ``part`` of it with one predicate, measure or type.

    ``gold`` counts the facts to be found, ``predicted`` those that were said. ``missed``, ``inexact`` (gold facts) and
    ``spurious`` (predictions) are the facts that made it less than perfect. ``parts`` are empty in a part.
    """

    kind: str
    gold: int
    predicted: int
    found: Level
    exact: Level
    missed: tuple[FactRecord, ...]
    inexact: tuple[FactRecord, ...]
    spurious: tuple[FactRecord, ...]
    part: str | None = None
    parts: tuple["Score", ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Which facts of one kind agree: ``hits`` maps the index of a gold fact to whether it is exact, one to one.

    ``good`` and ``good_exact`` are the indices of predictions that agree with any gold fact, also one that does not count.
    """

    kind: str
    wanted: tuple[FactRecord, ...]
    said: tuple[FactRecord, ...]
    hits: Mapping[int, bool]
    good: frozenset[int]
    good_exact: frozenset[int]

    @property
    def counted(self) -> tuple[int, ...]:
        """The indices of the gold facts that count for recall: stated, of the core, once each."""
        return tuple(j for j, gold in enumerate(self.wanted) if _counts(gold))


def match(kind: str, gold: Sequence[FactRecord], predicted: Sequence[FactRecord]) -> Matching:
    """Match the facts of one kind one to one, exact pairs first; memberships are matched as ``part_of`` relations."""
    names = GoldNames(gold)
    wanted = tuple(g for g in map(_as_relation, gold) if g["kind"] == kind)
    said = tuple(p for p in map(_as_relation, predicted) if p["kind"] == kind)
    found, exact = AGREEMENT[kind]
    pairs = [(i, j, exact(p, g, names)) for i, p in enumerate(said) for j, g in enumerate(wanted) if found(p, g, names)]
    hits: dict[int, bool] = {}
    taken: set[int] = set()
    for i, j, is_exact in sorted(pairs, key=lambda pair: not pair[2]):
        if j not in hits and i not in taken:
            hits[j] = is_exact
            taken.add(i)
    good, good_exact = frozenset(i for i, _, _ in pairs), frozenset(i for i, _, is_exact in pairs if is_exact)
    return Matching(kind, wanted, said, hits, good, good_exact)


def _as_relation(fact: FactRecord) -> FactRecord:
    if fact["kind"] != "membership":
        return fact
    return {**fact, "kind": "relation", "subject": fact["part"], "predicate": "part_of", "object": fact["whole"]}


def _counts(gold: FactRecord) -> bool:
    return gold.get("tier", "core") == "core" and gold.get("certainty", "stated") == "stated" and not gold.get("restates")


def score_of(matching: Matching) -> Score:
    """Return the score of a matching, with the scores of its parts, those with the most gold facts first."""
    key = PARTED_BY.get(matching.kind)
    if key is None:
        return _score(matching, lambda fact: True)
    values = {str(fact[key] or "-") for fact in (*(matching.wanted[j] for j in matching.counted), *matching.said)}
    parts = [_score(matching, lambda fact, value=value: str(fact[key] or "-") == value, value) for value in values]
    return _score(matching, lambda fact: True, parts=sorted(parts, key=lambda part: (-part.gold, -part.predicted, part.part or "")))


def _score(matching: Matching, within: Callable[..., bool], part: str | None = None, parts: Iterable[Score] = ()) -> Score:
    gold = [j for j in matching.counted if within(matching.wanted[j])]
    said = [i for i, fact in enumerate(matching.said) if within(fact)]
    hits = matching.hits

    def level(good: frozenset[int], reached: int) -> Level:
        return Level(sum(i in good for i in said) / len(said) if said else None, reached / len(gold) if gold else None)

    return Score(
        matching.kind,
        len(gold),
        len(said),
        found=level(matching.good, sum(j in hits for j in gold)),
        exact=level(matching.good_exact, sum(hits.get(j, False) for j in gold)),
        missed=tuple(matching.wanted[j] for j in gold if j not in hits),
        inexact=tuple(matching.wanted[j] for j in gold if j in hits and not hits[j]),
        spurious=tuple(matching.said[i] for i in said if i not in matching.good),
        part=part,
        parts=tuple(parts),
    )


def score(kind: str, gold: Sequence[FactRecord], predicted: Sequence[FactRecord]) -> Score:
    """Return the score of one kind (``observation``, ``relation``, ``entity`` or ``event``)."""
    return score_of(match(kind, gold, predicted))


def evaluate(gold: Sequence[FactRecord], predicted: Sequence[FactRecord]) -> tuple[Score, ...]:
    """Return one score a kind, in the order of ``KINDS``."""
    return tuple(score(kind, gold, predicted) for kind in KINDS)
