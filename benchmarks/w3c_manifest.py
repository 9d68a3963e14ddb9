"""The W3C SPARQL 1.1 tests as their manifests describe them (https://github.com/w3c/rdf-tests, folder ``sparql/sparql11``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_HT = "http://www.w3.org/2011/http#"
_CNT = "http://www.w3.org/2011/content#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SUITES = {
    "query": "manifest-sparql11-query.ttl",
    "update": "manifest-sparql11-update.ttl",
    "json": "json-res/manifest.ttl",
    "csv-tsv": "csv-tsv-res/manifest.ttl",
    "protocol": "protocol/manifest.ttl",
}

Source = tuple[Path, str]  # a file and the graph it belongs to, "" for the default graph


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request of a protocol test; ``statuses`` are the first digits allowed, ``truth`` and ``form`` what must come back."""

    method: str
    query: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    truth: str
    form: str


@dataclass(frozen=True, slots=True)
class Case:
    """A test: ``kind`` is its type in the manifest; ``text`` the query or update, ``data`` what is loaded before, ``result``
    the file of an answer, ``after`` what a store holds after an update."""

    suite: str
    name: str
    kind: str
    text: Path | None
    data: tuple[Source, ...]
    result: Path | None
    after: tuple[Source, ...]
    requests: tuple[Request, ...]


class _Graph:
    def __init__(self, file: Path) -> None:
        self._data = ox.Dataset(read(file))

    def all(self, node: object, predicate: str) -> list[object]:
        if node is None:
            return []
        return [quad.object for quad in self._data.quads_for_subject(node) if quad.predicate.value == predicate]

    def one(self, node: object, predicate: str) -> object | None:
        return next(iter(self.all(node, predicate)), None)

    def text(self, node: object, predicate: str) -> str:
        return str(getattr(self.one(node, predicate), "value", ""))

    def members(self, head: object | None) -> Iterator[object]:
        while head is not None and getattr(head, "value", "") != f"{_RDF}nil":
            yield self.one(head, f"{_RDF}first")
            head = self.one(head, f"{_RDF}rest")

    def objects(self, predicate: str) -> list[object]:
        return [quad.object for quad in self._data if quad.predicate.value == predicate]


def read(file: Path, graph: str = "") -> list[ox.Quad]:
    """Return the quads of an RDF file, those of its default graph in ``graph``; relative IRIs are relative to the file."""
    base = graph if graph.startswith("file:") else file.as_uri()
    quads = ox.parse(path=str(file), base_iri=base)
    return [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph)) if graph else q for q in quads]


def cases(folder: Path) -> Iterator[Case]:
    """Yield the tests below ``folder`` (``sparql/sparql11`` of a checkout)."""
    for suite, manifest in SUITES.items():
        yield from _cases(suite, (folder / manifest).resolve())


def _cases(suite: str, manifest: Path) -> Iterator[Case]:
    graph = _Graph(manifest)
    for included in graph.objects(f"{_MF}include"):
        for member in graph.members(included):
            yield from _cases(suite, _path(member))
    for entries in graph.objects(f"{_MF}entries"):
        for test in graph.members(entries):
            yield _case(graph, suite, manifest, test)


def _case(graph: _Graph, suite: str, manifest: Path, test: object) -> Case:
    kind = graph.text(test, f"{_RDF}type").rpartition("#")[2]
    name = f"{manifest.parent.name}/{str(getattr(test, 'value', '')).rpartition('#')[2] or graph.text(test, f'{_MF}name')}"
    action, result = graph.one(test, f"{_MF}action"), graph.one(test, f"{_MF}result")
    if kind == "ProtocolTest":
        requests = tuple(_request(graph, one) for one in graph.members(graph.one(action, f"{_HT}requests")))
        return Case(suite, name, kind, None, tuple(_labelled(graph, test)), None, (), requests)
    if kind == "UpdateEvaluationTest":
        text = _path(graph.one(action, f"{_UT}request"))
        return Case(suite, name, kind, text, tuple(_labelled(graph, action)), None, tuple(_labelled(graph, result)), ())
    if "Syntax" in kind:
        return Case(suite, name, kind, _path(action), (), None, (), ())
    data = [(_path(one), "") for one in graph.all(action, f"{_QT}data")]
    data += [(_path(one), str(getattr(one, "value", ""))) for one in graph.all(action, f"{_QT}graphData")]
    query = graph.one(action, f"{_QT}query")
    return Case(suite, name, kind, _path(query) if query else None, tuple(data), _path(result) if result else None, (), ())


def _labelled(graph: _Graph, node: object) -> Iterator[Source]:
    for one in graph.all(node, f"{_UT}data"):
        yield _path(one), ""
    for one in graph.all(node, f"{_UT}graphData"):
        yield _path(graph.one(one, f"{_UT}graph")), graph.text(one, f"{_RDFS}label")


def _request(graph: _Graph, node: object) -> Request:
    body, answer = graph.one(node, f"{_HT}body"), graph.one(node, f"{_HT}resp")
    fields = [field for head in graph.all(node, f"{_HT}headers") for field in graph.members(head)]
    encoding = graph.text(body, f"{_CNT}characterEncoding") or "UTF-8"
    return Request(
        graph.text(node, f"{_HT}methodName"),
        graph.text(node, f"{_HT}absolutePath").partition("?")[2],
        {graph.text(field, f"{_HT}fieldName"): graph.text(field, f"{_HT}fieldValue") for field in fields},
        graph.text(body, f"{_CNT}chars").encode(encoding) if body else b"",
        frozenset(str(getattr(one, "value", "")).rpartition("StatusCode")[2][0] for one in graph.all(answer, f"{_MF}expectedStatus")),
        graph.text(answer, f"{_MF}expectedBoolean"),
        graph.text(answer, f"{_MF}expectedFormat"),
    )


def _path(node: object | None) -> Path:
    from urllib.parse import unquote, urlsplit

    return Path(unquote(urlsplit(str(getattr(node, "value", ""))).path))
