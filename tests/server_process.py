"""A real ``kg serve`` on loopback for the tests: started with a graph of its own, ended by its process id."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

KG = Path(sys.executable).parent / "kg"
START = 30  # seconds
_EXITING = 4  # the flag of the kernel (PF_EXITING) for a process that has begun to end


@dataclass
class Served:
    """A server, its address without the last slash, and a client for it."""

    process: "subprocess.Popen[str]"
    address: str
    client: httpx.Client

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def query(self, sparql: str, accept: str = "*/*", lang: str = "en", **params: str | list[str]) -> httpx.Response:
        headers = {"Accept": accept, "Accept-Language": lang}
        return self.client.get("/sparql", params={"query": sparql, **params}, headers=headers)

    def workers(self) -> set[int]:
        """Return the process ids of the workers that are alive; the nursery that forks them is none."""
        found = children(self.process.pid)
        nurseries = {pid for pid in found if "kg.server.nursery" in _read(pid, "cmdline")}
        return found - nurseries | {pid for nursery in nurseries for pid in children(nursery)}

    def raw(self, sent: bytes, timeout: float = 10) -> bytes:
        """Send bytes as they are and return all that comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(sent)
            answer = bytearray()
            while piece := connection.recv(65536):
                answer += piece
            return bytes(answer)


def children(pid: int) -> set[int]:
    """Return the process ids of the children of ``pid`` that are alive and not about to end."""
    return {child for child in map(int, _read(pid, f"task/{pid}/children").split()) if _lives(child)}


def _lives(pid: int) -> bool:
    fields = _read(pid, "stat").rpartition(")")[2].split()
    return bool(fields) and fields[0] != "Z" and not int(fields[6]) & _EXITING


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has just ended
        return ""


@contextmanager
def served(graph: Path, *options: str) -> Iterator[Served]:
    """Start ``kg serve`` for ``graph`` on a free port of loopback and wait for the address that it prints."""
    command = [str(KG), "serve", "--graph", str(graph), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    late = threading.Timer(START, process.kill)
    late.start()
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        if not address.startswith("http://127.0.0.1:"):
            process.kill()
            raise AssertionError(f"kg serve did not start: {process.communicate()[1]}")
        late.cancel()
        with httpx.Client(base_url=address, timeout=30) as client:
            client.get("/sparql", params={"query": "ASK {}"})  # answered when the workers are there
            yield Served(process, address, client)
    finally:
        late.cancel()
        process.terminate()
        process.communicate(timeout=20)


def soon(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Say whether ``true`` becomes true within ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False
