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
    "baoji-2014": ((0.99, 0.99), (0.95, 0.95), (0.97, 0.97)),
    "changsha-news-2019": ((0.99, 0.99), (0.98, 0.98), (0.95, 0.95)),
    "chengdu-talent-2025": ((0.96, 0.96), (0.96, 0.96), (0.91, 0.91)),
    "dongying-2011": ((0.98, 0.98), (0.94, 0.94), (0.92, 0.92)),
    "ganzhou-feature-2013": ((0.99, 0.96), (0.99, 0.99), (0.92, 0.92)),
    "jianghuai-2022": ((0.93, 0.71), (0.97, 0.95), (0.87, 0.85)),
    "lanzhou-2024": ((0.99, 0.99), (0.96, 0.96), (0.95, 0.91)),
    "longyan-2019": ((0.97, 0.97), (0.98, 0.98), (0.89, 0.86)),
    "luoyang-feature-2016": ((0.99, 0.97), (0.99, 0.99), (0.83, 0.83)),
    "mianyang-work-report-2023": ((0.99, 0.99), (0.99, 0.99), (0.95, 0.95)),
    "nantong-bureau-2014": ((0.99, 0.99), (0.95, 0.95), (0.89, 0.86)),
    "qinchuan-2016": ((0.99, 0.95), (0.94, 0.86), (0.90, 0.80)),
    "qinhuangdao-institute-2024": ((0.99, 0.90), (0.97, 0.97), (0.87, 0.87)),
    "songling-2024": ((0.94, 0.85), (0.93, 0.92), (0.90, 0.89)),
    "tonghua-work-report-2018": ((0.99, 0.99), (0.93, 0.91), (0.86, 0.82)),
    "yulin-2012": ((0.96, 0.89), (0.88, 0.83), (0.95, 0.92)),
    "zhuhai-institute-2021": ((0.99, 0.94), (0.95, 0.95), (0.99, 0.99)),
    "zunyi-2022": ((0.97, 0.95), (0.87, 0.87), (0.92, 0.89)),
}


def scores(case: Path) -> dict[str, Score]:
    report = read_report(case)
    found = [json.loads(line) for line in dump_facts(find_facts(report), report.text).splitlines()]
    return {score.kind: score for score in evaluate(read_records(case / "gold.jsonl", report.text), found)}


def test_every_case_has_a_floor() -> None:
    assert {case.name for case in CASES} == set(FLOORS)
    assert len(CASES) == 18


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_extraction_stays_above_its_floor(case: Path) -> None:
    measured = scores(case)
    for kind, floor in zip(KINDS, FLOORS[case.name], strict=True):
        reached = (measured[kind].found.f1, measured[kind].exact.f1)
        assert all(r >= f for r, f in zip(reached, floor, strict=True)), (kind, reached)
