"""What can be told of a SPARQL query from its words alone."""

import re
import sys
from collections.abc import Iterable

from kg.errors import InputError
from kg.wording import Wording

_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_GAP = r"(?:\s|\#[^\n\r]*+)*+"  # blanks and comments
_IRI = r"(?:<[^<>]*+>|[^\s{}<>\#?$\"':]*+:(?:\\.|[^\s{}<>\#\\])*+)"
_SERVICE = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:{_IRI}|[?$][^\s{{}}<>\#]*+){_GAP}\{{", re.IGNORECASE)
_LOAD = re.compile(rf"(?<!\w)LOAD{_GAP}(?:SILENT{_GAP})?{_IRI}", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*")
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>          # IRI
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'   # texts
    | \#[^\n]*                             # comment
    | [0-9][0-9.]*(?:[eE][+-]?[0-9]+)?     # number: a keyword may follow without a blank
    | \\.                                  # an escaped character of a name
    | [{}]
    | [?$:@]?[^\W0-9][\w:.-]*              # variable, name or keyword""",
    re.DOTALL | re.VERBOSE,
)


def _tokens(sparql: str) -> list[str]:
    return [match[0] for match in _TOKEN.finditer(_plain(sparql)) if not match[0].startswith("#")]


def _plain(sparql: str) -> str:
    return _ESCAPED.sub(_character, sparql)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else match[0]


def calls_out(sparql: str) -> bool:
    """Say whether a query may call SERVICE, which the engine would really do.

    Quotes and angle brackets can be set so that a reader takes a text for a query or a query for a text (``?a<'&&?b>'``
    compares or is an IRI). So what follows the word decides, wherever it stands: a text or comment in which a whole call
    is written counts as one, and so does a name with the prefix ``service:`` before a brace.

    >>> calls_out("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), calls_out('SELECT * { ?service ?p "SERVICE" }')
    (True, False)
    """
    return _calls(sparql, _SERVICE)


def loads(update: str) -> bool:
    """Say whether an update may LOAD a document, told in the same careful way.

    >>> loads("CLEAR ALL; LOAD <http://example.org/>"), loads("INSERT DATA { <a:a> <a:load> 'LOAD' }")
    (True, False)
    """
    return _calls(update, _LOAD)


def _calls(sparql: str, pattern: re.Pattern[str]) -> bool:
    return any(not _within_name(text, match.start()) for text in {sparql, _plain(sparql)} for match in pattern.finditer(text))


def _within_name(text: str, at: int) -> bool:
    """Say whether the word at ``at`` is the end of a variable, a prefixed name or a language tag."""
    while at and (text[at - 1].isalnum() or text[at - 1] == "_"):
        at -= 1
    return at > 0 and text[at - 1] in "?$:@"


def names_dataset(sparql: str) -> bool:
    """Say whether a query names its own dataset with the keyword FROM.

    >>> names_dataset("SELECT * FROM <http://example.org/> { ?s ?p ?o }"), names_dataset('SELECT ?from { ?from ?p "FROM" }')
    (True, False)
    """
    return _may_hold_from(sparql) and any(token.upper() == "FROM" for token in _tokens(sparql))


def _may_hold_from(sparql: str) -> bool:
    """Spare the ordinary query a reading token by token: the word is not there, nor could an escape spell it."""
    large = sparql.upper()
    return "FROM" in large or "\\U" in large


def graphs_asked(sparql: str) -> tuple[str, ...]:
    """Return the IRIs after FROM and FROM NAMED, prefixes resolved; relative ones and unknown prefixes are left out.

    >>> graphs_asked('PREFIX g: <http://example.org/> SELECT * FROM g:a FROM NAMED <http://example.org/b> { ?from ?p "FROM" }')
    ('http://example.org/a', 'http://example.org/b')
    """
    if not _may_hold_from(sparql):
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


def with_using(update: str, default: Iterable[str], named: Iterable[str]) -> str:
    """Return ``update`` with ``USING`` before each ``WHERE`` of an operation, as the parameters of the protocol ask for.

    Raises ``InputError`` for an update that names its graphs itself (the protocol forbids both), for ``DELETE WHERE``, which
    has no place for them, and for what is no IRI.

    >>> with_using("DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", ["http://example.org/g"], [])
    'DELETE { ?s ?p 1 } USING <http://example.org/g> WHERE { ?s ?p 1 }'
    """
    clauses = [f"USING {_written(iri)} " for iri in default] + [f"USING NAMED {_written(iri)} " for iri in named]
    pieces, depth, last, before = [], 0, 0, ""
    for match in _TOKEN.finditer(update):
        word = match[0].upper()
        if word.startswith("#"):
            continue
        depth += (word == "{") - (word == "}")
        if depth == 0 and word in ("USING", "WITH"):
            raise InputError(
                Wording("更新", "update"),
                Wording(f"其中已有 {word}", f"it has {word} already"),
                Wording("请去掉其中之一", "leave one of both out"),
            )
        if depth == 0 and word == "WHERE":
            if before == "DELETE":
                raise InputError(
                    Wording("更新", "update"),
                    Wording("DELETE WHERE 不能指定图", "DELETE WHERE takes no graphs"),
                    Wording("请写成 DELETE { } WHERE { }", "write DELETE { } WHERE { }"),
                )
            pieces += [update[last : match.start()], *clauses]
            last = match.start()
        before = word
    return "".join([*pieces, update[last:]])


def is_absolute(iri: str) -> bool:
    """Say whether ``iri`` is one that can stand in a query without a base.

    >>> is_absolute("http://example.org/湖州"), is_absolute("湖州"), is_absolute("x:a> }")
    (True, False, False)
    """
    return bool(_ABSOLUTE.fullmatch(iri))


def _written(iri: str) -> str:
    if not is_absolute(iri):
        raise InputError(
            Wording("更新", "update"), Wording("有一个图不是绝对 IRI", "a graph is no absolute IRI"), Wording("请写全", "give it in full")
        )
    return f"<{iri}>"


def _resolved(token: str, spaces: dict[str, str]) -> str:
    if token.startswith("<"):
        return token.strip("<>")
    prefix, _, local = token.partition(":")
    return spaces[prefix] + local if prefix in spaces else ""
