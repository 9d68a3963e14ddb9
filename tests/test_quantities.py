"""Numbers with their units are read exactly, and numbers inside names are left alone."""

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.numerals import numeral, times
from kg.mentions.quantities import find_quantities
from kg.rules import rules

RULES = rules("quantities", "means").rules
EXAMPLES = [(rule.id, text, fires) for rule in RULES for fires, texts in ((True, rule.fires), (False, rule.rests)) for text in texts]


def read(text: str) -> list[tuple[str, str, str]]:
    return [(format(q.value.normalize(), "f"), q.unit, q.comparison) for q in find_quantities(text)]


def test_the_rules_and_their_examples_are_all_here() -> None:
    assert len(RULES) == 12
    assert len(EXAMPLES) >= 35
    assert all(rule.fires for rule in RULES)


@pytest.mark.parametrize(("rule", "text", "fires"), EXAMPLES)
def test_each_rule_fires_and_rests_as_its_examples_say(rule: str, text: str, fires: bool) -> None:
    assert any(q.rule == rule for q in find_quantities(text)) is fires


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparison"),
    [
        ("发放1.0036亿元创新券", "100360000", "元", "="),
        ("全年服务企业3.2万家次", "32000", "家次", "="),
        ("上缴税金15,097万元", "150970000", "元", "="),
        ("实际利用外资3.5亿美元", "350000000", "美元", "="),
        ("地区生产总值突破1.2万亿元", "1200000000000", "元", ">"),
        ("入驻率超75%", "75", "%", ">"),
        ("近300家企业参会", "300", "家", "~"),
        ("吸引投资约5000万元", "50000000", "元", "~"),
        ("引进博士20余名", "20", "人", ">"),
        ("服务企业200多家", "200", "家", ">"),
        ("新增企业100家以上", "100", "家", ">="),
        ("失业率控制在4.5%以内", "4.5", "%", "<="),
        ("研发人员不足3万人", "30000", "人", "<"),
        ("投入不少于5亿元", "500000000", "元", ">="),
        ("最高100万元奖励", "1000000", "元", "<="),
        ("增长9%左右", "9", "%", "~"),
        ("科技型中小企业突破一万家", "10000", "家", ">"),
        ("首次突破万家大关", "10000", "家", ">"),
        ("产值超千亿元", "100000000000", "元", ">"),
        ("近百家企业参会", "100", "家", "~"),
        ("增长百分之四十", "40", "%", "="),
        ("占全省的四分之三", "75", "%", "="),
        ("占三分之一", "33.33", "%", "="),
        ("占比近七成", "70", "%", "~"),
        ("五年翻两番", "300", "%", "="),
        ("增速高出2个百分点", "2", "百分点", "="),
        ("建成孵化面积1.5万平方米", "15000", "平方米", "="),
        ("腾出土地7.3万亩", "73000", "亩", "="),
        ("形成20万辆产能", "200000", "辆", "="),
        ("聚焦7大技术领域", "7", "个", "="),
    ],
)
def test_a_printed_number_is_multiplied_out_with_its_unit_and_bound(text: str, value: str, unit: str, comparison: str) -> None:
    assert read(text) == [(value, unit, comparison)]


def test_both_ends_of_a_range_are_bounds() -> None:
    assert read("给予100万至200万元补助") == [("1000000", "元", ">="), ("2000000", "元", "<=")]
    assert read("年均增长10%-15%") == [("10", "%", ">="), ("15", "%", "<=")]


def test_full_width_and_stray_blanks_are_the_business_of_the_reading() -> None:
    from kg.reading import read as reading

    assert read(reading("增长 １２．５％，新 增 3 家").clean) == [("12.5", "%", "="), ("3", "家", "=")]


@pytest.mark.parametrize(
    "text",
    [
        "2020年6月18日",
        "电话：0571-28978941",
        "浙科发〔2020〕13号",
        "南太湖精英计划3.0版",
        "柔川景区被评为4A级景区",
        "5G网络覆盖",
        "实施“128”行动计划",
        "《科技企业复工复产十条措施》",
        "开展“百名科技干部携手百家创新平台”专项行动",
        "八大专项攻坚",
        "第3个与省科技厅会商的地市",
        "第十三届人民代表大会",
        "数十家企业",
        "一、总体要求",
        "（二）主要任务",
        "1.加快发展",
        "G60科创走廊",
        "A股上市",
        "三年行动计划",
        "邮箱kjj163@vip.163.com",
    ],
)
def test_a_number_that_names_something_is_no_quantity(text: str) -> None:
    assert read(text) == []


@given(st.integers(1, 10**9), st.sampled_from(["家", "元", "项", "亩", "%"]))
def test_any_whole_number_reads_back_with_and_without_separators(number: int, unit: str) -> None:
    for printed in (str(number), f"{number:,}"):
        (quantity,) = find_quantities(f"达到{printed}{unit}，")
        assert quantity.value == number
        assert f"达到{printed}{unit}"[quantity.start : quantity.end] == f"{printed}{unit}"


@given(st.decimals("0.0001", "9999", places=4), st.sampled_from(["", "万", "亿", "万亿"]))
def test_a_decimal_times_its_magnitude_is_exact(number: Decimal, magnitude: str) -> None:
    (quantity,) = find_quantities(f"投入{number}{magnitude}元")
    assert quantity.value == number * times(magnitude)


@given(st.integers(1, 9999))
def test_chinese_numerals_read_back(number: int) -> None:
    assert numeral(chinese(number)) == number


def chinese(number: int) -> str:
    """Write a number below ten thousand in Chinese numerals."""
    digits, places, written, gap = "零一二三四五六七八九", ["", "十", "百", "千"], "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + digits[digit] + places[place]
            gap = False
        else:
            gap = bool(written)
    return written


@given(st.text("1234567890,.%万亿元家个-至到超近约（）“”《》第大成分之", max_size=80))
def test_quantities_stand_in_order_and_never_overlap(text: str) -> None:
    found = find_quantities(text)
    assert all(q.lead <= q.start < q.end <= q.tail for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("noise", ["（" * 20_000, "1," * 10_000, "9" * 20_000, "“" * 20_000, "万亿" * 10_000, "1-" * 10_000, "十" * 20_000])
def test_hostile_punctuation_is_read_in_linear_time(noise: str) -> None:
    began = time.process_time()
    find_quantities(noise)
    assert time.process_time() - began < 1.5
