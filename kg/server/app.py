"""The server: its routes, and what every route does with a refusal or a client that has gone."""

import re
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.routing import Route, Router

from kg.catalogue.wording import Lang, Wording
from kg.server.endpoint import Endpoint
from kg.server.exchange import Exchange, GoneError, Headers, Receive, Scope, Send, etag
from kg.server.pool import Pool
from kg.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
Handler = Callable[[Exchange], Awaitable[None]]


@dataclass(frozen=True)
class Door:
    """An ASGI application around ``handler``: refusals become their sentence, whoever has gone gets nothing."""

    handler: Handler
    pool: Pool
    lang: Lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(scope, receive, send, self.pool.limits, self.lang)
        try:
            await self.handler(exchange)
        except Refusal as refusal:
            await exchange.refuse(refusal)
        except GoneError:
            return


def address_of(exchange: Exchange) -> str:
    """Return the root of the server as the client sees it, without the last slash."""
    host = exchange.header(b"host")
    if not _HOST.fullmatch(host):
        server = exchange.scope.get("server") or ("127.0.0.1", 80)
        host = f"{server[0]}:{server[1]}"
    return f"{exchange.scope['scheme']}://{host}"


@dataclass(frozen=True)
class Site:
    """The handlers; each leaves all that touches the store to a worker."""

    pool: Pool
    endpoint: Endpoint
    union: bool

    async def sparql(self, exchange: Exchange) -> None:
        if not await self.endpoint(exchange):
            await self._work(exchange, "describe", {"address": address_of(exchange), "union": self.union}, self.endpoint.headers)

    async def nowhere(self, exchange: Exchange) -> None:
        what = Wording("此地址没有内容", "there is nothing at this address")
        raise Refusal(404, "not-found", what, Wording("从首页 / 开始", "begin at /"))

    async def _work(self, exchange: Exchange, job: str, head: Mapping[str, Any], headers: Headers = ()) -> None:
        """Let a worker do ``job``: the same build and the same request give the same answer, which a client may keep."""
        asked = {**head, "lang": exchange.lang, "accept": exchange.header(b"accept"), "format": exchange.param("format")}
        if exchange.method not in ("GET", "HEAD"):
            what = Wording(f"此地址不接受 {exchange.method[:20]}", f"{exchange.method[:20]} is not for this address")
            raise Refusal(405, "method", what, Wording("可用：GET, HEAD", "use GET or HEAD"), {"Allow": "GET, HEAD"})
        described = (*headers, (b"etag", etag(self.pool.build, job, asked)))
        if exchange.known(described[-1][1]):
            await exchange.answer(304, "", b"", described)
            return
        await exchange.reply(await exchange.while_here(self.pool.run(job, asked, pack=exchange.gzip)), described)


def make_app(pool: Pool, *, union: bool = True, origin: str = "*", lang: Lang = "zh") -> Router:
    """Return the ASGI application that answers from ``pool``, which it opens when it starts and closes when it ends."""
    site = Site(pool, Endpoint(pool, union=union, origin=origin), union)

    @asynccontextmanager
    async def lifespan(app: Any) -> "AsyncIterator[None]":
        await pool.open()
        yield
        await pool.close()

    def door(handler: Handler) -> Door:
        return Door(handler, pool, lang)

    routes = [
        Route("/sparql", door(site.sparql)),
    ]
    return Router(routes, default=door(site.nowhere), lifespan=lifespan, redirect_slashes=False)


def warn(sentence: str) -> None:
    """Say on standard error what the person who runs the server should know."""
    sys.stderr.write(f"kg serve: {sentence}\n")
