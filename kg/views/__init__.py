"""Networks projected from the store, as NetworkX graphs with positions."""

from typing import TypeAlias

import networkx as nx

from kg.catalogue.networks import View, find_view, views
from kg.inference import inference_rules
from kg.views.asked import asked_filter
from kg.views.filters import Filter, narrowing_said, notes_on, why_empty
from kg.views.layout import place
from kg.views.names import sort_key, syllables
from kg.views.project import project
from kg.views.qualifiers import Qualifier, qualifier

Network: TypeAlias = nx.MultiDiGraph

__all__ = [
    "Filter",
    "Network",
    "Qualifier",
    "View",
    "asked_filter",
    "find_view",
    "inference_rules",
    "narrowing_said",
    "notes_on",
    "place",
    "project",
    "qualifier",
    "sort_key",
    "syllables",
    "views",
    "why_empty",
]
