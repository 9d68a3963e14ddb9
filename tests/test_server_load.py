"""Many hostile clients at once: whatever they do, the others are served, memory stays bounded and nothing is left behind."""

import itertools
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from tests.hostile_clients import BOMBS, allow_files, ask_and_not_read, leave, open_files, resident, send_chunks
from tests.server_process import Served, served, soon

NAME = 'SELECT ?a WHERE { GRAPH ?g { ?a rdfs:label "李校堃"@zh-Hans } }'
GONE, UNREAD, MEMORY = 180, 60, 500  # clients that leave; that read nothing; MiB that one worker may take
FRONT = 64  # MiB that the front may grow by: it holds no answers but short ones
OPTIONS = ("--timeout", "1", "--workers", "2", "--memory", str(MEMORY), "--waiting", "64", "--patience", "3")


@pytest.fixture(scope="module")
def server(built_graph: Path) -> Iterator[Served]:
    allow_files(2000)
    with served(built_graph, *OPTIONS) as running:
        yield running


def _whole(server: Served) -> bool:
    return len(server.workers()) == 2 and server.query(NAME).status_code == 200


@pytest.mark.slow
def test_every_bomb_is_refused_in_a_sentence_within_the_limits(server: Served) -> None:
    def ask(bomb: str) -> tuple[int, str, float]:
        began = time.monotonic()
        with httpx.Client(base_url=server.address, timeout=30) as client:
            answer = client.post("/sparql", data={"query": bomb}, headers={"Accept": "application/json"})
        return answer.status_code, "" if answer.is_success else answer.json()["kind"], time.monotonic() - began

    largest = 0.0
    with ThreadPoolExecutor(2) as together:
        running = [together.submit(ask, bomb) for bomb in BOMBS]
        while not all(one.done() for one in running):
            largest = max(largest, resident(server.process.pid)[1])
            time.sleep(0.05)
    found = [one.result() for one in running]
    kinds = Counter(kind for _, kind, _ in found)
    assert {status for status, _, _ in found} <= {200, 422, 503, 504}, found  # the milder ones a fast machine may answer
    assert kinds["time-limit"] + kinds["memory-limit"] >= 5, found
    assert sum(kinds.values()) == len(BOMBS) == 10
    assert largest < 2 * (MEMORY + 150)  # beside what it may take, a worker has its program
    assert soon(lambda: _whole(server))


def test_clients_that_leave_in_the_middle_leave_nothing_behind(server: Served) -> None:
    assert _whole(server)
    files, (front, _) = open_files(server.process.pid), resident(server.process.pid)
    for _ in range(2):
        leave(server.port, GONE // 2)
        assert soon(lambda: server.query(NAME).status_code == 200)
    assert soon(lambda: open_files(server.process.pid) <= files + 3), "connections were left open"
    assert soon(lambda: _whole(server))
    assert resident(server.process.pid)[0] < front + FRONT


@pytest.mark.slow
def test_long_answers_that_nobody_reads_do_not_fill_the_memory(server: Served) -> None:
    front, _ = resident(server.process.pid)
    connections = ask_and_not_read(server.port, UNREAD)
    try:
        began = time.monotonic()
        statuses = Counter(connection.recv(12, socket.MSG_PEEK).decode()[9:] for connection in connections)
        assert set(statuses) <= {"200", "503", "504"}, statuses
        assert statuses["200"] >= 2, statuses
        assert soon(lambda: server.query(NAME).status_code == 200)
        assert time.monotonic() - began < 25
        assert resident(server.process.pid)[0] < front + FRONT
    finally:
        for connection in connections:
            connection.close()
    assert soon(lambda: _whole(server))


def test_a_body_that_does_not_end_is_not_read_to_its_end(server: Served) -> None:
    front, _ = resident(server.process.pid)
    answer = send_chunks(server.port, 10)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 "), answer
    assert resident(server.process.pid)[0] < front + FRONT
    assert _whole(server)


def test_ten_megabytes_of_query_are_refused_in_every_way_they_can_come(server: Served) -> None:
    query = "ASK { } #" + "温" * 3_500_000
    for request in (
        {"method": "POST", "data": {"query": query}},
        {"method": "POST", "content": query.encode(), "headers": {"Content-Type": "application/sparql-query"}},
    ):
        with closing(httpx.Client(base_url=server.address, timeout=20)) as client:
            try:
                answer = client.request(url="/sparql", **request)  # type: ignore[arg-type]
            except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):  # cut off while it was still sending
                continue
        assert answer.status_code in (400, 413, 431), answer.status_code
    in_the_address = b"GET /sparql?query=" + b"%E6%B8%A9" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    with suppress(ConnectionResetError, BrokenPipeError):
        assert server.raw(in_the_address).startswith((b"HTTP/1.1 431 ", b"HTTP/1.1 400 "))
    assert _whole(server)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_no_mixture_of_method_and_media_type_makes_a_fault(server: Served, method: str) -> None:
    kinds = ("", "text/plain", "application/json", "application/sparql-query", "application/x-www-form-urlencoded", "*/*", "a;b=;c", "\xff")
    statuses = Counter()
    for kind, accept in itertools.product(kinds, ("*/*", "image/png", "application/json;q=nan", ",;,", "\xff")):
        headers = [(b"content-type", kind.encode("latin-1")), (b"accept", accept.encode("latin-1"))]
        answer = server.client.request(method, "/sparql", content=b"query=ASK%7B%7D", headers=headers)
        statuses[answer.status_code] += 1
    assert sum(statuses.values()) == 40
    assert max(statuses) < 500, statuses
