"""Honesty: what a text says and the graph does not is counted, with its sentence, and never fails a check."""

from pathlib import Path

import pytest

from kg.build import build
from kg.check import Coverage, Finding, Findings, check
from kg.decisions import Decision, Quotation, add_decision, quotation
from kg.errors import DecisionError
from kg.extract import find_facts
from kg.report import read_report

TEXT = (
    "温州市\n"
    "新谋划打造海洋研究院、皮革研究院等9个高能级科创平台。\n"
    "2020年，温州市研发投入增长12.5%。温州市新增高新技术企业120家。\n"
    "温州海洋研究院正式挂牌。温州大学皮革研究院正式挂牌。\n"
    "王小明院士、李大海院士等13位院士出席会议。\n"
    "那一天下着3场雨。\n"
)


def write_graph(graph: Path) -> Path:
    folder = graph / "reports" / "wenzhou-2020"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    (folder / "report.toml").write_text('title = "温州科技"\n[issued]\ndate = "2020"\n', encoding="utf-8")
    return graph


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write_graph(tmp_path / "graph")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """The check of a graph in which a person has rejected the number that no report of the field would count."""
    graph = write_graph(tmp_path_factory.mktemp("honesty") / "graph")
    source = read_report(graph / "reports" / "wenzhou-2020")
    (rain,) = (fact for fact in find_facts(source).observations if fact.printed == "3场")
    words = {"indicator": rain.indicator, "value": 3}
    add_decision(
        graph / "decisions" / "wenzhou-2020.toml",
        Decision("reject", "observation", "陈静", "2026-11-22", quotation(source.text, rain.span), words, why="与创新无关"),
    )
    build(None, graph)
    return check(graph)


def noted(result: Findings, name: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.shape == name]


def test_a_number_in_a_sentence_without_a_fact_is_noted_with_the_sentence(result: Findings) -> None:
    quotes = [finding.passage.quote for finding in noted(result, "number-without-fact") if finding.passage]
    assert [quote for quote in quotes if "那一天下着3场雨。" in quote]
    assert not [quote for quote in quotes if "12.5%" in quote]


def test_a_number_without_an_observation_is_named(result: Findings) -> None:
    values = [finding.value for finding in noted(result, "number-without-observation")]
    assert values == ["3场"]
    (coverage,) = result.coverage
    assert coverage.numbers - coverage.observed == len(values)


def test_more_counted_than_named_is_told_in_numbers(result: Findings) -> None:
    said = [finding.message.zh for finding in noted(result, "count-and-names")]
    assert any("称有 9 个，点名 2 个" in text for text in said), said
    assert any("13" in text for text in said), said


def test_an_institute_without_a_host_is_noted_and_one_of_a_university_is_not(result: Findings) -> None:
    said = [finding.message.en for finding in noted(result, "institute-without-host")]
    assert [text for text in said if text.startswith("温州海洋研究院: ")]
    assert not [text for text in said if text.startswith("温州大学皮革研究院: ")]


def test_a_number_without_a_period_is_noted_and_a_dated_one_is_not(result: Findings) -> None:
    said = [finding.message.en for finding in noted(result, "number-without-period")]
    assert not [text for text in said if "12.5%" in text]
    assert [text for text in said if "9个" in text]


def test_notes_do_not_fail_the_check_and_each_has_its_passage_in_the_text(result: Findings) -> None:
    names = ("number-without-fact", "number-without-observation", "count-and-names", "institute-without-host", "number-without-period")
    notes = [finding for name in names for finding in noted(result, name)]
    assert len(notes) >= 5
    assert {finding.severity for finding in notes} == {"info"}
    assert result.counts()["violation"] == 0, result.said("en")
    for finding in notes:
        assert finding.passage
        assert TEXT[finding.passage.start : finding.passage.end] == finding.passage.quote
    looked_at = {one.shape: one.nodes for one in result.evaluated if one.shape in names}
    assert set(looked_at) == set(names)
    assert all(looked_at.values()), looked_at


def test_coverage_is_printed_for_each_report_in_both_languages(result: Findings) -> None:
    (coverage,) = result.coverage
    assert coverage.report == "wenzhou-2020"
    assert 0 < coverage.with_fact < coverage.sentences
    assert coverage.said("zh") in result.said("zh")
    assert coverage.said("en") in result.said("en")


def test_coverage_of_nothing_is_no_division_by_zero() -> None:
    assert Coverage("leer", 0, 0, 0, 0).said("en") == "leer: sentences with a fact 0/0 (-), numbers with an observation 0/0 (-)"


def test_a_changed_text_is_a_finding_and_not_measured(graph: Path) -> None:
    build(None, graph)
    (graph / "reports" / "wenzhou-2020" / "report.txt").write_text(TEXT + "新。\n", encoding="utf-8")
    result = check(graph)
    assert result.coverage == ()
    assert noted(result, "text-unchanged")


def test_a_decision_whose_sentence_is_gone_is_a_warning_with_its_place(graph: Path) -> None:
    path = graph / "decisions" / "wenzhou-2020.toml"
    lost = Decision("reject", "relation", "陈静", "2026-11-22", Quotation("这句话已删去"), {"subject": "温州市"})
    add_decision(path, lost)
    build(None, graph)
    (finding,) = noted(check(graph), "decision-holds")
    assert finding.severity == "warning"
    assert "graph/decisions" in finding.message.zh


def test_a_malformed_file_of_decisions_stops_the_build_and_leaves_the_earlier_graph(graph: Path) -> None:
    build(None, graph)
    before = (graph / "built" / "manifest.json").read_bytes()
    path = graph / "decisions" / "wenzhou-2020.toml"
    path.parent.mkdir()
    path.write_text('[[decision]]\naction = "reject"\nkind = "relation"\nbye = "陈静"\n', encoding="utf-8")
    with pytest.raises(DecisionError, match=r"wenzhou-2020\.toml:4: unknown key “bye”"):
        build(None, graph)
    assert (graph / "built" / "manifest.json").read_bytes() == before


def test_decisions_about_a_report_that_is_not_there_are_pointed_at(graph: Path) -> None:
    build(None, graph)
    (graph / "decisions").mkdir()
    (graph / "decisions" / "wenzhou-2002.toml").write_text("", encoding="utf-8")
    (finding,) = noted(check(graph), "decisions-of-a-report")
    assert (finding.severity, finding.focus) == ("warning", "decisions/wenzhou-2002.toml")
