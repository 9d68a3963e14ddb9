"""Networks projected from the store, as NetworkX graphs with positions. The only folder that names NetworkX."""

import networkx as nx

from kg.views.layout import place
from kg.views.names import sort_key, syllables
from kg.views.project import project
from kg.views.view import View, find_view, views

Network = nx.MultiDiGraph

__all__ = ["Network", "View", "find_view", "place", "project", "sort_key", "syllables", "views"]
