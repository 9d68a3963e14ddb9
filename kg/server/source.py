"""Where workers come from: forked from a nursery that has the graph in memory, or started over the files of the store."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.server.limits import Limits
from kg.server.process import CAN_FORK, Nursery, Worker, start
from kg.stamp import read_stamp

_LEAST = 150  # bytes that a quad takes in memory at the least; 300 to 500 are usual
_SOON = 4.0  # seconds to wait for the nursery at the start; a graph that takes longer is answered from its files meanwhile
_AGAIN = 3.0  # seconds after which a nursery that fell is replaced


class Source:
    """Makes workers for the graph in ``folder``; ``held`` is called when the graph is in memory, for the workers that are there.

    A store that takes updates (``write``) is never held: what changes lies in its files.
    """

    def __init__(self, folder: Path, spills: str, limits: Limits, write: bool, held: Callable[[Nursery], None]) -> None:
        self._folder, self._spills, self._limits = folder, spills, limits
        self._write, self._held = write, held
        self.nursery: Nursery | None = None
        self._loading: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Load the graph into memory, waiting a few seconds at most."""
        self._load()
        if self._loading is not None:
            await asyncio.wait({self._loading}, timeout=_SOON)

    def renew(self) -> None:
        """Give up what is in memory, since the graph was built anew, and load it again."""
        self._give_up()
        self._load()

    async def worker(self, fallen: Callable[[Worker], None]) -> Worker:
        """Return a worker that begins."""
        nursery = self.nursery
        if nursery is not None:
            try:
                return Worker(*await asyncio.to_thread(nursery.fork), fallen, nursery)
            except OSError:
                self._replace(nursery)
        mode = "write" if self._write else "read"
        return Worker(*start("worker", self._folder, self._spills, self._limits.memory, mode), fallen)

    async def close(self) -> None:
        """End the nursery."""
        self._give_up()
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _fits(self) -> bool:
        if self._write or not CAN_FORK:
            return False
        try:
            quads = read_stamp(self._folder / "store").get("quads")
        except KgError:
            return False
        return isinstance(quads, int) and quads * _LEAST < self._limits.held

    def _load(self, wait: float = 0) -> None:
        if self._fits():
            self._loading = self._later(self._loaded(wait))

    async def _loaded(self, wait: float) -> None:
        await asyncio.sleep(wait)
        nursery = Nursery(self._folder, self._spills, self._limits)
        try:
            if await asyncio.to_thread(nursery.ready):
                self.nursery = nursery
                self._held(nursery)
        finally:
            if self.nursery is not nursery:  # too large after all, or given up meanwhile
                self._later(asyncio.to_thread(nursery.end))

    def _replace(self, nursery: Nursery) -> None:
        if nursery is self.nursery:
            self._give_up()
            self._load(_AGAIN)

    def _give_up(self) -> None:
        """Stop loading and end the nursery; the workers that it forked go on."""
        if self._loading is not None:
            self._loading.cancel()
        if self.nursery is not None:
            self._later(asyncio.to_thread(self.nursery.end))
        self.nursery = self._loading = None

    def _later(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
