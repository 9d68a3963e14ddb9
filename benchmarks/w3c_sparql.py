"""The W3C SPARQL 1.1 query, update and protocol tests against ``kg serve`` over HTTP, beside the bare engine in process.

    python benchmarks/w3c_sparql.py RDF-TESTS/sparql/sparql11 [--all]

The folder is part of a checkout of https://github.com/w3c/rdf-tests, which is not in this repository. Prints passed, failed
and left out for each type of test, with names; ``--all`` names those too that both fail. Exits 1 when the endpoint fails a
test that the bare engine passes, and when no tests are found.
"""

import argparse
import secrets
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
from w3c_answers import Answer, expected, of_results, same, same_quads
from w3c_manifest import Case, Request, Source, cases, read

LEFT_OUT = ("service", "load")  # kinds of refusals that are meant: nothing is fetched
_EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_FORMS = {"boolean": "results+", "tabular": "results+", "RDF": "turtle"}


class LeftOutError(Exception):
    """The endpoint refuses this on purpose."""


class SyntaxFault(Exception):  # noqa: N818
    """The text was called no SPARQL."""


class Bare:
    """The engine itself."""

    def __init__(self, data: Sequence[Source] = ()) -> None:
        self.store = ox.Store()
        for file, graph in data:
            self.store.extend(read(file, graph))

    def query(self, text: str, base: str, form: str = "") -> Answer:
        try:
            results = self.store.query(text, base_iri=base)
        except SyntaxError as error:
            raise SyntaxFault(str(error)) from error
        if form == "csv":
            return Answer(csv=results.serialize(format=ox.QueryResultsFormat.CSV).decode())
        return of_results(results)

    def update(self, text: str, base: str) -> None:
        try:
            self.store.update(text, base_iri=base)
        except SyntaxError as error:
            raise SyntaxFault(str(error)) from error

    def quads(self) -> list[ox.Quad]:
        return list(self.store)


class Endpoint:
    """The same over HTTP; each test begins with a store that is emptied and filled by updates."""

    def __init__(self, client: httpx.Client, data: Sequence[Source] = ()) -> None:
        self.client = client
        triples = [quad for file, graph in data for quad in read(file, graph)]
        self._change("CLEAR ALL")
        if triples:
            self._change(f"INSERT DATA {{ {' '.join(map(_inserted, triples))} }}")

    def query(self, text: str, base: str, form: str = "") -> Answer:
        accept = "text/csv" if form == "csv" else "application/sparql-results+json, application/n-triples;q=0.9"
        answer = self._sent("query", f"BASE <{base}>\n{text}", accept)
        if form == "csv":
            return Answer(csv=answer.text)
        if answer.headers["content-type"].startswith("application/n-triples"):
            return Answer(
                quads=[ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)]
            )
        return of_results(ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON))

    def update(self, text: str, base: str) -> None:
        self._change(f"BASE <{base}>\n{text}")

    def quads(self) -> list[ox.Quad]:
        rows = self.query(_EVERYTHING, "http://example.org/").rows or []
        return [ox.Quad(row["s"], row["p"], row["o"], row.get("g")) for row in rows]

    def _change(self, text: str) -> None:
        self._sent("update", text, "application/json")

    def _sent(self, what: str, text: str, accept: str) -> httpx.Response:
        headers = {"Content-Type": f"application/sparql-{what}", "Accept": f"{accept}, application/problem+json;q=0.1"}
        answer = self.client.post("/sparql", content=text.encode(), headers=headers)
        if answer.is_success:
            return answer
        kind = answer.json()["kind"]
        if kind in LEFT_OUT:
            raise LeftOutError(kind)
        raise (SyntaxFault if kind == "syntax" else RuntimeError)(answer.json()["detail"])


def _inserted(quad: ox.Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return triple if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"


def passes(case: Case, engine: Bare | Endpoint) -> bool | None:
    """Say whether ``engine``, holding the data of the case, passes it; ``None`` for a type of test that is not known here."""
    if case.text is None:
        return None
    text, base = case.text.read_bytes().decode("utf-8"), case.text.as_uri()
    if "Syntax" in case.kind:
        return _reads(engine, case.kind, text, base) is not ("Negative" in case.kind)
    if case.kind == "UpdateEvaluationTest":
        engine.update(text, base)
        return same_quads(engine.quads(), Bare(case.after).quads())
    if case.kind in ("QueryEvaluationTest", "CSVResultFormatTest") and case.result:
        wanted = expected(case.result)
        return same(engine.query(text, base, "csv" if wanted.csv is not None else ""), wanted)
    return None


def _reads(engine: Bare | Endpoint, kind: str, text: str, base: str) -> bool:
    try:
        (engine.update if "Update" in kind else engine.query)(text, base)
    except SyntaxFault:
        return False
    except (OSError, RuntimeError, ValueError):  # read, and then not carried out
        return True
    return True


def keeps_protocol(case: Case, client: httpx.Client) -> bool:
    """Say whether every request of a protocol test is answered as it must be."""
    Endpoint(client, case.data)
    return all(_answered(request, client) for request in case.requests)


def _answered(request: Request, client: httpx.Client) -> bool:
    address = f"/sparql?{request.query}" if request.query else "/sparql"
    answer = client.request(request.method, address, content=request.body, headers=request.headers)
    truth = str(answer.json().get("boolean", "")).lower() if request.truth and answer.is_success else ""
    form = answer.headers.get("content-type", "")
    return str(answer.status_code)[0] in request.statuses and truth == request.truth and _FORMS.get(request.form, "") in form


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one test: ``passed``, ``failed`` or ``left out``, and why."""

    said: str
    why: str = ""


def outcome(case: Case, engine: Bare | httpx.Client) -> Outcome:
    """Run a case against the bare engine or the endpoint behind a client."""
    try:
        if case.kind == "ProtocolTest":
            if isinstance(engine, Bare):
                return Outcome("left out", "no HTTP")
            good: bool | None = keeps_protocol(case, engine)
        else:
            good = passes(case, Bare(case.data) if isinstance(engine, Bare) else Endpoint(engine, case.data))
    except LeftOutError as refused:
        return Outcome("left out", str(refused))
    except (SyntaxFault, OSError, RuntimeError, ValueError, KeyError, httpx.HTTPError) as error:
        return Outcome("failed", f"{type(error).__name__}: {str(error)[:150]}")
    return (
        Outcome("left out", "type of test") if good is None else Outcome("passed" if good else "failed", "" if good else "another answer")
    )


@contextmanager
def endpoint(folder: Path) -> Iterator[httpx.Client]:
    """Start ``kg serve`` on an empty store in ``folder`` with a token of its own; end it by its id."""
    token = secrets.token_urlsafe(24)
    (folder / "token").write_text(token, encoding="ascii")
    command = [str(Path(sys.executable).parent / "kg"), "serve", "--graph", str(folder / "graph"), "--port", "0", "--empty-default-graph"]
    process = subprocess.Popen([*command, "--update-token-file", str(folder / "token")], stdout=subprocess.PIPE, text=True)
    try:
        address = (process.stdout or sys.stdin).readline().strip().rstrip("/")
        if not address:
            raise SystemExit("kg serve did not start")
        with httpx.Client(base_url=address, timeout=30, headers={"Authorization": f"Bearer {token}"}) as client:
            yield client
    finally:
        process.terminate()
        process.wait(20)


def main() -> int:
    """Run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    if options.folder is None:
        print("w3c_sparql: name the folder sparql/sparql11 of a checkout of w3c/rdf-tests")
        return 0
    table: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    lines, worse = [], 0
    with tempfile.TemporaryDirectory() as folder, endpoint(Path(folder)) as client:
        for case in cases(options.folder):
            bare, ours = outcome(case, Bare()), outcome(case, client)
            table[case.suite, case.kind].update([f"bare {bare.said}", f"kg {ours.said}"])
            regression = ours.said == "failed" and bare.said == "passed"
            worse += regression
            if options.all or regression or ours.said == "left out" or (ours.said == "failed" and case.kind == "ProtocolTest"):
                lines.append(f"{'WORSE ' if regression else ''}{case.name}: kg {ours.said} {ours.why}, bare {bare.said} {bare.why}")
    _print(table, lines, worse)
    return 1 if worse or not table else 0


def _print(table: dict[tuple[str, str], Counter[str]], lines: list[str], worse: int) -> None:
    columns = [f"{who} {what}" for who in ("bare", "kg") for what in ("passed", "failed", "left out")]
    print("| suite | type | " + " | ".join(columns) + " |\n|" + " --- |" * (len(columns) + 2))
    total: Counter[str] = Counter()
    for (suite, kind), counts in table.items():
        total.update(counts)
        print(f"| {suite} | {kind} | " + " | ".join(str(counts[name]) for name in columns) + " |")
    print("| all | | " + " | ".join(str(total[name]) for name in columns) + " |\n")
    print(*lines, f"passed by the bare engine and not by the endpoint: {worse}", sep="\n")


if __name__ == "__main__":
    sys.exit(main())
