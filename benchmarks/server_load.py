"""What ``kg serve`` bears: query bombs, clients that leave, that wait, that do not read, and long bodies; in a minute or so.

    python benchmarks/server_load.py [--clients 1000] [--graph FOLDER]

Without a folder the committed graph is loaded into one of its own.

Prints for each attack what a well-meaning client beside it saw (answers and their p50 and longest wait, refusals), and the
memory and open files of the server while it lasted and after. Exits 1 when the server does not recover.
"""

import argparse
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.build import load_store
from tests.hostile_clients import BOMBS, allow_files, ask_and_not_read, begin_and_wait, leave, open_files, resident, send_chunks
from tests.server_process import Served, served

ROOT = Path(__file__).resolve().parent.parent
NAME = 'SELECT ?a WHERE {{ GRAPH ?g {{ ?a rdfs:label "李校堃"@zh-Hans }} }} # {}'
OPTIONS = ("--timeout", "2", "--workers", "2", "--memory", "600", "--waiting", "64", "--patience", "4")


class Watch(threading.Thread):
    """Someone who asks a small question again and again, and looks at the server's memory meanwhile."""

    def __init__(self, server: Served) -> None:
        super().__init__(daemon=True)
        self.server, self.over = server, threading.Event()
        self.waits: list[float] = []
        self.refused: Counter[str] = Counter()
        self.front = self.workers = self.files = 0.0

    def run(self) -> None:
        number = 0
        with httpx.Client(base_url=self.server.address, timeout=30) as client:
            while not self.over.wait(0.02):
                number += 1
                began = time.perf_counter()
                try:
                    answer = client.get("/sparql", params={"query": NAME.format(number)})
                    self.waits.append(time.perf_counter() - began) if answer.is_success else self.refused.update([str(answer.status_code)])
                except httpx.HTTPError as error:
                    self.refused.update([type(error).__name__])
                self._measure()

    def _measure(self) -> None:
        front, workers = resident(self.server.process.pid)
        self.front, self.workers = max(self.front, front), max(self.workers, workers)
        self.files = max(self.files, open_files(self.server.process.pid))

    def line(self, name: str, said: object) -> str:
        """Return what was seen, as a row of the table."""
        waits = [1000 * wait for wait in self.waits] or [float("nan")]
        seen = f"{len(self.waits):>5} {median(waits):>7.1f} {max(waits):>8.0f} {sum(self.refused.values()):>7}"
        return f"{name:<28}{seen} {self.front:>6.0f} {self.workers:>7.0f} {self.files:>5.0f}  {said}"


def bombs(server: Served) -> object:
    def ask(bomb: str) -> int:
        with httpx.Client(base_url=server.address, timeout=60) as client:
            return client.post("/sparql", data={"query": bomb}).status_code

    with ThreadPoolExecutor(4) as together:
        return dict(sorted(Counter(together.map(ask, BOMBS * 2)).items()))


def long_bodies(server: Served) -> object:
    ways = (lambda: send_chunks(server.port, 10), lambda: send_chunks(server.port, 10))
    said = Counter(way()[9:12].decode() or "cut off" for way in ways)
    kinds = ({"data": {"query": " " * 10_000_000}}, {"content": b" " * 10_000_000, "headers": {"Content-Type": "application/sparql-query"}})
    for request in kinds:
        try:
            said[str(httpx.post(f"{server.address}/sparql", timeout=20, **request).status_code)] += 1  # type: ignore[arg-type]
        except httpx.HTTPError:
            said["cut off"] += 1
    return dict(said)


def waiting(server: Served, clients: int) -> object:
    connections = begin_and_wait(server.port, clients)
    said = Counter(connection.recv(100)[9:12].decode() or "closed" for connection in connections)
    for connection in connections:
        connection.close()
    return dict(said)


def left(server: Served, clients: int) -> object:
    began = time.perf_counter()
    leave(server.port, clients)
    took = time.perf_counter() - began
    time.sleep(2)
    return f"within {took:.1f} s"


def unread(server: Served, clients: int) -> object:
    connections = ask_and_not_read(server.port, clients)
    time.sleep(4)
    for connection in connections:
        connection.close()
    return f"{clients} held for 4 s"


def loaded(folder: Path) -> Path:
    """Load the committed graph in ``folder``."""
    shutil.copytree(ROOT / "graph" / "built", folder / "built")
    load_store(folder)
    return folder


def main() -> int:
    """Run the attacks one after the other and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--graph", type=Path)
    options = parser.parse_args()
    allow_files(options.clients + 500)
    attacks: dict[str, Callable[[Served], object]] = {
        "nobody else, 2 s": lambda server: time.sleep(2) or "",
        "20 query bombs, 4 at a time": bombs,
        f"{options.clients} clients leave": lambda server: left(server, options.clients),
        f"{options.clients} clients wait": lambda server: waiting(server, options.clients),
        "100 clients do not read": lambda server: unread(server, 100),
        "10 MB bodies, four ways": long_bodies,
        "nobody else again, 2 s": lambda server: time.sleep(2) or "",
    }
    print(f"{'':<28}{'asked':>5} {'p50 ms':>7} {'longest':>8} {'refused':>7} {'front':>6} {'workers':>7} {'files':>5}")
    with tempfile.TemporaryDirectory() as own, served(options.graph or loaded(Path(own)), *OPTIONS) as server:
        for name, attack in attacks.items():
            watch = Watch(server)
            watch.start()
            said = attack(server)
            watch.over.set()
            watch.join(40)
            print(watch.line(name, f"{said} {dict(watch.refused) or ''}"), flush=True)
        time.sleep(1)
        alive = len(server.workers()) == 2 and server.query(NAME.format("last")).is_success
        front, workers = resident(server.process.pid)
        state = f"{'whole' if alive else 'NOT WHOLE'}, front {front:.0f} MiB, workers {workers:.0f} MiB"
        print(f"afterwards: {state}, {open_files(server.process.pid)} files")
    return 0 if alive else 1


if __name__ == "__main__":
    sys.exit(main())
