"""What a tie costs in a path, read from ``weights.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.namespaces import RIE, RIEC

_FILE = Path(__file__).resolve().parent / "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """``hop`` is the cost of a whole hop, ``relation`` and ``status`` what is added by IRI, ``passages`` by how often it is said.

    ``places`` and ``ideas`` are the entity types that no path passes through unasked.
    """

    hop: int
    relation: dict[str, int]
    status: dict[str, int]
    passages: tuple[int, ...]
    places: frozenset[str]
    ideas: frozenset[str]

    @property
    def heaviest(self) -> int:
        """The highest cost that a single tie can have."""
        return self.hop + max(self.relation.values()) + max(self.status.values()) + max(self.passages)


@cache
def weights() -> Weights:
    """Return the shipped weights."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Weights(
        table["hop"],
        {f"{RIE}{name}": cost for name, cost in table["relation"].items()},
        {f"{RIEC}{name}": cost for name, cost in table["status"].items()},
        tuple(table["evidence"]["passages"]),
        frozenset(table["through"]["places"]),
        frozenset(table["through"]["ideas"]),
    )


def tie_weights(
    predicates: tuple[str, ...],
    statuses: tuple[str, ...],
    predicate: NDArray[np.int16],
    status: NDArray[np.int16],
    passages: NDArray[np.int64],
) -> NDArray[np.int32]:
    """Return the cost of each tie; ``passages`` says how often its relation between its two ends is said."""
    known = weights()
    relation = np.array([known.relation.get(iri, 0) for iri in predicates], dtype=np.int32)
    state = np.array([known.status.get(iri, 0) for iri in statuses], dtype=np.int32)
    said = np.array(known.passages, dtype=np.int32)
    return (known.hop + relation[predicate] + state[status] + said[np.clip(passages, 1, len(said)) - 1]).astype(np.int32)
