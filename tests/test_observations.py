"""Numbers become observations: what is measured, how, of whom, when, and how sure."""

import json
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import read_passages
from kg.extract.measures import direction, say
from kg.extract.modality import judge
from kg.extract.observations import find_observations
from kg.facts import Observation, record
from kg.mentions.names import find_mentions
from kg.mentions.quantities import find_quantities
from kg.report import Report, from_bytes
from kg.rules import Rule, rules

MEASURES = rules("measures", "kinds", "measure", "sign", "keep").rules
MODALITY = rules("modality", "modality", "status").rules
READINGS = rules("observations").rules
SAMPLE = {
    "percent": "5%",
    "points": "2个百分点",
    "count": "5家",
    "money": "5亿元",
    "amount": "5吨",
    "area": "5亩",
    "times": "5倍",
    "place": "3位",
}
SAMPLE |= {"time": "5天", "kinds": "5大领域"}


def observe(text: str, issued: str | None = "2021-03", area: str | None = "宁波市") -> list[Observation]:
    report = from_bytes(text.encode(), "sample", issued=issued, area=area)
    return list(find_observations(read_passages(report), (), report))


def one(text: str, **known: str) -> Observation:
    (observation,) = observe(text, **known)
    return observation


def brief(text: str) -> list[tuple[str, str, float, str]]:
    return [(o.indicator, o.measure, float(o.value), o.unit) for o in observe(text)]


def examples(known: tuple[Rule, ...]) -> list[tuple[Rule, str, bool]]:
    return [(rule, text, fires) for rule in known for fires, texts in ((True, rule.fires), (False, rule.rests)) for text in texts]


def test_the_size_of_a_group_is_a_count_and_the_place_in_it_a_rank_of_its_own() -> None:
    size, place, moved = observe("宁波市在全国72个城市中综合排名12，较去年进步了4位。")
    assert (size.indicator, size.value, size.unit, size.rank) == ("城市数", 72, "个", None)
    assert (place.rank, place.rank_scope, place.measure) == (12, "72个城市", "rank")
    assert (moved.measure, moved.value, moved.unit) == ("difference", 4, "位")  # and not four persons


def test_the_rules_and_their_examples_are_all_here() -> None:
    assert (len(MEASURES), len(MODALITY), len(READINGS)) == (23, 9, 2)
    assert len(examples(MEASURES)) >= 60


@pytest.mark.parametrize(("rule", "text", "fires"), examples(MEASURES), ids=lambda value: getattr(value, "id", None))
def test_each_measure_rule_fires_and_rests_as_its_examples_say(rule: Rule, text: str, fires: bool) -> None:
    if rule.options["kinds"] == ["clause"]:
        told = direction(text)
        assert (told is not None and told.rule == rule.id) is fires
        return
    found = {say(text, find_quantities(SAMPLE[kind])[0]).rule for kind in rule.options["kinds"]}
    assert (rule.id in found) is fires


@pytest.mark.parametrize(("rule", "text", "fires"), examples(MODALITY), ids=lambda value: getattr(value, "id", None))
def test_each_rule_of_modality_fires_and_rests_as_its_examples_say(rule: Rule, text: str, fires: bool) -> None:
    assert (judge(text, planned=False)[2] == rule.id) is fires


@pytest.mark.parametrize(("rule", "text", "fires"), examples(READINGS), ids=lambda value: getattr(value, "id", None))
def test_each_reading_fires_and_rests_as_its_examples_say(rule: Rule, text: str, fires: bool) -> None:
    assert any(o.rule == rule.id for o in observe(text)) is fires


@pytest.mark.parametrize(
    ("text", "indicator", "measure", "value", "unit"),
    [
        ("新增高新技术企业179家。", "新增高新技术企业数", "increase", 179, "家"),
        ("全年引进高层次人才1200名。", "引进高层次人才数", "increase", 1200, "人"),
        ("入选国家“万人计划”3人。", "入选国家“万人计划”人数", "increase", 3, "人"),
        ("全市高新技术企业总数2136家。", "高新技术企业总数", "cumulative", 2136, "家"),
        ("现有科研人员286人。", "科研人员数", "cumulative", 286, "人"),
        ("建有国家级孵化器2个。", "国家级孵化器数", "cumulative", 2, "个"),
        ("规上工业增加值增长11.6%。", "规模以上工业增加值", "yoy_growth", 11.6, "%"),
        ("单位生产总值能耗下降3.9%。", "单位生产总值能耗", "yoy_growth", -3.9, "%"),
        ("利税增幅达33.8%。", "利税", "yoy_growth", 33.8, "%"),
        ("技术合同成交额同比翻一番。", "技术合同成交额", "yoy_growth", 100, "%"),
        ("高新技术产业增加值占规上工业增加值的比重达65.4%。", "高新技术产业增加值占规模以上工业增加值的比重", "share", 65.4, "%"),
        ("研发投入强度提高到3.2%。", "研发投入强度", "share", 3.2, "%"),
        ("科技进步贡献率比上年提高2.1个百分点。", "科技进步贡献率", "difference", 2.1, "百分点"),
        ("全社会研发投入占比低于全国0.3个百分点。", "研发投入占比", "difference", -0.3, "百分点"),
        ("引进38名省海外工程师。", "引进省海外工程师人数", "increase", 38, "人"),
        ("发放1.0036亿元创新券。", "创新券发放额", "value", 100360000, "元"),
        ("对首次认定的高新技术企业给予30万元奖励。", "首次认定的高新技术企业奖励额", "value", 300000, "元"),
        ("建成粮食生产功能区7.3万亩。", "粮食生产功能区面积", "value", 73000, "亩"),
        ("完成投资45亿元。", "投资额", "value", 4500000000, "元"),
        ("全年服务企业3.2万家次。", "服务企业", "value", 32000, "家次"),
        ("18个创新团队相继育成。", "育成创新团队数", "increase", 18, "个"),
        ("吉利产业园形成20万辆产能。", "产能数", "value", 200000, "辆"),
        ("租金比市场价低20%。", "租金", "difference", -20, "%"),
    ],
)
def test_a_clause_says_what_is_measured_and_how(text: str, indicator: str, measure: str, value: float, unit: str) -> None:
    assert brief(text) == [(indicator, measure, value, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三家企业成功上市，五家企业进入辅导期。", [("上市企业数", "value", 3), ("进入辅导期企业数", "value", 5)]),
        ("拥有十余家国家级平台。", [("国家级平台数", "cumulative", 10)]),
        ("审批时限由15个工作日压缩至3个工作日。", [("审批时限", "value", 15), ("审批时限", "value", 3)]),
        ("研发投入不低于销售收入的12%。", [("研发投入占销售收入比重", "share", 12)]),
        (
            "贡献了全市28%的工业增加值和35%的高新技术企业。",
            [("工业增加值占全市比重", "share", 28), ("高新技术企业占全市比重", "share", 35)],
        ),
        ("完成年度计划的81.3%。", [("年度计划", "share", 81.3)]),
        ("发放贷款17.6亿元。", [("贷款额", "value", 1760000000)]),
        ("科技贷款余额突破500亿元。", [("科技贷款余额", "value", 50000000000)]),
        ("设立总规模120亿元的天使投资引导基金。", [("天使投资引导基金总规模", "value", 12000000000)]),
        ("拿到500万元的创业扶持资金。", [("创业扶持资金", "value", 5000000)]),
        ("新增研发机构33家，总数达1630家。", [("新增研发机构数", "increase", 33), ("研发机构总数", "cumulative", 1630)]),
        ("高新技术企业、科技型中小企业达6588家、6403家。", [("高新技术企业数", "value", 6588), ("科技型中小企业数", "value", 6403)]),
        ("获省科技进步奖一等奖3项、二等奖9项。", [("获省科技进步奖一等奖数", "value", 3), ("获省科技进步奖二等奖数", "value", 9)]),
        (
            "申请专利356件（发明专利298件、国际专利12件）。",
            [("申请专利数", "value", 356), ("申请发明专利数", "value", 298), ("申请国际专利数", "value", 12)],
        ),
        ("拉动规上工业增长5.8个百分点。", [("拉动规模以上工业增长", "difference", 5.8)]),
        ("我市综合指数居全省第6位，比上年上升2个位次。", [("综合指数", "rank", 6), ("综合指数位次", "difference", 2)]),
        ("从业人员达1059.3万人。", [("从业人员数", "value", 10593000)]),
        ("先进制造业增加值增长12%。", [("先进制造业增加值", "yoy_growth", 12)]),
        ("1.全市专利申请量46330件。", [("专利申请量", "value", 46330)]),
        ("“今年我们申请专利42件，”负责人说。", [("申请专利数", "value", 42)]),
        ("连续五年保持30%以上的增速，出口增长8%。", [("出口", "yoy_growth", 8)]),
    ],
)
def test_phrases_of_the_genre(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert [(o.indicator, o.measure, float(o.value)) for o in observe(text)] == expected


def test_ups_and_downs_of_one_list_keep_their_signs() -> None:
    found = observe("利用外资5亿美元，进口80亿元，出口720亿元，分别下降8.2%、增长5.6%和12.1%。")
    assert [float(o.value) for o in found[3:]] == [-8.2, 5.6, 12.1]


def test_ranks_in_a_list_are_taken_in_order() -> None:
    amount, growth = observe("一般公共预算收入241.5亿元，增长6.4%，分居全省第4、第3位。")
    assert (amount.rank, growth.rank) == (4, 3)


def test_a_number_of_a_meeting_or_a_grade_is_no_figure() -> None:
    assert not observe("第十二届中国创新创业大赛总决赛在绍兴举行。")
    assert not observe("300万吨级码头开工。")


def test_the_whole_province_is_another_area_than_the_city() -> None:
    assert [o.area for o in observe("全省技术合同成交额316亿元，同比增长26%。我市成交额50亿元。")] == ["浙江省", "浙江省", "宁波市"]


def test_a_city_the_gazetteer_does_not_know_is_taken_from_the_text() -> None:
    assert one("云岭市科技局表示，云岭市新增企业5家。", area=None).area == "云岭市"


def test_growth_and_difference_go_on_from_the_number_before() -> None:
    text = "高新技术产业增加值252亿元，同比增长13.1%，高于省平均增幅5.2个百分点。"
    assert brief(text) == [
        ("高新技术产业增加值", "value", 25200000000, "元"),
        ("高新技术产业增加值", "yoy_growth", 13.1, "%"),
        ("高新技术产业增加值增速", "difference", 5.2, "百分点"),
    ]
    assert observe(text)[2].baseline == "省平均增幅"


def test_a_bracket_goes_on_from_the_number_before_it_and_the_list_goes_on_after_it() -> None:
    assert brief("新增省级综合体4家（创建类3家、培育类1家，累计9家）和省级孵化器3家（累计7家）。") == [
        ("新增省级综合体数", "increase", 4, "家"),
        ("新增创建类省级综合体数", "increase", 3, "家"),
        ("新增培育类省级综合体数", "increase", 1, "家"),
        ("省级综合体数", "cumulative", 9, "家"),
        ("新增省级孵化器数", "increase", 3, "家"),
        ("省级孵化器数", "cumulative", 7, "家"),
    ]


def test_half_width_brackets_and_commas_read_the_same() -> None:
    wide, narrow = "新增孵化器3家（累计1,207家），居全省第3位。", "新增孵化器3家(累计1,207家),居全省第3位。"
    assert brief(wide) == brief(narrow)
    assert observe(narrow)[0].rank == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国家级和省级孵化器分别达到12家和156家。", [("国家级孵化器数", 12), ("省级孵化器数", 156)]),
        ("城乡居民人均可支配收入分别增长8.9%和9.5%。", [("城镇居民人均可支配收入", 8.9), ("农村居民人均可支配收入", 9.5)]),
        (
            "发表论文214篇，申请发明专利167件，分别增长12%和28%。",
            [("发表论文数", 214), ("申请发明专利数", 167), ("发表论文数", 12), ("申请发明专利数", 28)],
        ),
    ],
)
def test_lists_with_respectively_are_taken_in_order(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(o.indicator, float(o.value)) for o in observe(text)] == expected


def test_a_list_of_districts_counts_the_same_thing_in_each() -> None:
    found = observe("全市有国家级企业120家，其中鄞州区、慈溪市分别为32家和27家。")
    assert [(o.subject, o.indicator, int(o.value)) for o in found[1:]] == [
        ("鄞州区", "国家级企业数", 32),
        ("慈溪市", "国家级企业数", 27),
    ]


def test_from_a_to_b_gives_both_with_their_years() -> None:
    found = observe("重点实验室由2016年的8家增加到2020年的23家。")
    assert [(int(o.value), o.period.end) for o in found] == [(8, "2016-12-31"), (23, "2020-12-31")]
    assert {o.indicator for o in found} == {"重点实验室数"}


def test_a_threshold_of_a_category_is_no_amount() -> None:
    found = one("引进10亿元以上项目5个。")
    assert (found.measure, found.value, found.unit) == ("increase", 5, "个")


def test_two_policies_of_ten_articles_each_are_two_numbers() -> None:
    assert [(o.indicator, int(o.value)) for o in observe("出台股改新政和上市新政双10条。")] == [("股改新政条数", 10), ("上市新政条数", 10)]


def test_a_count_above_last_year_without_an_amount_is_a_difference_above_zero() -> None:
    found = observe("认定企业1591家，新增数量高于去年同期。")
    assert (found[1].measure, found[1].comparison, found[1].value, found[1].unit) == ("difference", ">", 0, "家")


class TestRanks:
    def test_a_rank_belongs_to_the_growth_that_its_words_name(self) -> None:
        assert one("高新技术产业投资增长40.1%，增速居全省第一。").rank == 1

    def test_an_amount_keeps_the_rank_that_follows_its_growth(self) -> None:
        amount, growth = observe("专利申请量达8126件，同比增长21.7%，居全省第二位。")
        assert (amount.rank, growth.rank) == (2, None)

    def test_a_rank_in_a_bracket_after_a_record_belongs_to_the_amount(self) -> None:
        amount, growth = observe("争取财政资金2.29亿元，增长60.08%，创历史新高（全省第2位）。")
        assert (amount.rank, amount.superlative, growth.rank) == (2, "创历史新高", None)

    def test_both_share_a_rank(self) -> None:
        assert [o.rank for o in observe("发放1.2亿元创新券，确认使用5800万元，均居全省第4位。")] == [4, 4]

    def test_a_rank_without_a_number_is_an_observation(self) -> None:
        found = one("创新潜力居全国第26位。")
        assert (found.indicator, found.measure, found.value, found.unit, found.rank_scope) == ("创新潜力", "rank", 26, "位", "全国")

    def test_the_scope_of_the_province_is_named(self) -> None:
        assert one("新增认证企业数居全省第一。").rank_scope == "浙江省"

    def test_an_order_in_time_is_named_so(self) -> None:
        assert one("成为全省第3个与省科技厅会商的地市。").indicator == "与省科技厅会商的地市次序"

    def test_first_in_time_is_no_rank(self) -> None:
        assert observe("研究院成为全市首家国家引才引智示范基地。") == []


class TestPeriods:
    def test_a_year_that_opens_a_sentence_holds_for_the_paragraph(self) -> None:
        text = "近日，发布数据。\n2019年，投资增长10.4%；出口增长8%。专利授权1200件。"
        assert {o.period.start for o in observe(text)} == {"2019-01-01"}

    def test_a_month_inside_a_clause_holds_for_that_clause(self) -> None:
        found = observe("2个研究院于今年4月挂牌；孵化园开园，引进项目41个。")
        assert [o.period.start for o in found] == ["2021-04-01", None]

    def test_stocks_have_no_period_unless_the_text_prints_one(self) -> None:
        assert one("2019年工作顺利。累计培育企业938家。").period.end is None
        assert one("截至2020年底，累计培育企业938家。").period.end == "2020-12-31"

    def test_a_report_that_reviews_a_year_gives_it_to_all(self) -> None:
        found = observe("2018政府工作报告\n\n规上工业增加值增长11.6%。\n\n新增小微企业2.6万家。", issued="2018")
        assert {(o.period.start, o.period.basis) for o in found} == {("2017-01-01", "inherited")}

    def test_a_work_report_without_a_year_is_about_the_year_before_it_was_held(self) -> None:
        text = "政府工作报告\n\n（2023年1月10日在市人民代表大会上）\n\n各位代表：\n\n规上工业增加值增长11.6%。"
        assert one(text, issued="2023-01").period.start == "2022-01-01"

    def test_five_years_reviewed_end_with_the_year_before(self) -> None:
        found = one("政府工作报告\n\n一、过去五年工作回顾\n\n五年来，生产总值年均增长6.5%。", issued="2023-01").period
        assert (found.start, found.end) == ("2018-01-01", "2022-12-31")

    def test_the_day_of_reporting_is_not_the_period(self) -> None:
        assert one("7月28日，记者在研究院看到，新建中试线3条。", issued="2023-08").period.start is None

    def test_a_year_of_birth_is_not_the_period(self) -> None:
        assert one("李明，1975年出生，发表论文300余篇。").period.start is None

    def test_an_undated_report_leaves_relative_periods_open(self) -> None:
        assert one("今年1-5月，投资增长40.1%。", issued=None).period.start is None


class TestWhatIsToCome:
    @pytest.mark.parametrize(
        "text",
        [
            "力争新增高新技术企业300家。",
            "到2025年，高新技术企业达到5000家。",
            "计划引进人才团队10个。",
            "我们将建设众创空间30家。",
            "一、2022年工作安排\n\n新增企业100家。",
            "今年的主要预期目标是：生产总值增长8%。",
        ],
    )
    def test_a_target_is_marked(self, text: str) -> None:
        found = one(text)
        assert (found.modality, found.status) == ("target", "planned")

    def test_an_expectation_is_marked(self) -> None:
        assert one("预计全年合同经费超过3亿元。").modality == "expected"

    def test_the_nearest_word_decides(self) -> None:
        assert [o.modality for o in observe("生产总值预计增长7%左右，高新技术企业力争达到900家。")] == ["expected", "target"]

    @pytest.mark.parametrize(
        "text", ["全年争取省级财政资金2亿元。", "圆满完成目标任务，生产总值增长8.1%。", "面对超预期冲击，增加值增长5%。"]
    )
    def test_what_is_done_is_not(self, text: str) -> None:
        assert one(text).modality == "actual"

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("新谋划打造9个创新平台。", "planned"),
            ("推荐6家市级综合体申报省级综合体。", "nominated"),
            ("受理2020年度专项项目2201项。", "applied"),
            ("带动相关产业营业收入超2600亿元。", "reported-effect"),
        ],
    )
    def test_the_status_tells_how_far_the_thing_has_come(self, text: str, status: str) -> None:
        found = one(text)
        assert (found.modality, found.status) == ("actual", status)


@pytest.mark.parametrize(
    "text",
    [
        "责任编辑：王明 电话：0571-28978941",
        "2021年3月15日印发，浙科发〔2021〕13号。",
        "实施“128”股改上市三年行动计划。",
        "一次会议、一个中心、一批项目。",
        "建设4A级景区和5G网络。",
        "第三批国家高新区、第十四届大会。",
        "深入学习贯彻党的二十大精神。",
        "三次产业结构调整为9.8:48.6:41.6。",
    ],
)
def test_a_text_without_counts_yields_none(text: str) -> None:
    assert observe(text) == []


def test_every_quote_holds_the_printed_number(first_report: Report) -> None:
    passages = read_passages(first_report)
    found = find_observations(passages, find_mentions(passages, first_report), first_report)
    assert len(found) >= 95
    for observation in found:
        quote = record(observation, first_report.text)["quote"]
        span = observation.value_span
        assert span is not None
        assert observation.span.start <= span.start < span.end <= observation.span.end
        assert first_report.text[span.start : span.end] == observation.printed
        assert observation.printed in quote


def test_the_same_report_gives_the_same_observations(first_report: Report) -> None:
    passages = read_passages(first_report)
    assert find_observations(passages, (), first_report) == find_observations(passages, (), first_report)


@settings(deadline=None, max_examples=60)
@given(st.text("新增高企业家12%亿元，。；（）“”、其中累计同比增长比全省第位居分别和由至今年2019年对给予的", max_size=120))
def test_no_text_breaks_the_reading(text: str) -> None:
    for observation in observe("甲" + text):
        assert observation.span.start < observation.span.end
        json.dumps(record(observation, "甲" + text), ensure_ascii=False)


@pytest.mark.parametrize(
    "letters",
    ["（）()“”《》，、；。", "第一二三居列全省位", "新增建设培育引进的在和、5家", "比较高于低于增长同期3%", "2019年月日今去上半季度"],
)
def test_hostile_texts_are_read_in_bounded_time(letters: str) -> None:
    noise = "".join(random.Random(7).choices(letters, k=12_000))
    began = time.process_time()
    observe("甲" + noise)
    assert time.process_time() - began < 4


def test_reading_takes_time_in_proportion_to_length(first_report: Report) -> None:
    def seconds(times: int) -> float:
        report = from_bytes((first_report.text * times).encode(), "long", issued="2020", area="温州市")
        passages = read_passages(report)
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            find_observations(passages, (), report)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(8) < 8 * seconds(1) * 2.5


def test_no_rule_knows_the_first_report_by_name() -> None:
    files = sorted((Path(__file__).resolve().parent.parent / "kg" / "rules").glob("*.toml"))
    said = [text for path in files for text in _words_of_rules(tomllib.loads(path.read_text(encoding="utf-8")))]
    assert len(files) >= 20
    assert len(said) > 1000
    named = {text for text in said if any(name in text for name in ("温州", "湖州", "台州", "南太湖", "李校堃", "欧阳钟灿"))}
    assert named == {"温医大=温州医科大学"}  # a short name that the university itself uses


def _words_of_rules(value: object) -> Iterator[str]:
    """Yield every text of a rule file but the examples of its rules and what they are for."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in ("fires", "rests", "about"):
                yield from _words_of_rules(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words_of_rules(one)
    elif isinstance(value, str):
        yield value


def test_lasting_sizes_take_no_day_on_which_something_else_took_place() -> None:
    found = observe("5月18日，甬江海洋研究院揭牌，总投资8000万元，引进人才12人。", issued="2020-12")
    assert [(o.indicator, o.period.start) for o in found] == [("总投资", None), ("引进人才数", "2020-05-18")]


def test_growth_by_a_multiple_keeps_the_unit_that_is_printed() -> None:
    grown = [o for o in observe("甬江电子公司营收3200万元，同比增长1.6倍。") if o.measure == "yoy_growth"]
    assert [(float(o.value), o.unit) for o in grown] == [(1.6, "倍")]


def test_a_plan_holds_until_the_text_says_what_is_reached() -> None:
    found = observe("研究院将加大投入，引进博士20人，目前已签约8人。")
    assert [(float(o.value), o.modality) for o in found] == [(20.0, "target"), (8.0, "actual")]


def test_a_report_of_a_place_that_no_list_knows_is_about_that_place() -> None:
    text = "沁川市科技局2016年度工作总结\n在焦作市科技局指导下，沁川市科技工作取得进展。全市新认定高新技术企业4家。"
    found = observe(text, issued="2016-12", area=None)
    assert [(o.indicator, o.area) for o in found] == [("新认定高新技术企业数", "沁川市")]


@pytest.mark.parametrize(
    "zone",
    ["泉州台商投资开发区", "石河子高新技术产业开发区", "贵安新区", "庆阳经济技术开发区", "苏州工业园区", "绵阳科技城"],
)
def test_a_text_about_a_zone_speaks_of_the_zone_and_of_its_city_where_it_says_so(zone: str) -> None:
    lines = (f"{zone}科技创新工作简报", "上半年，全区新增企业12家。", "全市现有科技企业孵化器40家。", f"{zone}研发投入增长11%。")
    text = "\n".join(lines)
    report = from_bytes(text.encode(), "简报", issued="2021-07")
    passages = read_passages(report)
    found = find_observations(passages, find_mentions(passages, report), report)
    areas = {(float(o.value), o.unit): o.area for o in found}
    assert areas[12, "家"] == areas[11, "%"] == zone
    assert areas[40, "家"] == passages.sections[0].place != zone


def test_a_short_name_in_a_title_means_the_full_name_that_the_text_prints_later() -> None:
    text = "松岭高新区动态\n上半年，全区新增企业12家。锦州松岭高新区与锦州市政府签约。松岭高新区揭牌。"
    report = from_bytes(text.encode(), "简报", issued="2021-07")
    passages = read_passages(report)
    mentions = find_mentions(passages, report)
    assert {m.name for m in mentions if m.type == "Park"} == {"锦州松岭高新技术产业开发区"}
    assert [o.area for o in find_observations(passages, mentions, report)] == ["锦州松岭高新技术产业开发区"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("截至2020年底，全市拥有有效发明专利938件。", (None, "2020-12-31")),
        ("截至6月底，兰州市在孵企业达52家。", (None, "2020-06-30")),
        ("2020年末，全市科技型中小企业超过900家。", (None, "2020-12-31")),
        ("截至10月末，全市新增高新技术企业52家。", ("2020-01-01", "2020-10-31")),
        ("1—10月，全市新增高新技术企业52家。", ("2020-01-01", "2020-10-31")),
    ],
)
def test_up_to_a_day_gives_an_end_and_no_beginning_but_to_what_grew(text: str, period: tuple[str | None, str]) -> None:
    said = one(text, issued="2020-12")
    assert (said.period.start, said.period.end) == period


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("银川市日升电器有限公司、河谷医疗科技有限公司等3家被评为省级专利示范企业。", "被评为省级专利示范企业数", 3),
        ("西宁高原水产研发中心1家为省级工程中心。", "省级工程中心数", 1),
    ],
)
def test_a_count_behind_names_tells_how_many_became_what(text: str, indicator: str, value: int) -> None:
    said = one(text)
    assert (said.indicator, float(said.value), said.measure) == (indicator, value, "value")


def test_the_class_of_a_drug_and_the_first_ten_of_a_ranking_count_nothing() -> None:
    assert not observe("排名前10位的城市依次为深圳、南京。")
    assert [(float(o.value), o.unit) for o in observe("2个1类创新药获批上市。")] == [(2, "个")]


def test_a_share_without_a_whole_is_that_of_the_amount_before_it() -> None:
    assert brief("高新技术产品产值达到618亿元，比重达到60%。")[-1] == ("高新技术产品产值比重", "share", 60, "%")


def test_an_index_has_a_value_in_both_years() -> None:
    said = observe("综合科技创新水平指数从2014年的47.06%增长到2022年的54.92%。")
    assert [(o.measure, float(o.value), o.period.start) for o in said] == [("value", 47.06, "2014-01-01"), ("value", 54.92, "2022-01-01")]


def test_what_was_won_or_merged_is_no_target() -> None:
    assert one("争取到农业科技园区项目，总投资额7亿元。").modality == "actual"
    assert {o.modality for o in observe("将8个公司运营的16支基金整合为2支基金。")} == {"actual"}
    assert one("高新技术产业工业总产值要突破400亿元。").modality == "target"
    assert one("2021年主要预期发展指标是：营业总收入实现4900亿元。").modality == "target"


def test_growth_above_that_of_the_year_before_is_a_difference_above_zero() -> None:
    said = observe("全市生产总值增长5.1%，增速高于预期目标、高于上年同期。")[-1]
    assert (said.indicator, said.measure, said.comparison, float(said.value), said.unit) == ("生产总值增速", "difference", ">", 0, "百分点")


def test_a_district_goes_by_the_name_that_its_text_prints() -> None:
    text = "银川市科技动态\n上半年，{}新增企业12家。"
    district = from_bytes(text.format("金凤区").encode(), "动态", issued="2021-07", area="银川市金凤区")
    (said,) = find_observations(read_passages(district), (), district)
    assert said.area == "金凤区"
    full = from_bytes(text.format("银川市金凤区").encode(), "动态", issued="2021-07", area="银川市金凤区")
    (said,) = find_observations(read_passages(full), (), full)
    assert said.area == "银川市金凤区"


def test_a_heading_that_gives_figures_opens_no_plan_and_dates_what_follows() -> None:
    text = "珠海重大项目出炉\n近日，珠海公布项目。\n2022年重大项目共安排883个\n基础设施类项目276个，总投资15491亿元。"
    said = [o for o in observe(text, issued="2022-04") if float(o.value) in (276, 1549100000000)]
    assert [(o.modality, o.period.start, o.period.end) for o in said] == [("actual", "2022-01-01", "2022-12-31")] * 2


def test_a_plan_holds_for_the_paragraphs_that_go_on_with_it() -> None:
    plans = "2022年，力争产业增加值达1.3万亿元。\n珠海还将全力推动项目落地。开工建设10个重大项目。\n同时，着力提升质量，新增上市公司30家。"
    text = f"{plans}\n目前已有上市公司60家。"
    said = {float(o.value): (o.modality, o.period.start) for o in observe(text, issued="2022-04")}
    assert said[10] == said[30] == ("target", "2022-01-01")
    assert said[60][0] == "actual"


def test_the_whole_year_of_a_text_without_any_year_is_the_one_that_has_ended() -> None:
    text = "全年专利申请37142件，比上年增长8.6%。授权专利19176件。"
    assert {o.period.start for o in observe(text, issued="2012-05")} == {"2011-01-01"}
    assert {o.period.start for o in observe(text, issued="2012-12")} == {"2012-01-01"}
    assert {o.period.start for o in observe(text, issued="2012")} == {None}


def test_an_indicator_named_by_a_sentence_without_a_number_is_that_of_the_years_after_it() -> None:
    said = observe("二是净增高新技术企业数创近年来新高。2016年净增12家，2017年净增21家。")
    assert [(o.indicator, o.measure, o.period.start) for o in said] == [
        ("高新技术企业数", "increase", "2016-01-01"),
        ("高新技术企业数", "increase", "2017-01-01"),
    ]


def test_patents_owned_need_no_unit_and_what_the_city_won_is_not_expected() -> None:
    said = observe("预计全年实现增加值754.6亿元；每万人口发明专利拥有量达到12.2，位居全省首位；我市10个项目获得国家科学技术奖励。")
    assert [(float(o.value), o.unit, o.modality) for o in said] == [
        (75460000000, "元", "expected"),
        (12.2, "件", "expected"),
        (10, "个", "actual"),
    ]


def test_a_year_that_a_report_of_its_first_months_announces_is_to_come() -> None:
    text = "2025年是“十四五”收官之年。新增企业20家。\n2026年是“十五五”开局之年。新增上市公司3家。"
    said = {float(o.value): (o.modality, o.period.start) for o in observe(text, issued="2026-01")}
    assert said == {20: ("actual", "2025-01-01"), 3: ("target", "2026-01-01")}


def test_the_year_of_an_announcement_is_that_of_the_figures_behind_its_colon() -> None:
    said = observe("长春市副市长、高新区管委会主任孙亚明部署2014年主要预期发展指标是：营业总收入实现4900亿元，工业总产值实现4500亿元。")
    assert [(o.modality, o.period.start) for o in said] == [("target", "2014-01-01")] * 2


def test_the_year_before_is_the_one_before_the_year_under_review() -> None:
    text = "政府工作报告\n（2022年1月13日在市人民代表大会上）\n研发投入强度由上年的0.96%提高到1.12%。"
    assert [(float(o.value), o.period.start) for o in observe(text, issued="2022-01")] == [(0.96, "2020-01-01"), (1.12, "2021-01-01")]


def test_a_list_of_as_many_names_as_numbers_keeps_its_names_whole() -> None:
    assert brief("金融业、软件和信息服务业增加值分别增长9.7%、15.3%。") == [
        ("金融业增加值", "yoy_growth", 9.7, "%"),
        ("软件和信息服务业增加值", "yoy_growth", 15.3, "%"),
    ]
    names = [name for name, *_ in brief("城镇、农村居民人均可支配收入分别增长8%、9%。")]
    assert names == [
        "城镇居民人均可支配收入",
        "农村居民人均可支配收入",
    ]


def test_the_place_among_a_counted_group_belongs_to_the_amount_before_it() -> None:
    first, *rest = observe("2021年，宁波高新区技术合同成交额达31.7亿元，列全省12个高新区第5位。")
    assert (first.rank, first.rank_scope, rest) == (5, "全省12个高新区", [])
    (output,) = observe("2021年，全市工业增加值完成43.6亿元，总量居宁波市各县（市）第2位。")
    assert (output.indicator, output.rank, output.rank_scope) == ("工业增加值", 2, "宁波市各县（市）")
    output, _, share, _ = observe(
        "2021年，全市工业增加值43.6亿元，同比增长14.2%，占地区生产总值的比重达31.8%，提高2.3个百分点，总量居全省第2位。"
    )
    assert (output.rank, share.rank) == (2, None)
    (made,) = observe("2021年，宁波汽车产量达310.8万辆，产量居全国第一。")
    assert (made.rank, made.rank_scope) == (1, "全国")


def test_an_amount_that_tells_a_total_is_named_by_what_stands_before_it() -> None:
    assert brief("住宿餐饮业零售额以1143.24亿元的总量位居全国第一。") == [("住宿餐饮业零售额", "value", 114_324_000_000, "元")]


def test_what_is_handed_out_is_named_by_what_it_is_for_and_is_about_who_gets_it() -> None:
    low, high, home = observe("对来甬创业的领军人才，给予50万至200万元启动经费和不低于100平方米的住房。")
    assert {low.indicator, high.indicator} == {"启动经费给予额"}
    assert (home.indicator, home.comparison) == ("住房面积", ">=")
    assert {o.subject for o in (low, high, home)} == {"来甬创业的领军人才"}


def test_where_guests_come_from_is_not_whose_figure_it_is() -> None:
    guests = observe("11月14日，“校地合作日”举行，沈阳、大连、哈尔滨等地17所高校、5家科研院所参会。")
    assert [(o.area, o.value) for o in guests] == [("宁波市", 17), ("宁波市", 5)]


def test_the_number_of_a_road_counts_nothing() -> None:
    assert observe("省道107项目即将竣工。") == []


def test_what_is_expected_of_one_thing_ends_with_it_and_a_deed_ends_what_is_expected() -> None:
    text = "研发投入预计年均增长10.5%；人才总量超过67万人。预计新认定高企20家，总量将达到49家；建成院士工作站3家。"
    assert [o.modality for o in observe(text)] == ["expected", "actual", "expected", "expected", "actual"]


def test_growth_compared_with_a_year_is_that_of_the_amount_before_it() -> None:
    (firms, growth) = observe("2021年，科技型中小企业达2671家，与2019年相比增长51%。")
    assert (firms.indicator, growth.indicator, growth.measure, growth.baseline) == (*("科技型中小企业数",) * 2, "yoy_growth", "2019年")


def test_the_rank_of_a_growth_that_is_not_given_is_a_rank_of_its_own() -> None:
    told = observe("引进高层次人才168人，完成年度计划的70%，增幅居全省首位。")
    assert [(o.measure, o.rank) for o in told] == [("increase", None), ("share", None), ("rank", 1)]


def test_a_year_since_which_something_holds_is_not_the_period_of_what_follows() -> None:
    told = observe("宁波成为2018年改革重塑以来新建工作站最多的城市，共有33家企业争取项目41项。")
    assert {o.period.start for o in told} == {None}


def test_what_has_been_reached_ends_a_plan_for_the_parts_that_follow_too() -> None:
    told = observe("全市将继续引才，计划引进人才100名，已分五批支持人才412名，其中创业类137名。")
    assert [(o.indicator, o.modality) for o in told][:2] == [("引进人才数", "target"), ("支持人才数", "actual")]
    assert told[2].modality == "actual"


def test_the_place_within_a_group_named_before_its_verb_belongs_to_the_number() -> None:
    (staff,) = observe("全市每万名劳动者中研发人员仅有58人，在全省排第6位。")
    assert (staff.indicator, staff.rank, staff.rank_scope) == ("每万名劳动者中研发人员数", 6, "浙江省")


def test_a_pact_is_no_about_and_what_is_given_once_is_about_who_gets_it() -> None:
    (pacts,) = observe("促成校企签约46项。")
    assert (pacts.indicator, pacts.comparison) == ("促成校企签约数", "=")
    low, high = observe("对新认定的研发机构，一次性给予50万-100万元的补贴。")
    assert (low.subject, low.indicator) == (high.subject, high.indicator) == ("新认定的研发机构", "补贴额")


def test_what_is_set_up_within_years_to_come_is_a_target() -> None:
    assert [o.modality for o in observe("5年内，设立20亿元产业基金。3年内引进了20家企业。")] == ["target", "actual"]


def test_what_was_aimed_at_is_a_target_and_totals_are_about_what_was_counted() -> None:
    told = observe("2021年，高新技术企业净增数突破200家，超额完成全年净增130家目标任务，总数突破700家，增幅达38%。")
    assert [o.modality for o in told] == ["actual", "target", "actual", "actual"]
    assert {o.subject for o in told} == {"高新技术企业"}
    assert [o.indicator for o in told] == ["净增数", "净增数", "总数", "总数"]


def test_an_aim_that_opens_a_sentence_makes_its_figures_targets() -> None:
    assert {o.modality for o in observe("总体目标：研发投入达到10亿元以上，新增平台3家。")} == {"target"}


def test_what_has_come_of_a_policy_since_is_not_of_the_year_that_issued_it() -> None:
    text = "记者采访多日。\n到2023年，全市高新技术企业将突破800家。2015年，宁波出台《扶持办法》，市科技局先后组织4批评审，兑现资金3.2亿元。"
    firms, *since = observe(text)
    assert (firms.modality, firms.period.end) == ("target", "2023-12-31")
    assert {o.period.start for o in since} == {None}
