"""What people add to the first report: with their decisions, everything that its inventory holds to be said is in the graph."""

import json
from pathlib import Path

from kg.decisions import apply, read_decisions
from kg.evaluate import evaluate, read_records
from kg.facts import Facts, dump_facts
from kg.report import Report

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "wenzhou-huzhou-2020.facts.jsonl"
DECISIONS = HERE / "cases" / "decisions" / "wenzhou-huzhou-2020.toml"


def test_with_decisions_no_stated_core_fact_is_missing(first_report: Report, first_facts: Facts) -> None:
    decisions = read_decisions(DECISIONS)
    decided = apply(first_facts, decisions, first_report)
    records = [json.loads(line) for line in dump_facts(decided.facts, first_report.text).splitlines()]
    scores = evaluate(read_records(GOLD, first_report.text), records)
    assert {score.kind: score.found.recall for score in scores} == dict.fromkeys(("observation", "relation", "entity", "event"), 1.0)
    assert decided.findings == ()


def test_the_rules_alone_would_miss_some_of_it(first_facts: Facts, first_report: Report) -> None:
    records = [json.loads(line) for line in dump_facts(first_facts, first_report.text).splitlines()]
    missed = [name for score in evaluate(read_records(GOLD), records) for name in score.missed]
    assert 0 < len(missed) <= len(read_decisions(DECISIONS))
