"""The network page in a headless Chromium without a network: what a reader can find, choose, switch and trust."""

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import kg.pages.page as page_module
from kg.errors import BuildError, QueryError
from kg.measures import measure
from kg.namespaces import RID, RIE
from kg.pages import render, write_view
from kg.pages.content import short
from kg.pages.groups import group_of, groups
from kg.pages.labels import box, width, wrapped
from kg.pages.page import FOLDER, words
from kg.pages.tables import read_block, records
from kg.report import Report
from kg.resources import resource
from kg.store import Store
from kg.triples.classes import _CLASSES
from kg.views import Filter, Network, project
from tests.browser import Opened, chromium, open_page
from tests.networks import FIRST, HOSTILE, LEADS, SECOND, small_store

pytestmark = pytest.mark.browser
TEXTS = {f"{RID}report-first": FIRST, f"{RID}report-second": SECOND}
LARGEST = 1_500_000  # bytes of the page of one report


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


@pytest.fixture(scope="module")
def everything(store: Store) -> Network:
    return project(store, "all")


@pytest.fixture(scope="module")
def written(everything: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "全部.html"
    path.write_text(render(everything, HOSTILE, TEXTS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(browser: Browser, written: Path) -> Iterator[Opened]:
    found = open_page(browser, written)
    yield found
    assert found.complaints == []
    found.page.context.close()


@pytest.fixture
def opened(loaded: Opened) -> Opened:
    """The page as it opens: an empty address takes every choice back."""
    loaded.page.evaluate("document.activeElement.blur(), document.querySelectorAll('details').forEach(d => { d.open = false; })")
    loaded.page.fill("#search", "")
    loaded.page.evaluate("location.hash = '#'")
    loaded.page.wait_for_function("document.querySelector('#card.intro') && document.documentElement.lang === 'zh-Hans'")
    return loaded


def data_of(page: str) -> dict[str, Any]:
    """Return what the scripts of ``page`` read, tables as records; the ends of an edge are numbers of nodes."""
    blocks = re.findall(r'<script type="([a-z/-]+)" id="(data|details)">(.*?)</script>', page, re.DOTALL)
    found = {name: read_block(media_type, text) for media_type, name, text in blocks}
    content, details = found["data"], found["details"]
    both = {kind: zip(records(content[kind]), records(details[kind]), strict=True) for kind in ("nodes", "edges")}
    return (
        content | {kind: [first | rest for first, rest in pairs] for kind, pairs in both.items()} | {"proofs": records(details["proofs"])}
    )


class Outside(HTMLParser):
    """Collects what a browser would fetch, and attributes that run scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (
                name in {"src", "srcset", "data", "action", "poster"}
                or (name == "href" and not (value or "").startswith("#"))
                or name.startswith("on")
            ):
                self.found.append((tag, name, value))


# the file


def test_the_page_is_one_file_that_names_no_address_outside(written: Path) -> None:
    outside = Outside()
    outside.feed(written.read_text(encoding="utf-8"))
    assert outside.found == []


def test_only_the_scripts_and_the_style_of_the_page_may_run(written: Path) -> None:
    source = written.read_text(encoding="utf-8")
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', source)[0])
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    inlined = re.findall(r"<script>(.*?)</script>", source, re.DOTALL) + re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    assert len(inlined) == 3
    for content in inlined:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_same_network_gives_the_same_bytes(store: Store, everything: Network) -> None:
    assert render(project(store, "all"), "题", TEXTS) == render(everything, "题", TEXTS)


@pytest.mark.parametrize("view", ["all", "institution-talent"])
def test_the_page_of_the_first_report_is_small_and_carries_its_text(
    first_store: Store, first_report: Report, tmp_path: Path, view: str
) -> None:
    graph = write_view(first_store, view, tmp_path / "page.html")
    source = (tmp_path / "page.html").read_text(encoding="utf-8")
    content = data_of(source)
    assert len(source.encode()) < LARGEST
    assert [report["text"] for report in content["reports"]] == [first_report.text]
    stated = [edge for edge in content["edges"] if not edge["inferred"]]
    assert (len(content["nodes"]), len(stated)) == (len(graph), graph.number_of_edges())
    assert len(content["nodes"]) > 20


@pytest.mark.parametrize("places", ["wide", "close"])
def test_no_name_covers_another_on_the_page_of_the_first_report(first_store: Store, places: str) -> None:
    nodes = [node for node in data_of(render(project(first_store, "all"), "题", {}))["nodes"] if node[places]]
    rooms = []
    for node in nodes:
        (x, y), (wide, high) = node[places], box((node["label_zh"] or node["name_zh"],), node["font"], node["size"])
        rooms.append((x - wide / 2, y - node["size"], x + wide / 2, y - node["size"] + high))
    covered = [
        (nodes[i]["name_zh"], nodes[j]["name_zh"])
        for i, a in enumerate(rooms)
        for j, b in enumerate(rooms[:i])
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]
    assert len(nodes) > 60
    assert covered == []


def test_the_measures_on_the_page_are_those_of_the_command_though_inferred_relations_are_in_it(first_store: Store, tmp_path: Path) -> None:
    graph = write_view(first_store, "cooperation", tmp_path / "page.html")
    told = {short(row.iri): (row.degree, float(f"{row.betweenness:.4g}"), float(f"{row.pagerank:.4g}")) for row in measure(graph).rows}
    data = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert any(edge["inferred"] for edge in data["edges"])
    assert {node["id"]: (node["degree"], node["betweenness"], node["pagerank"]) for node in data["nodes"]} == told


def test_a_text_of_another_version_than_the_graph_is_left_out(first_store: Store, first_report: Report, tmp_path: Path) -> None:
    folder = tmp_path / "reports" / first_report.id
    folder.mkdir(parents=True)
    for name in ("report.toml", "report.txt"):
        content = (resource("graph") / "reports" / first_report.id / name).read_bytes()
        (folder / name).write_bytes(content.replace("温州海鹤".encode(), "温州河鹤".encode()))
    write_view(first_store, "institution-talent", tmp_path / "page.html", texts=[tmp_path / "reports", tmp_path / "nowhere"])
    content = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert [report["text"] for report in content["reports"]] == [None]
    assert all(content["proofs"][row]["sentence"] for edge in content["edges"] for row in edge["evidence"])


def test_the_page_of_several_reports_says_how_many_in_both_languages(store: Store, tmp_path: Path) -> None:
    write_view(store, "all", tmp_path / "page.html")
    assert data_of((tmp_path / "page.html").read_text(encoding="utf-8"))["title"] == {"name_zh": "2 份报告", "name_en": "2 reports"}


def test_an_unknown_view_is_named_with_those_there_are(store: Store, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"视图“everything”: 没有这个视图 - 可用的有："):
        write_view(store, "everything", tmp_path / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_a_view_without_a_row_is_said_and_not_drawn(store: Store, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"view “all”: no relation of the graph belongs to it - build the graph"):
        write_view(Store.of_quads([]), "all", tmp_path / "page.html", "en")
    with pytest.raises(QueryError, match=r"视图“all”: 筛选“状态”后一条关系也不剩（依次剩下：视图 11、状态 0） - 放宽“状态”"):
        write_view(store, "all", tmp_path / "page.html", only=Filter(statuses=frozenset({"https://example.org/none"})))
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_leaves_the_earlier_one(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("earlier", encoding="utf-8")
    with pytest.raises(BuildError, match="cannot be written"):
        write_view(store, "all", tmp_path / "file" / "page.html")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "earlier"


# what it is made of


def test_every_word_of_the_page_is_said_in_both_languages_and_used() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "script").glob("*.js"))
    assert len(words()) > 40
    for key, said in words().items():
        assert set(said) == {"zh", "en"}
        assert re.search(rf'"{key}"', sources), f"{key} is never shown"
        assert set(re.findall(r"\{\w+\}", said["zh"])) == set(re.findall(r"\{\w+\}", said["en"]))


def test_every_type_of_the_graph_has_one_line_of_the_legend() -> None:
    listed = [name for group in groups() for name in group.types]
    assert len(listed) == len(set(listed))
    assert set(_CLASSES) <= set(listed)
    assert group_of("Institute") == "institute"


def test_no_two_lines_of_the_legend_look_the_same() -> None:
    assert len({(group.shape, group.color) for group in groups()}) == len({group.color for group in groups()}) == len(groups())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("玉林市 发明专利申请数 118件", ["玉林市 发明专", "利申请数 118件"]),
        ("众创空间 上缴税金 15097万元", ["众创空间 上缴", "税金 15097万元"]),
        ("湖州市 带动相关产业营业收入 >2600亿元", ["湖州市 带动相", "关产业营业收入", ">2600亿元"]),
        (
            "innovation vouchers issued: 1.0036亿元, rank 4 in Zhejiang",
            ["innovation vouchers", "issued: 1.0036亿元, rank", "4 in Zhejiang"],
        ),
    ],
)
def test_a_number_stays_with_its_unit_and_no_line_begins_with_a_comma(text: str, lines: list[str]) -> None:
    assert wrapped(text).split("\n") == lines


def test_labels_are_broken_where_chinese_and_english_may_be_broken() -> None:
    assert wrapped("温州市") == "温州市"
    assert wrapped("温州（嘉定）科技创新园一期").split("\n")[0][-1] not in "（"
    assert all(width(line) <= 9.5 for line in wrapped("科研项目经费使用“包干制”改革试点").split("\n"))
    assert wrapped("national demonstration base for training innovative talent").split("\n")[0] == "national demonstration"
    assert wrapped("").count("\n") == 0
    assert box(("温州市", "Wenzhou"), 10, 5)[0] == pytest.approx(38.5)


# the page in the browser


def test_the_page_asks_nothing_of_the_outside_and_complains_of_nothing(browser: Browser, written: Path) -> None:
    opened = open_page(browser, written)
    opened.choose("李校堃")
    opened.press_edge()
    for selector in ("#language", "#concepts", "#view-table", "#view-map", "#fit", "#reset"):
        opened.page.click(selector)
    opened.page.wait_for_timeout(300)
    assert opened.requests == [written.as_uri()]
    assert opened.complaints == []
    opened.page.context.close()


def test_hostile_names_stay_text(opened: Opened) -> None:
    opened.page.click("#view-table")
    opened.choose("script")
    opened.page.click("#view-map")
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.hit") is None
    assert opened.page.query_selector("img") is None
    assert opened.page.title() == HOSTILE
    assert opened.text("#card h2") == HOSTILE
    assert HOSTILE in opened.text("h1")
    assert HOSTILE in opened.text("#text")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("临江大学病毒研究院", "临江大学病毒研究院"),
        ("病毒院", "临江大学病毒研究院"),
        ("李校堃", "李校堃"),
        ("lixiaokun", "李校堃"),
        ("LiJiaoKun", "李校堃"),
        ("lxk", "李校堃"),
        ("bdyj", "临江大学病毒研究院"),
        ("linjiangd", "临江大学病毒研究院"),
        ("dhdx", "东海大学"),
        ("donghai daxue", "东海大学"),
    ],
)
def test_names_are_found_by_full_name_short_name_pinyin_and_initials(opened: Opened, typed: str, name: str) -> None:
    assert opened.look_up(typed)[0] == name


def test_names_are_found_by_their_english_label(browser: Browser, everything: Network, tmp_path: Path) -> None:
    graph = everything.copy()
    node = next(node for node, values in graph.nodes(data=True) if values["label_zh"] == "东海大学")
    graph.nodes[node]["label_en"] = "Donghai Maritime University"
    (tmp_path / "page.html").write_text(render(graph, "题", TEXTS, "en"), encoding="utf-8")
    opened = open_page(browser, tmp_path / "page.html")
    assert opened.look_up("maritime") == ["Donghai Maritime University"]
    opened.page.context.close()


def test_a_name_that_is_not_there_is_answered_with_advice(opened: Opened) -> None:
    assert opened.look_up("火星大学") == []
    assert "没有名称与“火星大学”相符" in opened.text("#found")
    assert opened.look_up("zzzz") == []


def test_the_search_is_used_with_the_keyboard(opened: Opened) -> None:
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("dh")
    assert opened.page.get_attribute("#search", "aria-expanded") == "true"
    names = opened.look_up("dh")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.get_attribute("#search", "aria-activedescendant") == "hit-1"
    opened.page.keyboard.press("Enter")
    assert opened.text("#card h2") == names[1]
    opened.page.evaluate("document.activeElement.blur()")
    opened.page.keyboard.press("Escape")
    assert opened.page.query_selector("#card h2") is None


def test_a_node_shows_its_facts_with_their_sentences_and_places(opened: Opened) -> None:
    opened.choose("李校堃")
    card = opened.text("#card")
    start = FIRST.index(LEADS)
    assert "李校堃院士" in card
    assert f"第 {start}–{start + len(LEADS)} 字" in card
    assert LEADS in opened.page.eval_on_selector_all("#card mark", "marks => marks.map(m => m.textContent)")


def test_a_click_on_a_line_shows_its_sentence_with_the_quote_marked(opened: Opened) -> None:
    number = opened.page.evaluate("window.network.body.data.edges.get().findIndex(e => e.dashes)")
    opened.press_edge(number)
    assert opened.text("#card .chain").split() == ["临江市", "引进", "东海大学临江分院"]
    assert "计划" in opened.text("#card dl")
    assert opened.text("#card mark") == opened.text("#text mark") == "计划引进东海大学临江分院"
    assert opened.text("#card blockquote").startswith("临江市计划引进东海大学临江分院；")


def test_a_qualifier_is_named_in_the_language_of_the_page(opened: Opened) -> None:
    opened.page.click("#view-table")
    opened.page.click("#table tr:has-text('合作') button.relation")
    assert "领域\n数字经济" in opened.text("#card dl")
    opened.page.click("#language")
    assert "field\n数字经济" in opened.text("#card dl")


def test_two_who_met_at_an_event_are_said_to_have_been_there_together(opened: Opened) -> None:
    opened.choose("李校堃")
    opened.page.click("#card .relation:has-text('挂牌')")
    assert opened.text("#card .chain").split() == ["李校堃", "挂牌（共同参与）", "临江大学病毒研究院"]
    assert "事件\n正式挂牌" in opened.text("#card dl")


def test_without_a_browser_the_tests_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.browser.NAMES", ())
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"), chromium():
        pass


def test_both_sentences_of_a_relation_are_shown_and_open_their_report(opened: Opened) -> None:
    opened.choose("李校堃")
    opened.page.click("#card .relation >> nth=0")
    assert opened.page.locator("#card blockquote").count() == 2
    assert "2020年4月" in opened.text("#card dl")
    opened.page.click("#card .place >> nth=1")
    assert opened.page.input_value("#report") == "1"
    assert opened.text("#text mark") == LEADS
    assert "成效显著" in opened.text("#text")


def test_a_path_between_two_names_is_told_step_by_step_with_its_sentences(opened: Opened) -> None:
    opened.choose("李校堃")
    opened.page.click("#trace")
    assert "再选另一个节点" in opened.text("#card")
    opened.choose("丽水市")
    steps = opened.page.eval_on_selector_all(
        "#card .steps .saying", "rows => rows.map(r => [...r.querySelectorAll('.name')].map(n => n.textContent))"
    )
    assert steps == [["领衔", "临江大学病毒研究院"], ["位于", "临江市"], ["合作", "丽水市"]]
    assert LEADS in opened.page.eval_on_selector_all("#card .steps mark", "marks => marks.map(m => m.textContent)")
    assert "to=" in opened.page.evaluate("location.hash")
    opened.page.click("#card .shut")
    assert opened.page.query_selector("#card .steps") is None


def test_where_no_path_leads_the_page_says_so(opened: Opened) -> None:
    opened.choose("李校堃")
    opened.page.click("#trace")
    opened.page.click("#relations summary")
    opened.page.click("#relations label:has-text('位于')")
    opened.choose("丽水市")
    assert "李校堃与丽水市之间没有路径" in opened.text("#card")


def test_a_name_in_the_text_chooses_its_node(opened: Opened) -> None:
    opened.page.click("#text .mention >> text=病毒院")
    assert opened.text("#card h2") == "临江大学病毒研究院"
    assert opened.page.locator("#text .mention.chosen").count() == 2


def test_a_figure_and_an_event_stand_on_the_card_of_their_node(opened: Opened) -> None:
    opened.choose("临江市")
    card = opened.text("#card")
    assert "高新企业：>75家" in card
    assert "临江市开园" in card


def test_the_language_switch_changes_every_word_and_keeps_the_selection(opened: Opened) -> None:
    opened.choose("李校堃")
    opened.page.click("#language")
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    assert "Showing 10 of 10 nodes, 11 of 11 relations" in opened.text("#counts")
    assert "leads" in opened.text("#card")
    assert "Report text" in opened.text("#reader")
    assert opened.text("#card h2") == "李校堃"
    chrome = opened.text("header") + opened.text("footer")
    assert re.findall(r"[\u4e00-\u9fff]+", chrome.replace("中文", "")) == []
    opened.page.click("#language")
    assert "显示 10 / 10 个节点" in opened.text("#counts")


def test_the_table_holds_the_same_relations_and_can_be_used_without_a_mouse(opened: Opened) -> None:
    opened.page.click("#view-table")
    rows = opened.page.locator("#table tbody tr")
    assert rows.count() == 11
    assert opened.page.eval_on_selector_all("#table th", "cells => cells.map(c => [c.textContent, c.scope])") == [
        [name, "col"] for name in ("主体", "关系", "客体", "状态", "时间", "原句")
    ]
    row = rows.filter(has_text="领衔")
    row.locator("button.relation").focus()
    opened.page.keyboard.press("Enter")
    assert opened.text("#card .chain").split() == ["李校堃", "领衔", "临江大学病毒研究院"]
    assert "chosen" in (row.get_attribute("class") or "")


def test_the_legend_hides_and_shows_a_type(opened: Opened) -> None:
    opened.page.click("#legend button[data-id=person]")
    assert opened.page.get_attribute("#legend button[data-id=person]", "aria-pressed") == "false"
    assert "显示 9 / 10 个节点" in opened.text("#counts")
    opened.page.click("#legend button[data-id=person]")
    assert "显示 10 / 10 个节点" in opened.text("#counts")


def test_relations_and_statuses_are_filtered_and_the_rest_stays_counted(opened: Opened) -> None:
    opened.page.click("#statuses summary")
    opened.page.click("#statuses label:has-text('计划')")
    assert "10 / 11 条关系" in opened.text("#counts")
    opened.page.click("#relations summary")
    opened.page.click("#relations button[data-id='-']")
    assert "显示 0 / 10 个节点" in opened.text("#counts")
    assert "筛选条件把它们都隐藏了" in opened.text("#nothing")
    opened.page.click("#relations label:has-text('领衔')")
    assert "显示 2 / 10 个节点，1 / 11 条关系" in opened.text("#counts")
    opened.page.keyboard.press("Escape")
    opened.page.click("#reset")
    assert "11 / 11 条关系" in opened.text("#counts")


def test_what_only_one_report_says_is_hidden_with_that_report(opened: Opened) -> None:
    opened.page.click("#reports summary")
    opened.page.click("#reports label:has-text('first的报告')")
    assert "显示 2 / 10 个节点，1 / 11 条关系" in opened.text("#counts")
    opened.choose("丽水市")
    assert "/ 10 个节点" in opened.text("#counts")
    assert "11 / 11 条关系" in opened.text("#counts")


def test_choosing_a_hidden_name_brings_it_back(opened: Opened) -> None:
    opened.page.click("#legend button[data-id=person]")
    opened.look_up("李校堃")
    assert "现未显示" in opened.text("#found")
    opened.page.press("#search", "Enter")
    assert "显示 10 / 10 个节点" in opened.text("#counts")


def test_concepts_are_hidden_on_request_with_their_number(opened: Opened) -> None:
    assert opened.text("#concepts") == "隐藏概念（2）"
    opened.page.click("#concepts")
    assert "显示 8 / 10 个节点" in opened.text("#counts")
    assert opened.text("#concepts") == "显示概念（2）"


def test_a_large_view_opens_without_its_concepts(
    first_store: Store, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "OPEN_CONCEPTS", 20)
    graph = write_view(first_store, "all", tmp_path / "page.html")
    concepts = sum(values["concept"] for _, values in graph.nodes(data=True))
    opened = open_page(browser, tmp_path / "page.html")
    shown, total = map(int, re.findall(r"显示 (\d+) / (\d+) 个节点", opened.text("#counts"))[0])
    assert 0 < shown <= total - concepts
    assert f"显示概念（{concepts}）" in opened.text("#concepts")
    opened.page.click("#concepts")
    assert f"显示 {total} / {total} 个节点" in opened.text("#counts")
    opened.page.context.close()


def test_the_page_says_what_it_shows_and_by_which_query(opened: Opened) -> None:
    assert "报告说出的每一条关系" in opened.text("#card")
    opened.page.click("#query summary")
    assert opened.text("#query pre").strip() == (resource("queries") / "views" / "all.rq").read_text(encoding="utf-8").strip()


def test_only_what_lies_within_some_hops_of_the_selection_is_drawn(opened: Opened) -> None:
    assert opened.page.is_disabled("#hops")
    opened.choose("病毒院")
    opened.page.select_option("#hops", "1")
    assert "显示 3 / 10 个节点" in opened.text("#counts")
    opened.page.select_option("#hops", "2")
    assert "显示 8 / 10 个节点" in opened.text("#counts")
    opened.page.select_option("#hops", "0")
    assert "显示 10 / 10 个节点" in opened.text("#counts")


def test_the_address_keeps_language_selection_and_filters(opened: Opened, browser: Browser, written: Path) -> None:
    opened.page.click("#language")
    opened.choose("李校堃")
    opened.page.click("#legend button[data-id=university]")
    opened.page.click("#view-table")
    fragment = opened.page.evaluate("location.hash")
    again = open_page(browser, written, fragment)
    assert again.text("#counts") == opened.text("#counts")
    assert again.text("#card h2") == "李校堃"
    assert again.page.is_visible("#table")
    assert again.page.evaluate("document.documentElement.lang") == "en"
    again.page.context.close()


def test_an_address_that_says_nonsense_opens_the_page_as_it_is(browser: Browser, written: Path) -> None:
    opened = open_page(browser, written, "#lang=fr&at=<img>&view=x&without-types=a+b&concepts=7&%E0%A4%A")
    assert "/ 10 个节点" in opened.text("#counts")
    assert opened.complaints == []
    opened.page.context.close()


def test_without_the_report_text_the_sentence_is_still_there(browser: Browser, everything: Network, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(render(everything, "题", {}), encoding="utf-8")
    opened = open_page(browser, tmp_path / "page.html")
    opened.choose("李校堃")
    assert LEADS in opened.page.eval_on_selector_all("#card mark", "marks => marks.map(m => m.textContent)")
    assert "全文没有嵌入本页" in opened.text("#text")
    assert opened.complaints == []
    opened.page.context.close()


def test_what_is_planned_is_dashed_and_what_is_done_is_solid(opened: Opened, everything: Network) -> None:
    drawn = opened.page.evaluate("window.network.body.data.edges.get().map(e => [e.id, Boolean(e.dashes)])")
    done = {key.removeprefix(RID): edge["done"] for _, _, key, edge in everything.edges(keys=True, data=True)}
    assert {name: not dashed for name, dashed in drawn} == done
    assert sorted(done.values())[:2] == [False, True]


def test_the_page_works_in_a_sandboxed_frame_as_notebooks_use_them(browser: Browser, written: Path, tmp_path: Path) -> None:
    frame = (
        f'<iframe sandbox="allow-scripts" width="1200" height="700" srcdoc="{html.escape(written.read_text(encoding="utf-8"))}"></iframe>'
    )
    (tmp_path / "notebook.html").write_text(f"<!doctype html><meta charset=utf-8><body data-ready>{frame}", encoding="utf-8")
    opened = open_page(browser, tmp_path / "notebook.html")
    inner = opened.page.frame_locator("iframe")
    inner.locator("body[data-ready]").wait_for()
    inner.locator("#search").fill("lxk")
    inner.locator("#search").press("Enter")
    assert inner.locator("#card h2").inner_text() == "李校堃"
    assert opened.complaints == []
    opened.page.context.close()


def test_the_page_opens_with_everything_in_the_window(browser: Browser, written: Path) -> None:
    opened = open_page(browser, written, "#lang=en")
    outside = opened.page.evaluate(
        """() => Object.values(window.network.getPositions()).map(at => window.network.canvasToDOM(at)).filter(at => {
             const room = document.getElementById("network").getBoundingClientRect();
             return at.x < 10 || at.y < 5 || at.x > room.width - 10 || at.y > room.height - 40;
           })"""
    )
    assert outside == []
    assert opened.page.evaluate("window.network.getScale()") > 0.6
    opened.page.context.close()


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, everything: Network, tmp_path: Path) -> None:
    wide = everything.copy()
    wide.graph["reports"] = {
        iri: f"{title}：关于科技创新工作情况的年度总结与下一步工作打算（征求意见稿）" * 2
        for iri, title in everything.graph["reports"].items()
    }
    path = tmp_path / "page.html"
    path.write_text(render(wide, "题目", TEXTS), encoding="utf-8")
    opened = open_page(browser, path)
    opened.page.set_viewport_size({"width": 390, "height": 800})
    opened.page.reload()
    opened.page.wait_for_selector("body[data-ready]")
    edges = opened.page.evaluate(
        "['picture', 'fit', 'text', 'language', 'search'].map(id => document.getElementById(id).getBoundingClientRect().right)"
    )
    assert max(edges) <= 390
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.page.context.close()


def test_the_drawing_does_not_move_by_itself(opened: Opened) -> None:
    before = opened.page.evaluate("window.network.getPositions()")
    opened.page.wait_for_timeout(400)
    assert opened.page.evaluate("window.network.getPositions()") == before
    assert len(before) == 10


def test_the_page_can_be_read_on_dark_paper_and_printed(browser: Browser, written: Path) -> None:
    opened = open_page(browser, written, scheme="dark")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 28)"
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible("#table")
    assert not opened.page.is_visible("#search")
    assert opened.complaints == []
    opened.page.context.close()


def test_every_control_has_a_name_for_a_screen_reader(opened: Opened) -> None:
    opened.choose("李校堃")
    nameless = opened.page.eval_on_selector_all(
        "button, input, select, summary, [role]:not([role=status])",
        """all => all.filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))
                  .map(e => e.outerHTML)""",
    )
    assert nameless == []


def test_relations_are_named_as_the_ontology_names_them(everything: Network) -> None:
    content = data_of(render(everything, "题", TEXTS))
    found = {relation["id"]: (relation["name_zh"], relation["name_en"]) for relation in content["relations"]}
    assert found[f"{RIE}leads".partition("/rieco/")[2]] == ("领衔", "leads")
