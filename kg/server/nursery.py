"""The nursery: a process that holds the graph in memory and from which workers are forked, each there within milliseconds.

From memory the engine answers two to three times as fast as from its files. The nursery answers nothing itself and has one
thread, so that a fork is whole; what it holds is shared by all workers until one of them writes to a page. It speaks with the
server through its standard input: a socket comes, a worker is forked at its other end, and a handle to the process goes back.
"""

import contextlib
import gc
import os
import resource
import socket
import sys
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from kg.errors import KgError, StoreError
from kg.server.desk import Desk
from kg.server.jobs import job
from kg.server.wire import head_of, packed
from kg.server.worker import attend
from kg.stamp import read_stamp
from kg.store import EmbeddedStore
from kg.wording import Wording


def main(arguments: list[str]) -> None:
    """Serve until the other side hangs up; ``arguments``: the graph folder, that of long answers, the bytes to hold, those of a worker."""
    folder, spills, most, memory = Path(arguments[0]), arguments[1], int(arguments[2]), int(arguments[3])
    connection = socket.socket(fileno=os.dup(0))
    os.close(0)
    try:
        desk = _desk(folder, Path(spills), most)
    except (KgError, MemoryError):  # workers that read the files take over; what is wrong with those they say themselves
        return
    job("sparql")  # imported once for all
    gc.freeze()  # what is loaded now stays: looking through it would only copy its pages
    connection.sendall(packed(head_of({"ready": desk.build})))
    while worker := _asked(connection):
        _reap()
        if not (pid := os.fork()):
            try:
                connection.close()
                attend(desk, worker, spills, memory + _data_bytes())
            finally:
                os._exit(0)
        worker.close()
        handle = os.pidfd_open(pid)
        socket.send_fds(connection, [b"w"], [handle])
        os.close(handle)
    os._exit(0)  # at once: a graph that is given back piece by piece takes a while


def _desk(folder: Path, spills: Path, most: int) -> Desk:
    before = read_stamp(folder / "store")
    desk = Desk.over(_copied(folder, spills / f"{os.getpid()}-graph.nq", most), folder)
    if read_stamp(folder / "store") != before:
        what = Wording("读取时图谱已重新构建", "the graph was built anew while it was read")
        raise StoreError(folder, what, Wording("请重新启动服务", "start the server again"))
    return desk


def _asked(connection: socket.socket) -> socket.socket | None:
    """Return the socket for which a worker is wanted, ``None`` when the server is gone."""
    _, handles, _, _ = socket.recv_fds(connection, 1, 1)
    return socket.socket(fileno=handles[0]) if handles else None


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _copied(folder: Path, file: Path, most: int) -> EmbeddedStore:
    """Return a copy in memory of the store in ``folder``, of ``most`` bytes at most; ``file`` holds its quads meanwhile.

    Another process reads the store: the engine's threads that go with its files would not be there in a fork.
    """
    try:
        if not (pid := os.fork()):
            _dump(folder, file)
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            what = Wording("存储无法读入内存", "the store could not be read into memory")
            raise StoreError(folder, what, Wording("请腾出内存，或用 --hold 0 启动", "free memory, or serve it with --hold 0"))
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
        return EmbeddedStore.of_files([file])
    finally:
        file.unlink(missing_ok=True)


def _dump(folder: Path, file: Path) -> NoReturn:
    """Write the quads of the store to ``file`` and end the process, with 0 when all are written."""
    status = 1
    try:
        quads = BytesIO()
        EmbeddedStore.at(folder).dump(quads)
        quads.seek(0)
        with file.open("wb") as out:  # in order: of things that lie close in memory more are found in the processor's cache
            out.writelines(sorted(quads))
        status = 0
    finally:
        os._exit(status)


def _data_bytes() -> int:
    """Return how much data this process has, as the system counts it against the limit."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()


if __name__ == "__main__":
    main(sys.argv[1:])
