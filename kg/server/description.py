"""What the endpoint says of itself: a SPARQL 1.1 service description beside the VoID and DCAT record of the graph.

https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/
"""

from collections.abc import Iterator

from kg.namespaces import DCAT, DCTERMS, RDF, RDFS, VOID
from kg.server.limits import Limits
from kg.store import Store
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Quad, Term, integer

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")
_TYPE = f"{RDF}type"


def description(store: Store, address: str, limits: Limits, union: bool, updates: bool = False) -> list[Quad]:
    """Return the description of the endpoint at ``address`` (the server's root, without the last slash)."""
    made = [Quad(subject, Iri(predicate), value) for subject, predicate, value in _service(store, address, limits, union, updates)]
    return [*made, *(Quad(quad.subject, quad.predicate, quad.object) for quad in store.quads(iris.graph("catalogue")))]


def _service(store: Store, address: str, limits: Limits, union: bool, updates: bool) -> Iterator[tuple[Iri, str, Term]]:
    endpoint = Iri(f"{address}/sparql")
    yield endpoint, _TYPE, Iri(f"{SD}Service")
    yield endpoint, f"{SD}endpoint", endpoint
    yield endpoint, f"{SD}supportedLanguage", Iri(f"{SD}SPARQL11Query")
    if updates:
        yield endpoint, f"{SD}supportedLanguage", Iri(f"{SD}SPARQL11Update")
    yield endpoint, f"{RDFS}seeAlso", Iri(f"{address}/store")  # whole graphs: there is no term for the Graph Store Protocol
    for name in (*_RESULTS, *_GRAPHS):
        yield endpoint, f"{SD}resultFormat", Iri(f"{_FORMATS}{name}")
    if union:
        yield endpoint, f"{SD}feature", Iri(f"{SD}UnionDefaultGraph")
    change = ("更新须有令牌", "updates with the token") if updates else ("不接受更新", "no updates")
    zh = f"每个查询至多 {limits.seconds:g} 秒、{limits.rows:,} 行、{limits.bytes:,} 字节；不执行 SERVICE，{change[0]}。"
    en = f"A query may take {limits.seconds:g} seconds and {limits.rows:,} rows or {limits.bytes:,} bytes; no SERVICE, {change[1]}."
    yield endpoint, f"{DCTERMS}description", Literal(zh, lang="zh-Hans")
    yield endpoint, f"{DCTERMS}description", Literal(en, lang="en")
    yield endpoint, f"{SD}defaultDataset", iris.dataset()
    yield endpoint, f"{SD}availableGraphs", iris.dataset()
    yield iris.dataset(), _TYPE, Iri(f"{SD}Dataset")
    yield iris.dataset(), f"{VOID}sparqlEndpoint", endpoint
    yield iris.dataset(), f"{VOID}dataDump", Iri(f"{address}/dump.nq")
    yield iris.dataset(), f"{DCAT}landingPage", Iri(f"{address}/")
    yield from _graphs(store)


def _graphs(store: Store) -> Iterator[tuple[Iri, str, Term]]:
    """Yield the named graphs; the IRI of a graph stands for its name and its description at once, so there is no blank node."""
    counted = f"SELECT ?g ?n WHERE {{ GRAPH {iris.graph('catalogue').n3()} {{ ?g a <{VOID}Dataset> ; <{VOID}triples> ?n }} }}"
    counts = store.select(counted)  # of the whole too, which is no named graph
    sizes = {str(row["g"]): int(str(row["n"])) for row in counts}
    for graph in store.graphs():
        yield iris.dataset(), f"{SD}namedGraph", graph
        yield graph, _TYPE, Iri(f"{SD}NamedGraph")
        yield graph, f"{SD}name", graph
        if graph.value in sizes:
            yield graph, f"{VOID}triples", integer(sizes[graph.value])
