"""Endpoints side by side: point queries a second at 1, 8 and 32 clients, on the same store, turn by turn.

    python benchmarks/server_speed.py [--repeating] [--endpoint-python VENV/bin/python] [--triples 300000] [--rounds 3]

``kg serve`` and ``oxigraph serve-read-only`` (package ``oxigraph``, extra ``bench``) read the same files. rdflib-endpoint
(0.6.3) takes part when the Python of an environment that has it is named. Ratios count; the machine is never idle.
"""

import argparse
import asyncio
import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from kg.store import Store, write_store

BASE = "http://example.org/"
PEOPLE, PLACES, INDICATORS = 120, 97, 60  # people of an institute; places in which institutes lie; figures of a place
CLIENTS = (1, 8, 32)
_NUMBERS = itertools.count()
RDFLIB = """import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


def institutes_of(wanted: int) -> int:
    return wanted // (PEOPLE * 8 + 4)


def triples(wanted: int) -> Iterator[str]:
    """Yield about ``wanted`` N-Triples lines: institutes in places, their people, statements with evidence, figures."""
    count = institutes_of(wanted)
    for number in range(count):
        institute = f"<{BASE}institute/{number}>"
        yield f'{institute} <{BASE}label> "研究院{number}"@zh-hans .\n'
        yield f"{institute} <{BASE}in> <{BASE}place/{number % PLACES}> .\n"
        yield f"{institute} <{BASE}cooperates> <{BASE}institute/{number * 7 % count}> .\n"
        yield f"{institute} <{BASE}cooperates> <{BASE}institute/{number * 11 % count}> .\n"
        for place in range(PEOPLE):
            yield from _person(f"{number}-{place}", institute, number * 31 + place)
    for number in range(PLACES * INDICATORS):
        place, figure = f"<{BASE}place/{number % PLACES}>", f"<{BASE}figure/{number}>"
        yield f"{figure} <{BASE}area> {place} .\n"
        yield f"{figure} <{BASE}indicator> <{BASE}indicator/{number // PLACES}> .\n"
        yield f'{figure} <{BASE}value> "{number * 7919 % 10007}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'


def _person(name: str, institute: str, number: int) -> Iterator[str]:
    person, statement = f"<{BASE}person/{name}>", f"<{BASE}statement/{name}>"
    yield f'{person} <{BASE}label> "人物{name}"@zh-hans .\n'
    yield f"{person} <{BASE}at> {institute} .\n"
    yield f'{person} <{BASE}role> "{number % 50}" .\n'
    yield f"{person} <{BASE}coauthor> <{BASE}person/{number % 40}-{number % PEOPLE}> .\n"
    yield f"{statement} <{BASE}subject> {person} .\n"
    yield f"{statement} <{BASE}object> {institute} .\n"
    yield f"{statement} <{BASE}evidence> <{BASE}passage/{number % 5000}> .\n"
    yield f'{statement} <{BASE}quote> "{name}任职于此，时间为2020年。" .\n'


def query(number: int, institutes: int, distinct: bool) -> str:
    """Return the query ``number`` of the mix, which is that of a catalogue: what lies at, near and under one thing.

    ``distinct``: no two queries are the same text, so that no endpoint can keep answers.
    """
    one = number * 7919 % institutes
    institute, person = f"<{BASE}institute/{one}>", f"<{BASE}person/{one}-{number % PEOPLE}>"
    mix = (
        f'SELECT ?x WHERE {{ ?x <{BASE}label> "研究院{one}"@zh-hans }}',
        f"SELECT ?person ?name ?role WHERE {{ ?person <{BASE}at> {institute} ; <{BASE}label> ?name ; <{BASE}role> ?role }}",
        f"SELECT DISTINCT ?other WHERE {{ {person} <{BASE}at> ?mine . {{ ?mine <{BASE}cooperates> ?other }} UNION "
        f"{{ ?other <{BASE}cooperates> ?mine }} }}",
        f"SELECT ?institute ?name WHERE {{ ?institute <{BASE}in> <{BASE}place/{one % PLACES}> ; <{BASE}label> ?name }}",
        f"SELECT ?area ?value WHERE {{ ?x <{BASE}indicator> <{BASE}indicator/{number % INDICATORS}> ; <{BASE}area> ?area ; "
        f"<{BASE}value> ?value }} ORDER BY DESC(?value) ?area",
        f"SELECT ?quote ?passage WHERE {{ ?s <{BASE}subject> {person} ; <{BASE}object> {institute} ; <{BASE}quote> ?quote ; "
        f"<{BASE}evidence> ?passage }}",
        f"SELECT ?s ?p ?o WHERE {{ {{ {institute} ?p ?o }} UNION {{ ?s ?p {institute} }} }}",
    )
    return mix[number % len(mix)] + (f" # {next(_NUMBERS)}" if distinct else "")


@dataclass
class Peer:
    """An endpoint and what was measured: per number of clients, queries a second and p50 / p95 in ms of each round.

    ``cpu`` holds the milliseconds of processor time a query that its processes took: what a busy machine does not change.
    """

    name: str
    port: int
    path: str
    found: dict[int, list[tuple[float, float, float]]] = field(default_factory=dict)
    pid: int = 0
    cpu: dict[int, list[float]] = field(default_factory=dict)


async def ask(peer: Peer, clients: int, seconds: float, institutes: int, distinct: bool) -> tuple[float, float, float]:
    """Ask with ``clients`` connections for ``seconds``; return queries a second, median and p95 in ms."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_client(peer, 1 + number * 1009, end, institutes, distinct, times) for number in range(clients)))
    times.sort()
    return len(times) / seconds, times[len(times) // 2] * 1e3, times[int(len(times) * 0.95)] * 1e3


async def _client(peer: Peer, number: int, end: float, institutes: int, distinct: bool, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", peer.port)
    while (began := time.perf_counter()) < end:
        writer.write(_request(peer, query(number, institutes, distinct)))
        status, body = await _answer(reader)
        if status != 200 or not body:
            raise RuntimeError(f"{peer.name}: {status} {body[:200]!r}")
        times.append(time.perf_counter() - began)
        number += 1
    writer.close()


def _request(peer: Peer, sparql: str) -> bytes:
    body = urlencode({"query": sparql}).encode()
    head = f"POST {peer.path} HTTP/1.1\r\nHost: 127.0.0.1:{peer.port}\r\nAccept: application/sparql-results+json\r\n"
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + kind).encode() + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    if b"content-length:" in head:
        return status, await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r")[0]))
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return status, body


@contextmanager
def running(peer: Peer, command: list[str]) -> Iterator[Peer]:
    """Start a server and wait until it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peer.pid = process.pid
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", peer.port), 1).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"{peer.name} did not start") from None
                time.sleep(0.1)
        yield peer
    finally:
        process.terminate()
        process.wait(20)


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process and its children have taken (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return own + sum(processor_seconds(int(child)) for child in children)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def same_answers(peers: list[Peer], institutes: int) -> None:
    """Stop unless all endpoints answer the first queries of the mix with the same rows."""

    async def rows(peer: Peer, number: int) -> list[str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", peer.port)
        writer.write(_request(peer, query(number, institutes, True)))
        _, body = await _answer(reader)
        writer.close()
        found = json.loads(body)["results"]["bindings"]
        return sorted(json.dumps({k: (v["value"]) for k, v in row.items()}, sort_keys=True) for row in found)

    for number in range(30):
        answers = [asyncio.run(rows(peer, number)) for peer in peers]
        if any(answer != answers[0] for answer in answers):
            raise SystemExit(f"the endpoints do not agree on {query(number, institutes, False)}")


def report(peers: list[Peer]) -> None:
    print(f"{'clients':>8} {'endpoint':<18} {'queries/s':>10} {'range':>15} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>7}  kg / this")
    for clients in CLIENTS:
        ours = statistics.median(one[0] for one in peers[0].found[clients])
        for peer in peers:
            speed, p50, p95 = (statistics.median(column) for column in zip(*peer.found[clients], strict=True))
            cpu = statistics.median(peer.cpu[clients])
            low, high = (pick(one[0] for one in peer.found[clients]) for pick in (min, max))
            figures = f"{speed:>10.0f} {f'[{low:.0f}-{high:.0f}]':>15} {p50:>8.2f} {p95:>8.2f} {cpu:>7.2f}"
            print(f"{clients:>8} {peer.name:<18} {figures}  {ours / speed:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--repeating", action="store_true", help="let queries come again, as those of pages and dashboards do")
    parser.add_argument("--endpoint-python", type=Path, help="the Python of an environment with rdflib-endpoint==0.6.3")
    arguments = parser.parse_args()
    oxigraph = shutil.which("oxigraph") or str(Path(sys.executable).parent / "oxigraph")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "graph.nt"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(triples(arguments.triples))
        write_store([file], folder / "store", "benchmark")
        quads, institutes = len(Store.open(folder)), institutes_of(arguments.triples)
        kg = Peer("kg serve", free_port(), "/sparql")
        other = Peer("oxigraph serve", free_port(), "/query")
        serve = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--empty-default-graph"]
        commands = {
            kg.port: [*serve, "--graph", name, "--port", str(kg.port)],
            other.port: [oxigraph, "serve-read-only", "-l", str(folder / "store" / "data"), "-b", f"127.0.0.1:{other.port}"],
        }
        peers = [kg, other]
        if arguments.endpoint_python:
            slow = Peer("rdflib-endpoint", free_port(), "/")
            commands[slow.port] = [str(arguments.endpoint_python), "-c", RDFLIB, str(file), str(slow.port)]
            peers.append(slow)
        print(f"{quads:,} triples, {arguments.rounds} rounds of {arguments.seconds:g} s")
        measure(peers, commands, arguments.rounds, arguments.seconds, institutes, not arguments.repeating)
    report(peers)


def measure(peers: list[Peer], commands: dict[int, list[str]], rounds: int, seconds: float, institutes: int, distinct: bool) -> None:
    """Run all servers, and ask them turn by turn, so that a busy minute of the machine falls on each."""
    with ExitStack() as stack:
        for peer in peers:
            stack.enter_context(running(peer, commands[peer.port]))
        same_answers(peers, institutes)
        for _ in range(rounds):
            for clients in CLIENTS:
                for peer in peers:
                    before = processor_seconds(peer.pid)
                    found = asyncio.run(ask(peer, clients, seconds, institutes, distinct))
                    peer.found.setdefault(clients, []).append(found)
                    took = processor_seconds(peer.pid) - before
                    peer.cpu.setdefault(clients, []).append(took / (found[0] * seconds) * 1e3)


if __name__ == "__main__":
    main()
