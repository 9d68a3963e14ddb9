"""What one request may cost: time, rows, bytes, memory, and how long a slow client is waited for."""

import os
from dataclasses import dataclass, field

MIB = 1 << 20


def _processors() -> int:
    return max(2, os.cpu_count() or 2)


def _memory_to_hold() -> int:
    """Return how much memory the graph may take: 512 MiB, and of a small machine an eighth."""
    return min(512 * MIB, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 8)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a server; every answer of the endpoint announces the first three in its head.

    ``seconds`` a query may run before its worker is ended; ``rows`` and ``bytes`` an answer may have (before compression);
    ``query_bytes`` a request body may have; ``memory`` bytes one worker may take; ``held`` bytes that the graph may take in
    memory (beyond them it is answered from its files); ``workers`` processes that answer;
    ``waiting`` requests that may wait for one, each ``wait_seconds`` at most; ``connections`` open at once. The last
    four, in seconds, are for slow clients: to send the head, to send the body, to take the next piece of an answer, to
    keep a connection idle.
    """

    seconds: float = 30.0
    rows: int = 1_000_000
    bytes: int = 256 * MIB
    query_bytes: int = MIB
    memory: int = 4096 * MIB
    held: int = field(default_factory=_memory_to_hold)
    workers: int = field(default_factory=_processors)
    waiting: int = 128
    wait_seconds: float = 10.0
    connections: int = 4096
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    write_seconds: float = 60.0
    idle_seconds: float = 30.0
