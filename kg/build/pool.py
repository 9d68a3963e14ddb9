"""Reports made into shards by several processes of this program.

Each process (``python -m kg.build.worker``) is served by a thread: it gets the names of a few reports on its standard input and
answers a line for each. What a process has finished lies on disk, so one that is killed costs the report it was at: that report
is tried again, alone, and then given up. A process ends when its standard input does, so none outlives the build.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO

from kg.build.making import Maker
from kg.build.shard import finished
from kg.errors import BuildError

POOL_FROM = 60_000  # bytes of text: some seconds of reading, beside which the start of further processes (half a second) counts little
BATCH_BYTES, BATCH = 20_000, 100  # of text, and of reports, that a process gets at a time
ATTEMPTS = 3
_HOME = Path(__file__).resolve().parents[2]

Done = Callable[[str, int], None]
Batch = list[tuple[str, str]]
_Answer = tuple[str, Batch]


def make_reports(wanted: Mapping[str, str], maker: Maker, done: Done, workers: int | None) -> None:
    """Make the shards of the reports ``wanted`` (report to key); ``done`` is told each report and how many there are by then.

    ``workers`` processes share the work, by default one a processor where there is much to do, else none but this one. The
    shards do not depend on who makes them. Raises the error of the first report that cannot be read, and ``BuildError`` for one
    that ends its process ``ATTEMPTS`` times.
    """
    left = {report: key for report, key in wanted.items() if not finished(maker.folder, key)}
    ready = len(wanted) - len(left)
    sizes = {report: _size(maker.inputs.reports / report / "report.txt") for report in left}
    processes = min(workers or (_processors() if sum(sizes.values()) > POOL_FROM else 1), len(left))
    if processes > 1:
        for report in _Pool(maker, processes).made(list(_batches(left, sizes))):
            ready += 1
            done(report, ready)
            del left[report]
    for number, (report, key) in enumerate(left.items(), ready + 1):  # here an error is raised as what it is
        done(report, number)
        maker.report(report, key)


class _Pool:
    """The processes of one build."""

    def __init__(self, maker: Maker, processes: int) -> None:
        self._maker = maker
        self._work: Queue[Batch | None] = Queue()
        self._answers: Queue[_Answer] = Queue()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._threads = [Thread(target=self._serve, daemon=True) for _ in range(processes)]

    def made(self, batches: list[Batch]) -> Iterator[str]:
        """Yield the reports as they are made; one that cannot be read is left out, for its error cannot travel."""
        open_, deaths = sum(map(len, batches)), Counter[str]()
        for batch in batches:
            self._work.put(batch)
        for thread in self._threads:
            thread.start()
        try:
            while open_:
                outcome, reports = self._answers.get()
                if outcome == "lost":
                    self._again(reports, deaths)
                    continue
                open_ -= 1
                if outcome == "made":
                    yield reports[0][0]
        finally:
            self._stop()

    def _stop(self) -> None:
        self._stopped = True
        for process in list(self._running):
            process.kill()
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()

    def _again(self, reports: Batch, deaths: Counter[str]) -> None:
        """Hand out again what a process did not answer for: the report it was at alone, for it may be at fault."""
        first, rest = reports[:1], reports[1:]
        deaths[first[0][0]] += 1
        if deaths[first[0][0]] >= ATTEMPTS:
            what = f"the process that read it was ended {ATTEMPTS} times, perhaps for want of memory"
            raise BuildError(self._maker.inputs.reports / first[0][0], what, "free memory, or take this report out")
        for part in (first, rest):
            if part:
                self._work.put(part)

    def _serve(self) -> None:
        process: subprocess.Popen[bytes] | None = None
        while (batch := self._work.get()) is not None and not self._stopped:
            left = list(batch)
            try:
                process = process or self._start()
                _send(process.stdin, batch)
                while left:
                    outcome = _answered(process.stdout)
                    self._answers.put((outcome, [left.pop(0)]))
            except (OSError, EOFError):
                self._answers.put(("lost", left))
                self._end(process)
                process = None
        self._end(process)

    def _start(self) -> subprocess.Popen[bytes]:
        inputs = self._maker.inputs
        folders = [inputs.reports, inputs.decisions, inputs.authority, inputs.ontology, inputs.rules, self._maker.folder]
        path = os.pathsep.join(filter(None, (str(_HOME), os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-m", "kg.build.worker", *(str(folder.absolute()) for folder in folders)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path})
        self._running.add(process)
        if self._stopped:  # meanwhile
            process.kill()
        return process

    def _end(self, process: subprocess.Popen[bytes] | None) -> None:
        if process is not None:
            process.kill()
            process.communicate()
            self._running.discard(process)


def _send(stream: IO[bytes] | None, batch: Batch) -> None:
    assert stream is not None
    stream.write(json.dumps(batch).encode() + b"\n")
    stream.flush()


def _answered(stream: IO[bytes] | None) -> str:
    assert stream is not None
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return line.decode().strip()


def _batches(left: Mapping[str, str], sizes: Mapping[str, int]) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for report, key in left.items():
        batch.append((report, key))
        size += sizes[report]
        if size >= BATCH_BYTES or len(batch) >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
