"""The records that a name may mean: all that bear it, in full or shortened, whatever becomes of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.authority.record import AuthorityRecord
from kg.authority.words import Ground
from kg.facts import Entity
from kg.mentions.gazetteer import Identified, Organisation, Place, identified, organisations, organisations_called, places_called
from kg.mentions.places import full_name, home_of
from kg.mentions.short_names import universities_called

DIVISION_TYPES = frozenset({"City", "Province", "District"})
ORGANISATION_TYPES = frozenset({"University", "Institute", "Platform", "Enterprise", "GovernmentBody"})
PERSON_TYPES = frozenset({"Person", "Academician"})
LINKABLE = DIVISION_TYPES | ORGANISATION_TYPES | PERSON_TYPES | {"Region", "Country", "Park"}
_FAMILIES = (DIVISION_TYPES | {"Region", "Country"}, frozenset({"University", "Institute", "Platform"}))
_SHORTEST = 3  # characters of an abbreviation such as 温医大: 浙大 alone would fit a dozen universities


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that bears ``matched``, one of the names of a thing; ``fits`` says whether it is of the thing's kind."""

    record: AuthorityRecord
    matched: str
    ground: Ground
    fits: bool
    place: Place | None = None
    verified: bool = False


def find_hits(entity: Entity) -> tuple[Hit, ...]:
    """Return the records that ``entity`` may mean, each once, those of its canonical name first; none for other kinds of thing."""
    if entity.type not in LINKABLE:
        return ()
    found: dict[tuple[str, ...], Hit] = {}
    for name in dict.fromkeys((entity.name, *entity.aliases)):
        for hit in _hits(name, entity):
            found.setdefault(hit.record.codes() or (hit.record.name,), hit)
    return tuple(found.values())


def _hits(name: str, entity: Entity) -> Iterator[Hit]:
    if entity.type in DIVISION_TYPES:
        yield from _divisions(name, entity)
    elif entity.type not in PERSON_TYPES:
        yield from _organisations(name, entity)
    known = identified().get(name)
    if known is not None and not _is_listed(known):
        fits = fits_type(known, entity)
        yield Hit(AuthorityRecord(known.name, _ids(known), known.en), name, "same-name", fits, verified=True)


def _divisions(name: str, entity: Entity) -> Iterator[Hit]:
    whole = home_of(name) if name == entity.name else None
    for place in dict.fromkeys((*([whole] if whole and full_name(whole) == name else ()), *places_called(name))):
        known = identified().get(full_name(place))
        known = known if known is not None and fits_type(known, entity) else None
        en = known.en if known and known.en else place.en
        ids = {"gb2260": place.code} | (_ids(known) if known else {})
        ground: Ground = "same-name" if name in (place.name, full_name(place)) else "short-name"
        fits = place.type == entity.type or full_name(place) == entity.name
        yield Hit(AuthorityRecord(full_name(place), ids, en), name, ground, fits, place, known is not None)


def _organisations(name: str, entity: Entity) -> Iterator[Hit]:
    for found in organisations_called(name):
        ground: Ground = "same-name" if found.name == name else "short-name"
        yield _organisation(found, name, ground, entity)
    if entity.type == "University" and name.endswith("大") and len(name) >= _SHORTEST:
        for full in universities_called(name):
            yield _organisation(organisations()[full], name, "abbreviation", entity)


def _organisation(found: Organisation, name: str, ground: Ground, entity: Entity) -> Hit:
    known = identified().get(found.name)
    known = known if known is not None and known.ror == found.ror and fits_type(known, entity) else None
    ids = {scheme: value for scheme, value in (("ror", found.ror), ("wikidata", found.wikidata)) if value}
    ids |= _ids(known) if known else {}
    en = known.en if known and known.en else found.en
    return Hit(AuthorityRecord(found.name, ids, en), name, ground, entity.type in ORGANISATION_TYPES, None, known is not None)


def fits_type(known: Identified, entity: Entity) -> bool:
    """Say whether a record is of the kind of ``entity``: the same type, or one that texts use for it as well."""
    return known.type == entity.type or any(known.type in family and entity.type in family for family in _FAMILIES)


def _is_listed(known: Identified) -> bool:
    """Say whether the tables of divisions or organisations have the same record, so that it is not counted twice."""
    listed = any(found.ror == known.ror for found in organisations_called(known.name))
    place = home_of(known.name) if known.type in DIVISION_TYPES else None
    return listed or (place is not None and full_name(place) == known.name)


def _ids(known: Identified) -> dict[str, str]:
    return {scheme: value for scheme in ("wikidata", "geonames", "ror") if (value := getattr(known, scheme))}
