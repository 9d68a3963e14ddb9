"""From one report to its shard and the shard of what follows from it; from the ontology to its shard."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.inputs import Inputs
from kg.build.rows import edit_row, quad_row
from kg.build.shard import KINDS, Shard, Sums, finished, write_shard
from kg.decisions import Decided, apply, decisions_path, read_decisions
from kg.extract import find_facts, read_passages
from kg.inference import conclude, inference_quads, inference_rules
from kg.report import Report, read_report
from kg.store import Store, read_rdf
from kg.triples import iris, to_quads
from kg.triples.authority import LinkEdit, authority_quads, link_edits
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
        """Return the shard of a report, made unless a finished one is there; raises as ``read_report`` and ``decided_facts``.

        Where something follows from the report, its sum ``count`` says of how many statements under ``inferred``, and the shard of
        the key ``inferred_key(key)`` was finished before.
        """
        if shard := finished(self.folder, key):
            return shard
        report = read_report(self.inputs.reports / report_id)
        decided = decided_facts(report, self.inputs.decisions)
        if self._vocabulary is None:
            self._vocabulary = read_vocabulary(self._ontology_quads())
        quads = list(to_quads(report, decided, read_passages(report), self._vocabulary))
        known = authority_quads(decided.facts, report.id)
        edits = link_edits(decided, report.id)
        inferred = self._inferred(report.id, key, [*quads, *_edited(known, edits)])
        more = _more(decided, report.id, known, edits, inferred)
        return write_shard(self.folder, file_name(report.id), key, iris.report_graph(report.id), quads, more)

    def _inferred(self, report_id: str, key: str, quads: Iterable[Quad]) -> int:
        """Write the shard of what follows from ``quads``, a report and what is known elsewhere of its things; return how much does."""
        rules = inference_rules(self.inputs.rules)
        found = conclude(Store.of_quads(quads), rules)
        if found:
            made = inference_quads(found, rules)
            write_shard(self.folder, inferred_name(report_id), inferred_key(key), iris.inferred_graph(report_id), made, {})
        return len(found)

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


def inferred_name(report_id: str) -> str:
    """Return the name of the file with what follows from a report."""
    return f"inferred-{report_id}.nq"


def inferred_key(key: str) -> str:
    """Return the key of the shard of what follows from the report of the key ``key``."""
    return hashlib.sha256(f"inferred {key}".encode()).hexdigest()


def decided_facts(report: Report, decisions: Path) -> Decided:
    """Return the facts of ``report`` as the decisions in the folder ``decisions`` leave them; raises ``DecisionError``."""
    return apply(find_facts(report), read_decisions(decisions_path(decisions, report.id)), report)


def _more(decided: Decided, report_id: str, known: set[Quad], edits: Sequence[LinkEdit], inferred: int) -> Sums:
    counts = {"reports": 1, **{kind: len(getattr(decided.facts, kind)) for kind in KINDS}}
    counts |= {"decisions": len(decided.effects), "rejected": len(decided.rejected), "inferred": inferred}
    rows = {edit_row(report_id, place, edit): 1 for place, edit in enumerate(edits)}
    return {"count": counts, "known": {quad_row(quad): 1 for quad in known}, "edit": rows}


def _edited(known: set[Quad], edits: Iterable[LinkEdit]) -> set[Quad]:
    for edit in edits:
        known = edit.applied(known)
    return known
