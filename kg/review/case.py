"""A case for review: a fact with its doubts, its sentence, and how it is shown."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.authority import LinkCandidate, Linking
from kg.candidates import Candidate
from kg.decisions import Decided, linkings, words_of
from kg.decisions.decision import Kind, Words, kind_of
from kg.extract import read_passages
from kg.facts import Entity, Fact, Span, plain_number
from kg.report import Report
from kg.review.desk import unsteered
from kg.review.doubt import OPEN_LINK, Doubt, find_doubts
from kg.triples.evidence import Sentences


@dataclass(frozen=True, slots=True)
class Named:
    """A named thing and the records elsewhere that were considered for it, ``None`` for a kind of thing without records."""

    entity: Entity
    linking: Linking | None


@dataclass(frozen=True, slots=True)
class Case:
    """A fact of ``report`` that nobody has decided about: its span, the span of its sentence, and why it is doubtful.

    ``names`` are the thing itself or, for a fact of another kind, the things named in its sentence; ``entities`` are all of
    the report.
    """

    report: Report
    fact: Fact
    span: Span
    sentence: Span
    doubts: tuple[Doubt, ...]
    offer: Candidate | None = None  # where a model, not a rule, says it
    names: tuple[Named, ...] = ()
    entities: tuple[Entity, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of the fact as the facts format calls it."""
        return kind_of(self.fact)

    @property
    def weight(self) -> int:
        """The weights of all doubts added up; it orders the cases and means nothing else."""
        return sum(doubt.weight for doubt in self.doubts)

    @property
    def is_open(self) -> bool:
        """Whether nobody knows which record elsewhere is meant."""
        return any(doubt.id == OPEN_LINK for doubt in self.doubts)

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
    sentences, names = Sentences(read_passages(report)), _Names(decided)
    found = []
    for fact, doubts in find_doubts(decided.facts).items():
        doubts = tuple(doubt for doubt in doubts if doubt.id != OPEN_LINK or names.is_open(fact))
        if (doubts or all_facts) and fact not in decided.origins:
            span = fact.mentions[0] if isinstance(fact, Entity) else fact.span
            sentence = sentences.around(span)
            named = names.of(fact, sentence)
            found.append(Case(report, fact, span, sentence, doubts, None, named, decided.facts.entities))
    return ordered(found)


class _Names:
    """The named things of a report by where they are mentioned, with their links as people left them."""

    def __init__(self, decided: Decided) -> None:
        linked = {found.linking.entity: found.linking for found in linkings(decided)}
        self._named = {entity: Named(entity, linked.get(entity)) for entity in decided.facts.entities}
        self._mentions = sorted((mention, at) for at, entity in enumerate(self._named) for mention in entity.mentions)
        self._things = tuple(self._named.values())

    def is_open(self, fact: Fact) -> bool:
        """Say whether nobody knows which record ``fact``, a named thing, means."""
        linking = self._named[fact].linking if isinstance(fact, Entity) else None
        return linking is not None and linking.outcome == "open"

    def of(self, fact: Fact, sentence: Span) -> tuple[Named, ...]:
        """Return ``fact`` itself where it is a named thing, else the things named in ``sentence`` in text order."""
        if isinstance(fact, Entity):
            return (self._named[fact],)
        first = bisect_left(self._mentions, (sentence, -1))
        last = bisect_left(self._mentions, (Span(sentence.end, 0), -1))
        return tuple(self._things[at] for at in dict.fromkeys(at for _, at in self._mentions[first:last]))


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
        "candidates": [
            {"name": one.record.name, "en": one.record.en, "ids": dict(one.record.ids), "outcome": one.outcome, "why": one.said(lang)}
            for one in candidates_of(case)
        ],
        "doubts": [{"id": doubt.id, "weight": doubt.weight, "why": doubt.said(lang)} for doubt in case.doubts],
    }


def candidates_of(case: Case) -> tuple[LinkCandidate, ...]:
    """Return the records considered for the thing that the case is about; none for a fact of another kind."""
    linking = case.names[0].linking if isinstance(case.fact, Entity) and case.names else None
    return linking.candidates if linking else ()


def _plain(words: Words) -> dict[str, Any]:
    return {key: plain_number(value) if isinstance(value, Decimal) else value for key, value in words.items()}


def printable(text: str) -> str:
    """Return ``text`` on one line without characters that steer a terminal: a report may hold escape codes.

    >>> printable("一\\n二\\x1b[2J")
    '一 二�[2J'
    """
    return unsteered(" ".join(text.split()))
