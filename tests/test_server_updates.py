"""Updates over HTTP: only with the token, only where no report is contradicted, all of one or nothing, and nothing fetched."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, QueryError
from kg.sparql import calls_out, loads, with_using
from kg.store import Store
from tests.server_process import KG, Served, served

TOKEN = "湖州".encode().hex() + "-0123456789abcdef"
GRAPH = "http://example.org/g"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("own")
    (folder / "token").write_text(f"{TOKEN}\n", encoding="ascii")
    with served(folder / "graph", "--update-token-file", str(folder / "token"), "--timeout", "2", "--lang", "en") as running:
        yield running


def _update(server: Served, text: str, token: str = TOKEN, **params: str) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-update", "Accept-Language": "en"} | (
        {"Authorization": f"Bearer {token}"} if token else {}
    )
    return server.client.post("/sparql", content=text.encode(), params=params, headers=headers)


def _count(server: Served) -> int:
    return int(server.query(COUNT, "text/csv").text.split()[1])


def test_what_an_update_writes_is_in_the_next_answer_and_survives_the_server(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN, encoding="ascii")
    for round_ in (0, 1):
        with served(tmp_path / "graph", "--update-token-file", str(tmp_path / "token")) as server:
            assert _count(server) == round_
            done = _update(server, f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <http://example.org/{round_}> rdfs:label "湖州市"@zh }} }}')
            assert (done.status_code, done.content) == (204, b"")
            assert _count(server) == round_ + 1
            assert "etag" not in server.query(COUNT).headers
            assert "SPARQL11Update" in server.client.get("/sparql").text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x"])
def test_without_the_right_token_nothing_changes(server: Served, token: str) -> None:
    before = _count(server)
    answer = _update(server, f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:a> <x:b> <x:{len(token)}> }} }}", token)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert answer.text == "an update needs the token - send the right one as Authorization: Bearer\n"
    form = server.client.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": f"Basic {TOKEN}"})
    assert form.status_code == 401
    assert _count(server) == before


def test_a_graph_made_from_reports_takes_no_updates(built_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN, encoding="ascii")
    (tmp_path / "short").write_text("secret", encoding="ascii")
    for graph, file, wanted in (
        (built_graph, "token", "updates would part it from them"),
        (built_graph / "store", "token", "updates would part it from them"),
        (tmp_path / "graph", "short", "no token that can be used"),
        (tmp_path / "graph", "absent", "cannot be read"),
    ):
        command = [KG, "serve", "--graph", str(graph), "--port", "0", "--lang", "en", "--update-token-file", str(tmp_path / file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 2
        assert wanted in done.stderr
        assert done.stderr.count("\n") == 1


def test_an_update_is_done_wholly_or_not_at_all(server: Served) -> None:
    before = _count(server)
    first = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:half> <x:p> 1 }} }} ; "
    broken = _update(server, first + "INSERT DATA { oops }")
    assert (broken.status_code, broken.text.partition(" (")[0]) == (400, "line 1 is no SPARQL 1.1")
    failing = _update(server, first + "CREATE GRAPH <x:new> ; CREATE GRAPH <x:new>")
    assert failing.status_code == 400
    assert "nothing was changed" in failing.text
    assert _count(server) == before


def test_an_update_that_runs_too_long_is_ended_and_leaves_the_store_as_it_was(server: Served) -> None:
    rows = " ".join(f"<x:{i}>" for i in range(300))
    bomb = f"INSERT {{ GRAPH <{GRAPH}> {{ ?a ?b ?c }} }} WHERE {{ VALUES ?a {{ {rows} }} VALUES ?b {{ {rows} }} VALUES ?c {{ {rows} }} }}"
    before = _count(server)
    answer = _update(server, bomb)
    assert answer.status_code == 504
    assert _count(server) == before
    assert _update(server, f"CLEAR SILENT GRAPH <{GRAPH}>").status_code == 204


def test_a_writer_that_is_killed_loses_nothing_that_was_confirmed(server: Served) -> None:
    assert _update(server, f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:kept> <x:p> "瓯江实验室" }} }}').status_code == 204
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 15
    while (answer := server.query(f"ASK {{ GRAPH <{GRAPH}> {{ <x:kept> ?p '瓯江实验室' }} }}", "text/csv")).text != "true":
        assert time.monotonic() < end, answer.text
        time.sleep(0.05)


def test_the_graphs_of_the_protocol_stand_for_using(server: Served) -> None:
    assert _update(server, "INSERT DATA { GRAPH <x:one> { <x:s> <x:p> 1 } GRAPH <x:two> { <x:s> <x:p> 2 } }").status_code == 204
    copy = "INSERT { GRAPH <x:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert _update(server, copy, **{"using-graph-uri": "x:two"}).status_code == 204
    assert server.query("SELECT ?o WHERE { GRAPH <x:copy> { ?s ?p ?o } }", "text/csv").text.split() == ["o", "2"]
    for text, graph in (
        ("WITH <x:one> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", "x:two"),
        ("DELETE WHERE { ?s ?p 1 }", "x:two"),
        (copy, "x:two> WHERE {} ; CLEAR ALL ; INSERT {} USING <x:two"),
        (copy, "two"),
    ):
        answer = _update(server, text, **{"using-graph-uri": graph})
        assert answer.status_code == 400, text
        assert "using-graph-uri cannot be used with this update" in answer.text
    _update(server, "DROP GRAPH <x:one> ; DROP GRAPH <x:two> ; DROP GRAPH <x:copy>")


def test_using_is_written_before_where_and_nowhere_else() -> None:
    text = "INSERT { ?s ?p '} WHERE {' } WHERE { ?s ?p ?where FILTER EXISTS { SELECT * WHERE { ?s ?p ?o } } } # WHERE {"
    assert with_using(text, ["x:a"], ["x:b"]) == text.replace(
        "} WHERE { ?s ?p ?where", "} USING <x:a> USING NAMED <x:b> WHERE { ?s ?p ?where"
    )
    with pytest.raises(InputError):
        with_using(text, ["x:a\n"], [])


@pytest.mark.parametrize(
    "hidden",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE#\n SILENT#\n<{0}>#\n{{ ?s ?p ?o }} }}",
        "PREFIX x: <http://x/> SELECT * {{ BIND(x:a\\'b AS ?z) SERVICE <{0}> {{ ?s ?p ?o }} FILTER(?z != '') }}",
        "SELECT * {{ BIND(1 AS ?o) FILTER(?o<'&&>'||true) SERVICE <{0}> {{ ?s ?p ?x }} FILTER(?o != '') }}",
        "SELECT * {{ SELECT * {{ BIND(1 AS ?o) FILTER(?o<'&&>'||true) SERVICE SILENT <{0}> {{ ?s ?p ?x }} FILTER(?o != '') }} }}",
        "SELECT * {{ BIND(<{0}> AS ?a·b) SERVICE ?a·b{{ ?s ?p ?x }} }}",
        "PREFIX : <{0}> SELECT * {{ SERVICE:{{ ?s ?p ?x }} }}",
        "SELECT * {{ S\\u0045RVICE <{0}> {{ ?s ?p ?x }} S\\U00000045RVICE <{0}> {{ ?s ?p ?x }} }}",
    ],
)
def test_however_a_call_is_hidden_no_connection_is_opened(server: Served, hidden: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(0.05)
        query = hidden.format(f"http://127.0.0.1:{outside.getsockname()[1]}/")
        assert calls_out(query)
        answer = server.query(query, "application/json")
        assert (answer.status_code, answer.json()["kind"]) == (400, "service")
        changed = _update(server, f"INSERT {{ <x:a> <x:b> <x:c> }} WHERE {{ {query[query.index('{') + 1 : -1]} }}")
        assert changed.status_code == 400
        with pytest.raises(TimeoutError):
            outside.accept()


@pytest.mark.parametrize("load", ["LOAD <{0}>", "CLEAR ALL;LOAD SILENT#\n<{0}> INTO GRAPH <x:g>", "PREFIX x: <{0}> LOAD x:a", "load<{0}>"])
def test_nothing_is_loaded_from_elsewhere(server: Served, load: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(0.05)
        before = _count(server)
        answer = _update(server, load.format(f"http://127.0.0.1:{outside.getsockname()[1]}/"))
        assert answer.status_code == 400
        assert "LOAD fetches a document" in answer.text
        assert _count(server) == before
        with pytest.raises(TimeoutError):
            outside.accept()


def test_the_words_alone_are_no_calls() -> None:
    for query in (
        "SELECT ?service ?x { ?s ?service ?x }",
        "SELECT * { ?s ex:service ?o . FILTER(CONTAINS(?o, 'SERVICE')) OPTIONAL { ?o ?p ?q } }",
        "PREFIX ex: <http://example.org/service#> SELECT * FROM <http://example.org/service> { ?s ?p ?o } # the service",
        "SELECT ?theservice ?x { GRAPH ?service { ?s ?p 'customer service' } }",
    ):
        assert not calls_out(query), query
    for update in (
        "DELETE DATA { <x:a> ex:load 'load' }",
        "INSERT { ?load ?p ?o } WHERE { ?load ?p ?o }",
        "DELETE DATA { <x:load> <x:workload> 1 }",
    ):
        assert not loads(update), update


@given(st.text(alphabet="'\"\\<>#{}?:.x \n", max_size=20), st.text(alphabet="'\"\\<>#{}?:.x \n", max_size=20))
def test_whatever_stands_around_a_call_it_is_seen(before: str, after: str) -> None:
    assert calls_out(f"{before} SERVICE <http://127.0.0.1/>{{ ?s ?p ?o }}{after}")


def test_only_a_store_that_was_opened_to_write_is_changed(built_graph: Path) -> None:
    with pytest.raises(QueryError, match="nothing was changed"):
        Store.open(built_graph).update("CLEAR ALL")
    assert len(Store.open(built_graph)) > 1000
