"""Positions for a network: computed once, in Python, so that a page opens still and the same graph gives the same page.

Each connected part is laid out on its own, labels are pushed apart until none covers another, and the parts are packed
beside the largest. Up to ``STRESS_LIMIT`` nodes a part is laid out by stress majorisation (E. R. Gansner, Y. Koren and
S. North, "Graph drawing by stress majorization", 2004), which keeps the distance between two nodes close to the length of
the path between them; above that by the forces of Fruchterman and Reingold (1991), repulsion cut off at three lengths.
No random numbers are drawn: the start is a tree laid out in a circle.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import cKDTree

STRESS_LIMIT = 500  # nodes; 500 take about a second
LENGTH = 92.0  # pixels between neighbours of few edges
REPELLED = 3 * LENGTH  # pixels beyond which two nodes do not repel each other
STRETCH = 1.45  # labels are wider than high, and so are screens
FILLED = 0.55  # share of the drawing that labels cover
SLACK = 60.0  # pixels beyond touching within which two labels are watched
GAP = 8.0  # pixels that stay free between two labels
SCREEN = 1.3  # width of the window for the drawing by its height
Array = NDArray[np.float64]
Box = tuple[float, float]


def place(
    graph: "nx.MultiDiGraph", boxes: Mapping[Hashable, Box], keep: Iterable[Hashable] | None = None
) -> dict[Hashable, tuple[int, int]]:
    """Return the place of each node (or of those in ``keep``) in whole pixels, y downwards, the middle at (0, 0).

    ``boxes`` gives width and height of each node with its label. The result depends on the graph alone.
    """
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph if keep is None else keep, key=str))
    simple.add_edges_from(sorted({tuple(sorted((u, v), key=str)) for u, v in graph.edges() if u != v and u in simple and v in simple}))
    parts = sorted((sorted(part, key=str) for part in nx.connected_components(simple)), key=lambda part: (-len(part), str(part[0])))
    laid = [(part, _lay_out(simple, part, boxes)) for part in parts]
    return _pack(laid, boxes)


def _lay_out(graph: Any, part: Sequence[Hashable], boxes: Mapping[Hashable, Box]) -> Array:
    """Return the positions of one connected part, labels apart."""
    if len(part) == 1:
        return np.zeros((1, 2))
    index = {node: i for i, node in enumerate(part)}
    edges = np.array([(index[u], index[v]) for u, v in graph.subgraph(part).edges()])
    start = _tree_circle(part, lambda node: sorted(graph[node], key=str))
    degree = np.bincount(edges.ravel(), minlength=len(part))
    lengths = LENGTH * (0.8 + 0.26 * np.sqrt(np.maximum(degree[edges[:, 0]], degree[edges[:, 1]])))
    at = _stress(start, edges, lengths) if len(part) <= STRESS_LIMIT else _forces(start, edges)
    at = _lying(at) * (STRETCH, 1.0)
    sizes = np.array([boxes[node] for node in part])
    return _apart(_drawn_in(at, sizes), sizes)


def _tree_circle(part: Sequence[Hashable], neighbours: Callable[[Hashable], list[Hashable]]) -> Array:
    """Lay the breadth-first tree of the busiest node out in rings; a branch gets an arc as wide as it has leaves."""
    root = max(part, key=lambda node: (len(neighbours(node)), str(node)))
    children: dict[Hashable, list[Hashable]] = {root: []}
    order, queue = [], deque([root])
    while queue:
        node = queue.popleft()
        order.append(node)
        for other in neighbours(node):
            if other not in children:
                children[node].append(other)
                children[other] = []
                queue.append(other)
    leaves: dict[Hashable, int] = {}
    for node in reversed(order):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    arc, depth = {root: (0.0, 2 * np.pi)}, {root: 0}
    for node in order:
        begin, width = arc[node]
        for child in children[node]:
            share = width * leaves[child] / leaves[node]
            arc[child], depth[child] = (begin, share), depth[node] + 1
            begin += share
    angle = np.array([arc[node][0] + arc[node][1] / 2 for node in part])
    radius = np.array([depth[node] for node in part]) * LENGTH * 1.5
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _stress(at: Array, edges: NDArray[np.int64], lengths: Array, rounds: int = 60) -> Array:
    """Move each node in turn to the weighted mean of where its distances to all others would put it."""
    count = len(at)
    ways = csr_array(
        (np.concatenate((lengths, lengths)), (np.concatenate((edges[:, 0], edges[:, 1])), np.concatenate((edges[:, 1], edges[:, 0]))))
    )
    wanted = shortest_path(ways, directed=False)
    weight = 1.0 / np.maximum(wanted, 1.0) ** 2
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)
    at = at.copy()
    for _ in range(rounds):
        before = at.copy()
        for i in range(count):
            away = at[i] - at
            distance = np.maximum(np.sqrt(away[:, 0] ** 2 + away[:, 1] ** 2), 1e-3)
            pull = at + away * (wanted[i] / distance)[:, None]
            at[i] = (weight[i][:, None] * pull).sum(axis=0) / total[i]
        if np.abs(at - before).max() < 0.5:
            break
    return at


def _forces(at: Array, edges: NDArray[np.int64], rounds: int = 60) -> Array:
    """Fruchterman and Reingold with repulsion only among nodes closer than ``REPELLED``, found by a k-d tree."""
    at = at + np.column_stack((np.sin(np.arange(len(at))), np.cos(np.arange(len(at)))))  # no two on one spot
    for turn in range(rounds):
        push = np.zeros_like(at)
        pairs = _close(at, REPELLED)
        if len(pairs):
            away = at[pairs[:, 0]] - at[pairs[:, 1]]
            force = away * (LENGTH**2 / np.maximum((away**2).sum(axis=1), 1.0))[:, None]
            push += _summed(pairs, force, len(at))
        along = at[edges[:, 1]] - at[edges[:, 0]]
        pull = along * (np.sqrt((along**2).sum(axis=1)) / LENGTH)[:, None]
        push += _summed(edges, pull, len(at))
        size = np.maximum(np.sqrt((push**2).sum(axis=1)), 1e-6)
        reach = LENGTH * 3 * (1 - turn / rounds)
        at = at + push * (np.minimum(size, reach) / size)[:, None]
    return at


def _close(at: Array, reach: float) -> NDArray[np.int64]:
    """Return the pairs of points that are closer than ``reach``, in order, so that sums come out the same each time."""
    pairs = cKDTree(at).query_pairs(reach, output_type="ndarray")
    return np.column_stack(np.divmod(np.sort(pairs[:, 0] * len(at) + pairs[:, 1]), len(at)))


def _summed(pairs: NDArray[np.int64], force: Array, count: int) -> Array:
    """Return the sum of the forces on each of ``count`` points: ``force`` on the first of each pair, its reverse on the second."""
    sides = [np.bincount(pairs[:, 0], force[:, i], count) - np.bincount(pairs[:, 1], force[:, i], count) for i in (0, 1)]
    return np.column_stack(sides)


def _lying(at: Array) -> Array:
    """Turn the drawing so that its longer axis lies flat."""
    x, y = (at - at.mean(axis=0)).T
    angle = float(np.arctan2(2 * (x * y).mean(), (x * x).mean() - (y * y).mean())) / 2
    return np.column_stack((x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)))


def _drawn_in(at: Array, boxes: Array) -> Array:
    """Shrink the drawing until its labels would fill ``FILLED`` of it."""
    extent = np.maximum(at.max(axis=0) - at.min(axis=0), 1.0)
    wanted = (boxes + GAP).prod(axis=1).sum() / FILLED
    return at * min(1.0, float(np.sqrt(wanted / extent.prod())))


def _apart(at: Array, boxes: Array, rounds: int = 400) -> Array:
    """Push overlapping boxes apart along the side on which they overlap less, half the way each.

    Pairs that may come to overlap are looked up anew only when something has moved by half of ``SLACK``.
    """
    reach = float(np.sqrt(((boxes.max(axis=0) + GAP) ** 2).sum())) + SLACK
    at, seen = at.copy(), np.full_like(at, np.inf)
    pairs = np.empty((0, 2), dtype=np.int64)
    for _ in range(rounds):
        if np.abs(at - seen).max() > SLACK / 3:  # along both sides that is less than half of it
            pairs, seen = _close(at, reach), at.copy()
            room = (boxes[pairs[:, 0]] + boxes[pairs[:, 1]]) / 2 + GAP
        away = at[pairs[:, 0]] - at[pairs[:, 1]]
        over = room - np.abs(away)
        (hit,) = np.nonzero((over[:, 0] > 0.5) & (over[:, 1] > 0.5))
        if not len(hit):
            break
        away, over = away[hit], over[hit]
        side = (over[:, 1] < over[:, 0]).astype(int)
        rows = np.arange(len(hit))
        step = np.zeros_like(away)
        step[rows, side] = np.where(away[rows, side] >= 0, 1.0, -1.0) * over[rows, side] * 0.35
        at += _summed(pairs[hit], step, len(at))
    return at


def _pack(laid: Sequence[tuple[Sequence[Hashable], Array]], boxes: Mapping[Hashable, Box]) -> dict[Hashable, tuple[int, int]]:
    """Put the parts beside and below one another, in the width that fills a screen best."""
    if not laid:
        return {}
    sizes = np.array([_extent(part, at, boxes)[1] for part, at in laid]) + 3 * GAP
    widest = float(sizes[:, 0].max())
    full = float(np.sqrt(sizes.prod(axis=1).sum() * SCREEN))
    widths = sorted({max(widest, full * share / 10) for share in range(8, 25)})
    corners = min((_skyline(sizes, width) for width in widths), key=lambda found: _height_on_screen(found, sizes))
    middle = (corners + sizes).max(axis=0) / 2
    places: dict[Hashable, tuple[int, int]] = {}
    for (part, at), corner in zip(laid, corners, strict=True):
        moved = at - _extent(part, at, boxes)[0] + corner - middle
        places |= {node: (round(x), round(y)) for node, (x, y) in zip(part, moved.tolist(), strict=True)}
    return places


def _extent(part: Sequence[Hashable], at: Array, boxes: Mapping[Hashable, Box]) -> tuple[Array, Array]:
    """Return the upper left corner of a part and its width and height, labels included."""
    half = np.array([boxes[node] for node in part]) / 2
    low, high = (at - half).min(axis=0), (at + half).max(axis=0)
    return low, high - low


def _height_on_screen(corners: Array, sizes: Array) -> float:
    width, height = (corners + sizes).max(axis=0)
    return float(max(width / SCREEN, height))


def _skyline(sizes: Array, width: float) -> Array:
    """Return the corners of boxes, the highest first, each put where it comes to lie highest within ``width``.

    The line below what is placed is kept as steps ``(x, y)``, each reaching to the next.
    """
    corners = np.zeros_like(sizes)
    steps: list[tuple[float, float]] = [(0.0, 0.0), (width, np.inf)]
    for box in sorted(range(len(sizes)), key=lambda i: (-sizes[i, 1], i)):
        wide, high = sizes[box].tolist()
        room = [(max(y for x, y in _under(steps, left, left + wide)), left) for left, _ in steps if left + wide <= width + 1e-6]
        top, left = min(room)
        corners[box] = left, top
        after = max((step for step in steps if step[0] <= left + wide + 1e-6), key=lambda step: step[0])
        steps = sorted([s for s in steps if not left <= s[0] <= left + wide + 1e-6] + [(left, top + high), (left + wide, after[1])])
    return corners


def _under(steps: Sequence[tuple[float, float]], left: float, right: float) -> list[tuple[float, float]]:
    """Return the steps that lie anywhere between ``left`` and ``right``."""
    return [step for step, (end, _) in zip(steps, [*steps[1:], (np.inf, 0.0)], strict=True) if step[0] < right - 1e-6 and end > left + 1e-6]
