"""Scores by kind, predicate, measure and type, and what one run won and lost against another."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import FactsError
from kg.evaluate import KINDS, Score, compare, evaluate, read_records, render
from kg.facts import FactRecord

GOLD = read_records(Path(__file__).parent / "gold" / "wenzhou-huzhou-2020.facts.jsonl")
COUNTED = {"observation": 97, "relation": 174, "entity": 162, "event": 15}
subsets = st.sets(st.integers(0, len(GOLD) - 1), max_size=80).map(lambda chosen: [GOLD[i] for i in sorted(chosen)])


def relation(subject: str, predicate: str, object_: str, quote: str, start: int = 0, **more: object) -> FactRecord:
    return {
        "kind": "relation",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "subject": subject,
        "predicate": predicate,
        "object": object_,
        **more,
    }


LEADS = relation("李校堃", "leads", "温医大病毒研究院", "由李校堃院士领衔的温医大病毒研究院", id="g1")
HOSTS = relation("精准医学研究院", "part_of", "温州医科大学", "温医大精准医学研究院", start=40, id="g2")
TITLE = relation("李校堃", "has_title", "院士", "李校堃院士", start=1, id="g3")


def part(scores: Sequence[Score], name: str) -> Score:
    (found,) = (p for score in scores for p in score.parts if p.part == name)
    return found


def test_the_gold_inventory_counts_the_same_facts_as_ever() -> None:
    assert {score.kind: score.gold for score in evaluate(GOLD, [])} == COUNTED


def test_each_predicate_has_figures_of_its_own() -> None:
    scores = evaluate([LEADS, HOSTS, TITLE], [LEADS, relation("精准医学研究院", "part_of", "嘉兴大学", HOSTS["quote"], 40)])
    assert [p.part for p in scores[KINDS.index("relation")].parts] == ["leads", "part_of", "has_title"]
    assert part(scores, "leads").exact.f1 == 1
    assert (part(scores, "part_of").found.precision, part(scores, "part_of").found.recall) == (0, 0)
    assert (part(scores, "has_title").found.precision, part(scores, "has_title").found.recall) == (None, 0)
    assert [g["id"] for g in part(scores, "has_title").missed] == ["g3"]


def test_a_pair_under_another_predicate_is_found_for_both_and_exact_for_neither() -> None:
    scores = evaluate([LEADS], [{**LEADS, "predicate": "supports"}])
    assert (part(scores, "leads").found.recall, part(scores, "leads").exact.recall) == (1, 0)
    assert (part(scores, "supports").found.precision, part(scores, "supports").exact.precision) == (1, 0)


def test_a_membership_counts_for_the_predicate_part_of() -> None:
    membership = {"kind": "membership", "quote": "孵化器、加速器", "start": 0, "end": 7, "whole": "孵化链条", "part": "加速器"}
    scores = evaluate([membership], [membership])
    assert part(scores, "part_of").exact.f1 == 1


def test_observations_are_parted_by_measure_and_entities_by_type() -> None:
    scores = evaluate(GOLD, GOLD)
    assert {p.part for p in scores[0].parts} == {"value", "increase", "cumulative", "yoy_growth", "difference", "rank", "share"}
    assert part(scores, "Institute").gold == 9
    value = part(scores, "value")
    assert value.predicted > value.gold  # context and derived numbers need not be found, and are no error either
    assert value.exact.f1 == 1


@settings(max_examples=15, deadline=None)
@given(subsets)
def test_the_parts_of_a_kind_add_up_to_it(said: list[FactRecord]) -> None:
    scores = evaluate(GOLD, said)
    assert {score.kind for score in scores if score.parts} >= {"relation", "observation", "entity"}
    for score in scores:
        if score.parts:
            assert sum(p.gold for p in score.parts) == score.gold == COUNTED[score.kind]
            assert sum(p.predicted for p in score.parts) == score.predicted
            for fault in ("missed", "inexact", "spurious"):
                assert sum(len(getattr(p, fault)) for p in score.parts) == len(getattr(score, fault))


@settings(max_examples=15, deadline=None)
@given(subsets, subsets)
def test_what_one_run_won_the_other_lost(first: list[FactRecord], second: list[FactRecord]) -> None:
    there, back = compare(GOLD, first, second), compare(GOLD, second, first)
    for score, later, change, mirror in zip(there.before, there.after, there.changes, back.changes, strict=True):
        assert (change.won, change.mended, change.cleared) == (mirror.lost, mirror.spoilt, mirror.strayed)
        assert len(score.missed) - len(later.missed) == len(change.won) - len(change.lost)
        assert len(later.spurious) - len(score.spurious) == len(change.strayed) - len(change.cleared)


def test_a_run_against_itself_changes_nothing() -> None:
    changes = compare(GOLD, GOLD[::2], GOLD[::2]).changes
    assert {change.kind for change in changes} >= {"observation", "relation", "entity", "event"}
    for change in changes:
        assert not any((change.won, change.lost, change.mended, change.spoilt, change.cleared, change.strayed))


def test_a_comparison_tells_won_lost_mended_and_strayed_apart() -> None:
    wrong = relation("李校堃", "supports", "温医大病毒研究院", LEADS["quote"])
    stray = relation("全市", "launched", "大会", "全市大会", start=90)
    change = compare([LEADS, HOSTS, TITLE], [wrong, HOSTS], [LEADS, TITLE, stray]).changes[KINDS.index("relation")]
    assert [[f.get("id", f["quote"]) for f in facts] for facts in (change.won, change.lost, change.mended)] == [["g3"], ["g2"], ["g1"]]
    assert (change.spoilt, change.cleared, [f["quote"] for f in change.strayed]) == ((), (), ["全市大会"])


def test_the_table_sets_two_runs_side_by_side_in_both_languages() -> None:
    result = compare([LEADS, HOSTS], [LEADS], [LEADS, HOSTS])
    chinese, english = render(result, lang="zh"), render(result, lang="en")
    assert "关系                             2       1       2    1.000/0.500/0.667    1.000/1.000/1.000   +0.333" in chinese
    assert "新找到 (1)" in chinese
    assert "won (1)\n    g2 精准医学研究院 part_of 温州医科大学  “温医大精准医学研究院”" in english
    assert "part_of                          1       0       1            -/0.000/-" in english


def test_json_holds_every_figure_and_every_fact_behind_it() -> None:
    body = json.loads(render(evaluate([LEADS, HOSTS], [LEADS]), "json"))
    (score,) = (s for s in body["scores"] if s["kind"] == "relation")
    assert score["found"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert score["missed"] == [
        {"id": "g2", "said": "g2 精准医学研究院 part_of 温州医科大学", "quote": "温医大精准医学研究院", "start": 40, "end": 50}
    ]
    assert {p["predicate"]: p["gold"] for p in score["parts"]} == {"leads": 1, "part_of": 1}
    changes = json.loads(render(compare([LEADS], [], [LEADS]), "json"))["changes"]
    assert [len(change["won"]) for change in changes] == [0, 1, 0, 0]


def test_names_that_steer_a_terminal_are_printed_quietly() -> None:
    hostile = relation("李校堃\x1b[2J", "leads\n", "\u202e院", "由李校堃")
    for text in (render(evaluate([hostile], []), misses=True), render(compare([hostile], [], [hostile]))):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "leads\n " not in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"predicate": ["leads"]}, "“predicate” is"),
        ({"start": "0"}, "“start” is '0' - give a whole number"),
        ({"kind": "event", "what": "挂牌", "participants": "李校堃"}, "“participants” is '李校堃' - give a list of names"),
        ({"kind": ["relation"]}, "has no known “kind”"),
    ],
)
def test_a_fact_of_the_wrong_shape_is_refused_with_its_line(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(LEADS) + "\n" + json.dumps({**LEADS, **changed}) + "\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"gold\.jsonl:2: ") as caught:
        read_records(file)
    assert said in str(caught.value)


def test_a_quote_may_hold_the_other_line_ends_of_unicode(tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text(json.dumps({**LEADS, "quote": "由李校堃\u2028领衔\x85"}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert len(read_records(file)) == 1


def test_the_command_compares_two_runs_one_of_them_from_standard_input(tmp_path: Path) -> None:
    gold, run = tmp_path / "gold.jsonl", tmp_path / "run.jsonl"
    gold.write_text("".join(json.dumps(fact) + "\n" for fact in (LEADS, HOSTS)), encoding="utf-8")
    run.write_text(json.dumps(LEADS) + "\n", encoding="utf-8")
    command = [sys.executable, "-c", "from kg.cli import main; main()", "evaluate", gold, run, "-", "--lang", "en"]
    done = subprocess.run(command, input=gold.read_text(encoding="utf-8"), capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == render(compare([LEADS, HOSTS], [LEADS], [LEADS, HOSTS]), lang="en")
