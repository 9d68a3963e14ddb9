"""What a person sees of the server: every page in both languages, without a script or a request to elsewhere; linked data."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from playwright.sync_api import Browser

from kg.namespaces import BASE, RID, RIE, RIEC, RIG
from kg.server.places import local, passage
from kg.store import Store
from kg.triples import iris
from tests.server_process import Served, served

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
REPORT = "wenzhou-huzhou-2020"
LEADS = "SELECT ?person ?institute WHERE { GRAPH ?g { ?person a rie:Academician ; rie:leads ?institute } }"
PAGES = {
    "/": ("每一条陈述都带着报告中的原句", "Every statement carries its sentence"),
    "/sparql": ("问题目录", "Questions"),
    f"/sparql?query={quote(LEADS)}": ("2 行", "2 rows"),
    "/questions/people/leads": ("谁领衔哪个机构", "Who leads which institution"),
    f"/questions/people/of-institute?institute={quote('国科大温州研究院')}": ("欧阳钟灿", "recruited"),
    "/search?name=wenzhou": ("叫这个名称的", "Called so"),
    f"/search?name={quote('温洲')}": ("名称相近的", "Called nearly so"),
    f"/page/id/report-{REPORT}": ("报告", "SourceDocument"),
    f"/report/{REPORT}": ("图谱引用了", "The graph quotes"),
    "/page/ontology": ("概念表", "Code lists"),
    f"/nothing/{quote('温州')}": ("此地址没有内容", "There is nothing at this address"),
}


@pytest.fixture(scope="module")
def server(built_graph: Path) -> Iterator[Served]:
    with served(built_graph) as running:
        yield running


@pytest.fixture(scope="module")
def store(built_graph: Path) -> Store:
    return Store.open(built_graph)


def _page(server: Served, path: str, lang: str = "zh") -> str:
    answer = server.client.get(path, headers={**BROWSER, "Accept-Language": lang}, follow_redirects=True)
    assert answer.status_code in (200, 404), answer.text
    return answer.text


@pytest.mark.parametrize("path", list(PAGES))
def test_every_page_speaks_both_languages_and_leads_to_the_other(server: Served, path: str) -> None:
    zh, en = PAGES[path]
    assert zh in _page(server, path, "zh")
    page = _page(server, path, "en")
    assert en in page
    (other,) = re.findall(r'<p class="lang"><a href="([^"]+)"', page)
    assert zh in _page(server, html.unescape(other), "en")


@pytest.mark.parametrize("path", list(PAGES))
def test_no_page_asks_anything_of_elsewhere_or_runs_what_is_not_its_own(server: Served, path: str) -> None:
    answer = server.client.get(path, headers=BROWSER)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', answer.text)
    assert loaded
    assert all(place.startswith(("/", "data:")) for place in loaded)
    assert not re.search(r"<script(?![^>]+src=)|\son\w+=|<style|javascript:", answer.text)


def test_a_row_opens_the_report_at_the_very_characters(server: Served) -> None:
    page = _page(server, "/questions/people/leads")
    places = set(re.findall(rf'href="/report/{REPORT}#(\d+)-(\d+)"', page))
    assert places
    report = _page(server, f"/report/{REPORT}")
    text = "".join(html.unescape(piece) for piece in re.findall(r"<span data-start[^>]*>([^<]*)</span>", report))
    quotes = {html.unescape(quote) for quote in re.findall(r"<mark>([^<]*)</mark>", page)}
    for start, end in places:
        assert f'id="{start}-{end}"' in report
        assert text[int(start) : int(end)] in quotes


def test_every_kind_of_iri_of_the_graph_opens_for_people_and_programs(server: Served, store: Store) -> None:
    rows = store.select(
        f"SELECT (SAMPLE(?x) AS ?one) WHERE {{ GRAPH ?g {{ ?x a ?class }} FILTER(STRSTARTS(STR(?x), '{BASE}')) }} GROUP BY ?g ?class"
    )
    found = sorted({str(row["one"]) for row in rows} | {f"{RIG}ontology", f"{RIE}leads", f"{RIEC}planned"})
    assert len(found) > 60
    for iri in found:
        path = local(iri)
        assert path
        answer = server.client.get(path.partition("#")[0], headers=BROWSER)
        assert answer.status_code == 303, iri
        page = server.client.get(answer.headers["location"], headers=BROWSER)
        assert page.status_code == 200, iri
        assert path.partition("#")[2] in page.text
        data = server.client.get(path.partition("#")[0], headers={"Accept": "application/n-quads"}, follow_redirects=True)
        assert f"<{iri}>" in data.text, iri


def test_everything_that_is_an_iri_of_the_graph_is_found_by_it(server: Served, store: Store) -> None:
    rows = store.select(f"SELECT DISTINCT ?x WHERE {{ GRAPH ?g {{ ?s ?p ?x }} FILTER(ISIRI(?x) && STRSTARTS(STR(?x), '{RID}e-')) }}")
    things = sorted(str(row["x"]) for row in rows)
    assert len(things) > 100
    for iri in things:
        assert server.client.head(f"/data/{iri.removeprefix(BASE)}").status_code == 200, iri


def test_the_data_of_a_thing_is_the_same_in_every_form_and_is_what_the_graph_says(server: Served, store: Store) -> None:
    (row,) = store.select('SELECT ?x WHERE { GRAPH ?g { ?x <http://www.w3.org/2000/01/rdf-schema#label> "李校堃"@zh-Hans } }')
    iri = str(row["x"])
    sizes = {}
    for form in ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads"):
        answer = server.client.get(f"/data/{iri.removeprefix(BASE)}", params={"format": form})
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=answer.text, format=answer.headers["content-type"].partition(";")[0])
        sizes[form] = len({(s, p, o) for s, p, o, _ in dataset.quads()})
    assert len(set(sizes.values())) == 1, sizes
    assert sizes["turtle"] == len(
        store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o FILTER(?s = <{iri}> || ?o = <{iri}>) }} }}")
    )


def test_an_address_without_content_names_what_was_perhaps_meant(server: Served) -> None:
    for path in (f"/id/{quote('温洲市')}", f"/page/id/{quote('温洲市')}"):
        answer = server.client.get(path, headers=BROWSER, follow_redirects=True)
        assert answer.status_code == 404
        assert "温州市" in answer.text
    plain = server.client.get(f"/{quote('温洲市')}", headers={"Accept": "application/json", "Accept-Language": "en"})
    assert plain.status_code == 404
    assert "温州市" in plain.json()["detail"]
    assert server.client.get("/static/..%2fapp.py").status_code == 404
    assert server.client.get("/report/..%2f..%2fauthority", headers=BROWSER).status_code == 404


def test_what_is_typed_is_shown_as_text(server: Served) -> None:
    hostile = '"><script>alert(1)</script>'
    for path in (
        f"/search?name={quote(hostile)}",
        f"/sparql?query={quote(hostile)}",
        f"/{quote(hostile)}",
        f"/report/{quote(hostile, safe='')}",
    ):
        answer = server.client.get(path, headers=BROWSER)
        assert "<script>alert" not in answer.text
        assert "alert(1)" in answer.text
    asked = server.client.get("/questions/people/of-institute", params={"institute": hostile}, headers=BROWSER)
    assert asked.status_code == 404
    assert "<script>alert" not in asked.text
    literal = 'SELECT ("<img src=x onerror=alert(1)>" AS ?x) (<javascript:alert(1)> AS ?y) WHERE {}'
    page = _page(server, f"/sparql?query={quote(literal)}")
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page


def test_the_sparql_page_keeps_the_order_of_the_query_and_says_what_is_wrong(server: Served) -> None:
    ordered = "SELECT ?n WHERE { VALUES ?n { 3 1 2 } } ORDER BY DESC(?n)"
    page = _page(server, f"/sparql?query={quote(ordered)}")
    assert re.findall(r'<td class="number">(\d)</td>', page) == ["3", "2", "1"]
    assert "是" in _page(server, f"/sparql?query={quote('ASK { ?s ?p ?o }')}")
    assert "rie:leads" in _page(server, f"/sparql?query={quote('CONSTRUCT { ?a rie:leads ?b } WHERE { ?a rie:leads ?b }')}")
    wrong = server.client.get(f"/sparql?query={quote('SELECT ?a WHERE {')}", headers=BROWSER)
    assert wrong.status_code == 400
    assert 'role="alert" data-line="1">第 1 行不是 SPARQL 1.1' in wrong.text
    service = server.client.get(f"/sparql?query={quote('SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }')}", headers=BROWSER)
    assert service.status_code == 400


def test_the_whole_graph_can_be_taken_along(server: Served, store: Store) -> None:
    dump = server.client.get("/dump.nq")
    assert dump.text.count("\n") == len(store)
    assert "attachment" in dump.headers["content-disposition"]
    assert server.client.get("/dump.exe").status_code == 404
    void = server.client.get("/.well-known/void", follow_redirects=True)
    assert f"<{RIG}report-{REPORT}>" in void.text or f"rig:report-{REPORT}" in void.text
    network = server.client.get("/view/institution-talent", headers=BROWSER)
    assert "vis-network" in network.text
    assert server.client.get("/view/none", headers=BROWSER).status_code == 404


def test_every_network_that_the_first_page_offers_opens(server: Served) -> None:
    links = set(re.findall(r'href="(/view/[^"]+)"', server.client.get("/", headers=BROWSER).text))
    assert len(links) == 8
    for link in sorted(links):
        assert server.client.get(link, headers=BROWSER).status_code == 200, link


def test_places_of_iris_and_passages() -> None:
    assert local(f"{RIE}leads") == "/ontology#leads"
    assert local("https://schema.org/Person") is None
    assert passage(iris.document("台州 2018").value, 3, 9) == "/report/%E5%8F%B0%E5%B7%9E%202018#3-9"


def test_the_pages_work_in_a_browser(server: Served, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    complaints: list[str] = []
    outside: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith((server.address, "data:")) else None)
    page.goto(f"{server.address}/questions/people/leads")
    page.click("td.place a")
    page.wait_for_selector("#text .hit")
    assert "院士领衔" in "".join(page.locator("#text .hit").all_inner_texts())
    page.goto(f"{server.address}/sparql?query={quote('SELECT ?n WHERE { VALUES ?n { 10 9 100 } }')}")
    page.wait_for_selector("table.ready")
    page.click("th")
    assert page.locator("td").all_inner_texts() == ["9", "10", "100"]
    assert page.locator("table").bounding_box()
    context.close()
    assert complaints == []
    assert outside == []
