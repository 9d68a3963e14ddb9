"""What can be told of a SPARQL query from its words alone."""

import re

_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")
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
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), sparql)
    return any(match[0].upper() == "SERVICE" for match in _TOKEN.finditer(plain))
