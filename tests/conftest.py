"""What several tests share: the first report, read and extracted once."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.build import build, load_store
from kg.extract import find_facts
from kg.facts import Facts
from kg.report import Report, read_report
from kg.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
FIRST = ROOT / "graph" / "reports" / "wenzhou-huzhou-2020"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="rewrite the expected answers instead of comparing with them")
    parser.addoption("--gexf-schema", help="folder with gexf.rng and gexf.xsd 1.3 of the repository gephi/gexf")


@pytest.fixture(scope="session")
def first_report() -> Report:
    return read_report(FIRST)


@pytest.fixture(scope="session")
def first_facts(first_report: Report) -> Facts:
    return find_facts(first_report)


@pytest.fixture(scope="session")
def first_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bundled report, built anew by the whole pipeline."""
    folder = tmp_path_factory.mktemp("graph")
    build(None, folder)
    return Store.in_memory(sorted((folder / "built").glob("*.nq")))


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """One headless Chromium for the tests of a module; its loop runs in this thread as long as it is open, so not for longer."""
    from tests.browser import chromium

    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def built_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with the committed graph, loaded into its store, and the texts of its reports."""
    folder = tmp_path_factory.mktemp("served")
    for name in ("built", "reports"):
        shutil.copytree(ROOT / "graph" / name, folder / name)
    load_store(folder)
    return folder
