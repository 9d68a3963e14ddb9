"""A worker as the server sees it: a process to be asked, waited for and ended."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import kg
from kg.errors import StoreError
from kg.server.wire import SIZE, unpacked
from kg.wording import Wording

# the engine asks for and returns much memory in small pieces: keep more of them at hand (about a tenth less time a query)
_MEMORY = "glibc.malloc.tcache_count=2000:glibc.malloc.trim_threshold=268435456:glibc.malloc.top_pad=16777216"
_START = 30.0  # seconds a worker may take to open the store


class FallenError(Exception):
    """The worker's process ended in the middle of a request."""


class Worker(asyncio.Protocol):
    """One process and the socket to it."""

    def __init__(self, folder: Path, memory: int, fallen: "Callable[[Worker], None]", write: bool = False) -> None:
        self._fallen = fallen
        ours, theirs = socket.socketpair()
        self.socket = ours
        place = str(Path(kg.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (place, os.environ.get("PYTHONPATH"))))
        environment = {"GLIBC_TUNABLES": _MEMORY, **os.environ, "PYTHONPATH": path}
        command = [sys.executable, "-P", "-m", "kg.server.worker", str(folder), str(memory), "write" if write else "read"]
        with theirs:
            self.process = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=environment, close_fds=True)
        self.build = ""
        self._data = bytearray()
        self._transport: asyncio.Transport | None = None
        self._reply: asyncio.Future[tuple[Mapping[str, Any], bytes]] | None = None

    async def start(self) -> None:
        """Wait until the store is open; raises ``StoreError`` when it cannot be opened."""
        loop = asyncio.get_running_loop()
        self._reply = loop.create_future()
        await loop.create_connection(lambda: self, sock=self.socket)
        try:
            head, _ = await asyncio.wait_for(self._reply, _START)
        except (FallenError, TimeoutError) as error:
            self.end()
            raise StoreError(
                "kg serve",
                Wording("无法启动工作进程", "a worker could not be started"),
                Wording("请腾出内存，或重新启动服务", "free memory, or start the server again"),
            ) from error
        if "cannot" in head:
            self.end()
            where, what, remedy = (Wording(*part) for part in head["cannot"])
            raise StoreError(where, what, remedy)
        self.build = str(head["ready"])

    def ask(self, message: bytes) -> "asyncio.Future[tuple[Mapping[str, Any], bytes]]":
        """Send a request; the future holds head and body of the reply, or ``FallenError``."""
        self._reply = asyncio.get_running_loop().create_future()
        if self._transport is None or self._transport.is_closing():
            self._reply.set_exception(FallenError())
        else:
            self._transport.write(message)
        return self._reply

    def end(self) -> None:
        """Kill the process; it only reads, or writes in one transaction, so nothing is lost or half done."""
        self.process.kill()
        if self._transport is not None:
            self._transport.abort()
        else:
            self.socket.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop has transports of its own
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._data += data
        if len(self._data) >= SIZE and (message := unpacked(self._data)):
            self._data.clear()
            if self._reply and not self._reply.done():
                self._reply.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._reply and not self._reply.done():
            self._reply.set_exception(FallenError())
            self._reply.exception()  # seen: nobody may be waiting any more
        self._fallen(self)
