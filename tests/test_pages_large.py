"""The page of a network too large to be drawn at once: it opens on communities, says what it leaves out, and unfolds."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import kg.pages.drawing as drawing
import kg.pages.page as page_module
import kg.pages.tables as tables
from benchmarks.networks import network
from kg.measures import annotate
from kg.pages import render
from kg.pages.content import short
from kg.views import Network
from tests.browser import Opened, open_page
from tests.networks import HOSTILE
from tests.test_pages import data_of

pytestmark = pytest.mark.browser
NODES, FEW, FEW_BUBBLES, MOST = 700, 60, 30, 600


@pytest.fixture(scope="module")
def large() -> Network:
    """A made-up network whose busiest node has a hostile name, so that it names its community."""
    graph = network(NODES)
    annotate(graph)
    busiest = max(graph, key=lambda iri: (graph.nodes[iri]["pagerank"], iri))
    graph.graph["hostile"] = graph.nodes[busiest]["community"]
    graph.nodes[busiest].update(label=HOSTILE, label_zh=HOSTILE, label_en=HOSTILE)
    return graph


@pytest.fixture(scope="module")
def source(large: Network) -> str:
    """The page, with limits low enough for a network that a test can wait for, and its data deflated."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in (
            (page_module, "WHOLE", 100),
            (page_module, "PLACED", 100),
            (drawing, "PLACED", 100),
            (tables, "PACKED_FROM", 100),
        ):
            patch.setattr(module, name, value)
        return render(large, "大网络", {})


@pytest.fixture(scope="module")
def written(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(source, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(browser: Browser, written: Path) -> Iterator[Opened]:
    found = open_page(browser, written)
    yield found
    assert found.complaints == []
    assert found.requests == [written.as_uri()]
    found.page.context.close()


@pytest.fixture
def opened(loaded: Opened) -> Opened:
    loaded.page.fill("#search", "")
    loaded.page.evaluate("location.hash = '#reset'")
    loaded.page.evaluate("location.hash = '#'")
    loaded.page.wait_for_function("document.querySelector('#card.intro') && !location.hash.includes('reset')")
    return loaded


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def test_the_deflated_data_hold_every_node_and_edge(source: str, large: Network) -> None:
    assert 'type="application/octet-stream"' in source
    content = data_of(source)
    assert {node["id"] for node in content["nodes"]} == {short(iri) for iri in large}
    assert len(content["edges"]) == large.number_of_edges()
    assert len(content["proofs"]) == sum(len(edge["evidence"]) for _, _, edge in large.edges(data=True))
    assert sum(community["count"] for community in content["communities"]) == NODES


def test_it_opens_on_communities_and_says_what_is_left_out(opened: Opened, source: str) -> None:
    communities = data_of(source)["communities"]
    drawn = opened.drawn()
    assert drawn == [f"community {number}" for number in range(min(FEW_BUBBLES, len(communities)))]
    said = opened.text("#scene-said")
    assert said.startswith(f"{NODES} 个节点、")
    assert f"分为 {len(communities)} 个社群，画出 {len(drawn)} 个" in said
    hidden = sum(community["count"] for community in communities[len(drawn) :])
    assert (f"共 {hidden} 个节点" in said) == bool(hidden)
    assert numbers(opened.text("#counts"))[:2] == [NODES - hidden, NODES]
    assert "较弱的联系未画出" in said


def test_a_press_on_a_community_unfolds_its_members_by_rank(opened: Opened, source: str) -> None:
    members = data_of(source)["communities"][0]["count"]
    opened.press_drawn("community 0")
    nodes = [name for name in opened.drawn() if not name.startswith("community")]
    assert len(nodes) == min(members, FEW)
    assert f"画出 {len(nodes)} / {members} 个成员" in opened.text("#scene-said")
    assert opened.text("#card h2") == "社群 1"
    degrees = {node["id"]: node["degree"] for node in data_of(source)["nodes"] if node["community"] == 0}
    assert sorted(degrees.values(), reverse=True)[: len(nodes)] == sorted((degrees[name] for name in nodes), reverse=True)
    opened.page.click("#back")
    assert "community 0" in opened.drawn()


def test_more_is_drawn_on_request_until_nothing_is_left_out(opened: Opened) -> None:
    opened.choose("script")
    opened.page.select_option("#hops", "3")
    before = len(opened.drawn())
    assert before == FEW
    opened.page.click("#more-nodes")
    assert FEW < len(opened.drawn()) <= 2 * FEW
    for _ in range(MOST // FEW):
        if opened.page.is_visible("#more-nodes"):
            opened.page.click("#more-nodes")
    drawn, within = numbers(opened.text("#scene-said").split("：画出")[1])[:2]
    assert drawn == len(opened.drawn()) == min(within, MOST)


def test_no_name_covers_another_where_a_part_is_unfolded(opened: Opened) -> None:
    opened.press_drawn("community 1")
    rooms = opened.page.evaluate(
        """() => window.network.body.data.nodes.getIds().map(id => window.network.getBoundingBox(id))
                 .map(box => [box.left, box.top, box.right, box.bottom])"""
    )
    overlaps = [
        (a, b)
        for i, a in enumerate(rooms)
        for b in rooms[:i]
        if min(a[2], b[2]) - max(a[0], b[0]) > 12 and min(a[3], b[3]) - max(a[1], b[1]) > 8
    ]
    assert len(rooms) > 10
    assert len(overlaps) <= len(rooms) // 20  # vis-network measures names by the fonts of the machine


def test_the_search_unfolds_around_a_node_that_is_not_drawn(opened: Opened, source: str) -> None:
    node = data_of(source)["nodes"][NODES // 2]
    assert node["id"] not in opened.drawn()
    opened.choose(node["name_zh"])
    assert node["id"] in opened.drawn()
    assert "1 步以内" in opened.text("#scene-said")
    one = len(opened.drawn())
    opened.page.select_option("#hops", "2")
    assert len(opened.drawn()) > one
    assert opened.text("#card h2") == node["name_zh"]


def test_the_address_opens_the_same_part_again(opened: Opened, browser: Browser, written: Path, source: str) -> None:
    opened.choose(data_of(source)["nodes"][3]["name_zh"])
    opened.page.select_option("#hops", "2")
    opened.page.select_option("#size", "pagerank", force=True)
    again = open_page(browser, written, opened.page.evaluate("location.hash"))
    assert sorted(again.drawn()) == sorted(opened.drawn())
    assert again.text("#scene-said") == opened.text("#scene-said")
    assert again.page.input_value("#size") == "pagerank"
    again.page.context.close()


@pytest.mark.parametrize(
    "fragment",
    [
        "#in=99999&between=1-2-3&most=99999999&whole=1",
        "#in=-1&centre=<img src=x onerror=window.hit=1>&hops=99",
        "#between=0-0&since=2020-13&until=javascript:alert(1)&day=1e9&size=constructor&colour=__proto__",
        "#in=0x10&most=%00&hops=NaN&at=community 0&to=tie 0 1",
    ],
)
def test_a_hostile_address_opens_the_communities(opened: Opened, fragment: str) -> None:
    opened.page.evaluate("hash => { location.hash = hash; }", fragment)
    opened.page.wait_for_timeout(50)
    assert "community 0" in opened.drawn()
    assert opened.page.evaluate("window.hit") is None
    assert opened.page.query_selector("img") is None


def test_a_path_through_the_network_is_drawn_alone(opened: Opened, source: str) -> None:
    nodes = sorted(data_of(source)["nodes"], key=lambda node: node["degree"])
    opened.choose(nodes[0]["name_zh"])
    opened.page.click("#trace")
    opened.choose(nodes[1]["name_zh"])
    steps = opened.page.locator("#card .steps > li").count()
    assert steps >= 2
    assert len(opened.drawn()) == steps + 1
    assert f"只画路径上的 {steps + 1} 个节点" in opened.text("#scene-said")
    opened.page.click("#back")
    assert "community 0" in opened.drawn()


def test_communities_are_unfolded_with_the_keyboard_alone(opened: Opened) -> None:
    opened.page.focus("#community-list summary")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#community-list li").count() == len(opened.drawn())
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    assert opened.text("#card h2") == "社群 1"
    opened.page.focus("#back")
    opened.page.keyboard.press("Enter")
    assert "community 0" in opened.drawn()


def test_the_relations_between_two_communities_are_listed_with_their_sentences(opened: Opened, source: str) -> None:
    content = data_of(source)
    opened.page.evaluate("location.hash = '#between=0-1'")
    opened.page.wait_for_selector("#card .chain")
    home = [node["community"] for node in content["nodes"]]
    between = [edge for edge in content["edges"] if {home[edge["tail"]], home[edge["head"]]} == {0, 1}]
    assert between
    assert opened.text("#card h3") == f"事实 {len(between)}"
    assert opened.page.locator("#card mark").count() >= 1


def test_a_hostile_name_of_a_community_stays_text(opened: Opened, large: Network) -> None:
    assert HOSTILE in opened.text("#communities")
    opened.page.click(f"#communities button[data-community='{large.graph['hostile']}']")
    assert HOSTILE in opened.text("#card")
    assert HOSTILE in opened.text("#scene-said")
    assert opened.page.evaluate("window.hit") is None
    assert opened.page.query_selector("img") is None


def test_the_table_holds_all_relations_while_communities_are_drawn(opened: Opened, large: Network) -> None:
    opened.page.click("#view-table")
    assert opened.text("#table-name") == f"所画的关系：{large.number_of_edges()} 条"
    assert opened.page.locator("#table tbody tr").count() == 300
    opened.page.click("#rows")
    assert opened.page.locator("#table tbody tr").count() == 600
    opened.page.click("#view-map")


def test_a_network_that_has_places_can_be_drawn_as_a_whole_all_the_same(
    large: Network, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "WHOLE", 20)
    monkeypatch.setattr(drawing, "WHOLE", 20)
    some = large.subgraph(sorted(large)[:150]).copy()
    some.remove_nodes_from([iri for iri in list(some) if not some.degree(iri)])
    some.graph["reports"] = large.graph["reports"]
    (tmp_path / "page.html").write_text(render(some, "题", {}), encoding="utf-8")
    opened = open_page(browser, tmp_path / "page.html", "#lang=en")
    assert "community 0" in opened.drawn()
    opened.page.select_option("#scope", "whole")
    assert len(opened.drawn()) == len(some)
    assert f"All {len(some)} nodes are drawn" in opened.text("#scene-said")
    assert opened.complaints == []
    opened.page.context.close()
