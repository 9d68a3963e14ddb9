"""Why there is no path: how far one comes from either end, and which relation would join the two sides."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from kg.catalogue.wording import Lang
from kg.store import Store
from kg.tracing.fields import FAR, Field
from kg.tracing.hops import Details, Thing
from kg.tracing.limits import Limits, Ways
from kg.tracing.network import WITHIN, Network
from kg.tracing.wording import told

_SHOWN = 5  # things on either side
_TRIED = 40  # things on either side that may be the ends of the missing relation


@dataclass(frozen=True, slots=True)
class Missing:
    """A relation that would close the gap: the reports state it elsewhere between things of the same two types, ``seen`` times."""

    start: Thing
    end: Thing
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The nearest things that are reached from either end (the end itself first), and the relations that would join them.

    ``around`` is the path there would be without restrictions and through every crossroads, as a sentence; empty if none.
    """

    from_start: tuple[Thing, ...]
    from_end: tuple[Thing, ...]
    missing: tuple[Missing, ...]
    around: str


def find_gap(store: Store, ways: Ways, limits: Limits, around: str, lang: Lang) -> Gap:
    """Return what lies between the two ends of ``ways``, between which no path was found."""
    network = ways.network
    near, far = (_reached(Field(ways, backward), limits.hops) for backward in (False, True))
    seen = _signatures(network)
    closing: list[tuple[int, int, int, int, str, bool]] = []
    for i, u in enumerate(near[:_TRIED]):
        for j, v in enumerate(far[:_TRIED]):
            if u == v:  # within reach of both ends, but not in as few hops as were allowed
                continue
            kinds = (int(network.kind[u]), int(network.kind[v]))
            for forward, key in ((True, kinds), (False, kinds[::-1])):
                if key in seen:
                    number, times = seen[key]
                    closing.append((i + j, -times, u, v, network.predicates[number], forward))
    closing = sorted(closing)[:3]
    shown = {*near[:_SHOWN], *far[:_SHOWN], *(node for row in closing for node in row[2:4])}
    details = Details(store, network, shown, (), lang)
    missing = []
    for _, times, u, v, predicate, forward in closing:
        end = details.thing(v)
        text = told(predicate, details.labels[predicate], end.name, forward, lang)
        missing.append(Missing(details.thing(u), end, text, -times))
    from_start, from_end = (tuple(details.thing(node) for node in side[:_SHOWN]) for side in (near, far))
    return Gap(from_start, from_end, tuple(missing), around)


def _reached(field: Field, hops: int) -> list[int]:
    """Return the nodes that can be reached within ``hops`` hops, the nearest first."""
    while field.rounds < hops and len(field.front) and (field.at[-1] < FAR).sum() < 2000:
        field.widen()
    reached = np.flatnonzero(field.at[-1] < FAR)
    order = np.lexsort((reached, field.at[-1][reached]))
    return [int(node) for node in reached[order]]


def _signatures(network: Network) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each pair of types the relation that the reports state most often between them, and how often."""
    official = network.by_predicates([WITHIN])
    counts: Counter[tuple[int, int, int]] = Counter()
    triples = np.stack((network.kind[network.subject], network.kind[network.object], network.predicate), axis=1)[~official]
    for row, times in zip(*np.unique(triples, axis=0, return_counts=True), strict=True):
        counts[(int(row[0]), int(row[1]), int(row[2]))] = int(times)
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for (a, b, predicate), times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault((a, b), (predicate, times))
    return best
