"""Many clients of an endpoint in one thread, cheap enough not to be what is measured: some 25 µs of processor time a query."""

import select
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

_WAIT = 60.0  # seconds after which an endpoint that does not answer is given up


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking for a while: answers a second, median and 95th percentile of the waits in ms, client's own ms a query."""

    speed: float
    p50: float
    p95: float
    client: float
    answers: int


class _Client:
    """One connection, made again when an endpoint closes it between two answers, as HTTP lets it."""

    def __init__(self, port: int, requests: Iterator[bytes], events: select.epoll) -> None:
        self._port, self._requests, self._events = port, requests, events
        self._data = bytearray()
        self.began, self._sent = 0.0, b""
        self._connect()

    def _connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self._port), _WAIT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._events.register(self.socket, select.EPOLLIN)

    def ask(self, now: float) -> None:
        self.began, self._sent = now, next(self._requests)
        self.socket.sendall(self._sent)

    def take(self) -> bytes | None:
        """Take what has come; return the body when the answer is whole."""
        try:
            piece = self.socket.recv(1 << 18)
        except ConnectionResetError:
            piece = b""
        if not piece:
            self._again()
            return None
        self._data += piece
        body = _body(self._data)
        if body is not None:
            self._data = bytearray()
        return body

    def _again(self) -> None:
        if self._data:
            raise RuntimeError(f"the endpoint hung up after {bytes(self._data[:200])!r}")
        self.socket.close()
        self._connect()
        self.socket.sendall(self._sent)


def request(port: int, path: str, sparql: str, fields: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a query as a POST of a form; ``fields`` are further parameters of the protocol."""
    body = urlencode([("query", sparql), *fields]).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/sparql-results+json\r\n"
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + kind).encode() + body


def ask_once(port: int, sent: bytes) -> bytes:
    """Return the body of the answer to one request."""
    with select.epoll() as events:
        client = _Client(port, iter((sent,)), events)
        client.ask(0.0)
        while (body := client.take()) is None:
            pass
        client.socket.close()
        return body


def ask(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Asked:
    """Ask over ``clients`` connections for ``seconds``, each its next request when it has its answer; all must be 200."""
    waits: list[float] = []
    with select.epoll() as events:
        everyone = [_Client(port, iter(requests[number::clients]), events) for number in range(clients)]
        by_number = {client.socket.fileno(): client for client in everyone}
        began, processor = time.perf_counter(), time.process_time()
        for client in everyone:
            client.ask(time.perf_counter())
        while by_number:
            for number in _ready(events):
                client = by_number.pop(number)
                if client.take() is not None:
                    now = time.perf_counter()
                    waits.append(now - client.began)
                    if now - began >= seconds:
                        client.socket.close()
                        continue
                    client.ask(now)
                by_number[client.socket.fileno()] = client
        took, processor = time.perf_counter() - began, time.process_time() - processor
    waits.sort()
    count = len(waits)
    return Asked(count / took, waits[count // 2] * 1e3, waits[int(count * 0.95)] * 1e3, processor / count * 1e3, count)


def _ready(events: select.epoll) -> list[int]:
    found = events.poll(_WAIT)
    if not found:
        raise RuntimeError(f"no answer within {_WAIT:g} s")
    return [number for number, _ in found]


def _body(data: bytearray) -> bytes | None:
    """Return the body of a whole answer, ``None`` while it is not all there; raises ``RuntimeError`` for another status than 200."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    if data[9:12] != b"200":
        raise RuntimeError(f"refused: {bytes(data[:500])!r}")
    head = bytes(data[:end]).lower()
    at = head.find(b"content-length:")
    if at >= 0:
        length = int(head[at + 15 :].split(b"\r", 1)[0])
        return bytes(data[end + 4 :]) if len(data) >= end + 4 + length else None
    return _joined(bytes(data[end + 4 :])) if data.endswith(b"\r\n0\r\n\r\n") else None


def _joined(data: bytes) -> bytes:
    """Return a body that was sent in chunks (RFC 9112, 7.1)."""
    parts = []
    while True:
        size, _, rest = data.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(rest[:length])
        data = rest[length + 2 :]
