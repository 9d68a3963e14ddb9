"""What follows by rules: written by a build with rule, run, premises and passages; left out unless told; switched on by one option."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.ask import ask
from kg.build import build, open_inferred, read_manifest
from kg.catalogue import load_catalogue
from kg.cli import app
from kg.errors import BuildError, InputError, StoreError
from kg.graph import Graph
from kg.inference import conclude, inference_quads, inference_rules
from kg.namespaces import OA, PROV, RDF, RIE, RIG
from kg.resources import resource
from kg.store import Store
from kg.triples import iris
from kg.triples.terms import Iri
from kg.views import project, views

BUNDLED = resource("graph") / "reports" / "wenzhou-huzhou-2020"
TEXT = "2021年，张三院士领衔临江病毒研究院，临江病毒研究院隶属于临江大学。临江市科学技术局与海城大学合作。\n"
INFERRED = f"<{RIE}InferredStatement>"


def report(graph: Path, name: str, text: str) -> None:
    folder = graph / "reports" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "report.toml").write_text(f'title = "{name}"\n[issued]\ndate = "2021"\n', encoding="utf-8")


def content(built: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in built.iterdir()}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled report and a small one of another city."""
    folder = tmp_path_factory.mktemp("graph")
    shutil.copytree(BUNDLED, folder / "reports" / BUNDLED.name)
    report(folder, "linjiang-2021", TEXT)
    build(None, folder)
    return folder


@pytest.fixture(scope="module")
def store(graph: Path) -> Store:
    return Store.open(graph)


@pytest.fixture(scope="module")
def stated(store: Store) -> Store:
    """The same graph without what follows."""
    return Store.of_quads(quad for name in store.graphs() if iris.inferred_from(name) is None for quad in store.quads(name))


def inferred_statements(store: Store) -> Iterator[Iri]:
    for row in store.select(f"SELECT DISTINCT ?node {{ GRAPH ?g {{ ?node a {INFERRED} }} }}"):
        assert isinstance(row["node"], Iri)
        yield row["node"]


def said(store: Store, node: Iri, property_: str) -> list[Iri]:
    rows = store.select(f"SELECT DISTINCT ?value {{ GRAPH ?g {{ {node.n3()} <{property_}> ?value }} }}")
    return [value for row in rows if isinstance(value := row["value"], Iri)]


def test_a_build_says_how_much_follows_and_writes_it_into_graphs_of_its_own(graph: Path, store: Store) -> None:
    manifest = read_manifest(graph / "built")
    assert manifest.counts["inferred"] == len(list(inferred_statements(store))) == 7
    assert [name.value for name in store.graphs() if iris.inferred_from(name)] == [
        f"{RIG}inferred-linjiang-2021",
        f"{RIG}inferred-wenzhou-huzhou-2020",
    ]
    assert f"inferences/{next(iter(inference_rules()))}.rq" in manifest.inputs


def test_each_statement_names_its_rule_its_run_its_premises_and_their_passages(store: Store) -> None:
    premises = 0
    for node in inferred_statements(store):
        (rule,), (run,) = said(store, node, f"{RIE}rule"), said(store, node, f"{PROV}wasGeneratedBy")
        assert rule.value.rpartition("/inferences.")[2] in rule.value
        assert rule in said(store, run, f"{PROV}used")
        assert any(iris.report_of(used) for used in said(store, run, f"{PROV}used"))
        sources = said(store, node, f"{PROV}wasDerivedFrom")
        passages = {source for source in sources if said(store, source, f"{OA}hasSource")}
        facts = [source for source in sources if source not in passages]
        assert facts
        assert {passage for fact in facts for passage in said(store, fact, f"{PROV}wasDerivedFrom")} == passages
        premises += len(facts)
    assert premises > 10


def test_a_rule_is_told_in_both_languages(store: Store) -> None:
    for lang, words in (("zh", "部门代表其管辖的地方"), ("en", "A body acts for the place it serves")):
        answer = ask(store, load_catalogue().question("quality/inferences"), {}, lang)  # type: ignore[arg-type]
        told = {rule.text: count.text for rule, count in zip(answer.column("rule"), answer.column("count"), strict=True) if rule and count}
        assert words in told
        assert sum(map(int, told.values())) == 7


def test_the_catalogue_lists_what_follows_with_its_sentences(store: Store) -> None:
    answer = ask(store, load_catalogue().question("evidence/inferred"), {"subject": "张三"})
    (subject,) = {cell.text for cell in answer.column("subject") if cell}
    assert subject == "张三"
    assert {cell.text for cell in answer.column("object") if cell} == {"临江大学"}
    for quote, start, end in zip(answer.column("quote"), answer.column("start"), answer.column("end"), strict=True):
        assert None not in (quote, start, end)
        assert TEXT[int(str(start.text)) : int(str(end.text))] == quote.text  # type: ignore[union-attr]
    assert len(answer.rows) == 2  # who leads what, and what that is part of


def test_no_other_question_sees_what_follows_unless_told(store: Store, stated: Store) -> None:
    asked = 0
    for question in load_catalogue():
        if question.name in {"evidence/inferred", "quality/inferences"}:
            continue
        rows = [sorted(map(str, side.select(question.sparql))) for side in (store, stated)]
        assert rows[0] == rows[1], question.name
        asked += 1
    assert asked > 80


def test_no_view_sees_what_follows_unless_told(store: Store, stated: Store) -> None:
    names = [name for name, view in views().items() if not view.centred]
    assert len(names) >= 8
    for name in names:
        rows = [list(map(str, side.select(views()[name].sparql))) for side in (store, stated)]
        assert rows[0] == rows[1], name
    networks = [project(side, "institution-talent") for side in (store, stated)]
    drawn = [(list(network.nodes(data=True)), list(network.edges(keys=True, data=True))) for network in networks]
    assert drawn[0] == drawn[1]


def test_one_option_switches_it_on_for_every_question(graph: Path) -> None:
    off, on = Graph.open(graph), Graph.open(graph, inferred=True)
    question = ("evidence/relation", {"relation": "所属单位为", "subject": "张三"})
    assert off.ask(question[0], **question[1]).rows == ()
    (row,) = {tuple(cell.text for cell in row[:3] if cell) for row in on.ask(question[0], **question[1]).rows}
    assert row == ("张三", "所属单位为", "临江大学")
    assert len(on.ask("evidence/inferred").rows) == len(off.ask("evidence/inferred").rows)
    assert on.store.ask(f"ASK {{ GRAPH ?g {{ ?a <{RIE}memberOf> ?b . ?f a {INFERRED}, <{RDF}Statement> ; <{RDF}subject> ?a }} }}")


def test_the_commands_have_the_option_and_a_server_has_none(graph: Path) -> None:
    query = f"SELECT DISTINCT ?a {{ GRAPH ?g {{ ?f a {INFERRED}, <{RDF}Statement> ; <{RDF}subject> ?a }} }}"
    runner = CliRunner()
    for options, rows in ((["--inferred"], 5), (["--stated-only"], 1)):
        done = runner.invoke(app, ["sparql", query, "--graph", str(graph), "--format", "csv", *options])
        assert (done.exit_code, len(done.stdout.splitlines())) == (0, rows), done.output
    with pytest.raises(InputError, match="at a server"):
        open_inferred("http://127.0.0.1:9/sparql")
    with pytest.raises(StoreError, match="there is no store here"):
        open_inferred(graph / "reports")


def test_what_is_switched_on_follows_the_next_build(tmp_path: Path) -> None:
    report(tmp_path, "linjiang-2021", TEXT)
    build(None, tmp_path)
    assert len(list(inferred_statements(open_inferred(tmp_path)))) == 1
    report(tmp_path, "linjiang-2021", "临江病毒研究院隶属于临江大学。\n")
    build(None, tmp_path)
    assert list(inferred_statements(open_inferred(tmp_path))) == []
    assert not (tmp_path / "built" / "inferred-linjiang-2021.nq").exists()


def test_however_the_graph_grew_the_bytes_are_the_same(tmp_path: Path, graph: Path) -> None:
    report(tmp_path, "linjiang-2021", "临江市与海城大学合作。\n")
    build(None, tmp_path)
    shutil.copytree(BUNDLED, tmp_path / "reports" / BUNDLED.name)
    build(None, tmp_path)
    report(tmp_path, "linjiang-2021", TEXT)
    build(None, tmp_path)
    assert content(tmp_path / "built") == content(graph / "built")


def test_a_file_of_what_follows_that_was_lost_is_made_anew(tmp_path: Path) -> None:
    report(tmp_path, "linjiang-2021", TEXT)
    build(None, tmp_path)
    before = content(tmp_path / "built")
    (tmp_path / "built" / "inferred-linjiang-2021.nq").write_text("", encoding="utf-8")
    build(None, tmp_path)
    assert content(tmp_path / "built") == before


def test_rules_over_the_whole_graph_conclude_what_they_conclude_report_by_report(store: Store, stated: Store) -> None:
    rules = inference_rules()
    whole = set(inference_quads(conclude(stated, rules), rules))
    apart = {quad for name in store.graphs() if iris.inferred_from(name) for quad in store.quads(name)}
    assert whole == apart


def test_what_the_report_states_itself_does_not_follow(tmp_path: Path) -> None:
    report(tmp_path, "linjiang-2021", f"{TEXT}张三院士是临江大学教师。张三院士所属单位为临江大学。\n")
    build(None, tmp_path)
    store = Store.open(tmp_path)
    pairs = f"?fact <{RDF}subject> ?who ; <{RDF}object> ?what ; <{RDF}predicate> <{RIE}memberOf>"
    both = f"ASK {{ GRAPH ?g {{ {pairs} ; a <{RDF}Statement> }} GRAPH ?h {{ {pairs.replace('?fact', '?other')} ; a {INFERRED} }} }}"
    assert not store.ask(both)


def test_a_build_beside_another_is_refused_while_it_is_switched_on(tmp_path: Path) -> None:
    from kg.build.holding import alone

    report(tmp_path, "linjiang-2021", TEXT)
    build(None, tmp_path)
    with alone(tmp_path), pytest.raises(BuildError, match="another build is at work here"):
        open_inferred(tmp_path)
