"""Source documents: what is read, and what each unusable input is told."""

import datetime
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReportError
from kg.report import LARGEST, Report, last_day_of_month, parse_issued, read_report

FIRST = Path(__file__).resolve().parent.parent / "graph/reports/wenzhou-huzhou-2020"


def test_the_first_report_is_stored_byte_for_byte(first_report: Report) -> None:
    assert first_report.sha256 == "7732d7d9ed04bc30f4f6dce8fa0c59b1178c35e09afbdc03e56f1fea1a90357c"
    assert hashlib.sha256((FIRST / "report.txt").read_bytes()).hexdigest() == first_report.sha256
    assert len(first_report.text) == 3985
    assert first_report.text[317:334] == "由李校堃院士领衔的温医大病毒研究院"


def test_the_issue_year_is_recorded_with_its_reason_because_the_text_prints_no_date(first_report: Report) -> None:
    assert first_report.issued is not None
    assert (first_report.issued.date, first_report.issued.precision) == ("2020", "year")
    assert first_report.issued.last_day == "2020-12-31"
    assert "2020年度" in (first_report.issued.basis or "")


def test_the_metadata_says_which_heading_speaks_of_which_place(first_report: Report) -> None:
    assert {s.heading: s.place for s in first_report.sections} == {"温州": "温州市", "湖州": "湖州市"}
    assert {c.role: c.name for c in first_report.credits} == {"责任编辑": "李伟民", "版式设计": "胡艺"}


def test_a_text_file_alone_is_a_report_too(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text("某市新增高新技术企业3家。", encoding="utf-8")
    report = read_report(file, issued="2021-07", area="某市")
    assert (report.id, report.area) == ("news", "某市")
    assert report.issued is not None
    assert report.issued.last_day == "2021-07-31"


def test_line_ends_and_a_byte_order_mark_stay_so_that_offsets_stay_true(tmp_path: Path) -> None:
    file = tmp_path / "windows.txt"
    file.write_bytes("\ufeff温州\r\n湖州\r\n".encode())
    assert read_report(file).text == "\ufeff温州\r\n湖州\r\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the report is empty"),
        (b" \n\t\n", "the report is empty"),
        (b"PK\x03\x04\x00\x00binary", "binary file"),
        ("温州市新增企业".encode("gb18030"), "not UTF-8"),
    ],
)
def test_an_unusable_text_is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(content)
    with pytest.raises(ReportError, match=said) as caught:
        read_report(file)
    assert "\n" not in str(caught.value)
    assert " - " in str(caught.value)


def test_a_missing_file_and_a_folder_without_a_report_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no such file"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(ReportError, match="is a folder"):
        read_report(tmp_path)


def test_a_100_megabyte_file_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as handle:
        handle.truncate(100_000_000)  # sparse
    with pytest.raises(ReportError, match=f"100 MB is too large .*limit {LARGEST // 1_000_000} MB"):
        read_report(file)


def _folder(tmp_path: Path, metadata: str) -> Path:
    folder = tmp_path / "r1"
    folder.mkdir()
    (folder / "report.txt").write_text("正文。", encoding="utf-8")
    (folder / "report.toml").write_text(metadata, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ('title = "a"\ntitel = "b"', "unknown key “titel” - use one of area, credit, issued"),
        ('title = "a"\n[issued]\ndate = "2020-13"', "“2020-13” is no issue date"),
        ('title = "a"\n[issued]\ndate = "2021-02-29"', "“2021-02-29” is no issue date"),
        ('title = "a"\n[issued]\ndate = 2020', "“date” is missing or no text"),
        ('title = "a"\n[[section]]\nheading = "温州"', "“place” is missing"),
        ('title = "a"\nsection = "温州"', "“section” must be a list of tables"),
        ("title = ", "is no TOML"),
        ('language = "zh-Hans"', "“title” is missing"),
    ],
)
def test_unusable_metadata_is_refused_in_one_sentence(tmp_path: Path, metadata: str, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        read_report(_folder(tmp_path, metadata))


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_every_day_of_the_calendar_is_an_issue_date(day: object) -> None:
    assert parse_issued(str(day), "x").last_day == str(day)


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_the_last_day_of_a_month_is_followed_by_another_month(year: int, month: int) -> None:
    last = datetime.date.fromisoformat(last_day_of_month(year, month))
    assert (last + datetime.timedelta(days=1)).day == 1
