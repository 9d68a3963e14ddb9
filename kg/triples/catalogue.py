"""The catalogue graph: what the built graph holds, in VoID and DCAT, with counts by graph, class and property."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg import __version__
from kg.namespaces import BASE, DCAT, DCTERMS, PREFIXES, RDF, RDFS, RID, VOID
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Quad, Term, integer

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TYPE = f"{RDF}type"
_TITLES = ("区域创新生态知识图谱", "Knowledge graph of regional innovation ecosystems")
_ABOUT = (
    "由中文区域创新报告生成；每条陈述都附原文句子及其位置。引文版权归原报告所有。",
    "Made from Chinese reports on regional innovation; every statement carries its sentence and its place in the text. "
    "The quoted words remain those of the reports.",
)


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of a set of graphs: quads by graph and property, distinct things by class, distinct subjects."""

    graphs: Mapping[Iri, int]
    properties: Mapping[Iri, int]
    classes: Mapping[Iri, int]
    subjects: int


def catalogue_quads(totals: Totals) -> list[Quad]:
    """Return the quads of ``rig:catalogue``, which describes all graphs but itself, in canonical order."""
    graph = iris.graph("catalogue")
    made = {Quad(subject, Iri(predicate), value, graph) for subject, predicate, value in _triples(totals)}
    return sorted(made, key=Quad.n3)


def _triples(totals: Totals) -> Iterator[tuple[Iri, str, Term]]:
    dataset = iris.dataset()
    for cls in (f"{VOID}Dataset", f"{DCAT}Dataset"):
        yield dataset, _TYPE, Iri(cls)
    for text, lang in zip(_TITLES, ("zh-Hans", "en"), strict=True):
        yield dataset, f"{DCTERMS}title", Literal(text, lang=lang)
        yield dataset, f"{RDFS}label", Literal(text, lang=lang)
    for text, lang in zip(_ABOUT, ("zh-Hans", "en"), strict=True):
        yield dataset, f"{DCTERMS}description", Literal(text, lang=lang)
    yield dataset, f"{DCTERMS}license", Iri(LICENCE)
    yield dataset, f"{DCAT}version", Literal(__version__)
    yield dataset, f"{VOID}uriSpace", Literal(RID)
    yield dataset, f"{VOID}triples", integer(sum(totals.graphs.values()))
    yield dataset, f"{VOID}distinctSubjects", integer(totals.subjects)
    yield dataset, f"{VOID}classes", integer(len(totals.classes))
    yield dataset, f"{VOID}properties", integer(len(totals.properties))
    for namespace in sorted(set(PREFIXES.values())):
        if not namespace.startswith(BASE) and any(p.value.startswith(namespace) for p in totals.properties):
            yield dataset, f"{VOID}vocabulary", Iri(namespace)
    for name, count in sorted(totals.graphs.items()):
        yield dataset, f"{VOID}subset", name
        yield name, _TYPE, Iri(f"{VOID}Dataset")
        yield name, f"{VOID}triples", integer(count)
    yield from _partitions(dataset, "class", totals.classes, "entities")
    yield from _partitions(dataset, "property", totals.properties, "triples")
    yield from _distribution(dataset)


def _partitions(dataset: Iri, kind: str, counts: Mapping[Iri, int], unit: str) -> Iterator[tuple[Iri, str, Term]]:
    for term, count in sorted(counts.items()):
        node = iris.partition(kind, term)
        yield dataset, f"{VOID}{kind}Partition", node
        yield node, f"{VOID}{kind}", term
        yield node, f"{VOID}{unit}", integer(count)


def _distribution(dataset: Iri) -> Iterator[tuple[Iri, str, Term]]:
    node = iris.part(dataset, "nquads")
    yield dataset, f"{DCAT}distribution", node
    yield node, _TYPE, Iri(f"{DCAT}Distribution")
    yield node, f"{DCTERMS}license", Iri(LICENCE)
    yield node, f"{DCAT}mediaType", Iri("https://www.iana.org/assignments/media-types/application/n-quads")
