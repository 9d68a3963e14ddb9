"""The SPARQL page with its editor, in a browser that reaches nothing but this server; and the plain page where there is no bundle."""

import csv
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kg.namespaces import PREFIXES, RIE
from kg.server.routes import has_bundle
from kg.store import Store
from tests.server_process import Served, served

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent
LEADS = "SELECT ?person ?institute WHERE { GRAPH ?g { ?person a rie:Academician ; rie:leads ?institute } }"
COUNTS = "SELECT ?class (COUNT(?s) AS ?n) WHERE { GRAPH rig:report-wenzhou-huzhou-2020 { ?s a ?class } } GROUP BY ?class"
EVENTS = "SELECT ?event ?period WHERE { GRAPH ?g { ?event a rie:UnveilingEvent ; rie:referencePeriod ?period } }"
TRIPLES = "CONSTRUCT { ?a rie:leads ?b } WHERE { ?a rie:leads ?b }"


@pytest.fixture(scope="module")
def server(built_graph: Path) -> Iterator[Served]:
    if not has_bundle():
        pytest.fail("the bundle of the SPARQL page is missing: run python hatch_build.py, which needs npm", pytrace=False)
    with served(built_graph) as running:
        yield running


@dataclass
class Opened:
    """A page of the server, what it asked of elsewhere, and what it complained of."""

    page: Page
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def type(self, text: str) -> None:
        """Put ``text`` in the place of the query, as keys would."""
        self.page.click(".cm-content")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def run(self, text: str) -> None:
        """Type a query and run it with the keyboard; wait for the answer."""
        self.type(text)
        self.page.keyboard.press("Escape")
        self.page.evaluate("document.getElementById('answer').dataset.old = ''")
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_selector("#answer:not([data-old])")

    def offered(self, typed: str) -> list[str]:
        """Type ``typed`` key by key at the cursor and return what is offered."""
        self.page.keyboard.type(typed)
        self.page.wait_for_selector(".cm-tooltip-autocomplete li")
        self.page.wait_for_timeout(250)  # the list is drawn anew while letters come
        return self.page.locator(".cm-tooltip-autocomplete li").all_inner_texts()

    def query(self) -> str:
        return str(self.page.evaluate("document.getElementById('query').value"))

    def column(self, number: int) -> list[str]:
        return self.page.locator(f"#answer tbody td:nth-child({number})").all_inner_texts()


@contextmanager
def opened(browser: Browser, server: Served, path: str = "/sparql", locale: str = "zh-CN", scheme: str = "light") -> Iterator[Opened]:
    context = browser.new_context(locale=locale, color_scheme=scheme, reduced_motion="reduce", accept_downloads=True)  # type: ignore[arg-type]
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    found = Opened(context.new_page())
    found.page.on("request", lambda r: found.outside.append(r.url) if not r.url.startswith((server.address, "data:", "blob:")) else None)
    found.page.on("console", lambda message: found.complaints.append(message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.goto(server.address + path)
    found.page.wait_for_selector("body[data-ready]")
    yield found
    context.close()
    assert found.outside == []
    assert [text for text in found.complaints if "status of 400" not in text] == []


def test_a_query_is_typed_completed_and_run_with_the_keyboard_alone(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.type("SELECT * WHERE { GRAPH ?g { ?person a ")
        assert page.offered("yuanshi")[0].startswith("rie:Academician")  # 院士, in pinyin
        page.page.keyboard.press("Enter")
        assert page.offered(" ; lead")[0].startswith("rie:leads")
        page.page.keyboard.press("Enter")
        page.page.keyboard.insert_text(" ?institute } }")
        assert page.query() == "SELECT * WHERE { GRAPH ?g { ?person a rie:Academician ; rie:leads ?institute } }"
        page.page.keyboard.press("Control+Enter")
        page.page.wait_for_selector("#answer table.ready")
        assert "李校堃" in page.page.inner_text("#answer")
        assert "完成" in page.page.inner_text("[role=status]")


def test_a_new_line_is_indented_by_its_braces(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.type("")
        for line in ("SELECT * WHERE {", "GRAPH ?g {", "?person rie:leads ?institute ."):
            page.page.keyboard.insert_text(line)
            page.page.keyboard.press("Escape")
            page.page.keyboard.press("Enter")
        page.page.keyboard.insert_text("?person a rie:Academician")
        lines = page.query().split("\n")
        assert [len(line) - len(line.lstrip()) for line in lines] == [0, 2, 4, 4]


def test_prefixes_variables_graphs_and_chinese_names_are_offered(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.type("SELECT ?person WHERE { GRAPH ?g { ?person ")
        assert "schema:" in page.offered("schem")[-1] or any("schema:" in one for one in page.offered(""))
        page.type("SELECT ?person WHERE { GRAPH ")
        assert any(one.startswith("rig:report-wenzhou-huzhou-2020") for one in page.offered("rig:rep"))
        page.type("SELECT ?person WHERE { ?x rie:leads ")
        assert "?person" in page.offered("?p")[0]
        page.type("SELECT ?person WHERE { ?person rie:leads ")
        page.page.keyboard.insert_text("温州医科大学病")
        page.page.keyboard.press("Control+Space")
        page.page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('温州医科大学病毒研究院')")
        page.page.wait_for_timeout(250)
        page.page.keyboard.press("Enter")
        assert "rid:e-" in page.query()
        page.page.keyboard.insert_text(" }")
        page.run(page.query())
        assert page.page.locator("#answer tbody tr").count() == 1


def test_labels_are_in_the_language_of_the_page(browser: Browser, server: Served) -> None:
    for locale, label in (("zh-CN", "院士"), ("en-GB", "academician")):
        with opened(browser, server, locale=locale) as page:
            page.type("SELECT * WHERE { ?p a ")
            assert page.offered("rie:Academ") == [f"rie:Academician{label}"] or label in page.offered("")[0]


def test_an_error_is_shown_at_its_line_and_goes_when_it_is_mended(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.run("SELECT ?a\nWHERE {\n  ?a rie:leads .\n}")
        assert page.page.inner_text("[role=alert]").startswith("第 3 行不是 SPARQL 1.1")
        marker, third = page.page.locator(".cm-lint-marker-error"), page.page.locator(".cm-line").nth(2)
        assert marker.count() == 1
        box, line = marker.bounding_box(), third.bounding_box()
        assert box
        assert line
        assert line["y"] <= box["y"] <= line["y"] + line["height"]
        page.run("SELECT ?a\nWHERE {\n  ?a rie:leads ?b .\n}")
        assert page.page.locator(".cm-lint-marker-error").count() == 0
        assert page.page.locator("[role=alert]").count() == 0


def test_columns_are_sorted_numbers_by_value_and_the_chart_follows(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.run(COUNTS)
        page.page.focus("#answer th:nth-child(2)")
        page.page.keyboard.press("Enter")
        numbers = [int(text.replace(",", "")) for text in page.column(2)]
        assert len(numbers) > 10
        assert numbers == sorted(numbers)
        page.page.click("#answer .views button:has-text('柱图')")
        bars = page.page.locator("svg rect.bar").evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().width)")
        assert len(bars) == min(len(numbers), 60)
        assert all(a <= b + 0.01 for a, b in pairwise(bars))


def test_answers_are_drawn_as_the_front_matter_or_the_reader_wants(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.run(f"#+ view: network\n{LEADS}")
        assert page.page.locator("svg .node").count() == 3
        assert page.page.locator("svg .tie line:not(.wide)").count() == 2
        assert "李校堃" in page.page.locator("svg .names text").all_text_contents()
        page.run(f"#+ view: timeline\n{EVENTS}")
        assert page.page.locator("svg .bar").count() == 1
        assert "2020" in (page.page.text_content("svg .scale") or "")
        page.run(f"#+ view: network\n{TRIPLES}")
        assert page.page.locator("svg .tie line:not(.wide)").count() == 2
        assert "领衔" in (page.page.text_content("svg .tie") or "")
        page.page.click("#answer .views button:has-text('表格')")
        assert page.page.is_visible("#answer table")
        page.page.click("#answer summary:has-text('Turtle')")
        assert "rie:leads" in page.page.inner_text("#answer pre")


def test_questions_are_shown_as_their_front_matter_says(browser: Browser, server: Served) -> None:
    views = {"statistics/growth": "柱图", "institutes/unveiled": "时间线", "places/cooperation": "网络", "people/titles": "表格"}
    for question, name in views.items():
        with opened(browser, server, f"/questions/{question}") as page:
            assert page.page.inner_text(".views [aria-pressed=true]") == name
            assert page.page.locator("figure svg").count() == (0 if name == "表格" else 1)


def test_the_catalogue_fills_the_editor_and_its_rows_open_the_report(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.page.click("aside summary:has-text('地方')")
        page.page.click("a.take:has-text('某地与谁合作')")
        assert "rie:cooperatesWith" in page.query()
        page.page.keyboard.press("Control+Enter")
        page.page.wait_for_selector("#answer .views")
        assert page.page.inner_text(".views [aria-pressed=true]") == "网络"
        tie = page.page.locator("svg a:has(.tie)").first
        place, quote = tie.get_attribute("href"), tie.get_attribute("aria-label")
        page.page.click("#answer .views button:has-text('表格')")
        page.page.click(f"td.quote a[href='{place}'] >> nth=0")
        page.page.wait_for_selector("#text .hit")
        assert "".join(page.page.locator("#text .hit").all_inner_texts()) == quote


def test_a_shared_link_gives_the_same_answer_in_the_same_view(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.run(LEADS)
        page.page.click("#answer .views button:has-text('网络')")
        page.page.click("text=复制链接")
        page.page.wait_for_selector("[role=status]:has-text('链接已复制')")
        link = str(page.page.evaluate("navigator.clipboard.readText()"))
    assert parse_qs(urlsplit(link).query) == {"query": [LEADS], "view": ["network"]}
    with opened(browser, server, link.removeprefix(server.address)) as page:
        assert page.query() == LEADS
        assert page.page.locator("svg .node").count() == 3


def test_downloads_come_in_every_form(browser: Browser, server: Served, tmp_path: Path) -> None:
    with opened(browser, server) as page:
        for query, forms in (
            (LEADS, {"csv", "tsv", "json", "xml"}),
            (TRIPLES, {"turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"}),
        ):
            page.run(query)
            assert set(page.page.locator("#answer a[download]").all_inner_texts()) == forms
            for form in forms:
                with page.page.expect_download() as waiting:
                    page.page.click(f"#answer a[download='answer.{form}']")
                file = tmp_path / waiting.value.suggested_filename
                waiting.value.save_as(file)
                assert file.name == f"answer.{form}"
                assert file.stat().st_size > 100
    rows = list(csv.reader(io.StringIO((tmp_path / "answer.csv").read_text(encoding="utf-8"))))
    assert rows[0] == ["person", "institute"]
    assert len(rows) == 3


def test_the_past_is_kept_taken_up_again_and_cleared(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        assert not page.page.is_visible("#past")
        page.run("SELECT (1 AS ?first) {}")
        page.run("SELECT (2 AS ?second) {}")
        page.run("SELECT nothing")  # a query that does not run is not kept
        page.page.reload()
        page.page.wait_for_selector("body[data-ready]")
        page.page.click("#past summary")
        assert page.page.locator("#past li button").all_inner_texts() == ["SELECT (2 AS ?second) {}", "SELECT (1 AS ?first) {}"]
        page.page.click("#past li button >> nth=1")
        assert page.query() == "SELECT (1 AS ?first) {}"
        page.page.click("#past p button")
        assert not page.page.is_visible("#past")
        page.page.reload()
        assert page.page.evaluate("localStorage.getItem('kg-sparql-history')") == "[]"


def test_going_back_brings_the_query_before_with_its_answer(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.run("SELECT (1 AS ?n) {}")
        page.run("SELECT (2 AS ?n) {}")
        page.page.go_back()
        page.page.wait_for_selector("#answer td:text-is('1')")
        assert page.query() == "SELECT (1 AS ?n) {}"


def test_the_other_language_keeps_query_and_view(browser: Browser, server: Served) -> None:
    with opened(browser, server) as page:
        page.run(f"#+ view: network\n{LEADS}")
        page.page.click(".lang a")
        page.page.wait_for_selector("body[data-ready]")
        assert page.page.inner_text(".views [aria-pressed=true]") == "Network"
        assert LEADS in page.query()
        assert page.page.inner_text("#console button") == "Run"


def test_what_comes_from_the_graph_or_the_address_stays_text(browser: Browser, server: Served) -> None:
    hostile = (
        'SELECT ("<img src=x onerror=alert(1)>" AS ?x) (<javascript:alert(1)> AS ?y) (5 AS ?n) {} # </textarea><script>alert(2)</script>'
    )
    with opened(browser, server, f"/sparql?query={quote(hostile)}&view=bar") as page:
        page.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.run(hostile)
        assert page.page.locator("#answer img, #answer script, #answer a[href^=javascript]").count() == 0
        assert "<img src=x onerror=alert(1)>" in page.page.inner_text("#answer")


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
def test_axe_finds_nothing_serious_in_any_state(browser: Browser, server: Served, locale: str, scheme: str) -> None:
    with opened(browser, server, locale=locale, scheme=scheme) as page:
        for query in (
            "SELECT nothing",
            COUNTS,
            f"#+ view: bar\n{COUNTS}",
            f"#+ view: network\n{LEADS}",
            f"#+ view: timeline\n{EVENTS}",
            TRIPLES,
        ):
            page.run(query)
            found = Axe().run(page.page).response["violations"]
            serious = [
                (one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found if one["impact"] in ("serious", "critical")
            ]
            assert serious == [], query


def test_without_the_bundle_the_plain_page_does_the_work(
    browser: Browser, built_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "kg", tmp_path / "kg", ignore=shutil.ignore_patterns("dist", "__pycache__"))
    for name in ("ontology", "queries", "graph"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    with served(built_graph) as plain:
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        page.goto(f"{plain.address}/sparql")
        assert page.locator(".editor").count() == 0
        page.click("aside summary")
        page.click("aside details[open] a.take")
        assert "SELECT" in page.input_value("#query")
        page.fill("#query", LEADS)
        page.press("#query", "Control+Enter")
        page.wait_for_selector("table.ready")
        assert "李校堃" in page.inner_text("#answer")
        context.close()
        assert plain.client.get("/static/dist/page.js").status_code == 404


def test_the_terms_offered_are_those_of_the_graph_with_their_counts(server: Served, built_graph: Path) -> None:
    told = server.client.get("/sparql/terms").json()
    assert {one["name"]: one["iri"] for one in told["prefixes"]} == PREFIXES
    terms = {term["name"]: term for term in told["terms"]}
    assert len(terms) == len(told["terms"]) > 300
    assert terms["rie:Academician"] | {"count": 0} == {
        "name": "rie:Academician", "kind": "class", "zh": "院士", "en": "academician", "sound": "yuanshi", "count": 0
    }  # fmt: skip
    (row,) = Store.open(built_graph).select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?a <{RIE}leads> ?b }} }}")
    assert terms["rie:leads"]["count"] == int(str(row["n"]))
    assert not [name for name, term in terms.items() if name.startswith("rie:") and not (term["zh"] and term["en"])]
    assert server.client.get("/sparql/names", params={"name": ""}).json() == {"things": []}
    found = server.client.get("/sparql/names", params={"name": "lixiaokun", "lang": "zh"}).json()["things"]
    assert found[0]["label"] == "李校堃"
    assert found[0]["name"].startswith("rid:e-")


def test_the_part_of_the_page_with_the_answer_comes_alone(server: Served) -> None:
    asked = {"query": f"#+ view: bar\n{COUNTS}", "part": "answer"}
    answer = server.client.get("/sparql", params=asked, headers={"Accept": "text/html"})
    assert answer.text.strip().startswith('<div id="answer" data-view="bar">')
    assert "<html" not in answer.text
    wrong = server.client.get("/sparql", params={"query": "SELECT ?a\nWHERE {", "part": "answer"}, headers={"Accept": "text/html"})
    assert wrong.status_code == 400
    assert 'data-line="2"' in wrong.text
