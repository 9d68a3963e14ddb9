"""A case for review: a fact with its doubts, its sentence, and how it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.candidates import Candidate
from kg.decisions import Decided, words_of
from kg.decisions.decision import Kind, Words, kind_of
from kg.extract import read_passages
from kg.facts import Entity, Fact, Span, plain_number
from kg.report import Report
from kg.review.doubt import Doubt, find_doubts
from kg.triples.evidence import Sentences


@dataclass(frozen=True, slots=True)
class Case:
    """A fact of ``report`` that nobody has decided about: its span, the span of its sentence, and why it is doubtful."""

    report: Report
    fact: Fact
    span: Span
    sentence: Span
    doubts: tuple[Doubt, ...]
    offer: Candidate | None = None  # where a model, not a rule, says it

    @property
    def kind(self) -> Kind:
        """The kind of the fact as the facts format calls it."""
        return kind_of(self.fact)

    @property
    def weight(self) -> int:
        """The weights of all doubts added up; it orders the cases and means nothing else."""
        return sum(doubt.weight for doubt in self.doubts)

    @property
    def quote(self) -> str:
        """The words of the report that carry the fact."""
        return self.report.text[self.span.start : self.span.end]

    def marked(self) -> str:
        """Return the sentence with 【】 around the quote, fit for a terminal."""
        text, span, sentence = self.report.text, self.span, self.sentence
        before, after = text[sentence.start : span.start], text[span.end : sentence.end]
        return printable(f"{before}【{self.quote}】{after}")

    def said(self) -> str:
        """Return the fact on one line."""
        words = _plain(words_of(self.fact))
        match self.kind:
            case "observation":
                shown = [words["subject"], words["indicator"], words["measure"], f"{words['value']}{words['unit']}"]
                shown += [f"{words.get('period_start', '…')}–{words.get('period_end', '…')}"]
            case "relation":
                shown = [words["subject"], f"—{words['predicate']}→", words["object"]]
            case "entity":
                shown = [words["name"], f"({words['type']})", *(f"= {alias}" for alias in getattr(self.fact, "aliases", ()))]
            case "event":
                shown = [
                    words["what"],
                    f"({words['event_kind']})",
                    str(words.get("date", "")),
                    "、".join(getattr(self.fact, "participants", ())),
                ]
            case _:
                shown = [words["whole"], "∋", words["part"]]
        return printable(" ".join(str(word) for word in shown if word != ""))


def cases_of(report: Report, decided: Decided, *, all_facts: bool = False) -> tuple[Case, ...]:
    """Return the facts of ``report`` that are doubtful (or all of them) and undecided, the most doubtful first."""
    sentences = Sentences(read_passages(report))
    found = []
    for fact, doubts in find_doubts(decided.facts).items():
        if (doubts or all_facts) and fact not in decided.origins:
            span = fact.mentions[0] if isinstance(fact, Entity) else fact.span
            found.append(Case(report, fact, span, sentences.around(span), doubts))
    return ordered(found)


def ordered(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Return the cases in the order of review: most doubtful first, then in text order."""
    return tuple(sorted(cases, key=lambda case: (-case.weight, case.report.id, case.span, case.kind, case.said())))


def case_record(case: Case, lang: str) -> dict[str, Any]:
    """Return ``case`` as a JSON object: place, quote, sentence, the fact's words, its rule, and the reasons for the doubt."""
    return {
        "report": case.report.id,
        "kind": case.kind,
        "quote": case.quote,
        "start": case.span.start,
        "end": case.span.end,
        "sentence": case.report.text[case.sentence.start : case.sentence.end],
        "fact": _plain(words_of(case.fact)),
        "rule": case.fact.rule,
        "weight": case.weight,
        "doubts": [{"id": doubt.id, "weight": doubt.weight, "why": doubt.said(lang)} for doubt in case.doubts],
    }


def _plain(words: Words) -> dict[str, Any]:
    return {key: plain_number(value) if isinstance(value, Decimal) else value for key, value in words.items()}


def printable(text: str) -> str:
    """Return ``text`` on one line without characters that steer a terminal: a report may hold escape codes.

    >>> printable("一\\n二\\x1b[2J")
    '一 二�[2J'
    """
    return "".join(char if char.isprintable() else "�" for char in " ".join(text.split()))
