"""Several files read as one: each bulk load waits for the disk, so one load is three times faster than twenty."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Chain(io.RawIOBase):
    """The bytes of ``files``, one after the other."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = iter(files)
        self._open: IO[bytes] | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer)
        while True:
            if self._open is None:
                file = next(self._files, None)
                if file is None:
                    return 0
                self._open = file.open("rb")
            data = self._open.read(len(target))
            if data:
                target[: len(data)] = data
                return len(data)
            self._open.close()
            self._open = None
