"""The W3C tests of the Graph Store HTTP Protocol against ``kg serve`` with a store that takes updates.

    python benchmarks/w3c_graph_store.py RDF-TESTS/sparql/sparql11/graph-store-protocol

The folder is part of a checkout of https://github.com/w3c/rdf-tests, which is not in this repository. Prints each test, passed or
what was wrong; exits 1 when one fails or none are found. The token is sent with each request.
"""

import argparse
import re
import secrets
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.server_process import served

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404, "BadRequest": 400, "UnsupportedMediaType": 415}


class Fault(Exception):  # noqa: N818  (of the endpoint)
    """What came back is not what was to come."""


def tests(manifest: Graph) -> Iterator[Node]:
    for entries in manifest.objects(None, MF.entries):
        yield from Collection(manifest, entries)


def run(manifest: Graph, test: Node, client: httpx.Client) -> None:
    """Run the requests of a test in order; raises ``Fault``."""
    action = manifest.value(test, MF.action)
    host = str(manifest.value(action, HT.connectionAuthority))
    places: dict[str, str] = {}
    for request in Collection(manifest, manifest.value(action, HT.requests)):
        path = str(manifest.value(request, HT.absolutePath))
        for name, place in places.items():
            path = path.replace(quote(name, safe=""), quote(place, safe="")).replace(name, place)
        path = re.sub(r"^https?://[^/]+", "", path)
        path = "/store" + path.removeprefix("/gsp") if path.startswith("/gsp") else path
        sent = headers(manifest, request) | {"Host": host}
        method = str(manifest.value(request, HT.methodName))
        answer = client.request(method, path, headers=sent, content=text(manifest, request).encode() or None)
        check(manifest, manifest.value(request, HT.resp), answer, f"{method} {path}", places)


def check(manifest: Graph, wanted: Node | None, answer: httpx.Response, asked: str, places: dict[str, str]) -> None:
    statuses = [str(status).rpartition("#")[2] for status in manifest.objects(wanted, MF.expectedStatus)]
    if not any(status == f"StatusCode{answer.status_code // 100}xx" or STATUS.get(status) == answer.status_code for status in statuses):
        raise Fault(f"{asked}: {answer.status_code} instead of {statuses}: {answer.text[:200]}")
    location = manifest.value(wanted, MF.expectedLocation)
    if location is not None:
        places[str(location)] = answer.headers["location"]
    body = text(manifest, wanted)
    if body.strip():
        form = headers(manifest, wanted).get("content-type", "text/turtle").partition(";")[0]
        if not isomorphic(Graph().parse(data=body, format=form), Graph().parse(data=answer.text, format=form)):
            raise Fault(f"{asked}: other triples: {answer.text[:300]}")


def headers(manifest: Graph, of: Node | None) -> dict[str, str]:
    found = manifest.value(of, HT.headers)
    pairs = Collection(manifest, found) if found is not None else ()
    return {str(manifest.value(one, HT.fieldName)).lower(): str(manifest.value(one, HT.fieldValue)) for one in pairs}


def text(manifest: Graph, of: Node | None) -> str:
    body = manifest.value(of, HT.body)
    return "" if body is None else str(manifest.value(body, CNT.chars) or "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    count = faults = 0
    files = sorted(parser.parse_args().folder.glob("manifest-*.ttl"))
    for file in files:
        manifest = Graph().parse(file, format="turtle")
        with tempfile.TemporaryDirectory() as name:
            token = secrets.token_urlsafe(32)
            (Path(name) / "token").write_text(token, encoding="ascii")
            options = ("--empty-default-graph", "--update-token-file", str(Path(name) / "token"))
            with served(Path(name) / "graph", *options) as server:
                server.client.headers["Authorization"] = f"Bearer {token}"
                for test in tests(manifest):
                    count += 1
                    server.client.post("/sparql", data={"update": "DROP ALL"}).raise_for_status()
                    title = str(manifest.value(test, MF.name)).partition(" (")[0]
                    try:
                        run(manifest, test, server.client)
                        print(f"passed  {file.stem}: {title}")
                    except Fault as fault:
                        faults += 1
                        print(f"FAILED  {file.stem}: {title}: {fault}")
    print(f"{count - faults} of {count} passed")
    return 1 if faults or not count else 0


if __name__ == "__main__":
    sys.exit(main())
