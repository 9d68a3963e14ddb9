"""The endpoint as SPARQL clients know it: the protocol, the forms of answers, what it says of itself, its refusals."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from kg.namespaces import RID, RIE, RIG
from kg.server.media import NAMES, ROWS, TRIPLES
from kg.server.negotiation import accepted, language
from kg.server.sink import row_counter
from kg.sparql import graphs_asked
from kg.store import Store
from tests.server_process import Served, served

ACADEMICIANS = "SELECT ?name WHERE { GRAPH ?g { ?a a rie:Academician ; rdfs:label ?name } } ORDER BY ?name"
TRIPLE = "CONSTRUCT { ?a rie:leads ?b } WHERE { GRAPH ?g { ?a rie:leads ?b } }"
REPORT = f"{RIG}report-wenzhou-huzhou-2020"


@pytest.fixture(scope="module")
def server(built_graph: Path) -> Iterator[Served]:
    with served(built_graph, "--rows", "5000") as running:
        yield running


def _names(answer: str) -> list[str]:
    return [row["name"]["value"] for row in json.loads(answer)["results"]["bindings"]]


def test_a_query_is_asked_by_get_by_form_and_as_it_stands(server: Served) -> None:
    wanted = ["李校堃", "欧阳钟灿"]
    assert _names(server.query(ACADEMICIANS).text) == wanted
    assert _names(server.client.post("/sparql", data={"query": ACADEMICIANS}).text) == wanted
    direct = server.client.post("/sparql", content=ACADEMICIANS, headers={"Content-Type": "application/sparql-query; charset=utf-8"})
    assert _names(direct.text) == wanted


def test_every_form_of_rows_can_be_asked_for_and_says_the_same(server: Served) -> None:
    for accept, form in ROWS.items():
        answer = server.query(ACADEMICIANS, accept)
        assert answer.headers["content-type"].partition(";")[0] == form
        assert "李校堃" in answer.text
        assert "欧阳钟灿" in answer.text
    rows = list(csv.reader(io.StringIO(server.query(ACADEMICIANS, "text/csv").text)))
    assert rows == [["name"], ["李校堃"], ["欧阳钟灿"]]
    xml = ElementTree.fromstring(server.query(ACADEMICIANS, "application/sparql-results+xml").content)
    assert len(xml.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 2


def test_every_form_of_triples_can_be_asked_for_and_says_the_same(server: Served) -> None:
    sizes = set()
    for form in sorted(set(TRIPLES.values())):
        answer = server.query(TRIPLE, form)
        assert answer.headers["content-type"].partition(";")[0] == form
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=answer.text, format=form)
        sizes.add(len({(s, p, o) for s, p, o, _ in dataset.quads()}))
    assert len(set(TRIPLES.values())) == 6
    assert len(sizes) == 1
    assert sizes.pop() >= 2


def test_a_link_can_name_the_form(server: Served) -> None:
    for name, form in NAMES.items():
        query = TRIPLE if form in TRIPLES.values() else ACADEMICIANS
        answer = server.query(query, format=name)
        assert answer.headers["content-type"].partition(";")[0] == form, name


def test_qualities_decide_between_forms() -> None:
    offers = ("application/json", "text/csv")
    assert accepted("text/csv;q=0.4, application/json;q=0.9", offers) == "application/json"
    assert accepted("application/*;q=0.1, text/csv", offers) == "text/csv"
    assert accepted("*/*;q=0.1, application/json;q=0", offers) == "text/csv"
    assert accepted("image/png", offers) is None
    assert accepted("text/csv;q=x", offers) is None
    assert language("en;q=0.3, zh-CN;q=0.8") == "zh"


def test_a_form_that_is_not_on_offer_is_refused_with_those_that_are(server: Served) -> None:
    answer = server.query(ACADEMICIANS, "image/png")
    assert answer.status_code == 406
    assert answer.text == "the answer has no form among those accepted - accept one of JSON, XML, CSV, TSV\n"
    assert server.query(TRIPLE, "text/csv").status_code == 406
    assert server.query(ACADEMICIANS, format="pdf").status_code == 400


def test_the_graphs_of_the_protocol_are_the_ones_that_are_asked(server: Served) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s a rie:Academician }"
    everywhere = server.query(count, "text/csv").text.split()[1]
    assert int(everywhere) >= 2
    query = {"accept": "text/csv", "default-graph-uri": REPORT}
    assert server.query(count, **query).text.split()[1] == everywhere
    assert server.query(count, "text/csv", **{"default-graph-uri": f"{RIG}authority"}).text.split()[1] == "0"
    named = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    only = server.query(named, "text/csv", **{"named-graph-uri": [REPORT, f"{RIG}authority"]})
    assert only.text.split()[1:] == [f"{RIG}authority", REPORT]


def test_nothing_is_fetched_from_elsewhere(server: Served) -> None:
    for query in (
        "SELECT * FROM <http://127.0.0.1:1/x> WHERE { ?s ?p ?o }",
        "PREFIX x: <http://127.0.0.1:1/> SELECT * FROM NAMED x:y WHERE { GRAPH ?g { ?s ?p ?o } }",
    ):
        answer = server.query(query)
        assert answer.status_code == 400
        assert f"use one of <{RIG}" in answer.text
    outside = {"default-graph-uri": "http://127.0.0.1:1/x"}
    assert "nothing is fetched from elsewhere" in server.query(ACADEMICIANS, **outside).text
    assert "不会从别处获取" in server.query(ACADEMICIANS, lang="zh", **outside).text
    service = server.query("SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "application/json")
    assert service.status_code == 400
    assert service.json()["kind"] == "service"


def test_graphs_asked_are_told_from_words_that_look_alike() -> None:
    assert graphs_asked('SELECT * { ?from ?p "FROM <http://x/>" } # FROM <http://y/>') == ()
    assert graphs_asked("BASE <http://x/> SELECT * FROM <y> { ?s ?p ?o }") == ()


def test_updates_are_refused(server: Served) -> None:
    for answer in (
        server.client.post("/sparql", data={"update": "CLEAR ALL"}),
        server.client.post("/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}),
    ):
        assert answer.status_code == 403
        assert "只读" in answer.text
    assert server.client.get("/sparql", params={"update": "CLEAR ALL"}).status_code == 400
    assert server.query("CLEAR ALL").status_code == 400
    assert server.query("LOAD <http://127.0.0.1:1/>").status_code == 400
    assert _names(server.query(ACADEMICIANS).text)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "url": "/sparql", "params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ({"method": "GET", "url": "/sparql", "params": {"query": " "}}, 400),
        ({"method": "GET", "url": "/sparql?query=%ff%fe"}, 400),
        ({"method": "POST", "url": "/sparql", "data": {"quest": "ASK {}"}}, 400),
        ({"method": "POST", "url": "/sparql", "content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        (
            {"method": "POST", "url": "/sparql", "content": b"A", "headers": {"Content-Type": "application/sparql-query;charset=utf-16"}},
            400,
        ),
        ({"method": "POST", "url": "/sparql", "content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"method": "POST", "url": "/sparql", "content": b"ASK {}"}, 415),
        ({"method": "POST", "url": "/sparql", "content": b"x" * 10_000_000, "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ({"method": "PUT", "url": "/sparql", "content": b"ASK {}"}, 405),
        ({"method": "DELETE", "url": "/sparql"}, 405),
    ],
)
def test_a_request_that_breaks_the_protocol_gets_one_sentence(server: Served, request_: dict[str, object], status: int) -> None:
    answer = server.client.request(**request_)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert " - " in answer.text
    assert answer.text.count("\n") == 1
    assert "Traceback" not in answer.text
    assert server.query("ASK {}").text == '{"head":{},"boolean":true}'


def test_a_syntax_error_names_its_line_in_both_languages_and_for_programs(server: Served) -> None:
    broken = "SELECT ?a\nWHERE {\n  ?a ?b\n}"
    answer = server.query(broken, "application/sparql-results+json")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["kind"], problem["line"]) == (400, "syntax", 4)
    assert server.query(broken, "text/csv").text.startswith("line 4 is no SPARQL 1.1 (")
    assert server.query(broken, "text/csv", lang="zh").text.startswith("第 4 行不是 SPARQL 1.1（")


def test_an_answer_can_be_kept_and_asked_after(server: Served) -> None:
    first = server.query(ACADEMICIANS)
    tag = first.headers["etag"]
    again = server.client.get("/sparql", params={"query": ACADEMICIANS}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert server.query(ACADEMICIANS, "text/csv").headers["etag"] != tag
    assert "etag" not in server.query("SELECT (NOW() AS ?now) WHERE {}").headers


def test_an_answer_that_is_kept_is_the_answer(server: Served) -> None:
    first, second = (server.query(ACADEMICIANS) for _ in range(2))
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    moving = {server.query("SELECT (RAND() AS ?n) WHERE {}").text for _ in range(3)}
    assert len(moving) == 3


def test_head_and_options_tell_what_get_would(server: Served) -> None:
    got = server.query(ACADEMICIANS)
    head = server.client.head("/sparql", params={"query": ACADEMICIANS})
    assert head.content == b""
    assert head.headers["content-length"] == str(len(got.content))
    options = server.client.options("/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert options.status_code == 204
    assert "POST" in options.headers["allow"]
    assert options.headers["access-control-allow-origin"] == "*"
    assert "authorization" not in options.headers["access-control-allow-headers"].lower()


def test_long_answers_come_packed_or_plain_and_are_the_same(server: Served) -> None:
    everything = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 5000"
    for form in ("csv", "json"):
        plain = server.client.get("/sparql", params={"query": everything, "format": form}, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        request = server.client.build_request("GET", "/sparql", params={"query": everything, "format": form})
        request.headers["Accept-Encoding"] = "gzip"
        packed = server.client.send(request, stream=True)
        raw = b"".join(packed.iter_raw())
        assert packed.headers["content-encoding"] == "gzip"
        assert len(raw) * 3 < len(plain.content)
        assert len(gzip.decompress(raw)) == len(plain.content)


def test_rows_are_counted_in_every_form_wherever_the_answer_is_cut_into_pieces(first_store: Store) -> None:
    query = 'SELECT ?s ?o WHERE { GRAPH ?g { ?s rdfs:label ?o } } VALUES ?o { "a,\\"b\\"\\r\\nc" UNDEF }'
    rows = len(first_store.select(f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {query}"))
    assert rows > 100
    for form in sorted(set(ROWS.values())):
        out = io.BytesIO()
        first_store.serialise(query, out, lambda kind, form=form: form)  # type: ignore[misc]
        for size in (7, 64, 8192):
            count = row_counter(form)
            found = sum(count(out.getvalue()[at : at + size]) for at in range(0, len(out.getvalue()), size))
            assert found - rows in (-1, 0, 1), (form, size)  # the heading is a line too, the last JSON row has no comma


def test_the_endpoint_describes_itself(server: Served) -> None:
    graph = rdflib.Graph().parse(data=server.client.get("/sparql").text, format="turtle")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (endpoint,) = graph.subjects(rdflib.RDF.type, service.Service)
    assert str(endpoint) == f"{server.address}/sparql"
    assert {str(name) for name in graph.objects(rdflib.URIRef(f"{RID}dataset"), service.namedGraph)} >= {REPORT, f"{RIG}ontology"}
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    assert int(str(graph.value(rdflib.URIRef(f"{RID}dataset"), void.triples))) > 10_000
    for form in sorted(set(TRIPLES.values())):
        same = rdflib.Dataset(default_union=True)
        same.parse(data=server.client.get("/sparql", headers={"Accept": form}).text, format=form)
        assert len({(s, p, o) for s, p, o, _ in same.quads()}) == len(graph), form


def test_the_limits_are_announced_with_every_answer(server: Served) -> None:
    for answer in (server.query("ASK {}"), server.query("ASK")):
        assert answer.headers["kg-row-limit"] == "5000"
        assert answer.headers["kg-time-limit"] == "30"
        assert int(answer.headers["kg-byte-limit"]) > 1_000_000


def test_rdflib_reads_the_graph_through_its_sparql_store(server: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.address}/sparql"))
    leads = rdflib.URIRef(f"{RIE}leads")
    triples = list(graph.triples((None, leads, None)))
    assert len(triples) >= 2
    names = {str(name) for person, _, _ in triples for name in graph.objects(person, rdflib.RDFS.label)}
    assert "李校堃" in names
    rows = list(graph.query(f"SELECT ?name WHERE {{ ?a a <{RIE}Academician> ; <{rdflib.RDFS.label}> ?name }}"))
    assert {str(row[0]) for row in rows} >= {"李校堃", "欧阳钟灿"}


def test_sparqlwrapper_reads_the_graph_by_get_and_post(server: Served) -> None:
    client = SPARQLWrapper(f"{server.address}/sparql")
    client.setQuery(ACADEMICIANS)
    client.setReturnFormat(JSON)
    assert _names(json.dumps(client.queryAndConvert())) == ["李校堃", "欧阳钟灿"]
    client.setMethod(POST)
    assert _names(json.dumps(client.queryAndConvert())) == ["李校堃", "欧阳钟灿"]
    client.setQuery(TRIPLE)
    assert len(client.queryAndConvert()) >= 2
