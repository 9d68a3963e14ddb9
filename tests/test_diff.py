"""Comparison: what a report or a rule change adds, drops and changes, told in plain words, with nothing written."""

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import build
from kg.diff import Record, compare, preview, preview_said, read_side, said
from kg.errors import InputError, KgError
from kg.extract import find_facts
from kg.facts import dump_facts
from kg.report import read_report

FIRST = "温州市\n2020年1-5月，温州市研发投入增长12.5%，居全省第二。温州市新增高新技术企业120家。温州市与浙江大学签订合作协议。\n"


def write_report(folder: Path, text: str = FIRST, issued: str = "2021") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "report.toml").write_text(f'title = "温州科技"\n[issued]\ndate = "{issued}"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built graph of one short report."""
    folder = tmp_path_factory.mktemp("diff") / "graph"
    write_report(folder / "reports" / "wenzhou-2021")
    build(None, folder)
    return folder


def number(**words: object) -> Record:
    said = {"subject": "温州市", "indicator": "研发投入", "measure": "value", "value": Decimal(3), "unit": "亿元", "status": "achieved"}
    return Record("observation", "a", 0, "研发投入3亿元", {**said, **words})


def relation(subject: str, predicate: str, object_: str, start: int = 0, quote: str = "甲与乙合作") -> Record:
    return Record("relation", "a", start, quote, {"subject": subject, "predicate": predicate, "object": object_, "status": "achieved"})


# --- the comparison


def test_a_value_that_differs_is_a_change_from_one_to_the_other() -> None:
    found = compare([number()], [replace(number(value=Decimal(4)), quote="研发投入4亿元")])
    (change,) = found.changed
    assert change.words == {"value": (Decimal(3), Decimal(4))}
    assert "数值 3 → 4" in said(found, "zh")
    assert "value 3 → 4" in said(found, "en")


def test_a_fact_worded_otherwise_at_its_place_is_a_change_not_a_loss() -> None:
    found = compare([relation("市", "established", "平台")], [relation("温州市", "established", "平台")])
    assert (found.added, found.dropped) == ((), ())
    assert found.changed[0].words == {"subject": ("市", "温州市")}


def test_a_fact_that_moved_down_the_text_is_the_same() -> None:
    found = compare([relation("甲", "cooperates_with", "乙", 5)], [relation("甲", "cooperates_with", "乙", 500)])
    assert (found.empty, found.same) == (True, 1)


def test_facts_of_two_reports_are_not_one() -> None:
    found = compare([number()], [replace(number(value=Decimal(4)), report="b")])
    assert (len(found.added), len(found.dropped), found.changed) == (1, 1, ())


def test_what_one_side_has_alone_is_added_or_dropped() -> None:
    one, other = relation("甲", "leads", "乙", 0, "甲领衔乙"), relation("丙", "builds", "丁", 90, "丙建丁")
    found = compare([one], [other])
    assert (found.added, found.dropped) == ((other,), (one,))
    assert found.counts()["relation"] == (1, 1, 0)


words = st.sampled_from(["甲", "乙", "丙"])
some = st.lists(st.builds(relation, words, st.sampled_from(["leads", "builds"]), words, st.integers(0, 3)), max_size=6)


@given(some)
def test_a_side_does_not_differ_from_itself(facts: list[Record]) -> None:
    assert compare(facts, list(reversed(facts))).empty


@given(some, some)
def test_every_fact_of_both_sides_is_accounted_for_once(before: list[Record], after: list[Record]) -> None:
    found = compare(before, after)
    assert len(before) == found.same + len(found.changed) + len(found.dropped)
    assert len(after) == found.same + len(found.changed) + len(found.added)
    turned = compare(after, before)
    assert (len(turned.added), len(turned.dropped), turned.same) == (len(found.dropped), len(found.added), found.same)


# --- the sides


def test_a_built_graph_its_report_and_its_facts_file_say_the_same(graph: Path, tmp_path: Path) -> None:
    folder = graph / "reports" / "wenzhou-2021"
    report = read_report(folder)
    (tmp_path / "facts.jsonl").write_text(dump_facts(find_facts(report), report.text), encoding="utf-8")
    sides = [read_side(path) for path in (graph, graph / "built", folder, folder / "report.txt", tmp_path / "facts.jsonl")]
    assert len(sides[0].records) >= 8
    for side in sides[1:]:
        assert compare(sides[0].records, side.records).empty, side.name


def test_the_bundled_report_comes_back_whole_from_its_graph(tmp_path: Path) -> None:
    build(None, tmp_path / "graph")
    report = Path(__file__).parent.parent / "graph" / "reports" / "wenzhou-huzhou-2020"
    found = compare(read_side(report).records, read_side(tmp_path / "graph").records)
    assert found.same >= 400
    assert found.empty


def test_a_graph_folder_that_was_never_built_is_read_from_its_reports(tmp_path: Path) -> None:
    write_report(tmp_path / "reports" / "wenzhou-2021")
    assert read_side(tmp_path).reports() == {"wenzhou-2021"}


@pytest.mark.parametrize("name", ["none", "none.jsonl", "empty"])
def test_what_is_no_side_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KgError) as error:
        read_side(tmp_path / name)
    assert isinstance(error.value, InputError)
    assert " - " in str(error.value)


# --- a new report


SECOND = "温州市\n2020年1-5月，温州市研发投入增长13.5%。浙江大学获评国家创新人才培养示范基地。\n"


def test_a_preview_tells_what_is_joined_and_what_disagrees_and_writes_nothing(graph: Path, tmp_path: Path) -> None:
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in graph.rglob("*") if path.is_file()}
    found = preview(write_report(tmp_path / "wenzhou-2022", SECOND), graph)
    assert not found.known
    assert {"温州市", "浙江大学"} <= {one.name for one in found.joined}
    (pair,) = found.disagreeing
    assert (pair.before.words["value"], pair.after.words["value"]) == (Decimal("12.5"), Decimal("13.5"))
    text = preview_said(found, "zh")
    assert "与已有数值不一致：1" in text
    assert "什么也没有写入" in text
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in graph.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "wenzhou-2022" / "built").exists()


def test_a_preview_is_the_same_with_and_without_a_store(graph: Path, tmp_path: Path) -> None:
    shutil.copytree(graph / "built", tmp_path / "bare" / "built")
    folder = write_report(tmp_path / "wenzhou-2022", SECOND)
    assert preview(folder, tmp_path / "bare") == preview(folder, graph)


def test_a_preview_of_a_changed_report_tells_what_changes(graph: Path, tmp_path: Path) -> None:
    folder = write_report(tmp_path / "wenzhou-2021", FIRST.replace("120家", "121家"))
    found = preview(folder, graph)
    assert found.known
    assert [change.words["value"] for change in found.diff.changed if "value" in change.words] == [(Decimal(120), Decimal(121))]
    assert "value 120 → 121" in preview_said(found, "en")


def test_a_short_name_shared_with_another_thing_is_pointed_at(graph: Path, tmp_path: Path) -> None:
    def entity(report: str, name: str, *aliases: str) -> Record:
        return Record("entity", report, 0, name, {"name": name, "type": "Institute", "aliases": aliases})

    from kg.diff.preview import preview_of

    report = replace(read_report(graph / "reports" / "wenzhou-2021"), id="b")
    known = (entity("a", "中国科学院大学温州研究院", "国科大温州研究院"),)
    found = preview_of(report, (entity("b", "国科大温州研究院"),), (), known)
    assert [(one.name, one.other, one.shared) for one in found.alike] == [
        ("国科大温州研究院", "中国科学院大学温州研究院", "国科大温州研究院")
    ]


def test_a_graph_that_was_never_built_is_empty(tmp_path: Path) -> None:
    found = preview(write_report(tmp_path / "wenzhou-2022", SECOND), tmp_path / "nowhere")
    assert (found.joined, found.disagreeing) == ((), ())
    assert found.diff.counts()["observation"][0] >= 1


# --- the command line


def kg(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_says_whether_two_sides_differ(graph: Path, tmp_path: Path) -> None:
    changed = write_report(tmp_path / "wenzhou-2021", FIRST.replace("12.5%", "12.6%"))
    same, differing = kg("diff", graph, graph / "reports" / "wenzhou-2021"), kg("diff", graph, changed, "--lang", "en")
    assert (same.returncode, differing.returncode) == (0, 1)
    assert same.stdout.startswith("没有差别")
    assert "value 12.5 → 12.6" in differing.stdout


def test_a_dry_run_prints_and_a_bad_path_is_one_sentence(graph: Path, tmp_path: Path) -> None:
    folder = write_report(tmp_path / "wenzhou-2022", SECOND)
    assert kg("build", "--dry-run", folder, "--graph", graph, "--lang", "en").stdout.endswith("Nothing was written.\n")
    bad = kg("build", "--dry-run", tmp_path / "none.txt", "--graph", graph)
    assert (bad.returncode, bad.stderr.count("\n")) == (2, 1)
    (tmp_path / "facts.jsonl").write_text(json.dumps({"kind": "edge"}) + "\n", encoding="utf-8")
    broken = kg("diff", tmp_path / "facts.jsonl", graph)
    assert (broken.returncode, broken.stderr.count("\n")) == (2, 1)
