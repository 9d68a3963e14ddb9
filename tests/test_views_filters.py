"""Filters of networks: what they keep, what they count, and what is said when nothing is left."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ask.places import lying_in
from kg.build import build
from kg.errors import QueryError
from kg.extract import read_passages
from kg.facts import Entity, Facts, Membership, Observation, Period, Relation, Span
from kg.graph import Graph
from kg.inference import conclude, inference_quads, inference_rules
from kg.namespaces import RID, RIE, RIEC, RIG
from kg.pages import write_view
from kg.report import Issued, Report
from kg.resources import resource
from kg.store import Store, read_rdf
from kg.triples import to_quads
from kg.triples.authority import authority_quads
from kg.triples.terms import Iri, Quad
from kg.triples.vocabulary import read_vocabulary
from kg.views import Filter, Network, asked_filter, narrowing_said, notes_on, project
from tests.networks import report, small_store, store_of

TEXT = (
    "甲研究院位于丙园区，丙园区位于临江市。乙研究院隶属于东海大学，乙研究院位于临江市，东海大学位于海城市。丁中心隶属于甲研究院。"
    "2016年王小川任甲研究院院长。赵一曼曾任乙研究院院长。钱学礼领衔戊实验室。临江市计划引进己大学。集群包括庚企业。"
)
NAMED = {
    "甲研究院": "Institute",
    "乙研究院": "Institute",
    "丙园区": "Park",
    "丁中心": "Platform",
    "戊实验室": "Platform",
    "己大学": "University",
    "东海大学": "University",
    "临江市": "City",
    "海城市": "City",
    "庚企业": "Enterprise",
    "集群": "Concept",
    "王小川": "Person",
    "赵一曼": "Person",
    "钱学礼": "Person",
}


def relation(words: str, subject: str, predicate: str, target: str, period: Period = Period(), **more: object) -> Relation:  # noqa: B008
    start = TEXT.index(words)
    return Relation(Span(start, start + len(words)), subject, predicate, target, "test.relation", period=period, **more)  # type: ignore[arg-type]


def made_up() -> Store:
    source = Report("made-up", TEXT, "sha", "made-up", Issued("2020"))
    ontology = [q for name in ("core.ttl", "concepts.ttl") for q in read_rdf(resource("ontology") / name, Iri(f"{RIG}ontology"))]
    listing = TEXT.index("集群包括庚企业")
    facts = Facts(
        entities=tuple(
            Entity(name, kind, "test.name", mentions=(Span(TEXT.index(name), TEXT.index(name) + len(name)),))
            for name, kind in NAMED.items()
        ),
        relations=(
            relation("甲研究院位于丙园区", "甲研究院", "located_in", "丙园区"),
            relation("丙园区位于临江市", "丙园区", "located_in", "临江市"),
            relation("乙研究院隶属于东海大学", "乙研究院", "part_of", "东海大学"),
            relation("乙研究院位于临江市", "乙研究院", "located_in", "临江市"),
            relation("东海大学位于海城市", "东海大学", "located_in", "海城市"),
            relation("丁中心隶属于甲研究院", "丁中心", "part_of", "甲研究院"),
            relation("2016年王小川任甲研究院院长", "王小川", "leads", "甲研究院", Period("2016-01-01", "2016-12-31", "stated")),
            relation(
                "赵一曼曾任乙研究院院长",
                "赵一曼",
                "leads",
                "乙研究院",
                Period("2012-01-01", "2014-12-31", "stated"),
                qualifiers=(("state", "former"),),
            ),
            relation("钱学礼领衔戊实验室", "钱学礼", "leads", "戊实验室"),
            relation("计划引进己大学", "临江市", "recruited", "己大学", status="planned"),
        ),
        memberships=(Membership(Span(listing, listing + 7), "集群", "庚企业", "test.list"),),
    )
    known = authority_quads(facts, source.id)
    stated = [*ontology, *known, *to_quads(source, facts, read_passages(source), read_vocabulary(ontology))]
    rules = inference_rules()
    return Store.of_quads([*stated, *inference_quads(conclude(Store.of_quads(stated), rules), rules)])


@pytest.fixture(scope="module")
def store() -> Store:
    return made_up()


def told(graph: Network) -> set[str]:
    names = {node: values["label_zh"] for node, values in graph.nodes(data=True)}
    return {f"{names[s]}{edge['label_zh']}{names[o]}" for s, o, edge in graph.edges(data=True)}


def shown(store: Store, only: Filter) -> set[str]:
    return told(project(store, "all", only=only))


def leads(store: Store, **days: str) -> set[str]:
    """Return who leads what under ``days`` (since, until, as_of), without those that have no date."""
    only = Filter(frozenset({f"{RIE}leads"}), undated=False, **{key: date.fromisoformat(day) for key, day in days.items()})  # type: ignore[arg-type]
    return shown(store, only)


# relations, types, statuses, reports


def test_filters_keep_what_they_name() -> None:
    store = small_store()
    assert {e["status_zh"] for *_, e in project(store, "all", only=Filter(statuses=frozenset({f"{RIEC}planned"}))).edges(data=True)} == {
        "计划"
    }
    assert shown(store, Filter(relations=frozenset({f"{RIE}locatedIn"}))) == {"临江大学病毒研究院位于临江市"}
    assert shown(store, Filter(types=frozenset({"City"}))) == {"临江市合作丽水市"}
    assert shown(store, Filter(reports=frozenset({f"{RID}report-second"}))) == {"李校堃领衔临江大学病毒研究院"}


def test_a_report_filter_keeps_only_the_passages_of_that_report() -> None:
    graph = project(small_store(), "all", only=Filter(reports=frozenset({f"{RID}report-second"})))
    assert {proof["report"] for *_, edge in graph.edges(data=True) for proof in edge["evidence"]} == {f"{RID}report-second"}


TIED, COUNTED = "临江市与丽水市合作。\n", "临江市拥有高新企业超75家。\n"


@pytest.fixture(scope="module")
def tied_and_counted() -> Store:
    """Two reports: one tells a tie of a city, the other nothing but a number of it."""
    city, other = (
        Entity("临江市", "City", "test.name", mentions=(Span(0, 3),)),
        Entity("丽水市", "City", "test.name", mentions=(Span(4, 7),)),
    )
    tie = Relation(Span(0, 9), "临江市", "cooperates_with", "丽水市", "test.relation")
    number = Observation(
        Span(0, 12), "临江市", "高新企业", "value", Decimal(75), "家", "test.number", comparison=">", printed="75家", value_span=Span(9, 12)
    )
    counted = Facts(entities=(city,), observations=(number,))
    return store_of((report("tied", TIED), Facts(entities=(city, other), relations=(tie,))), (report("counted", COUNTED), counted))


def test_a_figure_from_a_report_without_a_tie_is_on_the_page_with_its_report(tied_and_counted: Store, tmp_path: Path) -> None:
    graph = write_view(tied_and_counted, "all", tmp_path / "page.html")
    assert {figure["label_zh"] for _, city in graph.nodes(data=True) for figure in city["figures"]} == {"高新企业：>75家"}
    assert set(graph.graph["reports"]) == {f"{RID}report-tied", f"{RID}report-counted"}


def test_a_report_filter_keeps_no_figure_and_no_mention_of_another_report(tied_and_counted: Store, tmp_path: Path) -> None:
    graph = write_view(tied_and_counted, "all", tmp_path / "page.html", only=Filter(reports=frozenset({f"{RID}report-tied"})))
    assert len(graph) == 2
    assert not [figure for _, city in graph.nodes(data=True) for figure in city["figures"]]
    assert {m["report"] for _, city in graph.nodes(data=True) for m in city["mentions"]} == {f"{RID}report-tied"}
    assert set(graph.graph["reports"]) == {f"{RID}report-tied"}


def test_a_page_says_to_what_it_was_narrowed_and_what_each_filter_left(store: Store, tmp_path: Path) -> None:
    only = asked_filter(store, {"place": ["临江市"], "relation": ["领衔"]}, {"as-of": "2016-12-31"})
    graph = write_view(store, "all", tmp_path / "page.html", only=only)
    left = [step["left"] for step in graph.graph["left"]]
    assert narrowing_said(graph.graph, "zh") == (
        f"已缩小：关系 领衔；地方 临江市；截至 2016-12-31（剩下的关系：视图 {left[0]}、关系 {left[1]}、地方 {left[2]}、时间 {left[3]}）。"
    )
    assert "Narrowed to: relation leads; place 临江市; as of 2016-12-31 (relations left: view " in narrowing_said(graph.graph, "en")
    assert narrowing_said(graph.graph, "zh") in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert narrowing_said(project(store, "all").graph, "zh") == ""


def test_a_search_that_a_limit_ended_early_says_that_at_least_so_many_are_left_out(store: Store) -> None:
    near = project(store, "ego", focus="甲研究院", hops=1, limit=2)
    far = project(store, "ego", focus="甲研究院", hops=6, limit=2)
    assert near.graph["left_out"] > 0 < far.graph["left_out"]
    assert "至少" not in notes_on(near.graph, "zh")[0]
    assert notes_on(far.graph, "zh")[0].startswith("至少 ")
    assert notes_on(far.graph, "en")[0].startswith("at least ")
    assert (far.graph["focus_zh"], project(store, "all").graph["focus"]) == ("甲研究院", [])


# places


def test_what_lies_in_a_place_is_found_however_many_steps_down(store: Store) -> None:
    only = asked_filter(store, {"place": ["临江市"]})
    found = shown(store, only)
    assert {"甲研究院位于丙园区", "丁中心隶属于甲研究院", "王小川领衔甲研究院", "临江市引进己大学"} <= found
    assert "钱学礼领衔戊实验室" not in found


def test_an_institute_lies_where_it_stands_not_where_its_university_does(store: Store) -> None:
    found = shown(store, asked_filter(store, {"place": ["海城市"]}))
    assert found == {"东海大学位于海城市", "乙研究院隶属于东海大学"}  # the institute itself stands elsewhere


def test_a_circle_of_places_and_parts_ends() -> None:
    ring = [Iri(f"{RID}e-{n}") for n in range(4)]
    graph = Iri(f"{RIG}ring")
    quads = [
        Quad(one, Iri(f"{RIE}{p}"), other, graph)
        for p in ("partOf", "locatedIn")
        for one, other in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]
    store = Store.of_quads(quads)
    for node in ring:
        assert lying_in(store, {str(node)}) == {str(other) for other in ring}
    assert project(store, "all", only=Filter(places=frozenset({str(ring[0])}), inferred=True)).number_of_nodes() == 0


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
@settings(max_examples=40, deadline=None)
def test_lying_in_is_walking_down_from_the_place(pairs: list[tuple[int, int]]) -> None:
    graph = Iri(f"{RIG}random")
    store = Store.of_quads([Quad(Iri(f"{RID}e-{a}"), Iri(f"{RIE}locatedIn"), Iri(f"{RID}e-{b}"), graph) for a, b in pairs])
    below, before = {0}, set[int]()
    while below != before:
        before, below = below, below | {a for a, b in pairs if b in below}
    assert lying_in(store, {f"{RID}e-0"}) == {f"{RID}e-{n}" for n in below}


def test_the_official_codes_put_a_city_into_its_province(first_store: Store) -> None:
    inside = lying_in(first_store, asked_filter(first_store, {"place": ["浙江省"]}).places)
    assert asked_filter(first_store, {"place": ["温州市"]}).places <= inside
    found = told(project(first_store, "cooperation", only=asked_filter(first_store, {"place": ["浙江省"]})))
    assert {"四川大学温州皮革研究院隶属于四川大学", "湖州市科学技术局合作清华大学"} <= found


def test_the_platforms_of_one_city_are_not_those_of_another(first_store: Store) -> None:
    wenzhou, huzhou = (project(first_store, "platforms", only=asked_filter(first_store, {"place": [name]})) for name in ("wenzhou", "湖州"))
    assert "温州市谋划科思技术研究院" in told(wenzhou) - told(huzhou)
    assert "湖州市科学技术局建设农业科技平台" in told(huzhou) - told(wenzhou)


def test_an_event_at_a_place_keeps_all_who_took_part(first_store: Store) -> None:
    found = told(project(first_store, "cooperation", only=asked_filter(first_store, {"place": ["湖州市"]})))
    signed = "签订了科技工作会商约定书参与者为"
    assert {f"{signed}湖州市", f"{signed}浙江省科学技术厅", f"{signed}科技工作会商约定书"} <= found


# days


def test_as_of_a_day_holds_what_had_begun_and_is_not_over(store: Store) -> None:
    assert leads(store, as_of="2018-06-30") == {"王小川领衔甲研究院"}  # begun in 2016; the other is said to be over
    assert leads(store, as_of="2013-06-30") == {"赵一曼领衔乙研究院"}
    assert leads(store, as_of="2011-06-30") == set()


def test_from_and_until_keep_what_overlaps_the_days(store: Store) -> None:
    assert leads(store, since="2014-12-31", until="2016-01-01") == {"王小川领衔甲研究院", "赵一曼领衔乙研究院"}
    assert leads(store, since="2018-06-30", until="2018-06-30") == set()
    assert leads(store, until="2015-06-30") == {"赵一曼领衔乙研究院"}
    assert leads(store, since="2015-06-30") == {"王小川领衔甲研究院"}


def test_what_is_over_is_past_and_an_edge_of_its_own(store: Store) -> None:
    phases = {edge["phase"]: edge["quote"] for *_, edge in project(store, "all").edges(data=True) if edge["predicate"] == f"{RIE}leads"}
    assert phases["past"] == "赵一曼曾任乙研究院院长"
    assert set(phases) == {"past", "done"}


def test_undated_relations_are_kept_under_a_day_and_counted(store: Store) -> None:
    only = Filter(as_of=date(2018, 6, 30))
    kept, dated = project(store, "all", only=only), project(store, "all", only=replace(only, undated=False))
    assert "钱学礼领衔戊实验室" in told(kept) - told(dated)
    assert kept.graph["undated"] == kept.number_of_edges() - dated.number_of_edges() > 0
    assert project(store, "all").graph["undated"] == 0


# what is said


def test_the_graph_tells_how_many_each_filter_left(store: Store) -> None:
    only = replace(asked_filter(store, {"relation": ["领衔"], "place": ["临江市"]}), as_of=date(2013, 6, 30), undated=False)
    left = project(store, "all", only=only).graph["left"]
    assert [(step["filter"], step["left"]) for step in left] == [("view", 11), ("relation", 3), ("place", 2), ("period", 1)]


def test_a_view_that_filters_emptied_says_which_one_and_what_each_left(store: Store, tmp_path: Path) -> None:
    only = replace(asked_filter(store, {"relation": ["leads"], "place": ["海城市"]}), as_of=date(2013, 6, 30))
    with pytest.raises(QueryError, match="视图“all”: 筛选“地方”后一条关系也不剩（依次剩下：视图 11、关系 3、地方 0、时间 0） - 放宽“地方”"):
        write_view(store, "all", tmp_path / "x.html", only=only)
    with pytest.raises(QueryError, match=r"the filter “place” leaves no relation \(left in turn: view 11, relation 3, place 0, period 0\)"):
        write_view(store, "all", tmp_path / "x.html", "en", only=only)


@pytest.mark.parametrize(
    ("named", "days", "complaint"),
    [
        ({"place": ["临江事"]}, {}, "--place=临江事: 图中没有这个名称（地方） - 相近的有：临江市"),
        ({"relation": ["领导"]}, {}, "--relation=领导: 图中没有这个名称"),
        ({"type": ["Institut"]}, {}, "--type=Institut: 没有这个类型 - 可用：Institute"),
        ({"status": ["some day"]}, {}, "--status=some day: 图中没有这个名称"),
        ({"report": ['> } DROP ALL # "']}, {}, "--report=.*图中没有这个名称"),
        ({}, {"as-of": "2020-02-30"}, "--as-of=2020-02-30: 这不是日期 - 例如 2020-06-30"),
        ({}, {"from": "昨天"}, "--from=昨天: 这不是日期"),
        ({}, {"from": "2020-01-02", "until": "2020-01-01"}, "--until=2020-01-01: 早于 --from=2020-01-02 - 对调两个日期"),
    ],
)
def test_unknown_names_types_and_days_are_answered_with_those_there_are(
    store: Store, named: dict[str, list[str]], days: dict[str, str], complaint: str
) -> None:
    with pytest.raises(QueryError, match=complaint):
        asked_filter(store, named, days)


@pytest.mark.parametrize(
    ("view", "more", "complaint"),
    [
        ("ego", {}, "视图“ego”: 没有说明以什么为中心"),
        ("ego", {"focus": "临江事"}, "图中没有这个名称.*临江市"),
        ("all", {"focus": "临江市", "hops": 1000}, "hops: 1000 不在范围内 - 请给出 0 到 12 的整数"),
        ("all", {"focus": "临江市", "limit": 0}, "limit: 0 不在范围内 - 请给出 不小于 2 的整数"),
        ("cooperation", {"focus": "王小川"}, "节点“王小川”: 这个视图里没有它"),
    ],
)
def test_a_focus_out_of_reach_is_answered_with_a_sentence(store: Store, view: str, more: dict[str, object], complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        project(store, view, **more)  # type: ignore[arg-type]


KG = "from kg.cli import main; main()"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    build(None, folder / "graph")
    return folder


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--list", "--lang", "en"], 0, ["policy-line", "The line of policy", "host-of-what-is-led"]),
        (["cooperation", "--place", "huzhou", "--inferred"], 0, ["kg: 推断 4 条：部门代表其管辖的地方", "network.html"]),
        (
            ["ego", "--focus", "温州市", "--hops", "2", "--limit", "20", "--as-of", "2020-06-30"],
            0,
            ["个节点因 --limit 未显示", "条关系没有日期"],
        ),
        (["platforms", "--type", "Park", "--relation", "领衔"], 2, ["筛选“关系”后一条关系也不剩"]),
        (
            ["all", "--place", "文州", "--lang", "en"],
            2,
            ["kg: --place=文州: the graph has no such name (a place) - did you mean 温州, Wenzhou"],
        ),
        (["all", "--from", "2021-01-01", "--dated-only"], 2, ["筛选“时间”后一条关系也不剩"]),
    ],
)
def test_the_command_line_draws_the_view_or_says_why_not(work: Path, arguments: list[str], status: int, said: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", KG, "view", *arguments], cwd=work, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == status, done.stderr
    assert all(words in done.stdout + done.stderr for words in said), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_library_takes_the_same_filters(store: Store) -> None:
    graph = Graph(store).network("all", only=Filter(relations=frozenset({f"{RIE}leads"})), focus="qianxueli")
    assert told(graph) == {"钱学礼领衔戊实验室"}
