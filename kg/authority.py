"""Link the entities of a report to what is known elsewhere: divisions of China, ROR, Wikidata, GeoNames.

A link says ``skos:exactMatch``: it is made only where exactly one record can be meant. A name that two records share,
or a short name that fits several places, stays without a link.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.facts import Entity
from kg.mentions.gazetteer import Identified, Organisation, Place, identified, organisations
from kg.mentions.places import full_name, home_of

PLACE_TYPES = frozenset({"City", "Province", "District"})
ORGANISATION_TYPES = frozenset({"University", "Institute", "Platform", "Enterprise", "GovernmentBody"})


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """What is known elsewhere of the thing called ``name``.

    ``ids`` maps a scheme (``wikidata``, ``geonames``, ``ror``, ``gb2260``) to its bare id; ``en`` is the English label
    or an empty string; ``reason`` says why this record and no other is meant.
    """

    name: str
    ids: Mapping[str, str] = field(default_factory=dict)
    en: str = ""
    reason: str = ""

    def uris(self) -> tuple[str, ...]:
        """Return the ids that have a web address, as IRIs in the order of their schemes.

        >>> AuthorityRecord("浙江大学", {"wikidata": "Q197543", "ror": "00a2xv884"}).uris()
        ('https://ror.org/00a2xv884', 'http://www.wikidata.org/entity/Q197543')
        """
        return tuple(WEB[scheme].format(self.ids[scheme]) for scheme in WEB if self.ids.get(scheme))


WEB = {
    "ror": "https://ror.org/{}",
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}


def link(entities: Iterable[Entity]) -> Mapping[str, AuthorityRecord]:
    """Return the record of each entity that has exactly one, by canonical name, in the order of ``entities``."""
    found: dict[str, AuthorityRecord] = {}
    for entity in entities:
        record = _record(entity)
        if record is not None:
            found[entity.name] = record
    return found


def _record(entity: Entity) -> AuthorityRecord | None:
    place = _place(entity)
    organisation = organisations().get(entity.name) if entity.type in ORGANISATION_TYPES else None
    known = identified().get(entity.name)
    if known is not None and not _fits(known, entity):
        known = None
    if place is None and organisation is None and known is None:
        return None
    ids = _ids(place, organisation, known)
    en = (known.en if known else "") or (organisation.en if organisation else "") or (place.en if place else "")
    return AuthorityRecord(entity.name, ids, en, _reason(place, organisation, known))


def _fits(known: Identified, entity: Entity) -> bool:
    same = ({"City", "Province", "District", "Region", "Country"}, {"University", "Institute", "Platform"})
    return known.type == entity.type or any(known.type in family and entity.type in family for family in same)


def _place(entity: Entity) -> Place | None:
    if entity.type not in PLACE_TYPES:
        return None
    place = home_of(entity.name)
    return place if place is not None and full_name(place) == entity.name else None


def _ids(place: Place | None, organisation: Organisation | None, known: Identified | None) -> dict[str, str]:
    ids = {"gb2260": place.code} if place else {}
    if organisation is not None:
        ids |= {"ror": organisation.ror, "wikidata": organisation.wikidata}
    if known is not None:
        ids |= {scheme: value for scheme in ("wikidata", "geonames", "ror") if (value := getattr(known, scheme))}
    return {scheme: value for scheme, value in sorted(ids.items()) if value}


def _reason(place: Place | None, organisation: Organisation | None, known: Identified | None) -> str:
    if known is not None:
        return "verified record of graph/authority/identifiers.tsv"
    if organisation is not None:
        return "only ROR record of this Chinese name"
    return "only division of this full name" if place else ""
