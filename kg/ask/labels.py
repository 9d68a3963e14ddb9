"""What to call a node: its label in the asked language."""

import re
from collections.abc import Iterable

from kg.catalogue import Lang
from kg.namespaces import RDFS, RID, SKOS
from kg.store import Store
from kg.triples.terms import Iri, Literal

_DOCUMENT = f"{RID}report-"
_AT_ONCE = 400  # nodes in one query


def find_labels(store: Store, nodes: Iterable[Iri], lang: Lang) -> dict[str, str]:
    """Return what to call each of ``nodes``: its label in ``lang``, else in the other language, else the end of the IRI.

    A source document is called by its id, which is short and is what commands take; its title is one query away.
    """
    wanted = sorted(set(nodes))
    found: dict[str, list[Literal]] = {node.value: [] for node in wanted}
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(node.n3() for node in wanted[start : start + _AT_ONCE])
        named = f"GRAPH ?g {{ ?node <{RDFS}label>|<{SKOS}prefLabel> ?label }}"
        query = f"SELECT DISTINCT ?node ?label WHERE {{ VALUES ?node {{ {values} }} {named} }}"
        for row in store.select(query):
            label = row["label"]
            if isinstance(label, Literal):
                found[str(row["node"])].append(label)
    return {iri: _end(iri) if _DOCUMENT in iri else _best(labels, lang) or _end(iri) for iri, labels in found.items()}


def _best(labels: list[Literal], lang: Lang) -> str | None:
    """Return the label nearest to ``lang``; between equals the shortest, so that the choice never wavers."""
    ranked = sorted(labels, key=lambda label: (not label.lang.startswith(lang), label.lang != "", len(label.value), label.value))
    return ranked[0].value if ranked else None


def _end(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1].removeprefix("report-")
