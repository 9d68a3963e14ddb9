"""People between institutions and places: who joins two of them, and who went from one to another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from kg.errors import QueryError
from kg.namespaces import RIE, RIEC
from kg.store import Store
from kg.tracing.hops import Details, Said, Thing
from kg.tracing.network import OPEN_START, WITHIN, Network
from kg.tracing.reading import network_of_store
from kg.tracing.trace import Hop, find_node, hops_of
from kg.wording import Lang, Wording

PERSONS = ("Academician", "Person")
INSTITUTIONS = ("University", "Institute", "Platform", "Park", "Enterprise", "Team", "Fund", "GovernmentBody")
CITIES = ("City",)
_HELD_IN = (WITHIN, f"{RIE}locatedIn", f"{RIE}partOf")
_STAYS = ("leads", "memberOf", "recruited", "represents", "responsibleFor")  # relations that place a person somewhere
_DONE = {f"{RIEC}{name}" for name in ("achieved", "ongoing", "reported-effect")}
By = Literal["institution", "city"]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A person who is tied to two or more institutions or cities; ``hops`` are the ties to the institutions, with dates."""

    person: Thing
    joins: tuple[Thing, ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A person was tied to ``origin`` and, from a later day on, to ``target``: two dated ties, each with its sentence."""

    person: Thing
    origin: Thing
    target: Thing
    left: Said
    joined: Said


def find_bridges(
    store: Store, names: Iterable[str] = (), by: By = "institution", lang: Lang = "zh", network: Network | None = None
) -> tuple[Bridge, ...]:
    """Return the people who join two or more institutions (``by`` city: institutions of two or more cities).

    With ``names`` only those who join all of these: institutions, or places in which an institution of theirs lies. The ones
    who join the most come first. Raises ``QueryError`` for an unknown or ambiguous name, or a single one.
    """
    network = network or network_of_store(store)
    wanted = {find_node(store, network, name, lang) for name in names}
    if len(wanted) == 1:
        what, remedy = (
            Wording("只给出一个事物", "one thing is no bridge"),
            Wording("请给出两个机构或地方，或一个也不给", "give two institutions or places, or none"),
        )
        raise QueryError("bridges", what.said(lang), remedy.said(lang))
    above = _above(network)
    cities = network.of_types(CITIES)
    found: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = []
    for person, orgs in _affiliations(network):
        reach = {org: {org, *_climb(above, org)} for org in orgs}
        everywhere = set().union(*reach.values())
        joins = {org for org in orgs if not cities[org]} if by == "institution" else {node for node in everywhere if cities[node]}
        if wanted:
            joins = wanted if wanted <= everywhere else set()
        if len(joins) > 1:
            found.append((person, tuple(sorted(joins)), tuple(org for org in orgs if reach[org] & joins)))
    found.sort(key=lambda row: (-len(row[1]), row[0]))
    steps = [(person, org) for person, _, orgs in found for org in orgs]
    hops = dict(zip(steps, hops_of(store, network, steps, None, lang), strict=True))
    details = Details(store, network, {node for person, joins, _ in found for node in (person, *joins)}, (), lang)
    return tuple(
        Bridge(details.thing(person), tuple(map(details.thing, joins)), tuple(hops[person, org] for org in orgs))
        for person, joins, orgs in found
    )


def find_moves(store: Store, person: str | None = None, lang: Lang = "zh", network: Network | None = None) -> tuple[Move, ...]:
    """Return who went from where to where: dated ties of one person to two institutions or cities, one after the other.

    Only what reports date is told: undated ties give no order, and two ties that begin on the same day are no move.
    """
    network = network or network_of_store(store)
    only = find_node(store, network, person, lang) if person else None
    moves: list[tuple[int, int, int, int, int]] = []
    for node in [only] if only is not None else np.flatnonzero(network.of_types(PERSONS)).tolist():
        stays = list(_stays(network, node))
        for (day, here, before), (later, there, after) in pairwise(stays):
            if here != there and later > day:
                moves.append((node, here, there, before, after))
    ties = [tie for move in moves for tie in move[3:]]
    details = Details(store, network, {node for move in moves for node in move[:3]}, ties, lang)
    return tuple(
        Move(details.thing(node), details.thing(here), details.thing(there), details.said(before, node), details.said(after, node))
        for node, here, there, before, after in moves
    )


def _stays(network: Network, person: int) -> Iterator[tuple[int, int, int]]:
    """Yield first day, place and tie of each dated stay, in order of time; of one stay said twice the first."""
    known: set[int] = set()
    rows = []
    kinds = network.of_types((*INSTITUTIONS, *CITIES))
    stays = {f"{RIE}{name}" for name in _STAYS}
    for tie in network.ties_at(person).tolist():
        other = int(network.object[tie]) if int(network.subject[tie]) == person else int(network.subject[tie])
        said = network.predicates[network.predicate[tie]] in stays and network.statuses[network.status[tie]] in _DONE
        if said and kinds[other] and network.dated[tie] and network.first[tie] != OPEN_START:
            rows.append((int(network.first[tie]), other, tie))
    for day, other, tie in sorted(rows):
        if other not in known:
            known.add(other)
            yield day, other, tie


def _affiliations(network: Network) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each person with the institutions and cities that a tie joins to them."""
    kinds = network.of_types((*INSTITUTIONS, *CITIES))
    for person in np.flatnonzero(network.of_types(PERSONS)).tolist():
        others = network.other[network.start[person] : network.start[person + 1]]
        orgs = np.unique(others[kinds[others]])
        if len(orgs):
            yield person, tuple(orgs.tolist())


def _above(network: Network) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    held = network.by_predicates(_HELD_IN)
    for lower, upper in zip(network.subject[held].tolist(), network.object[held].tolist(), strict=True):
        found.setdefault(lower, set()).add(upper)
    return found


def _climb(above: dict[int, set[int]], node: int) -> set[int]:
    """Return all that ``node`` lies in or belongs to; a circle is walked once."""
    seen: set[int] = set()
    fresh = {node}
    while fresh:
        fresh = set().union(*(above.get(one, set()) for one in fresh)) - seen
        seen |= fresh
    return seen - {node}
