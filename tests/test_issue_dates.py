"""The day of issue that a text prints, for a report that comes without one."""

from pathlib import Path

import pytest

from kg.extract import find_facts
from kg.extract.issue_dates import GATHERED, UNDER_WAY, told_issue
from kg.report import from_bytes, read_report

STORY = "今年以来，全市新增高新技术企业12家。\n\n下一步继续推进。"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"开发区科技工作简报\n2011年第9期（总第47期）    管委会科技局编    2011年9月26日\n{STORY}", "2011-09-26"),
        (f"政府工作报告\n——2018年1月23日在市第八届人民代表大会第三次会议上\n{STORY}", "2018-01-23"),
        (f"揭牌记\n发布时间：2021-03-05  来源：市科技局\n{STORY}", "2021-03-05"),
        (f"灯火\n{STORY}\n（原载2022年4月12日）", "2022-04-12"),
        (f"工作总结\n{STORY}\n2016年12月26日", "2016-12-26"),
        (f"人才与平台动态（2024年第11期）\n{STORY}", "2024"),
    ],
)
def test_the_imprint_or_the_last_line_tells_when_a_text_was_issued(text: str, date: str) -> None:
    found = told_issue(text)
    assert found is not None
    assert found.date == date
    assert found.basis


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"综述\n2018年1月23日，某研究院正式揭牌，市领导出席仪式。\n{STORY}",
        f"{STORY}\n研究院成立于2016年12月26日，由市政府与某大学共建，现有人员40名，孵化企业12家，服务企业300家以上，获评省级平台。",
        f"申报期限：2021年3月1日至2021年4月30日\n{STORY}",
        f"{STORY}\n2021年2月30日",
    ],
)
def test_a_day_on_which_something_took_place_is_no_day_of_issue(text: str) -> None:
    assert told_issue(text) is None


def test_this_year_is_the_year_of_the_printed_day() -> None:
    report = from_bytes(f"庆阳市科技局工作简报\n{STORY}\n2019年12月20日".encode(), "简报")
    (said,) = find_facts(report).observations
    assert (said.period.start, said.period.end, said.area) == ("2019-01-01", "2019-12-20", "庆阳市")


def test_a_given_day_of_issue_wins_over_the_printed_one(tmp_path: Path) -> None:
    path = tmp_path / "简报.txt"
    path.write_text(f"庆阳市科技局工作简报\n{STORY}\n2019年12月20日", encoding="utf-8")
    (said,) = find_facts(read_report(path, issued="2018")).observations
    assert said.period.start == "2018-01-01"


def test_a_summing_up_without_a_day_takes_this_year_from_its_title() -> None:
    report = from_bytes("庆阳市科技局2016年工作总结\n一是抓企业。今年1-11月，全市新增高新技术企业12家。".encode(), "总结")
    (said,) = find_facts(report).observations
    assert (said.period.start, said.period.end) == ("2016-01-01", "2016-11-30")


def test_a_gathering_of_these_days_tells_the_year() -> None:
    issued = told_issue("研究院一周年\n本报10月26日讯 24日上午，当天召开的理事会2018年年会上，实验室揭牌。今年引进人才5人。")
    assert issued is not None
    assert (issued.date, issued.basis) == ("2018", GATHERED)
    assert told_issue("研究院一周年\n2018年年会的决定已经落实。今年引进人才5人。") is None


def test_this_year_is_the_one_after_the_last_that_is_over_where_it_is_not_over_itself() -> None:
    over, part = "数据显示，2018年，全市高新技术产业增加值增长10.4%。", "今年1-5月，全市引进人才5人。"
    issued = told_issue(f"沁川科技工作\n{over}{part}")
    assert issued is not None
    assert (issued.date, issued.basis) == ("2019", UNDER_WAY)
    for text in (
        over,  # no 今年 at all
        f"{over}今年引进人才5人。",  # 2018 or 2019: a summary at the end of a year says 今年 of that year
        f"{over.replace('增长', '力争增长')}{part}",  # what is aimed at is not over
        f"{over}2021年，实验室挂牌。{part}",  # a later year is named
    ):
        assert told_issue(f"沁川科技工作\n{text}") is None
