"""Human decisions: kept as text beside the reports, applied to what the rules find, never overwritten by a build."""

from kg.decisions.applying import apply
from kg.decisions.decided import Decided, Effect, LinkChange, Origin, decided_records
from kg.decisions.decision import Decision, Part, Quotation, quotation
from kg.decisions.links import DecidedLinking, linkings
from kg.decisions.reading import decisions_path, read_decisions
from kg.decisions.words import words_of
from kg.decisions.writing import add_decision, dump_decisions

__all__ = [
    "Decided",
    "DecidedLinking",
    "Decision",
    "Effect",
    "LinkChange",
    "Origin",
    "Part",
    "Quotation",
    "add_decision",
    "apply",
    "decided_records",
    "decisions_path",
    "dump_decisions",
    "linkings",
    "quotation",
    "read_decisions",
    "words_of",
]
