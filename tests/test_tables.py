"""Statistics tables: which figures are read, and what their heads say of them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import find_facts
from kg.extract.table_heads import known_unit, read_head, table_rules
from kg.extract.table_layout import figure_of
from kg.facts import Observation
from kg.report import Report, from_bytes
from kg.rules import FOLDER
from tests.documents import docx

RULES = [rule for rule in table_rules().rules if rule.id != "tables.cell"]
EXAMPLES = [(rule.id, text, fires) for rule in RULES for fires, texts in ((True, rule.fires), (False, rule.rests)) for text in texts]


def report(text: str, *, issued: str = "2021-06", area: str | None = "云川市") -> Report:
    return from_bytes(text.encode(), "r.txt", issued=issued, area=area)


def read(text: str, *, area: str | None = "云川市") -> list[Observation]:
    return list(find_facts(report(text, area=area)).observations)


def said(found: list[Observation]) -> list[tuple[str, str, str, str]]:
    """What is said of each figure: subject, indicator, measure, value with unit."""
    return [(o.subject, o.indicator, o.measure, f"{o.value.normalize():f}{o.unit}") for o in found]


MAIN = """表1 2020年云川市主要科技指标
（单位：亿元）

| 指标 | 2019年 | 2020年 | 比上年增长（%） | 全省排名 |
|---|---|---|---|---|
| 高新技术产业增加值 | 1,104.5 | 1,212.3 | 9.8 | 3 |
| 其中：规上工业 | 804.5 | 812.3 | -1.2 | 12 |
| 研发经费支出 | 50.1 | — | 10.4 | 5 |
| 高新技术企业数（家） | 300 | 352 | 17.3 | |
"""


def test_rows_of_indicators_and_columns_of_years_rates_and_ranks() -> None:
    found = read(MAIN)
    assert said(found) == [
        ("云川市", "高新技术产业增加值", "value", "110450000000元"),
        ("云川市", "高新技术产业增加值", "value", "121230000000元"),
        ("云川市", "高新技术产业增加值", "yoy_growth", "9.8%"),
        ("云川市", "高新技术产业增加值", "rank", "3位"),
        ("云川市", "高新技术产业增加值（规模以上工业）", "value", "80450000000元"),
        ("云川市", "高新技术产业增加值（规模以上工业）", "value", "81230000000元"),
        ("云川市", "高新技术产业增加值（规模以上工业）", "yoy_growth", "-1.2%"),
        ("云川市", "高新技术产业增加值（规模以上工业）", "rank", "12位"),
        ("云川市", "研发经费支出", "value", "5010000000元"),
        ("云川市", "研发经费支出", "yoy_growth", "10.4%"),
        ("云川市", "研发经费支出", "rank", "5位"),
        ("云川市", "高新技术企业数", "value", "300家"),
        ("云川市", "高新技术企业数", "value", "352家"),
        ("云川市", "高新技术企业数", "yoy_growth", "17.3%"),
    ]
    assert {o.rank_scope for o in found if o.rank} == {"全省"}


def test_the_quote_of_a_figure_is_its_cell_and_its_sentence_the_row() -> None:
    source = report(MAIN)
    observations = find_facts(source).observations
    assert len(observations) >= 4
    for observation in observations:
        cell = source.text[observation.span.start : observation.span.end]
        assert cell == observation.printed
        row = source.text[source.text.rindex("\n", 0, observation.span.start) + 1 :].split("\n")[0]
        assert cell in [part.strip() for part in row.split("|")]


def test_a_rate_has_the_period_of_the_column_to_its_left_even_where_that_cell_is_empty() -> None:
    rate = next(o for o in read(MAIN) if o.printed == "10.4")
    assert (rate.period.start, rate.period.end) == ("2020-01-01", "2020-12-31")


def test_rows_of_places_take_indicator_and_period_from_the_title_where_the_columns_do_not_say() -> None:
    found = read("""表2 2021年1-5月各县（市、区）高新技术产业投资

| 地区 | 完成数（万元） | 增速 |
| 德清县 | 3200.5 | -2.0 |
| 全市合计 | 4400.5 | 1.2 |
""")
    assert said(found) == [
        ("德清县", "高新技术产业投资", "value", "32005000元"),
        ("德清县", "高新技术产业投资", "yoy_growth", "-2%"),
        ("云川市", "高新技术产业投资", "value", "44005000元"),
        ("云川市", "高新技术产业投资", "yoy_growth", "1.2%"),
    ]
    assert {(o.area, o.period.start, o.period.end, o.period.basis) for o in found} == {
        ("德清县", "2021-01-01", "2021-05-31", "inherited"),
        ("云川市", "2021-01-01", "2021-05-31", "inherited"),
    }


def test_rows_of_firms_are_subjects_and_numbering_is_no_figure() -> None:
    found = read("""企业情况表

| 序号 | 企业名称 | 新增发明专利（件） | 营业收入(亿元) |
| 1 | 云川光电有限公司 | 12 | 3.4 |
| 2 | 云川生物科技有限公司 | 7 | 0.85 |
""")
    assert said(found) == [
        ("云川光电有限公司", "新增发明专利", "increase", "12件"),
        ("云川光电有限公司", "营业收入", "value", "340000000元"),
        ("云川生物科技有限公司", "新增发明专利", "increase", "7件"),
        ("云川生物科技有限公司", "营业收入", "value", "85000000元"),
    ]


def test_rows_of_years_are_periods() -> None:
    found = read("| 年份 | 企业数（家） | 引进人才（人） |\n| 2018 | 12 | 33 |\n| 2019 | 15 | 41 |\n")
    assert [(o.indicator, o.value, o.period.start) for o in found] == [
        ("企业数", 12, "2018-01-01"),
        ("引进人才", 33, "2018-01-01"),
        ("企业数", 15, "2019-01-01"),
        ("引进人才", 41, "2019-01-01"),
    ]


def test_columns_of_places_and_a_column_of_units() -> None:
    found = read(
        "2020年主要指标\n\n| 指标 | 单位 | 德清县 | 天台县 |\n| 技术合同成交额 | 亿元 | 5.1 | 2.25 |\n| 发明专利授权量 | 件 | 30 | 12 |\n"
    )
    assert said(found) == [
        ("德清县", "技术合同成交额", "value", "510000000元"),
        ("天台县", "技术合同成交额", "value", "225000000元"),
        ("德清县", "发明专利授权量", "value", "30件"),
        ("天台县", "发明专利授权量", "value", "12件"),
    ]


def test_heads_in_two_rows_join_year_and_months() -> None:
    found = read(
        "| 指标 | 2020年 | 2020年 |\n| 指标 | 1-5月 | 同比增长 |\n| 技术合同成交额（亿元） | 5.1 | 10.2% |\n| 专利授权量（件） | 30 | 2 |\n"
    )
    assert said(found)[:2] == [("云川市", "技术合同成交额", "value", "510000000元"), ("云川市", "技术合同成交额", "yoy_growth", "10.2%")]
    assert {(o.period.start, o.period.end) for o in found} == {("2020-01-01", "2020-05-31")}


def test_a_title_inside_the_table_a_row_of_units_and_groups_of_rows() -> None:
    found = read("""| 2020年各县科技指标 | 2020年各县科技指标 | 2020年各县科技指标 |
| 地区 | 技术合同成交额 | 高新技术企业数 |
| 地区 | 亿元 | 家 |
| 山区 | 山区 | 山区 |
| 天台县 | 2.25 | 12 |
| 平原 | 平原 | 平原 |
| 德清县 | 5.1 | 30 |
""")
    assert said(found) == [
        ("天台县", "技术合同成交额", "value", "225000000元"),
        ("天台县", "高新技术企业数", "value", "12家"),
        ("德清县", "技术合同成交额", "value", "510000000元"),
        ("德清县", "高新技术企业数", "value", "30家"),
    ]
    assert {(o.period.start, o.period.basis) for o in found} == {("2020-01-01", "inherited")}


def test_groups_of_rows_do_not_hide_the_column_of_units() -> None:
    found = read("| 指标 | 单位 | 2020年 |\n| 一、投入 | 一、投入 | 一、投入 |\n| 研发经费支出 | 亿元 | 5 |\n| 研发人员 | 人年 | 7 |\n")
    assert said(found)[0] == ("云川市", "研发经费支出", "value", "500000000元")


def test_a_target_is_planned_and_not_achieved() -> None:
    (target, done) = read("2021年任务\n\n| 指标 | 年度目标 | 完成数 |\n| 高新技术企业数（家） | 60 | 35 |\n| 备注 | | |\n")
    assert (target.status, target.modality) == ("planned", "target")
    assert (done.status, done.modality) == ("achieved", "actual")
    assert target.indicator == done.indicator == "高新技术企业数"


@pytest.mark.parametrize(
    "text",
    [
        "| 联系人 | 电话 |\n| 李某 | 王某 |\n",
        "| 3 | 4 |\n| 5 | 6 |\n",
        "| 指标 | 数值 |\n| — | — |\n",
        "| 12 | 企业 |\n",
    ],
)
def test_a_table_without_heads_or_figures_yields_no_observation(text: str) -> None:
    assert read(text) == []


def test_without_a_place_or_a_named_thing_nothing_is_guessed() -> None:
    assert read("| 指标 | 2020年 |\n| 企业数（家） | 5 |\n", area=None) == []


def test_prose_around_a_table_is_read_as_before_and_rows_make_no_sentences() -> None:
    prose = "2020年，云川市新增高新技术企业35家。\n"
    alone, both = find_facts(report(prose)), find_facts(report(f"{prose}\n{MAIN}"))
    assert alone.observations == both.observations[: len(alone.observations)]
    text = report(f"{prose}\n{MAIN}").text
    for fact in (*both.relations, *both.events, *both.memberships):
        assert "|" not in text[fact.span.start : fact.span.end]


def test_a_table_of_a_word_document_is_read_and_each_figure_leads_to_its_cell() -> None:
    def build(document: object) -> None:
        table = document.add_table(rows=2, cols=3)  # type: ignore[attr-defined]
        for y, row in enumerate([["指标", "2019年", "增速"], ["高新技术企业数（家）", "35", "12.5"]]):
            for x, words in enumerate(row):
                table.cell(y, x).text = words

    source = from_bytes(docx(build), "r.docx", issued="2020", area="云川市")
    found = find_facts(source).observations
    assert said(list(found)) == [("云川市", "高新技术企业数", "value", "35家"), ("云川市", "高新技术企业数", "yoy_growth", "12.5%")]
    places = [source.position_of(o.span) for o in found]
    assert [place.element for place in places if place] == [f"/w:document/w:body/w:tbl/w:tr[2]/w:tc[{n}]" for n in (2, 3)]


@pytest.mark.parametrize(
    ("words", "name", "period", "unit", "measure"),
    [
        ("2019年增加值（亿元）", "增加值", "2019年", "亿元", None),
        ("1-5月增速（%）", "", "1-5月", "%", "yoy_growth"),
        ("同比±%", "", "", "%", "yoy_growth"),
        ("每万人拥有量（件/万人）", "每万人拥有量", "", "件/万人", None),
        ("园区（含分园）", "园区（含分园）", "", None, None),
        ("2020", "", "2020年", None, None),
        ("一、研发经费支出", "研发经费支出", "", None, None),
        ("占全市比重", "", "", None, "share"),
        ("比上年提高（个百分点）", "", "", "个百分点", "difference"),
    ],
)
def test_a_head_says_what_its_figures_are(words: str, name: str, period: str, unit: str | None, measure: str | None) -> None:
    head = read_head(words)
    assert (head.name, head.period, head.unit, head.measure) == (name, period, unit, measure)


@pytest.mark.parametrize(("rule", "text", "fires"), EXAMPLES, ids=[f"{r}-{t}" for r, t, _ in EXAMPLES])
def test_each_rule_fires_and_rests_as_its_examples_say(rule: str, text: str, fires: bool) -> None:
    assert (read_head(text).rule == rule) is fires


def test_every_rule_of_the_file_is_among_the_examples() -> None:
    printed = (FOLDER / "tables.toml").read_text(encoding="utf-8").count("[[rule]]")
    assert len(RULES) + 1 == printed == 6
    (cell,) = (rule for rule in table_rules().rules if rule.id == "tables.cell")
    assert all(figure_of(text) for text in cell.fires)
    assert not any(figure_of(text) for text in cell.rests)
    assert known_unit("家")


@settings(max_examples=100)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(["", "家", "亿元", "%"]))
def test_a_printed_figure_reads_back(value: Decimal, unit: str) -> None:
    found = figure_of(f"{value:,.2f}{unit}")
    assert found is not None
    assert (found.value, found.unit or "") == (value, unit)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["指标", "2019年", "增速", "3", "-", "", "1.5亿元", "德清县", "其中：企业数", "2020", "单位", "家", "合计"]),
            min_size=1,
            max_size=5,
        ),
        max_size=6,
    )
)
def test_no_table_breaks_the_reader_and_every_quote_is_its_figure(rows: list[list[str]]) -> None:
    source = report("云川市简报。\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows))
    for observation in find_facts(source).observations:
        assert source.text[observation.span.start : observation.span.end] == observation.printed != ""
