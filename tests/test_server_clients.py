"""The endpoint from the outside: what the documentation shows, as it stands; what R reads; the description under fire."""

import csv
import io
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.catalogue import load_catalogue
from tests.conftest import ROOT
from tests.server_process import Served, served

_BLOCK = re.compile(r"^```(sh|python|r)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SHOWN = "http://127.0.0.1:8087"


@pytest.fixture(scope="module")
def server(built_graph: Path) -> Iterator[Served]:
    with served(built_graph) as running:
        yield running


def _shown(language: str, word: str) -> list[str]:
    """Return the pieces of code in the documentation of the server that contain ``word``."""
    text = (ROOT / "docs/server.md").read_text(encoding="utf-8")
    return [code for found, code in _BLOCK.findall(text) if found == language and word in code]


def test_every_curl_command_of_the_documentation_answers(server: Served, tmp_path: Path) -> None:
    commands = [line for block in _shown("sh", "curl") for line in block.splitlines() if line.startswith("curl")]
    reading = [line for line in commands if "Authorization" not in line]
    assert len(reading) >= 2
    for command in reading:
        line = command.replace(_SHOWN, server.address).replace("curl ", "curl --silent --show-error --fail ", 1)
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, timeout=30, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        rows = list(csv.reader(io.StringIO(done.stdout)))
        assert len(rows) >= 2, command
        assert any("院士" in cell or "欧阳钟灿" in cell or "李校堃" in cell for row in rows for cell in row), command


@pytest.mark.parametrize(
    ("word", "says"),
    [("SPARQLStore", "https://w3id.org/rieco/id/e-"), ("SPARQLWrapper", "李校堃"), ("read_csv", "李校堃")],
)
def test_the_python_of_the_documentation_runs(server: Served, word: str, says: str, tmp_path: Path) -> None:
    (block,) = _shown("python", word)
    code = block.replace(_SHOWN, server.address)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert says in done.stdout
    assert len(done.stdout.splitlines()) >= 2


def test_the_r_of_the_documentation_reads_a_table_that_it_understands(server: Served) -> None:
    (block,) = _shown("r", "read.csv")
    (address,) = re.findall(r'"(http[^"]+)"', block)
    with urllib.request.urlopen(address.replace(_SHOWN, server.address), timeout=30) as answer:
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"), newline="")))
    assert {row["person"] for row in rows} == {"李校堃"}
    assert all(row["person_iri"].startswith("https://w3id.org/rieco/id/e-") for row in rows)


def test_r_reads_a_table_from_the_address_alone(server: Served) -> None:
    """``read.csv(url)`` sends no Accept and takes what comes: comma, one heading, quotes doubled, UTF-8."""
    query = (
        "SELECT ?name ?n WHERE { GRAPH ?g { ?a a rie:Academician ; rdfs:label ?name } BIND('他说“好”, \"真\"\\n好' AS ?n) } ORDER BY ?name"
    )
    address = f"{server.address}/sparql?{urlencode({'query': query, 'format': 'csv'})}"
    with urllib.request.urlopen(urllib.request.Request(address, headers={"User-Agent": "R (4.4.1 x86_64)"}), timeout=30) as answer:
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        text = answer.read().decode("utf-8")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [
        {"name": name, "n": '他说“好”, "真"\n好'} for name in ("李校堃", "欧阳钟灿")
    ]


def test_the_description_of_the_questions_holds_whatever_is_asked(server: Served, tmp_path: Path) -> None:
    """schemathesis invents requests from the description, right ones and wrong ones, and finds no answer against it."""
    options = ["--phases", "examples,fuzzing", "--max-examples", "1", "--seed", "1", "--generation-database", "none", "--no-color"]
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{server.address}/api/openapi.json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"Tested: {len(load_catalogue())}" in done.stdout
    assert re.search(r"(\d+) generated, \1 passed", done.stdout)
