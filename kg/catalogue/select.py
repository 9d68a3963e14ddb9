"""What a SPARQL text says of its variables, without an engine."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<text>\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<comment>\#[^\n]*)
    |(?P<variable>[?$]\w+)|(?P<mark>[(){}*])|(?P<word>[A-Za-z]\w*)""",
    re.VERBOSE | re.DOTALL,
)


def _tokens(sparql: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup not in ("text", "iri", "comment"):
            yield str(match.lastgroup), match[0]


def variables(sparql: str) -> list[str]:
    """Return the variables in the pattern of a query, without their mark, as often as they stand there.

    >>> variables('SELECT ?a ?n { ?a ?b "?c" } # ?d')
    ['a', 'b']
    """
    found: list[str] = []
    inside = False
    for kind, token in _tokens(sparql):
        inside = inside or token == "{"
        if inside and kind == "variable":
            found.append(token[1:])
    return found


def projection(sparql: str) -> tuple[str, ...] | None:
    """Return the variables of the first SELECT in their order; ``None`` where there is no SELECT or a ``*``.

    >>> projection("SELECT DISTINCT ?a (COUNT(?b) AS ?n) WHERE { ?a ?p ?b }")
    ('a', 'n')
    """
    tokens = _tokens(sparql)
    if not any(kind == "word" and token.upper() == "SELECT" for kind, token in tokens):
        return None
    found: list[str] = []
    depth, named = 0, False
    for kind, token in tokens:
        if token == "{" or (kind == "word" and token.upper() in ("WHERE", "FROM")):
            return tuple(found)
        if token == "*" and depth == 0:
            return None
        depth += {"(": 1, ")": -1}.get(token, 0)
        if kind == "variable" and (depth == 0 or named):
            found.append(token[1:])
        named = kind == "word" and token.upper() == "AS" and depth == 1
    return None
