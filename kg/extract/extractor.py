"""What makes facts from a report: the rules, or something else that keeps the same promise.

An ``Extractor`` takes a report and returns an ``Extraction``: facts that each stand at their place in the stored text, who made
them, and a count of what it left out. The rules are the extractor of the graph. A language model is another one, an option
(``kg/candidates``); what it says stays a candidate until a person accepts it.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from kg import __version__
from kg.extract import find_facts
from kg.facts import Facts, Span
from kg.report import Report


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes facts: ``kind`` ``rules`` or ``model``, its name, and its version.

    The version of the rules is that of the program; the version of a model is what the model called itself when it answered.
    """

    kind: Literal["rules", "model"]
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was said of the passage at ``span`` and is no fact: ``reason`` is a word of ``REASONS``, ``said`` what it was."""

    span: Span
    reason: str
    said: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A passage that was not read to the end, and why (a word of ``SILENCES``)."""

    span: Span
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The facts of one report, their maker, and everything that was left out."""

    facts: Facts
    maker: Maker
    rejected: tuple[Rejection, ...] = ()
    unread: tuple[Unread, ...] = ()


class Extractor(Protocol):
    """Whatever finds facts in a report. Each fact carries its sentence: ``text[start:end] == quote`` in the stored text."""

    def extract(self, report: Report) -> Extraction:
        """Return the facts of ``report``; raises ``KgError`` when it cannot work at all."""
        ...


class Rules:
    """The rules as an extractor: deterministic, without a model and without a network; they reject nothing they found."""

    def extract(self, report: Report) -> Extraction:
        """Return what ``find_facts`` finds, under the name of the program."""
        return Extraction(find_facts(report), Maker("rules", "kg", __version__))
