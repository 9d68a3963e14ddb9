"""What can be told of a SPARQL query from its words alone."""

import re
import sys

_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>          # IRI
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'   # texts
    | \#[^\n]*                             # comment
    | [0-9][0-9.]*(?:[eE][+-]?[0-9]+)?     # number: a keyword may follow without a blank
    | [?$:@]?[^\W0-9][\w:.-]*              # variable, name or keyword""",
    re.DOTALL | re.VERBOSE,
)


def calls_out(sparql: str) -> bool:
    """Say whether a query has the keyword SERVICE, as against a name, text or comment that contains it.

    >>> calls_out("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), calls_out('SELECT * { ?service ?p "SERVICE" }')
    (True, False)
    """
    return _has_keyword(sparql, "SERVICE")


def names_dataset(sparql: str) -> bool:
    """Say whether a query names its own dataset with the keyword FROM.

    >>> names_dataset("SELECT * FROM <http://example.org/> { ?s ?p ?o }"), names_dataset('SELECT ?from { ?from ?p "FROM" }')
    (True, False)
    """
    return _has_keyword(sparql, "FROM")


def _has_keyword(sparql: str, keyword: str) -> bool:
    if keyword not in (large := sparql.upper()) and "\\U" not in large:  # the words need not be told apart
        return False
    plain = _ESCAPED.sub(_character, sparql)
    return any(match[0].upper() == keyword for match in _TOKEN.finditer(plain))


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else match[0]
