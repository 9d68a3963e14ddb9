"""Measures of a network: degree by type, betweenness, PageRank, communities, components, and who shares whom."""

from kg.measures.bipartite import bipartite
from kg.measures.communities import communities
from kg.measures.shown import BY, measured_answer, shared_answer, summary, type_labels
from kg.measures.table import Measured, Measures, annotate, measure

__all__ = [
    "BY",
    "Measured",
    "Measures",
    "annotate",
    "bipartite",
    "communities",
    "measure",
    "measured_answer",
    "shared_answer",
    "summary",
    "type_labels",
]
