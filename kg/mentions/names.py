"""Find the names of things."""

from kg.mentions.endings import find_endings, without_overlaps
from kg.mentions.mention import Mention
from kg.mentions.walls import OPTIONS, find_walls, names_file
from kg.passages import Passages
from kg.report import Report
from kg.rules import rules


def find_mentions(passages: Passages, report: Report) -> tuple[Mention, ...]:
    """Return all mentions of named things in text order, an outer one before those nested in it."""
    clean = passages.reading.clean
    walls = find_walls(clean)
    found: list[Mention] = []
    for file in (names_file(), rules("titles", *OPTIONS), rules("documents", *OPTIONS)):
        found += find_endings(clean, walls, file)
    return tuple(without_overlaps(found))
