"""The compressed rows of a network: the neighbours of each node side by side, both ways."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


def both_ways(subject: Ints, target: Ints, nodes: int) -> tuple[NDArray[np.int64], Ints, Ints]:
    """Return ``start``, ``other`` and ``tie``: node ``u`` is tied to ``other[start[u]:start[u + 1]]`` by these ties.

    Neighbours are in ascending order, and so are the ties to one neighbour; every tie stands in the rows of both its ends.
    """
    ends = np.concatenate((subject, target))
    others = np.concatenate((target, subject))
    ties = np.tile(np.arange(len(subject), dtype=np.int32), 2)
    order = np.lexsort((ties, others, ends))
    start = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends, minlength=nodes), out=start[1:])
    return start, others[order].astype(np.int32), ties[order]
