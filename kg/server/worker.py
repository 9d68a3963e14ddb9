"""A worker: a process of its own that opens the store to read and answers one request at a time.

The engine cannot be interrupted, so the server ends a worker whose query runs too long, takes too much memory or is no
longer wanted, and starts another. A worker speaks with the server through its standard input, which is a socket.
"""

import contextlib
import gc
import os
import resource
import select
import socket
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError
from kg.server.desk import Desk
from kg.server.jobs import job
from kg.server.refusal import Refusal, of_error
from kg.server.sink import Sink
from kg.server.wire import Inbox, head_of, packed
from kg.wording import Wording

_CHANGING = ("update", "write_graph")


def main(arguments: list[str]) -> None:
    """Serve until the other side hangs up; ``arguments``: graph folder, that of long answers, bytes of memory, ``write`` or ``read``."""
    folder, spills, memory, mode = Path(arguments[0]), arguments[1], int(arguments[2]), arguments[3]
    connection = socket.socket(fileno=os.dup(0))
    try:
        desk = Desk.open(folder, write=mode == "write")
    except KgError as error:
        connection.sendall(packed(head_of({"cannot": [(part.zh, part.en) for part in error.parts]})))
        return
    gc.freeze()  # what is loaded now stays: no need to look through it again and again
    attend(desk, connection, spills, memory)


def attend(desk: Desk, connection: socket.socket, spills: str, memory: int) -> None:
    """Answer what comes through ``connection`` from ``desk`` until the other side hangs up, with ``memory`` bytes of data at most.

    Long answers become files in the folder ``spills``, whose names begin with the number of this process.
    """
    threading.Thread(target=_leave_with_the_server, args=(connection,), daemon=True).start()
    _limit(memory)
    inbox, name = Inbox(connection), f"{spills}/{os.getpid()}-"
    connection.sendall(packed(head_of({"ready": desk.build, "spills": name})))
    number = 0
    while message := inbox.next():
        head, body, pack = message
        number += 1
        connection.sendall(_answered(desk, {**head, "spill": f"{name}{number}"}, body, pack))
        if head["job"] in _CHANGING:
            desk = desk.anew()


def _answered(desk: Desk, head: Mapping[str, Any], body: bytes, pack: bool) -> bytes:
    sink = Sink(head["spill"], bytes_cap=head["bytes"], rows_cap=head["rows"], pack=pack)
    try:
        reply = job(head["job"])(desk, head, body, sink)
        answer, in_file, packed_already = sink.finish()
    except MemoryError:
        return packed(head_of({"memory": True}))
    except Exception as error:
        sink.discard()
        return packed(head_of(_refused(_refusal(error, head["job"]))))
    file = head["spill"] if in_file else ""
    told = head_of({"media": sink.form, "file": file, **reply}) if reply or file else _plain(sink.form)
    return packed(told, answer, packed_already)


@cache
def _plain(media: str) -> bytes:
    """Return the head of an answer of which nothing else is to be said."""
    return head_of({"media": media, "file": ""})


def _refusal(error: Exception, name: str) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, QueryError):
        return of_error(400, "bad-query", error)
    if isinstance(error, KgError):
        return of_error(500, "store", error)
    sys.stderr.write(f"kg serve: {name}: {type(error).__name__}: {error}\n")  # a fault of the program; the server stays up and says so
    what = Wording(f"程序出错（{type(error).__name__}）", f"the program is at fault ({type(error).__name__})")
    return Refusal(500, "fault", what, Wording("请报告此问题", "please report it"))


def _refused(refusal: Refusal) -> dict[str, Any]:
    said = {"what": [refusal.what.zh, refusal.what.en], "remedy": [refusal.remedy.zh, refusal.remedy.en]}
    return {"refused": refusal.status, "kind": refusal.kind, "headers": refusal.headers, "line": refusal.line, **said}


def _limit(memory: int) -> None:
    """Let the system refuse this process more than ``memory`` bytes, and leave no core file behind."""
    for limit, value in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):  # a system may allow less than is asked for
            resource.setrlimit(limit, (value, value))


def _leave_with_the_server(connection: socket.socket) -> None:
    """End the process when the server is gone, also in the middle of a query (the engine lets other threads run)."""
    poll = select.poll()
    poll.register(connection, 0)  # hang-ups are reported unasked
    poll.poll()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
