"""Messages between the server and its workers: a head in JSON and a body, each with its length before it."""

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

_LENGTHS = struct.Struct(">II")
SIZE = _LENGTHS.size


def packed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Return one message."""
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(text), len(body)) + text + body


def unpacked(data: bytes | bytearray) -> tuple[dict[str, Any], bytes] | None:
    """Return head and body of the message that ``data`` begins with, ``None`` while it is not all there."""
    if len(data) < SIZE:
        return None
    head, body = _LENGTHS.unpack_from(data)
    if len(data) < SIZE + head + body:
        return None
    text = bytes(data[SIZE : SIZE + head]).decode("utf-8", "surrogatepass")
    return json.loads(text), bytes(data[SIZE + head : SIZE + head + body])


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message of a blocking socket, ``None`` when the other side has gone."""
    data = bytearray()
    while (message := unpacked(data)) is None:
        piece = connection.recv(1 << 18)
        if not piece:
            return None
        data += piece
    return message
