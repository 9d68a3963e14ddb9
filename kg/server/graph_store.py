"""The Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/): whole graphs, read by anyone, written with the token.

``/store?graph=IRI`` and ``/store?default`` name a graph by a parameter, ``/store/any/path`` by its own address. What is to be
written is read as Turtle, N-Triples, RDF/XML or JSON-LD, or as several of them in a form, and goes in wholly or not at all.
"""

import secrets
from email.message import Message
from email.parser import BytesParser
from typing import Any

from kg.server.endpoint import Endpoint, no_updates, preflight
from kg.server.exchange import Exchange, address_of
from kg.server.limits import MIB
from kg.server.media import JSONLD, NTRIPLES, RDFXML, TURTLE
from kg.server.protocol import forms
from kg.server.refusal import Refusal
from kg.sparql import is_absolute
from kg.wording import Wording

PLACE = "/store"
METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
LONGEST = 64 * MIB  # of a document that someone with the token may send
_READ = {TURTLE: TURTLE, "application/x-turtle": TURTLE, NTRIPLES: NTRIPLES, RDFXML: RDFXML, JSONLD: JSONLD}
_FORM = "multipart/form-data"


class GraphStore:
    """Answers the protocol beside ``endpoint``: the same workers, the same token, the same default graph for those who read."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, exchange: Exchange) -> None:
        if exchange.method == "OPTIONS":
            await exchange.answer(204, "text/plain", b"", (*self._endpoint.headers, *preflight(METHODS)))
            return
        try:
            if exchange.method in ("GET", "HEAD"):
                await self._read(exchange)
            elif exchange.method in ("PUT", "POST", "DELETE"):
                await self._write(exchange)
            else:
                what = Wording(f"此地址不接受 {exchange.method[:20]}", f"{exchange.method[:20]} is not for this address")
                raise Refusal(405, "method", what, Wording(f"可用：{METHODS}", f"use {METHODS}"), {"Allow": METHODS})
        except Refusal as refusal:
            await exchange.refuse(refusal, self._endpoint.headers)

    async def _read(self, exchange: Exchange) -> None:
        graph = _graph(exchange)
        form = forms(exchange.header(b"accept"), exchange.param("format")).get("triples")
        told = {"graph": graph, "union": self._endpoint.union, "form": form}
        await self._endpoint.answer(exchange, "read_graph", told, self._endpoint.headers)

    async def _write(self, exchange: Exchange) -> None:
        if not self._endpoint.updates:
            raise no_updates()
        self._endpoint.check(exchange)
        new = exchange.method == "POST" and exchange.path == PLACE and not _names(exchange)
        graph = f"{address_of(exchange)}{PLACE}/{secrets.token_urlsafe(12)}" if new else _graph(exchange)
        told: dict[str, Any] = {"graph": graph, "method": exchange.method, "new": new, "documents": []}
        body = b""
        if exchange.method != "DELETE":
            documents = _documents(exchange.header(b"content-type"), await exchange.body(LONGEST))
            told["documents"] = [(media, len(document)) for media, document in documents]
            body = b"".join(document for _, document in documents)
        await self._endpoint.change(exchange, "write_graph", told, body)


def _names(exchange: Exchange) -> list[str | None]:
    """Return the graphs that the parameters name, ``None`` for the default graph."""
    return [None if name == "default" else value for name, value in exchange.params if name in ("default", "graph")]


def _graph(exchange: Exchange) -> str | None:
    """Return the graph that is meant, ``None`` for the default graph; raises ``Refusal``."""
    names = _names(exchange)
    if exchange.path != PLACE and not names:
        raw: bytes = exchange.scope["raw_path"]
        names = [address_of(exchange) + raw.decode("ascii", "ignore")]
    elif exchange.path != PLACE or len(names) != 1:
        what = Wording("请求须恰好指明一个图", "a request is about exactly one graph")
        raise Refusal(400, "protocol", what, Wording("用 ?graph=IRI 或 ?default", "name it as ?graph=IRI, or ?default"))
    if names[0] is not None and not is_absolute(names[0]):
        what = Wording("图名须为绝对 IRI", "the name of a graph is an absolute IRI")
        raise Refusal(400, "protocol", what, Wording("写出完整的 IRI", "give it in full"))
    return names[0]


def _documents(kind: str, body: bytes) -> list[tuple[str, bytes]]:
    """Return media type and bytes of each document in a body; raises ``Refusal`` (415) for a type that is not read."""
    header = Message()
    header["Content-Type"] = kind or "none"
    if header.get_content_type() == _FORM:
        whole = BytesParser().parsebytes(b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" + body)
        parts = [part for part in whole.walk() if not part.is_multipart()]
        return [(_media(part), bytes(part.get_payload(decode=True) or b"")) for part in parts]
    return [(_media(header), body)]


def _media(header: Message) -> str:
    kind = header.get_content_type() if header["Content-Type"] else ""
    charset = (header.get_content_charset() or "utf-8").lower()
    if kind in _READ and charset in ("utf-8", "us-ascii"):
        return _READ[kind]
    given = str(header["Content-Type"] or "")[:80]
    what = Wording(f"无法读取类型为“{given}”的文件", f"a document of the type “{given}” cannot be read")
    known = ", ".join(dict.fromkeys(_READ.values()))
    raise Refusal(415, "media-type", what, Wording(f"可用：{known}，UTF-8", f"send one of {known}, in UTF-8"), {"Accept-Post": known})
