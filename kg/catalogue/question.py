"""A question of the catalogue: a SPARQL query with its words, its parameters and its columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from kg.triples.terms import Term
from kg.wording import Wording

ANY = "any"  # the default of a parameter that may be left out: no restriction, UNDEF in the query
ColumnType = Literal["thing", "text", "integer", "decimal", "boolean", "date"]
COLUMN_TYPES: tuple[ColumnType, ...] = get_args(ColumnType)
EVIDENCE = ("quote", "report", "start", "end")  # the columns by which a row carries its sentence
MARKED = re.compile(r"^(?P<before>\s*VALUES \?(?P<name>\w+) \{)(?P<terms>.*)(?P<after>\}\s*# param)\s*$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank to fill. ``kind`` is one of ``kg.catalogue.kinds.KINDS``.

    ``default`` is ``ANY``, or the value that holds when none is given, or ``None``: then a value must be given, and
    ``example`` is the one that stands in the file.
    """

    name: str
    kind: str
    about: Wording
    default: str | None
    example: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the SELECT, and its heading.

    ``type`` says what its values are: things (shown by their labels) or literals. It is ``None`` where nothing is declared, as in
    the answer to a SPARQL text of one's own.
    """

    name: str
    label: Wording
    type: ColumnType | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One ``.rq`` file. ``name`` is its place in the catalogue (``people/leads``), ``sparql`` the whole file."""

    name: str
    summary: Wording
    description: Wording
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    view: str
    sparql: str
    path: Path

    @property
    def subject(self) -> str:
        """The folder: ``people`` of ``people/leads``."""
        return self.name.partition("/")[0]

    @property
    def carries_evidence(self) -> bool:
        """Whether each row carries quote, report, start and end."""
        return set(EVIDENCE) <= {column.name for column in self.columns}

    def filled(self, values: Mapping[str, Sequence[Term]]) -> str:
        """Return the query with the marked VALUES line of each parameter in ``values`` holding those terms.

        A line that stays ``UNDEF`` restricts nothing and becomes a comment: not every engine joins UNDEF as SPARQL 1.1 says.
        Only marked lines change, one line for one line, so that line numbers in engine messages stay true.
        """
        lines = self.sparql.split("\n")
        for i, line in enumerate(lines):
            match = MARKED.match(line)
            if match and match["name"] in values:
                terms = " ".join(term.n3() for term in values[match["name"]])
                lines[i] = f"{match['before']} {terms} {match['after']}"
            elif match and match["terms"].strip() == "UNDEF":
                lines[i] = f"# {line.strip()}"
        return "\n".join(lines)
