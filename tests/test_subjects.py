"""Whom a number is about: the named thing that heads its clause or sentence, and the place only where nothing else is named."""

import time

import pytest

from kg.extract import read_passages
from kg.extract.observations import find_observations
from kg.facts import Observation
from kg.mentions.names import find_mentions
from kg.report import from_bytes, read_report
from kg.resources import resource
from kg.rules import rules


def observe(text: str) -> list[Observation]:
    report = from_bytes(text.encode(), "sample", issued="2021-03", area="宁波市")
    passages = read_passages(report)
    return list(find_observations(passages, find_mentions(passages, report), report))


def subjects(text: str) -> list[tuple[str, float]]:
    return [(o.subject, float(o.value)) for o in observe(text)]


HEADED = [
    ("宁波工业互联网研究院正式揭牌，引进博士41名，申请发明专利33件。", [("宁波工业互联网研究院", 41), ("宁波工业互联网研究院", 33)]),
    ("甬江科技创新园一期签约入驻企业29家，入驻率超75%。", [("甬江科技创新园一期", 29), ("甬江科技创新园一期", 75)]),
    ("宁波市与中南大学签署协议，将共建轨道交通技术研究院，首期投入8000万元。", [("轨道交通技术研究院", 80_000_000)]),
    ("首期2亿元甬江青年科学家创业基金已落地。", [("甬江青年科学家创业基金", 200_000_000)]),
    ("宁波设立规模10亿元的科技成果转化基金，投资项目14个。", [("科技成果转化基金", 1_000_000_000), ("科技成果转化基金", 14)]),
    (
        "宁波市5家省级以上高新园区全年实现规上工业增加值326亿元，同比增长10.3%。",
        [("宁波市省级以上高新园区", 326e8), ("宁波市省级以上高新园区", 10.3)],
    ),
    ("宁波“双高”培育企业主营业务收入增幅达24.2%，高于规上工业企业19.1个百分点。", [("“双高”培育企业", 24.2), ("“双高”培育企业", 19.1)]),
    ("宁波市科技局对首次认定的高新技术企业给予30万元奖励。", [("首次认定的高新技术企业", 300_000)]),
    ("甬江实验室研究院揭牌。该研究院引进博士47名。", [("甬江实验室研究院", 47)]),
    ("甬江激光产业创新中心落户宁波。中心2020年10月正式揭牌，已孵化企业5家。", [("甬江激光产业创新中心", 5)]),
    ("新招引亿元以上制造业项目25个，总投资120.5亿元。", [("宁波市", 25), ("新招引亿元以上制造业项目", 120.5e8)]),
]


@pytest.mark.parametrize(("text", "expected"), HEADED)
def test_a_number_belongs_to_the_thing_that_heads_its_clause(text: str, expected: list[tuple[str, float]]) -> None:
    found = subjects(text)
    assert [pair for pair in expected if pair not in found] == []


def test_all_headed_sentences_are_here() -> None:
    assert len(HEADED) == 11


@pytest.mark.parametrize(
    "text",
    [
        "宁波工业互联网研究院揭牌，宁波市新增高新技术企业179家。",
        "宁波工业互联网研究院揭牌，全市新增高新技术企业179家。",
        "宁波工业互联网研究院揭牌。新增高新技术企业179家。",
        "据宁波市科技局介绍，新增高新技术企业179家。",
        "宁波工业互联网研究院院长李明介绍，全市新增高新技术企业179家。",
        "宁波江丰电子材料股份有限公司入选国家名单，高新技术企业达179家。",
        "企业投入不断加大，新增高新技术企业179家。",
        "宁波工业互联网研究院、甬江实验室等平台提质建设，新增高新技术企业179家。",
    ],
)
def test_the_place_is_the_subject_where_nothing_else_rules(text: str) -> None:
    assert ("宁波市", 179) in subjects(text)


def test_a_report_about_one_house_means_it_where_no_place_is_named() -> None:
    text = "岭海先进材料研究院2021年大事记\n岭海先进材料研究院由宁波市人民政府共建。\n全年发表论文214篇。\n全市新增企业5家。\n"
    assert subjects(text)[-2:] == [("岭海先进材料研究院", 214), ("宁波市", 5)]


def test_things_counted_in_turn_each_have_their_number() -> None:
    assert subjects("甬江光电产业园、宁波数字港产业园分别引进项目31个、18个。") == [("甬江光电产业园", 31), ("宁波数字港产业园", 18)]


def test_an_amount_takes_its_object_from_the_clause_before() -> None:
    issued, used = observe("发放1.5亿元创新券，确认使用5800万元。")
    assert (issued.indicator, used.indicator) == ("创新券发放额", "创新券确认使用额")


def test_a_report_is_the_source_rather_than_who_published_it() -> None:
    assert {o.source for o in observe("据科技部最新发布的国家创新型城市分类评价报告，宁波市新增企业5家。")} == {
        "国家创新型城市分类评价报告"
    }
    assert {o.source for o in observe("据宁波市科技局统计，宁波市新增企业5家。")} == {"宁波市科技局"}


def test_a_closing_headline_repeats_the_statement_it_sums_up() -> None:
    body = "2020年，宁波市高新技术产业投资增长40.1%，增速居全省第一。\n"
    growth, headline = observe(body + "高新技术产业投资增速全省第一\n")
    assert (headline.subject, headline.area, headline.rank, headline.period) == (growth.subject, growth.area, 1, growth.period)


def test_a_closing_headline_that_repeats_nothing_is_left_out() -> None:
    assert len(observe("2020年，宁波市高新技术产业投资增长40.1%。\n创新指数全省第一\n")) == 1


@pytest.mark.parametrize(
    "piece", ["甬江研究院新增5家，", "新增5家；", "（5家", "力争增长5%，", "增速全省第一\n", "规模10亿元的基金，", "据"]
)
def test_hostile_repetition_costs_time_in_line_with_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        passages = read_passages(from_bytes(text.encode(), "sample", issued="2021-03", area="宁波市"))
        start = time.process_time()
        find_observations(passages, (), from_bytes(text.encode(), "sample", issued="2021-03", area="宁波市"))
        return time.process_time() - start

    assert seconds(8000) < 8 * seconds(2000) + 0.5


def test_a_rule_that_searches_around_its_words_finds_what_a_full_search_finds() -> None:
    files = [rules(name, "means") for name in ("periods", "quantities", "ranks")]
    text = read_report(resource("graph") / "reports" / "wenzhou-huzhou-2020").text
    text += "，".join(example for file in files for rule in file.rules for example in (*rule.fires, *rule.rests)) + "科技" * 60
    narrow = [rule for file in files for rule in file.rules if rule.around is not None]
    assert len(narrow) == 19
    for rule in narrow:
        assert [m.span() for m in rule.finditer(text)] == [m.span() for m in rule.pattern.finditer(text)], rule.id
