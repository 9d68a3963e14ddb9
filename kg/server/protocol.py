"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): from an HTTP request to a query."""

from dataclasses import dataclass
from functools import lru_cache

from kg.server.exchange import Exchange, fields
from kg.server.media import NAMES, ROWS, TRIPLES
from kg.server.negotiation import accepted
from kg.server.refusal import Refusal
from kg.wording import Wording

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_ROWS, _TRIPLES = tuple(ROWS), tuple(TRIPLES)
METHODS = "GET, HEAD, POST, OPTIONS"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update, the graphs it is about (``None``: not said), and the form asked for by name."""

    text: str
    update: bool
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    form: str


async def read_asked(exchange: Exchange) -> Asked | None:
    """Return what is asked; ``None`` for a GET that asks nothing, which is about the endpoint itself.

    Raises ``Refusal``: 405 for another method, 413 for a long body, 415 for another type of body, 400 for a request
    that breaks the protocol.
    """
    if exchange.method in ("GET", "HEAD"):
        params = exchange.params
        if any(name == "update" for name, _ in params):
            raise _broken("更新须用 POST 发送", "an update is sent by POST", "用 POST", "use POST")
        return _asked(params) if any(name == "query" for name, _ in params) else None
    if exchange.method != "POST":
        what = Wording(f"此地址不接受 {exchange.method[:20]}", f"{exchange.method[:20]} is not for this address")
        raise Refusal(405, "method", what, Wording(f"可用：{METHODS}", f"use {METHODS}"), {"Allow": METHODS})
    kind, charset = _media(exchange.header(b"content-type"))
    body = await exchange.body()
    if charset not in ("", "utf-8", "us-ascii"):
        raise _broken("正文须为 UTF-8", "the body must be in UTF-8", "以 UTF-8 发送", "send it as UTF-8")
    if kind == FORM:
        return _asked([*exchange.params, *fields(body.strip())])
    if kind in (QUERY, UPDATE):
        return _asked([*exchange.params, ("query" if kind == QUERY else "update", _text(body))])
    what = Wording(f"无法读取类型为“{kind or '（未说明）'}”的正文", f"a body of the type “{kind or 'none given'}” cannot be read")
    known = f"{FORM}, {QUERY}"
    raise Refusal(415, "media-type", what, Wording(f"可用：{known}", f"use one of {known}"), {"Accept-Post": known})


def forms(accept: str, named: str) -> dict[str, str]:
    """Return the media type for each kind of answer, as ``format=`` (``named``) or ``Accept`` has it; absent: not acceptable."""
    if not named:
        rows, triples = accepted(accept, _ROWS), accepted(accept, _TRIPLES)
        found = {"rows": ROWS[rows], "truth": ROWS[rows]} if rows else {}
        return {**found, "triples": TRIPLES[triples]} if triples else found
    if named not in NAMES:
        known = ", ".join(NAMES)
        what = Wording(f"没有“{named[:40]}”这种格式", f"there is no form “{named[:40]}”")
        raise Refusal(400, "unknown-form", what, Wording(f"可用：{known}", f"use one of {known}"))
    wanted = NAMES[named]
    triples = {"json": NAMES["jsonld"], "xml": NAMES["rdfxml"]}.get(named, wanted)
    asked = {"rows": wanted, "truth": wanted, "triples": triples}
    return {kind: form for kind, form in asked.items() if form in (TRIPLES if kind == "triples" else ROWS)}


def _asked(params: list[tuple[str, str]]) -> Asked:
    given: dict[str, list[str]] = {}
    for name, value in params:
        given.setdefault(name, []).append(value)
    queries, updates = given.get("query", []), given.get("update", [])
    if len(queries) + len(updates) != 1:
        raise _broken(
            "请求须恰好有一个 query 或 update 参数",
            "a request has exactly one parameter query or update",
            "给出一个 query",
            "give one query",
        )
    text = (queries or updates)[0]
    if not text.strip():
        raise _broken("查询是空的", "the query is empty", "给出 SPARQL 文本", "give a SPARQL text")
    default = tuple(given.get("using-graph-uri" if updates else "default-graph-uri", ()))
    named = tuple(given.get("using-named-graph-uri" if updates else "named-graph-uri", ()))
    form = given.get("format", [""])[0]
    said = bool(default or named)
    return Asked(text, bool(updates), default if said else None, named if said else None, form)


@lru_cache(maxsize=64)
def _media(header: str) -> tuple[str, str]:
    kind, *parameters = (part.strip() for part in header.lower().split(";"))
    charset = next((value.strip("\"' ") for part in parameters for key, _, value in [part.partition("=")] if key.strip() == "charset"), "")
    return kind, charset


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise _broken("正文不是 UTF-8", "the body is not UTF-8", "以 UTF-8 发送", "send it as UTF-8") from None


def _broken(what_zh: str, what_en: str, remedy_zh: str, remedy_en: str) -> Refusal:
    return Refusal(400, "protocol", Wording(what_zh, what_en), Wording(remedy_zh, remedy_en))
