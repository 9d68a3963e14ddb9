"""What the graph does not say: numbers of the text without an observation, counts without their names, hosts and periods left open.

Each is a note with its sentence, never a fault: a text may well leave these open. Coverage says how much of a report its
facts reach.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, RDFS

from kg.check.findings import Coverage, Evaluated, Finding, Message, Passage
from kg.check.merged import passage_of
from kg.check.names import short
from kg.errors import ReportError
from kg.extract import read_passages
from kg.facts import Span
from kg.mentions.quantities import find_quantities
from kg.namespaces import OA, PROV, RIE, RIEC
from kg.report import Report, read_report
from kg.sources import Table
from kg.sources.notes import note_said
from kg.triples.evidence import Sentences

_RIE, _OA = rdflib.Namespace(RIE), rdflib.Namespace(OA)
_DERIVED = rdflib.URIRef(f"{PROV}wasDerivedFrom")
_HOSTING = {"University", "Institute", "Enterprise", "GovernmentBody"}
_NAMES = {
    "number-without-fact": Message("句中有数字而没有事实", "sentence with a number and no fact"),
    "number-without-observation": Message("数字没有成为观测", "number without an observation"),
    "count-and-names": Message("所称数目多于点名", "more counted than named"),
    "institute-without-host": Message("研究院没有依托单位", "institute without a host"),
    "number-without-period": Message("数字没有时期", "number without a period"),
    "table-without-observation": Message("表格没有得出观测", "table without an observation"),
    "source-note": Message("读取原文件时的略去与判断", "what reading the original file left out or decided"),
}
Noted = dict[str, list[Finding]]


class _Said:
    """The passages that carry facts of one report, and the printed values of its observations, in text order."""

    def __init__(self, facts: list[Span], values: list[tuple[Span, str]]) -> None:
        facts.sort()
        self._starts = [span.start for span in facts]
        self._furthest = list(accumulate((span.end for span in facts), max))
        self._values = sorted(values)
        self._longest = max((span.end - span.start for span, _ in values), default=0)

    def reaches(self, sentence: Span) -> bool:
        """Say whether the passage of a fact meets ``sentence``."""
        before = bisect_left(self._starts, sentence.end)
        return before > 0 and self._furthest[before - 1] > sentence.start

    def reads(self, table: Table) -> bool:
        """Say whether an observation rests on a cell of ``table``."""
        first = bisect_left(self._values, (Span(table.start, 0), ""))
        return first < len(self._values) and self._values[first][0].start < table.end

    def observes(self, number: Span, text: str) -> bool:
        """Say whether an observation rests on ``number``: its passage holds it, and its printed value is that number."""
        printed = _bare(text[number.start : number.end])
        first = bisect_left(self._values, (Span(number.end - self._longest, 0), ""))
        last = bisect_left(self._values, (Span(number.start + 1, 0), ""))
        around = (_bare(raw) for span, raw in self._values[first:last] if number.end <= span.end)
        return any(not raw or printed in raw or raw in printed for raw in around)


def audit_honesty(graph: rdflib.Graph, reports: Path) -> tuple[list[Evaluated], list[Finding], list[Coverage]]:
    """Return what was looked at, the notes, and the coverage of each report whose unchanged text stands in ``reports``."""
    looked: dict[str, int] = dict.fromkeys(_NAMES, 0)
    found: Noted = {name: [] for name in _NAMES}
    coverage = []
    for document in sorted(graph.subjects(RDF.type, _RIE.SourceDocument), key=str):
        report = _read(graph, document, reports)
        if report is not None:
            coverage.append(_cover(graph, document, report, looked, found))
    _counts(graph, looked, found)
    _hosts(graph, looked, found)
    _periods(graph, looked, found)
    evaluated = [Evaluated(name, _NAMES[name], "info", looked[name], len(found[name])) for name in _NAMES]
    return evaluated, [finding for name in _NAMES for finding in sorted(found[name], key=_place)], coverage


def _place(finding: Finding) -> tuple[object, ...]:
    place = finding.passage
    return (place.report, place.start, place.end, finding.focus) if place else ("", 0, 0, finding.focus)


def _read(graph: rdflib.Graph, document: rdflib.term.Node, reports: Path) -> Report | None:
    """Return the report of ``document``; ``None`` where its text is not the one that was read (a finding elsewhere)."""
    identifier = str(graph.value(document, rdflib.DCTERMS.identifier) or "")
    if not identifier or Path(identifier).name != identifier:
        return None
    try:
        report = read_report(reports / identifier)
    except ReportError:
        return None
    return report if report.sha256 == str(graph.value(document, _RIE.sha256)) else None


def _said(graph: rdflib.Graph, document: rdflib.term.Node) -> _Said:
    facts, values = [], []
    for evidence in graph.subjects(_OA.hasSource, document):
        carried = list(graph.subjects(_DERIVED, evidence))
        place = passage_of(graph, evidence) if carried else None
        if place:
            span = Span(place.start, place.end)
            facts.append(span)
            values += [(span, str(graph.value(fact, _RIE.rawValue) or "")) for fact in carried if _is_number(graph, fact)]
    return _Said(facts, values)


def _is_number(graph: rdflib.Graph, fact: rdflib.term.Node) -> bool:
    return (fact, RDF.type, _RIE.StatisticalObservation) in graph


def _cover(graph: rdflib.Graph, document: rdflib.term.Node, report: Report, looked: dict[str, int], found: Noted) -> Coverage:
    passages, said, node = read_passages(report), _said(graph, document), short(document)
    sentences = Sentences(passages).spans
    numbers = [passages.reading.span(quantity.start, quantity.end) for quantity in find_quantities(passages.reading.clean)]
    unread = [number for number in numbers if not said.observes(number, report.text)]
    silent = [sentence for sentence in sentences if not said.reaches(sentence)]
    looked["number-without-fact"] += len(sentences)
    looked["number-without-observation"] += len(numbers)
    found["number-without-fact"] += [_note(report, sentence, node) for sentence in silent if _holds(sentence, numbers)]
    found["number-without-observation"] += [_unread(report, number, node) for number in unread]
    missed = [table for table in report.tables if not said.reads(table)]
    looked["table-without-observation"] += len(report.tables)
    found["table-without-observation"] += [_missed(report, table, node) for table in missed]
    looked["source-note"] += 1
    found["source-note"] += [Finding("source-note", "info", node, _both(note)) for note in report.notes]
    facts, observed, tables = len(sentences) - len(silent), len(numbers) - len(unread), len(report.tables)
    return Coverage(report.id, len(sentences), facts, len(numbers), observed, tables, tables - len(missed))


def _holds(sentence: Span, numbers: list[Span]) -> bool:
    return bisect_left(numbers, Span(sentence.start, 0)) < bisect_left(numbers, Span(sentence.end, 0))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _note(report: Report, sentence: Span, node: str) -> Finding:
    message = Message("句中有数字，却没有得出任何事实。", "the sentence has a number and no fact was read from it.")
    return Finding("number-without-fact", "info", node, message, None, _passage(report, sentence))


def _unread(report: Report, number: Span, node: str) -> Finding:
    printed = report.text[number.start : number.end]
    message = Message(f"“{printed}”没有成为观测。", f"no observation was read from “{printed}”.")
    around = Span(max(0, number.start - 20), min(len(report.text), number.end + 10))
    return Finding("number-without-observation", "info", node, message, printed, _passage(report, around))


def _missed(report: Report, table: Table, node: str) -> Finding:
    message = Message(
        f"{len(table.rows)} 行的表格没有得出任何观测；指标、对象或单位可能不明。",
        f"no observation was read from the table of {len(table.rows)} rows; its indicator, subject or unit may be open.",
    )
    head = report.text.find("\n", table.start)
    first = Span(table.start, head if table.start < head < table.end else table.end)
    return Finding("table-without-observation", "info", node, message, None, _passage(report, first))


def _both(note: str) -> Message:
    return Message(f"{note_said(note, 'zh')}。", f"{note}.")


def _passage(report: Report, span: Span) -> Passage:
    return Passage(report.id, span.start, span.end, report.text[span.start : span.end])


def _counts(graph: rdflib.Graph, looked: dict[str, int], found: Noted) -> None:
    """Note each whole that is said to have more parts than are named, and counts of academicians who are not named."""
    told: set[tuple[Passage | None, Decimal]] = set()
    parts: dict[rdflib.term.Node, set[rdflib.term.Node]] = defaultdict(set)
    for listing, whole in graph.subject_objects(_RIE.whole):
        parts[whole].update(graph.objects(listing, _RIE.part))
    for whole, named in sorted(parts.items(), key=lambda pair: str(pair[0])):
        label = _label(graph, whole)
        stated = next((quantity.value for quantity in find_quantities(label) if quantity.unit not in ("%", "元")), None)
        if stated is None or any(find_quantities(_label(graph, part)) for part in named):
            continue  # parts that are counts themselves are kinds, not names
        looked["count-and-names"] += 1
        if stated > len(named):
            place = passage_of(graph, min(graph.subjects(_RIE.whole, whole), key=str))
            told.add((_sentence(graph, whole), stated))
            found["count-and-names"].append(_uncounted(whole, label, stated, len(named), place))
    for observation in sorted(graph.subjects(_RIE.unitName, rdflib.Literal("人")), key=str):
        _academicians(graph, observation, told, looked, found)


def _sentence(graph: rdflib.Graph, whole: rdflib.term.Node) -> Passage | None:
    listing = min(graph.subjects(_RIE.whole, whole), key=str)
    return next((passage_of(graph, s) for e in graph.objects(listing, _DERIVED) for s in graph.objects(e, _RIE.inSentence)), None)


def _academicians(
    graph: rdflib.Graph, observation: rdflib.term.Node, told: set[tuple[Passage | None, Decimal]], looked: dict[str, int], found: Noted
) -> None:
    indicator = str(graph.value(observation, _RIE.indicatorName) or "")
    if "院士" not in indicator:
        return
    looked["count-and-names"] += 1
    stated = Decimal(str(graph.value(observation, _RIE.value)))
    sentences = {s for evidence in graph.objects(observation, _DERIVED) for s in graph.objects(evidence, _RIE.inSentence)}
    people = {
        person
        for sentence in sentences
        for evidence in graph.subjects(_RIE.inSentence, sentence)
        for person in graph.subjects(_RIE.mentionedAt, evidence)
        if (person, RDF.type, _RIE.Academician) in graph
    }
    if stated > len(people) and not any((passage_of(graph, sentence), stated) in told for sentence in sentences):
        found["count-and-names"].append(_uncounted(observation, indicator, stated, len(people), passage_of(graph, observation)))


def _uncounted(node: rdflib.term.Node, label: str, stated: Decimal, named: int, place: Passage | None) -> Finding:
    message = Message(f"“{label}”：称有 {stated:f} 个，点名 {named} 个。", f"“{label}”: {stated:f} stated, {named} named.")
    return Finding("count-and-names", "info", short(node), message, f"{stated:f}", place)


def _hosts(graph: rdflib.Graph, looked: dict[str, int], found: Noted) -> None:
    message = Message("没有写明依托或举办单位。", "the text names no host or founder of the institute.")
    for institute in sorted(graph.subjects(RDF.type, _RIE.ResearchInstitute), key=str):
        looked["institute-without-host"] += 1
        if not any(_hosts_of(graph, institute)):
            found["institute-without-host"].append(_open("institute-without-host", institute, message, graph))


def _hosts_of(graph: rdflib.Graph, institute: rdflib.term.Node) -> Iterator[rdflib.term.Node]:
    for path in (_RIE.partOf, _RIE.undertakenBy):
        yield from graph.objects(institute, path)
    for path in (_RIE.established, _RIE.builds, _RIE.launched):
        for founder in graph.subjects(path, institute):
            if str(graph.value(founder, _RIE.entityType)) in _HOSTING:
                yield founder


def _periods(graph: rdflib.Graph, looked: dict[str, int], found: Noted) -> None:
    message = Message("原文没有给出时期；不能与其他年份的数字相比。", "the text gives no period; do not compare it with numbers of a year.")
    looked["number-without-period"] += sum(1 for _ in graph.subjects(RDF.type, _RIE.StatisticalObservation))
    for number in graph.subjects(_RIE.periodBasis, rdflib.URIRef(f"{RIEC}period-none")):
        if _is_number(graph, number):
            found["number-without-period"].append(_open("number-without-period", number, message, graph))


def _open(name: str, node: rdflib.term.Node, message: Message, graph: rdflib.Graph) -> Finding:
    label = _label(graph, node)
    said = Message(f"{label}：{message.zh}", f"{label}: {message.en}")
    return Finding(name, "info", short(node), said, None, passage_of(graph, node))


def _label(graph: rdflib.Graph, node: rdflib.term.Node) -> str:
    """Return the Chinese label of ``node``, else the first one."""
    labels = [label for label in graph.objects(node, RDFS.label) if isinstance(label, rdflib.Literal)]
    return min((((label.language or "")[:2] != "zh", str(label)) for label in labels), default=(True, ""))[1]
