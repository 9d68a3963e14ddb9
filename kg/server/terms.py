"""The terms of the ontology as its page lists them."""

from dataclasses import dataclass, field

from kg.catalogue import Lang, Wording
from kg.namespaces import OWL, RDFS, RIE, SKOS
from kg.store import Store
from kg.triples import iris
from kg.triples.terms import Literal

_KINDS = {
    f"{OWL}Class": Wording("类", "Classes"),
    f"{OWL}ObjectProperty": Wording("关系（对象属性）", "Relations (object properties)"),
    f"{OWL}DatatypeProperty": Wording("数据属性", "Datatype properties"),
    f"{SKOS}ConceptScheme": Wording("概念表", "Code lists"),
}
_TEXTS = {f"{RDFS}label": "labels", f"{SKOS}prefLabel": "labels", f"{SKOS}definition": "definitions"}
_LINKS = {f"{RDFS}subClassOf": "parents", f"{RDFS}subPropertyOf": "parents", f"{RDFS}domain": "domain", f"{RDFS}range": "range"}


@dataclass(slots=True)
class Described:
    """A class, property or code list; texts by language, links as IRIs."""

    iri: str
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    domain: list[str] = field(default_factory=list)
    range: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The end of the IRI, which is the anchor on the page."""
        return self.iri.replace("#", "/").rstrip("/").rpartition("/")[2]


Kinds = list[tuple[Wording, list[Described]]]


def find_terms(store: Store, lang: Lang) -> tuple[Kinds, list[Described]]:
    """Return the classes and properties of ``rie:`` by kind, A-Z, and the code lists by their names in ``lang``."""
    rows = store.select(
        f"SELECT ?term ?kind ?property ?value WHERE {{ GRAPH {iris.graph('ontology').n3()} {{ ?term a ?kind ; ?property ?value }} "
        f"VALUES ?kind {{ {' '.join(f'<{kind}>' for kind in _KINDS)} }} }}"
    )
    found: dict[str, dict[str, Described]] = {kind: {} for kind in _KINDS}
    for row in rows:
        iri, kind = str(row["term"]), str(row["kind"])
        if iri.startswith(RIE) or kind == f"{SKOS}ConceptScheme":
            _note(found[kind].setdefault(iri, Described(iri)), str(row["property"]), row["value"])
    schemes = sorted(found.pop(f"{SKOS}ConceptScheme").values(), key=lambda one: (one.labels.get(lang, ""), one.iri))
    return [(_KINDS[kind], sorted(terms.values(), key=lambda one: one.iri)) for kind, terms in found.items() if terms], schemes


def _note(term: Described, verb: str, value: object) -> None:
    if verb in _TEXTS and isinstance(value, Literal):
        texts: dict[str, str] = getattr(term, _TEXTS[verb])
        texts[value.lang[:2]] = value.value
    elif verb in _LINKS:
        links: list[str] = getattr(term, _LINKS[verb])
        links.extend([str(value)] if str(value) not in links else [])
