"""What the graph does not say: numbers of the text without an observation, counts without their names, hosts and periods left open.

Each is a note with its sentence, never a fault: a text may well leave these open.
"""

from collections.abc import Iterable
from pathlib import Path

from kg.check.counting import compare_counts
from kg.check.coverage import NAMES, measure_coverage
from kg.check.documents import Document, within
from kg.check.findings import Coverage, Evaluated, Finding, Message
from kg.check.names import find_names, short
from kg.check.passages import find_passages, rows_about
from kg.namespaces import RIE, RIEC
from kg.store import Store
from kg.triples.terms import Iri, Literal

_HOSTING = ("University", "Institute", "Enterprise", "GovernmentBody")
_OPEN = {
    "count-and-names": Message("所称数目多于点名", "more counted than named"),
    "institute-without-host": Message("研究院没有依托单位", "institute without a host"),
    "number-without-period": Message("数字没有时期", "number without a period"),
}
_ORDER = (
    *("number-without-fact", "number-without-observation", "count-and-names", "institute-without-host"),
    *("number-without-period", "table-without-observation", "source-note"),
)
_NO_HOST = Message("没有写明依托或举办单位。", "the text names no host or founder of the institute.")
_NO_PERIOD = Message("原文没有给出时期；不能与其他年份的数字相比。", "the text gives no period; do not compare it with numbers of a year.")


def audit_honesty(
    store: Store, documents: Iterable[Document], reports: Path, only: Iri | None = None
) -> tuple[list[Evaluated], list[Finding], list[Coverage]]:
    """Return what was looked at, the notes, and the coverage of each report whose unchanged text stands in ``reports``.

    With ``only``, the name of a graph, the things that this graph speaks of are looked at; what other graphs say of them counts.
    """
    names = {name: {**NAMES, **_OPEN}[name] for name in _ORDER}
    looked = dict.fromkeys(names, 0)
    found: dict[str, list[Finding]] = {name: [] for name in names}
    coverage = measure_coverage(store, documents, reports, looked, found)
    looked["count-and-names"], found["count-and-names"] = compare_counts(store, only)
    looked["institute-without-host"], found["institute-without-host"] = _hosts(store, only)
    looked["number-without-period"], found["number-without-period"] = _periods(store, only)
    evaluated = [Evaluated(name, said, "info", looked[name], len(found[name])) for name, said in names.items()]
    return evaluated, [finding for name in names for finding in sorted(found[name], key=_place)], coverage


def _place(finding: Finding) -> tuple[object, ...]:
    place = finding.passage
    return (place.report, place.start, place.end, finding.focus) if place else ("", 0, 0, finding.focus)


def _hosts(store: Store, only: Iri | None) -> tuple[int, list[Finding]]:
    """Return how many institutes there are, and a note on each that no graph ties to a host or a founder."""
    institutes = _instances(store, "ResearchInstitute", only)
    kinds = ", ".join(Literal(kind).n3() for kind in _HOSTING)
    part = f"GRAPH ?in1 {{ ?node <{RIE}partOf>|<{RIE}undertakenBy> ?host }}"
    founded = f"GRAPH ?in1 {{ ?host <{RIE}established>|<{RIE}builds>|<{RIE}launched> ?node }}"
    typed = f"GRAPH ?in2 {{ ?host <{RIE}entityType> ?kind FILTER(?kind IN ({kinds})) }}"
    hosted = {str(row["node"]) for pattern in (part, f"{founded} {typed}") for row in rows_about(store, institutes, pattern)}
    return len(institutes), _open(store, "institute-without-host", institutes - hosted, _NO_HOST)


def _periods(store: Store, only: Iri | None) -> tuple[int, list[Finding]]:
    """Return how many observations there are, and a note on each without a period."""
    numbers = _instances(store, "StatisticalObservation", only)
    undated = store.select(f"SELECT DISTINCT ?node WHERE {{ GRAPH ?in {{ ?node <{RIE}periodBasis> <{RIEC}period-none> }} }}")
    return len(numbers), _open(store, "number-without-period", numbers & {str(row["node"]) for row in undated}, _NO_PERIOD)


def _instances(store: Store, cls: str, only: Iri | None) -> set[str]:
    rows = store.select(f"SELECT DISTINCT ?node WHERE {{ GRAPH {within(only)} {{ ?node a <{RIE}{cls}> }} FILTER isIRI(?node) }}")
    return {str(row["node"]) for row in rows}


def _open(store: Store, name: str, nodes: set[str], message: Message) -> list[Finding]:
    labels, passages = find_names(store, nodes), find_passages(store, nodes)
    said = {node: Message(f"{labels[node]}：{message.zh}", f"{labels[node]}: {message.en}") for node in nodes}
    return [Finding(name, "info", short(node), said[node], None, passages.get(node)) for node in sorted(nodes)]
