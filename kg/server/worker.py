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
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError
from kg.server.desk import Desk
from kg.server.jobs import job
from kg.server.refusal import Refusal, of_error
from kg.server.sink import Sink
from kg.server.wire import packed, receive
from kg.wording import Wording


def main(arguments: list[str]) -> None:
    """Serve until the other side hangs up; ``arguments`` are the graph folder, the memory limit in bytes, and ``write`` or ``read``."""
    folder, memory = Path(arguments[0]), int(arguments[1])
    connection = socket.socket(fileno=os.dup(0))
    threading.Thread(target=_leave_with_the_server, args=(connection,), daemon=True).start()
    _limit(memory)
    try:
        desk = Desk.open(folder, write=arguments[2] == "write")
    except KgError as error:
        connection.sendall(packed({"cannot": [(part.zh, part.en) for part in error.parts]}))
        return
    gc.freeze()  # what is loaded now stays: no need to look through it again and again
    connection.sendall(packed({"ready": desk.build}))
    while message := receive(connection):
        connection.sendall(_answered(desk, *message))
        if message[0]["job"] == "update":
            desk = desk.anew()


def _answered(desk: Desk, head: Mapping[str, Any], body: bytes) -> bytes:
    sink = Sink(head["spill"], bytes_cap=head["bytes"], rows_cap=head["rows"], pack=head["gzip"])
    try:
        reply = job(head["job"])(desk, head, body, sink)
        answer, in_file, packed_already = sink.finish()
    except Refusal as refusal:
        return packed(_refused(refusal))
    except QueryError as error:
        return packed(_refused(of_error(400, "bad-query", error)))
    except KgError as error:
        return packed(_refused(of_error(500, "store", error)))
    except MemoryError:
        return packed({"memory": True})
    except Exception as error:  # a fault of the program; the server stays up and says so
        sys.stderr.write(f"kg serve: {head['job']}: {type(error).__name__}: {error}\n")
        what = Wording(f"程序出错（{type(error).__name__}）", f"the program is at fault ({type(error).__name__})")
        return packed(_refused(Refusal(500, "fault", what, Wording("请报告此问题", "please report it"))))
    return packed({"media": sink.form, "file": in_file, "packed": packed_already, **reply}, answer)


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
