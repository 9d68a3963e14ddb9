"""A real ``kg serve`` on loopback for the tests: started with a graph of its own, ended by its process id."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

KG = Path(sys.executable).parent / "kg"
START = 30  # seconds


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
        """Return the process ids of the workers that are alive."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        alive = (int(pid) for pid in children.split())
        return {pid for pid in alive if "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]}

    def raw(self, sent: bytes, timeout: float = 10) -> bytes:
        """Send bytes as they are and return all that comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(sent)
            answer = bytearray()
            while piece := connection.recv(65536):
                answer += piece
            return bytes(answer)


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
            yield Served(process, address, client)
    finally:
        late.cancel()
        process.terminate()
        process.communicate(timeout=20)
