"""How a node looks: the groups of ``groups.toml``, one colour and one shape each, found by the type of the node."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FALLBACK = "concept"


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the legend; ``shape`` is a vis-network shape, ``types`` the types of the facts format that it holds.

    ``color`` is for light paper, ``dark`` for dark.
    """

    id: str
    zh: str
    en: str
    shape: str
    color: str
    dark: str
    types: tuple[str, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Return all groups in the order of the legend."""
    tables = tomllib.loads((Path(__file__).parent / "groups.toml").read_text(encoding="utf-8"))["group"]
    return tuple(Group(**{**table, "types": tuple(table["types"])}) for table in tables)


@cache
def group_of(type_name: str) -> str:
    """Return the id of the group that holds ``type_name``; a type that no group names counts as a concept.

    >>> group_of("Academician"), group_of("something new")
    ('person', 'concept')
    """
    return next((group.id for group in groups() if type_name in group.types), FALLBACK)
