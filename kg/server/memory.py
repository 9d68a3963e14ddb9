"""Answers that are kept: a build never changes, so the same question has the same answer until the next one."""

from collections import OrderedDict

from kg.server.pool import Reply

LONGEST = 1 << 16  # bytes of an answer that is kept; what is longer is rarely asked twice
ROOM = 32 << 20  # bytes kept in all
_BESIDE = 512  # bytes that an entry takes beside its answer


class Memory:
    """The answers asked for last, by entity tag (which covers build, question and form) and compression.

    >>> memory = Memory(room=2000)
    >>> for tag in (b"a", b"b", b"c"):
    ...     memory.keep((tag, False), Reply({"media": "text/csv"}, b"x" * 400))
    >>> [memory.find((tag, False)) is not None for tag in (b"a", b"b", b"c")]
    [False, True, True]
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[tuple[bytes, bool], Reply] = OrderedDict()
        self._taken = 0

    def find(self, key: tuple[bytes, bool]) -> Reply | None:
        """Return the answer kept under ``key``, which is thereby the last asked for."""
        reply = self._kept.get(key)
        if reply is not None:
            self._kept.move_to_end(key)
        return reply

    def keep(self, key: tuple[bytes, bool], reply: Reply) -> None:
        """Keep a short answer; the ones that were not asked for the longest make room. Long ones lie in files and go by."""
        if reply.path is not None or len(reply.body) > LONGEST or key in self._kept:
            return
        self._kept[key] = reply
        self._taken += len(reply.body) + _BESIDE
        while self._taken > self._room:
            _, oldest = self._kept.popitem(last=False)
            self._taken -= len(oldest.body) + _BESIDE
