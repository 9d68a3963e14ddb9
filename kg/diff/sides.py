"""The two sides of a comparison: facts with their words, from a facts file, a report, or a built graph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.build import decided_facts, decisions_of
from kg.diff.built import built_records
from kg.diff.record import Record
from kg.errors import InputError
from kg.evaluate import read_records
from kg.facts import record
from kg.report import Report, read_report
from kg.triples.draft import status_of
from kg.wording import Wording

_WORDS: Mapping[str, tuple[str, ...]] = {
    "observation": (
        *("subject", "area", "indicator", "measure", "value", "unit", "comparison", "period_start", "period_end"),
        *("rank", "rank_scope", "status", "baseline", "superlative"),
    ),
    "relation": ("subject", "predicate", "object", "status"),
    "entity": ("name", "type", "aliases"),
    "event": ("what", "event_kind", "participants", "status"),
    "membership": ("whole", "part", "order"),
}
_NAMED = ("subject", "object", "area", "whole", "part")


@dataclass(frozen=True, slots=True)
class Side:
    """One side: where it comes from and its facts."""

    name: str
    records: tuple[Record, ...]

    def reports(self) -> frozenset[str]:
        """Return the ids of the reports that the facts are of."""
        return frozenset(one.report for one in self.records)


def read_side(path: Path) -> Side:
    """Return the facts at ``path``: a facts file (``.jsonl``), a graph folder or its ``built/``, a report folder or text file.

    Raises ``InputError`` for anything else, ``FactsError``, ``ReportError`` or ``BuildError`` for what cannot be read.
    """
    if path.suffix in (".jsonl", ".json"):
        return Side(str(path), tuple(_from_json(read_records(path), "")))
    if (path / "manifest.json").is_file() or (path / "built" / "manifest.json").is_file():
        built = path if (path / "manifest.json").is_file() else path / "built"
        return Side(str(path), built_records(built))
    if path.is_dir() and not (path / "report.txt").exists():
        folders = sorted(found.parent for found in (path / "reports").glob("*/report.txt"))
        if not folders:
            raise InputError(
                path,
                Wording("这里没有图谱、报告或事实文件", "there is no graph, report or facts file here"),
                Wording("请给出图谱文件夹、报告或 .jsonl 文件", "give a graph folder, a report, or a .jsonl file"),
            )
        found = [one for folder in folders for one in report_records(read_report(folder), decisions_of(path, path / "reports"))]
        return Side(str(path), tuple(found))
    source = read_report(path)
    return Side(str(path), report_records(source, _decisions_beside(path)))


def report_records(report: Report, decisions: Path) -> tuple[Record, ...]:
    """Return the facts of ``report`` after the decisions in the folder ``decisions``."""
    facts = decided_facts(report, decisions).facts
    return tuple(_from_json((record(fact, report.text) for fact in facts if getattr(fact, "mentions", True)), report.id))


def _decisions_beside(path: Path) -> Path:
    """Return the folder of decisions of the graph in which the report at ``path`` stands."""
    folder = path if path.is_dir() else path.parent
    return folder.parent.parent / "decisions"


def _from_json(objects: Iterable[Mapping[str, Any]], report: str) -> list[Record]:
    listed = list(objects)
    full = _full_names(listed)
    found = []
    for said in listed:
        kind = str(said.get("kind"))
        if kind not in _WORDS:
            continue
        words = {key: _plain(said[key]) for key in _WORDS[kind] if said.get(key) not in (None, "", [], {})}
        words |= {key: full.get(str(words[key]), words[key]) for key in _NAMED if key in words}
        if "status" in _WORDS[kind]:
            words["status"] = status_of(said.get("modality", "actual"), said.get("status", "achieved"))
        if "participants" in words:
            words["participants"] = tuple(sorted({full.get(name, name) for name in words["participants"]}))
        if "aliases" in words:
            words["aliases"] = tuple(sorted(words["aliases"]))
        if kind == "observation":
            words.setdefault("comparison", "=")
        found.append(Record(kind, report, int(said.get("start", 0)), str(said.get("quote", "")), words))
    return found


def _full_names(listed: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the full name of each short one that has a single full name."""
    names: dict[str, set[str]] = {}
    for said in listed:
        if said.get("kind") == "entity":
            for name in (said["name"], *said.get("aliases", ())):
                names.setdefault(name, set()).add(said["name"])
    own = {said["name"] for said in listed if said.get("kind") == "entity"}
    return {name: next(iter(full)) for name, full in names.items() if len(full) == 1 and name not in own}


def _plain(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return tuple(value) if isinstance(value, list) else value
