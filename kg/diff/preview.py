"""What a new report would bring to a graph, before it is built: nothing is written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.build import decisions_of
from kg.diff.compare import Change, Diff, compare
from kg.diff.known import earlier_records, known_records
from kg.diff.record import Record
from kg.diff.sides import report_records
from kg.report import Report, read_report
from kg.resources import resource
from kg.store import read_rdf
from kg.triples import iris
from kg.triples.vocabulary import Vocabulary, read_vocabulary

_OWN = {"Person", "Heading"}  # one name is one thing in its own report only
_PLACES = {"City", "Province", "District", "Region", "Country"}  # 全市 and 当地 are other names of any city


@dataclass(frozen=True, slots=True)
class Joined:
    """A named thing of the new report that the graph knows already: under which ``name``, from which ``reports``."""

    name: str
    type: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A name of the new report that is a short name, or has one, of another thing in the graph: perhaps the same thing."""

    name: str
    other: str
    shared: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the report ``report`` would add.

    ``diff`` compares with what the graph has of this report (all is new where it has nothing of it); ``joined`` are things
    that the graph knows, ``alike`` things that may be ones it knows, ``disagreeing`` numbers with another value there.
    """

    report: str
    known: bool
    diff: Diff
    joined: tuple[Joined, ...]
    alike: tuple[Alike, ...]
    disagreeing: tuple[Change, ...]


def preview(path: Path, graph: Path) -> Preview:
    """Return what building the report at ``path`` (a folder or a text file) into ``graph`` would change.

    Decisions about the report that stand in ``graph/decisions`` count. Raises ``ReportError`` for a report that cannot be read,
    ``BuildError`` for a built graph that is broken; a graph that was never built is empty.
    """
    report = read_report(path)
    new = report_records(report, decisions_of(graph, graph / "reports"))
    if not (graph / "built" / "manifest.json").is_file():
        return preview_of(report, new, (), ())
    return preview_of(report, new, earlier_records(graph, report.id), known_records(graph, report.id))


def preview_of(report: Report, new: tuple[Record, ...], before: tuple[Record, ...], others: tuple[Record, ...]) -> Preview:
    """Return what the facts ``new`` of ``report`` bring: ``before`` is what the graph has of it, ``others`` of other reports."""
    diff = compare(before, new)
    return Preview(report.id, bool(before), diff, _joined(new, others), _alike(new, others), _disagreeing(new, others))


def _entities(records: tuple[Record, ...]) -> list[Record]:
    return [one for one in records if one.kind == "entity" and one.words["type"] not in _OWN]


def _joined(new: tuple[Record, ...], others: tuple[Record, ...]) -> tuple[Joined, ...]:
    where: dict[tuple[str, bool], set[str]] = {}
    for one in _entities(others):
        where.setdefault(_thing(one), set()).add(one.report)
    found = [(one, where[_thing(one)]) for one in _entities(new) if _thing(one) in where]
    return tuple(Joined(one.words["name"], one.words["type"], tuple(sorted(reports))) for one, reports in found)


def _thing(one: Record) -> tuple[str, bool]:
    return (one.words["name"], one.words["type"] == "Academician")


def _alike(new: tuple[Record, ...], others: tuple[Record, ...]) -> tuple[Alike, ...]:
    """Return things of one type that share a short name that is not the full name of both."""
    known: dict[tuple[str, str], set[str]] = {}
    for one in _entities(others):
        for name in (one.words["name"], *one.words.get("aliases", ())):
            known.setdefault((name, one.words["type"]), set()).add(one.words["name"])
    names = {name for found in known.values() for name in found}
    pairs = []
    for one in _entities(new):
        if one.words["type"] in _PLACES:
            continue
        for name in (one.words["name"], *one.words.get("aliases", ())):
            for other in sorted(known.get((name, one.words["type"]), ())):
                if other != one.words["name"] and one.words["name"] not in names:
                    pairs.append(Alike(one.words["name"], other, name))
    return tuple(dict.fromkeys(pairs))


def _disagreeing(new: tuple[Record, ...], others: tuple[Record, ...]) -> tuple[Change, ...]:
    """Return pairs of numbers for one indicator, subject, kind of measure, unit and period whose values differ."""
    concepts = iris.graph("ontology")
    vocabulary = read_vocabulary(read_rdf(resource("ontology") / "concepts.ttl", concepts))
    known: dict[tuple[Any, ...], list[Record]] = {}
    for one in others:
        if (key := _asked(one, vocabulary)) is not None:
            known.setdefault(key, []).append(one)
    asked = [(one, known.get(key, [])) for one in new if (key := _asked(one, vocabulary)) is not None]
    return tuple(Change(old[0], one) for one, old in asked if old and one.words["value"] not in {other.words["value"] for other in old})


def _asked(one: Record, vocabulary: Vocabulary) -> tuple[Any, ...] | None:
    """Return what a number answers, ``None`` for an undated one: it can be of any year."""
    if one.kind != "observation" or not one.words.get("period_end") or one.words["measure"] == "rank":
        return None
    indicator = vocabulary.indicator(one.words["indicator"])
    said = ("subject", "measure", "unit", "period_start", "period_end", "status", "comparison", "baseline")
    return (indicator.value if indicator else one.words["indicator"], *(one.words.get(name) for name in said))
