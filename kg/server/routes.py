"""What the server answers at each of its addresses; all that touches the store is left to a worker."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kg.server.endpoint import Endpoint, preflight
from kg.server.exchange import Exchange, Headers, address_of
from kg.server.graph_store import PLACE, GraphStore
from kg.server.media import HTML, NAMES, ROWS, TRIPLES, TURTLE
from kg.server.negotiation import accepted
from kg.server.places import ROOTS
from kg.server.refusal import Refusal
from kg.wording import Wording

Handler = Callable[[Exchange], Awaitable[None]]
STATIC = Path(__file__).resolve().parent / "static"
BUNDLE = STATIC / "dist"  # what frontend/ is made into when the package is installed
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_READ = "GET, HEAD, OPTIONS"
_FORMS = (*ROWS, *TRIPLES, HTML)


@dataclass(frozen=True)
class Site:
    """The handlers. ``headers`` let pages of other origins read the data."""

    endpoint: Endpoint
    headers: Headers

    def routes(self) -> Iterator[tuple[str, Handler]]:
        """Yield address patterns, the one asked most often first."""
        yield "/sparql", self.sparql
        yield "/", self.home
        graphs = GraphStore(self.endpoint)
        yield PLACE, graphs
        yield f"{PLACE}/{{rest:path}}", graphs
        yield "/sparql/terms", self.terms
        yield "/sparql/names", self.names
        yield "/api/openapi.json", self.openapi
        yield "/api/{subject}/{question}", self.api
        yield "/questions/{subject}/{question}", self.question
        yield "/search", self.search
        for root in ROOTS:
            yield f"/{root}/{{rest:path}}", self.thing
        yield "/ontology", self.thing
        yield "/concept", self.thing
        yield "/ontology/{version}", self.thing
        yield "/.well-known/void", self.void
        yield "/page/ontology", self.ontology
        yield "/page/{place:path}", self.page
        yield "/data/{place:path}", self.data
        yield "/report/{report}", self.report
        yield "/view/{view}", self.view
        yield "/dump.{form}", self.dump
        yield "/static/dist/{name}", self.bundle
        yield "/static/{name}", self.static

    async def sparql(self, exchange: Exchange) -> None:
        person = accepted(exchange.header(b"accept"), _FORMS) == HTML and not exchange.param("format")
        if person and exchange.method in ("GET", "HEAD"):
            asked = {name: exchange.param(name) for name in ("query", "view", "part")}
            base = f"{address_of(exchange)}/sparql"
            await self._work(exchange, "console", {**asked, "union": self.endpoint.union, "base": base, "bundle": has_bundle()})
        elif not await self.endpoint(exchange):
            about = {"address": address_of(exchange), "union": self.endpoint.union, "updates": self.endpoint.updates}
            await self._work(exchange, "describe", about, self.endpoint.headers)

    async def terms(self, exchange: Exchange) -> None:
        await self._work(exchange, "vocabulary")

    async def names(self, exchange: Exchange) -> None:
        await self._work(exchange, "names", {"name": exchange.param("name")[:500]})

    async def home(self, exchange: Exchange) -> None:
        await self._work(exchange, "home")

    async def search(self, exchange: Exchange) -> None:
        await self._work(exchange, "search", {"name": exchange.param("name")[:500]})

    async def openapi(self, exchange: Exchange) -> None:
        await self._work(exchange, "describe_api", {"address": address_of(exchange)}, self.headers)

    async def api(self, exchange: Exchange) -> None:
        await self._work(exchange, "answer", self._asked(exchange), self.headers)

    async def question(self, exchange: Exchange) -> None:
        await self._work(exchange, "question_page", {**self._asked(exchange), "address": address_of(exchange), "bundle": has_bundle()})

    async def ontology(self, exchange: Exchange) -> None:
        await self._work(exchange, "ontology")

    async def report(self, exchange: Exchange) -> None:
        await self._work(exchange, "report", {"report": exchange.part("report")})

    async def view(self, exchange: Exchange) -> None:
        await self._work(exchange, "view", {"view": exchange.part("view"), "focus": exchange.param("focus")[:500]})

    async def dump(self, exchange: Exchange) -> None:
        form = exchange.part("form")
        if form not in ("nq", "trig", "ttl", "jsonld"):
            await self.nowhere(exchange)
            return
        await self._work(exchange, "dump", {"form": form}, self.headers)

    async def thing(self, exchange: Exchange) -> None:
        """Send on to the document about a thing: 303, since a thing is no document."""
        forms = (TURTLE, HTML, *TRIPLES)  # who takes anything is a program; browsers ask for HTML
        wanted = NAMES.get(exchange.param("format")) or accepted(exchange.header(b"accept"), forms) or TURTLE
        place = str(exchange.scope.get("raw_path", b"").decode("ascii", "ignore")).lstrip("/")
        target = f"/{'page' if wanted == HTML else 'data'}/{place}"
        asked = urlencode([(name, value) for name, value in exchange.params if name in ("lang", "format")])
        location = target + (f"?{asked}" if asked else "")
        await exchange.answer(
            303, "text/plain", f"{location}\n".encode(), ((b"location", location.encode("ascii", "ignore")), *self.headers)
        )

    async def void(self, exchange: Exchange) -> None:
        await exchange.answer(303, "text/plain", b"/id/dataset\n", ((b"location", b"/id/dataset"), *self.headers))

    async def page(self, exchange: Exchange) -> None:
        await self._work(exchange, "thing", {"place": self._place(exchange)})

    async def data(self, exchange: Exchange) -> None:
        await self._work(exchange, "data", {"place": self._place(exchange)}, self.headers)

    async def static(self, exchange: Exchange) -> None:
        await self._file(exchange, STATIC)

    async def bundle(self, exchange: Exchange) -> None:
        await self._file(exchange, BUNDLE)

    async def _file(self, exchange: Exchange, folder: Path) -> None:
        path = folder / exchange.part("name")
        if path.parent != folder or path.suffix not in _KINDS or not path.is_file():
            await self.nowhere(exchange)
            return
        body = path.read_bytes()
        headers = ((b"etag", f'"{sha256(body).hexdigest()[:32]}"'.encode()), (b"cache-control", b"no-cache"))
        known = exchange.known(headers[0][1])
        await exchange.answer(304 if known else 200, _KINDS[path.suffix], body, headers)

    async def nowhere(self, exchange: Exchange) -> None:
        await self._work(exchange, "nowhere")

    def _asked(self, exchange: Exchange) -> dict[str, Any]:
        return {"question": f"{exchange.part('subject')}/{exchange.part('question')}", "params": exchange.params}

    def _place(self, exchange: Exchange) -> str:
        """Return the path of an IRI as it is written in the graph, percent signs and all."""
        raw = str(exchange.scope.get("raw_path", b"").decode("ascii", "ignore"))
        return raw.lstrip("/").partition("/")[2]

    async def _work(self, exchange: Exchange, job: str, head: dict[str, Any] | None = None, headers: Headers = ()) -> None:
        """Let a worker do ``job``: the same build and the same request give the same answer, which a client may keep."""
        if exchange.method == "OPTIONS":
            await exchange.answer(204, "", b"", (*headers, *preflight(_READ)))
            return
        if exchange.method not in ("GET", "HEAD"):
            what = Wording(f"此地址不接受 {exchange.method[:20]}", f"{exchange.method[:20]} is not for this address")
            raise Refusal(405, "method", what, Wording(f"可用：{_READ}", f"use {_READ}"), {"Allow": _READ})
        asked = {**_about(exchange), **(head or {})}
        described = (*headers, (b"cache-control", b"no-cache")) if headers is not self.endpoint.headers else headers
        await self.endpoint.answer(exchange, job, asked, described)


def has_bundle() -> bool:
    """Say whether the scripts of the SPARQL page were built; without them it is the plain page."""
    return (BUNDLE / "page.js").is_file() and (BUNDLE / "page.css").is_file()


def _about(exchange: Exchange) -> dict[str, Any]:
    """Return what every job may want to know of the request."""
    accept = exchange.header(b"accept")
    others = urlencode([(name, value) for name, value in exchange.params if name != "lang"])
    return {
        "lang": exchange.lang,
        "said": exchange.param("lang") in ("zh", "en"),
        "path": exchange.path,
        "here": exchange.path + (f"?{others}" if others else ""),
        "accept": accept,
        "html": accepted(accept, ("text/plain", HTML, "application/json")) == HTML,
        "format": exchange.param("format"),
    }
