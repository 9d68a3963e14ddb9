"""How shapes and nodes are called in a finding: short names, texts in two languages, severity."""

import re
from collections.abc import Iterable

import rdflib
from rdflib.namespace import SH

from kg.check.findings import SEVERITIES, Message, Severity
from kg.namespaces import BASE, PREFIXES

SHAPE = f"{BASE}shape/"
_IRI = re.compile(r"https?://[^\s，；。、）)]+[^\s，；。、）).,;:]")


def short(term: object) -> str:
    """Return a shape's own name, another IRI with its prefix, or a value as it is.

    >>> short(f"{SHAPE}fact-run"), short("http://www.w3.org/ns/org#Role"), short("3.5")
    ('fact-run', 'org:Role', '3.5')
    """
    value = str(term)
    if value.startswith(SHAPE):
        return value.removeprefix(SHAPE)
    fitting = [(space, prefix) for prefix, space in PREFIXES.items() if value.startswith(space)]
    if not fitting:
        return value
    space, prefix = max(fitting)
    return f"{prefix}:{value.removeprefix(space)}"


def message(values: Iterable[rdflib.term.Node]) -> Message:
    """Return the Chinese and the English text among language-tagged ``values``, IRIs in them shortened."""
    said = {(value.language or "")[:2]: _shortened(str(value)) for value in values if isinstance(value, rdflib.Literal)}
    return Message(said.get("zh", ""), said.get("en", ""))


def severity(node: rdflib.term.Node | None) -> Severity:
    """Return the severity that ``sh:severity`` names; a shape without one is a violation (SHACL section 2.1.4)."""
    name = str(node or SH.Violation).rpartition("#")[2].lower()
    return next(known for known in SEVERITIES if known == name)


def _shortened(text: str) -> str:
    return _IRI.sub(lambda found: short(found[0]), text)
