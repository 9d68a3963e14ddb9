"""A fact as a comparison sees it: kind, report, place, quote and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """``words`` are those of the facts format, without offsets and rules; ``report`` is empty where it is not known."""

    kind: str
    report: str
    start: int
    quote: str
    words: Mapping[str, Any]

    @property
    def end(self) -> int:
        """The end of the quote (code points, exclusive)."""
        return self.start + len(self.quote)
