"""What a worker holds open while it lives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.graph import Graph
from kg.namespaces import DCTERMS, PROV, RDF, RDFS, RIE, SKOS
from kg.stamp import read_stamp
from kg.store import EmbeddedStore
from kg.triples.terms import Iri

Head = Mapping[str, Any]


@dataclass(frozen=True)
class Desk:
    """The store of the graph, its folder, the build it was made from, the names of its graphs, and whether updates change it."""

    store: EmbeddedStore
    folder: Path
    build: str
    names: frozenset[str]
    changing: bool = False

    @classmethod
    def open(cls, folder: Path, write: bool = False) -> "Desk":
        """Open the graph in ``folder``, to change it too if ``write``; raises ``StoreError``."""
        return cls.over(EmbeddedStore.at(folder, read_only=not write), folder, write)

    @classmethod
    def over(cls, store: EmbeddedStore, folder: Path, write: bool = False) -> "Desk":
        """Return a desk with ``store``, which is that of ``folder`` or a copy of it."""
        names = frozenset(map(str, store.graphs()))
        return cls(store, folder, str(read_stamp(folder / "store").get("manifest")), names, write)

    def anew(self) -> "Desk":
        """Return a desk over the same open store that looks again at what an update may have changed."""
        return replace(self, names=frozenset(map(str, self.store.graphs())))

    @cached_property
    def graph(self) -> Graph:
        """The graph in the store, with the catalogue of questions."""
        return Graph(self.store)

    @cached_property
    def named(self) -> Mapping[str, tuple[Iri, ...]]:
        """Everything that a report or the ontology names, by name; read when it is first looked for."""
        paths = f"<{RDFS}label>|<{SKOS}prefLabel>|<{SKOS}altLabel>"
        fact = f"{{ ?thing <{RDF}subject>|<{PROV}wasDerivedFrom> ?any }} UNION {{ ?whole <{DCTERMS}hasPart> ?thing }}"
        apart = f"FILTER NOT EXISTS {{ GRAPH ?h {{ {fact} }} }}"  # facts and sections of a report have labels, not names
        found: dict[str, set[Iri]] = {}
        for row in self.store.select(f"SELECT DISTINCT ?thing ?name WHERE {{ GRAPH ?g {{ ?thing {paths} ?name }} {apart} }}"):
            if isinstance(row["thing"], Iri):
                found.setdefault(str(row["name"]), set()).add(row["thing"])
        return {name: tuple(sorted(things)) for name, things in found.items()}

    @cached_property
    def spoken(self) -> Mapping[str, str]:
        """The pinyin of each of those names."""
        return {name: spoken(name) for name in self.named}

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Return id and title of each report."""
        query = f"SELECT ?id (SAMPLE(?title) AS ?name) WHERE {{ GRAPH ?g {{ ?r a <{RIE}SourceDocument> ; <{DCTERMS}identifier> ?id ; "
        rows = self.store.select(f"{query}<{DCTERMS}title> ?title }} }} GROUP BY ?id ORDER BY ?id")
        return tuple((str(row["id"]), str(row["name"])) for row in rows)


def spoken(name: str) -> str:
    """Return ``name`` in pinyin, small and without blanks.

    >>> spoken("李校堃"), spoken("Wenzhou University")
    ('lixiaokun', 'wenzhouuniversity')
    """
    from pypinyin import lazy_pinyin

    return "".join("".join(lazy_pinyin(name)).casefold().split())
