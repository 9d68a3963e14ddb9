"""What a check found, and the account of what it looked at, as plain values and as text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
_WORDS = {"violation": ("违规", "violation"), "warning": ("警告", "warning"), "info": ("提示", "note")}
_SHOWN = 20  # findings printed for one shape; the rest are counted


@dataclass(frozen=True, slots=True)
class Message:
    """A text in both languages."""

    zh: str
    en: str

    def said(self, lang: str) -> str:
        """Return the text in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with its place: report id and code-point offsets into the stored text, 0-based, end-exclusive."""

    report: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault at the node ``focus``: which shape says so, what it says, and the sentence that the node rests on."""

    shape: str
    severity: Severity
    focus: str
    message: Message
    value: str | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A shape or audit that was evaluated: how many nodes it looked at and how many findings it gave."""

    shape: str
    name: Message
    severity: Severity
    nodes: int
    findings: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a report its facts reach: sentences with a fact, numbers (quantities) and tables with an observation."""

    report: str
    sentences: int
    with_fact: int
    numbers: int
    observed: int
    tables: int = 0
    tables_read: int = 0

    def said(self, lang: str) -> str:
        """Return the figures on one line in ``lang`` (``zh`` or ``en``)."""
        facts = f"{self.with_fact}/{self.sentences}（{_percent(self.with_fact, self.sentences)}）"
        numbers = f"{self.observed}/{self.numbers}（{_percent(self.observed, self.numbers)}）"
        tables = f"{self.tables_read}/{self.tables}（{_percent(self.tables_read, self.tables)}）" if self.tables else ""
        if lang == "zh":
            said = f"{self.report}：有事实的句子 {facts}，成为观测的数字 {numbers}"
            return f"{said}，读出数字的表格 {tables}" if tables else said
        facts, numbers, tables = (text.replace("（", " (").replace("）", ")") for text in (facts, numbers, tables))
        said = f"{self.report}: sentences with a fact {facts}, numbers with an observation {numbers}"
        return f"{said}, tables with an observation {tables}" if tables else said


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a check: what was evaluated, in its order, every finding in the order of the shapes, and coverage."""

    triples: int
    evaluated: tuple[Evaluated, ...]
    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...] = ()

    @property
    def status(self) -> int:
        """The exit status: 1 when there is a violation, else 0. Warnings and notes are counted and do not fail."""
        return int(self.counts()["violation"] > 0)

    def counts(self) -> dict[Severity, int]:
        """Return how many findings there are of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def idle(self) -> tuple[Evaluated, ...]:
        """Return the shapes that had no node to look at, so that nothing checked does not pass for nothing wrong."""
        return tuple(shape for shape in self.evaluated if not shape.nodes)

    def said(self, lang: str) -> str:
        """Return the findings by shape, then the account of what was evaluated, as lines in ``lang`` (``zh`` or ``en``)."""
        return "".join(f"{line}\n" for line in _lines(self, lang))


def _lines(result: Findings, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    for shape in result.evaluated:
        found = [finding for finding in result.findings if finding.shape == shape.shape]
        if found:
            yield f"{_WORDS[shape.severity][0 if zh else 1]} {shape.shape} · {shape.name.said(lang)} · {len(found)}"
            for finding in found[:_SHOWN]:
                yield from _finding_lines(finding, lang)
            if len(found) > _SHOWN:
                rest = len(found) - _SHOWN
                yield f"  …… 另有 {rest} 条" if zh else f"  ... and {rest} more"
    yield from _account(result, lang)


def _finding_lines(finding: Finding, lang: str) -> Iterator[str]:
    yield f"  {finding.focus}: {finding.message.said(lang)}"
    if finding.passage:
        place = finding.passage
        yield f"    {place.report} {place.start}–{place.end} 「{_short(place.quote)}」"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "-"


def _account(result: Findings, lang: str) -> Iterator[str]:
    yield from (coverage.said(lang) for coverage in result.coverage)
    counts, nodes = result.counts(), sum(shape.nodes for shape in result.evaluated)
    idle = ", ".join(shape.shape for shape in result.idle())
    if lang == "zh":
        yield f"共 {result.triples} 个三元组，{len(result.evaluated)} 条规则，核对节点 {nodes} 次：" + "，".join(
            f"{_WORDS[severity][0]} {number}" for severity, number in counts.items()
        )
        if idle:
            yield f"没有可核对节点的规则 {len(result.idle())} 条：{idle}"
        return
    said = ", ".join(f"{number} {_WORDS[severity][1]}{'' if number == 1 else 's'}" for severity, number in counts.items())
    yield f"{result.triples} triples, {len(result.evaluated)} rules, {nodes} node checks: {said}"
    if idle:
        yield f"{len(result.idle())} rules had no node to look at: {idle}"


def _short(quote: str, length: int = 60) -> str:
    flat = "".join(char if char.isprintable() else "�" for char in " ".join(quote.split()))  # a report may hold escape codes
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"
