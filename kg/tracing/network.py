"""The network in which paths are searched: the compact form with dates, states and weights, both directions side by side.

A million ties take some 70 MB and are searched without a Python object for each; names and sentences stay in the store
and are read only for what an answer shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kg.compact import CompactNetwork, Flags, Ints, Texts, both_ways
from kg.namespaces import GEO, RIE, RIEC
from kg.tracing.weights import tie_weights, weights

WITHIN = f"{GEO}sfWithin"  # a place in the place that its official code stands under; said by no sentence
EVENT = "Event"
OPEN_START, OPEN_END = 0, date.max.toordinal()
_RUNGS = (WITHIN, f"{RIE}partOf", f"{RIE}locatedIn")


@dataclass(frozen=True, slots=True)
class Tie:
    """One statement about two things as the store has it; ``first`` and ``last`` are ISO dates, ``None`` where unknown.

    ``fact`` is the IRI of the statement, listing or event, empty for what official codes say; ``report`` likewise. ``over``
    is set where the text says that it is no longer so (曾任).
    """

    subject: str
    predicate: str
    object: str
    fact: str = ""
    status: str = f"{RIEC}achieved"
    first: str | None = None
    last: str | None = None
    dated: bool = False
    report: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Network(CompactNetwork):
    """A compact network with what a path asks of its ties; their ids follow (subject, predicate, object, fact).

    Ties: ``facts``, ``status``, ``report`` (indexes), ``first``, ``last`` (day ordinals), ``dated``, ``over``, ``weight``. Nodes: ``kind``
    (index into ``types``). ``start``, ``other`` and ``tie`` are the
    compressed rows of both directions: the neighbours of node ``u`` are ``other[start[u]:start[u + 1]]``, by the ties
    ``tie[start[u]:start[u + 1]]``.
    """

    facts: Texts
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    reports: tuple[str, ...]
    kind: NDArray[np.int16]
    status: NDArray[np.int16]
    report: Ints
    first: Ints
    last: Ints
    dated: Flags
    over: Flags
    weight: Ints
    start: NDArray[np.int64]
    other: Ints
    tie: Ints

    def type_of(self, node: int) -> str:
        return self.types[int(self.kind[node])]

    def of_types(self, names: Iterable[str]) -> Flags:
        """Return for each node whether its type is one of ``names``."""
        wanted = set(names)
        return np.array([name in wanted for name in self.types], dtype=bool)[self.kind]

    def ties_at(self, node: int) -> Ints:
        """Return the ties of ``node``, the strongest first."""
        found = np.unique(self.tie[self.start[node] : self.start[node + 1]])
        strongest: Ints = found[np.argsort(self.weight[found], kind="stable")]
        return strongest

    def rungs(self) -> Flags:
        """Return for each tie whether it puts one place into another."""
        places = self.of_types(weights().places)
        return self.by_predicates(_RUNGS) & places[self.subject] & places[self.object]


def network_of(ties: Sequence[Tie], types: dict[str, str]) -> Network:
    """Return the compact form of ``ties``; ``types`` gives the entity type of each thing, ``Concept`` where it has none.

    A tie from a thing to itself is left out: no path can use it.
    """
    known = sorted({tie for tie in ties if tie.subject != tie.object}, key=_order)
    nodes = sorted({end for tie in known for end in (tie.subject, tie.object)}, key=str.encode)
    ids = {iri: i for i, iri in enumerate(nodes)}
    kinds = [types.get(iri, "Concept") for iri in nodes]
    names = tuple(sorted(set(kinds)))
    predicates, statuses, reports = (tuple(sorted({getattr(tie, name) for tie in known})) for name in ("predicate", "status", "report"))
    return pack(
        Texts.of(nodes),
        Texts.of(tie.fact for tie in known),
        (names, predicates, statuses, reports),
        _indexes(kinds, names).astype(np.int16),
        np.array([ids[tie.subject] for tie in known], dtype=np.int32),
        np.array([ids[tie.object] for tie in known], dtype=np.int32),
        _indexes([tie.predicate for tie in known], predicates).astype(np.int16),
        _indexes([tie.status for tie in known], statuses).astype(np.int16),
        _indexes([tie.report for tie in known], reports),
        np.array([_day(tie.first, OPEN_START) for tie in known], dtype=np.int32),
        np.array([_day(tie.last, OPEN_END) for tie in known], dtype=np.int32),
        np.array([tie.dated for tie in known], dtype=bool),
        np.array([tie.over for tie in known], dtype=bool),
    )


def pack(
    nodes: Texts,
    facts: Texts,
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    kind: NDArray[np.int16],
    subject: Ints,
    object_: Ints,
    predicate: NDArray[np.int16],
    status: NDArray[np.int16],
    report: Ints,
    first: Ints,
    last: Ints,
    dated: Flags,
    over: Flags,
) -> Network:
    """Return the network of these arrays, with weights and compressed rows worked out."""
    said = _times_said(subject, predicate, object_, len(names[1]), len(nodes))
    weight = tie_weights(names[1], names[2], predicate, status, said)
    rows = both_ways(subject, object_, len(nodes))
    types, predicates, statuses, reports = names
    tied = (nodes, predicates, subject, predicate, object_)
    return Network(*tied, facts, types, statuses, reports, kind, status, report, first, last, dated, over, weight, *rows)


def _order(tie: Tie) -> tuple[str, ...]:
    return tie.subject, tie.predicate, tie.object, tie.fact, tie.report, tie.status, tie.first or "", tie.last or ""


def _day(value: str | None, unknown: int) -> int:
    return date.fromisoformat(value).toordinal() if value else unknown


def _indexes(values: Sequence[str], names: tuple[str, ...]) -> Ints:
    places = {name: i for i, name in enumerate(names)}
    return np.array([places[value] for value in values], dtype=np.int32)


def _times_said(subject: Ints, predicate: NDArray[np.int16], object_: Ints, predicates: int, nodes: int) -> NDArray[np.int64]:
    """Return for each tie how many ties say the same relation of the same two things."""
    key = (subject.astype(np.int64) * max(nodes, 1) + object_) * max(predicates, 1) + predicate
    _, where, counts = np.unique(key, return_inverse=True, return_counts=True)
    said: NDArray[np.int64] = counts[where].astype(np.int64)
    return said
