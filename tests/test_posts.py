"""Who holds which post where: people of invented sentences, named with and without a title."""

import pytest

from kg.extract import find_facts
from kg.facts import Entity, dump_facts, printed_names
from kg.report import from_bytes
from tests.sentence_facts import relations_of

SAID = [
    # posts and honours in a chain before the name
    ("赣州稀土研究院首席科学家、国家杰青获得者黄志远带领团队攻关。", ("黄志远", "leads", "赣州稀土研究院")),
    ("承德市高新区管委会主任、党工委书记孙立军汇报了工作。", ("孙立军", "leads", "承德市高新区管委会")),
    ("国家自然科学基金委员会原副主任、中国科学院院士何鸣鸿到会。", ("何鸣鸿", "member_of", "国家自然科学基金委员会")),
    ("俄罗斯自然科学院外籍院士王海舟到会。", ("王海舟", "has_title", "俄罗斯自然科学院外籍院士")),
    ("南昌大学陈义旺院士到会。", ("陈义旺", "member_of", "南昌大学")),
    # the post stands before its verb, the person behind it
    ("盐城海洋研究院揭牌，常务副院长为孙晓东。", ("孙晓东", "member_of", "盐城海洋研究院")),
    ("会议任命陈思远为衡阳市科技局局长。", ("陈思远", "leads", "衡阳市科学技术局")),
    ("淮安化工研究院理事长由淮安市委常委、副市长吴琼担任。", ("吴琼", "leads", "淮安化工研究院")),
    # people met without a title
    ("郭子强原是上海交通大学副教授，2018年回国。", ("郭子强", "member_of", "上海交通大学")),
    ("孟凡被评为全省优秀科技工作者。", ("孟凡", "recognised_as", "全省优秀科技工作者")),
    ("刘志军获国家杰出青年科学基金资助。", ("刘志军", "member_of_scheme", "国家杰出青年科学基金")),
    ("2018年，陈建华牵头组建福建省海洋药物重点实验室。", ("陈建华", "established", "福建省海洋药物重点实验室")),
    # a person is no part of the name of a thing
    ("宜昌市副市长何丽华为湖北轨道交通创新中心授牌。", ("何丽华", "member_of", "宜昌市")),
    ("西南石油大学教授赵金洲任实验室主任。", ("赵金洲", "member_of", "西南石油大学")),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_post_belongs_to_its_person_and_its_body(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations_of(text)


def test_an_adviser_is_no_member_of_the_institute_named_last() -> None:
    assert not {("尹仲祥", "member_of", "合肥理工学院")} & relations_of("合肥理工学院建成基地。首席顾问、中国科学院院士尹仲祥到会。")


def test_a_name_that_is_also_a_place_is_no_person() -> None:
    assert not any(predicate == "has_title" for _, predicate, _ in relations_of("许昌获评国家创新型城市，徐工牵头组建创新联合体。"))


def test_the_body_of_a_text_is_quoted_before_its_headline() -> None:
    text = "记西川光子学研究所所长江牧之\n江牧之，1974年生，西川光子学研究所所长。\n"
    report = from_bytes(text.encode(), "invented", issued="2021")
    (led,) = [r for r in find_facts(report).relations if r.predicate == "leads"]
    assert led.span.start > text.index("\n")


def test_an_organisation_is_called_as_the_report_prints_it() -> None:
    text = "绍兴市科技局举办创新大赛。"
    facts = find_facts(from_bytes(text.encode(), "invented", issued="2021", area="绍兴市"))
    assert printed_names((f for f in facts if isinstance(f, Entity)), text) == {"绍兴市科学技术局": "绍兴市科技局"}
    assert '"subject": "绍兴市科技局"' in dump_facts(facts, text)
    assert facts.relations[0].subject == "绍兴市科学技术局"
