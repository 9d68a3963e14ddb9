"""The questions of the catalogue over HTTP: answers, their description for programs, and what is said to wrong parameters."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.ask import ask, render
from kg.catalogue import load_catalogue
from kg.server.openapi import RESERVED
from kg.server.snippets import LANGUAGES, api_path, example, snippets
from kg.store import Store
from tests.server_process import Served, served

INSTITUTE = "国科大温州研究院"


@pytest.fixture(scope="module")
def server(built_graph: Path) -> Iterator[Served]:
    with served(built_graph) as running:
        yield running


def _ask(server: Served, path: str, accept: str = "*/*", **params: str | list[str]) -> httpx.Response:
    return server.client.get(f"/api/{path}", params=params, headers={"Accept": accept})


def test_every_question_answers_over_http_what_it_answers_in_python(server: Served, built_graph: Path) -> None:
    store, catalogue = Store.open(built_graph), load_catalogue()
    assert len(catalogue) >= 60
    for number, question in enumerate(catalogue):
        params = example(question)
        answer = _ask(server, question.name, format="json", lang="en", **params)
        assert answer.status_code == 200, question.name
        assert [column["name"] for column in answer.json()["columns"]] == [column.name for column in question.columns]
        if number % 8 == 0:  # what each answers is tested with the catalogue
            assert answer.text == render(ask(store, question, params, "en"), "json", "en")


def test_the_form_is_named_or_negotiated(server: Served) -> None:
    rows = list(csv.DictReader(io.StringIO(_ask(server, "people/of-institute", institute=INSTITUTE, format="csv").text)))
    assert [row["person"] for row in rows] == ["欧阳钟灿"]
    assert _ask(server, "people/leads", "text/csv").headers["content-type"] == "text/csv; charset=utf-8"
    assert _ask(server, "people/leads", "text/markdown").text.startswith("| ")
    assert _ask(server, "people/leads").headers["content-type"] == "application/json"
    assert _ask(server, "people/leads", "image/png").status_code == 406


def test_labels_come_in_the_language_asked_for(server: Served) -> None:
    assert _ask(server, "people/leads", lang="en").json()["columns"][0]["label"] == "Person"
    negotiated = server.client.get("/api/people/leads", headers={"Accept-Language": "en-GB"})
    assert negotiated.json()["columns"][0]["label"] == "Person"
    assert _ask(server, "people/leads", lang="zh").json()["columns"][0]["label"] == "人物"


def test_several_values_of_a_parameter_may_hold(server: Served) -> None:
    both = _ask(server, "statistics/of-place", place=["温州市", "湖州市"]).json()["rows"]
    each = [_ask(server, "statistics/of-place", place=place).json()["rows"] for place in ("温州市", "湖州市")]
    assert len(both) == sum(map(len, each)) > 20


@pytest.mark.parametrize(
    ("path", "params", "status", "said"),
    [
        ("people/lead", {}, 404, "people/leads"),
        ("leads", {}, 404, ""),
        ("people/leads", {"who": "x"}, 400, "用"),
        ("people/of-institute", {"institute": "国科大温洲研究院"}, 404, "国科大温州研究院"),
        ("people/of-institute", {"institute": "湖州市"}, 400, "机构"),
        ("people/of-institute", {"institute": ""}, 400, "机构"),
        ("people/of-institute", {"institute": "x" * 501}, 400, "机构"),
        ("people/of-institute", {"institute": 'x" } ?a ?b ?c . { "'}, 404, ""),
        ("statistics/search", {}, 400, "缺少参数"),
        ("people/leads", {"lang": "fr"}, 400, "zh"),
        ("people/leads", {"format": "pdf"}, 400, "csv"),
    ],
)
def test_what_is_wrong_is_said_with_candidates(server: Served, path: str, params: dict[str, str], status: int, said: str) -> None:
    answer = _ask(server, path, "application/json", **params)
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_only_reading_is_offered(server: Served) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = server.client.request(method, "/api/people/leads")
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]
    options = server.client.options("/api/people/leads")
    assert options.status_code == 204
    assert options.headers["access-control-allow-origin"] == "*"


def test_the_description_has_every_question_with_its_parameters_and_columns(server: Served) -> None:
    described = server.client.get("/api/openapi.json").json()
    catalogue = load_catalogue()
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": server.address}]
    assert set(described["paths"]) == {f"/api/{question.name}" for question in catalogue}
    for question in catalogue:
        operation = described["paths"][f"/api/{question.name}"]["get"]
        assert [one["name"] for one in operation["parameters"]] == [*(p.name for p in question.parameters), *RESERVED]
        assert not {p.name for p in question.parameters} & set(RESERVED)
        row = operation["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["rows"]["items"]
        assert row["required"] == [column.name for column in question.columns]
        assert question.summary.zh in operation["summary"]


def test_snippets_run_as_they_stand(server: Served) -> None:
    question = load_catalogue().question("people/of-institute")
    params = {"institute": INSTITUTE}
    given = snippets(question, params, server.address)
    assert tuple(given) == LANGUAGES
    rows = _ask(server, question.name, **params).json()["rows"]
    curl = shutil.which("curl")
    assert curl
    done = subprocess.run(["sh", "-c", given["curl"]], capture_output=True, text=True, timeout=20, check=True)
    assert len(list(csv.DictReader(io.StringIO(done.stdout)))) == len(rows)
    code = f"{given['Python']}\nprint(json.dumps(rows))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert json.loads(done.stdout) == rows
    for name in ("R", "JavaScript"):
        address = given[name].split('"')[1]
        assert server.client.get(address).status_code == 200


def test_a_snippet_survives_a_value_with_quotes() -> None:
    question = load_catalogue().question("people/of-institute")
    value = 'it\'s "so" $(x) `y` 甲'
    curl = snippets(question, {"institute": value}, "http://127.0.0.1:1")["curl"]
    done = subprocess.run(["sh", "-c", curl.replace("curl -G", "printf '%s\\n'")], capture_output=True, text=True, timeout=20, check=True)
    assert f"institute={value}" in done.stdout.splitlines()
    assert api_path(question, {"institute": value}).isascii()
