"""What leaves the page: SVG, PNG and paper; and what the picture can show: measures, periods, inferred relations, origins."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Download

from kg.namespaces import RIE
from kg.pages import render
from kg.store import Store
from kg.views import Network, project
from tests.browser import Opened, open_page
from tests.networks import FIRST, HOSTILE, LEADS, SECOND, small_store
from tests.test_pages import TEXTS

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


@pytest.fixture(scope="module")
def drawn(store: Store) -> Network:
    """The small network with one relation inferred, one decided by a person and read from page 3 of a file, one without a sentence."""
    graph = project(store, "all")
    edges = {(graph.nodes[s]["label"], edge["label_zh"]): edge for s, _, edge in graph.edges(data=True)}
    edges["李校堃", "领衔"]["evidence"][0].update(decided_by="李雷", decided_on="2026-11-22", original="page=3")
    edges["临江大学病毒研究院", "位于"].update(inferred=True, inferred_by="located-through-part")
    edges["临江市", "合作"].update(evidence=[], first_day="2018-01-01", last_day="2018-12-31")
    edges["临江市", "旨在"].update(phase="past", first_day="2016-01-01", last_day="2016-12-31")
    return graph


@pytest.fixture(scope="module")
def written(drawn: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("picture") / "page.html"
    path.write_text(render(drawn, f"题\x00\x1b{HOSTILE}", TEXTS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(browser: Browser, written: Path) -> Iterator[Opened]:
    found = open_page(browser, written)
    yield found
    assert found.complaints == []
    assert found.requests == [written.as_uri()] or all(url.startswith(("data:", "blob:", "file:")) for url in found.requests)
    found.page.context.close()


@pytest.fixture
def opened(loaded: Opened) -> Opened:
    loaded.page.evaluate("document.activeElement.blur(), document.querySelectorAll('details').forEach(d => { d.open = false; })")
    loaded.page.evaluate("location.hash = '#reset'")
    loaded.page.evaluate("location.hash = '#'")
    loaded.page.wait_for_function("document.querySelector('#card.intro') && !location.hash.includes('reset')")
    return loaded


def saved(opened: Opened, button: str) -> Download:
    opened.page.evaluate("document.getElementById('saves').open = true")
    with opened.page.expect_download() as waiting:
        opened.page.click(button)
    return waiting.value


def words_of(svg: etree._Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def test_what_lies_in_the_middle_is_named_and_outlined(browser: Browser, store: Store, tmp_path: Path) -> None:
    graph = project(store, "ego", focus="病毒院")
    (tmp_path / "ego.html").write_text(render(graph, "题", {}), encoding="utf-8")
    opened = open_page(browser, tmp_path / "ego.html")
    assert opened.text("#view-name") == "一个事物的周围：临江大学病毒研究院"
    drawn = opened.page.evaluate("window.network.body.data.nodes.get().map(node => [node.label.replaceAll('\\n', ''), node.borderWidth])")
    assert len(drawn) > 2
    assert [name for name, border in drawn if border > 1] == ["临江大学病毒研究院"]
    opened.page.context.close()


# pictures


def test_the_svg_is_xml_with_every_node_and_edge_the_legend_and_the_source(opened: Opened, drawn: Network) -> None:
    download = saved(opened, "#save-svg")
    assert download.suggested_filename == "all.svg"
    svg = etree.parse(download.path()).getroot()
    assert svg.tag == f"{SVG}svg"
    texts = words_of(svg)
    joined = "".join(texts)
    for values in (values for _, values in drawn.nodes(data=True)):
        assert "".join(values["label"].split()) in "".join(joined.split())
    assert any("first的报告" in text for text in texts)
    assert {"人物与团队", "研究机构", "地区"} <= set(texts)
    assert len([path for path in svg.iter(f"{SVG}path") if "Q" in path.get("d")]) == drawn.number_of_edges() - 1


def test_a_hostile_name_in_the_svg_is_text_and_characters_that_xml_cannot_hold_are_replaced(opened: Opened) -> None:
    svg = etree.parse(saved(opened, "#save-svg").path()).getroot()
    assert {etree.QName(element).localname for element in svg.iter()} <= {"svg", "g", "path", "text", "tspan", "title", "rect", "circle"}
    assert not [name for element in svg.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    title = svg.find(f"{SVG}title")
    assert title is not None
    assert title.text is not None
    assert HOSTILE in title.text
    assert "\ufffd" in title.text


def test_the_png_is_twice_as_fine_as_the_svg(opened: Opened) -> None:
    svg = etree.parse(saved(opened, "#save-svg").path()).getroot()
    data = Path(saved(opened, "#save-png").path()).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert (width / float(svg.get("width")), height / float(svg.get("height"))) == pytest.approx((2, 2), rel=0.01)


def test_the_picture_shows_what_is_drawn_now(opened: Opened) -> None:
    opened.choose("病毒院")
    opened.page.select_option("#hops", "1")
    texts = words_of(etree.parse(saved(opened, "#save-svg").path()).getroot())
    assert "丽水市" not in texts
    assert any(text.startswith("“临江大学病毒研究院”1 步以内") for text in texts)


def test_on_paper_stand_the_picture_the_table_and_the_sources(opened: Opened) -> None:
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("#printed svg")
    assert opened.page.is_visible("#table")
    assert "first的报告" in opened.text("#sources")
    assert opened.page.locator("#table tbody tr").count() == 10  # one relation is inferred
    for selector in ("#search", "#network", "#saves", "#legend", "#reader"):
        assert not opened.page.is_visible(selector)
    opened.page.emulate_media(media="screen")
    opened.page.wait_for_selector("#printed svg", state="detached")


# what the picture can show


def test_nodes_grow_with_the_measure_that_is_chosen_and_the_page_says_what_it_means(opened: Opened, drawn: Network) -> None:
    opened.page.click("#looks summary")
    sizes = {}
    for measure in ("degree", "betweenness", "pagerank"):
        opened.page.select_option("#size", measure)
        nodes = opened.page.evaluate("window.network.body.data.nodes.get().map(node => [node.size, node.label.replaceAll('\\n', '')])")
        sizes[measure] = {label: size for size, label in nodes}
        assert max(sizes[measure], key=lambda label: sizes[measure][label]) == "临江市"
    assert sizes["betweenness"]["临江大学病毒研究院"] == 6  # what ties it to the city is inferred, and counts for nothing at first
    assert "越重要" in opened.text("#looks-hint")
    assert "size=pagerank" in opened.page.evaluate("location.hash")


def test_colours_tell_communities_on_request_with_a_legend(opened: Opened) -> None:
    before = opened.page.evaluate("new Set(window.network.body.data.nodes.get().map(node => node.color.background)).size")
    assert not opened.page.is_visible("#communities")
    opened.page.click("#looks summary")
    opened.page.select_option("#colour", "community")
    colours = opened.page.evaluate("[...new Set(window.network.body.data.nodes.get().map(node => node.color.background))]")
    assert len(colours) == opened.page.locator("#communities button").count() != before
    opened.page.click("#communities button >> nth=0")
    assert len(opened.drawn()) < 10
    assert "个成员" in opened.text("#scene-said")
    opened.page.click("#back")
    assert len(opened.drawn()) == 10


def test_a_period_keeps_what_holds_in_it_and_undated_relations_as_the_reader_wishes(opened: Opened) -> None:
    opened.page.click("#times summary")
    opened.page.fill("#time-until", "2015")
    assert "6 / 11 条关系" in opened.text("#counts")  # those without a date
    opened.page.uncheck("#time-undated")
    assert "0 / 11 条关系" in opened.text("#counts")
    opened.page.fill("#time-until", "2019")
    assert "2 / 11 条关系" in opened.text("#counts")
    opened.page.fill("#time-until", "")
    opened.page.fill("#time-since", "2018-07")
    assert "3 / 11 条关系" in opened.text("#counts")
    opened.page.fill("#time-since", "二〇二〇")
    assert "这不是日期" in opened.text("#time-hint")
    assert opened.page.get_attribute("#time-since", "aria-invalid") == "true"


def test_as_of_a_day_the_page_keeps_what_had_begun_and_is_not_said_to_be_over(opened: Opened) -> None:
    opened.page.click("#times summary")
    opened.page.uncheck("#time-undated")
    kept = {}
    for day in ("2015-12-31", "2016-01-01", "2016-12-31", "2017-01-01", "2018-01-01", "2020-04-15"):
        opened.page.fill("#time-day", day)
        kept[day] = int(opened.text("#counts").split("，")[1].split(" / ")[0])
    assert kept == {"2015-12-31": 0, "2016-01-01": 1, "2016-12-31": 1, "2017-01-01": 0, "2018-01-01": 1, "2020-04-15": 3}
    assert opened.text("#times summary") == "时间 截至 2020-04-15"


def test_inferred_relations_are_off_at_first_counted_and_explained(opened: Opened) -> None:
    assert "10 / 11 条关系" in opened.text("#counts")
    assert opened.text("#inferred") == "推断的关系（1）"
    opened.choose("病毒院")
    assert "另有 1 条推断的关系" in opened.text("#card")
    opened.page.click("#inferred")
    assert opened.page.get_attribute("#inferred", "aria-pressed") == "true"
    assert "11 / 11 条关系" in opened.text("#counts")
    opened.page.click("#card .relation:has-text('位于')")
    assert "按规则“located-through-part”" in opened.text("#card")
    assert "inferred=1" in opened.page.evaluate("location.hash")


def test_the_card_tells_by_which_rule_or_person_a_fact_came_and_where_the_original_has_it(opened: Opened) -> None:
    opened.choose("李校堃")
    opened.page.click("#card .relation >> nth=0")
    origins = opened.page.eval_on_selector_all("#card .origin", "all => all.map(one => one.textContent)")
    assert origins == ["李雷 于 2026-11-22 裁定；依据规则 test.relation；原文件第 3 页", "依据规则 test.relation"]


def test_a_relation_without_a_sentence_says_so(opened: Opened) -> None:
    opened.choose("丽水市")
    opened.page.click("#card .relation:has-text('合作')")
    assert "没有附带原句" in opened.text("#card")
    opened.page.click("#view-table")
    assert "没有附带原句" in opened.text("#table")
    opened.page.click("#view-map")


# where a fact comes from, in the network itself


def test_each_passage_of_a_network_names_its_rule(store: Store) -> None:
    graph = project(store, "all")
    edge = next(edge for _, _, edge in graph.edges(data=True) if edge["predicate"] == f"{RIE}leads")
    assert [(proof["rule"], proof["decided_by"], proof["original"]) for proof in edge["evidence"]] == [("test.relation", "", "")] * 2
    assert LEADS in FIRST
    assert LEADS in SECOND


def test_the_first_report_says_what_its_rules_are_for(first_store: Store) -> None:
    graph = project(first_store, "institution-talent")
    passages = [proof for _, _, edge in graph.edges(data=True) for proof in edge["evidence"]]
    assert len(passages) > 10
    assert all(proof["rule"] for proof in passages)
    assert any(proof["rule_about"] for proof in passages)
