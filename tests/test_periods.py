"""Words of time become days; what is only compared with is told apart."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.periods import find_periods
from kg.report import Issued
from kg.rules import rules

RULES = rules("periods", "means").rules
EXAMPLES = [(rule.id, text, fires) for rule in RULES for fires, texts in ((True, rule.fires), (False, rule.rests)) for text in texts]
MAY = Issued("2020-06")


def days(text: str, issued: Issued | None = MAY) -> list[tuple[str | None, str | None]]:
    return [(p.first, p.last) for p in find_periods(text, issued)]


def test_the_rules_and_their_examples_are_all_here() -> None:
    assert len(RULES) == 16
    assert len(EXAMPLES) >= 40


@pytest.mark.parametrize(("rule", "text", "fires"), EXAMPLES)
def test_each_rule_fires_and_rests_as_its_examples_say(rule: str, text: str, fires: bool) -> None:
    assert any(p.rule == rule for p in find_periods(text, MAY)) is fires


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019年，", "2019-01-01", "2019-12-31"),
        ("2020年度", "2020-01-01", "2020-12-31"),
        ("今年1-5月", "2020-01-01", "2020-05-31"),
        ("2020年1月至9月", "2020-01-01", "2020-09-30"),
        ("今年4月", "2020-04-01", "2020-04-30"),
        ("2020年2月", "2020-02-01", "2020-02-29"),
        ("6月18日", "2020-06-18", "2020-06-18"),
        ("上半年", "2020-01-01", "2020-06-30"),
        ("去年下半年", "2019-07-01", "2019-12-31"),
        ("一季度", "2020-01-01", "2020-03-31"),
        ("2018年前三季度", "2018-01-01", "2018-09-30"),
        ("前5个月", "2020-01-01", "2020-05-31"),
        ("“十三五”期间", "2016-01-01", "2020-12-31"),
        ("十四五时期", "2021-01-01", "2025-12-31"),
        ("2016-2020年", "2016-01-01", "2020-12-31"),
        ("2021年至2023年", "2021-01-01", "2023-12-31"),
        ("截至2019年底", "2019-12-31", "2019-12-31"),
        ("截至5月底", "2020-05-31", "2020-05-31"),
        ("今年以来", "2020-01-01", "2020-06-30"),
        ("去年", "2019-01-01", "2019-12-31"),
        ("近三年", "2018-01-01", "2020-12-31"),
        ("目前", None, None),
        ("迄今", None, None),
    ],
)
def test_a_word_of_time_becomes_days(text: str, first: str | None, last: str | None) -> None:
    assert days(text) == [(first, last)]


def test_relative_periods_of_an_undated_report_stay_open() -> None:
    assert days("今年1-5月", None) == [(None, None)]
    assert days("去年", None) == [(None, None)]
    assert days("2019年", None) == [("2019-01-01", "2019-12-31")]


def test_a_month_without_a_year_lies_in_the_year_named_before_it() -> None:
    assert days("2018年，签约10家。9月，开园。") == [("2018-01-01", "2018-12-31"), ("2018-09-01", "2018-09-30")]
    assert days("2018年，签约10家。\n5月，开园。") == [("2018-01-01", "2018-12-31"), ("2020-05-01", "2020-05-31")]


def test_a_month_after_the_issue_date_lies_in_the_year_before() -> None:
    assert days("9月，开园。") == [("2019-09-01", "2019-09-30")]
    assert days("9月，开园。", Issued("2020")) == [("2020-09-01", "2020-09-30")]


def test_the_whole_year_is_the_one_named_last() -> None:
    assert days("2019年，增长10%。\n目前，签约。全年争取资金") == [("2019-01-01", "2019-12-31"), (None, None), ("2019-01-01", "2019-12-31")]


def test_the_year_of_the_title_holds_for_its_months() -> None:
    (period,) = find_periods("3月，启用新楼。", Issued("2022-01"), review=2021)
    assert (period.first, period.last) == ("2021-03-01", "2021-03-31")


@pytest.mark.parametrize("text", ["比上年增长8%", "较2019年提高", "高于去年同期", "与2018年相比", "是2010年的2.1倍"])
def test_what_something_is_compared_with_is_no_period_of_it(text: str) -> None:
    assert [p.role for p in find_periods(text, MAY)] == ["base"]


@pytest.mark.parametrize("text", ["近年来", "三年行动计划", "《2020年工作方案》", "季度评价机制", "全年龄段", "1.5月", "提前5个月完成"])
def test_other_words_are_no_period(text: str) -> None:
    assert days(text) == []


@given(st.integers(1990, 2040), st.integers(1, 12), st.integers(1, 12))
def test_months_of_any_year_begin_before_they_end(year: int, one: int, two: int) -> None:
    low, high = sorted((one, two))
    ((first, last),) = days(f"{year}年{low}-{high}月")
    assert first == f"{year}-{low:02d}-01"
    assert last is not None
    assert first < last


@given(st.text("0123456789年月日今去上下半前全至-到截底末“”十三五期间来近季度", max_size=60))
def test_no_text_breaks_the_reading_of_periods(text: str) -> None:
    found = find_periods(text, MAY)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(p.first is None or p.last is None or p.first <= p.last for p in found if p.rule != "periods.years")


@pytest.mark.parametrize("noise", ["2019年" * 5000, "1-" * 10_000, "今年" * 10_000, "十" * 20_000, "上半" * 10_000])
def test_hostile_dates_are_read_in_linear_time(noise: str) -> None:
    began = time.process_time()
    find_periods(noise, MAY)
    assert time.process_time() - began < 1.5
