"""Candidates of a model in review: accepting one adds the fact in a person's name, and no other way leads into the graph."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import build, decided_facts
from kg.candidates import ModelExtractor, dump_candidates, read_candidates, settle
from kg.decisions import decisions_path, read_decisions
from kg.errors import FactsError
from kg.extract import find_facts
from kg.report import Report, read_report
from kg.review import Case, Desk, offers_of, review
from tests.model_server import model_server

TEXT = "温州\n由李校堃院士领衔的温医大病毒研究院于今年4月正式挂牌。温州市与浮标工坊携手并进，同心同行。\n"
KNOWN = {
    "kind": "relation",
    "quote": "由李校堃院士领衔的温医大病毒研究院",
    "subject": "李校堃",
    "predicate": "leads",
    "object": "温医大病毒研究院",
}
HAND = {"kind": "relation", "quote": "温州市与浮标工坊携手并进", "subject": "温州市", "predicate": "cooperates_with", "object": "浮标工坊"}
HEART = {**HAND, "quote": "浮标工坊携手并进，同心同行", "predicate": "supports", "subject": "浮标工坊", "object": "温州市"}


@pytest.fixture
def report(tmp_path: Path) -> Report:
    folder = tmp_path / "graph" / "reports" / "r1"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    (folder / "report.toml").write_text('title = "温州"\n[issued]\ndate = "2020-06"\n', encoding="utf-8")
    return read_report(folder)


@pytest.fixture
def file(report: Report, tmp_path: Path) -> Path:
    with model_server(lambda passage: json.dumps({"facts": [KNOWN, HAND, HEART]})) as server:
        found = ModelExtractor("tiny", server.endpoint, timeout=20).extract(report)
    assert len(found.facts.relations) == 3
    path = tmp_path / "candidates.jsonl"
    path.write_text(dump_candidates(found, report), encoding="utf-8")
    return path


def offers(report: Report, file: Path, graph: Path) -> tuple[Case, ...]:
    return offers_of(report, read_candidates(file, report), decided_facts(report, graph / "decisions"))


def decide(cases: tuple[Case, ...], graph: Path, keys: str, *lines: str) -> list[str]:
    told: list[str] = []
    pressed, answers = iter(keys), iter((*lines, *[""] * 9))
    desk = Desk("王明", "2026-11-22", graph / "decisions", lambda prompt: next(pressed), lambda prompt: next(answers), told.append)
    review(cases, desk)
    return told


def built(graph: Path) -> str:
    (file,) = (graph / "built").glob("**/report-*r1.nq")
    return file.read_text(encoding="utf-8")


def standings(file: Path) -> list[str]:
    return [json.loads(line)["decision"] for line in file.read_text(encoding="utf-8").splitlines()]


def test_what_the_rules_say_already_is_not_offered(report: Report, file: Path, tmp_path: Path) -> None:
    cases = offers(report, file, tmp_path / "graph")
    assert [case.said() for case in cases] == ["温州市 —cooperates_with→ 浮标工坊", "浮标工坊 —supports→ 温州市"]
    assert "tiny tiny-2026-11-01" in cases[0].doubts[0].said("zh")


def test_an_accepted_candidate_is_built_in_the_name_of_the_person(report: Report, file: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    build(None, graph)
    before = built(graph)
    told = decide(offers(report, file, graph), graph, "ar", "并非支持")
    assert any("【温州市与浮标工坊携手并进】" in line for line in told)
    (decision,) = read_decisions(decisions_path(graph / "decisions", "r1"))
    assert (decision.action, decision.by, decision.why) == ("add", "王明", "tiny tiny-2026-11-01")
    assert standings(file) == ["undecided", "accepted", "rejected"]
    assert not offers(report, file, graph)
    added = [r for r in decided_facts(report, graph / "decisions").facts.relations if r not in find_facts(report).relations]
    assert [(r.subject, r.predicate, r.object) for r in added] == [("温州市", "cooperates_with", "浮标工坊")]
    assert report.text[added[0].span.start : added[0].span.end] == HAND["quote"]
    build(None, graph)
    after = built(graph)
    assert "浮标工坊" in after
    assert "王明" in after
    assert "王明" not in before


def test_a_corrected_candidate_is_added_as_corrected(report: Report, file: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    decide(offers(report, file, graph), graph, "cq", "predicate=signed_with", "", "")
    (decision,) = read_decisions(decisions_path(graph / "decisions", "r1"))
    assert (decision.action, decision.fact["predicate"], dict(decision.new)) == ("add", "signed_with", {})


def test_undoing_puts_both_files_back(report: Report, file: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    before = file.read_bytes()
    decide(offers(report, file, graph), graph, "auruq", "")
    assert file.read_bytes() == before
    assert not decisions_path(graph / "decisions", "r1").exists()


def test_a_file_that_changed_meanwhile_is_not_written(report: Report, file: Path) -> None:
    first = read_candidates(file, report)[0]
    file.write_text("", encoding="utf-8")
    with pytest.raises(FactsError, match="is not the candidate that was read"):
        settle(first, "accepted")
    assert file.read_text(encoding="utf-8") == ""


def test_the_command_reviews_candidates_of_one_report_only(report: Report, file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "review", "--candidates", str(file), "--by", "王明"]
    done = subprocess.run([*command, "r1"], input="a\nr\n不是支持\n", cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "采纳 1，驳回 1" in done.stdout
    assert standings(file) == ["undecided", "accepted", "rejected"]
    file.write_text(dump_of(file, sha256="0" * 64), encoding="utf-8")
    refused = subprocess.run([*command, "r1"], input="", cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode == 2
    assert "speaks of another text" in refused.stderr
    assert "Traceback" not in refused.stderr


def dump_of(file: Path, **changed: str) -> str:
    """Return the lines of ``file``, each with ``changed`` put in."""
    return "".join(json.dumps({**json.loads(line), **changed}) + "\n" for line in file.read_text(encoding="utf-8").splitlines())
