"""From one report, or the ontology, to its shard."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.build.inputs import Inputs
from kg.build.rows import edit_row, quad_row
from kg.build.shard import KINDS, Shard, Sums, finished, write_shard
from kg.decisions import Decided, apply, decisions_path, read_decisions
from kg.extract import find_facts, read_passages
from kg.report import Report, read_report
from kg.store import read_rdf
from kg.triples import iris, to_quads
from kg.triples.authority import authority_quads, link_edits
from kg.triples.terms import Quad
from kg.triples.vocabulary import Vocabulary, read_vocabulary

ONTOLOGY, AUTHORITY = "ontology.nq", "authority.nq"


@dataclass(slots=True)
class Maker:
    """Makes shards in ``folder``; ``keys`` are those of ``Inputs.keys``. The ontology is read when the first report needs it."""

    inputs: Inputs
    folder: Path
    _vocabulary: Vocabulary | None = None

    def report(self, report_id: str, key: str) -> Shard:
        """Return the shard of a report, made unless a finished one is there; raises as ``read_report`` and ``decided_facts``."""
        if shard := finished(self.folder, key):
            return shard
        report = read_report(self.inputs.reports / report_id)
        decided = decided_facts(report, self.inputs.decisions)
        if self._vocabulary is None:
            self._vocabulary = read_vocabulary(self._ontology_quads())
        quads = to_quads(report, decided, read_passages(report), self._vocabulary)
        return write_shard(self.folder, file_name(report.id), key, iris.report_graph(report.id), quads, _more(decided, report.id))

    def ontology(self, key: str) -> Shard:
        """Return the shard of the ontology graph."""
        made = finished(self.folder, key)
        return made or write_shard(self.folder, ONTOLOGY, key, iris.graph("ontology"), self._ontology_quads(), {})

    def authority(self, key: str, known: Iterable[Quad]) -> Shard:
        """Return the shard of the authority graph, which holds ``known``."""
        return write_shard(self.folder, AUTHORITY, key, iris.graph("authority"), known, {})

    def _ontology_quads(self) -> list[Quad]:
        graph = iris.graph("ontology")
        return list({quad for path in self.inputs.ontology_files() for quad in read_rdf(path, graph)})


def file_name(report_id: str) -> str:
    """Return the name of the file with the graph of a report."""
    return f"report-{report_id}.nq"


def decided_facts(report: Report, decisions: Path) -> Decided:
    """Return the facts of ``report`` as the decisions in the folder ``decisions`` leave them; raises ``DecisionError``."""
    return apply(find_facts(report), read_decisions(decisions_path(decisions, report.id)), report)


def _more(decided: Decided, report_id: str) -> Sums:
    counts = {"reports": 1, **{kind: len(getattr(decided.facts, kind)) for kind in KINDS}}
    counts |= {"decisions": len(decided.effects), "rejected": len(decided.rejected)}
    known = {quad_row(quad): 1 for quad in authority_quads(decided.facts, report_id)}
    edits = {edit_row(report_id, place, edit): 1 for place, edit in enumerate(link_edits(decided, report_id))}
    return {"count": counts, "known": known, "edit": edits}
