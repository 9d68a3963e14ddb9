"""The k lightest loop-free paths between two things.

Two fields are widened from both ends, the cheaper one first, until they meet; what they measure then bounds every search
for a single path from below (A*, P. E. Hart, N. J. Nilsson and B. Raphael, 1968), and the paths after the first are found
as deviations from those before (J. Y. Yen, "Finding the k shortest loopless paths in a network", 1971).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush

from kg.tracing.fields import FAR, Field, neighbours
from kg.tracing.limits import MOST_HOPS, MOST_PATHS, Limits, Ways

_STEP = 12  # by how much the bound on the weight grows while paths are missing


@dataclass(frozen=True, slots=True, order=True)
class Path:
    """Node ids from one end to the other, and the sum of the weights; paths sort by weight, then by their nodes."""

    weight: int
    nodes: tuple[int, ...]


def find_paths(ways: Ways, k: int, limits: Limits) -> list[Path]:
    """Return up to ``k`` loop-free paths from ``ways.a`` to ``ways.b``, the lightest first.

    At most ``MOST_PATHS`` paths of at most ``MOST_HOPS`` hops; none is heavier than the lightest by more than ``limits.detour``.
    """
    k, hops = min(k, MOST_PATHS), min(limits.hops, MOST_HOPS)
    if k < 1 or hops < 1 or ways.a == ways.b:
        return []
    forward, backward = Field(ways, backward=False), Field(ways, backward=True)
    bound = _meet(forward, backward, hops)
    if bound is None:
        return []
    heaviest, step = hops * int(ways.network.weight.max()), _STEP
    while True:
        found = _search(forward, backward, bound, hops).lightest(k)
        most = min(found[0].weight + limits.detour, heaviest)
        if len(found) >= k or bound >= most:
            return [path for path in found if path.weight <= most]
        bound, step = min(bound + step, most), step * 2


def _meet(forward: Field, backward: Field, hops: int) -> int | None:
    """Widen both fields until they meet; return the weight of a way of at most ``hops`` hops, ``None`` when there is none."""
    while True:
        best = min(int((near + backward.at[min(hops - i, backward.rounds)]).min()) for i, near in enumerate(forward.at) if i <= hops)
        if best < FAR:
            return best
        side = min((forward, backward), key=lambda field: field.effort if len(field.front) else -1)
        if forward.rounds + backward.rounds >= hops or not len(side.front):
            return None
        side.widen()


def _search(forward: Field, backward: Field, bound: int, hops: int) -> "_Search":
    """Return a search for the paths of weight up to ``bound``, its distances exact wherever one of them can pass."""
    most = min(hops, bound // forward.lightest)
    near, far = forward.copy(), backward.copy()
    while near.rounds + far.rounds < most:
        side, other = sorted((near, far), key=lambda field: field.effort)
        side.widen(other, most, bound)
    while far.rounds < most:
        far.widen(near, most, bound)
    return _Search(near, far, bound, most)


class _Search:
    """Searches among the paths of weight up to ``bound`` and at most ``hops`` hops; ``far`` bounds what is left of each."""

    def __init__(self, near: Field, far: Field, bound: int, hops: int) -> None:
        self.ways, self.ahead, self.bound, self.hops = far.ways, far.at, bound, hops
        behind, ahead = near.least(hops), far.at[hops]
        self.near = cache(lambda node: tuple(neighbours(self.ways, node, ahead, bound - int(behind[node]))))

    def lightest(self, k: int) -> list[Path]:
        """Return up to ``k`` paths."""
        first = self.from_root((self.ways.a,), 0, frozenset())
        waiting, known = ([first], {first.nodes}) if first else ([], set())
        found: list[Path] = []
        while waiting and len(found) < k:
            path = heappop(waiting)
            found.append(path)
            for other in self._deviations(path, found):
                if other.nodes not in known:
                    known.add(other.nodes)
                    heappush(waiting, other)
        return found

    def _deviations(self, path: Path, found: list[Path]) -> Iterator[Path]:
        """Yield the lightest paths that leave ``path`` at each of its nodes on another way than all ``found`` ones."""
        weight = 0
        for i in range(len(path.nodes) - 1):
            root = path.nodes[: i + 1]
            taken = frozenset(other.nodes[i + 1] for other in found if other.nodes[: i + 1] == root)
            other = self.from_root(root, weight, taken)
            if other:
                yield other
            weight += dict(self.near(root[-1]))[path.nodes[i + 1]]

    def from_root(self, root: tuple[int, ...], weight: int, taken: frozenset[int]) -> Path | None:
        """Return the lightest path that begins with ``root`` (of ``weight``) and does not step on to one of ``taken``."""
        passed, end = set(root[:-1]), self.ways.b
        heap = [(weight + self._left(root[-1], len(root) - 1), root, weight)]
        done: dict[int, list[tuple[int, int]]] = {}
        while heap:
            _, nodes, weight = heappop(heap)
            node, hops = nodes[-1], len(nodes) - 1
            if node == end:
                return Path(weight, nodes)
            if any(h <= hops and w <= weight for h, w in done.setdefault(node, [])):
                continue
            done[node].append((hops, weight))
            for other, more in self.near(node):
                total = weight + more + self._left(other, hops + 1)
                barred = other in passed or other in nodes or (node == root[-1] and other in taken)
                if total <= self.bound and not barred:
                    heappush(heap, (total, (*nodes, other), weight + more))
        return None

    def _left(self, node: int, hops: int) -> int:
        return int(self.ahead[self.hops - hops][node]) if hops <= self.hops else FAR
