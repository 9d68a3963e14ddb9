"""Gather mentions into entities: one a canonical name, with every printed form and every place."""

from collections.abc import Sequence

from kg.facts import Entity
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.report import Report


def find_entities(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Entity, ...]:
    """Return the entities of ``mentions`` in the order of their first place."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.name, []).append(mention)
    return tuple(_entity(passages, name, group) for name, group in groups.items())


def _entity(passages: Passages, name: str, group: list[Mention]) -> Entity:
    aliases = tuple(dict.fromkeys(mention.printed for mention in group if mention.printed != name))
    spans = tuple(passages.reading.span(mention.start, mention.end) for mention in group)
    return Entity(name, group[0].type, group[0].rule, aliases, spans, all(mention.nested for mention in group))
