"""Review: the doubtful facts first, each with its sentence and the reasons for the doubt, and what a person decides about them."""

from kg.review.case import Case, Named, candidates_of, case_record, cases_of, ordered
from kg.review.desk import Desk, Tally
from kg.review.doubt import Doubt, find_doubts
from kg.review.naming import record_line
from kg.review.offers import offers_of
from kg.review.session import add_facts, review

__all__ = [
    "Case",
    "Desk",
    "Doubt",
    "Named",
    "Tally",
    "add_facts",
    "candidates_of",
    "case_record",
    "cases_of",
    "find_doubts",
    "offers_of",
    "ordered",
    "record_line",
    "review",
]
