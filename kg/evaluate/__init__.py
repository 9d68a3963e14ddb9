"""Score the facts found against a gold inventory, and compare two runs.

Two levels: *found* (the right number with its unit, the right pair, or the right name at the right place) and *exact*
(measure, area, period, comparison, rank, predicate, direction, type and modality right as well). Recall counts the gold
facts that are stated and belong to the core, once each; a prediction that agrees with any gold fact, also an implied or
contextual one, counts for precision. Memberships are scored as ``part_of`` relations. The matching is one to one, exact
pairs first.

Within a kind the same figures stand for each predicate, measure and type: recall over the gold facts that have it, precision
over the predictions that have it. A pair found under another predicate is *found* for both and *exact* for neither, unless
the two belong to one family (``kg/agreement.py``).
"""

from kg.evaluate.comparison import Change, Comparison, compare
from kg.evaluate.records import read_records
from kg.evaluate.rendering import render
from kg.evaluate.scores import KINDS, Level, Score, evaluate, score

__all__ = ["KINDS", "Change", "Comparison", "Level", "Score", "compare", "evaluate", "read_records", "render", "score"]
