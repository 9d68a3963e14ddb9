"""Check the built graph: the SHACL shapes of ``ontology/shapes.ttl``, every quote against the stored report text, and what
the graph leaves open (numbers without an observation, counts without their names, no host, no period).

Nothing is inferred. What was looked at is counted, so that a rule without a node to look at shows.
"""

from pathlib import Path

from kg.build import built_files, decisions_of
from kg.check.findings import Coverage, Evaluated, Finding, Findings, Message, Passage
from kg.check.honesty import audit_honesty
from kg.check.merged import merge
from kg.check.orphans import find_orphans
from kg.check.quotes import compare_quotes
from kg.check.shapes import evaluate, read_shapes
from kg.resources import resource
from kg.store import Store

__all__ = ["Coverage", "Evaluated", "Finding", "Findings", "Message", "Passage", "check"]


def check(graph: Path | Store, *, reports: Path | None = None, shapes: Path | None = None) -> Findings:
    """Check the built graph in the folder ``graph`` (its ``built/``), or the quads of a store.

    ``reports`` holds the report folders (by default those in ``graph``, else the ones that came with the program),
    ``shapes`` the Turtle file of the shapes. Raises ``BuildError`` when there is no built graph, ``StoreError`` when a file
    of it cannot be read and ``InputError`` when the shapes cannot.
    """
    store = graph if isinstance(graph, Store) else Store.in_memory(built_files(graph / "built"))
    merged = merge(store)
    by_shape, found = evaluate(read_shapes(shapes or resource("ontology") / "shapes.ttl"), merged)
    folder = reports or _reports(graph)
    by_text, differing = compare_quotes(merged.graph, folder)
    decisions = decisions_of(graph, folder) if isinstance(graph, Path) else folder.parent / "decisions"
    by_file, orphans = find_orphans(decisions, folder)
    by_honesty, noted, coverage = audit_honesty(merged.graph, folder)
    evaluated = (*by_shape, *by_text, by_file, *by_honesty)
    return Findings(len(merged.graph), evaluated, (*found, *differing, *orphans, *noted), tuple(coverage))


def _reports(graph: Path | Store) -> Path:
    own = graph / "reports" if isinstance(graph, Path) else None
    return own if own and own.is_dir() else resource("graph") / "reports"
