"""Build the graph: reports to facts to sorted N-Quads with a manifest, then the store.

``<graph>/built/`` holds one N-Quads file a named graph and ``manifest.json``; ``<graph>/store/`` holds the same quads
loaded. Both are written beside their place and put there whole: a crash, an interrupt or a full disk leaves the earlier
ones. Nothing reads the clock, the host or the locale, so that the same inputs give the same bytes, however the graph grew to
them and however many processes made it. ``<graph>/.shards/`` remembers what was made from what (``kg.build.ledger``).
"""

from pathlib import Path

from kg.build.currency import is_current
from kg.build.growing import grow
from kg.build.holding import alone, finish_killed
from kg.build.inputs import ONTOLOGY_FILES, Inputs, decisions_of
from kg.build.loading import Progress, load, publish_built
from kg.build.making import decided_facts
from kg.build.manifest import FORMAT, GraphFile, Manifest, built_files, read_manifest
from kg.build.switching import open_inferred

__all__ = [
    "FORMAT",
    "ONTOLOGY_FILES",
    "GraphFile",
    "Manifest",
    "Progress",
    "build",
    "built_files",
    "decided_facts",
    "decisions_of",
    "is_current",
    "load_store",
    "open_inferred",
    "publish_built",
    "read_manifest",
]


def build(reports: Path | None, out: Path, *, progress: Progress | None = None, workers: int | None = None) -> Manifest:
    """Build the graph of all report folders in ``reports`` into ``out/built`` and load ``out/store``.

    Only what changed since the last build in ``out`` is made anew: reports whose text, metadata or decisions changed, or all
    when the program, the ontology or the authority data did. ``reports`` defaults to ``out/reports``, else to the ones that
    came with the program, whose ontology and authority data are always used. ``progress`` is told the name of each step, how
    many are done and how many there are. ``workers`` processes share the reports; by default as many as there are processors
    where there is much to read, else none but this one. Raises ``ReportError`` for a report that cannot be read and
    ``BuildError`` when there is none, when another build is at work in ``out`` or when the disk is full.
    """
    inputs = Inputs.at(out, reports)
    with alone(out):
        finish_killed(out)
        return grow(out, inputs, progress or (lambda step, done, total: None), workers)


def load_store(graph: Path, *, progress: Progress | None = None) -> None:
    """Load ``graph/store`` from ``graph/built`` as it stands, as after a fresh clone; raises ``BuildError``."""
    tell = progress or (lambda step, done, total: None)
    with alone(graph):
        finish_killed(graph)
        load(graph / "built", graph / "store", None, tell)
        tell("store", 1, 1)
