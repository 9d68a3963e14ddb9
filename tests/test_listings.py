"""Parts of a whole: listings that a text counts, quotes, numbers or brackets."""

import pytest

from kg.extract.listings import OPTIONS
from kg.facts import Facts
from kg.report import Report
from kg.rules import Rule, rules
from tests.sentence_facts import facts_of, rules_that_fire

RULES = rules("listings", *OPTIONS).rules


def parts_of(text: str) -> list[tuple[str, str, int | None, bool]]:
    """Return whole, part, order and whether all parts are listed."""
    return [(m.whole, m.part, m.order, m.exhaustive) for m in facts_of(text).memberships]


def test_the_rules_are_found_and_counted() -> None:
    assert len(RULES) == 18  # what is one of many ranked things stands among the constructions


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_fires_and_rests_as_its_examples_say(rule: Rule) -> None:
    for text in rule.fires:
        assert rule.id in rules_that_fire(text), text
    for text in rule.rests:
        assert rule.id not in rules_that_fire(text), text


def test_examples_of_a_counted_whole_have_no_order() -> None:
    assert parts_of("新认定宁波江丰电子研究院等12家省级企业研究院。") == [("新认定的12家省级企业研究院", "宁波江丰电子研究院", None, False)]


def test_all_of_a_counted_whole_are_in_order() -> None:
    text = "宁波病毒研究院、宁波海洋研究院2个专业化研究院挂牌。"
    assert parts_of(text) == [("2个专业化研究院", "宁波病毒研究院", 1, True), ("2个专业化研究院", "宁波海洋研究院", 2, True)]


def test_a_whole_is_told_apart_by_what_befell_it() -> None:
    text = "“西江数谷”、江源智能制造等4个项目入选国家高质量数据集试点。"
    assert {(whole, part) for whole, part, *_ in parts_of(text)} == {
        ("入选国家高质量数据集试点的4个项目", "西江数谷"),
        ("入选国家高质量数据集试点的4个项目", "江源智能制造"),
    }
    assert not parts_of("他跑了苏黎世、大阪、新加坡等5座城市。")  # several places are no whole


def test_a_part_keeps_its_own_words_where_they_hold_more_than_a_name() -> None:
    found = parts_of("推进华能榆树、天昌辽源等5个百亿级氢能一体化项目建设。")
    assert {part for _, part, *_ in found} == {"华能榆树", "天昌辽源"}


def test_a_counted_noun_ends_where_a_verb_or_a_measure_begins() -> None:
    found = parts_of("集成电路、生物医药、人工智能三大先导产业规模突破2万亿元。")
    assert {whole for whole, *_ in found} == {"三大先导产业"}
    three = parts_of("形成轻合金、纤维及复合材料、合成材料三大优势集群。")
    assert [part for _, part, *_ in three] == ["轻合金", "纤维及复合材料", "合成材料"]


def test_numbered_steps_must_be_as_many_as_announced() -> None:
    text = "明年着重抓好以下两项工作：一要抓平台。新增实验室1个。二要抓项目。"
    assert [(whole, part, order) for whole, part, order, _ in parts_of(text)] == [
        ("着重抓好的两项工作", "抓平台", 1),
        ("着重抓好的两项工作", "抓项目", 2),
    ]
    assert not parts_of(text.replace("两项", "三项"))


def test_a_wrong_count_is_no_closed_list() -> None:
    assert not [p for p in parts_of("宁波病毒研究院、宁波海洋研究院5个专业化研究院挂牌。") if p[3]]


def test_a_member_of_a_counted_group_is_found_before_and_behind_the_number() -> None:
    before, behind = "宁波海洋所引进包括张立军院士在内的12名高层次人才。", "宁波海洋所引进包括张立军院士在内的高层次人才12人。"
    assert parts_of(before) == parts_of(behind) == [("宁波海洋所引进的12名高层次人才", "张立军", None, False)]


def test_steps_in_quotation_marks_are_counted_against_their_number() -> None:
    text = "绍兴市建立“摸底排查、分类施策、跟踪服务”三步工作法。"
    assert [(part, order) for _, part, order, _ in parts_of(text)] == [("摸底排查", 1), ("分类施策", 2), ("跟踪服务", 3)]
    assert not parts_of("绍兴市建立“摸底排查、分类施策、跟踪服务”五步工作法。")


def test_rhyming_halves_belong_to_their_mechanism() -> None:
    found = parts_of("构建引得进、留得住、用得好的人才机制。")
    assert [(part, order) for _, part, order, _ in found] == [("引得进", 1), ("留得住", 2), ("用得好", 3)]
    assert {whole for whole, *_ in found} == {"人才机制"}


def test_numbers_in_brackets_are_parts_only_when_they_add_up() -> None:
    assert [(p, o) for _, p, o, _ in parts_of("新增省级创新服务综合体4家（创建类3家、培育类1家，累计9家）。")] == [
        ("创建类", 1),
        ("培育类", 2),
    ]
    assert not parts_of("新增省级创新服务综合体4家（创建类2家、培育类1家，累计9家）。")


def test_a_part_named_of_which_keeps_its_number() -> None:
    found = parts_of("新增创新团队175个，其中海外创新团队77个。")
    assert [(whole, part) for whole, part, *_ in found] == [("新增的175个创新团队", "77个海外创新团队")]


def test_a_part_may_be_told_apart_by_its_deed_alone() -> None:
    found = parts_of("推荐114家企业申报高新技术企业，其中95家企业通过认定。")
    assert [(whole, part) for whole, part, *_ in found] == [("推荐申报高新技术企业的114家企业", "通过认定的95家企业")]


def test_parts_in_a_sentence_of_their_own_must_add_up() -> None:
    text = "全年计划安排883个项目。其中，新开工项目98个，续建项目785个。"
    assert {part for _, part, *_ in parts_of(text)} == {"98个新开工项目", "785个续建项目"}
    assert not parts_of(text.replace("785", "539"))


def test_the_first_report_lists_its_seven_moves(first_facts: Facts) -> None:
    seven = [m for m in first_facts.memberships if m.whole == "七大招式"]
    assert [m.order for m in sorted(seven, key=lambda m: m.order)] == [1, 2, 3, 4, 5, 6, 7]
    assert seven[0].part == "征集企业技术难题"


def test_every_part_stands_inside_the_text(first_report: Report, first_facts: Facts) -> None:
    text = first_report.text
    spans = [membership.part_span for membership in first_facts.memberships if membership.part_span]
    assert len(spans) > 20
    assert all(text[span.start : span.end].strip() for span in spans)
