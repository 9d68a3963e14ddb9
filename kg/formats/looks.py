"""How nodes look in the programs that take a picture along: colour and shape of the page's legend, size, place."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.formats.flat import text_of
from kg.pages.groups import Group, group_of, groups
from kg.pages.labels import box, wrapped
from kg.views import Network, place

MOST_PLACED = 2000  # nodes, placed in about two seconds; a larger network leaves the places to the program that opens it
_FONT = 13.0  # pixels


@dataclass(frozen=True, slots=True)
class Look:
    """``group`` is the line of the page's legend, ``size`` a radius in pixels, ``at`` the place (x, y), y downwards."""

    group: Group
    size: float
    at: tuple[int, int] | None


def looks(network: Network) -> dict[str, Look]:
    """Return the looks of all nodes by their text (see ``flatten``), without places
    (``at`` is ``None``) for more than ``MOST_PLACED`` nodes."""
    legend = {group.id: group for group in groups()}
    sizes = {node: round(6 + 2.1 * math.sqrt(min(degree, 60)), 1) for node, degree in network.degree()}
    boxes = {node: _box(values, str(node), sizes[node]) for node, values in network.nodes(data=True)}
    places = place(network, boxes) if len(network) <= MOST_PLACED else {}
    return {
        text_of(node): Look(legend[group_of(str(values.get("type", "")))], sizes[node], places.get(node))
        for node, values in network.nodes(data=True)
    }


def _box(values: Mapping[str, Any], node: str, size: float) -> tuple[float, float]:
    label = str(values.get("label") or node)
    return box((wrapped(label[:200]),), _FONT, size)
