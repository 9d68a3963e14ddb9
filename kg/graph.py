"""A built graph as Python programs use it: ask, select, network, dataset."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ask import Answer, ask, ask_sparql
from kg.ask.prologue import with_prefixes
from kg.catalogue import Catalogue, Lang, load_catalogue
from kg.store import Store

if TYPE_CHECKING:
    import rdflib

    from kg.compact import CompactNetwork
    from kg.measures import Measures
    from kg.pages import NotebookNetwork
    from kg.tracing import Limits, Profile, Trace
    from kg.views import Filter


@dataclass(frozen=True)
class Graph:
    """The graph in one store, with the catalogue of questions that came with the program."""

    store: Store

    @classmethod
    def open(cls, folder: Path | str = "graph", *, inferred: bool = False) -> "Graph":
        """Open the graph that ``kg build`` made in ``folder``, or at the SPARQL server of that address; ``StoreError`` without one.

        With ``inferred`` every question also finds what follows by rules (see ``kg.build.open_inferred``); not at a server.
        """
        if inferred:
            from kg.build import open_inferred

            return cls(open_inferred(folder))
        return cls(Store.open(folder))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The questions that can be asked."""
        return load_catalogue()

    def ask(self, question: str, lang: Lang = "zh", **params: str) -> Answer:
        """Return the answer to a question of the catalogue; parameters are names, short names, IRIs, dates or numbers.

        Raises ``QueryError`` for an unknown question, parameter or name, with candidates.
        """
        return ask(self.store, self.catalogue.question(question, lang), params, lang)

    def select(self, sparql: str, lang: Lang = "zh") -> Answer:
        """Return the answer to a SELECT query, the project's prefixes declared; raises ``QueryError`` with the line of a syntax error."""
        return ask_sparql(self.store, with_prefixes(sparql), lang)

    def network(
        self,
        view: str = "institution-talent",
        lang: Lang = "zh",
        *,
        only: "Filter | None" = None,
        focus: str | None = None,
        hops: int = 1,
        limit: int | None = None,
    ) -> "NotebookNetwork":
        """Return a view of the graph as a NetworkX ``MultiDiGraph``, which a notebook shows; nodes are the IRIs of the graph.

        ``only`` narrows it down (``kg.views.Filter``, or by names ``kg.views.asked_filter``); ``focus`` keeps what lies within
        ``hops`` of a name, at most ``limit`` nodes; the view ``ego`` is all that lies around it. See ``kg.views.project``.
        """
        from kg.pages import NotebookNetwork
        from kg.views import Filter, project

        return NotebookNetwork(project(self.store, view, lang, only=only or Filter(), focus=focus, hops=hops, limit=limit))

    def trace(self, start: str, end: str, k: int = 3, limits: "Limits | None" = None, lang: Lang = "zh") -> "Trace":
        """Return up to ``k`` ways in which ``start`` is tied to ``end``, each hop with its sentence (see ``kg.tracing.trace``)."""
        from kg.tracing import trace

        return trace(self.store, start, end, k, limits, lang)

    def profile(self, name: str, lang: Lang = "zh") -> "Profile":
        """Return everything the reports say of one thing, by kind, with the sentences."""
        from kg.tracing import profile

        return profile(self.store, name, lang)

    def measures(self, view: str = "institution-talent", lang: Lang = "zh", *, seed: int = 0) -> "Measures":
        """Return degree by type, betweenness, PageRank, community and component of every node of a view."""
        from kg.measures import measure

        return measure(self.network(view, lang), seed=seed)

    def compact(self, sparql: str | None = None) -> "CompactNetwork":
        """Return the rows of a SELECT (subject, predicate, object; all triples between IRIs unless told) as arrays."""
        from kg.compact import TIES, read_compact

        return read_compact(self.store, sparql or TIES)

    def dataset(self) -> "rdflib.Dataset":
        """Return an rdflib dataset over the same store, to read."""
        return self.store.dataset()
