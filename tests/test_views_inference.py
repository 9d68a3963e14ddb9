"""What follows by rules: from which statements, with which sentences, and what does not follow."""

from dataclasses import replace

import pytest

from kg.namespaces import RID, RIE, RIG
from kg.report import Report
from kg.store import Store
from kg.views import Filter, Network, inference_rules, project
from kg.views.filters import notes_on
from tests.test_views_filters import made_up

RULES = ["body-acts-for-its-place", "host-of-what-is-led", "located-where-the-whole-is"]
ALL = Filter(inferred=True)
Said = set[tuple[str, str, str, str]]


def inferred(graph: Network) -> Said:
    names = {node: values["label_zh"] for node, values in graph.nodes(data=True)}
    return {(names[s], e["label_zh"], names[o], e["inferred_by"]) for s, o, e in graph.edges(data=True) if e["inferred"]}


@pytest.fixture(scope="module")
def store() -> Store:
    return made_up()


def test_there_are_three_rules_explained_in_both_languages() -> None:
    rules = inference_rules()
    assert sorted(rules) == RULES
    for rule in rules.values():
        assert all((rule.summary.zh, rule.summary.en, rule.description.zh, rule.description.en))


def test_nothing_is_inferred_unasked(first_store: Store) -> None:
    graph = project(first_store, "all")
    assert inferred(graph) == set()
    assert graph.graph["rules"] == []


def test_what_follows_in_the_first_report(first_store: Store) -> None:
    graph = project(first_store, "all", only=ALL)
    universities = ("上海交通大学", "同济大学", "清华大学", "德国杜伊斯堡-埃森大学")
    assert inferred(graph) == {
        ("李校堃", "所属单位为", "温州医科大学", "host-of-what-is-led"),
        *(("湖州市", "合作", name, "body-acts-for-its-place") for name in universities),
    }
    assert [(rule["id"], rule["count"]) for rule in graph.graph["rules"]] == list(zip(RULES, (4, 1, 0), strict=True))


def test_what_is_stated_stays_as_it_was(first_store: Store) -> None:
    stated, both = project(first_store, "all"), project(first_store, "all", only=ALL)
    assert set(both) == set(stated)  # a rule ties what a view has, it brings nothing in
    assert [(s, o, k) for s, o, k, e in both.edges(keys=True, data=True) if not e["inferred"]] == list(stated.edges(keys=True))


def test_an_inferred_edge_carries_the_sentences_of_all_its_premises(first_store: Store, first_report: Report) -> None:
    graph = project(first_store, "institution-talent", only=ALL)
    (edge,) = [edge for *_, edge in graph.edges(data=True) if edge["inferred_by"] == "host-of-what-is-led"]
    premises = {
        str(row["p"])
        for iri in edge["statements"]
        for row in first_store.select(f"SELECT ?p {{ GRAPH ?g {{ <{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> ?p }} }}")
    }
    assert premises == {f"{RIE}leads", f"{RIE}partOf"}
    assert len(edge["evidence_ids"]) >= 2
    for proof in edge["evidence"]:
        assert first_report.text[proof["start"] : proof["end"]] == proof["quote"]
    assert any("李校堃院士领衔的温医大病毒研究院" in proof["quote"] for proof in edge["evidence"])


def test_a_thing_lies_where_that_lies_in_which_it_lies_and_a_part_where_its_whole_does(store: Store) -> None:
    graph = project(store, "all", only=ALL)
    located = {(s, o) for s, _, o, rule in inferred(graph) if rule == "located-where-the-whole-is"}
    assert located == {("甲研究院", "临江市"), ("丁中心", "丙园区"), ("丁中心", "临江市")}
    names = {values["label_zh"]: node for node, values in graph.nodes(data=True)}
    (edge,) = graph.get_edge_data(names["丁中心"], names["临江市"]).values()
    assert [proof["quote"] for proof in edge["evidence"]] == ["甲研究院位于丙园区", "丙园区位于临江市", "丁中心隶属于甲研究院"]


def test_what_has_a_place_of_its_own_is_not_put_where_its_whole_is(store: Store) -> None:
    assert ("乙研究院", "位于", "海城市", "located-where-the-whole-is") not in inferred(project(store, "all", only=ALL))


def test_what_is_inferred_is_dated_by_the_premise_that_began_last(store: Store) -> None:
    graph = project(store, "all", only=ALL)
    (edge,) = [edge for *_, edge in graph.edges(data=True) if edge["inferred_by"] == "host-of-what-is-led"]
    assert (edge["first_day"], edge["last_day"]) == ("2012-01-01", "2014-12-31")


def test_with_one_report_only_what_follows_from_it_alone(first_store: Store) -> None:
    report = f"{RID}report-wenzhou-huzhou-2020"
    assert len(inferred(project(first_store, "all", only=replace(ALL, reports=frozenset({report}))))) == 5
    assert inferred(project(first_store, "all", only=replace(ALL, reports=frozenset({f"{RID}report-another"})))) == set()


def test_the_reader_is_told_what_was_inferred_and_why(first_store: Store) -> None:
    graph = project(first_store, "all", only=ALL)
    zh, en = (notes_on(graph.graph, lang) for lang in ("zh", "en"))  # type: ignore[arg-type]
    assert any(note.startswith("推断 1 条：所领衔机构的所属单位（host-of-what-is-led）。某人领衔的机构隶属于某单位") for note in zh)
    assert any(note.startswith("4 inferred: A body acts for the place it serves (body-acts-for-its-place).") for note in en)
    assert RIG not in "".join(zh)
