"""What every store can do, wherever it keeps its quads."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.triples.terms import Iri, Quad, Term

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: variables in the order of the query, one mapping a row; an unbound variable is ``None``.

    The answer is complete when it is returned; the terms of a row may be made only when the row is looked at.
    """

    variables: tuple[str, ...]
    rows: Sequence[Mapping[str, Term | None]]

    def __iter__(self) -> Iterator[Mapping[str, Term | None]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Store(ABC):
    """A set of named graphs that answers SPARQL 1.1 queries. The default graph is empty: queries name their graphs.

    Each answer sees one state of the store. An embedded store that was opened to read keeps the state of that moment; a
    server answers each query from its own present state. Errors are ``StoreError``, for a wrong query ``QueryError``.
    """

    @staticmethod
    def open(where: "Path | str", read_only: bool = True) -> "Store":
        """Open the store folder at ``where`` (or the one in the graph folder ``where``), or the SPARQL server at an address.

        A folder is opened only to read unless ``read_only`` is false; any number of programs may read beside one that
        writes. Raises ``StoreError`` when there is no store, when it is half written, of another format version, loaded from
        another build than the one beside it, or held by another writer; when the server does not answer.
        """
        if is_address(where):
            from kg.store.remote import RemoteStore

            return RemoteStore.connect(str(where))
        from kg.store.embedded import EmbeddedStore

        return EmbeddedStore.at(Path(where), read_only)

    @staticmethod
    def in_memory(files: Iterable[Path]) -> "Store":
        """Return a store in memory that holds the N-Quads ``files``; ``StoreError`` names the file that cannot be read."""
        from kg.store.embedded import EmbeddedStore

        return EmbeddedStore.of_files(tuple(files))

    @staticmethod
    def of_quads(quads: Iterable[Quad]) -> "Store":
        """Return a store in memory that holds ``quads``."""
        from kg.store.embedded import EmbeddedStore

        return EmbeddedStore.holding(quads)

    @abstractmethod
    def select(self, sparql: str) -> Rows:
        """Return the rows of a SELECT query; rows in which nothing is bound are kept."""

    @abstractmethod
    def ask(self, sparql: str) -> bool:
        """Return the answer of an ASK query."""

    @abstractmethod
    def construct(self, sparql: str) -> list[Quad]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, as quads without a graph, in canonical order."""

    def tsv(self, sparql: str) -> bytes:
        """Return the answer of a SELECT as SPARQL 1.1 Query Results TSV; what reads large answers into arrays asks for it."""
        rows = self.select(sparql)
        lines = ["\t".join(f"?{name}" for name in rows.variables)]
        lines += ["\t".join(term.n3() if (term := row.get(name)) else "" for name in rows.variables) for row in rows]
        return "".join(f"{line}\n" for line in lines).encode()

    @abstractmethod
    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        """Yield the quads of ``graph``, or of all named graphs, in no particular order."""

    @abstractmethod
    def graphs(self) -> tuple[Iri, ...]:
        """Return the names of the graphs, sorted."""

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of quads."""

    @abstractmethod
    def replace_graph(self, graph: Iri, quads: Iterable[Quad]) -> int:
        """Let ``graph`` hold exactly the triples of ``quads`` (their own graph names do not count); return how many.

        Readers see the graph as it was or as it is, nothing between. Triples with blank nodes are refused.
        """

    @abstractmethod
    def drop_graph(self, graph: Iri) -> None:
        """Remove ``graph``; one that is not there is no error."""

    @abstractmethod
    def backup(self, folder: Path) -> None:
        """Write a copy to ``folder``, a new store folder that ``Store.open`` opens; ``StoreError`` when it exists."""

    @abstractmethod
    def dataset(self) -> "rdflib.Dataset":
        """Return an rdflib dataset of the same quads to read, its default graph empty; what it costs the subclass says."""

    def copied_dataset(self) -> "rdflib.Dataset":
        """Return an rdflib dataset that holds a copy of the quads and is evaluated by rdflib itself."""
        import rdflib

        from kg.triples.terms import nquads

        dataset = rdflib.Dataset(default_union=False)
        dataset.parse(data=nquads(self.quads()), format="nquads")
        return dataset


def is_address(where: object) -> bool:
    """Say whether ``where`` is the address of a server, not a folder.

    >>> is_address("http://127.0.0.1:8890/sparql"), is_address("graph")
    (True, False)
    """
    return str(where).startswith(("http://", "https://"))
