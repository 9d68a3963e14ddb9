"""The words that a candidate may use: predicates, entity types, measures, statuses and kinds of event, from the ontology."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from kg.facts import Measure, Modality, Status
from kg.namespaces import RDFS, RIE, SKOS
from kg.resources import resource
from kg.triples.classes import ENTITY_CLASSES

_CAPITAL = re.compile(r"[A-Z]")
MEASURES: tuple[Measure, ...] = get_args(Measure)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Words:
    """The words with what they mean in Chinese: ``{"leads": "人领导、领衔、牵头一个机构或团队。", ...}``, in alphabetical order."""

    predicates: Mapping[str, str]
    types: Mapping[str, str]
    events: Mapping[str, str]


@cache
def words() -> Words:
    """Return the words of the shipped ontology: the properties below ``rie:relatesTo``, the classes of named things and events."""
    import rdflib

    graph = rdflib.Graph()
    for name in ("core", "external"):
        graph.parse(resource("ontology") / f"{name}.ttl", format="turtle")

    def meaning(iri: str, property_: str) -> str:
        said = graph.objects(rdflib.URIRef(iri), rdflib.URIRef(property_))
        return next((str(text) for text in said if getattr(text, "language", None) == "zh-Hans"), "")

    def below(parent: str, relation: str) -> list[str]:
        found = graph.subjects(rdflib.URIRef(f"{RDFS}{relation}"), rdflib.URIRef(f"{RIE}{parent}"))
        return sorted(str(iri) for iri in found if str(iri).startswith(RIE))

    predicates = {_snake(iri.removeprefix(RIE)): meaning(iri, f"{SKOS}definition") for iri in below("relatesTo", "subPropertyOf")}
    events = below("EcosystemEvent", "subClassOf")
    return Words(
        predicates,
        {name: meaning(ENTITY_CLASSES[name], f"{RDFS}label") for name in sorted(ENTITY_CLASSES)},
        {iri.removeprefix(RIE).removesuffix("Event").lower(): meaning(iri, f"{RDFS}label") for iri in events if iri.endswith("Event")},
    )


def _snake(name: str) -> str:
    """Return a property's name as the facts format spells it.

    >>> _snake("cooperatesWith")
    'cooperates_with'
    """
    return _CAPITAL.sub(lambda match: f"_{match[0].lower()}", name)
