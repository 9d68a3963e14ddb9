"""How far everything near is from one end, hop by hop: the first half of a search from both sides.

A field holds, for each number of hops, the least weight of a way from its end to every node. Rounds widen it, each on
whole arrays (Bellman and Ford's relaxation over the frontier alone).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kg.compact import Flags, Ints
from kg.tracing.limits import Ways

FAR = 1 << 28  # weight of a node that is not reached
Rows = NDArray[np.int64]


class Field:
    """Distances from one end: ``at[h][node]`` is the least weight of a way of at most ``h`` hops.

    ``backward`` measures the way that leads to the end, else the way that comes from it; the two differ only where a
    ladder of places may be climbed in one direction.
    """

    def __init__(self, ways: Ways, backward: bool) -> None:
        self.ways = ways
        self.backward = backward
        end = ways.b if backward else ways.a
        first = np.full(ways.network.size, FAR, dtype=np.int32)
        first[end] = 0
        self.at: list[Ints] = [first]
        self.front: NDArray[np.int64] = np.array([end], dtype=np.int64)

    def copy(self) -> "Field":
        """Return a field that is widened on its own from here on."""
        other = Field(self.ways, self.backward)
        other.at, other.front = list(self.at), self.front
        return other

    @property
    def lightest(self) -> int:
        """The least weight of a single tie."""
        return int(self.ways.network.weight.min(initial=FAR))

    @property
    def rounds(self) -> int:
        return len(self.at) - 1

    @property
    def effort(self) -> int:
        """How many ties the next round looks at."""
        start = self.ways.network.start
        return int((start[self.front + 1] - start[self.front]).sum())

    def widen(self, keep: "Field | None" = None, hops: int = 0, most: int = FAR) -> None:
        """Go one hop further; with ``keep`` only to where a way of ``hops`` hops and weight ``most`` can still pass."""
        before = self.at[-1]
        u, v, weight = steps(self.ways, self.front, not self.backward)
        reached = before[u] + weight
        better = reached < before[v]
        v, reached = v[better], reached[better]
        if keep is not None:
            possible = reached + keep.least(hops - self.rounds - 1)[v] <= most
            v, reached = v[possible], reached[possible]
        after = before.copy()
        np.minimum.at(after, v, reached)
        self.at.append(after)
        self.front = np.unique(v)

    def least(self, hops: int) -> Ints:
        """Return the least weight that a way of at most ``hops`` hops can have, exact as far as the field was widened."""
        if hops < 0:
            return np.full_like(self.at[0], FAR)
        if hops <= self.rounds:
            return self.at[hops]
        longer = np.int32(min(FAR, (self.rounds + 1) * self.lightest))
        return np.minimum(self.at[-1], longer)


def steps(ways: Ways, nodes: NDArray[np.int64], onward: bool) -> tuple[Rows, Ints, Ints]:
    """Return the steps from ``nodes`` (in the direction of the path when ``onward``) as from, to and weight."""
    network = ways.network
    start = network.start[nodes]
    counts = network.start[nodes + 1] - start
    total = int(counts.sum())
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    entries = np.arange(total, dtype=np.int64) - begins + np.repeat(start, counts)
    here, there, tie = np.repeat(nodes, counts), network.other[entries], network.tie[entries]
    allowed = _allowed(ways, here, there, tie) if onward else _allowed(ways, there, here, tie)
    if ways.ties is not None:
        allowed &= ways.ties[tie]
    return here[allowed], there[allowed], network.weight[tie[allowed]]


def _allowed(ways: Ways, u: Rows | Ints, v: Rows | Ints, tie: Ints) -> Flags:
    """Return which steps from ``u`` to ``v`` a path may take, given what it may pass through."""
    shut_u, shut_v = ways.closed[u], ways.closed[v]
    if not (shut_u.any() or shut_v.any()):
        return np.ones(len(tie), dtype=bool)
    up = ways.rung[tie] & (ways.network.subject[tie] == u)
    down = ways.rung[tie] & (ways.network.object[tie] == u)
    climbing = ways.below_b[u] & up & (ways.below_b[v] | (v == ways.b))
    descending = ways.below_a[v] & down & (ways.below_a[u] | (u == ways.a))
    allowed: Flags = ~shut_u | climbing | ways.below_a[u]  # may leave u ...
    allowed &= ~shut_v | ways.below_b[v] | descending  # ... and enter v
    return allowed


def neighbours(ways: Ways, node: int, ahead: Ints, most: int) -> Iterator[tuple[int, int]]:
    """Yield the nodes one step on from ``node``, each with the weight of the lightest tie to it, in ascending order.

    Only those from which the way ``ahead`` still ends within a weight of ``most``.
    """
    _, there, weight = steps(ways, np.array([node], dtype=np.int64), True)
    possible = weight + ahead[there] <= most
    there, weight = there[possible], weight[possible]
    if len(there):
        first = np.flatnonzero(np.r_[True, there[1:] != there[:-1]])
        yield from zip(there[first].tolist(), np.minimum.reduceat(weight, first).tolist(), strict=True)
