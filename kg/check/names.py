"""How shapes and nodes are called in a finding: short names, texts in two languages, severity."""

import re
from collections.abc import Iterable

import rdflib
from rdflib.namespace import SH

from kg.check.findings import SEVERITIES, Message, Severity
from kg.check.passages import rows_about
from kg.namespaces import BASE, PREFIXES, RDFS
from kg.store import Store
from kg.triples.terms import Literal

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


def find_names(store: Store, nodes: Iterable[str]) -> dict[str, str]:
    """Return the Chinese label of each of ``nodes``, else the first one, else nothing."""
    found: dict[str, list[tuple[bool, str]]] = {node: [] for node in nodes}
    for row in rows_about(store, found, f"GRAPH ?in {{ ?node <{RDFS}label> ?label }}"):
        if isinstance(label := row["label"], Literal):
            found[str(row["node"])].append((label.lang[:2] != "zh", label.value))
    return {node: min(labels, default=(True, ""))[1] for node, labels in found.items()}


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
