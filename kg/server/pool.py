"""The workers of a server: handed out one request each, ended when they take too long, replaced when they fall."""

import asyncio
import sys
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.server.limits import Limits
from kg.server.process import FallenError, Nursery, Worker
from kg.server.refusal import Refusal
from kg.server.source import Source
from kg.server.spills import Spills
from kg.server.wire import head_of, packed
from kg.stamp import read_stamp
from kg.wording import Wording

_LOOK = 1.0  # seconds between two looks at whether the graph was built anew


@dataclass(slots=True)
class Reply:
    """What a worker made: ``head`` as the job returned it, and the answer (compressed if ``packed``), in ``body`` or the file ``path``."""

    head: Mapping[str, Any]
    body: bytes
    packed: bool = False
    path: Path | None = None


class Pool:
    """``workers`` processes that answer; requests beyond them wait in line, and beyond the line are refused.

    ``write``: the store takes updates. The engine lets one process write, and one that reads would not see what is written,
    so there is one worker then, which does both.
    """

    def __init__(self, folder: Path, limits: Limits, *, write: bool = False) -> None:
        self.folder, self.limits, self.write = folder, limits, write
        self.build = ""
        self._spills = Spills()
        self._source = Source(folder, str(self._spills.folder), limits, write, self._held)
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._line: deque[asyncio.Future[Worker]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._looked = 0.0
        self._closed = False

    async def open(self) -> None:
        """Start the workers; raises ``StoreError`` when the graph cannot be opened."""
        with suppress(KgError):  # said by the first worker
            self.build = self._stamped()
        await self._source.begin()
        started = await asyncio.gather(*(self._new() for _ in range(1 if self.write else self.limits.workers)), return_exceptions=True)
        for one in started:
            if isinstance(one, BaseException):
                await self.close()
                raise one
        self._looked = time.monotonic()

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        everyone = [*self._idle, *self._busy]
        for worker in everyone:
            worker.end()
        for worker in everyone:
            await asyncio.to_thread(worker.process.wait)
        await self._source.close()
        self._spills.cleanup()

    def head(self, job: str, told: Mapping[str, Any]) -> bytes:
        """Return what a worker is told to do, as it is sent: the same job with the same ``told`` gives the same bytes."""
        limits = self.limits
        return head_of({**told, "job": job, "bytes": limits.bytes, "rows": limits.rows, "seconds": limits.seconds})

    async def run(self, job: str, told: Mapping[str, Any], body: bytes = b"", *, pack: bool = False) -> Reply:
        """Let a worker do ``job``; see ``work``."""
        return await self.work(self.head(job, told), body, pack=pack)

    async def work(self, head: bytes, body: bytes = b"", *, pack: bool = False) -> Reply:
        """Let a worker do what ``head`` says. Raises ``Refusal``: too busy, too slow, too large, or what the worker refused itself.

        Cancelling ends the worker at once: a query that nobody waits for any more costs nothing.
        """
        self.look()
        worker = self._free() or await self._in_line()
        reply = worker.ask(packed(head, body, pack))
        timer = asyncio.get_running_loop().call_later(self.limits.seconds, _out_of_time, reply, self.limits.seconds)
        whole = False
        try:
            found, answer, packed_already = await reply
            whole = "memory" not in found
        except FallenError:
            raise _fell(self.limits) from None
        finally:
            timer.cancel()
            if whole:
                self._release(worker)
            else:
                self._replace(worker)
        if not whole:
            raise _fell(self.limits)
        if "refused" in found:
            said = Wording(*found["what"]), Wording(*found["remedy"])
            raise Refusal(found["refused"], found["kind"], *said, found["headers"], found["line"])
        return Reply(found, answer, packed_already, Path(found["file"]) if found["file"] else None)

    def _free(self) -> Worker | None:
        if not self._idle:
            return None
        worker = self._idle.pop()
        self._busy.add(worker)
        return worker

    async def _in_line(self) -> Worker:
        if len(self._line) >= self.limits.waiting:
            raise _busy()
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._line.append(place)
        timer = asyncio.get_running_loop().call_later(self.limits.wait_seconds, _waited, place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and place.exception() is None:  # handed over in the same instant
                self._release(place.result())
            raise
        finally:
            timer.cancel()
            if place in self._line:  # whoever was handed a worker has left it already
                self._line.remove(place)

    def _release(self, worker: Worker) -> None:
        """Hand ``worker`` to the next in line, or set it aside; one of an earlier build or another source is replaced."""
        if worker.build != self.build or worker.nursery is not self._source.nursery or self._closed:
            self._replace(worker)
            return
        self._busy.discard(worker)
        while self._line:
            place = self._line.popleft()
            if not place.done():
                self._busy.add(worker)
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _replace(self, worker: Worker) -> None:
        self._busy.discard(worker)
        worker.end()
        self._later(self._bury(worker))

    def _fallen(self, worker: Worker) -> None:
        """Replace a worker that fell while it had nothing to do; one at work is seen by whoever asked it."""
        if worker in self._idle:
            self._idle.remove(worker)
            self._replace(worker)

    async def _bury(self, worker: Worker) -> None:
        """Wait until ``worker`` is gone, with its memory, its files and its lock on the store, and start another in its place."""
        await asyncio.to_thread(worker.process.wait)
        for left in glob(f"{worker.spills}*") if worker.spills else ():
            Path(left).unlink(missing_ok=True)
        await self._again()

    async def _new(self) -> None:
        worker = await self._source.worker(self._fallen)
        self._busy.add(worker)
        try:
            await worker.start()
        except BaseException:
            self._busy.discard(worker)
            raise
        if worker.build != self.build:  # the graph was built anew in these moments
            self._looked = 0.0
            self.look()
        self._release(worker)

    async def _again(self) -> None:
        """Start another worker; while that cannot be done (the store is being replaced, memory is short), try again."""
        while not self._closed:
            try:
                await self._new()
                return
            except (KgError, OSError) as error:
                sys.stderr.write(f"kg serve: {error}\n")
                await asyncio.sleep(_LOOK)

    def _later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def look(self) -> str:
        """Return the build that is served now: once a second it is seen whether the graph was built anew.

        Idle workers of an earlier build are replaced; busy ones finish on the snapshot that they read.
        """
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return self.build
        self._looked = now
        with suppress(KgError):  # in the middle of being replaced: the next look will see it
            self._adopt(self._stamped())
        return self.build

    def _stamped(self) -> str:
        return str(read_stamp(self.folder / "store").get("manifest"))

    def _adopt(self, build: str) -> None:
        if build != self.build:
            self.build = build
            self._source.renew()
            self._replace_idle()

    def _held(self, nursery: Nursery) -> None:
        """Let workers that have the graph in memory take the place of those that read files."""
        self.build = nursery.build
        self._replace_idle()

    def _replace_idle(self) -> None:
        idle, self._idle = self._idle, []
        for worker in idle:
            self._replace(worker)


def _out_of_time(reply: "asyncio.Future[Any]", seconds: float) -> None:
    if not reply.done():
        what = Wording(
            f"查询超过 {seconds:g} 秒的时限，已中止", f"the query took longer than {seconds:g} seconds, the limit, and was stopped"
        )
        reply.set_exception(Refusal(504, "time-limit", what, _SIMPLER))


def _waited(place: "asyncio.Future[Worker]") -> None:
    if not place.done():
        place.set_exception(_busy())


def _busy() -> Refusal:
    what = Wording("服务器正忙，请求已排满", "the server is busy, as many requests wait as may")
    remedy = Wording("请在几秒后重试", "try again in a few seconds")
    return Refusal(503, "busy", what, remedy, {"Retry-After": "5"})


def _fell(limits: Limits) -> Refusal:
    gib = limits.memory / (1 << 30)
    what = Wording(
        f"查询超出了内存上限（{gib:g} GiB）或嵌套过深，已中止",
        f"the query took more memory than allowed ({gib:g} GiB) or is nested too deeply",
    )
    return Refusal(422, "memory-limit", what, _SIMPLER)


_SIMPLER = Wording("请缩小范围或简化查询后再试", "narrow or simplify the query and try again")
