"""Servers that fail, lie, stall or send us elsewhere, and disks that are full: a sentence each, and the graph stays whole."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import InputError, QueryError, StoreError
from kg.namespaces import RIG
from kg.store import Store, transport
from kg.store.credentials import find_credentials
from kg.store.remote import RemoteStore
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Quad
from tests.servers import free_port

JSON = "application/sparql-results+json"
EMPTY = b'{"head": {"vars": ["s", "p", "o"]}, "results": {"bindings": []}}'
GRAPH = Iri(f"{RIG}report-linjiang")
QUAD = Quad(iris.entity("临江市"), Iri(f"{RIG}quote"), Literal("居全省第二"), GRAPH)
Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


class Speaker:
    """A server whose answers a test decides; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answer: Answer = say()
        speaker = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                speaker.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                speaker.answer(self, body)

            do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/query"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def say(body: bytes = EMPTY, media: str = JSON, status: int = 200, headers: dict[str, str] | None = None, length: int = 0) -> Answer:
    """Answer with ``body``; ``length`` promises more than that."""

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(status)
        if media:
            handler.send_header("Content-Type", media)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(length or len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = bool(length)

    return answer


def in_turn(*answers: Answer) -> Answer:
    left = list(answers)

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler, body)

    return answer


def hang_up(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    handler.close_connection = True


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaker]:
    monkeypatch.setattr(transport, "FIRST_PAUSE", 0.01)
    speaker = Speaker()
    yield speaker
    speaker.close()


def connect(server: Speaker, **environment: str) -> RemoteStore:
    return RemoteStore.connect(server.address, environment={"KG_STORE_NETRC": "", "HOME": "/nonexistent", **environment})


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (say(b"oh no", "text/plain", 500), r"the server answers 500 \(oh no\) - check the address"),
        (say(b"<html>Page\n</html>", "text/html", 404), r"the server answers 404 - check the address"),
        (say(b"<html></html>", "text/html"), "its answer is text/html, not SPARQL results in JSON"),
        (say(EMPTY, ""), "its answer is of no media type, not SPARQL results"),
        (say(b""), "its answer is broken, or was cut short"),
        (say(EMPTY[:40]), "its answer is broken, or was cut short"),
        (say(b'{"head": {"vars": ["s"]}, "results": {"bindings": [ The SPARQL operation has been cancelled'), "broken, or was cut short"),
        (say(EMPTY[:40], length=500), "the server broke off before its answer was whole"),
        (hang_up, "the server broke off before its answer was whole"),
        (say(EMPTY, headers={"X-SPARQL-MaxRows": "10000"}), "the answer is not whole: the server cuts it after 10000 rows"),
        (say(EMPTY, headers={"X-SQL-Message": "RC...: Returning incomplete results"}), "the answer is not whole"),
        (
            say(b"", status=302, headers={"Location": "http://example.org/sparql"}),
            "sends us to http://example.org/sparql, and we do not follow",
        ),
        (say(b"", status=307, headers={"Location": "/other"}), "the server sends us to /other, and we do not follow"),
        (say(b"", status=401, headers={"WWW-Authenticate": 'Basic realm="x"'}), r"the server refuses us \(401\) - set KG_STORE_USER"),
        (say(b"", status=403), r"the server refuses us \(403\)"),
        (say(b"", status=503), "the server is busy or away \\(503\\), 4 times in a row - try again later"),
    ],
)
def test_a_server_that_fails_is_told_in_a_sentence(server: Speaker, answer: Answer, said: str) -> None:
    server.answer = answer
    with pytest.raises(StoreError, match=said):
        connect(server)


def test_nobody_at_the_address_is_told() -> None:
    with pytest.raises(StoreError, match=r"the server cannot be reached .* - start it, or check the address"):
        Store.open(f"http://127.0.0.1:{free_port()}/sparql")


def test_a_command_says_it_in_one_line_without_a_traceback(server: Speaker) -> None:
    server.answer = say(b"oh no", "text/plain", 500)
    command = [Path(sys.executable).parent / "kg", "ask", "people/leads", "--store", server.address, "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == f"kg: {server.address}: the server answers 500 (oh no) - check the address, or see the server's log\n"


def test_a_server_that_is_slow_or_drips_is_not_waited_for(server: Speaker) -> None:
    def wait(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        time.sleep(1.5)

    def drip(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:  # the client has gone, as it should
            pass

    for server.answer in (wait, drip):
        began = time.monotonic()
        with pytest.raises(StoreError, match=r"no whole answer came within 0\.3 s - ask for less, or set KG_STORE_TIMEOUT"):
            connect(server, KG_STORE_TIMEOUT="0.3")
        assert time.monotonic() - began < 1.4


def test_a_busy_server_is_asked_again_a_few_times(server: Speaker) -> None:
    server.answer = in_turn(say(status=503, headers={"Retry-After": "0"}), hang_up, say())
    connect(server)
    assert len(server.asked) == 3


def test_the_graphs_of_a_server_without_a_stamp_are_not_forgotten_when_one_is_written(server: Speaker) -> None:
    found = {"head": {"vars": ["g"]}, "results": {"bindings": [{"g": {"type": "uri", "value": f"{RIG}report-there"}}]}}

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        say(json.dumps(found).encode() if b"DISTINCT" in body else EMPTY)(handler, body)

    server.answer = answer
    store = connect(server)
    store.replace_graph(GRAPH, [QUAD])
    assert store.graphs() == (GRAPH, Iri(f"{RIG}report-there"))
    assert any(b"hasPart" in body and b"report-there" in body for *_, body in server.asked)


def test_what_is_not_idempotent_is_not_asked_twice(server: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    store = connect(server)
    monkeypatch.setattr("kg.store.server_graphs.INSERT_AT_ONCE", 1)

    def fail_to_move(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        say(b"", status=503 if body.startswith(b"MOVE") else 204)(handler, body)

    server.answer = fail_to_move
    with pytest.raises(StoreError, match="busy or away"):
        store.replace_graph(GRAPH, [QUAD, Quad(QUAD.subject, QUAD.predicate, Literal("居全国第三"), GRAPH)])
    assert sum(body.startswith(b"MOVE") for *_, body in server.asked) == 1


def test_each_query_names_its_graphs_and_an_empty_default_graph(server: Speaker) -> None:
    store = connect(server)
    store.graphs()
    store.select("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    sent = server.asked[-1][3].decode()
    assert "default-graph-uri=" in sent
    assert "named-graph-uri=" in sent
    store.select(f"SELECT * FROM <{RIG}authority> {{ ?s ?p ?o }}")
    assert "graph-uri=" not in server.asked[-1][3].decode()


def test_a_password_is_sent_only_when_it_is_asked_for_and_in_the_way_it_is_asked_for(server: Speaker) -> None:
    digest, basic = 'Digest realm="x", nonce="n", qop="auth", algorithm=MD5', 'Basic realm="x"'
    for challenge, refusals in ((digest, 2), (basic, 1)):
        refused = say(b"", status=401, headers={"WWW-Authenticate": challenge})
        server.asked.clear()
        server.answer = in_turn(*[refused] * refusals, say())
        connect(server, KG_STORE_USER="kg", KG_STORE_PASSWORD="geheim")
        sent = [headers.get("authorization", "") for _, _, headers, _ in server.asked]
        assert sent[:-1] == [""] * refusals
        assert sent[-1].partition(" ")[0] == challenge.partition(" ")[0]
    server.asked.clear()
    connect(server, KG_STORE_TOKEN="t0ken")
    assert [headers["authorization"] for _, _, headers, _ in server.asked] == ["Bearer t0ken"]


def test_a_password_never_crosses_a_network_in_the_clear_nor_stands_in_an_address() -> None:
    with pytest.raises(StoreError, match="the password would cross the network in the clear - use an https address"):
        RemoteStore.connect("http://192.0.2.1/sparql", environment={"KG_STORE_TOKEN": "t0ken", "KG_STORE_TIMEOUT": "1"})
    with pytest.raises(InputError, match=r"http://example.org: the address holds a name or a password - set KG_STORE_USER"):
        find_credentials("http://kg:geheim@example.org/sparql", {})
    assert "geheim" not in repr(find_credentials("http://example.org/", {"KG_STORE_USER": "kg", "KG_STORE_PASSWORD": "geheim"}))


def test_a_netrc_file_is_read_when_only_its_owner_may(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1:8890 login kg password geheim\nmachine example.org login else password other\n", encoding="utf-8")
    file.chmod(0o600)
    found = find_credentials("http://127.0.0.1:8890/sparql", {"KG_STORE_NETRC": str(file)})
    assert found
    assert (found.user, found.password) == ("kg", "geheim")
    assert find_credentials("http://127.0.0.1:8891/sparql", {"KG_STORE_NETRC": str(file)}) is None
    file.chmod(0o644)
    with pytest.raises(InputError, match="others may read this file of passwords - say chmod 600"):
        find_credentials("http://127.0.0.1:8890/sparql", {"KG_STORE_NETRC": str(file)})


@pytest.mark.parametrize("wrong", ["soon", "-1", "0", "inf", "nan"])
def test_a_time_limit_that_is_none_is_told(server: Speaker, wrong: str) -> None:
    with pytest.raises(InputError, match=r"KG_STORE_TIMEOUT: “.*” is no number of seconds"):
        connect(server, KG_STORE_TIMEOUT=wrong)


def test_an_address_that_is_none_is_told() -> None:
    for wrong in ("http://", "http://[::1/sparql", "ftp://example.org/", "http://127.0.0.1:x/", "graph"):
        with pytest.raises(InputError, match=r"--store: “.*” is no address of a server - write it as http://host:port/path"):
            RemoteStore.connect(wrong, environment={})


def test_a_server_with_a_graph_of_a_newer_version_is_left_alone(server: Speaker) -> None:
    terms = {"s": str(iris.store_stamp()), "p": "http://purl.org/dc/terms/hasVersion", "o": "99"}
    binding = {name: {"type": "literal" if name == "o" else "uri", "value": value} for name, value in terms.items()}
    server.answer = say(json.dumps({"head": {"vars": [*terms]}, "results": {"bindings": [binding]}}).encode())
    for to_publish in (False, True):
        with pytest.raises(StoreError, match="the graph at this server has format 99, the program reads format 1"):
            RemoteStore.connect(server.address, environment={}, to_publish=to_publish)


def test_a_broken_file_is_named_before_anything_takes_a_graphs_place(server: Speaker, tmp_path: Path) -> None:
    store, file = connect(server), tmp_path / "report.nq"
    server.asked.clear()
    for content in (b"<a:a> <a:b> .\n", b"\xff\xfe"):
        file.write_bytes(content)
        with pytest.raises(StoreError, match=r"report\.nq: cannot be read as N-Quads .* - run `kg build`"):
            store.put_file(GRAPH, file, 1)
    with pytest.raises(StoreError, match=r"missing\.nq: cannot be read as N-Quads"):
        store.put_file(GRAPH, tmp_path / "missing.nq", 1)
    assert server.asked == []


def test_a_fault_of_the_query_is_the_querys(server: Speaker) -> None:
    store = connect(server)
    server.answer = say(b"syntax error at 'SELEC'\nmore", "text/plain", 400)
    with pytest.raises(QueryError, match=r"query: the server does not take it \(syntax error at 'SELEC'\) - mend the query"):
        store.select("SELEC")


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "built").mkdir()
    small, large = tmp_path / "small.nq", tmp_path / "large.nq"
    small.write_text(QUAD.n3() + "\n", encoding="utf-8")
    large.write_text("".join(f'<a:s{n}> <a:p> "{"院士" * 40}{n}" <a:g> .\n' for n in range(60_000)), encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from kg.store import write_store; write_store([Path(sys.argv[1])], Path(sys.argv[2]), '')"
    )

    def full() -> None:  # no file may grow beyond this: the engine meets it as it would meet a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    store = str(tmp_path / "store")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script, str(small), store], check=True, timeout=60, env=environment)
    failed = subprocess.run(
        [sys.executable, "-c", script, str(large), store],
        preexec_fn=full,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment,
    )
    assert failed.returncode != 0
    assert list(Store.open(tmp_path).quads()) == [QUAD]
