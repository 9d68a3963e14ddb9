"""RDF terms and quads as plain values, and their exact N-Quads form.

The store engine has terms of its own and is named in ``kg/store/engine.py`` and ``engine_terms.py`` alone; everything else speaks in these.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from kg.namespaces import XSD

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True, slots=True, order=True)
class Iri:
    """An absolute IRI."""

    value: str

    def n3(self) -> str:
        """Return the N-Quads form; ``ValueError`` for characters that no IRI may contain.

        >>> Iri("http://example.org/a").n3()
        '<http://example.org/a>'
        """
        return _bracketed(self.value)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Blank:
    """A blank node; the graph has none, but a query may make some."""

    label: str

    def n3(self) -> str:
        return f"_:{self.label}"

    def __str__(self) -> str:
        return f"_:{self.label}"


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A literal: ``datatype`` is an IRI, ``lang`` a language tag; with neither it is an ``xsd:string``."""

    value: str
    datatype: str = f"{XSD}string"
    lang: str = ""

    def n3(self) -> str:
        """Return the N-Quads form, escaped as canonical N-Quads prescribe.

        >>> Literal("第一\\n行").n3(), Literal("温州市", lang="zh-Hans").n3()
        ('"第一\\\\n行"', '"温州市"@zh-Hans')
        """
        body = '"' + _SPECIAL.sub(_escape, self.value) + '"'
        if self.lang:
            return f"{body}@{self.lang}"
        return body if self.datatype == f"{XSD}string" else f"{body}^^<{self.datatype}>"

    def __str__(self) -> str:
        return self.value


Node = Iri | Blank
Term = Iri | Blank | Literal


@dataclass(frozen=True, slots=True)
class Quad:
    """A statement in a named graph; ``graph`` is ``None`` for the default graph (triples of a CONSTRUCT)."""

    subject: Node
    predicate: Iri
    object: Term
    graph: Iri | None = None

    def n3(self) -> str:
        """Return the N-Quads line without its line end."""
        graph = f" {self.graph.n3()}" if self.graph else ""
        return f"{self.subject.n3()} {self.predicate.n3()} {self.object.n3()}{graph} ."


@lru_cache(maxsize=1 << 16)
def _bracketed(iri: str) -> str:
    if _NOT_IN_IRI.search(iri):
        raise ValueError(f"no IRI: {iri!r}")
    return f"<{iri}>"


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def nquads(quads: Iterable[Quad]) -> str:
    """Return the canonical form of a set of quads: N-Quads lines without repetition, in code-point order."""
    return "".join(f"{line}\n" for line in sorted({quad.n3() for quad in quads}))


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), f"{XSD}integer")


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", f"{XSD}boolean")


def decimal(value: Decimal) -> Literal:
    """Return an ``xsd:decimal`` in canonical form: no exponent, no closing zeros.

    >>> decimal(Decimal("10.40")).value, decimal(Decimal("1.2E+3")).value, decimal(Decimal("-0.0")).value
    ('10.4', '1200', '0')
    """
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Literal("0" if plain in {"-0", ""} else plain, f"{XSD}decimal")


def day(value: str) -> Literal:
    """Return an ``xsd:date`` for an ISO date; ``ValueError`` when it is none."""
    date.fromisoformat(value)
    return Literal(value, f"{XSD}date")
