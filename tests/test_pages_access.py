"""The page for everybody: axe-core finds nothing serious, and everything can be done with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from kg.pages import render
from kg.views import project
from tests.browser import Opened, open_page
from tests.networks import small_store
from tests.test_pages import TEXTS

pytestmark = pytest.mark.browser
STATES = {
    "a card and the text": "#at={node}",
    "the table": "#view=table&at={edge}",
    "a path": "#at={node}&to={other}",
    "communities": "#whole=0&size=pagerank",
    "a community": "#in=0&colour=community",
    "nothing left": "#without-types=person+institute+place+university+policy+event+concept",
}


NAME_OF_FOCUS = """(() => {
  const at = document.activeElement;
  return at === document.body ? "" : at.id || at.parentElement.id || at.tagName;
})()"""


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    graph = project(small_store(), "all")
    found = {values["label"]: iri.rpartition("/")[2] for iri, values in graph.nodes(data=True)}
    edge = next(key for _, _, key in graph.edges(keys=True))
    return {"node": found["李校堃"], "other": found["丽水市"], "edge": edge.rpartition("/")[2]}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("access") / "page.html"
    path.write_text(render(project(small_store(), "all"), "报告", TEXTS), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["light", "dark"])
def opened(browser: Browser, written: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    found = open_page(browser, written, scheme=request.param)
    yield found
    assert found.complaints == []
    found.page.context.close()


def serious(opened: Opened) -> list[tuple[str, str]]:
    """Return what axe-core calls serious or critical: rule and element."""
    found = Axe().run(opened.page).response
    return [
        (violation["id"], node["html"])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(opened: Opened, names: dict[str, str], state: str, lang: str) -> None:
    opened.page.evaluate("hash => { location.hash = hash; }", STATES[state].format(**names) + f"&lang={lang}")
    opened.page.wait_for_function("lang => document.documentElement.lang.startsWith(lang)", arg=lang)
    for box in ("relations", "times", "looks", "saves"):
        opened.page.evaluate("id => { document.getElementById(id).open = true; }", box)
        assert serious(opened) == [], box
        if state != "a card and the text" or lang == "en":
            break
    opened.look_up("li")
    assert serious(opened) == []
    opened.page.fill("#search", "")
    opened.page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = false; })")


def test_axe_would_have_found_something(opened: Opened) -> None:
    opened.page.evaluate("['aria-label', 'placeholder'].forEach(name => document.getElementById('search').removeAttribute(name))")
    assert serious(opened)
    opened.page.evaluate("location.hash = '#lang=en'")
    opened.page.evaluate("location.hash = '#lang=zh'")
    opened.page.wait_for_selector("#search[aria-label]")


def test_a_reader_without_a_mouse_walks_from_the_search_to_the_sentence_and_back(opened: Opened) -> None:
    page = opened.page
    page.evaluate("location.hash = '#'")
    page.fill("#search", "")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("lxk")
    assert "找到 1 个名称" in opened.page.inner_text("#found-said")
    page.keyboard.press("Enter")
    assert opened.text("#card h2") == "李校堃"
    page.focus("#card")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#card .relation')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert opened.page.locator("#card .chain").count() == 1
    assert opened.page.locator("#text mark").count() >= 1
    assert page.evaluate("document.activeElement.id") == "card"  # not lost with the button that was pressed
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    assert page.query_selector("#card.intro") is not None


def test_the_tab_key_passes_every_control_in_the_order_of_the_page_and_never_stays_behind(opened: Opened) -> None:
    page = opened.page
    page.evaluate("location.hash = '#lang=zh'")
    page.focus("#skip")
    passed = ["skip"]
    for _ in range(100):
        page.keyboard.press("Tab")
        name = page.evaluate(NAME_OF_FOCUS)
        if name in ("", "skip"):
            break
        passed.append(name)
    assert passed[:3] == ["skip", "language", "search"]
    wanted = ["view-map", "scope", "relations", "looks", "saves-name", "reset", "legend", "nearer", "text"]
    places = [next(i for i, name in enumerate(passed) if name == want) for want in wanted]
    assert places == sorted(places)


def test_the_skip_link_leads_to_the_table(opened: Opened) -> None:
    opened.page.evaluate("location.hash = '#lang=zh'")
    opened.page.focus("#skip")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "table"
    opened.page.click("#view-map")


def test_an_open_filter_closes_with_escape_and_gives_the_focus_back(opened: Opened) -> None:
    opened.page.focus("#relations summary")
    opened.page.keyboard.press("Enter")
    assert opened.page.get_attribute("#relations", "open") is not None
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Escape")
    assert opened.page.get_attribute("#relations", "open") is None
    assert opened.page.evaluate("document.activeElement.parentElement.id") == "relations"


def test_nothing_glides_for_readers_who_want_no_motion(opened: Opened) -> None:
    opened.page.click("#nearer")
    scale = opened.page.evaluate("window.network.getScale()")
    opened.page.wait_for_timeout(120)
    assert opened.page.evaluate("window.network.getScale()") == scale
    assert opened.page.evaluate("getComputedStyle(document.getElementById('text')).scrollBehavior") == "auto"


LINES = """[...document.querySelectorAll(".tools > *")].filter(tool => tool.getBoundingClientRect().width && tool.className !== "turn")
  .map(tool => [tool, tool.getBoundingClientRect()])
  .map(([tool, at]) => [tool.id || tool.className, Math.round((at.top + at.bottom) / 2)])"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_tools_are_one_line_on_a_wide_screen_and_where_over_what_on_a_narrow_one(opened: Opened, lang: str) -> None:
    opened.page.evaluate("hash => { location.hash = hash; }", f"#lang={lang}")
    opened.page.wait_for_function("lang => document.documentElement.lang.startsWith(lang)", arg=lang)
    before = opened.page.viewport_size
    assert before
    try:
        opened.page.set_viewport_size({"width": 1400, "height": 800})
        wide = dict(opened.page.evaluate(LINES))
        assert {"search", "scope", "relations", "looks", "saves", "reset"} <= wide.keys()
        assert len(set(wide.values())) == 1, wide
        opened.page.set_viewport_size({"width": 1000, "height": 800})
        narrow = dict(opened.page.evaluate(LINES))
        above = {name for name, line in narrow.items() if line == min(narrow.values())}
        assert above == {"search", "views", "scope", "hops"}
        assert len(set(narrow.values())) == 2, narrow
    finally:
        opened.page.set_viewport_size(before)
