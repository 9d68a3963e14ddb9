"""What stands before a SPARQL query: its prefixes, and the word that tells which form of query it is."""

import re
from typing import Literal

from kg.namespaces import PREFIXES

QueryForm = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_TOKEN = re.compile(
    r"""\#[^\n]*                                   # a comment
    | <[^<>"{}|^`\\\s]*>                           # an IRI
    | (?P<prefix>PREFIX)\s+(?P<name>[\w.-]*)\s*:   # a declared prefix
    | (?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b
    | \w+ | .""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def query_form(sparql: str) -> QueryForm | None:
    """Return the form of a query, or ``None`` where there is none to be seen (an update, a fragment).

    >>> query_form("# ASK\\nPREFIX ask: <https://example.org/ask> SELECT * {}")
    'SELECT'
    """
    forms: dict[str, QueryForm] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}
    return next((forms[match["form"].upper()] for match in _TOKEN.finditer(sparql) if match["form"]), None)


def with_prefixes(sparql: str) -> str:
    """Return the query with the project's prefixes declared before it, except those that it declares itself.

    They stand on its first line, so that the lines an engine names in its messages are those of ``sparql``.
    """
    own = {match["name"] for match in _TOKEN.finditer(sparql) if match["prefix"]}
    declared = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if name not in own)
    return f"{declared} {sparql}"
