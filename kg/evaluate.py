"""Score the facts found against a gold inventory.

Two levels: *found* (the right number with its unit, the right pair, or the right name at the right place) and *exact*
(measure, area, period, comparison, rank, predicate, direction, type and modality right as well). Recall counts the gold
facts that are stated and belong to the core, once each; a prediction that agrees with any gold fact, also an implied or
contextual one, counts for precision. Memberships are scored as ``part_of`` relations. The matching is one to one, exact
pairs first.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.agreement import AGREEMENT, GoldNames
from kg.errors import FactsError
from kg.facts import FactRecord

KINDS = ("observation", "relation", "entity", "event")
_KEYS = {
    "observation": ("subject", "indicator", "measure", "value", "unit"),
    "relation": ("subject", "predicate", "object"),
    "entity": ("name", "type"),
    "event": ("what", "participants"),
    "membership": ("whole", "part"),
}


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
    """The score of one kind of fact, and which facts made it less than perfect."""

    kind: str
    gold: int
    predicted: int
    found: Level
    exact: Level
    missed: tuple[str, ...]
    inexact: tuple[str, ...]
    spurious: tuple[str, ...]


def read_records(path: Path, text: str | None = None) -> list[FactRecord]:
    """Return the facts of a JSON Lines file; with ``text``, check that each quote is ``text[start:end]``.

    Raises ``FactsError``, naming file and line, for anything that is not the facts format.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(path, f"cannot be read ({error})", "give a facts file: one JSON object a line, UTF-8") from error
    return [_record(line, f"{path}:{number}", text) for number, line in enumerate(lines, 1) if line.strip()]


def _record(line: str, where: str, text: str | None) -> FactRecord:
    try:
        fact = json.loads(line)
    except ValueError as error:
        raise FactsError(where, f"is no JSON ({error})", "write one JSON object a line") from error
    if not isinstance(fact, dict) or fact.get("kind") not in _KEYS:
        raise FactsError(where, "has no known “kind”", f"use one of {', '.join(_KEYS)}")
    for key in ("quote", "start", "end", *_KEYS[fact["kind"]]):
        if key not in fact:
            raise FactsError(where, f"has no “{key}”", f"every {fact['kind']} needs it")
    if not (isinstance(fact["start"], int) and isinstance(fact["end"], int) and 0 <= fact["start"] < fact["end"]):
        raise FactsError(where, f"start {fact['start']!r} and end {fact['end']!r} are no span", "give code-point offsets, start before end")
    if text is not None and text[fact["start"] : fact["end"]] != fact["quote"]:
        raise FactsError(where, "the quote does not stand at its offsets", "compute the offsets on the stored text")
    return fact


def _as_relation(fact: FactRecord) -> FactRecord:
    if fact["kind"] != "membership":
        return fact
    return {**fact, "kind": "relation", "subject": fact["part"], "predicate": "part_of", "object": fact["whole"]}


def _counts(gold: FactRecord) -> bool:
    return gold.get("tier", "core") == "core" and gold.get("certainty", "stated") == "stated" and not gold.get("restates")


def _match(gold: Sequence[FactRecord], predicted: Sequence[FactRecord], kind: str, names: GoldNames) -> list[tuple[int, int, bool]]:
    found, exact = AGREEMENT[kind]
    return [(i, j, exact(p, g, names)) for i, p in enumerate(predicted) for j, g in enumerate(gold) if found(p, g, names)]


def score(kind: str, gold: Sequence[FactRecord], predicted: Sequence[FactRecord]) -> Score:
    """Return the score of one kind (``observation``, ``relation``, ``entity`` or ``event``)."""
    names = GoldNames(gold)
    wanted = [g for g in map(_as_relation, gold) if g["kind"] == kind]
    said = [p for p in map(_as_relation, predicted) if p["kind"] == kind]
    pairs = _match(wanted, said, kind, names)
    hit: dict[int, bool] = {}
    taken: set[int] = set()
    for i, j, exact in sorted(pairs, key=lambda pair: not pair[2]):
        if j not in hit and i not in taken:
            hit[j] = exact
            taken.add(i)
    counted = [j for j, g in enumerate(wanted) if _counts(g)]
    good, good_exact = {i for i, _, _ in pairs}, {i for i, _, exact in pairs if exact}

    def level(agreeing: set[int], hits: int) -> Level:
        return Level(len(agreeing) / len(said) if said else None, hits / len(counted) if counted else None)

    def name(fact: FactRecord) -> str:
        return str(fact.get("id") or fact.get("name") or fact["quote"])

    return Score(
        kind,
        len(counted),
        len(said),
        found=level(good, sum(j in hit for j in counted)),
        exact=level(good_exact, sum(hit.get(j, False) for j in counted)),
        missed=tuple(name(wanted[j]) for j in counted if j not in hit),
        inexact=tuple(name(wanted[j]) for j in counted if j in hit and not hit[j]),
        spurious=tuple(str(p.get("name") or p["quote"]) for i, p in enumerate(said) if i not in good),
    )


def evaluate(gold: Sequence[FactRecord], predicted: Sequence[FactRecord]) -> tuple[Score, ...]:
    """Return one score a kind, in the order of ``KINDS``."""
    return tuple(score(kind, gold, predicted) for kind in KINDS)
