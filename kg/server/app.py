"""The server: its routes, and what every route does with a refusal or a client that has gone."""

import gc
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.routing import Route, Router

from kg.server.endpoint import Endpoint, cors
from kg.server.exchange import Exchange, GoneError, Receive, Scope, Send
from kg.server.pool import Pool
from kg.server.refusal import Refusal
from kg.server.routes import Handler, Site
from kg.wording import Lang

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


App = Callable[[Scope, Receive, Send], Awaitable[None]]


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


def make_app(pool: Pool, *, union: bool = True, origin: str = "*", lang: Lang = "zh", token: str = "") -> App:
    """Return the ASGI application that answers from ``pool``, which it opens when it starts and closes when it ends."""
    site = Site(Endpoint(pool, union=union, origin=origin, token=token), cors(origin))

    @asynccontextmanager
    async def lifespan(app: Any) -> "AsyncIterator[None]":
        await pool.open()
        gc.freeze()  # what is loaded now stays: no need to look through it again and again
        yield
        await pool.close()

    def door(handler: Handler) -> Door:
        return Door(handler, pool, lang)

    sparql = door(site.sparql)
    routes = [Route(path, door(handler)) for path, handler in site.routes()]
    router = Router(routes, default=door(site.nowhere), lifespan=lifespan, redirect_slashes=False)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        """Spare the address that programs ask thousands of times a second the look through all others."""
        await (sparql if scope.get("path") == "/sparql" else router)(scope, receive, send)

    return app
