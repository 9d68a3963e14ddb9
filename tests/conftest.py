"""What several tests share: the first report, read and extracted once."""

from pathlib import Path

import pytest

from kg.extract import find_facts
from kg.facts import Facts
from kg.report import Report, read_report

ROOT = Path(__file__).resolve().parent.parent
FIRST = ROOT / "graph" / "reports" / "wenzhou-huzhou-2020"


@pytest.fixture(scope="session")
def first_report() -> Report:
    return read_report(FIRST)


@pytest.fixture(scope="session")
def first_facts(first_report: Report) -> Facts:
    return find_facts(first_report)
