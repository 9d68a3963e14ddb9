"""The endpoint ``/sparql``: queries go to a worker, and its answer is sent only when all of it is there."""

import re
from typing import Any

from kg.server.exchange import Exchange, Headers, address_of, etag
from kg.server.limits import Limits
from kg.server.memory import Memory
from kg.server.pool import Pool
from kg.server.protocol import METHODS, Asked, forms, read_asked
from kg.server.refusal import Refusal
from kg.server.token import check_token
from kg.wording import Wording

# an answer that differs each time it is asked for has no entity tag
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


class Endpoint:
    """Answers the SPARQL 1.1 Protocol from ``pool``. ``union``: all graphs together are the default graph.

    ``origin`` is the value of ``Access-Control-Allow-Origin``; ``token`` lets those who have it update the store.
    """

    def __init__(self, pool: Pool, *, union: bool = True, origin: str = "*", token: str = "") -> None:
        self._pool, self.union, self._memory, self._token = pool, union, Memory(), token
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
        wanted = forms(exchange, asked)
        graphs = {"default": asked.default, "named": asked.named, "union": self.union}
        head: dict[str, Any] = {"forms": wanted, **graphs, "base": f"{address_of(exchange)}/sparql"}
        if _CHANGING.search(asked.text):
            work = self._pool.run("sparql", head, asked.text.encode("utf-8", "replace"), pack=exchange.gzip)
            await exchange.reply(await exchange.while_here(work), self.headers)
        else:
            await self.answer(exchange, "sparql", head, asked.text, self.headers)

    async def _update(self, exchange: Exchange, asked: Asked) -> None:
        if not self.updates:
            raise _no_updates()
        check_token(exchange.header(b"authorization"), self._token)
        head = {"default": asked.default, "named": asked.named, "base": f"{address_of(exchange)}/sparql"}
        work = self._pool.run("update", head, asked.text.encode("utf-8", "replace"))
        await exchange.reply(await exchange.while_here(work), self.headers)

    async def answer(self, exchange: Exchange, job: str, head: dict[str, Any], text: str = "", headers: Headers = ()) -> None:
        """Let a worker do ``job``, unless the client or the server has the answer already.

        A store that takes updates is asked each time: no tag says in which state it was.
        """
        if self.updates:
            work = self._pool.run(job, head, text.encode("utf-8", "replace"), pack=exchange.gzip)
            await exchange.reply(await exchange.while_here(work), headers)
            return
        tag = etag(self._pool.look(), job, text, head)
        described = (*headers, (b"etag", tag))
        if exchange.method != "POST" and exchange.known(tag):
            await exchange.answer(304, "", b"", described)
            return
        key = (tag, exchange.gzip)
        reply = self._memory.find(key)
        if reply is None:
            reply = await exchange.while_here(self._pool.run(job, head, text.encode("utf-8", "replace"), pack=exchange.gzip))
            self._memory.keep(key, reply)
        await exchange.reply(reply, described)


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


def _no_updates() -> Refusal:
    what = Wording("此服务只读，不接受更新", "this server only reads and takes no updates")
    remedy = Wording("用 kg add、kg review 和 kg build 改变图谱", "change the graph with kg add, kg review and kg build")
    return Refusal(403, "read-only", what, remedy)
