"""The quotes of the graph against the report texts they are taken from."""

from collections.abc import Iterable
from pathlib import Path

from kg.check.documents import Document
from kg.check.findings import Evaluated, Finding, Message, Passage
from kg.check.names import short
from kg.check.passages import passages_of, place
from kg.store import Store

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


def compare_quotes(store: Store, documents: Iterable[Document], reports: Path) -> tuple[list[Evaluated], list[Finding]]:
    """Compare the checksum of each of ``documents`` and each quote, ``text[start:end]``, with ``reports/<id>/report.txt``.

    A document whose text is not in ``reports`` is a finding too.
    """
    looked_at = {"text-unchanged": 0, "quote-in-text": 0}
    changed: list[Finding] = []
    misquoted: list[Finding] = []
    for document in documents:
        looked_at["text-unchanged"] += 1
        report = document.read(reports)
        if isinstance(report, Message) or report.sha256 != document.sha256:
            message = report if isinstance(report, Message) else _CHANGED
            changed.append(Finding("text-unchanged", "violation", short(document.iri), message, document.name))
            continue
        passages = passages_of(store, document.iri)
        looked_at["quote-in-text"] += len(passages)
        for node in sorted(passages):
            misquoted += [
                _misquote(node, said) for said in sorted(passages[node], key=place) if report.text[said.start : said.end] != said.quote
            ]
    found = {"text-unchanged": changed, "quote-in-text": misquoted}
    evaluated = [Evaluated(name, _NAMES[name], "violation", looked_at[name], len(found[name])) for name in _NAMES]
    return evaluated, changed + misquoted


def _misquote(node: str, passage: Passage) -> Finding:
    return Finding("quote-in-text", "violation", short(node), _MISQUOTED, None, passage)
