"""Match the facts of two sides by their words and their place."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.decisions.words import IDENTIFYING
from kg.diff.record import Record

KINDS = ("observation", "relation", "entity", "event", "membership")
# words of which all must agree before two facts are the same one with something changed; the first list that fits is taken
_LIKE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "observation": (("subject", "indicator", "measure", "unit", "period_start", "period_end"), ("indicator", "value", "unit")),
    "relation": (("subject", "predicate", "object"), ("subject", "object")),
    "entity": (("name",),),
    "event": (("what",), ("event_kind", "participants")),
    "membership": (("whole", "part"),),
}
# words of which all must agree where the two facts stand at the same place of the text
_THERE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "observation": (("value", "unit"), ("indicator", "measure"), ("subject", "measure", "unit")),
    "relation": (("subject", "predicate"), ("predicate", "object")),
    "entity": (("type",),),
    "event": (("event_kind",),),
    "membership": (("whole", "order"), ("part",)),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of both sides that is worded differently: ``words`` maps each key to its value before and after."""

    before: Record
    after: Record

    @property
    def words(self) -> dict[str, tuple[Any, Any]]:
        """The keys that differ, each with the value before and after (``None`` where there is none)."""
        keys = dict.fromkeys((*self.before.words, *self.after.words))
        pairs = {key: (self.before.words.get(key), self.after.words.get(key)) for key in keys}
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class Diff:
    """What the second side adds to the first, drops and changes; ``same`` facts are on both."""

    added: tuple[Record, ...]
    dropped: tuple[Record, ...]
    changed: tuple[Change, ...]
    same: int

    @property
    def empty(self) -> bool:
        """Whether both sides say the same."""
        return not (self.added or self.dropped or self.changed)

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return for each kind of fact how many were added, dropped and changed."""
        kinds = [Counter(one.kind for one in found) for found in (self.added, self.dropped, tuple(change.after for change in self.changed))]
        return {kind: (kinds[0][kind], kinds[1][kind], kinds[2][kind]) for kind in KINDS}


def compare(before: Iterable[Record], after: Iterable[Record]) -> Diff:
    """Return what ``after`` has that ``before`` has not, and the other way round.

    Facts that say the same at another place (the text above them grew) are the same. A fact is called changed when it says
    something else of the same, or stands at the same place and agrees in what the text prints.
    """
    old, new = list(before), list(after)
    if {one.report for one in old} == {""} or {one.report for one in new} == {""}:
        old, new = _nowhere(old), _nowhere(new)
    old, new, same = _without_equals(old, new)
    changes: list[Change] = []
    for key in _keys():
        old, new, found = _paired(old, new, key)
        changes += found
    return Diff(_sorted(new), _sorted(old), tuple(sorted(changes, key=lambda change: _order(change.after))), same)


def _nowhere(records: list[Record]) -> list[Record]:
    return [Record(one.kind, "", one.start, one.quote, one.words) for one in records]


def _without_equals(old: list[Record], new: list[Record]) -> tuple[list[Record], list[Record], int]:
    left = Counter(_said(one) for one in new)
    same = 0
    gone, kept = [], Counter[Hashable]()
    for one in old:
        if left[_said(one)] > kept[_said(one)]:
            kept[_said(one)] += 1
            same += 1
        else:
            gone.append(one)
    rest = []
    for one in new:
        if kept[_said(one)]:
            kept[_said(one)] -= 1
        else:
            rest.append(one)
    return gone, rest, same


def _said(one: Record) -> Hashable:
    return (one.kind, one.report, tuple(sorted(one.words.items(), key=lambda pair: pair[0])))


class _Key:
    """A way to recognise a fact: some of its words, and the quote or the place where ``there`` says so."""

    def __init__(self, words: Mapping[str, tuple[tuple[str, ...], ...]], number: int, there: str = "") -> None:
        self._words, self._number, self._there = words, number, there

    def of(self, one: Record) -> Hashable | None:
        lists = self._words[one.kind]
        if self._number >= len(lists):
            return None
        place: Hashable = {"quote": one.quote, "start": one.start, "end": one.end}.get(self._there)
        if self._there and not one.quote:
            return None
        return (one.kind, one.report, self._number, place, *(one.words.get(name) for name in lists[self._number]))


def _keys() -> Iterator[_Key]:
    yield _Key({kind: (names,) for kind, names in IDENTIFYING.items()}, 0, "quote")
    yield _Key({kind: (names,) for kind, names in IDENTIFYING.items()}, 0)
    for there in ("quote", "start", "end"):
        for number in range(3):
            yield _Key(_THERE, number, there)
    for number in range(2):
        yield _Key(_LIKE, number)


def _paired(old: list[Record], new: list[Record], key: _Key) -> tuple[list[Record], list[Record], list[Change]]:
    """Pair facts with the same key, one by one in text order; return what is left of both sides, and the pairs."""
    waiting: dict[Hashable, list[Record]] = defaultdict(list)
    for one in new:
        waiting[key.of(one)].append(one)
    waiting.pop(None, None)
    left, changes = [], []
    taken: set[int] = set()
    for one in old:
        there = waiting.get(key.of(one))
        if there:
            other = there.pop(0)
            taken.add(id(other))
            changes.append(Change(one, other))
        else:
            left.append(one)
    return left, [one for one in new if id(one) not in taken], changes


def _sorted(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=_order))


def _order(one: Record) -> tuple[Any, ...]:
    return (KINDS.index(one.kind), one.report, one.start, one.quote, str(sorted(one.words.items(), key=str)))
