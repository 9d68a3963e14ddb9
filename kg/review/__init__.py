"""Review: the doubtful facts first, each with its sentence and the reasons for the doubt, and what a person decides about them."""

from kg.review.case import Case, case_record, cases_of, ordered
from kg.review.doubt import Doubt, find_doubts
from kg.review.offers import offers_of
from kg.review.session import Desk, Tally, review

__all__ = ["Case", "Desk", "Doubt", "Tally", "case_record", "cases_of", "find_doubts", "offers_of", "ordered", "review"]
