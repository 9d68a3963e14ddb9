"""What a notebook shows: the network as a sandboxed page, answers, traces and profiles as tables of text."""

from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser

from kg.ask import Answer, ask_sparql
from kg.ask.answer import Cell
from kg.ask.html import MOST_ROWS, answer_html
from kg.catalogue import Column, Wording
from kg.graph import Graph
from kg.namespaces import RDFS, RIE
from kg.pages import NotebookNetwork, notebook
from kg.store import Store
from kg.tracing import profile, trace
from kg.tracing.hops import Quote
from kg.tracing.html import profile_html, trace_html
from kg.views import project
from tests.networks import HOSTILE, LEADS, small_store


class Reader(HTMLParser):
    """Collects the elements of a piece of HTML and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


TABLE = {"div", "table", "thead", "tbody", "tr", "th", "td", "bdi", "mark", "p", "b", "h4", "br"}


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


@pytest.fixture(scope="module")
def network(store: Store) -> NotebookNetwork:
    return Graph(store).network("all")


def test_a_network_is_a_networkx_graph_and_stays_one_of_its_kind(network: NotebookNetwork, store: Store) -> None:
    plain = project(store, "all")
    assert isinstance(network, nx.MultiDiGraph)
    assert nx.utils.graphs_equal(network, plain)
    assert network.graph == plain.graph
    part = network.subgraph(list(network)[:4])
    for other in (network.copy(), part, part.copy(), network.reverse(), network.edge_subgraph(list(network.edges)[:3])):
        assert isinstance(other, NotebookNetwork)
        assert "<iframe" in other._repr_html_()
    assert nx.pagerank(network).keys() == set(network)
    assert nx.is_frozen(part)


def test_the_frame_may_run_scripts_and_nothing_else(network: NotebookNetwork) -> None:
    ((tag, attributes),) = Reader(network._repr_html_()).tags
    assert tag == "iframe"
    assert (attributes["sandbox"], attributes["title"]) == ("allow-scripts", "全部关系")
    assert "src" not in attributes
    page = attributes["srcdoc"] or ""
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert LEADS in page


def test_the_same_network_is_shown_by_the_same_characters(network: NotebookNetwork, store: Store) -> None:
    assert Graph(store).network("all")._repr_html_() == network._repr_html_()


@pytest.mark.browser
def test_the_page_works_inside_the_frame_without_a_network(network: NotebookNetwork, browser: Browser) -> None:
    said: list[str] = []
    page = browser.new_context(offline=True).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_content(network._repr_html_())
    frame = page.frame_locator("iframe")
    frame.locator("#counts").get_by_text("10 / 10").wait_for(timeout=10_000)
    frame.locator("#search").fill("lixiaokun")
    frame.locator("#search").press("Enter")
    frame.locator("#card").get_by_text("李校堃").first.wait_for(timeout=10_000)
    assert LEADS in frame.locator("#card").inner_text().replace("\n", "")
    assert [one.evaluate("window.hit ?? null") for one in page.frames] == [None, None]
    assert said == []


def test_a_network_that_the_page_cannot_show_is_told_in_a_sentence(network: NotebookNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    assert NotebookNetwork()._repr_html_() == "<p>网络：0 个节点，0 条关系。</p>"
    assert NotebookNetwork([(1, 2)], lang="en")._repr_html_() == "<p>A network of 2 nodes and 1 edges.</p>"
    changed = network.copy()
    changed.add_edge("甲", "乙")
    assert changed._repr_html_() == "<p>网络：12 个节点，12 条关系。</p>"
    monkeypatch.setattr(notebook, "MOST_SHOWN", 9)
    assert network._repr_html_() == "<p>网络：10 个节点，11 条关系。超过 9 个节点，请用 kg view 写成文件。</p>"


def test_an_answer_is_a_table_of_text(store: Store) -> None:
    answer = ask_sparql(store, f"SELECT ?name WHERE {{ GRAPH ?g {{ ?x <{RDFS}label> ?name ; <{RIE}entityType> 'Programme' }} }}")
    found = Reader(answer._repr_html_())
    assert {tag for tag, _ in found.tags} <= TABLE
    assert HOSTILE in found.text
    assert "1 行" in found.text


def test_headings_and_counts_are_in_the_language_of_the_answer(first_store: Store) -> None:
    graph = Graph(first_store)
    zh, en = (Reader(graph.ask("people/leads", lang)._repr_html_()).text for lang in ("zh", "en"))
    assert "由李校堃院士领衔的温医大病毒研究院" in zh
    assert "由李校堃院士领衔的温医大病毒研究院" in en
    assert zh.startswith("人物")
    assert en.startswith("Person")
    assert "行" in zh
    assert "rows" in en


def test_a_long_answer_shows_its_beginning_and_says_so() -> None:
    answer = Answer((Column("n", Wording("号", "number")),), tuple((Cell(str(n)),) for n in range(MOST_ROWS + 5)), lang="en")
    found = Reader(answer_html(answer))
    assert [tag for tag, _ in found.tags].count("tr") == MOST_ROWS + 1
    assert found.text.endswith("205 rows, the first 200 shown")


def test_a_trace_shows_each_tie_with_its_sentence_and_the_quote_marked(first_store: Store) -> None:
    found = trace(first_store, "李校堃", "浙江省", k=1)
    html = found._repr_html_()
    assert html == trace_html(found)
    read = Reader(html)
    assert {tag for tag, _ in read.tags} <= TABLE
    assert found.routes[0].sentence in read.text
    assert "<mark><bdi>由李校堃院士领衔的温医大病毒研究院" in html
    assert "wenzhou-huzhou-2020 317–" in read.text


def test_a_trace_without_a_path_shows_what_is_missing(first_store: Store) -> None:
    found = trace(first_store, "李校堃", "上海交通大学", lang="en")
    assert found.gap
    assert "reached from 李校堃" in Reader(found._repr_html_()).text


def test_a_profile_shows_facts_and_numbers_with_their_sentences(first_store: Store) -> None:
    found = profile(first_store, "湖州市")
    read = Reader(found._repr_html_())
    assert read.text == Reader(profile_html(found)).text
    assert {tag for tag, _ in read.tags} <= TABLE
    assert found.thing.iri in read.text
    assert found.numbers[0].indicator in read.text
    assert found.groups[0].facts[0].quotes[0].quote in read.text


def test_hostile_words_of_a_report_are_words_in_a_profile(store: Store) -> None:
    read = Reader(profile(store, HOSTILE)._repr_html_())
    assert {tag for tag, _ in read.tags} <= TABLE
    assert HOSTILE in read.text


def test_a_quote_that_is_not_in_its_sentence_is_still_shown() -> None:
    from kg.tracing.html import _quotes

    assert list(_quotes((Quote("r", 1, 3, "引文", "别的句子", 0),))) == [("<mark><bdi>引文</bdi></mark>", "<bdi>r 1–3</bdi>")]


def test_of_two_places_of_the_same_words_in_a_sentence_the_one_that_is_meant_is_marked() -> None:
    from kg.tracing.html import _quotes

    ((text, _),) = _quotes((Quote("r", 104, 106, "温州", "温州市、温州港", 100),))
    assert text == "<bdi>温州市、</bdi><mark><bdi>温州</bdi></mark><bdi>港</bdi>"
