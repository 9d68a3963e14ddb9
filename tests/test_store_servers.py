"""Stores at servers, for real: Virtuoso 7 and the oxigraph server answer as the embedded store does."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from kg.ask import ask
from kg.build import build, publish_built
from kg.catalogue import load_catalogue
from kg.errors import QueryError, StoreError
from kg.namespaces import RIG, XSD
from kg.store import Store
from kg.store.interface import Rows
from kg.store.publishing import Published
from kg.store.remote import RemoteStore
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Quad, Term, boolean, decimal, integer
from tests import servers
from tests.servers import MAX_ROWS, Server
from tests.test_build import SHORT, write_report

KG = Path(sys.executable).parent / "kg"
CATALOGUE = load_catalogue()
NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double")}
CITY = iris.entity("临江市")
GRAPH = Iri(f"{RIG}report-linjiang")
LABEL = Iri("http://www.w3.org/2000/01/rdf-schema#label")
QUADS = {
    Quad(CITY, LABEL, Literal("临江市", lang="zh-Hans"), GRAPH),
    Quad(CITY, LABEL, Literal("Linjiang", lang="en"), GRAPH),
    Quad(CITY, Iri(f"{RIG}growth"), decimal(Decimal("12.5")), GRAPH),
    Quad(CITY, Iri(f"{RIG}rank"), integer(2), GRAPH),
    Quad(CITY, Iri(f"{RIG}coastal"), boolean(True), GRAPH),
    Quad(CITY, Iri(f"{RIG}day"), Literal("2020-05-31", f"{XSD}date"), GRAPH),
    Quad(CITY, Iri(f"{RIG}quote"), Literal("居全省第二；\n“007” \\ \t'\"𠮷"), GRAPH),
    Quad(CITY, Iri(f"{RIG}near"), iris.entity("海"), GRAPH),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the bundled report, built into a folder with a store."""
    folder = tmp_path_factory.mktemp("embedded") / "graph"
    build(None, folder)
    return folder


@pytest.fixture(scope="module", params=["virtuoso", "oxigraph"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, graph: Path) -> Iterator[Server]:
    """Each server, first empty, then with the bundled report published into it."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "virtuoso":
        with servers.virtuoso(folder) as started:
            yield loaded(started, graph)
    else:
        with servers.oxigraph(folder / "data") as started:
            yield loaded(started, graph)


def loaded(server: Server, graph: Path) -> Server:
    assert connect(server).graphs() == ()
    done = published(server, graph)
    assert (len(done.written), done.kept, done.dropped) == (5, (), ())
    return server


def connect(server: Server, **environment: str) -> RemoteStore:
    return RemoteStore.connect(server.address, environment={**server.environment, **environment})


def published(server: Server, graph: Path) -> Published:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        return publish_built(graph / "built", server.address)


def plain(term: Term | None) -> object:
    """Return a term so that equal values are equal: engines keep numbers, not how they are written."""
    if isinstance(term, Literal):
        return Decimal(term.value) if term.datatype in NUMBERS else term.n3()
    return str(term) if term else None


def counted(rows: Rows) -> Counter[tuple[object, ...]]:
    return Counter(tuple(plain(row[name]) for name in rows.variables) for row in rows)


def test_every_question_of_the_catalogue_has_the_same_answer(server: Server, graph: Path) -> None:
    near, far = Store.open(graph), connect(server, KG_STORE_TIMEOUT="300")
    texts = {question.name: question.filled({}) for question in CATALOGUE}
    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(texts, pool.map(far.select, texts.values()), strict=True))
    assert len(answers) >= 60
    assert [name for name, rows in answers.items() if counted(rows) != counted(near.select(texts[name]))] == []


def test_a_question_with_a_name_in_it_has_the_same_answer(server: Server, graph: Path) -> None:
    near, far = Store.open(graph), connect(server)
    for name, params in (("people/leads", {"institute": "温医大病毒研究院"}), ("statistics/search", {"words": "创新券"})):
        question = CATALOGUE.question(name)
        assert ask(far, question, params).rows == ask(near, question, params).rows != ()


def test_a_server_holds_the_quads_of_the_embedded_store(server: Server, graph: Path) -> None:
    near, far = Store.open(graph), connect(server)
    assert (len(far), far.graphs()) == (len(near), near.graphs())
    authority = iris.graph("authority")
    assert set(far.quads(authority)) == set(near.quads(authority)) != set()
    wanted = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s a rie:Academician ; ?p ?o } }"
    query = "PREFIX rie: <https://w3id.org/rieco/ontology#> " + wanted
    assert {quad.n3() for quad in far.construct(query)} == {quad.n3() for quad in near.construct(query)} != set()


def test_a_graph_is_written_replaced_and_dropped(server: Server) -> None:
    store = connect(server)
    assert store.replace_graph(GRAPH, QUADS) == len(QUADS)
    assert set(connect(server).quads(GRAPH)) == QUADS
    one = {quad for quad in QUADS if quad.predicate == LABEL}
    store.replace_graph(GRAPH, one)
    assert set(store.quads(GRAPH)) == one
    store.drop_graph(GRAPH)
    store.drop_graph(GRAPH)
    assert GRAPH not in connect(server).graphs()
    assert list(store.quads(GRAPH)) == []


@pytest.mark.parametrize("way", ["put", "insert"])
def test_a_long_graph_is_written_in_chunks_that_the_server_accepts(server: Server, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.server_graphs.PUT_AT_ONCE", 700)
    store = connect(server, KG_STORE_GRAPHS="none") if way == "insert" else connect(server)
    long = [
        Quad(iris.entity(f"第{n}研究院"), LABEL, Literal(f"第{n}研究院：“{'院士领衔、' * 5}”", lang="zh-Hans"), GRAPH) for n in range(2100)
    ]
    store.replace_graph(GRAPH, [*QUADS])
    assert store.replace_graph(GRAPH, long) == len(long)
    assert set(store.quads(GRAPH)) == set(long)
    assert list(store.quads(iris.staging(GRAPH))) == []
    store.drop_graph(GRAPH)


def test_only_what_changed_is_sent_again_and_a_report_can_be_removed(server: Server, graph: Path, tmp_path: Path) -> None:
    two = tmp_path / "graph"
    for name in ("linjiang-2021", "haining-2021"):
        write_report(two / "reports" / name, SHORT.replace("临江", "海宁") if "haining" in name else SHORT)
    build(None, two)
    first = published(server, two)
    assert {iris.report_of(name) or iris.inferred_from(name) for name in first.dropped} == {"wenzhou-huzhou-2020"}
    assert published(server, two) == Published((), tuple(sorted(connect(server).graphs())), ())
    (two / "reports" / "haining-2021" / "report.txt").unlink()
    build(None, two)
    second = published(server, two)
    assert [iris.report_of(name) for name in second.dropped] == ["haining-2021"]
    assert iris.report_graph("linjiang-2021") in second.kept
    assert {quad.n3() for quad in connect(server).quads()} == {quad.n3() for quad in Store.open(two).quads()}
    published(server, graph)
    assert connect(server).graphs() == Store.open(graph).graphs()


def test_a_publication_that_broke_off_is_refused_to_readers_and_taken_up(server: Server, graph: Path) -> None:
    store = RemoteStore.connect(server.address, environment=server.environment, to_publish=True)
    whole = store.stamp
    broken = iris.report_graph("wenzhou-huzhou-2020")
    store.write_stamp(type(whole)("", {**whole.graphs, broken: ""}, writing=True))
    with pytest.raises(StoreError, match="is being written, or was not written to its end - wait a little, or run `kg build --store"):
        connect(server)
    assert published(server, graph).written == (broken,)
    assert connect(server).stamp == whole


def test_the_default_graph_is_empty_and_other_graphs_stay_out(server: Server) -> None:
    store = connect(server)
    assert len(store.select("SELECT * { ?s ?p ?o }")) == 0
    names = {str(row["g"]) for row in store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert names == {graph.value for graph in store.graphs()}
    assert len(store.select(f"SELECT * FROM <{RIG}authority> {{ ?s ?p ?o }}")) == store.size(iris.graph("authority"))


def test_faults_of_a_query_are_told(server: Server) -> None:
    store = connect(server)
    with pytest.raises(QueryError, match="the server does not take it"):
        store.select("SELECT ?s WHERE { ?s ?p }")
    with pytest.raises(QueryError, match="SERVICE"):
        store.select("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="begin it with ASK"):
        store.ask("SELECT * { GRAPH ?g { ?s a ?c } } LIMIT 1")
    with pytest.raises(QueryError, match="begin it with"):
        store.construct("ASK {}")


def test_the_command_line_asks_a_server(server: Server, graph: Path) -> None:
    def said(*where: str) -> str:
        command = [KG, "ask", "people/leads", "institute=温医大病毒研究院", "--format", "csv", *where]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=dict(os.environ)).stdout

    assert said("--store", server.address) == said("--graph", str(graph))


def test_a_server_is_backed_up_into_a_folder(server: Server, graph: Path, tmp_path: Path) -> None:
    connect(server).backup(tmp_path / "copy")
    assert {quad.n3() for quad in Store.open(tmp_path / "copy").quads()} == {quad.n3() for quad in Store.open(graph).quads()}


def test_virtuoso_refuses_who_has_no_password_and_its_limit_is_an_error(graph: Path, tmp_path: Path) -> None:
    with servers.virtuoso(tmp_path) as started:
        loaded(started, graph)
        for wrong in ({}, {"KG_STORE_USER": "kg", "KG_STORE_PASSWORD": "wrong"}):
            with pytest.raises(StoreError, match=r"the server refuses us \(401.* - set KG_STORE_USER"):
                RemoteStore.connect(started.address, environment=wrong).drop_graph(GRAPH)
        store = connect(started)
        with pytest.raises(StoreError, match=f"the server cuts it after {MAX_ROWS} rows"):
            store.select(
                "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT * { GRAPH ?g { ?a a oa:TextQuoteSelector . ?b a oa:TextQuoteSelector } }"
            )


def test_the_store_folder_is_served_as_it_is_by_the_oxigraph_server(graph: Path) -> None:
    with servers.oxigraph(graph / "store" / "data", "serve-read-only") as started:
        near, far = Store.open(graph), connect(started)
        assert far.graphs() == near.graphs()
        names = [question.name for question in CATALOGUE]
        assert len(names) >= 60
        for name in names:
            text = CATALOGUE.question(name).sparql
            assert counted(far.select(text)) == counted(near.select(text)), name
        with pytest.raises(StoreError, match=r"the server refuses us \(403"):
            far.drop_graph(GRAPH)
