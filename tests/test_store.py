"""The store: typed rows, both engines over the same quads, and stores that must not be read."""

import json
import subprocess
import sys
import threading
import warnings
from collections import Counter
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.sparql import calls_out
from kg.stamp import manifest_hash
from kg.store import EmbeddedStore, Rows, Store, read_rdf, revise_store, write_store
from kg.store.rdflib_view import SlowQueryWarning
from kg.triples import iris
from kg.triples.terms import Blank, Iri, Literal, Quad, boolean, decimal, integer, nquads

EX = "http://example.org/"
GRAPH = Iri(f"{EX}report")
CITY = Iri(f"{EX}临江市")
LABEL = Iri("http://www.w3.org/2000/01/rdf-schema#label")
QUADS = [
    Quad(CITY, LABEL, Literal("临江市", lang="zh-Hans"), GRAPH),
    Quad(CITY, LABEL, Literal("Linjiang", lang="en"), GRAPH),
    Quad(CITY, Iri(f"{EX}growth"), decimal(Decimal("12.50")), GRAPH),
    Quad(CITY, Iri(f"{EX}rank"), integer(2), GRAPH),
    Quad(CITY, Iri(f"{EX}coastal"), boolean(True), GRAPH),
    Quad(CITY, Iri(f"{EX}quote"), Literal("居全省第二；\n“007”"), GRAPH),
    Quad(CITY, Iri(f"{EX}near"), Iri(f"{EX}海"), Iri(f"{EX}authority")),
]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    path = tmp_path / "graph" / "built" / "report.nq"
    path.parent.mkdir(parents=True)
    path.write_text(nquads(QUADS), encoding="utf-8")
    (path.parent / "manifest.json").write_text("{}", encoding="utf-8")
    return [path]


@pytest.fixture
def folder(files: list[Path]) -> Path:
    built = files[0].parent
    write_store(files, built.parent / "store", manifest_hash(built) or "")
    return built.parent / "store"


def test_a_store_gives_back_what_was_written_into_it(folder: Path, files: list[Path]) -> None:
    for store in (Store.open(folder), Store.open(folder.parent), Store.in_memory(files), Store.of_quads(QUADS)):
        assert set(store.quads()) == set(QUADS)
        assert len(store) == len(QUADS)
        assert store.graphs() == (Iri(f"{EX}authority"), GRAPH)


def test_rows_are_typed_and_keep_the_order_of_the_variables() -> None:
    rows = Store.of_quads(QUADS).select(f"SELECT ?value ?s {{ GRAPH ?g {{ ?s <{EX}growth> ?value }} }}")
    assert rows.variables == ("value", "s")
    assert rows.rows == ({"value": Literal("12.5", "http://www.w3.org/2001/XMLSchema#decimal"), "s": CITY},)


def test_a_row_in_which_nothing_is_bound_is_kept() -> None:
    rows = Store.of_quads(QUADS).select("SELECT ?a ?b { VALUES (?a ?b) { (UNDEF UNDEF) (1 UNDEF) } }")
    assert len(rows) == 2
    assert {"a": None, "b": None} in list(rows)


def test_a_language_tag_is_written_as_usual() -> None:
    rows = Store.of_quads(QUADS).select(f'SELECT ?l {{ GRAPH ?g {{ ?s <{LABEL}> ?l FILTER(langMatches(lang(?l), "zh")) }} }}')
    assert rows.rows[0]["l"] == Literal("临江市", lang="zh-Hans")


def test_the_default_graph_is_empty_in_both_engines() -> None:
    store = Store.of_quads(QUADS)
    assert len(store.select("SELECT * { ?s ?p ?o }")) == 0
    assert len(store.copied_dataset().query("SELECT * { ?s ?p ?o }").bindings) == 0


def test_both_engines_give_the_same_rows() -> None:
    store = Store.of_quads(QUADS)
    query = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    ours = Counter(tuple(row[name].n3() for name in "spo" if row[name]) for row in store.select(query))
    theirs = Counter(tuple(_plain(row[name]).n3() for name in "spo") for row in store.copied_dataset().query(query).bindings)
    assert sum(ours.values()) == len(QUADS)
    assert ours == theirs


def _plain(term: object) -> Iri | Literal:
    import rdflib

    if isinstance(term, rdflib.Literal):
        return Literal(str(term), lang=term.language) if term.language else Literal(str(term), str(term.datatype or Literal("").datatype))
    return Iri(str(term))


def test_ask_and_construct_answer() -> None:
    store = Store.of_quads(QUADS)
    assert store.ask(f"ASK {{ GRAPH ?g {{ ?s <{EX}rank> 2 }} }}")
    assert not store.ask(f"ASK {{ GRAPH ?g {{ ?s <{EX}rank> 3 }} }}")
    made = store.construct(f"CONSTRUCT {{ ?o <{EX}near> ?s . [] <{EX}of> ?s }} WHERE {{ GRAPH ?g {{ ?s <{EX}near> ?o }} }}")
    assert Quad(Iri(f"{EX}海"), Iri(f"{EX}near"), CITY) in made
    assert [type(quad.subject) for quad in made if quad.predicate == Iri(f"{EX}of")] == [Blank]


def test_a_wrong_query_is_told_with_its_line() -> None:
    with pytest.raises(QueryError, match=r"^query, line 2: this is no SPARQL 1\.1 \(.*\) - mend the query"):
        Store.of_quads(QUADS).select("SELECT ?s WHERE {\n ?s ?p }")


@pytest.mark.parametrize("query", ["INSERT DATA { <a:a> <a:b> <a:c> }", "DROP ALL", "", "SELECT"])
def test_an_update_or_an_empty_text_is_no_query(query: str) -> None:
    with pytest.raises(QueryError):
        Store.of_quads(QUADS).select(query)


def test_a_query_of_another_kind_is_told_apart() -> None:
    store = Store.of_quads(QUADS)
    for ask, query in ((store.select, "ASK {}"), (store.ask, "SELECT * {}"), (store.construct, "ASK {}")):
        with pytest.raises(QueryError, match="begin it with"):
            ask(query)


def test_a_query_cannot_call_another_machine() -> None:
    calls: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)

        do_POST = do_GET  # noqa: N815

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"<http://127.0.0.1:{server.server_port}/sparql>"
        for query in (f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}", f"SELECT * {{ ?s ?p 1\\u0053ERVICE SILENT {address} {{}} }}"):
            with pytest.raises(QueryError, match="SERVICE"):
                Store.of_quads(QUADS).select(query)
        for query in (f"SELECT * FROM {address} {{ ?s ?p ?o }}", f"SELECT * FROM NAMED {address} {{ GRAPH ?g {{ ?s ?p ?o }} }}"):
            assert len(Store.of_quads(QUADS).select(query)) == 0
        server.shutdown()
    assert calls == []


@pytest.mark.parametrize(
    "harmless",
    ["SELECT ?service {}", 'SELECT * { ?s ?p "x SERVICE y" }', "# SERVICE\nSELECT * {}", "SELECT * { ?s <http://a/SERVICE> service:x }"],
)
def test_the_word_service_may_stand_in_names_texts_and_comments(harmless: str) -> None:
    assert not calls_out(harmless)


def test_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store here - run `kg build`"):
        Store.open(tmp_path / "graph")


def test_a_half_written_store_is_refused(folder: Path) -> None:
    (folder / "store.json").unlink()
    with pytest.raises(StoreError, match="not written to its end"):
        Store.open(folder)


def test_a_store_with_a_garbled_stamp_is_refused(folder: Path) -> None:
    (folder / "store.json").write_text('["x"', encoding="utf-8")
    with pytest.raises(StoreError, match="not written to its end"):
        Store.open(folder)


def test_a_store_of_another_format_is_refused(folder: Path) -> None:
    stamp = json.loads((folder / "store.json").read_text("utf-8"))
    (folder / "store.json").write_text(json.dumps({**stamp, "format": 0}), encoding="utf-8")
    with pytest.raises(StoreError, match="format 0, the program reads format 1"):
        Store.open(folder)


def test_a_store_of_an_earlier_build_is_refused(folder: Path) -> None:
    (folder.parent / "built" / "manifest.json").write_text('{"newer": true}', encoding="utf-8")
    with pytest.raises(StoreError, match="another build"):
        Store.open(folder)


def test_a_store_whose_files_are_gone_or_cut_is_refused(folder: Path) -> None:
    for file in (folder / "data").iterdir():
        if file.name.startswith("MANIFEST"):
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        elif file.suffix in {".sst", ".log"}:
            file.unlink()
    with pytest.raises(StoreError):
        len(Store.open(folder).select("SELECT * { GRAPH ?g { ?s ?p ?o } }"))


def test_many_may_read_while_one_writes_but_only_one_may_write(folder: Path) -> None:
    writer = Store.open(folder, read_only=False)
    assert len(Store.open(folder)) == len(QUADS)
    program = f"from kg.store import Store; from pathlib import Path; Store.open(Path({str(folder)!r}), read_only=False)"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "another program is writing to this store - wait for it to end" in other.stderr
    assert len(writer) == len(QUADS)


def test_a_reader_leaves_the_store_as_it_is(folder: Path) -> None:
    before = {p.name: p.stat().st_size for p in (folder / "data").iterdir()}
    assert len(Store.open(folder).select("SELECT * { GRAPH ?g { ?s ?p ?o } }")) == len(QUADS)
    assert {p.name: p.stat().st_size for p in (folder / "data").iterdir()} == before


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.nq"
    broken.write_text("<a:a> <a:b> .\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"broken\.nq: cannot be loaded \(.*1.*\)"):
        Store.in_memory([broken])
    with pytest.raises(StoreError, match="cannot be loaded"):
        Store.in_memory([tmp_path / "missing.nq"])


def test_a_broken_ontology_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "core.ttl"
    broken.write_text("rie:City a owl:Class", encoding="utf-8")
    with pytest.raises(StoreError, match=r"core\.ttl: cannot be read as RDF"):
        read_rdf(broken, iris.graph("ontology"))


def test_blank_nodes_of_a_file_get_the_same_iris_every_time(tmp_path: Path) -> None:
    file = tmp_path / "core.ttl"
    file.write_text("@prefix e: <http://e/> . e:a e:b [ e:c ( 1 2 ) ] .", encoding="utf-8")
    first, second = (nquads(read_rdf(file, GRAPH)) for _ in range(2))
    assert first == second
    assert "_:" not in first
    assert first.count("\n") == 6


def test_rows_know_their_length() -> None:
    assert len(Rows((), ({}, {}))) == 2


OTHER = Iri(f"{EX}authority")
HAINING = Quad(Iri(f"{EX}海宁市"), LABEL, Literal("海宁市", lang="zh-Hans"), GRAPH)


def test_a_graph_is_replaced_as_a_whole_and_the_others_stay() -> None:
    store = Store.of_quads(QUADS)
    assert store.replace_graph(GRAPH, [HAINING, HAINING]) == 1
    assert set(store.quads(GRAPH)) == {HAINING}
    assert set(store.quads(OTHER)) == {QUADS[-1]}
    assert store.replace_graph(GRAPH, []) == 0
    store.drop_graph(OTHER)
    store.drop_graph(OTHER)
    assert store.graphs() == ()


quads_of_graph = st.lists(
    st.builds(
        Quad,
        st.sampled_from([CITY, Iri(f"{EX}海宁市")]),
        st.sampled_from([LABEL, Iri(f"{EX}rank")]),
        st.one_of(st.builds(Literal, st.text(max_size=5)), st.integers(-9, 99).map(integer), st.just(CITY)),
        st.just(GRAPH),
    ),
    max_size=8,
)


@given(quads_of_graph, quads_of_graph)
def test_what_was_there_before_leaves_no_trace(before: list[Quad], after: list[Quad]) -> None:
    store = Store.of_quads([*before, QUADS[-1]])
    assert store.replace_graph(GRAPH, after) == len(set(after))
    assert set(store.quads()) == {*after, QUADS[-1]}


def test_a_blank_node_is_not_written() -> None:
    store = Store.of_quads(QUADS)
    with pytest.raises(QueryError, match=r"graph: it has a blank node .* - give the node an IRI"):
        store.replace_graph(GRAPH, [HAINING, Quad(Blank("b"), LABEL, Literal("x"))])
    assert set(store.quads()) == set(QUADS)


def test_a_reader_keeps_the_state_in_which_it_opened_the_store(folder: Path) -> None:
    reader, writer = Store.open(folder), Store.open(folder, read_only=False)
    writer.replace_graph(GRAPH, [HAINING])
    assert set(reader.quads(GRAPH)) == {quad for quad in QUADS if quad.graph == GRAPH}
    assert set(writer.quads(GRAPH)) == {HAINING}


def test_a_store_that_was_changed_by_hand_is_not_taken_for_the_build(folder: Path) -> None:
    Store.open(folder, read_only=False).replace_graph(GRAPH, [HAINING])
    with pytest.raises(StoreError, match=r"this store was changed by hand after it was loaded .* - run `kg build`"):
        Store.open(folder)


def test_a_reader_cannot_write(folder: Path) -> None:
    with pytest.raises(StoreError, match="nothing was written: the store is open only to read - open it with read_only=False"):
        Store.open(folder).replace_graph(GRAPH, [HAINING])
    assert len(Store.open(folder)) == len(QUADS)


def test_a_revised_store_differs_in_the_changed_graphs_only_and_shares_the_rest(folder: Path, tmp_path: Path) -> None:
    reader, before = Store.open(folder), {file.stat().st_ino for file in (folder / "data").iterdir()}
    new = tmp_path / "new.nq"
    new.write_text(HAINING.n3() + "\n", encoding="utf-8")
    manifest = folder.parent / "built" / "manifest.json"
    manifest.write_text('{"newer": true}', encoding="utf-8")
    revise_store(folder, {GRAPH: new}, manifest_hash(manifest.parent) or "")
    assert set(Store.open(folder).quads()) == {HAINING, QUADS[-1]}
    assert set(reader.quads()) == set(QUADS)
    assert before & {file.stat().st_ino for file in (folder / "data").iterdir()}
    revise_store(folder, {GRAPH: None}, manifest_hash(manifest.parent) or "")
    assert Store.open(folder).graphs() == (OTHER,)


def test_a_revision_that_fails_leaves_the_store_as_it_was(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.nq"
    broken.write_text("<a:a> <a:b> .\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"broken\.nq: cannot be loaded"):
        revise_store(folder, {OTHER: None, GRAPH: broken}, "new")
    assert set(Store.open(folder).quads()) == set(QUADS)
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


def test_what_is_loaded_in_slices_is_what_the_files_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.engine._SLICE", 1000)
    quads = [Quad(Iri(f"{GRAPH}{n}"), Iri(f"{GRAPH}p"), Literal(f"第{n}研究院" * (n % 7)), GRAPH) for n in range(300)]
    for n in range(3):
        (tmp_path / f"{n}.nq").write_text("".join(f"{quad.n3()}\n" for quad in quads[n::3]), encoding="utf-8")
    write_store([tmp_path / f"{n}.nq" for n in range(3)], tmp_path / "store", "")
    store = Store.open(tmp_path / "store")
    assert len(store) == 300
    assert set(store.quads()) == set(quads)
    (tmp_path / "1.nq").write_text("<a:a> <a:b> .\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"1\.nq: cannot be loaded"):
        Store.in_memory([tmp_path / f"{n}.nq" for n in range(3)])


def test_a_backup_is_a_store_of_its_own(folder: Path, tmp_path: Path) -> None:
    for source, target in ((Store.open(folder), "disk"), (Store.of_quads(QUADS), "memory")):
        source.backup(tmp_path / "copies" / target)
        copy = Store.open(tmp_path / "copies" / target, read_only=False)
        copy.drop_graph(GRAPH)
        assert set(copy.quads()) == {QUADS[-1]}
        assert set(source.quads()) == set(QUADS)
        with pytest.raises(StoreError, match="there is something here already - choose a new folder"):
            source.backup(tmp_path / "copies" / target)


def test_compacting_frees_what_was_deleted_and_says_so(tmp_path: Path) -> None:
    store = EmbeddedStore.at(_bulky(tmp_path), read_only=False)
    store.drop_graph(GRAPH)
    done = store.compact()
    assert done.after < done.before
    assert done.seconds < 30
    assert set(store.quads()) == {QUADS[-1]}
    with pytest.raises(StoreError, match="a store in memory has no files to compact"):
        EmbeddedStore.holding(QUADS).compact()


def test_the_command_line_copies_a_store_and_compacts_it(folder: Path, tmp_path: Path) -> None:
    def said(*command: str) -> str:
        kg = Path(sys.executable).parent / "kg"
        return subprocess.run(
            [kg, *command, "--graph", str(folder.parent), "--lang", "en"], capture_output=True, text=True, check=True, timeout=60
        ).stdout

    assert said("backup", str(tmp_path / "copy")) == f"{tmp_path / 'copy'}: a copy of {folder}\n"
    assert set(Store.open(tmp_path / "copy").quads()) == set(QUADS)
    assert " MB after, " in said("compact")
    assert set(Store.open(folder).quads()) == set(QUADS)


def test_compacting_without_room_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore.at(_bulky(tmp_path), read_only=False)
    monkeypatch.setattr("kg.store.embedded._ROOM", 1e12)
    with pytest.raises(StoreError, match=r"compacting needs .* MB for a while, and .* MB are free - free disk space"):
        store.compact()


def _bulky(folder: Path) -> Path:
    file = folder / "bulky.nq"
    labels = (Quad(Iri(f"{EX}{n}"), LABEL, Literal(f"第{n}研究院" * 9), GRAPH) for n in range(3000))
    file.write_text(nquads([*labels, QUADS[-1]]), encoding="utf-8")
    write_store([file], folder / "store", "")
    return folder


def test_a_store_of_a_newer_version_is_refused_with_what_to_do(folder: Path) -> None:
    stamp = json.loads((folder / "store.json").read_text("utf-8"))
    (folder / "store.json").write_text(json.dumps({**stamp, "format": 99}), encoding="utf-8")
    with pytest.raises(
        StoreError, match=r"format 99, written by a newer version than this one .* - use a newer version of the program, or"
    ):
        Store.open(folder)


# rdflib over the store itself


def test_rdflib_reads_the_store_itself_and_the_engine_answers(folder: Path) -> None:
    dataset = Store.open(folder).dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("error", SlowQueryWarning)
        assert [str(row.o) for row in dataset.query(f'SELECT ?o {{ GRAPH ?g {{ ?s <{LABEL}> ?o FILTER(lang(?o) = "en") }} }}')] == [
            "Linjiang"
        ]
        assert len(dataset.query("SELECT * { GRAPH ?g { <临江市> ?p ?o } }", base=EX)) == len(QUADS)
        assert len(dataset.query("SELECT * { ?s ?p ?o }")) == 0
        assert len(dataset.query("SELECT ?l { GRAPH ?g { ?s rdfs:label ?l } }")) == 2
        assert bool(dataset.query(f"ASK {{ GRAPH ?g {{ ?s <{EX}rank> 2 }} }}"))
    assert {str(graph.identifier) for graph in dataset.graphs()} >= {str(GRAPH), str(OTHER)}
    assert len(list(dataset.quads())) == len(QUADS)


def test_what_rdflib_must_evaluate_itself_says_so_and_is_answered(folder: Path) -> None:
    from rdflib import URIRef
    from rdflib.plugins.sparql import prepareQuery

    dataset = Store.open(folder).dataset()
    text = f"SELECT ?o {{ GRAPH ?g {{ ?s <{LABEL}> ?o }} }}"
    with pytest.warns(SlowQueryWarning, match="a prepared query; give its text instead"):
        assert len(dataset.query(prepareQuery(text))) == 2
    with pytest.warns(SlowQueryWarning, match="initBindings for a variable that is not selected"):
        assert len(dataset.query(text, initBindings={"s": URIRef(str(CITY))})) == 2


def test_nothing_is_written_through_rdflib_and_nothing_is_called(folder: Path) -> None:
    from rdflib import URIRef

    store = Store.of_quads(QUADS)
    dataset, node = store.dataset(), URIRef(EX)
    for write in (
        lambda: dataset.add((node, node, node)),
        lambda: dataset.remove((None, None, None)),
        lambda: dataset.update("DROP ALL"),
        lambda: dataset.parse(data="<a:a> <a:b> <a:c> .", format="nt"),
        lambda: dataset.remove_graph(URIRef(str(GRAPH))),
    ):
        with pytest.raises(StoreError, match="it shows the store and cannot change it"):
            write()
    with pytest.raises(QueryError, match="SERVICE"):
        dataset.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match=r"no SPARQL 1\.1"):
        dataset.query("SELECT ?s WHERE { ?s ?p }")
    assert set(store.quads()) == set(QUADS)
