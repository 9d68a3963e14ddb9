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


def _tokens(sparql: str) -> list[str]:
    plain = _ESCAPED.sub(_character, sparql)
    return [match[0] for match in _TOKEN.finditer(plain) if not match[0].startswith("#")]


def _may_hold(sparql: str, word: str) -> bool:
    """Spare the ordinary query a reading token by token: the word is not there, nor could an escape spell it."""
    large = sparql.upper()
    return word in large or "\\U" in large


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else match[0]


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


def graphs_asked(sparql: str) -> tuple[str, ...]:
    """Return the IRIs after FROM and FROM NAMED, prefixes resolved; relative ones and unknown prefixes are left out.

    >>> graphs_asked('PREFIX g: <http://example.org/> SELECT * FROM g:a FROM NAMED <http://example.org/b> { ?from ?p "FROM" }')
    ('http://example.org/a', 'http://example.org/b')
    """
    if not _may_hold(sparql, "FROM"):
        return ()
    tokens = _tokens(sparql)
    spaces: dict[str, str] = {}
    found = []
    for i, token in enumerate(tokens):
        if token.upper() == "PREFIX" and i + 2 < len(tokens):
            spaces[tokens[i + 1].rstrip(":")] = tokens[i + 2].strip("<>")
        elif token.upper() == "FROM" and i + 1 < len(tokens):
            after = tokens[i + 1 + (tokens[i + 1].upper() == "NAMED") : i + 3]
            found.append(_resolved(after[0], spaces) if after else "")
    return tuple(iri for iri in found if ":" in iri)


def _resolved(token: str, spaces: dict[str, str]) -> str:
    if token.startswith("<"):
        return token.strip("<>")
    prefix, _, local = token.partition(":")
    return spaces[prefix] + local if prefix in spaces else ""


def _has_keyword(sparql: str, keyword: str) -> bool:
    return _may_hold(sparql, keyword) and any(token.upper() == keyword for token in _tokens(sparql))
