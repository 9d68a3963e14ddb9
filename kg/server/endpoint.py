"""The endpoint ``/sparql``: queries go to a worker, and its answer is sent only when all of it is there."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kg.server.exchange import Exchange, Headers, address_of, etag
from kg.server.limits import Limits
from kg.server.memory import Memory
from kg.server.pool import Pool
from kg.server.protocol import METHODS, Asked, forms, read_asked
from kg.server.refusal import Refusal
from kg.server.token import check_token
from kg.wording import Wording

Uris = tuple[str, ...] | None
_SHORT = 1000  # characters of an Accept header that is remembered
_CHANGING = ("NOW", "RAND", "UUID", "BNODE", "\\U")  # functions; what an escape spells is not looked at
_CHANGES = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b|\\U")


class Endpoint:
    """Answers the SPARQL 1.1 Protocol from ``pool``. ``union``: all graphs together are the default graph.

    ``origin`` is the value of ``Access-Control-Allow-Origin``; ``token`` lets those who have it update the store.
    """

    def __init__(self, pool: Pool, *, union: bool = True, origin: str = "*", token: str = "") -> None:
        self._pool, self.union, self._memory, self._token = pool, union, Memory(), token
        self._known = lru_cache(maxsize=256)(lambda accept, form, address: self._head(forms(accept, form), address))
        self.headers = (*cors(origin), *announced(pool.limits), (b"cache-control", b"no-cache"))

    @property
    def updates(self) -> bool:
        """Whether the store takes updates at all."""
        return bool(self._token)

    async def __call__(self, exchange: Exchange) -> bool:
        """Answer; ``False`` for a request that asks nothing and is to be answered with a description of the endpoint."""
        if exchange.method == "OPTIONS":
            await exchange.answer(204, "text/plain", b"", (*self.headers, *preflight(METHODS)))
            return True
        try:
            asked = await read_asked(exchange)
            if asked is None:
                return False
            await (self._update(exchange, asked) if asked.update else self._query(exchange, asked))
        except Refusal as refusal:
            await exchange.refuse(refusal, self.headers)
        return True

    async def _query(self, exchange: Exchange, asked: Asked) -> None:
        head = self._told(exchange, asked)
        text = asked.text.encode("utf-8", "replace")
        await self._answer(exchange, head, text, self.headers, changing=_may_change(asked.text))

    def _told(self, exchange: Exchange, asked: Asked) -> bytes:
        """Return what the worker is told about a query; for most queries of a client it is the same."""
        if asked.default is None and len(accept := exchange.header(b"accept")) < _SHORT:
            return self._known(accept, asked.form, address_of(exchange))  # most clients ask all their queries alike
        return self._head(forms(exchange.header(b"accept"), asked.form), address_of(exchange), asked.default, asked.named)

    def _head(self, wanted: Mapping[str, str], address: str, default: Uris = None, named: Uris = None) -> bytes:
        told = {"forms": wanted, "default": default, "named": named, "union": self.union, "base": f"{address}/sparql"}
        return self._pool.head("sparql", told)

    async def _update(self, exchange: Exchange, asked: Asked) -> None:
        if not self.updates:
            raise no_updates()
        self.check(exchange)
        told = {"default": asked.default, "named": asked.named, "base": f"{address_of(exchange)}/sparql"}
        await self.change(exchange, "update", told, asked.text.encode("utf-8", "replace"))

    def check(self, exchange: Exchange) -> None:
        """Raise ``Refusal`` (401) unless the request has the token."""
        check_token(exchange.header(b"authorization"), self._token)

    async def change(self, exchange: Exchange, job: str, told: dict[str, Any], body: bytes) -> None:
        """Let the worker change the store; whoever calls this has checked the token."""
        work = self._pool.run(job, told, body)
        await exchange.reply(await exchange.while_here(work), self.headers)

    async def answer(self, exchange: Exchange, job: str, told: dict[str, Any], headers: Headers = ()) -> None:
        """Let a worker do ``job``, unless the client or the server has the answer already."""
        await self._answer(exchange, self._pool.head(job, told), b"", headers)

    async def _answer(self, exchange: Exchange, head: bytes, text: bytes, headers: Headers, changing: bool = False) -> None:
        """Answer what differs each time, or comes from a store that takes updates, by a worker; no tag says in which state it was."""
        if changing or self.updates:
            work = self._pool.work(head, text, pack=exchange.gzip)
            await exchange.reply(await exchange.while_here(work), headers)
            return
        tag = etag(self._pool.look().encode(), head, text)
        described = (*headers, (b"etag", tag))
        if exchange.method != "POST" and exchange.known(tag):
            await exchange.answer(304, "", b"", described)
            return
        key = (tag, exchange.gzip)
        reply = self._memory.find(key)
        if reply is None:
            reply = await exchange.while_here(self._pool.work(head, text, pack=exchange.gzip))
            self._memory.keep(key, reply)
        await exchange.reply(reply, described)


def _may_change(sparql: str) -> bool:
    """Say whether the answer may differ each time it is asked for: then it has no entity tag and is not kept."""
    large = sparql.upper()
    return any(word in large for word in _CHANGING) and bool(_CHANGES.search(large))


def announced(limits: Limits) -> Headers:
    """Return the headers that announce what a query may cost."""
    return (
        (b"kg-time-limit", f"{limits.seconds:g}".encode()),
        (b"kg-row-limit", str(limits.rows).encode()),
        (b"kg-byte-limit", str(limits.bytes).encode()),
    )


def cors(origin: str) -> Headers:
    """Return the headers by which pages of ``origin`` may read an answer; no credentials are ever asked for."""
    if not origin:
        return ()
    exposed = b"ETag, Retry-After, KG-Time-Limit, KG-Row-Limit, KG-Byte-Limit, Link, Location"
    return ((b"access-control-allow-origin", origin.encode("ascii", "ignore")), (b"access-control-expose-headers", exposed))


def preflight(methods: str) -> Headers:
    """Return the headers that answer an OPTIONS request."""
    return (
        (b"allow", methods.encode()),
        (b"access-control-allow-methods", methods.encode()),
        (b"access-control-allow-headers", b"Accept, Accept-Language, Content-Type, If-None-Match"),
        (b"access-control-max-age", b"86400"),
    )


def no_updates() -> Refusal:
    """Return the refusal of a change where none are taken."""
    what = Wording("此服务只读，不接受更新", "this server only reads and takes no updates")
    remedy = Wording("用 kg add、kg review 和 kg build 改变图谱", "change the graph with kg add, kg review and kg build")
    return Refusal(403, "read-only", what, remedy)
