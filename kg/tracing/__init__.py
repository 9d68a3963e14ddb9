"""Who is tied to whom, how, since when, and which sentence says so."""

from kg.tracing.limits import ALL, MOST_HOPS, MOST_PATHS, Limits
from kg.tracing.people import Bridge, Move, find_bridges, find_moves
from kg.tracing.profile import Profile, profile
from kg.tracing.reading import network_of_store
from kg.tracing.rendering import render_shown
from kg.tracing.trace import Hop, Route, Trace, ties_of, trace

__all__ = [
    "ALL",
    "MOST_HOPS",
    "MOST_PATHS",
    "Bridge",
    "Hop",
    "Limits",
    "Move",
    "Profile",
    "Route",
    "Trace",
    "find_bridges",
    "find_moves",
    "network_of_store",
    "profile",
    "render_shown",
    "ties_of",
    "trace",
]
