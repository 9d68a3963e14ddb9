"""Where a server takes updates and whole graphs, told from the address of its queries and from its name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.wording import Wording


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where to query (SPARQL 1.1 Protocol), to update, and to put graphs (Graph Store HTTP Protocol; ``None``: nowhere)."""

    query: str
    update: str
    graphs: str | None


@dataclass(frozen=True, slots=True)
class _Custom:
    """The custom of one kind of server: pattern of its Server header, end of the query address, what stands there instead."""

    server: str
    query: str
    update: str
    graphs: str


_CUSTOMS = (
    _Custom(r"Virtuoso", r"/sparql(-auth)?$", "/sparql-auth", "/sparql-graph-crud-auth"),
    _Custom(r"Oxigraph", r"/query$", "/update", "/store"),
    _Custom(r"Fuseki", r"/(query|sparql)$", "/update", "/data"),
    _Custom(r"", r"(/repositories/[^/]+)$", r"\1/statements", r"\1/rdf-graphs/service"),  # RDF4J and GraphDB
)
_NOWHERE = "none"


def addresses_of(query: str, server: str, environment: Mapping[str, str]) -> Addresses:
    """Return the addresses of the server whose queries go to ``query`` and whose Server header is ``server``.

    ``KG_STORE_UPDATE`` and ``KG_STORE_GRAPHS`` (an address, or ``none``) come first. A server that is not known takes updates
    where it takes queries and no whole graphs.

    >>> addresses_of("http://127.0.0.1:8890/sparql", "Virtuoso/07.20", {}).graphs
    'http://127.0.0.1:8890/sparql-graph-crud-auth'
    """
    plain = query.partition("?")[0]
    found = next((c for c in _CUSTOMS if re.search(c.server, server) and re.search(c.query, plain)), None)
    update = re.sub(found.query, found.update, plain) if found else query
    graphs = re.sub(found.query, found.graphs, plain) if found else _NOWHERE
    update = _given(environment, "KG_STORE_UPDATE") or update
    graphs = _given(environment, "KG_STORE_GRAPHS") or graphs
    return Addresses(query, update, None if graphs == _NOWHERE else graphs)


def check_address(text: str, name: str = "--store") -> None:
    """Raise ``InputError`` unless ``text`` is an address of the web with a host."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number
        sound = False
    if not sound:
        raise InputError(
            name,
            Wording(f"“{text}”不是服务器地址", f"“{text}” is no address of a server"),
            Wording("请写成 http://主机:端口/路径", "write it as http://host:port/path"),
        )


def _given(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if value and value != _NOWHERE:
        check_address(value, name)
    return value
