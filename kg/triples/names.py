"""Which named thing a name in a fact means."""

from collections.abc import Iterable

from kg.facts import Entity, Span
from kg.triples import iris
from kg.triples.terms import Iri

_PERSONAL = {"Person"}


def entity_iri(found: Entity, report: str) -> Iri:
    """Return the IRI of an entity.

    One name is one thing in all reports, with two exceptions: persons, since namesakes are common (an academician's name
    is told apart by the title, another person's by the report), and headings, which belong to their report.
    """
    if found.type == "Academician":
        return iris.entity(found.name, "院士")
    if found.type in _PERSONAL or found.type == "Heading":
        return iris.entity(found.name, f"{found.type}:{report}")
    return iris.entity(found.name)


class Names:
    """The entities of a report by canonical name and alias; headings name nothing but themselves."""

    def __init__(self, entities: Iterable[Entity], report: str) -> None:
        self._by_name: dict[str, list[tuple[Iri, Entity]]] = {}
        self._by_alias: dict[str, list[tuple[Iri, Entity]]] = {}
        for entity in entities:
            if not entity.mentions:
                continue
            pair = (entity_iri(entity, report), entity)
            self._by_name.setdefault(entity.name, []).append(pair)
            for alias in entity.aliases:
                self._by_alias.setdefault(alias, []).append(pair)

    def find(self, name: str, span: Span) -> Iri | None:
        """Return the entity called ``name``, ``None`` if there is none or several.

        A canonical name wins over an alias, a thing over a heading; of several things of one name, the one that is
        mentioned inside ``span`` is meant.
        """
        for table in (self._by_name, self._by_alias):
            pairs = table.get(name, [])
            pairs = [pair for pair in pairs if pair[1].type != "Heading"] or pairs
            found = {iri for iri, _ in pairs}
            if len(found) > 1:
                found = {iri for iri, entity in pairs if any(_meet(mention, span) for mention in entity.mentions)}
            if len(found) == 1:
                return found.pop()
            if pairs:
                return None
        return None


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
