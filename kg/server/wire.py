"""Messages between the server and its workers: a head in JSON and a body, each with its length before it, and one mark."""

import json
import socket
import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_FRAME = struct.Struct(">II?")
SIZE = _FRAME.size
_ROOM = 1 << 16  # bytes read at a time: most messages are one reading
_SHORT = 1 << 12  # bytes of a head that is kept as read: requests for one kind of answer have one head, and so have their answers

encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def head_of(told: Mapping[str, Any]) -> bytes:
    """Return the head of a message."""
    return encoded(told).encode("utf-8", "surrogatepass")


def packed(head: bytes, body: bytes = b"", mark: bool = False) -> bytes:
    """Return one message."""
    return _FRAME.pack(len(head), len(body), mark) + head + body


def unpacked(data: bytes | bytearray) -> tuple[Mapping[str, Any], bytes, bool] | None:
    """Return head, body and mark of the message that ``data`` begins with, ``None`` while it is not all there."""
    if len(data) < SIZE:
        return None
    head, body, mark = _FRAME.unpack_from(data)
    if len(data) < SIZE + head + body:
        return None
    text = bytes(data[SIZE : SIZE + head])
    told = _known(text) if head <= _SHORT else _read(text)
    return told, bytes(data[SIZE + head : SIZE + head + body]), mark


class Inbox:
    """The messages that come through a blocking socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._room = memoryview(bytearray(_ROOM))

    def next(self) -> tuple[Mapping[str, Any], bytes, bool] | None:
        """Return the next message, ``None`` when the other side has gone."""
        data = bytearray()
        while (message := unpacked(data)) is None:
            count = self._connection.recv_into(self._room)
            if not count:
                return None
            data += self._room[:count]
        return message


def _read(text: bytes) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
    return found


_known = lru_cache(maxsize=256)(_read)  # what is read is only looked at, never changed
