"""Measures of a network: degree, betweenness, PageRank, communities, components."""

from kg.measures.communities import communities
from kg.measures.table import Measured, Measures, annotate, measure

__all__ = ["Measured", "Measures", "annotate", "communities", "measure"]
