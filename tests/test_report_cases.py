"""Reports of other styles: extraction carries over, and does not fall below its floors."""

import json
from pathlib import Path

import pytest

from kg.evaluate import Score, evaluate, read_records
from kg.extract import find_facts
from kg.facts import dump_facts
from kg.report import read_report

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases" / "reports").glob("*/gold.jsonl"))
KINDS = ("observation", "entity", "relation")
FLOORS = {  # found F1, exact F1 of observation, entity, relation; they only rise
    "luoyang-feature-2016": ((0.99, 0.96), (0.99, 0.99), (0.69, 0.69)),
    "mianyang-work-report-2023": ((0.99, 0.99), (0.94, 0.94), (0.87, 0.87)),
    "zhuhai-institute-2021": ((0.99, 0.93), (0.92, 0.92), (0.84, 0.84)),
}


def scores(case: Path) -> dict[str, Score]:
    report = read_report(case)
    found = [json.loads(line) for line in dump_facts(find_facts(report), report.text).splitlines()]
    return {score.kind: score for score in evaluate(read_records(case / "gold.jsonl", report.text), found)}


def test_every_case_has_a_floor() -> None:
    assert {case.name for case in CASES} == set(FLOORS)
    assert len(CASES) == 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_extraction_stays_above_its_floor(case: Path) -> None:
    measured = scores(case)
    for kind, floor in zip(KINDS, FLOORS[case.name], strict=True):
        reached = (measured[kind].found.f1, measured[kind].exact.f1)
        assert all(r >= f for r, f in zip(reached, floor, strict=True)), (kind, reached)
