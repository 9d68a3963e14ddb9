"""What must be known of a store before shapes are compiled for it: its class tree, and which graphs have a property."""

from dataclasses import dataclass, field

from kg.namespaces import RDFS
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """Asks ``store`` and remembers the answers; shapes compiled with it hold as long as its classes stay as they are."""

    store: Store
    _classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _graphs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def narrower(self, cls: str) -> tuple[str, ...]:
        """Return ``cls`` and all classes below it, in whichever graphs the steps between them stand."""
        if cls not in self._classes:
            found, fresh = {cls}, [cls]
            while fresh:
                above = " ".join(f"<{iri}>" for iri in fresh)
                rows = self.store.select(f"SELECT DISTINCT ?c WHERE {{ VALUES ?d {{ {above} }} GRAPH ?g {{ ?c <{RDFS}subClassOf> ?d }} }}")
                fresh = sorted({str(row["c"]) for row in rows} - found)
                found |= set(fresh)
            self._classes[cls] = tuple(sorted(found))
        return self._classes[cls]

    def holding(self, prologue: str, name: str) -> tuple[str, ...]:
        """Return the graphs that have the property ``name``, an IRI or a name with a prefix that ``prologue`` declares."""
        if name not in self._graphs:
            rows = self.store.select(f"{prologue}SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s {name} ?o }} }}")
            self._graphs[name] = tuple(sorted(str(row["g"]) for row in rows))
        return self._graphs[name]
