"""How much of a report its facts reach: sentences without a fact, numbers and tables without an observation."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from kg.check.documents import Document
from kg.check.findings import Coverage, Finding, Message, Passage
from kg.check.names import short
from kg.check.passages import passages_of, rows_about
from kg.extract import read_passages
from kg.facts import Span
from kg.mentions.quantities import find_quantities
from kg.namespaces import OA, PROV, RIE
from kg.report import Report
from kg.sources import Table
from kg.sources.notes import note_said
from kg.store import Store
from kg.triples.evidence import Sentences

NAMES = {
    "number-without-fact": Message("句中有数字而没有事实", "sentence with a number and no fact"),
    "number-without-observation": Message("数字没有成为观测", "number without an observation"),
    "table-without-observation": Message("表格没有得出观测", "table without an observation"),
    "source-note": Message("读取原文件时的略去与判断", "what reading the original file left out or decided"),
}


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


def measure_coverage(
    store: Store, documents: Iterable[Document], reports: Path, looked: dict[str, int], found: dict[str, list[Finding]]
) -> list[Coverage]:
    """Return the coverage of each of ``documents`` whose unchanged text stands in ``reports``.

    What was looked at is added to ``looked`` and the notes to ``found``, by the names in ``NAMES``.
    """
    read = ((document, report) for document in documents if (report := document.unchanged(reports)))
    return [_cover(store, document, report, looked, found) for document, report in read]


def _said(store: Store, document: Document) -> _Said:
    passages = passages_of(store, document.iri)
    spans = {node: [Span(said.start, said.end) for said in found] for node, found in passages.items()}
    carried = f"GRAPH ?in1 {{ ?evidence <{OA}hasSource> ?document }} GRAPH ?in2 {{ ?fact <{PROV}wasDerivedFrom> ?evidence }}"
    number = f"GRAPH ?in3 {{ ?fact a <{RIE}StatisticalObservation> }} OPTIONAL {{ GRAPH ?in4 {{ ?fact <{RIE}rawValue> ?raw }} }}"
    carrying = {str(row["evidence"]) for row in rows_about(store, [document.iri], carried, "document")}
    numbers = {
        (str(row["evidence"]), str(row["fact"]), str(row["raw"] or ""))
        for row in rows_about(store, [document.iri], f"{carried} {number}", "document")
    }
    facts = [span for node in carrying for span in spans.get(node, ())]
    return _Said(facts, [(span, raw) for node, _, raw in sorted(numbers) for span in spans.get(node, ())])


def _cover(store: Store, document: Document, report: Report, looked: dict[str, int], found: dict[str, list[Finding]]) -> Coverage:
    passages, said, node = read_passages(report), _said(store, document), short(document.iri)
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
