"""SPARQL servers for tests, on loopback, in a temporary folder, ended with the test: Virtuoso 7 and the oxigraph server."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

STARTS = 40.0  # seconds
MAX_ROWS = 30_000  # Virtuoso's ResultSetMaxRows: more than any question answers, less than a cross product
_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
CaseMode = 2
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryCostEstimationTime = 4000
MaxQueryExecutionTime = 240
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: the address of its queries, the environment in which it may be written, and its process id."""

    address: str
    environment: dict[str, str]
    pid: int


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso 7 with its files in ``folder``; its administrator's password is changed and a user of its own may write."""
    need("virtuoso-t", "virtuoso-opensource")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(folder=folder, sql=sql, http=http, rows=MAX_ROWS), encoding="utf-8")
    secret, password = (f"p{secrets.token_hex(8)}" for _ in range(2))  # a password begins with a letter there
    with running(["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")], folder) as process:
        wait_for(process, lambda: isql(sql, "dba", "status();"), folder)
        assert isql(sql, "dba", f"set password dba {secret};")
        assert isql(sql, secret, f"DB.DBA.USER_CREATE('kg', '{password}'); GRANT SPARQL_UPDATE TO kg;")
        yield Server(f"http://127.0.0.1:{http}/sparql", {"KG_STORE_USER": "kg", "KG_STORE_PASSWORD": password}, process.pid)


@contextmanager
def oxigraph(folder: Path, command: str = "serve") -> Iterator[Server]:
    """Run the oxigraph server over the store files in ``folder``."""
    port = free_port()
    program = str(Path(sys.executable).parent / "oxigraph")
    with running([program, command, "--location", str(folder), "--bind", f"127.0.0.1:{port}"], folder.parent) as process:
        wait_for(process, lambda: answers(port), folder.parent)
        yield Server(f"http://127.0.0.1:{port}/query", {}, process.pid)


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(process: "subprocess.Popen[bytes]", ready: Callable[[], bool], folder: Path) -> None:
    ends = time.monotonic() + STARTS
    while not ready():
        if process.poll() is not None or time.monotonic() > ends:
            pytest.fail(f"the server did not start: {(folder / 'server.log').read_text(errors='replace')[-1000:]}")
        time.sleep(0.1)


def isql(port: int, password: str, sql: str) -> bool:
    command = ["isql-vt", "-H", "127.0.0.1", "-S", str(port), "-U", "dba", "-P", password, "ERRORS=STDOUT", f"EXEC={sql}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return done.returncode == 0 and "*** Error" not in done.stdout


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def need(program: str, package: str) -> None:
    if not shutil.which(program):
        pytest.fail(f"{program} is missing - make test installs it on Debian as root; else: sudo apt-get install {package}")
