"""Candidates: what a language model says of a report, checked against the text and left for a person to decide.

An option, never the default: no command but ``kg candidates`` asks a model, and no build reads a candidate. Each candidate is a
fact in the facts format whose quote was found in the passage that the model was shown, with the model's name and version and
``"decision": "undecided"``.
"""

from kg.candidates.file import Candidate, dump_candidates, dump_rejected, read_candidates, settle
from kg.candidates.reading import ModelExtractor
from kg.candidates.summary import REASONS, SILENCES, summary

__all__ = ["REASONS", "SILENCES", "Candidate", "ModelExtractor", "dump_candidates", "dump_rejected", "read_candidates", "settle", "summary"]
