"""A string table: many short texts in one block of bytes."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Many short texts in one block of bytes; ``texts[i]`` decodes one of them.

    >>> Texts.of(["温州", "湖州"])[1]
    '湖州'
    """

    block: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Return the table of ``texts``, in their order."""
        parts = [text.encode("utf-8") for text in texts]
        ends = np.cumsum([0, *map(len, parts)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(parts), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, i: int) -> str:
        return bytes(self.block[self.ends[i] : self.ends[i + 1]]).decode("utf-8")

    def all(self) -> list[str]:
        """Return every text, in one go."""
        block, ends = self.block.tobytes(), self.ends.tolist()
        return [block[begin:end].decode("utf-8") for begin, end in pairwise(ends)]

    def place(self, text: str) -> int | None:
        """Return where ``text`` stands in a table in the order of its bytes, ``None`` where it does not."""
        at = bisect_left(range(len(self)), text.encode(), key=lambda i: self[i].encode())
        return at if at < len(self) and self[at] == text else None
