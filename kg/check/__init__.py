"""Check the built graph: the SHACL shapes of ``ontology/shapes.ttl``, every quote against the stored report text, and what
the graph leaves open (numbers without an observation, counts without their names, no host, no period).

Nothing is inferred, and no SHACL processor runs: the shapes are compiled to SPARQL (``kg.shapes``). What was looked at is
counted, so that a rule without a node to look at shows.
"""

from pathlib import Path

from kg.build import built_files, decisions_of
from kg.check.findings import Coverage, Evaluated, Finding, Findings, Message, Passage
from kg.check.honesty import audit_honesty
from kg.check.merged import merge
from kg.check.orphans import find_orphans
from kg.check.quotes import compare_quotes
from kg.check.shapes import evaluate, read_shapes
from kg.errors import InputError
from kg.resources import resource
from kg.store import Store
from kg.triples.iris import inferred_from, report_graph, report_of
from kg.triples.terms import Iri

__all__ = ["Coverage", "Evaluated", "Finding", "Findings", "Message", "Passage", "check"]


def check(graph: Path | Store, *, reports: Path | None = None, shapes: Path | None = None, report: str | None = None) -> Findings:
    """Check the built graph in the folder ``graph`` (its ``built/``), or the quads of a store.

    ``reports`` holds the report folders (by default those in ``graph``, else the ones that came with the program), ``shapes`` the
    Turtle file of the shapes. With ``report`` (its id) only what the named graph of that report speaks of is looked at: after a
    report was added, this finds what a whole check would find there. Raises ``BuildError`` when there is no built graph,
    ``StoreError`` when a file of it cannot be read and ``InputError`` when the shapes cannot, or there is no such report.
    """
    store = graph if isinstance(graph, Store) else Store.in_memory(built_files(graph / "built"))
    only = None if report is None else _graph_of(store, report)
    merged = merge(store) if report is None else merge(store, _beside(store, report))
    by_shape, found = evaluate(read_shapes(shapes or resource("ontology") / "shapes.ttl"), store, merged, only)
    folder = reports or _reports(graph)
    by_text, differing = compare_quotes(merged, folder)
    decisions = decisions_of(graph, folder) if isinstance(graph, Path) else folder.parent / "decisions"
    by_file, orphans = find_orphans(decisions, folder)
    by_honesty, noted, coverage = audit_honesty(merged, folder)
    evaluated = (*by_shape, *by_text, by_file, *by_honesty)
    return Findings(len(merged), evaluated, (*found, *differing, *orphans, *noted), tuple(coverage))


def _graph_of(store: Store, report: str) -> Iri:
    """Return the named graph of ``report``; ``InputError`` when the store has none."""
    name, there = report_graph(report), store.graphs()
    if name not in there:
        known = ", ".join(sorted(found for graph in there if (found := report_of(graph)) is not None))
        raise InputError(f"report {report}", "the graph has no such report", f"name one of: {known}" if known else "run `kg build`")
    return name


def _beside(store: Store, report: str) -> list[Iri]:
    """Return the graphs of ``store`` that are no other report's."""
    return [name for name in store.graphs() if (report_of(name) or inferred_from(name) or report) == report]


def _reports(graph: Path | Store) -> Path:
    own = graph / "reports" if isinstance(graph, Path) else None
    return own if own and own.is_dir() else resource("graph") / "reports"
