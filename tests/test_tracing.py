"""Tracing: who is tied to whom on the first report, and the laws of the search on random graphs."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ask import ask
from kg.build import build
from kg.catalogue import load_catalogue
from kg.errors import QueryError
from kg.extract import read_passages
from kg.facts import Entity, Facts, Period, Relation, Span
from kg.namespaces import GEO, RDF, RDFS, RID, RIE, RIEC, RIG
from kg.pages import write_view
from kg.report import Issued, Report
from kg.resources import resource
from kg.store import Store, read_rdf
from kg.tracing import Limits, Trace, find_bridges, find_moves, network_of_store, profile, render_shown, ties_of, trace
from kg.tracing.asked import asked_limits
from kg.tracing.limits import ways
from kg.tracing.network import WITHIN, Network, Tie, network_of
from kg.tracing.paths import Path as Found
from kg.tracing.paths import find_paths
from kg.tracing.reading import read_network
from kg.tracing.wording import phrases, told
from kg.triples import to_quads
from kg.triples.authority import authority_quads
from kg.triples.terms import Iri, Literal, Quad
from kg.triples.vocabulary import read_vocabulary

INSTITUTES = ("温州医科大学病毒研究院", "温州医科大学精准医学研究院")
LEADS = "李校堃院士领衔的温医大病毒研究院、精准医学研究院"
HOSTILE = "<script>alert(1)</script>|**\u202e研究院"


def steps(found: Trace) -> list[tuple[str, str, str]]:
    """Return the hops of the first route as from, relation, to."""
    return [(hop.start.name, hop.ties[0].relation, hop.end.name) for hop in found.routes[0].hops]


# the first report


def test_the_academician_is_traced_to_the_province_through_the_institute_he_leads(first_store: Store, first_report: Report) -> None:
    found = trace(first_store, "李校堃", "浙江省", k=1)
    institute = found.routes[0].hops[0].end.name
    assert institute in INSTITUTES
    assert steps(found) == [("李校堃", "领衔", institute), (institute, "位于", "温州市"), ("温州市", "在境内", "浙江省")]
    leads, located, within = (hop.ties[0] for hop in found.routes[0].hops)
    assert (leads.roles, leads.status) == (("领衔人",), "已完成")
    assert any(LEADS in quote.quote for quote in leads.quotes)
    assert (within.quotes, within.basis) == ((), "行政区划代码（GB/T 2260）")
    for quote in (*leads.quotes, *located.quotes):
        assert first_report.text[quote.start : quote.end] == quote.quote
        assert quote.quote in quote.sentence


def test_a_path_is_one_sentence_in_either_language(first_store: Store) -> None:
    zh = trace(first_store, "欧阳钟灿", "温州市", k=1)
    en = trace(first_store, "欧阳钟灿", "温州市", k=1, lang="en")
    assert zh.routes[0].sentence == "欧阳钟灿由中国科学院大学温州研究院引进；中国科学院大学温州研究院位于温州市。"
    assert re.fullmatch(r"欧阳钟灿 was recruited by \S.*; \S.* is located in Wenzhou\.", en.routes[0].sentence)


def test_walked_the_other_way_round_a_tie_is_told_from_its_object(first_store: Store) -> None:
    found = trace(first_store, "浙江省", "李校堃", k=1)
    institute = found.routes[0].hops[1].end.name
    said = re.sub(r"（[^）]*）", "", found.routes[0].sentence)
    assert said == f"浙江省辖有温州市；温州市是{institute}的所在地；{institute}由李校堃领衔。"


def test_a_university_is_traced_to_the_city_it_works_with(first_store: Store) -> None:
    found = trace(first_store, "上海交通大学", "湖州市", k=1)
    first, *rest = steps(found)
    assert first[:2] == ("上海交通大学", "合作")
    assert [first[2], *(step[2] for step in rest)] in (["湖州市"], ["湖州市科学技术局", "湖州市"])
    assert any("科技交流" in quote.quote for quote in found.routes[0].hops[0].ties[0].quotes)


def test_a_body_named_after_a_place_lies_there_by_its_name() -> None:
    text = "乙大学与湖州市科学技术局合作，湖州市点赞。"
    store = made_up(
        text,
        {"乙大学": "University", "湖州市科学技术局": "GovernmentBody", "湖州市": "City"},
        relation(text, "乙大学与湖州市科学技术局合作", "乙大学", "cooperates_with", "湖州市科学技术局"),
    )
    (route,) = trace(store, "乙大学", "湖州市").routes
    assert route.sentence == "乙大学与湖州市科学技术局合作；湖州市科学技术局在湖州市境内。"
    assert route.hops[1].ties[0].basis == "名称"


@pytest.mark.parametrize(
    "name", ["欧阳钟灿", "ouyangzhongcan", "Ouyang Zhongcan", "OUYANG-ZHONGCAN"], ids=["zh", "pinyin", "spaced", "capitals"]
)
def test_names_are_known_in_pinyin(first_store: Store, name: str) -> None:
    assert trace(first_store, name, "温州市", k=1).start.name == "欧阳钟灿"


@pytest.mark.parametrize(
    ("name", "full"),
    [("Shanghai Jiao Tong University", "上海交通大学"), ("国科大温州研究院", "中国科学院大学温州研究院"), ("huzhou", "湖州市")],
)
def test_names_are_known_in_english_and_short(first_store: Store, name: str, full: str) -> None:
    assert profile(first_store, name).thing.name == full


def test_two_academicians_who_share_only_a_title_are_not_joined_unless_asked(first_store: Store) -> None:
    found = trace(first_store, "李校堃", "欧阳钟灿")
    assert found.routes == ()
    assert found.gap
    assert "温州医科大学病毒研究院" in {thing.name for thing in found.gap.from_start}
    assert "中国科学院大学温州研究院" in {thing.name for thing in found.gap.from_end}
    assert ("李校堃", "领衔中国科学院大学温州研究院") in {(missing.start.name, missing.text) for missing in found.gap.missing}
    assert found.gap.around == "李校堃的头衔为院士；院士是欧阳钟灿的头衔。"
    asked = trace(first_store, "李校堃", "欧阳钟灿", limits=Limits(through=frozenset({"all"})))
    assert asked.routes[0].sentence == found.gap.around


def test_no_path_at_all_is_said_with_what_can_be_reached(first_store: Store) -> None:
    found = trace(first_store, "胡艺", "温州市")
    assert (found.routes, found.gap and found.gap.around) == ((), "")
    said = render_shown(found, "table", "zh")
    assert "没有从胡艺到温州市的路径。" in said
    assert "从胡艺可达：kjjrsbwm@vip.163.com" in said


def test_limits_keep_what_they_name(first_store: Store) -> None:
    network = network_of_store(first_store)

    def routes(**named: list[str]) -> int:
        return len(trace(first_store, "李校堃", "浙江省", limits=asked_limits(first_store, network, named, None, 6, "zh")).routes)

    everything = routes()
    assert everything > 1
    assert 0 < routes(relation=["领衔", "位于"]) <= everything
    assert routes(relation=["领衔"]) == 0
    assert 0 < routes(type=["Institute", "City"]) <= everything
    assert routes(status=["计划"]) == 0
    assert routes(report=["wenzhou-huzhou-2020"]) == everything
    assert 0 < routes(place=["温州市"]) <= everything
    assert routes(place=["湖州市"]) == 0


@pytest.mark.parametrize(
    ("start", "end", "k", "hops", "complaint"),
    [
        ("温州市", "温州", 3, 6, "这是同一事物的两个名称"),
        ("欧阳钟山", "温州市", 3, 6, "图中没有这个名称.*欧阳钟灿"),
        ("李校堃", "浙江省", 10**9, 6, "-k: 1000000000 不在范围内 - 请给出 1 到 50 的整数"),
        ("李校堃", "浙江省", 0, 6, "-k: 0 不在范围内"),
        ("李校堃", "浙江省", 3, 1000, "--hops: 1000 不在范围内 - 请给出 1 到 12 的整数"),
        ('> } DROP ALL # "', "浙江省", 3, 6, "图中没有这个名称"),
        ("", "浙江省", 3, 6, "这不是名称"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(first_store: Store, start: str, end: str, k: int, hops: int, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        trace(first_store, start, end, k, Limits(hops=hops))


def test_unknown_limits_are_answered_with_those_there_are(first_store: Store) -> None:
    network = network_of_store(first_store)
    with pytest.raises(QueryError, match="--through=Cty: there is no such type - use one of City"):
        asked_limits(first_store, network, {"through": ["Cty"]}, None, 6, "en")
    with pytest.raises(QueryError, match="这不是日期"):
        asked_limits(first_store, network, {}, "2020-02-30", 6, "zh")
    with pytest.raises(QueryError, match="--relation=领先"):
        asked_limits(first_store, network, {"relation": ["领先"]}, None, 6, "zh")


def test_one_name_alone_shows_what_it_is_tied_to(first_store: Store) -> None:
    assert {hop.end.name for hop in ties_of(first_store, "欧阳钟灿")} == {
        "院士", "中国科学院大学温州研究院", "中国科学院大学温州研究院引进的26名E类及以上人才",
    }  # fmt: skip


def test_a_bridge_person_joins_two_institutions(first_store: Store) -> None:
    found = find_bridges(first_store)
    (li,) = [bridge for bridge in found if bridge.person.name == "李校堃"]
    assert {thing.name for thing in li.joins} >= set(INSTITUTES)
    assert {hop.ties[0].relation for hop in li.hops} == {"领衔"}
    assert find_bridges(first_store, ("温医大", "温州医科大学精准医学研究院"))[0].person.name == "李校堃"
    assert find_bridges(first_store, ("温州市", "湖州市")) == ()
    with pytest.raises(QueryError, match="one thing is no bridge"):
        find_bridges(first_store, ("温州市",), lang="en")


def test_a_profile_holds_every_statement_about_the_thing(first_store: Store, first_report: Report) -> None:
    found = profile(first_store, "湖州市")
    ends = [f"{RDF}subject", f"{RDF}object", *(f"{RIE}{name}" for name in ("participant", "part", "whole"))]
    values = " ".join(f"<{end}>" for end in ends)
    stated = f"FILTER NOT EXISTS {{ ?f a <{RIE}InferredStatement> }}"
    rows = first_store.select(
        f"SELECT DISTINCT ?f WHERE {{ VALUES ?end {{ {values} }} GRAPH ?g {{ ?f ?end <{found.thing.iri}> {stated} }} }}"
    )
    shown = {said.fact for group in found.groups for said in group.facts}
    assert len(rows) > 20
    assert {str(row["f"]) for row in rows} <= shown
    assert "Huzhou" in found.names
    assert len(found.numbers) > 10
    for number in found.numbers:
        assert first_report.text[number.quote.start : number.quote.end] == number.quote.quote


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_every_form_carries_the_sentence(first_store: Store, form: str) -> None:
    for shown in (trace(first_store, "李校堃", "浙江省"), profile(first_store, "李校堃"), find_bridges(first_store)):
        assert LEADS in render_shown(shown, form, "zh")


def test_json_keeps_every_field(first_store: Store) -> None:
    plain = json.loads(render_shown(trace(first_store, "李校堃", "浙江省", k=1), "json", "zh"))
    (route,) = plain["routes"]
    assert LEADS in route["hops"][0]["ties"][0]["quotes"][0]["quote"]
    assert {"fact", "first", "last", "roles", "status_iri", "relation_iri"} <= set(route["hops"][0]["ties"][0])


KG = "from kg.cli import main; main()"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracing")
    build(None, folder / "graph")
    return folder


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["trace", "lixiaokun", "zhejiangsheng", "-k", "1"], 0, "1. 李校堃领衔温州医科大学"),
        (["trace", "欧阳钟灿"], 0, "欧阳钟灿由中国科学院大学温州研究院引进"),
        (["trace", "李校堃", "欧阳钟灿", "--lang", "en"], 0, "No path from 李校堃 to 欧阳钟灿."),
        (["bridges", "--format", "json"], 0, '"name": "李校堃"'),
        (["moves"], 0, "没有找到"),
        (["profile", "University of Chinese Academy of Sciences"], 0, "中国科学院大学下设中国科学院大学温州研究院"),
        (["trace", "李校堃", "浙江省", "-k", "99"], 2, "kg: -k: 99 不在范围内 - 请给出 1 到 50 的整数"),
        (["trace", "李校堃", "火星大学"], 2, "图中没有这个名称"),
        (["profile", "", "--lang", "en"], 2, "this is not a name"),
    ],
)
def test_the_command_line_prints_the_answer_or_one_sentence(work: Path, arguments: list[str], status: int, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", KG, *arguments], cwd=work, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == status
    assert said in (done.stdout if status == 0 else done.stderr)
    assert "Traceback" not in done.stderr


# made-up reports


def made_up(text: str, entities: dict[str, str], *relations: Relation) -> Store:
    source = Report("made-up", text, "sha", "made-up", Issued("2024"))
    ontology = [q for name in ("core.ttl", "concepts.ttl") for q in read_rdf(resource("ontology") / name, Iri(f"{RIG}ontology"))]
    named = tuple(
        Entity(name, kind, "test.name", mentions=(Span(text.index(name), text.index(name) + len(name)),)) for name, kind in entities.items()
    )
    facts = Facts(entities=named, relations=relations)
    known = authority_quads(facts, source.id)
    return Store.of_quads([*ontology, *known, *to_quads(source, facts, read_passages(source), read_vocabulary(ontology))])


def relation(text: str, words: str, subject: str, predicate: str, target: str, year: int | None = None) -> Relation:
    start = text.index(words)
    when = Period(f"{year}-01-01", f"{year}-12-31", "stated") if year else Period()
    return Relation(Span(start, start + len(words)), subject, predicate, target, "test.relation", period=when)


CAREER = "2016年，王小川任甲研究院院长。2019年，乙大学引进王小川。赵一曼领衔甲研究院，也领衔丙平台。"


@pytest.fixture(scope="module")
def career() -> Store:
    return made_up(
        CAREER,
        {"王小川": "Person", "甲研究院": "Institute", "乙大学": "University", "赵一曼": "Person", "丙平台": "Platform"},
        relation(CAREER, "2016年，王小川任甲研究院院长", "王小川", "leads", "甲研究院", 2016),
        relation(CAREER, "2019年，乙大学引进王小川", "乙大学", "recruited", "王小川", 2019),
        relation(CAREER, "赵一曼领衔甲研究院", "赵一曼", "leads", "甲研究院"),
        relation(CAREER, "领衔丙平台", "赵一曼", "leads", "丙平台"),
    )


def test_a_move_is_told_with_both_dates_and_sentences(career: Store) -> None:
    (move,) = find_moves(career)
    assert (move.person.name, move.origin.name, move.target.name) == ("王小川", "甲研究院", "乙大学")
    assert (move.left.first, move.joined.first) == ("2016-01-01", "2019-01-01")
    assert [said.quotes[0].quote for said in (move.left, move.joined)] == ["2016年，王小川任甲研究院院长", "2019年，乙大学引进王小川"]
    assert render_shown((move,), "table", "zh").startswith("王小川：甲研究院 → 乙大学\n")
    assert find_moves(career, "赵一曼") == ()  # undated ties give no order


def test_the_catalogue_tells_the_same_move_with_both_quotes(career: Store) -> None:
    answer = ask(career, load_catalogue().question("people/moves"))
    told = [tuple(cell.text if cell else "" for cell in row[:5]) for row in answer.rows]
    assert told == [("王小川", "甲研究院", "2016年", "乙大学", "2019年")]
    assert [cell.text for name in ("before", "quote") for cell in answer.column(name) if cell] == [
        "2016年，王小川任甲研究院院长",
        "2019年，乙大学引进王小川",
    ]


def test_the_catalogue_tells_who_joins_two_institutions(career: Store) -> None:
    answer = ask(career, load_catalogue().question("people/bridges"), {"person": "赵一曼"})
    told = {
        (one.text, other.text) for one, other in zip(answer.column("institution"), answer.column("other"), strict=True) if one and other
    }
    assert told == {("甲研究院", "丙平台"), ("丙平台", "甲研究院")}


FORMER = "2012年至2014年，赵一曼曾任甲研究院院长。"


@pytest.fixture(scope="module")
def former() -> Store:
    held = replace(
        relation(FORMER, "赵一曼曾任甲研究院院长", "赵一曼", "leads", "甲研究院"),
        period=Period("2012-01-01", "2014-12-31", "stated"),
        qualifiers=(("post", "院长"), ("state", "former")),
    )
    return made_up(FORMER, {"赵一曼": "Person", "甲研究院": "Institute"}, held)


def test_a_post_that_is_over_is_never_told_as_one_that_is_held(former: Store) -> None:
    for lang, sentence, noted in (
        ("zh", "（曾任，2012—2014年）", "职务：院长，曾任）"),
        ("en", "(former, 2012–2014)", "post: 院长, former)"),
    ):
        found = trace(former, "赵一曼", "甲研究院", lang=lang)
        assert sentence in found.routes[0].sentence
        assert noted in render_shown(found, "table", lang)
        assert "state=former" not in render_shown(found, "table", lang)


def test_as_of_a_day_a_post_counts_until_it_was_over(former: Store) -> None:
    days = [date(2011, 12, 31), date(2012, 1, 1), date(2014, 12, 31), date(2015, 1, 1)]
    assert [bool(trace(former, "赵一曼", "甲研究院", limits=Limits(on=day)).routes) for day in days] == [False, True, True, False]


def test_statements_that_are_not_listed_are_counted() -> None:
    verbs = {"leads": "领衔", "member_of": "加入", "established": "建立", "supports": "支持", "represents": "代表"}
    text = "".join(f"赵一曼{verb}甲研究院。" for verb in verbs.values())
    ties = (relation(text, f"赵一曼{verb}甲研究院", "赵一曼", name, "甲研究院") for name, verb in verbs.items())
    store = made_up(text, {"赵一曼": "Person", "甲研究院": "Institute"}, *ties)
    (hop,) = ties_of(store, "赵一曼")
    assert (len(hop.ties), hop.more) == (3, 2)
    assert "赵一曼与甲研究院之间另有 2 条陈述未列出\n" in render_shown((hop,), "table", "zh")
    assert "2 more statements about 赵一曼 and 甲研究院" in render_shown((hop,), "markdown", "en")


def test_what_is_near_both_ends_is_not_asked_to_be_tied_to_itself() -> None:
    text = "甲研究院与丙研究院合作。丙研究院与乙企业合作。"
    store = made_up(
        text,
        {"甲研究院": "Institute", "丙研究院": "Institute", "乙企业": "Enterprise"},
        relation(text, "甲研究院与丙研究院合作", "甲研究院", "cooperates_with", "丙研究院"),
        relation(text, "丙研究院与乙企业合作", "丙研究院", "cooperates_with", "乙企业"),
    )
    gap = trace(store, "甲研究院", "乙企业", limits=Limits(hops=1)).gap
    assert gap is not None
    assert {"丙研究院"} <= {thing.name for thing in gap.from_start} & {thing.name for thing in gap.from_end}
    assert gap.missing
    assert not [missing for missing in gap.missing if missing.start == missing.end]


def test_a_profile_in_english_is_in_english_as_far_as_the_graph_knows_the_words(first_store: Store) -> None:
    said = render_shown(profile(first_store, "Wenzhou", "en"), "table", "en")
    assert "high-tech industry investment 40.1%, rank 1 in Zhejiang (year-on-year growth, January–May 2020, achieved)\n" in said
    assert "（" not in said.partition("numbers")[2].replace("（物联网应用）", "")
    assert "高新技术产业投资 40.1%，第 1 位（浙江省）（" in render_shown(profile(first_store, "温州市"), "table", "zh")


def test_as_of_a_day_only_what_had_begun_or_has_no_date_counts(career: Store) -> None:
    assert trace(career, "王小川", "甲研究院", limits=Limits(on=date(2016, 5, 1))).routes
    assert not trace(career, "王小川", "甲研究院", limits=Limits(on=date(2015, 12, 31))).routes
    assert trace(career, "赵一曼", "甲研究院", limits=Limits(on=date(2015, 12, 31))).routes


def test_a_bridge_tells_each_tie_with_its_date(career: Store) -> None:
    assert {bridge.person.name for bridge in find_bridges(career)} == {"王小川", "赵一曼"}
    (one,) = find_bridges(career, ("甲研究院", "乙大学"))
    assert [(hop.end.name, hop.ties[0].relation, hop.ties[0].when) for hop in one.hops if hop.end.name == "甲研究院"] == [
        ("甲研究院", "领衔", "2016年")
    ]
    assert {hop.ties[0].when for hop in one.hops} == {"2016年", "2019年"}


def test_hostile_names_stay_text(first_store: Store) -> None:
    text = f"王小川领衔{HOSTILE}。"
    store = made_up(text, {"王小川": "Person", HOSTILE: "Institute"}, relation(text, text[:-1], "王小川", "leads", HOSTILE))
    found = trace(store, "王小川", HOSTILE)
    markdown, table = (render_shown(found, form, "zh") for form in ("markdown", "table"))
    assert "<script>" not in markdown
    assert r"\<script\>" in markdown
    assert "\u202e" not in table + markdown


# same names, circles, weights: networks written down by hand


def net(*ties: tuple[str, str, str], types: dict[str, str] | None = None, **more: object) -> Network:
    made = [Tie(s, p if ":" in p else f"{RIE}{p}", o, f"f{i}", **more) for i, (s, p, o) in enumerate(ties)]  # type: ignore[arg-type]
    return network_of(made, {end: "Institute" for tie in made for end in (tie.subject, tie.object)} | (types or {}))


def named_paths(network: Network, a: str, b: str, limits: Limits | None = None, k: int = 10) -> list[str]:
    limits = limits or Limits()
    ends = network.node(a), network.node(b)
    assert ends[0] is not None
    assert ends[1] is not None
    return ["".join(network.nodes[node] for node in path.nodes) for path in find_paths(ways(network, *ends, limits), k, limits)]


def test_two_people_of_one_name_stay_two(first_store: Store) -> None:
    text = "李伟领衔甲研究院。李伟领衔乙研究院。"
    store = made_up(
        text,
        {"李伟": "Person", "甲研究院": "Institute", "乙研究院": "Institute"},
        relation(text, "李伟领衔甲研究院", "李伟", "leads", "甲研究院"),
    )
    (one,) = {str(row["p"]) for row in store.select(f"SELECT ?p WHERE {{ GRAPH ?g {{ ?p <{RIE}leads> ?i }} }}")}
    other = f"{RID}e-0000000000000000"
    quads = [
        replace(q, subject=Iri(other) if str(q.subject) == one else q.subject, object=Iri(other) if str(q.object) == one else q.object)
        for q in store.quads()
    ]
    both = Store.of_quads([*store.quads(), *(q for q in quads if q.graph and q.graph.value.endswith("made-up"))])
    with pytest.raises(QueryError, match="这个名称可指 2 个事物 - 请给出其中一个的 IRI") as raised:
        trace(both, "李伟", "甲研究院")
    assert one in str(raised.value)
    assert other in str(raised.value)
    assert trace(both, one, "甲研究院").start.iri == one


def test_no_path_passes_through_a_city_unless_asked() -> None:
    network = net(("A", "locatedIn", "C"), ("B", "locatedIn", "C"), types={"C": "City"})
    assert named_paths(network, "A", "B") == []
    assert named_paths(network, "A", "B", Limits(through=frozenset({"City"}))) == ["ACB"]


def test_a_ladder_of_places_is_climbed_to_a_place_but_not_down_again() -> None:
    places = {"D": "District", "C": "City", "P": "Province", "E": "City"}
    network = net(
        ("A", "locatedIn", "D"), ("D", WITHIN, "C"), ("C", WITHIN, "P"), ("E", WITHIN, "P"), ("B", "locatedIn", "E"), types=places
    )
    assert named_paths(network, "A", "P") == ["ADCP"]
    assert named_paths(network, "P", "A") == ["PCDA"]
    assert named_paths(network, "A", "B") == []
    assert named_paths(network, "A", "E") == []


def test_a_circle_of_places_and_parts_ends() -> None:
    places = {"C": "City", "D": "District"}
    network = net(
        ("C", "partOf", "D"), ("D", "partOf", "C"), ("A", "partOf", "B"), ("B", "partOf", "A"), ("A", "locatedIn", "D"), types=places
    )
    assert named_paths(network, "B", "C") == ["BADC"]


def test_what_is_said_more_often_and_is_so_goes_before_what_is_planned() -> None:
    ties = [Tie("A", f"{RIE}leads", "M", f"f{i}") for i in range(3)] + [Tie("A", f"{RIE}leads", "N", "f3")]
    ties += [Tie(end, f"{RIE}partOf", "B", end) for end in "MN"] + [Tie("A", f"{RIE}leads", "B", "x", status=f"{RIEC}planned")]
    assert named_paths(network_of(ties, dict.fromkeys("ABMN", "Institute")), "A", "B") == ["AB", "AMB", "ANB"]


def elsewhere() -> Store:
    """Return a graph as other programs make them: plain edges, a statement even, and no sentence."""
    graph = Iri("https://example.org/graph")
    one, other, said = (Iri(f"https://example.org/{name}") for name in ("one", "other", "said"))
    rows = [(one, RDFS + "label", Literal("甲")), (other, RDFS + "label", Literal("乙院")), (one, RIE + "leads", other)]
    rows += [(said, RDF + "subject", one), (said, RDF + "predicate", Iri(RIE + "leads")), (said, RDF + "object", other)]
    rows += [(thing, RDF + "type", Iri(f"{RIE}ResearchInstitute")) for thing in (one, other)]
    return Store.of_quads([Quad(subject, Iri(predicate), value, graph) for subject, predicate, value in rows])


def test_a_graph_without_sentences_says_that_nothing_can_be_traced(tmp_path: Path) -> None:
    store = elsewhere()
    with pytest.raises(QueryError, match="name=甲: 这个图里没有一条事实带着原句，无从追溯 - 用 kg build 从报告建图"):
        trace(store, "甲", "乙院")
    with pytest.raises(QueryError, match="no fact of this graph carries its sentence"):
        profile(store, "甲", "en")
    with pytest.raises(QueryError, match="视图“all”: 这个图里没有一条事实带着原句"):
        write_view(store, "all", tmp_path / "page.html")
    assert find_bridges(store) == ()


# the people and sentences that the first report must yield, under each restriction


@pytest.mark.parametrize(
    ("start", "end", "named", "on", "expected"),
    [
        ("李校堃", "浙江省", {"relation": ["领衔", "位于"]}, None, LEADS),
        ("李校堃", "浙江省", {"type": ["Institute", "City"]}, None, LEADS),
        ("李校堃", "浙江省", {"place": ["温州市"]}, None, LEADS),
        ("李校堃", "浙江省", {"status": ["已完成"]}, None, LEADS),
        ("李校堃", "浙江省", {}, "2019-06-30", LEADS),
        ("李校堃", "温州市", {"relation": ["领衔", "位于"]}, "2020-04-30", LEADS),
        ("欧阳钟灿", "温州市", {}, None, "成功引进包括欧阳钟灿院士在内的E类及以上人才26人"),
        (
            "欧阳钟灿",
            "温州市",
            {"relation": ["引进", "位于"], "place": ["浙江省"]},
            None,
            "成功引进包括欧阳钟灿院士在内的E类及以上人才26人",
        ),
        ("上海交通大学", "湖州市", {}, None, "分别开展的科技交流、地校互联"),
        ("Shanghai Jiao Tong University", "huzhou", {"relation": ["cooperates with"]}, None, "分别开展的科技交流、地校互联"),
    ],
)
def test_a_trace_shows_the_expected_sentence_under_each_restriction(
    first_store: Store, first_report: Report, start: str, end: str, named: dict[str, list[str]], on: str | None, expected: str
) -> None:
    network = network_of_store(first_store)
    found = trace(first_store, start, end, k=1, limits=asked_limits(first_store, network, named, on, 6, "zh"))
    quotes = [quote for hop in found.routes[0].hops for tie in hop.ties for quote in tie.quotes]
    assert any(expected in quote.sentence for quote in quotes)
    assert all(first_report.text[quote.start : quote.end] == quote.quote for quote in quotes)


@pytest.mark.parametrize(
    ("start", "end", "named", "on"),
    [
        ("李校堃", "浙江省", {"status": ["计划"]}, None),
        ("李校堃", "浙江省", {"place": ["湖州市"]}, None),
        ("欧阳钟灿", "温州市", {"relation": ["领衔"]}, None),
        ("欧阳钟灿", "湖州市", {}, None),
        ("上海交通大学", "温州市", {}, None),
    ],
)
def test_a_trace_that_restrictions_leave_no_way_says_what_is_near(
    first_store: Store, start: str, end: str, named: dict[str, list[str]], on: str | None
) -> None:
    network = network_of_store(first_store)
    found = trace(first_store, start, end, limits=asked_limits(first_store, network, named, on, 6, "zh"))
    assert found.routes == ()
    assert found.gap is not None
    assert f"没有从{found.start.name}到{found.end.name}的路径。" in render_shown(found, "table", "zh")


# laws of the search


@st.composite
def networks(draw: st.DrawFn) -> Network:
    size = draw(st.integers(2, 9))
    pairs = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), min_size=1, max_size=24))
    relations = draw(st.lists(st.sampled_from(["leads", "part", "participant"]), min_size=len(pairs), max_size=len(pairs)))
    statuses = draw(st.lists(st.sampled_from(["achieved", "planned"]), min_size=len(pairs), max_size=len(pairs)))
    rows = zip(pairs, relations, statuses, strict=True)
    ties = [Tie(f"n{s}", f"{RIE}{p}", f"n{o}", f"f{i}", status=f"{RIEC}{q}") for i, ((s, o), p, q) in enumerate(rows)]
    return network_of(ties, {f"n{i}": "Person" for i in range(size)})


def simple_paths(network: Network, hops: int) -> list[Found]:
    """Return all simple paths from the first node to the last as NetworkX finds them, the lightest first."""
    graph = nx.Graph()
    for s, o, weight in zip(network.subject.tolist(), network.object.tolist(), network.weight.tolist(), strict=True):
        if not graph.has_edge(s, o) or graph[s][o]["weight"] > weight:
            graph.add_edge(s, o, weight=weight)
    if not nx.has_path(graph, 0, network.size - 1):
        return []
    found = nx.shortest_simple_paths(graph, 0, network.size - 1, weight="weight")
    return [Found(nx.path_weight(graph, path, "weight"), tuple(path)) for path in found if len(path) <= hops + 1]


@given(networks(), st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_the_paths_are_the_k_lightest_simple_ones_that_networkx_finds(network: Network, k: int, hops: int) -> None:
    if network.size < 2:
        return
    limits = Limits(hops=hops, detour=10**6)
    found = find_paths(ways(network, 0, network.size - 1, limits), k, limits)
    expected = simple_paths(network, hops)
    assert [path.weight for path in found] == [path.weight for path in expected[:k]]
    assert set(found) <= set(expected)
    assert len(set(found)) == len(found)
    assert all(len(set(path.nodes)) == len(path.nodes) for path in found)


@given(networks())
@settings(max_examples=60, deadline=None)
def test_the_way_back_is_as_long_as_the_way_there(network: Network) -> None:
    if network.size < 2:
        return
    there, back = (find_paths(ways(network, *ends, Limits()), 3, Limits()) for ends in ((0, network.size - 1), (network.size - 1, 0)))
    assert [path.weight for path in there] == [path.weight for path in back]


# wording and cache


def test_every_relation_of_the_ontology_can_be_told_from_its_object() -> None:
    asked = f"SELECT ?p WHERE {{ GRAPH ?g {{ ?p <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{RIE}relatesTo> }} }}"
    store = Store.of_quads(read_rdf(resource("ontology") / "core.ttl", Iri(f"{RIG}ontology")))
    known = {str(row["p"]).removeprefix(RIE) for row in store.select(asked)}
    assert len(known) > 45
    assert known | {"part", "participant", WITHIN.removeprefix(GEO)} == set(phrases())
    for name, phrase in phrases().items():
        assert "{0}" in phrase.inverse_zh, name
        assert "{0}" in phrase.inverse_en, name


def test_a_relation_is_told_by_its_label_and_turned_round_by_the_table() -> None:
    assert told(f"{RIE}leads", "领衔", "研究院", True, "zh") == "领衔研究院"
    assert told(f"{RIE}leads", "leads", "the institute", True, "en") == "leads the institute"
    assert told(f"{RIE}leads", "领衔", "李校堃", False, "zh") == "由李校堃领衔"
    assert told(f"{RIE}unheard", "闻所未闻", "甲", False, "zh") == "← 闻所未闻甲"
    assert told(f"{RIE}leads", "领衔", "{0}", False, "zh") == "由{0}领衔"


def test_the_ties_are_kept_beside_the_store_until_the_build_changes(tmp_path: Path) -> None:
    build(None, tmp_path)
    folder = tmp_path / "store"
    first = network_of_store(Store.open(tmp_path), folder)
    kept = (folder / "ties.npz").read_bytes()
    again = network_of_store(Store.open(tmp_path), folder)
    assert (first.size, first.facts[3], first.weight.tolist()) == (again.size, again.facts[3], again.weight.tolist())
    (folder / "ties.npz").write_bytes(kept[:500])  # cut short: read anew
    assert network_of_store(Store.open(tmp_path), folder).size == first.size
    (folder / "store.json").write_text((folder / "store.json").read_text().replace('"manifest": "', '"manifest": "0'))
    (tmp_path / "built" / "manifest.json").unlink()
    assert network_of_store(Store.open(tmp_path), folder).size == first.size
    assert (folder / "ties.npz").read_bytes() != kept


def test_an_empty_store_has_no_ties_and_says_so() -> None:
    store = Store.of_quads([])
    assert read_network(store).size == 0
    with pytest.raises(QueryError, match="the graph has no such name"):
        trace(store, "甲", "乙", lang="en")
    assert find_bridges(store) == ()
    assert find_moves(store) == ()
