"""Gather mentions into entities: one a canonical name, with every printed form and every place."""

from collections.abc import Sequence

from kg.facts import Entity, Span
from kg.mentions.gazetteer import Place
from kg.mentions.mention import Mention
from kg.mentions.names import home_at, home_spans
from kg.mentions.places import above, city_of, full_name
from kg.passages import Passages
from kg.report import Report
from kg.rules import rules

_RANK = {"Academician": 0}


def find_entities(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Entity, ...]:
    """Return the entities of ``mentions`` in the order of their first place.

    全市, 该市 and 当地 become aliases of the city that their section speaks of; the city that 全市 means and the province that
    全省 means are entities even where their names are not printed, and 全市 and 全省 are then their places in the text.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.name, []).append(mention)
    words = _stand_ins(passages)
    entities = [_entity(passages, name, group, words.pop(name, {})) for name, group in groups.items()]
    for name, printed in words.items():
        if name.endswith(("省", "市", "自治区")):
            spans = tuple(span for found in printed.values() for span in found)
            kind = "City" if name.endswith("市") else "Province"
            entities.append(Entity(name, kind, "places.implied", tuple(printed), tuple(sorted(spans))))
    return tuple(sorted(entities, key=lambda entity: (entity.mentions[0].start, entity.mentions[0].end, entity.name)))


def _entity(passages: Passages, name: str, group: list[Mention], words: dict[str, list[Span]]) -> Entity:
    if len(group) == 1 and not words:
        (only,) = group
        alias = (only.printed,) if only.printed != name else ()
        return Entity(name, only.type, only.rule, alias, (passages.reading.span(only.start, only.end),), only.nested)
    aliases = dict.fromkeys(mention.printed for mention in group if mention.printed != name)
    aliases.update(dict.fromkeys(words))
    places = sorted([(mention.start, mention.end) for mention in group])
    spans = tuple([passages.reading.span(start, end) for start, end in places])
    first = min(group, key=lambda mention: (mention.nested, _RANK.get(mention.type, 1), mention.start))
    return Entity(name, first.type, first.rule, tuple(aliases), spans, all(mention.nested for mention in group))


def _stand_ins(passages: Passages) -> dict[str, dict[str, list[Span]]]:
    """Return for each home city and province the words that stand for it and where they are printed."""
    clean = passages.reading.clean
    home = home_at(home_spans(passages))
    found: dict[str, dict[str, list[Span]]] = {}
    for rule in rules("places", "type").rules:
        level = rule.id.partition(".")[2]
        for match in rule.pattern.finditer(clean):
            place = _named(home(match.start()), level)
            if place is not None:
                spans = found.setdefault(full_name(place), {}).setdefault(match[0], [])
                spans.append(passages.reading.span(match.start(), match.end()))
    return found


def _named(home: Place | None, level: str) -> Place | None:
    if home is None:
        return None
    return city_of(home) if level == "city" else above(home, level)
