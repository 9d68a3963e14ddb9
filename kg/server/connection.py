"""Connections that cannot be held open by doing nothing: uvicorn's HTTP protocol with a clock on each step.

uvicorn itself waits without end for the head and the body of a request.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from kg.server.limits import Limits

_LONGEST_HEAD = 1 << 16  # bytes of request line and headers
_CLOSE = (b"connection", b"close")
_SENTENCES = {
    408: b"408 Request Timeout",
    431: b"431 Request Header Fields Too Large",
}


def patient(limits: Limits) -> type[asyncio.Protocol]:
    """Return a protocol class for uvicorn that keeps ``limits``: slow heads and bodies get 408, long heads 431."""
    return type("PatientProtocol", (_Patient,), {"limits": limits})


class _Patient(HttpToolsProtocol):
    limits: Limits

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._clock: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._leaving: set[Callable[[], None]] = set()
        self._reading = "head"  # head: none is whole yet; body: one is being read; rest: a request is at work

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect("head", self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)
        for leave in tuple(self._leaving):
            leave()

    def data_received(self, data: bytes) -> None:
        if self._reading == "rest" and (self.cycle is None or self.cycle.response_complete):
            self._expect("head", self.limits.head_seconds)
        if self._reading == "head":
            self._head_bytes += len(data)
        super().data_received(data)
        if self._reading == "head" and self._head_bytes > _LONGEST_HEAD:
            self._give_up(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        transport = self.transport
        told: dict[str, Any] = {"kg.abort": transport.abort, "kg.closing": transport.is_closing, "kg.leaving": self._leaving}
        self.scope.update(told)  # type: ignore[typeddict-item]

    def on_url(self, url: bytes) -> None:
        """Encode what a client left as it was typed: the parser of addresses takes ASCII only."""
        super().on_url(url if url.isascii() else b"".join(bytes([c]) if c < 128 else b"%%%02X" % c for c in url))

    def on_headers_complete(self) -> None:
        self._expect("body", self.limits.body_seconds)
        super().on_headers_complete()
        self.scope["kg.answer"] = partial(_answer, self.cycle)  # type: ignore[typeddict-unknown-key]

    def on_message_complete(self) -> None:
        self._stop()
        self._reading = "rest"
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        if self.transport.get_write_buffer_size():  # an answer that nobody takes: closing would wait for it
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def _expect(self, what: str, seconds: float) -> None:
        self._stop()
        self._reading, self._head_bytes = what, 0
        self._clock = self.loop.call_later(seconds, self._give_up, 408)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _give_up(self, status: int) -> None:
        self._stop()
        if not self.transport.is_closing():
            line = _SENTENCES[status]
            self.transport.write(b"HTTP/1.1 %b\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % line)
            self.transport.close()


def _answer(cycle: RequestResponseCycle, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> bool:
    """Send an answer whose length is in its head, all at once; ``False`` when it cannot be, and must go the slow way."""
    if cycle.response_started or cycle.flow.write_paused:
        return False
    lines = [b"%b: %b\r\n" % header for header in headers]
    if _CLOSE in headers:
        cycle.keep_alive = False
    elif not cycle.keep_alive:
        lines.append(b"connection: close\r\n")
    head = b"".join(lines)
    if head.count(b"\n") != len(lines) or head.count(b"\r") != len(lines):  # a header that would be several
        return False
    cycle.response_started = cycle.response_complete = True
    if not cycle.disconnected:
        cycle.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], head, body))
        cycle.message_event.set()
        if not cycle.keep_alive:
            cycle.transport.close()
        cycle.on_response()
    return True
