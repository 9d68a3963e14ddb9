"""Endpoints side by side: point queries a second at 1, 8 and 32 clients, on the same graph, turn by turn.

    python benchmarks/server_speed.py [--repeating] [--endpoint-python VENV/bin/python] [--triples 300000] [--rounds 3]

``kg serve`` and ``oxigraph serve-read-only`` (package ``oxigraph``, extra ``bench``) read the same files; Virtuoso 7 takes part
where Debian's ``virtuoso-opensource`` is installed, rdflib-endpoint (0.6.3) when the Python of an environment that has it is
named. Ratios are those of one round, in which the endpoints are asked one after the other; the median round counts.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx
from endpoint_client import Asked, ask, ask_once, request
from point_queries import institutes_of, query, triples

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.store import Store, write_store
from tests.servers import virtuoso

CLIENTS = (1, 8, 32)
GRAPH = "http://example.org/graph"  # of Virtuoso, which has no default graph of its own
CHUNK = 25_000  # lines sent to Virtuoso at a time
FASTEST = 8000  # queries a second for which there is a request
GOALS = {"oxigraph serve": 0.7, "rdflib-endpoint": 30.0}
RDFLIB = """import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


@dataclass
class Peer:
    """An endpoint, and per number of clients what each round gave and the ms of processor time that its processes took a query."""

    name: str
    port: int
    path: str
    pid: int
    fields: tuple[tuple[str, str], ...] = ()
    found: dict[int, list[Asked]] = field(default_factory=dict)
    cpu: dict[int, list[float]] = field(default_factory=dict)

    def request(self, sparql: str) -> bytes:
        return request(self.port, self.path, sparql, self.fields)

    def speeds(self, clients: int) -> list[float]:
        return [one.speed for one in self.found[clients]]


@contextmanager
def running(name: str, path: str, command: Callable[[int], list[str]]) -> Iterator[Peer]:
    """Start a server and wait until it listens."""
    port = free_port()
    process = subprocess.Popen(command(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if process.poll() is not None:
                raise SystemExit(f"{name} did not start")
            time.sleep(0.1)
        yield Peer(name, port, path, process.pid)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def virtuoso_with(file: Path, folder: Path) -> Iterator[Peer]:
    """Run Virtuoso with the N-Triples ``file`` in one graph."""
    with virtuoso(folder) as server:
        user = httpx.DigestAuth(server.environment["KG_STORE_USER"], server.environment["KG_STORE_PASSWORD"])
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        with httpx.Client(auth=user, timeout=120) as client:
            for at in range(0, len(lines), CHUNK):
                content = "".join(lines[at : at + CHUNK]).encode()
                sent = client.post(
                    server.address.replace("/sparql", "/sparql-graph-crud-auth"),
                    params={"graph-uri": GRAPH},
                    content=content,
                    headers={"Content-Type": "text/plain"},
                )
                sent.raise_for_status()
        port = int(server.address.split(":")[2].partition("/")[0])
        yield Peer("Virtuoso 7", port, "/sparql", server.pid, (("default-graph-uri", GRAPH),))


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process and all below it have taken (Linux)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has just ended
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(processor_seconds(int(child)) for child in children)


def wait_until_idle(peer: Peer) -> None:
    """Wait until a server has read what it reads when it starts."""
    still, before = 0, -1.0
    while still < 3:
        now = processor_seconds(peer.pid)
        still = still + 1 if now - before < 0.05 else 0
        before = now
        time.sleep(0.5)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def same_answers(peers: list[Peer], institutes: int) -> None:
    """Stop unless all endpoints answer the first queries of the mix with the same rows."""

    def rows(peer: Peer, number: int) -> list[str]:
        found = json.loads(ask_once(peer.port, peer.request(query(number, institutes, True))))["results"]["bindings"]
        return sorted(json.dumps({name: cell["value"] for name, cell in row.items()}, sort_keys=True) for row in found)

    for number in range(30):
        answers = [rows(peer, number) for peer in peers]
        if any(answer != answers[0] for answer in answers):
            raise SystemExit(f"the endpoints do not agree on {query(number, institutes, False)}")


def measure(peers: list[Peer], rounds: int, seconds: float, institutes: int, distinct: bool) -> None:
    """Ask the endpoints turn by turn, so that a busy minute of the machine falls on each; a first round warms up."""
    for round_ in range(rounds + 1):
        for clients in CLIENTS:
            for peer in peers if round_ % 2 else reversed(peers):
                numbers = range(int(seconds * FASTEST) + clients)
                requests = [peer.request(query(number * 1009 + round_, institutes, distinct)) for number in numbers]
                before = processor_seconds(peer.pid)
                found = ask(peer.port, requests, clients, seconds if round_ else min(seconds, 0.3))
                if round_:
                    peer.found.setdefault(clients, []).append(found)
                    peer.cpu.setdefault(clients, []).append((processor_seconds(peer.pid) - before) / found.answers * 1e3)


def report(peers: list[Peer]) -> None:
    columns = f"{'queries/s':>10} {'range':>14} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>7} {'client':>7}"
    print(f"{'clients':>8} {'endpoint':<16} {columns}  kg / this")
    for clients in CLIENTS:
        for peer in peers:
            found, speeds = peer.found[clients], peer.speeds(clients)
            p50, p95, client = (median(getattr(one, name) for one in found) for name in ("p50", "p95", "client"))
            span = f"[{min(speeds):.0f}-{max(speeds):.0f}]"
            figures = f"{median(speeds):>10.0f} {span:>14} {p50:>8.2f} {p95:>8.2f} {median(peer.cpu[clients]):>7.3f} {client:>7.3f}"
            print(f"{clients:>8} {peer.name:<16} {figures}  {ratio(peers[0], peer, clients)}")
    for peer in peers:
        if goal := GOALS.get(peer.name):
            told = ", ".join(f"{median(ratios(peers[0], peer, clients)):.2f} at {clients}" for clients in CLIENTS)
            print(f"kg serve / {peer.name}: {told} (goal {goal:g})")
            if peer.name == "rdflib-endpoint":
                told = ", ".join(f"{median(ratios(peers[1], peer, clients)):.2f} at {clients}" for clients in CLIENTS)
                print(f"oxigraph serve / {peer.name}: {told} (beside it, for the same graph)")


def ratios(one: Peer, other: Peer, clients: int) -> list[float]:
    """Return how many times as many queries ``one`` answered as ``other``, round by round."""
    return [a / b for a, b in zip(one.speeds(clients), other.speeds(clients), strict=True)]


def ratio(one: Peer, other: Peer, clients: int) -> str:
    found = ratios(one, other, clients)
    return f"{median(found):.2f} [{min(found):.2f}-{max(found):.2f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--repeating", action="store_true", help="let queries come again, as those of pages and dashboards do")
    parser.add_argument("--endpoint-python", type=Path, help="the Python of an environment with rdflib-endpoint==0.6.3")
    parser.add_argument("--hold", help="MiB that kg serve may hold in memory; 0: both read the files")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        file = folder / "graph.nt"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(triples(arguments.triples))
        write_store([file], folder / "store", "benchmark")
        quads, institutes = len(Store.open(folder)), institutes_of(arguments.triples)
        peers = start(stack, folder, file, arguments)
        for peer in peers:
            wait_until_idle(peer)
        same_answers(peers, institutes)
        print(f"{quads:,} triples, {arguments.rounds} rounds of {arguments.seconds:g} s, load average {os.getloadavg()[0]:.1f}")
        measure(peers, arguments.rounds, arguments.seconds, institutes, not arguments.repeating)
    report(peers)


def start(stack: ExitStack, folder: Path, file: Path, arguments: argparse.Namespace) -> list[Peer]:
    """Start the endpoints that are here, and say which are not."""
    serve = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--empty-default-graph", "--graph", str(folder)]
    serve += ["--hold", arguments.hold] if arguments.hold else []
    oxigraph = shutil.which("oxigraph") or str(Path(sys.executable).parent / "oxigraph")
    data = [oxigraph, "serve-read-only", "-l", str(folder / "store" / "data"), "-b"]
    peers = [
        stack.enter_context(running("kg serve", "/sparql", lambda port: [*serve, "--port", str(port)])),
        stack.enter_context(running("oxigraph serve", "/query", lambda port: [*data, f"127.0.0.1:{port}"])),
    ]
    if shutil.which("virtuoso-t"):
        (folder / "virtuoso").mkdir()
        peers.append(stack.enter_context(virtuoso_with(file, folder / "virtuoso")))
    else:
        print("Virtuoso is left out: it is not installed (Debian: apt-get install virtuoso-opensource)")
    if python := arguments.endpoint_python:
        command = [str(python), "-c", RDFLIB, str(file)]
        peers.append(stack.enter_context(running("rdflib-endpoint", "/", lambda port: [*command, str(port)])))
    else:
        print("rdflib-endpoint is left out: name the Python of an environment that has it (--endpoint-python)")
    return peers


if __name__ == "__main__":
    main()
