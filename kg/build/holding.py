"""One build at a time in a folder, which first puts right what a killed one left."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.atomic import put_in_place, restore_folder, unwritable
from kg.errors import BuildError, StoreError
from kg.stamp import manifest_hash, read_stamp, waiting_build
from kg.wording import Wording


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold ``out`` for one build at a time; the hold ends with the process, however it ends."""
    try:
        import fcntl
    except ImportError:  # a system without advisory locks
        out.mkdir(parents=True, exist_ok=True)
        yield
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out, os.O_RDONLY)
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BuildError(
            out, Wording("另一次构建正在这里进行", "another build is at work here"), Wording("请等它结束", "wait for it to end")
        ) from error
    finally:
        os.close(handle)


def finish_killed(out: Path) -> None:
    """Put the built folder in place that a killed build had finished: its store is in place already, and only the last step lacks."""
    restore_folder(out / "store")
    restore_folder(out / "built")
    try:
        loaded = read_stamp(out / "store").get("manifest")
    except StoreError:
        return
    waiting = waiting_build(out, loaded)
    if waiting and loaded != manifest_hash(out / "built"):
        put_in_place(waiting, out / "built")
