"""Which named thing a name in a fact means."""

from collections.abc import Iterable

from kg.authority import is_ambiguous
from kg.facts import Entity, Span
from kg.triples import iris
from kg.triples.terms import Iri

Table = dict[str, list[tuple[Iri, Entity]]]


def entity_iri(found: Entity, report: str) -> Iri:
    """Return the IRI of an entity.

    One name is one thing in all reports, with exceptions: persons, since namesakes are common (an academician's name
    is told apart by the title, another person's by the report), and headings, which belong to their report. A name that
    several places or universities bear (鼓楼区) is one thing within its report only. Things that a person has told apart
    stay apart.
    """
    if found.apart:
        return iris.entity(found.name, f"{report}:{found.apart}" if found.type in {"Person", "Heading"} else found.apart)
    if found.type == "Academician":
        return iris.entity(found.name, "院士")
    if found.type in {"Person", "Heading"}:
        return iris.entity(found.name, f"{found.type}:{report}")
    return iris.entity(found.name, report) if is_ambiguous(found) else iris.entity(found.name)


class Names:
    """The entities of a report by canonical name and alias; a heading gives way to every other thing of its name."""

    def __init__(self, entities: Iterable[Entity], report: str) -> None:
        names: Table = {}
        aliases: Table = {}
        headings: Table = {}
        for entity in entities:
            pair = (entity_iri(entity, report), entity)
            if not entity.mentions:
                continue
            if entity.type == "Heading":
                headings.setdefault(entity.name, []).append(pair)
                continue
            names.setdefault(entity.name, []).append(pair)
            for alias in entity.aliases:
                aliases.setdefault(alias, []).append(pair)
        self._tables = (names, aliases, headings)

    def find(self, name: str, span: Span) -> Iri | None:
        """Return the entity called ``name``, ``None`` if there is none or several.

        A canonical name wins over an alias; of several things of one name, the one that is mentioned inside ``span`` is
        meant, else, where a person has told them apart, the one mentioned last before it.
        """
        pairs = next((table[name] for table in self._tables if name in table), [])
        found = {iri for iri, _ in pairs}
        if len(found) > 1:
            found = {iri for iri, entity in pairs if any(_meet(mention, span) for mention in entity.mentions)}
            found = found or _last_before(pairs, span)
        return found.pop() if len(found) == 1 else None


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _last_before(pairs: list[tuple[Iri, Entity]], span: Span) -> set[Iri]:
    if not all(entity.apart for _, entity in pairs):
        return set()
    before = [(mention, iri) for iri, entity in pairs for mention in entity.mentions if mention.end <= span.start]
    return {max(before)[1]} if before else set()
