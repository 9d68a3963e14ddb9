"""What a path may use: relations, types, statuses, reports, a day, a place, and which crossroads it may pass through."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from kg.compact import Flags
from kg.tracing.network import WITHIN, Network
from kg.tracing.weights import weights

MOST_PATHS, MOST_HOPS = 50, 12
ALL = "all"


@dataclass(frozen=True, slots=True)
class Limits:
    """Restrictions on a path, each empty for none; relations, statuses, reports and places are IRIs, types entity types.

    ``on`` keeps what had begun by that day and was not said to be over before it, and what has no date: reports say when a tie
    began, hardly ever when it ended.
    ``places``: every thing on the way lies in one of them, or has no place of its own and is tied to something that does.
    ``types``: of these every thing on the way must be. ``through`` opens crossroads: types of places and ideas, or ``all``.
    ``detour`` is how much longer than the shortest a further path may be, in the units of ``weights.toml``.
    """

    relations: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    on: date | None = None
    through: frozenset[str] = frozenset()
    hops: int = 6
    detour: int = 40


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The ties and nodes that a path from ``a`` to ``b`` may use.

    ``ties`` is ``None`` when every tie may be used. ``closed`` nodes are not passed through, except places on the ladder of
    an end that is a place itself: from a district one climbs to its province, from a province down to a district.
    """

    network: Network
    a: int
    b: int
    ties: Flags | None
    closed: Flags
    rung: Flags
    below_a: Flags
    below_b: Flags = field(repr=False)


def ways(network: Network, a: int, b: int, limits: Limits) -> Ways:
    """Return what a path from node ``a`` to node ``b`` may use under ``limits``."""
    rung = network.rungs()
    closed = _closed(network, limits)
    closed[[a, b]] = False
    return Ways(network, a, b, admitted(network, limits), closed, rung, _below(network, a, rung), _below(network, b, rung))


def admitted(network: Network, limits: Limits) -> Flags | None:
    """Return which ties ``limits`` allow, ``None`` for all of them; what official codes say is always allowed."""
    tests = []
    if limits.relations:
        tests.append(network.by_predicates(limits.relations))
    if limits.statuses:
        tests.append(np.array([iri in limits.statuses for iri in network.statuses])[network.status])
    if limits.reports:
        tests.append(np.array([iri in limits.reports for iri in network.reports])[network.report])
    if limits.on:
        day = limits.on.toordinal()
        tests.append(~network.dated | ((network.first <= day) & ~(network.over & (network.last < day))))
    if not tests:
        return None
    allowed: Flags = np.logical_and.reduce(tests) | network.by_predicates([WITHIN])
    return allowed


def _closed(network: Network, limits: Limits) -> Flags:
    known = weights()
    crossroads = known.places | known.ideas
    if ALL in limits.through:
        crossroads = frozenset()
    closed = network.of_types(crossroads - limits.through)
    if limits.types:
        closed |= ~network.of_types(limits.types)
    if limits.places:
        closed |= ~_lying_in(network, limits.places)
    return closed


def _below(network: Network, top: int, rung: Flags) -> Flags:
    """Return the places that lie in ``top``, however many steps down; a circle of places is walked once."""
    below = np.zeros(network.size, dtype=bool)
    subject, target = network.subject[rung], network.object[rung]
    fresh = np.array([top])
    while len(fresh):
        inside = np.unique(subject[np.isin(target, fresh)])
        fresh = inside[~below[inside]]
        below[fresh] = True
    below[top] = False
    return below


def _lying_in(network: Network, places: frozenset[str]) -> Flags:
    held = network.by_predicates([WITHIN, *(p for p in network.predicates if p.endswith(("#locatedIn", "#partOf", "#incubatedIn")))])
    subject, target = network.subject[held], network.object[held]

    def lying_in(seed: Flags) -> Flags:
        inside, before = seed.copy(), -1
        while before != (before := int(inside.sum())):
            inside[subject[inside[target]]] = True
        return inside

    wanted = np.zeros(network.size, dtype=bool)
    wanted[[node for iri in places if (node := network.node(iri)) is not None]] = True
    inside, placed = lying_in(wanted), lying_in(network.of_types(weights().places))
    tied = np.zeros(network.size, dtype=bool)
    tied[network.subject[inside[network.object]]] = True
    tied[network.object[inside[network.subject]]] = True
    return inside | (tied & ~placed)
