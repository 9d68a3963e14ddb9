"""The check: every shape has a graph that fails it and no other, and what was looked at is counted."""

import re
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.build import build, built_files
from kg.check import Evaluated, Finding, Findings, Message, Passage, check
from kg.check.names import short
from kg.check.shapes import evaluate, read_shapes
from kg.errors import BuildError, InputError
from kg.namespaces import RIE, RIEC, XSD
from kg.resources import resource
from kg.shapes import Known, compile_shapes, count_nodes, validate
from kg.store import Store
from kg.triples.terms import Literal, Quad
from tests.shacl import reference, store_of, told

REPORT = """甲市

2021年，杭州市新增高新技术企业120家，居全省第2位，比上年增长10.4%。由王小明院士领衔的杭州智能制造研究院于今年4月正式挂牌。
浙江大学杭州研究院获评国家创新人才培养示范基地。杭州市出台《杭州市科技成果转化管理办法》，计划引进高层次人才团队23个。
"""
CASES = Path(__file__).parent / "cases" / "shapes"
ONTOLOGY = resource("ontology")
SLUGS = sorted(path.stem for path in CASES.glob("*.ttl") if not path.stem.startswith("_"))


@pytest.fixture(scope="session")
def shapes() -> rdflib.Graph:
    return read_shapes(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="session")
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("core.ttl", "concepts.ttl"):
        graph.parse(ONTOLOGY / name)
    return graph


@pytest.fixture(scope="session")
def sound(ontology: rdflib.Graph) -> rdflib.Graph:
    graph = rdflib.Graph()
    graph += ontology
    return graph.parse(CASES / "_sound.ttl")


@dataclass(frozen=True)
class Cases:
    """The sound graph with all cases in it, the same spread over named graphs, and which case each node stands in."""

    graph: rdflib.Graph
    store: Store
    owner: dict[str, str]


def shapes_in(shapes: rdflib.Graph) -> list[rdflib.URIRef]:
    return [rdflib.URIRef(shape.iri) for shape in compile_shapes(shapes, Known(Store.of_quads([])))]


@pytest.fixture(scope="session")
def cases(sound: rdflib.Graph, tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """All cases in one graph, so that it is validated once; no two cases speak of the same node."""
    owner: dict[str, str] = {}
    whole = rdflib.Graph()
    whole += sound
    own = {str(node) for node in sound.subjects()}
    for slug in SLUGS:
        case = rdflib.Graph().parse(CASES / f"{slug}.ttl")
        for node in {str(node) for node in case.subjects()} - own:
            assert owner.setdefault(short(node), slug) == slug, f"{node} stands in two cases"
        whole += case
    return Cases(whole, store_of(whole, tmp_path_factory.mktemp("cases")), owner)


@pytest.fixture(scope="session")
def found(cases: Cases, shapes: rdflib.Graph) -> list[Finding]:
    return evaluate(shapes, cases.store)[1]


@pytest.fixture(scope="session")
def fired(cases: Cases, found: list[Finding]) -> dict[str, set[str]]:
    by_case: dict[str, set[str]] = defaultdict(set)
    for finding in found:
        by_case[cases.owner[finding.focus]].add(finding.shape)
    return by_case


def test_every_shape_has_a_case_and_every_case_a_shape(shapes: rdflib.Graph) -> None:
    named = [short(shape) for shape in shapes_in(shapes)]
    assert len(named) >= 90
    assert sorted(named) == SLUGS


def test_the_sound_graph_gives_no_finding(sound: rdflib.Graph, shapes: rdflib.Graph, tmp_path: Path) -> None:
    evaluated, findings = evaluate(shapes, store_of(sound, tmp_path))
    assert findings == []
    assert len(evaluated) == len(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_case_fails_its_own_shape_and_no_other(slug: str, fired: dict[str, set[str]]) -> None:
    assert fired[slug] == {slug}


def test_pyshacl_finds_the_same(cases: Cases, shapes: rdflib.Graph) -> None:
    ours = validate(cases.store, compile_shapes(shapes, Known(cases.store)))
    assert len(ours) >= len(SLUGS)
    assert told(ours, shapes) == reference(cases.graph, shapes)


def test_a_fact_is_found_with_the_sentence_it_rests_on(found: list[Finding]) -> None:
    (gap,) = [finding for finding in found if finding.shape == "rate-gap-in-points"]
    assert gap.passage is not None
    assert (gap.passage.report, gap.passage.start) == ("sound", 0)
    assert gap.passage.quote.startswith("甲市2021年新增高新技术企业120家")


def test_what_a_message_names_is_filled_in(found: list[Finding]) -> None:
    (gap,) = [finding for finding in found if finding.shape == "rate-gap-in-points"]
    assert gap.message.zh == "2.5 是两个百分率之差，却用了百分之；请改用 riec:unit-percentage-point。"
    assert gap.message.en.startswith("2.5 is a gap between two rates")
    assert not any("{?" in finding.message.zh + finding.message.en for finding in found)


def test_every_message_speaks_both_languages_and_names_are_short(shapes: rdflib.Graph) -> None:
    assert len(shapes_in(shapes)) == len(SLUGS)
    for shape in shapes_in(shapes):
        holder = shapes.value(shape, SH.sparql) or shape
        for texts in (list(shapes.objects(holder, SH.message)), list(shapes.objects(shape, SH.name))):
            assert sorted(str(text.language) for text in texts if isinstance(text, rdflib.Literal)) == ["en", "zh-Hans"], shape
        assert all(len(str(name)) <= 50 for name in shapes.objects(shape, SH.name))
        assert shapes.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}


def test_the_order_of_the_shapes_has_no_gap(shapes: rdflib.Graph) -> None:
    assert [int(str(shapes.value(shape, SH.order))) for shape in shapes_in(shapes)] == list(range(1, len(SLUGS) + 1))


def test_the_shapes_are_sound_shacl(shapes: rdflib.Graph) -> None:
    import pyshacl

    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_there_are_as_many_focus_nodes_as_pyshacl_looks_at(sound: rdflib.Graph, shapes: rdflib.Graph, tmp_path: Path) -> None:
    from pyshacl.graph_abstraction import DataGraph
    from pyshacl.shapes_graph import ShapesGraph

    theirs = {shape.node: shape.focus_nodes(DataGraph.from_rdflib(sound)) for shape in ShapesGraph(shapes).shapes}
    store = store_of(sound, tmp_path)
    ours = count_nodes(store, compile_shapes(shapes, Known(store)))
    assert ours == {str(shape): len(set(theirs[shape])) for shape in shapes_in(shapes)}


def test_every_term_in_a_shape_stands_in_the_ontology(ontology: rdflib.Graph) -> None:
    text = (ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8")
    spaces = {"rie": RIE, "riec": RIEC}
    terms = {rdflib.URIRef(spaces[prefix] + name) for prefix, name in re.findall(r"\b(riec?):([\w-]+)", text)}
    assert len(terms) >= 60
    assert {term for term in terms if (term, RDF.type, None) not in ontology} == set()


# --- the built graph


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with one short report, built by the program."""
    graph = tmp_path_factory.mktemp("graph")
    folder = graph / "reports" / "jia-2021"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "report.toml").write_text('title = "甲市科技工作"\n\n[issued]\ndate = "2021"\n', encoding="utf-8")
    build(None, graph)
    return graph


def test_the_graph_of_a_report_has_no_violation_and_every_quote_is_looked_at(built: Path) -> None:
    result = check(built)
    assert [finding for finding in result.findings if finding.severity == "violation"] == []
    assert result.status == 0
    nodes = {shape.shape: shape.nodes for shape in result.evaluated}
    assert nodes["text-unchanged"] == 1
    assert nodes["quote-in-text"] == nodes["evidence-source"] > 0
    assert len(result.evaluated) == len(SLUGS) + 2 + 1 + 7  # of the text, of the decisions, of what is left open


def test_a_check_of_one_report_says_what_the_whole_check_says_of_it(built: Path) -> None:
    whole, one = check(built), check(built, report="jia-2021")
    assert [finding for finding in whole.findings if finding.passage] == [finding for finding in one.findings if finding.passage]
    assert one.coverage == whole.coverage
    assert sum(shape.nodes for shape in one.evaluated) > 100


def test_a_report_that_is_not_in_the_graph_is_a_clear_sentence(built: Path) -> None:
    with pytest.raises(InputError, match="report 乙-2021: the graph has no such report - name one of: jia-2021"):
        check(built, report="乙-2021")


def test_a_report_text_that_was_changed_after_the_build_is_found(built: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    shutil.copytree(built / "reports", reports)
    (reports / "jia-2021" / "report.txt").write_text(REPORT.replace("120", "210"), encoding="utf-8")
    result = check(built, reports=reports)
    assert [(finding.shape, finding.focus) for finding in result.findings if finding.severity == "violation"] == [
        ("text-unchanged", "rid:report-jia-2021")
    ]
    assert result.status == 1


def test_a_report_whose_text_is_missing_is_found(built: Path, tmp_path: Path) -> None:
    (finding,) = [f for f in check(built, reports=tmp_path).findings if f.severity == "violation"]
    assert finding.shape == "text-unchanged"
    assert "cannot be read" in finding.message.en
    assert "读不到原文" in finding.message.zh


def test_a_quote_that_the_report_does_not_say_is_found_with_its_place(built: Path) -> None:
    store = Store.in_memory(built_files(built / "built"))
    quads = [
        Quad(q.subject, q.predicate, Literal(q.object.value.replace("研究院", "研究所")), q.graph)
        if q.predicate.value.endswith("#exact") and isinstance(q.object, Literal)
        else q
        for q in store.quads()
    ]
    result = check(Store.of_quads(quads), reports=built / "reports")
    misquoted = [finding for finding in result.findings if finding.shape == "quote-in-text"]
    assert misquoted
    assert all(finding.passage and "研究所" in finding.passage.quote for finding in misquoted)
    assert "quote differs" in result.said("en")
    assert "引文与原文在该位置的文字不同" in result.said("zh")


def test_a_finding_names_the_sentence_behind_its_node(built: Path) -> None:
    store = Store.in_memory(built_files(built / "built"))
    kept = [quad for quad in store.quads() if not quad.predicate.value.endswith("#factualStatus")]
    result = check(Store.of_quads(kept), reports=built / "reports")
    found = [finding for finding in result.findings if finding.shape.endswith("-status")]
    assert found
    for finding in found:
        assert finding.passage is not None
        assert REPORT[finding.passage.start : finding.passage.end] == finding.passage.quote


def test_what_had_nothing_to_look_at_is_said_in_both_languages() -> None:
    result = check(Store.of_quads([]), reports=Path("."))
    assert result.status == 0
    assert len(result.idle()) == len(result.evaluated) == len(SLUGS) + 2 + 1 + 7
    assert "had no node to look at" in result.said("en")
    assert "没有可核对节点的规则" in result.said("zh")


def test_warnings_are_counted_and_do_not_fail() -> None:
    message = Message("警告", "warning")
    result = Findings(
        1, (Evaluated("leader-is-person", message, "warning", 1, 1),), (Finding("leader-is-person", "warning", "rid:e", message),)
    )
    assert result.status == 0
    assert result.counts() == {"violation": 0, "warning": 1, "info": 0}


def test_a_quote_with_escape_codes_or_line_ends_is_printed_harmlessly_on_one_line() -> None:
    message, quote = Message("缺", "missing"), "温州\x1b[31m市\n出台"
    found = Finding("fact-run", "violation", "rid:s-1", message, None, Passage("r", 0, len(quote), quote))
    result = Findings(1, (Evaluated("fact-run", message, "violation", 1, 1),), (found,))
    assert result.status == 1
    assert "    r 0–11 「温州�[31m市 出台」\n" in result.said("zh")


def test_a_value_that_is_not_of_its_type_is_a_finding_and_not_a_traceback(built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = Store.in_memory(built_files(built / "built"))
    broken = {"firstDay": Literal("2021-13-45", f"{XSD}date"), "characterCount": Literal("许多", f"{XSD}integer")}
    quads = [Quad(q.subject, q.predicate, broken.get(q.predicate.value.rpartition("#")[2], q.object), q.graph) for q in store.quads()]
    result = check(Store.of_quads(quads), reports=built / "reports")
    assert {"interval-first-day", "document-length"} <= {finding.shape for finding in result.findings}
    assert capfd.readouterr().err == ""


def test_a_folder_without_a_built_graph_is_a_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no built graph here - run `kg build`"):
        check(tmp_path)


def test_shapes_that_are_no_turtle_are_a_clear_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "shapes.ttl"
    broken.write_text("这不是 Turtle", encoding="utf-8")
    with pytest.raises(InputError, match="the shapes cannot be read"):
        check(Store.of_quads([]), shapes=broken)
    with pytest.raises(InputError, match="the shapes cannot be read"):
        check(Store.of_quads([]), shapes=tmp_path / "none.ttl")


def test_the_check_says_the_same_twice(built: Path) -> None:
    assert check(built).said("zh") == check(built).said("zh")
