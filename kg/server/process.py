"""Processes as the server sees them: a worker to be asked, waited for and ended, and the nursery from which workers are forked."""

import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, cast

import kg
from kg.errors import StoreError
from kg.server.limits import Limits
from kg.server.wire import Inbox, unpacked
from kg.wording import Wording

# the engine asks for and returns much memory in small pieces: keep more of them at hand (about a tenth less time a query)
_MEMORY = "glibc.malloc.tcache_count=2000:glibc.malloc.trim_threshold=268435456:glibc.malloc.top_pad=16777216"
_START = 30.0  # seconds a worker may take to open the store
CAN_FORK = hasattr(os, "pidfd_open") and hasattr(socket, "recv_fds")  # Linux; elsewhere workers read the files of the store


Message = tuple[Mapping[str, Any], bytes, bool]


class FallenError(Exception):
    """The worker's process ended in the middle of a request."""


class Process(Protocol):
    """What the server does with a process once it runs."""

    def kill(self) -> None: ...
    def wait(self) -> object: ...


class Forked:
    """A process of the nursery; the handle means this process and no later one with its number."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __del__(self) -> None:
        os.close(self._handle)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> None:
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        poll.poll()


def start(module: str, *arguments: object) -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    """Start a module of the server as a process of its own; return the socket to its standard input, and the process."""
    ours, theirs = socket.socketpair()
    place = str(Path(kg.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (place, os.environ.get("PYTHONPATH"))))
    environment = {"GLIBC_TUNABLES": _MEMORY, **os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-P", "-m", f"kg.server.{module}", *map(str, arguments)]
    with theirs:  # a group of its own: an interrupt from the keyboard is for the server, with which its processes leave
        return ours, subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=environment, process_group=0)


class Nursery:
    """The process that holds the graph in memory (``kg.server.nursery``). Its methods wait: call them in a thread."""

    def __init__(self, folder: Path, spills: str, limits: Limits) -> None:
        self._socket, self._process = start("nursery", folder, spills, limits.held, limits.memory)
        self._turn = threading.Lock()
        self.build = ""

    def ready(self) -> bool:
        """Wait until the graph is in memory; ``False`` when it cannot be, for want of memory or because it is being replaced."""
        with suppress(OSError):
            message = Inbox(self._socket).next()
            if message and "ready" in message[0]:
                self.build = str(message[0]["ready"])
                return True
        return False

    def fork(self) -> tuple[socket.socket, Process]:
        """Return a new worker and the socket to it; raises ``OSError`` when the nursery has fallen."""
        ours, theirs = socket.socketpair()
        with theirs, self._turn:
            socket.send_fds(self._socket, [b"w"], [theirs.fileno()])
            _, handles, _, _ = socket.recv_fds(self._socket, 1, 1)
        if not handles:
            ours.close()
            raise OSError("no worker could be forked")
        return ours, Forked(handles[0])

    def end(self) -> None:
        """End it; the workers that it forked go on."""
        self._process.kill()
        self._process.wait()
        self._socket.close()


class Worker(asyncio.Protocol):
    """One process and the socket to it; ``nursery`` is the one it was forked from, if any."""

    def __init__(
        self, connection: socket.socket, process: Process, fallen: "Callable[[Worker], None]", nursery: Nursery | None = None
    ) -> None:
        self.process, self.nursery = process, nursery
        self.build = self.spills = ""  # what it reads, and how the names of its long answers begin
        self._socket, self._fallen = connection, fallen
        self._data = bytearray()
        self._transport: asyncio.Transport | None = None
        self._reply: asyncio.Future[Message] | None = None

    async def start(self) -> None:
        """Wait until the store is open; raises ``StoreError`` when it cannot be opened."""
        loop = asyncio.get_running_loop()
        self._reply = loop.create_future()
        await loop.create_connection(lambda: self, sock=self._socket)
        try:
            head, _, _ = await asyncio.wait_for(self._reply, _START)
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
        self.build, self.spills = str(head["ready"]), str(head["spills"])

    def ask(self, message: bytes) -> "asyncio.Future[Message]":
        """Send a request; the future holds head, body and mark of the reply, or ``FallenError``."""
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
            self._socket.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop has transports of its own
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._data:
            self._data += data
        message = unpacked(self._data or data)  # most answers are there in one piece
        if message is None:
            self._data = self._data or bytearray(data)
            return
        self._data = bytearray()
        if self._reply and not self._reply.done():
            self._reply.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._reply and not self._reply.done():
            self._reply.set_exception(FallenError())
            self._reply.exception()  # seen: nobody may be waiting any more
        self._fallen(self)
