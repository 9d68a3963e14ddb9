"""The quotes of the graph against the report texts they are taken from."""

from pathlib import Path

import rdflib

from kg.check.findings import Evaluated, Finding, Message, Passage
from kg.check.merged import passage_of
from kg.check.names import short
from kg.errors import ReportError
from kg.namespaces import OA, RIE
from kg.report import Report, read_report

_DOCUMENT = rdflib.URIRef(f"{RIE}SourceDocument")
_NAMES = {
    "text-unchanged": Message("报告文本未变", "report text is unchanged"),
    "quote-in-text": Message("引文与原文一致", "quote is what the report says"),
}
_CHANGED = Message(
    "report.txt 与构建时不同；请重新构建（kg build）。",
    "its report.txt is not the one the graph was built from; run `kg build`.",
)
_MISQUOTED = Message(
    "引文与原文在该位置的文字不同；请重新构建（kg build）。",
    "the quote differs from what the report says at that place; run `kg build`.",
)


def compare_quotes(graph: rdflib.Graph, reports: Path) -> tuple[list[Evaluated], list[Finding]]:
    """Compare each source document's checksum and each quote, ``text[start:end]``, with ``reports/<id>/report.txt``.

    A document whose text is not in ``reports`` is a finding too.
    """
    documents = sorted(graph.subjects(rdflib.RDF.type, _DOCUMENT), key=str)
    changed: list[Finding] = []
    misquoted: list[Finding] = []
    looked_at = 0
    for document in documents:
        identifier = str(graph.value(document, rdflib.DCTERMS.identifier) or "")
        report = _read(reports, identifier)
        if isinstance(report, Message) or report.sha256 != str(graph.value(document, rdflib.URIRef(f"{RIE}sha256"))):
            message = report if isinstance(report, Message) else _CHANGED
            changed.append(Finding("text-unchanged", "violation", short(document), message, identifier))
            continue
        quotes = _passages(graph, document)
        looked_at += len(quotes)
        misquoted += [_misquote(node, passage) for node, passage in quotes if report.text[passage.start : passage.end] != passage.quote]
    counts = {"text-unchanged": (len(documents), changed), "quote-in-text": (looked_at, misquoted)}
    evaluated = [Evaluated(name, _NAMES[name], "violation", nodes, len(found)) for name, (nodes, found) in counts.items()]
    return evaluated, changed + misquoted


def _read(reports: Path, identifier: str) -> Report | Message:
    if not identifier or Path(identifier).name != identifier:
        return Message("文件没有标识，找不到原文。", "the document has no identifier, so its text cannot be found.")
    try:
        return read_report(reports / identifier)
    except ReportError as error:
        return Message(f"读不到原文：{error}", f"its text cannot be read: {error}")


def _passages(graph: rdflib.Graph, document: rdflib.term.Node) -> list[tuple[str, Passage]]:
    nodes = sorted(graph.subjects(rdflib.URIRef(f"{OA}hasSource"), document), key=str)
    return [(short(node), passage) for node in nodes if (passage := passage_of(graph, node))]


def _misquote(node: str, passage: Passage) -> Finding:
    return Finding("quote-in-text", "violation", node, _MISQUOTED, None, passage)
