"""Clients that mean no good, on bare sockets, and what a server and its workers take meanwhile."""

import contextlib
import itertools
import os
import resource
import socket
import struct
from pathlib import Path
from urllib.parse import quote

from tests.server_process import children

LARGE = quote("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 20000")
BOMBS = (
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }",
    "SELECT * WHERE { ?s (<x:p>|!<x:p>)*/(<x:p>|!<x:p>)*/(<x:p>|!<x:p>)* ?o }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }",
    "SELECT DISTINCT ?x WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } BIND(CONCAT(STR(?a), STR(?d)) AS ?x) } ORDER BY ?x",
    "CONSTRUCT { ?a ?e ?f } WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }",
    "ASK { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } FILTER(REGEX(CONCAT(STR(?a), STR(?d)), '(a|aa)+$(a|aa)+!')) }",
    "SELECT ?x WHERE { " + " UNION ".join(["{ ?x ?y ?z }"] * 3000) + " } ORDER BY ?z",
    "SELECT * WHERE { " + "{" * 30_000 + "}" * 30_000 + " }",
    "SELECT * WHERE { ?s ?p ?o FILTER(" + "!" * 60_000 + "true) }",
    "SELECT * WHERE { VALUES ?x { " + "1 " * 200_000 + "} ?x ?p ?o . ?y ?q ?r FILTER(?x != ?y) }",
)
_BEGINNINGS = (
    b"",
    b"\r\n",
    b"GET /sparql?query=ASK",
    b"GET /sparql HTTP/1.1\r\nHost: x\r\nAccept: ",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\nSELECT",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nSELECT",
    b"GET /sparql?query=" + LARGE.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query=" + quote(BOMBS[0]).encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
)


def allow_files(wanted: int) -> None:
    """Let this process have ``wanted`` sockets open, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, wanted)), hard))


def connected(port: int, receive: int = 0) -> socket.socket:
    """Return a connection to loopback; ``receive`` is the size of its buffer in bytes, 0 for the usual."""
    connection = socket.socket()
    if receive:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", port))
    return connection


def leave(port: int, count: int) -> None:
    """Let ``count`` clients begin in nine ways and be gone: every second one without a farewell (a reset)."""
    for number, beginning in zip(range(count), itertools.cycle(_BEGINNINGS), strict=False):
        connection = connected(port)
        with contextlib.suppress(OSError):
            connection.sendall(beginning)
        if number % 2:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


def begin_and_wait(port: int, count: int) -> list[socket.socket]:
    """Return ``count`` connections of clients that have sent a part of a head and send no more."""
    found = [connected(port) for _ in range(count)]
    for connection in found:
        connection.sendall(b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\nX")
    return found


def ask_and_not_read(port: int, count: int) -> list[socket.socket]:
    """Return ``count`` connections of clients that have asked for a long answer, each another one, and take none of it."""
    found = [connected(port, receive=4096) for _ in range(count)]
    for number, connection in enumerate(found):
        connection.sendall(f"GET /sparql?format=json&query={LARGE}%20%23{number} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return found


def send_chunks(port: int, mebibytes: int) -> bytes:
    """Send a body of unsaid length and return what is answered first, as a rule before the end of the body."""
    with connected(port) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        with contextlib.suppress(OSError):
            for _ in range(16 * mebibytes):
                connection.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            return connection.recv(200)
    return b""


def resident(pid: int) -> tuple[float, float]:
    """Return the memory in MiB of the process ``pid`` and of all below it together; pages that they share count for each."""
    return _pages(pid), sum(map(_pages, _below(pid)))


def _below(pid: int) -> set[int]:
    return {below for child in children(pid) for below in {child, *_below(child)}}


def _pages(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    except (OSError, IndexError):  # it has just ended
        return 0.0


def open_files(pid: int) -> int:
    """Return how many files and sockets the process ``pid`` has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
