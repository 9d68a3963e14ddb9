"""Whole graphs over HTTP (Graph Store HTTP Protocol): read by anyone, written with the token, wholly or not at all."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.namespaces import RIG
from kg.server.graph_store import LONGEST
from kg.server.media import TRIPLES
from tests.server_process import Served, served

TOKEN = "瓯江".encode().hex() + "-0123456789abcdef"
GRAPH = "http://example.org/图/1"
AUTHORITY = f"{RIG}authority"
TURTLE = {"Content-Type": "text/turtle; charset=utf-8", "Authorization": f"Bearer {TOKEN}"}
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
LAB = f'<http://example.org/实验室> {LABEL} "瓯江实验室"@zh ; <http://example.org/at> [ <http://example.org/in> "温州" ] .'


@pytest.fixture(scope="module")
def reading(built_graph: Path) -> Iterator[Served]:
    with served(built_graph, "--workers", "1") as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("own")
    (folder / "token").write_text(f"{TOKEN}\n", encoding="ascii")
    with served(folder / "graph", "--update-token-file", str(folder / "token"), "--empty-default-graph", "--lang", "en") as running:
        yield running


def _place(graph: str = GRAPH) -> str:
    return f"/store?graph={quote(graph, safe='')}"


def _send(server: Served, method: str, document: str, place: str = _place(), **headers: str) -> httpx.Response:
    return server.client.request(method, place, content=document.encode(), headers=TURTLE | {"Accept-Language": "en"} | headers)


def _graph(server: Served, place: str = _place()) -> rdflib.Graph:
    answer = server.client.get(place, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.text, format="turtle")


def _written(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="turtle")


def test_a_named_graph_is_read_in_every_form(reading: Served) -> None:
    wanted = rdflib.Graph().parse(data=reading.client.get("/data/graph/authority", headers={"Accept": "text/turtle"}).text, format="turtle")
    assert len(wanted) > 50
    for form in sorted(set(TRIPLES.values())):
        answer = reading.client.get(_place(AUTHORITY), headers={"Accept": form})
        assert answer.headers["content-type"].startswith(form)
        found = rdflib.Dataset(default_union=True)
        found.parse(data=answer.text, format=form)
        assert len({(s, p, o) for s, p, o, _ in found.quads()}) == len(wanted), form
    tag = answer.headers["etag"]
    assert reading.client.get(_place(AUTHORITY), headers={"Accept": form, "If-None-Match": tag}).status_code == 304


def test_head_says_what_get_would(reading: Served) -> None:
    got, head = (reading.client.request(method, _place(AUTHORITY)) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", got.headers["content-length"])
    assert reading.client.head(_place("http://example.org/none")).status_code == 404


def test_the_default_graph_is_the_one_that_queries_see(reading: Served, server: Served) -> None:
    everything = reading.client.get("/store?default", headers={"Accept": "application/n-triples"}).text
    assert "李校堃" in everything
    assert server.client.get("/store?default", headers={"Accept": "application/n-triples"}).text == ""


@pytest.mark.parametrize(
    ("method", "place", "status"),
    [
        ("GET", "/store", 400),
        ("GET", f"{_place(AUTHORITY)}&default", 400),
        ("GET", f"{_place(AUTHORITY)}&graph=x%3Ay", 400),
        ("GET", "/store?graph=authority", 400),
        ("GET", "/store?graph=http%3A%2F%2Fexample.org%2F%3E%20%7D", 400),
        ("GET", "/store?graph=%ff", 400),
        ("GET", f"{_place(AUTHORITY)}&format=pdf", 400),
        ("GET", f"{_place(AUTHORITY)}&format=csv", 406),
        ("GET", _place("http://example.org/none"), 404),
        ("GET", "/store/none", 404),
        ("PATCH", _place(AUTHORITY), 405),
        ("PUT", _place(AUTHORITY), 403),
        ("POST", _place(AUTHORITY), 403),
        ("DELETE", _place(AUTHORITY), 403),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(reading: Served, method: str, place: str, status: int) -> None:
    answer = reading.client.request(method, place, headers={"Accept-Language": "zh"}, content=b"" if method == "GET" else b"x")
    assert answer.status_code == status
    assert answer.text.count("\n") == 1
    assert " - " in answer.text


def test_a_graph_is_put_read_added_to_and_removed(server: Served) -> None:
    assert _send(server, "PUT", LAB).status_code == 201
    assert isomorphic(_graph(server), _written(LAB))
    more = "<http://example.org/实验室> <http://example.org/at> [ <http://example.org/in> '湖州' ] ."
    assert _send(server, "POST", more).status_code == 204
    assert isomorphic(_graph(server), _written(LAB + more))
    assert server.query("SELECT ?n { GRAPH <http://example.org/图/1> { ?s rdfs:label ?n } }", "text/csv").text.split() == [
        "n",
        "瓯江实验室",
    ]
    assert _send(server, "PUT", more).status_code == 204
    assert isomorphic(_graph(server), _written(more))
    assert _send(server, "PUT", "").status_code == 204
    assert len(_graph(server)) == 0
    assert [_send(server, "DELETE", "").status_code for _ in range(2)] == [204, 404]
    assert server.client.get(_place()).status_code == 404


def test_a_new_graph_gets_a_name_and_a_graph_may_be_named_by_its_address(server: Served) -> None:
    made = _send(server, "POST", LAB, "/store")
    assert made.status_code == 201
    assert made.headers["location"].startswith(f"{server.address}/store/")
    assert isomorphic(_graph(server, made.headers["location"]), _written(LAB))
    assert _send(server, "PUT", LAB, "/store/实验室/1").status_code == 201
    assert isomorphic(_graph(server, f"/store?graph={server.address}/store/{quote(quote('实验室'))}/1"), _written(LAB))
    assert _send(server, "PUT", "", "/store?default").status_code == 204
    assert _send(server, "POST", "<> <http://example.org/p> 1 .", "/store?default").status_code == 400  # relative to what?


def test_several_documents_come_in_one_form(server: Served) -> None:
    place = _place("http://example.org/form")
    documents = {
        "a": ("a.ttl", "<http://example.org/a> <http://example.org/p> '温州' .".encode(), "text/turtle"),
        "b": ("b.nt", b"<http://example.org/b> <http://example.org/p> _:x .", "application/n-triples"),
    }
    sent = server.client.post(place, files=documents, headers={"Authorization": f"Bearer {TOKEN}"})
    assert sent.status_code == 201, sent.text
    assert len(_graph(server, place)) == 2


@pytest.mark.parametrize("place", ["x>{}", "x>{<x:a><x:b><x:c>}};CLEAR/**/ALL;INSERT{GRAPH<x", "x|y^z`", "a\\b"])
def test_an_address_that_is_no_iri_names_no_graph(server: Served, place: str) -> None:
    head = f"Host: x\r\nContent-Type: text/turtle\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    for method in ("GET", "PUT", "DELETE"):
        assert server.raw(f"{method} /store/{place} HTTP/1.1\r\n{head}".encode()).startswith(b"HTTP/1.1 400 "), method


@pytest.mark.parametrize("token", ["", "Bearer wrong", f"Basic {TOKEN}"])
def test_without_the_token_no_graph_changes(server: Served, token: str) -> None:
    assert _send(server, "PUT", LAB, _place("http://example.org/kept")).status_code in (201, 204)
    for method in ("PUT", "POST", "DELETE"):
        answer = _send(server, method, "", _place("http://example.org/kept"), Authorization=token)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert isomorphic(_graph(server, _place("http://example.org/kept")), _written(LAB))


@pytest.mark.parametrize(
    ("kind", "document", "said"),
    [
        ("text/turtle", f"{LAB}\n<http://example.org/x> <http://example.org/p> .", "document, line 2: it cannot be read"),
        ("application/ld+json", '{"@graph": [{"@id": "x:a", "@graph": [{"@id": "x:b", "x:p": 1}]}]}', "it cannot be read"),
        ("application/rdf+xml", "<rdf:RDF", "it cannot be read"),
    ],
)
def test_a_document_that_cannot_be_read_changes_nothing(server: Served, kind: str, document: str, said: str) -> None:
    place = _place("http://example.org/broken")
    _send(server, "PUT", LAB, place)
    answer = _send(server, "PUT", document, place, **{"Content-Type": kind})
    assert answer.status_code == 400
    assert said in answer.text
    assert isomorphic(_graph(server, place), _written(LAB))


@pytest.mark.parametrize("kind", ["", "text/csv", "application/n-quads", "text/turtle; charset=gb18030", "multipart/form-data"])
def test_a_document_of_another_type_is_not_read(server: Served, kind: str) -> None:
    answer = _send(server, "PUT", LAB, **{"Content-Type": kind})
    assert answer.status_code == 415
    assert "text/turtle" in answer.headers["accept-post"]


def test_a_context_elsewhere_is_not_fetched(server: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(0.05)
        document = f'{{"@context": "http://127.0.0.1:{outside.getsockname()[1]}/c.jsonld", "@id": "x:a", "name": "湖州"}}'
        assert _send(server, "PUT", document, **{"Content-Type": "application/ld+json"}).status_code == 400
        with pytest.raises(TimeoutError):
            outside.accept()


def test_a_document_beyond_the_limit_is_not_taken(server: Served) -> None:
    head = f"PUT {_place()} HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\nAuthorization: Bearer {TOKEN}\r\n"
    answer = server.raw(f"{head}Content-Length: {LONGEST + 1}\r\n\r\n".encode() + b"# ")
    assert answer.startswith(b"HTTP/1.1 413 ")


TEXTS = st.text(alphabet="湖州'\"\\{}<>#;\n\t@^. ", max_size=12)


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.sampled_from(["", "@zh", "^^<http://example.org/t>"]))
def test_no_text_leaves_its_quotes(server: Served, text: str, suffix: str) -> None:
    literal = rdflib.Literal(text).n3() + suffix
    place = _place("http://example.org/text")
    assert _send(server, "PUT", f"<http://example.org/s> <http://example.org/p> {literal} .", place).status_code in (201, 204)
    assert [str(value) for value in _graph(server, place).objects()] == [text]


def test_the_description_names_the_address_of_graphs(reading: Served) -> None:
    graph = rdflib.Graph().parse(data=reading.client.get("/sparql").text, format="turtle")
    assert rdflib.URIRef(f"{reading.address}/store") in set(graph.objects(rdflib.URIRef(f"{reading.address}/sparql"), rdflib.RDFS.seeAlso))
    allowed = reading.client.options("/store").headers
    assert "PUT" in allowed["allow"]
    assert "authorization" not in allowed["access-control-allow-headers"].lower()
