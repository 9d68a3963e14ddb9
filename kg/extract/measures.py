"""Decide what a number says: a value, a growth rate, a share, a difference, an increase or a stock."""

import re
from dataclasses import dataclass
from functools import cache

from kg.facts import Comparison, Measure
from kg.frozen import quickly_made
from kg.mentions.quantities import Quantity
from kg.rules import Rule, rules

_THAN = ("measures.growth-than", "measures.growth-than-down")
_TIME = re.compile(r"年|期|月|末|底|初|以前|之前|季")


@quickly_made
@dataclass(frozen=True, slots=True)
class Said:
    """What the words before a number say: ``left`` is what remains of them; ``sign`` is -1 for a decline."""

    left: str
    measure: Measure | None
    rule: str
    sign: int = 1
    base: str | None = None


@cache
def _by_kind() -> dict[str, tuple[Rule, ...]]:
    kinds: dict[str, list[Rule]] = {}
    for rule in rules("measures", "kinds", "measure", "sign", "keep").rules:
        for kind in rule.options["kinds"]:
            kinds.setdefault(kind, []).append(rule)
    return {kind: tuple(found) for kind, found in kinds.items()}


@dataclass(frozen=True, slots=True)
class Direction:
    """A difference told without an amount: ``comparison`` with zero, ``base``, and where its words stand in the clause."""

    comparison: Comparison
    base: str
    start: int
    end: int
    rule: str


def direction(clause: str) -> Direction | None:
    """Return the difference that a clause without a number tells.

    >>> direction("新增数量高于去年同期").comparison, direction("新增数量较多")
    ('>', None)
    """
    for rule in _by_kind()["clause"]:
        if match := rule.pattern.fullmatch(clause):
            comparison: Comparison = "<" if rule.options.get("sign") == -1 else ">"
            return Direction(comparison, match["base"], match.start("how"), match.end("how"), rule.id)
    return None


def kind_for(quantity: Quantity, left: str) -> str:
    """Return the kind of unit by which measure rules are chosen: a multiple (倍) and a place (3位) have their own."""
    if quantity.unit == "倍":
        return "times"
    if quantity.unit in ("位", "位次") and left.endswith(("升", "移", "进", "步", "退", "降", "了", "提高")):
        return "place"
    return quantity.kind


def say(left: str, quantity: Quantity) -> Said:
    """Return what ``left``, the words before ``quantity``, say of it by the first rule of ``measures.toml`` that fires.

    >>> from kg.mentions.quantities import find_quantities
    >>> q, = find_quantities("同比下降3.1%")
    >>> said = say("能耗同比下降", q)
    >>> said.left, said.measure, said.sign
    ('能耗', 'yoy_growth', -1)
    """
    tail = left[-60:]
    for rule in _by_kind().get(kind_for(quantity, left), ()):
        if match := rule.pattern.search(tail):
            keep = match.groupdict().get("keep") or ""
            rest = left[: len(left) - len(tail) + match.start()] + keep
            base = match.groupdict().get("base")
            if base and rule.id in _THAN and not _TIME.search(base):
                return Said(rest, "difference", rule.id, int(rule.options.get("sign", 1)), base)
            return Said(rest, rule.options["measure"], rule.id, int(rule.options.get("sign", 1)), base)
    return Said(left, None, "")
