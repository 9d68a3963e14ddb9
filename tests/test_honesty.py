"""Honesty: what a text says and the graph does not is counted, with its sentence, and never fails a check."""

import re
from pathlib import Path

import pytest

import kg.sources
from kg.adding import add_report
from kg.build import build
from kg.check import Coverage, Finding, Findings, check
from kg.decisions import Decision, Quotation, add_decision, quotation
from kg.errors import DecisionError
from kg.extract import find_facts
from kg.report import read_report
from kg.sources.docx import _SKIPPED as SKIPPED
from kg.sources.notes import note_said
from kg.sources.pdf import _pages

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


# --- tables and how a file was read

TABLES = """<html><body><h1>临江市科技统计</h1>
<p>2020年临江市主要科技指标如下。</p>
<table><tr><th>指标</th><th>单位</th><th>2020年</th></tr>
<tr><td>高新技术产业增加值</td><td>亿元</td><td>112.3</td></tr><tr><td>研发经费</td><td>亿元</td><td>40.5</td></tr></table>
<p>各单位联络安排如下。</p>
<table><tr><td>甲组</td><td>周一</td></tr><tr><td>乙组</td><td>周二</td></tr></table>
<ul><li><a href="/a">首页</a></li><li><a href="/b">新闻</a></li><li><a href="/c">服务</a></li><li><a href="/d">互动</a></li></ul>
</body></html>"""


def test_a_table_without_an_observation_is_a_counted_finding_in_both_languages(tmp_path: Path) -> None:
    page = tmp_path / "stat.html"
    page.write_text(TABLES, encoding="utf-8")
    add_report(page, tmp_path / "graph" / "reports", "linjiang-2020", issued="2021-02", area="临江市")
    build(None, tmp_path / "graph")
    result = check(tmp_path / "graph")
    (unread,) = noted(result, "table-without-observation")
    assert unread.passage is not None
    assert unread.passage.quote == "| 甲组 | 周一 |"
    assert "2 行的表格没有得出任何观测" in unread.message.zh
    assert "the table of 2 rows" in unread.message.en
    (evaluated,) = (one for one in result.evaluated if one.shape == "table-without-observation")
    assert (evaluated.nodes, evaluated.findings) == (2, 1)
    (coverage,) = result.coverage
    assert "读出数字的表格 1/2（50%）" in coverage.said("zh")
    assert "tables with an observation 1/2 (50%)" in coverage.said("en")
    assert result.status == 0


def test_what_reading_the_file_left_out_is_a_finding_in_both_languages(tmp_path: Path) -> None:
    page = tmp_path / "年报.md"
    page.write_text("# 临江市\n\n2020年临江市新增高新技术企业120家。\n\n<div>广告</div>\n", encoding="utf-8")
    add_report(page, tmp_path / "graph" / "reports", "linjiang-2020", issued="2021-02", area="临江市")
    build(None, tmp_path / "graph")
    (note,) = noted(check(tmp_path / "graph"), "source-note")
    assert note.message.zh == "略去夹带的 HTML 1 处。"
    assert note.message.en == "left out: raw HTML (1 pieces)."


NOTES = re.compile(
    r"f?\"((?:left out|decoded from|lines that look|the page is nested)[^\"]*)\"|set in two columns[^\"]*|without text[^\"]*"
)


def test_every_note_that_a_reader_of_files_can_make_has_chinese_words() -> None:
    folder = Path(kg.sources.__file__).parent
    sources = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "notes.py"}
    made = {re.sub(r"\{[^}]*\}", "7", match[1]) for text in sources.values() for match in NOTES.finditer(text) if match[1]}
    made -= {"left out: 7 (7)"}
    made |= {f"left out: {what} (7)" for what in SKIPPED.values() if what} | {"left out: hidden passages (7)"}
    rests = ("set in two columns, read one after the other; look the order over", "without text (a picture or an empty page)")
    made |= {f"{_pages(numbers)} {rest}" for numbers in ([3], [1, 2]) for rest in rests}
    assert len(made) >= 14
    for note in sorted(made):
        assert note_said(note, "zh") != note, note
        assert note_said(note, "en") == note
    assert note_said("something new", "zh") == "something new"


def test_people_of_one_name_in_two_reports_stay_two_and_are_counted(tmp_path: Path) -> None:
    for name in ("jia-2021", "yi-2021"):
        folder = tmp_path / "graph" / "reports" / name
        folder.mkdir(parents=True)
        (folder / "report.txt").write_text("临江市\n临江大学教授王明远领衔海洋研究院。\n", encoding="utf-8")
        (folder / "report.toml").write_text(f'title = "{name}"\narea = "临江市"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    build(None, tmp_path / "graph")
    found = noted(check(tmp_path / "graph"), "person-of-one-name")
    assert len({finding.focus for finding in found}) == len(found) == 2
    assert {finding.passage.report for finding in found if finding.passage} == {"jia-2021", "yi-2021"}
    assert "另有一人也叫“王明远”" in found[0].message.zh
