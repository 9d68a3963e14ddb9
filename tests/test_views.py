"""Views: what the network of a view holds, and where its nodes are put."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.catalogue.networks import read_view
from kg.errors import QueryError
from kg.namespaces import RDF, RID, RIE, RIEC
from kg.report import Report
from kg.resources import resource
from kg.store import Store
from kg.views import Network, find_view, place, project, syllables, views
from tests.networks import FIRST, LEADS, SECOND, small_store

WHOLE = ["all", "cooperation", "disagreements", "institution-talent", "mechanisms", "platforms", "policy-line", "talent-programmes"]
VIEWS = sorted([*WHOLE, "ego"])  # ego: what lies around one thing


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


@pytest.fixture(scope="module")
def everything(store: Store) -> Network:
    return project(store, "all")


def named(graph: Network, name: str) -> str:
    (found,) = [node for node, values in graph.nodes(data=True) if values["label_zh"] == name]
    return str(found)


def between(graph: Network, subject: str, target: str) -> list[dict[str, Any]]:
    edges = graph.get_edge_data(named(graph, subject), named(graph, target)) or {}
    return list(edges.values())


def unquoted(name: str) -> str:
    return name.translate(dict.fromkeys(map(ord, "“”《》")))


def relations(graph: Network) -> set[tuple[str, str, str]]:
    labels = nx.get_node_attributes(graph, "label_zh")
    return {(labels[s], edge["label_zh"], labels[o]) for s, o, edge in graph.edges(data=True)}


# views and their files


def test_there_are_nine_views_with_words_in_both_languages() -> None:
    found = views()
    assert sorted(found) == VIEWS
    for view in found.values():
        assert all((view.summary.zh, view.summary.en, view.description.zh, view.description.en))


def test_an_unknown_view_is_answered_with_the_views_there_are() -> None:
    with pytest.raises(QueryError, match="没有这个视图 - 可用的有：institution-talent、"):
        find_view("institution-talents")
    with pytest.raises(QueryError, match="there is no such view - use one of all, "):
        find_view("al", "en")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("#+ view: network", "#+ view: table", r"broken.rq:8: a query in this folder must have view: network"),
        ("#+   quote: {zh: 原文, en: quote}\n", "", r"broken.rq:10: the columns differ from the SELECT"),
        ("#+ view: network", "#+ views: network", r"unknown key “views”"),
        ("quote", "words", r"a network needs the column “quote”"),
        ("level", "height", r"a network has no use for “height”"),
        ("?level", "?level ?extra", r"the columns differ from the SELECT"),
    ],
)
def test_a_view_file_that_is_not_in_order_is_refused_with_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    source = (resource("queries") / "views" / "all.rq").read_text(encoding="utf-8")
    assert old in source
    (tmp_path / "broken.rq").write_text(source.replace(old, new), encoding="utf-8")
    with pytest.raises(QueryError, match=complaint):
        read_view(tmp_path / "broken.rq")


def test_a_folder_without_views_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there is no view in this folder"):
        views(tmp_path)


# what a network holds


def test_every_edge_carries_its_sentence_at_its_place(everything: Network) -> None:
    texts = {f"{RID}report-first": FIRST, f"{RID}report-second": SECOND}
    passages = [proof for _, _, edge in everything.edges(data=True) for proof in edge["evidence"]]
    assert len(passages) == 12
    for proof in passages:
        text = texts[proof["report"]]
        assert text[proof["start"] : proof["end"]] == proof["quote"]
        assert text[proof["sentence_start"] : proof["sentence_end"]] == proof["sentence"]
        assert proof["sentence_start"] <= proof["start"] < proof["end"] <= proof["sentence_end"]


@pytest.mark.parametrize("view", WHOLE)
def test_in_the_first_report_too_every_quote_stands_where_it_says(first_store: Store, first_report: Report, view: str) -> None:
    graph = project(first_store, view)
    passages = [proof for _, _, edge in graph.edges(data=True) for proof in edge["evidence"]]
    mentions = [(mention, values) for _, values in graph.nodes(data=True) for mention in values["mentions"]]
    least = {"disagreements": (2, 10)}.get(view, (20, 20))
    assert (len(passages) >= least[0], len(mentions) >= least[1]) == (True, True)
    for proof in passages:
        assert first_report.text[proof["start"] : proof["end"]] == proof["quote"]
        assert proof["quote"] in proof["sentence"]
    for mention, values in mentions:
        printed = first_report.text[mention["start"] : mention["end"]]
        assert unquoted(printed) in {unquoted(name) for name in (values["label_zh"], *values["aliases"])}


def test_the_view_of_everything_holds_every_statement_and_listing_of_the_first_report(first_store: Store) -> None:
    rows = first_store.select(f"SELECT ?f WHERE {{ GRAPH ?g {{ ?f a ?c . VALUES ?c {{ <{RDF}Statement> <{RIE}Listing> }} }} }}")
    held = {iri for _, _, edge in project(first_store, "all").edges(data=True) for iri in edge["statements"]}
    assert len(rows) > 60
    assert {str(row["f"]) for row in rows} <= held


def test_institutions_and_talent_are_a_part_of_everything(first_store: Store) -> None:
    some, everything = project(first_store, "institution-talent"), project(first_store, "all")
    assert 0 < some.number_of_edges() < everything.number_of_edges()
    assert relations(some) <= relations(everything)
    assert ("中国科学院大学温州研究院", "位于", "温州市") in relations(some)


def test_the_same_relation_in_two_reports_is_one_edge_with_both_sentences(everything: Network) -> None:
    (edge,) = [edge for edge in between(everything, "李校堃", "临江大学病毒研究院") if edge["label_zh"] == "领衔"]
    assert [proof["report"].removeprefix(RID) for proof in edge["evidence"]] == ["report-first", "report-second"]
    assert {proof["quote"] for proof in edge["evidence"]} == {LEADS}
    assert len(edge["statements"]) == 2


def test_a_post_is_one_edge_with_its_role_and_time(everything: Network) -> None:
    (edge,) = [edge for edge in between(everything, "李校堃", "临江大学病毒研究院") if edge["label_en"] == "leads"]
    assert (edge["period_zh"], edge["period_en"]) == ("2020年4月", "April 2020")
    assert edge["role_zh"]
    assert edge["directed"]
    assert edge["done"]
    assert not [node for node in everything if node.startswith(f"{RID}m-")]


def test_an_edge_tells_its_dates_its_evidence_and_its_report_as_plain_values(everything: Network) -> None:
    (edge,) = [edge for edge in between(everything, "李校堃", "临江大学病毒研究院") if edge["label_en"] == "leads"]
    assert (edge["first_day"], edge["last_day"], edge["phase"]) == ("2020-04-01", "2020-04-30", "done")
    assert edge["role"] == f"{RIEC}role-leads"
    assert (edge["quote"], edge["passages"], edge["report"]) == (LEADS, 2, f"{RID}report-first")
    assert edge["statement"] in edge["statements"]
    assert edge["reports"] == [f"{RID}report-first", f"{RID}report-second"]
    assert edge["evidence_ids"] == [proof["evidence"] for proof in edge["evidence"]]
    assert all(iri.startswith(f"{RID}v-") for iri in edge["evidence_ids"])
    assert (edge["inferred"], edge["inferred_by"]) == (False, "")


def test_a_planned_edge_is_in_the_phase_of_plans(everything: Network) -> None:
    assert {edge["phase"] for *_, edge in everything.edges(data=True)} == {"planned", "done"}
    assert all((edge["phase"] == "planned") != edge["done"] for *_, edge in everything.edges(data=True))


def test_what_is_only_planned_is_an_edge_that_says_so(everything: Network) -> None:
    (edge,) = between(everything, "临江市", "东海大学临江分院")
    assert edge["status"] == f"{RIEC}planned"
    assert (edge["done"], edge["status_zh"], edge["status_en"]) == (False, "计划", "planned")


def test_a_qualifier_is_kept(everything: Network) -> None:
    (edge,) = between(everything, "临江市", "丽水市")
    assert edge["qualifiers"] == ["field=数字经济"]


def test_an_undated_relation_has_no_period(everything: Network) -> None:
    (edge,) = between(everything, "临江市", "丽水市")
    assert edge["period_zh"] == edge["period_en"] == ""


def test_a_listing_is_an_edge_from_the_whole_with_its_order(everything: Network) -> None:
    (edge,) = between(everything, "办会城市", "丽水市")
    assert edge["order"] == 2
    assert edge["predicate"] == f"{RIE}part"


def test_an_event_of_two_is_one_edge_without_direction(everything: Network) -> None:
    edges = between(everything, "李校堃", "临江大学病毒研究院") + between(everything, "临江大学病毒研究院", "李校堃")
    (edge,) = [edge for edge in edges if not edge["directed"]]
    assert edge["predicate"] == f"{RIE}UnveilingEvent"
    assert edge["qualifiers"] == ["event=正式挂牌"]


def test_an_event_of_three_stays_a_node_since_no_pair_of_them_is_meant(everything: Network) -> None:
    event = named(everything, "举办论坛")
    assert everything.nodes[event]["type"] == "Event"
    assert {everything.nodes[other]["label_zh"] for other in everything[event]} == {"临江市", "丽水市", "东海大学"}


def test_an_event_of_one_is_said_of_that_node(everything: Network) -> None:
    (event,) = everything.nodes[named(everything, "临江市")]["events"]
    assert event["label_zh"] == "开园"
    assert event["evidence"][0]["quote"] == "临江市开园"


def test_a_figure_is_said_of_its_subject(everything: Network) -> None:
    (figure,) = everything.nodes[named(everything, "临江市")]["figures"]
    assert figure["label_zh"] == "高新企业：>75家"
    assert figure["evidence"][0]["quote"] == "拥有高新企业超75家"


def test_a_node_knows_its_other_names_its_pinyin_and_its_mentions(everything: Network) -> None:
    node = everything.nodes[named(everything, "临江大学病毒研究院")]
    assert node["aliases"] == ["病毒院"]
    assert node["pinyin"].startswith("lin jiang da xue")
    assert node["alias_pinyin"] == ["bing du yuan"]
    assert [FIRST[m["start"] : m["end"]] for m in node["mentions"] if m["report"].endswith("first")] == ["临江大学病毒研究院", "病毒院"]
    assert (node["type"], node["class"], node["concept"]) == ("Institute", f"{RIE}ResearchInstitute", False)


def test_an_idea_is_told_from_a_thing(everything: Network) -> None:
    assert everything.nodes[named(everything, "打造创新高地")]["concept"]
    assert not everything.nodes[named(everything, "临江市")]["concept"]


def test_every_value_is_a_plain_one(everything: Network) -> None:
    values = [dict(everything.graph), *(v for _, v in everything.nodes(data=True)), *(v for _, _, v in everything.edges(data=True))]
    assert json.loads(json.dumps(values, ensure_ascii=False)) == values


def test_the_label_is_in_the_asked_language_where_there_is_one(store: Store) -> None:
    graph = project(store, "all", "en")
    assert {edge["label"] for _, _, edge in graph.edges(data=True)} >= {"leads", "located in"}
    assert graph.nodes[named(graph, "临江市")]["label"] == "临江市"


def test_projecting_twice_gives_the_same_network(store: Store, everything: Network) -> None:
    again = project(store, "all")
    assert list(again.nodes(data=True)) == list(everything.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(everything.edges(keys=True, data=True))


# focus


def test_a_focus_keeps_what_lies_near_it(store: Store) -> None:
    near = project(store, "institution-talent", focus="病毒院", hops=1)
    far = project(store, "institution-talent", focus="病毒院", hops=2)
    assert {values["label_zh"] for _, values in near.nodes(data=True)} == {"临江大学病毒研究院", "李校堃", "临江市"}
    assert set(near) < set(far)


def test_a_focus_that_is_not_there_is_answered_with_close_names(store: Store) -> None:
    with pytest.raises(QueryError, match="这个视图里没有它 - 相近的有：临江市、东海大学临江分院、临江大学病毒研究院"):
        project(store, "institution-talent", focus="临江")
    with pytest.raises(QueryError, match="it is not in this view - try another name or view"):
        project(store, "institution-talent", "en", focus="火星")


def test_a_hostile_focus_is_a_name_like_any_other(store: Store) -> None:
    with pytest.raises(QueryError, match="这个视图里没有它"):
        project(store, "all", focus='> } DROP ALL # "')


def test_an_empty_store_gives_an_empty_network() -> None:
    assert len(project(Store.of_quads([]), "all")) == 0


# places


def boxes_of(graph: Network) -> dict[Any, tuple[float, float]]:
    return {node: (60.0 + 10 * (i % 7), 30.0 + 8 * (i % 3)) for i, node in enumerate(graph)}


def overlaps(places: dict[Any, tuple[int, int]], boxes: dict[Any, tuple[float, float]]) -> list[tuple[Any, Any]]:
    nodes = sorted(places)
    return [
        (a, b)
        for i, a in enumerate(nodes)
        for b in nodes[i + 1 :]
        if all(abs(places[a][k] - places[b][k]) < (boxes[a][k] + boxes[b][k]) / 2 - 1 for k in (0, 1))
    ]


def test_no_label_of_the_first_report_covers_another(first_store: Store) -> None:
    graph = project(first_store, "all")
    boxes = boxes_of(graph)
    places = place(graph, boxes)
    assert set(places) == set(graph)
    assert overlaps(places, boxes) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=60))
def test_every_node_gets_a_place_of_its_own(pairs: list[tuple[int, int]]) -> None:
    graph = Network()
    graph.add_nodes_from(range(25))
    graph.add_edges_from(pairs)
    boxes = boxes_of(graph)
    places = place(graph, boxes)
    assert set(places) == set(graph)
    assert overlaps(places, boxes) == []


def test_the_same_network_is_placed_the_same_whatever_the_order_of_its_nodes() -> None:
    one, other = Network(), Network()
    pairs = [(i, (i * 7) % 31) for i in range(60)]
    one.add_edges_from(pairs)
    other.add_edges_from(reversed(pairs))
    boxes = boxes_of(one)
    assert place(one, boxes) == place(other, boxes)


def test_a_star_is_laid_out_round_its_middle() -> None:
    graph = Network([(0, i) for i in range(1, 13)])
    places = place(graph, dict.fromkeys(graph, (20.0, 20.0)))
    quarters = Counter((places[i][0] > places[0][0], places[i][1] > places[0][1]) for i in range(1, 13))
    assert len(quarters) == 4


def test_a_large_network_is_placed_by_forces_in_a_few_seconds() -> None:
    graph = Network([(i, i // 3) for i in range(1, 900)])
    places = place(graph, dict.fromkeys(graph, (60.0, 30.0)))
    assert len(places) == 900
    assert len(set(places.values())) == 900


def test_nothing_is_placed_where_nothing_is_kept() -> None:
    assert place(Network(), {}) == {}
    assert place(Network([(1, 2)]), {1: (1.0, 1.0), 2: (1.0, 1.0)}, []) == {}


# pinyin


def test_pinyin_is_read_in_words_and_in_all_ways_for_persons() -> None:
    assert syllables("重庆市") == "chong qing shi"
    assert syllables("长江三角洲") == "chang jiang san jiao zhou"
    assert "xiao" in syllables("李校堃", person=True).split()[1].split("/")


def test_letters_and_digits_stay_and_signs_fall_out() -> None:
    assert syllables("“9+11”重点项目") == "9 11 zhong dian xiang mu"
    assert syllables("E-mail: a@b.cn") == "e mail a b cn"


# where it comes from


def test_every_edge_and_passage_names_its_rule_and_nobody_is_named_who_did_not_decide(everything: Network) -> None:
    edges = [values for _, _, values in everything.edges(data=True)]
    assert len(edges) >= 5
    for values in edges:
        assert values["rules"]
        assert (values["decided_by"], values["decided_on"]) == ([], [])
        assert all(proof["rule"] and not proof["decided_by"] for proof in values["evidence"])
    assert all(values["rules"] for _, values in everything.nodes(data=True) if values["type"] not in ("Concept", "Indicator"))
