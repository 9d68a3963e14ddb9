"""One request and its answer, on bare ASGI: what every route needs of HTTP, said once."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import unquote_to_bytes

from kg.server.limits import Limits
from kg.server.media import content_type
from kg.server.negotiation import language, takes_gzip
from kg.server.pool import Reply
from kg.server.refusal import Refusal
from kg.wording import Lang, Wording

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
_PIECE = 1 << 16
_PATIENCE = 0.05  # seconds of work for a client that has left: to end most queries costs more than to let them end
_MOST_FIELDS = 200
# what a query is full of, replaced at once; the rest, % itself included, is decoded one by one afterwards
_ESCAPES = tuple((b"%%%02X" % ord(character), character.encode()) for character in ' \n"#(),/:;<>?@[]{}')
ALWAYS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"vary", b"Accept, Accept-Encoding, Accept-Language"),
)


class GoneError(Exception):
    """The client has left; there is nobody to answer."""


@dataclass
class Exchange:
    """A request as the routes see it. ``lang`` is the parameter of that name, else what ``Accept-Language`` asks for."""

    scope: Scope
    receive: Receive
    send: Send
    limits: Limits
    otherwise: Lang = "zh"

    def __post_init__(self) -> None:
        self._headers: dict[bytes, bytes] = {}
        for name, value in self.scope["headers"]:
            again = name == b"accept" and name in self._headers
            self._headers[name] = self._headers[name] + b"," + value if again else value

    def header(self, name: bytes) -> str:
        """Return a request header, the empty text where it is missing; several ``Accept`` lines count as one."""
        return self._headers.get(name, b"").decode("latin-1")

    @property
    def method(self) -> str:
        return str(self.scope["method"])

    @property
    def path(self) -> str:
        return str(self.scope["path"])

    @cached_property
    def params(self) -> list[tuple[str, str]]:
        """The parameters of the query string; raises ``Refusal`` when they are not UTF-8."""
        return fields(self.scope["query_string"])

    def param(self, name: str) -> str:
        """Return the first parameter ``name`` of the query string, or the empty text."""
        return next((value for key, value in self.params if key == name), "")

    def part(self, name: str) -> str:
        """Return the part of the path that its pattern calls ``name``."""
        return str(self.scope["path_params"][name])

    @cached_property
    def lang(self) -> Lang:
        try:
            asked = self.param("lang")
        except Refusal:
            asked = ""
        if asked in ("zh", "en"):
            return "zh" if asked == "zh" else "en"
        return language(self.header(b"accept-language"), self.otherwise)

    @property
    def gzip(self) -> bool:
        return takes_gzip(self._headers.get(b"accept-encoding", b""))

    async def body(self, cap: int = 0) -> bytes:
        """Return the body; ``Refusal`` when it is longer than ``cap`` (0: a query), ``GoneError`` when the client leaves before its end."""
        cap = cap or self.limits.query_bytes
        length = self.header(b"content-length")
        if length.isdecimal() and int(length) > cap:
            raise _too_long(cap)
        data = bytearray()
        while True:
            event = await self.receive()
            if event["type"] == "http.disconnect":
                raise GoneError
            data += event.get("body", b"")
            if len(data) > cap:
                raise _too_long(cap)
            if not event.get("more_body"):
                return bytes(data)

    async def while_here(self, work: Coroutine[Any, Any, Reply]) -> Reply:
        """Return what ``work`` makes; when the client leaves before, cancel it and raise ``GoneError``."""
        closing = self.scope.get("kg.closing")
        if closing is not None and closing():  # it left before anything began
            work.close()
            raise GoneError
        task = asyncio.current_task()
        assert task is not None
        left: list[asyncio.TimerHandle] = []

        def leave() -> None:
            left.append(asyncio.get_running_loop().call_later(_PATIENCE, task.cancel))

        leaving: set[Callable[[], None]] = self.scope.setdefault("kg.leaving", set())
        leaving.add(leave)
        try:
            return await work
        except asyncio.CancelledError:
            if left and task.uncancel() == 0:
                raise GoneError from None
            raise
        finally:
            leaving.discard(leave)
            for timer in left:
                timer.cancel()

    def known(self, etag: bytes) -> bool:
        """Say whether the client has the answer with ``etag`` already."""
        asked = self._headers.get(b"if-none-match", b"")
        return asked == b"*" or etag.removeprefix(b"W/") in asked if asked else False

    async def answer(self, status: int, media: str, body: bytes, headers: Headers = ()) -> None:
        """Send a whole answer; a HEAD request gets its head."""
        described = [(b"content-type", content_type(media).encode()), (b"content-length", b"%d" % len(body))]
        if status in (204, 304):
            described = []
        if self.method == "HEAD" or status in (204, 304):
            body = b""
        described += (*ALWAYS, *headers)
        at_once = self.scope.get("kg.answer")
        if at_once is None or not at_once(status, described, body):
            await self.send({"type": "http.response.start", "status": status, "headers": described})
            await self.send({"type": "http.response.body", "body": body})

    async def reply(self, reply: Reply, headers: Headers = ()) -> None:
        """Send what a worker made; a long answer comes from its file, which is gone afterwards."""
        own = [(key.encode(), value.encode("ascii", "xmlcharrefreplace")) for key, value in reply.head.get("headers", {}).items()]
        if reply.packed:
            own.append((b"content-encoding", b"gzip"))
        status, media = reply.head.get("status", 200), reply.head["media"]
        if reply.path is None:
            await self.answer(status, media, reply.body, [*own, *headers])
            return
        with reply.path.open("rb") as file:
            reply.path.unlink()
            described = [(b"content-type", content_type(media).encode()), (b"content-length", str(_size(file)).encode())]
            await self.send({"type": "http.response.start", "status": status, "headers": [*described, *ALWAYS, *own, *headers]})
            while self.method != "HEAD" and (piece := file.read(_PIECE)):
                await self._patiently({"type": "http.response.body", "body": piece, "more_body": True})
            await self.send({"type": "http.response.body", "body": b""})

    async def _patiently(self, event: MutableMapping[str, Any]) -> None:
        """Send a piece; a client that does not take it in time is cut off, so that it cannot believe it has the whole."""
        try:
            await asyncio.wait_for(self.send(event), self.limits.write_seconds)
        except TimeoutError:
            abort = self.scope.get("kg.abort")
            if abort:
                abort()
            raise GoneError from None

    async def refuse(self, refusal: Refusal, headers: Headers = ()) -> None:
        """Send the sentence of ``refusal`` in the form and language that the client reads."""
        media, body = refusal.written(self.header(b"accept"), self.lang)
        own = [(key.lower().encode(), value.encode("latin-1", "replace")) for key, value in refusal.headers.items() if key != "Vary"]
        await self.answer(refusal.status, media.partition(";")[0], body, [*own, *headers])


def address_of(exchange: Exchange) -> str:
    """Return the root of the server as the client sees it, without the last slash."""
    host = exchange.header(b"host")
    if not _HOST.fullmatch(host):
        server = exchange.scope.get("server") or ("127.0.0.1", 80)
        host = f"{server[0]}:{server[1]}"
    return f"{exchange.scope['scheme']}://{host}"


def etag(*parts: bytes) -> bytes:
    """Return a weak entity tag: the same parts, the same answer (compressed or not)."""
    whole = sha256()
    for part in parts:
        whole.update(b"%d:" % len(part))
        whole.update(part)
    return b'W/"%b"' % whole.hexdigest()[:32].encode()


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form or query string; raises ``Refusal`` for bytes that are no UTF-8 or for too many fields."""
    try:
        if not encoded.isascii() or encoded.count(b"&") >= _MOST_FIELDS:
            raise ValueError
        return [(_decoded(name), _decoded(value)) for name, _, value in (part.partition(b"=") for part in encoded.split(b"&") if part)]
    except ValueError:
        what = Wording("请求的参数不是 UTF-8 编码的表单，或参数过多", "the parameters are no form in UTF-8, or too many")
        raise Refusal(400, "bad-form", what, Wording("请按 UTF-8 对参数编码", "encode them as UTF-8, percent-encoded")) from None


def _decoded(part: bytes) -> str:
    part = part.replace(b"+", b" ")
    if b"%" in part:
        for escape, character in _ESCAPES:
            part = part.replace(escape, character)
        part = unquote_to_bytes(part)
    return part.decode()


def _size(file: Any) -> int:
    size = int(file.seek(0, 2))
    file.seek(0)
    return size


def _too_long(cap: int) -> Refusal:
    what = Wording(f"请求正文超过 {cap:,} 字节的上限", f"the body of the request is longer than {cap:,} bytes, the limit")
    return Refusal(
        413, "request-too-long", what, Wording("请缩短，或分几次发送", "shorten it, or send it in parts"), {"Connection": "close"}
    )
