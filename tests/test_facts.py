"""The facts format, the quotes, and the floors that extraction must not fall below."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import FactsError
from kg.evaluate import evaluate, read_records
from kg.facts import Entity, Facts, Observation, Span, dump_facts
from kg.report import Report

GOLD = Path(__file__).parent / "gold" / "wenzhou-huzhou-2020.facts.jsonl"


def test_the_gold_inventory_stands_in_the_report(first_report: Report) -> None:
    assert len(read_records(GOLD, first_report.text)) == 604


def test_every_fact_carries_its_sentence(first_report: Report, first_facts: Facts) -> None:
    lines = dump_facts(first_facts, first_report.text).splitlines()
    assert len(lines) == len(list(first_facts)) > 300
    for line in lines:
        fact = json.loads(line)
        assert first_report.text[fact["start"] : fact["end"]] == fact["quote"]
        assert fact["quote"].strip()
        assert fact["rule"]


def test_every_mention_and_every_printed_value_stands_where_it_says(first_report: Report, first_facts: Facts) -> None:
    assert sum(len(entity.mentions) for entity in first_facts.entities) > 200
    for entity in first_facts.entities:
        for span in entity.mentions:
            assert first_report.text[span.start : span.end].strip()
    assert sum(observation.value_span is not None for observation in first_facts.observations) > 80
    for observation in first_facts.observations:
        if observation.value_span:
            assert observation.span.start <= observation.value_span.start < observation.value_span.end <= observation.span.end


def test_values_are_multiplied_out_without_binary_rounding() -> None:
    fact = Observation(Span(0, 9), "创新券", "创新券发放额", "value", Decimal("1.0036") * 10**8, "元", "r", printed="1.0036亿元")
    assert '"value": 100360000,' in dump_facts([fact], "1.0036亿元x")


def test_an_entity_stands_at_its_first_mention() -> None:
    fact = Entity("温州市", "City", "r", ("温州",), (Span(2, 4), Span(6, 8)))
    assert json.loads(dump_facts([fact], "\n\n温州，温州")) | {"quote": "温州", "start": 2, "end": 4} == json.loads(
        dump_facts([fact], "\n\n温州，温州")
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "bad.jsonl:1: is no JSON"),
        ('{"kind": "rumour"}', "has no known “kind”"),
        ('{"kind": "entity", "quote": "温州", "start": 0, "end": 2, "name": "温州市"}', "has no “type”"),
        ('{"kind": "entity", "quote": "温州", "start": 2, "end": 2, "name": "温州市", "type": "City"}', "are no span"),
        ('{"kind": "entity", "quote": "湖州", "start": 0, "end": 2, "name": "湖州市", "type": "City"}', "does not stand at its offsets"),
    ],
)
def test_an_unusable_facts_file_is_refused_with_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(FactsError, match=said):
        read_records(file, "温州")


def test_a_gold_inventory_agrees_with_itself() -> None:
    gold = read_records(GOLD)
    for score in evaluate(gold, gold):
        assert (score.found.f1, score.exact.f1) == (1.0, 1.0)
        assert score.gold > 10


def test_a_wrong_unit_is_not_found_and_a_wrong_period_is_not_exact() -> None:
    gold = [r for r in read_records(GOLD) if r.get("id") == "W01-24"]
    points = [{**gold[0], "unit": "百分点"}]
    last_year = [{**gold[0], "period_start": "2019-01-01"}]
    assert evaluate(gold, points)[0].found.f1 == 0
    assert evaluate(gold, last_year)[0].found.f1 == 1
    assert evaluate(gold, last_year)[0].exact.f1 == 0


FLOORS = {  # kind: found precision, found recall, found F1, exact F1; they only rise
    "observation": (0.99, 0.99, 0.99, 0.98),
    "entity": (0.98, 0.98, 0.98, 0.96),
    "relation": (0.93, 0.90, 0.92, 0.89),  # less than once: rules that fired in this report only are gone
    "event": (0.99, 0.86, 0.92, 0.85),
}


@pytest.mark.parametrize("kind", FLOORS)
def test_extraction_stays_above_its_floor_on_the_first_report(kind: str, first_report: Report, first_facts: Facts) -> None:
    found = [json.loads(line) for line in dump_facts(first_facts, first_report.text).splitlines()]
    (score,) = (s for s in evaluate(read_records(GOLD, first_report.text), found) if s.kind == kind)
    measured = (score.found.precision or 0, score.found.recall or 0, score.found.f1, score.exact.f1)
    assert all(m >= floor for m, floor in zip(measured, FLOORS[kind], strict=True)), measured
