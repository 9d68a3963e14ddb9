"""Who holds which post where: people of invented sentences, named with and without a title."""

import pytest

from kg.extract import find_facts
from kg.facts import Entity, dump_facts, printed_names
from kg.report import from_bytes
from tests.sentence_facts import facts_of, relations_of

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
    ("秦岭光电研究院成立，院长拟由西安理工大学教授贺知远兼任。", ("贺知远", "leads", "秦岭光电研究院")),
    (
        "甘州生物研究院召开理事会，聘任龚思远为院长，会议同时通过柳如岚任副院长、费小舟任总会计师的决定。",
        ("费小舟", "member_of", "甘州生物研究院"),
    ),
    ("大会选举李晓东为理事长，王海燕、赵志强为副理事长。", ("王海燕", "has_title", "副理事长")),
    ("此前，龚思远任中科院兰州化物所研究员、博士生导师。", ("龚思远", "has_title", "博士生导师")),
    ("兰州大学讲师向晚晴到兰石重装股份有限公司挂职研发副总。", ("向晚晴", "member_of", "兰石重装股份有限公司")),
    ("秦岭光电研究院学术委员会成立，谢明朗受聘担任学术委员会主任。", ("谢明朗", "has_title", "学术委员会主任")),
    # one body for several posts, a body for each, organs and units of bodies
    ("安庆市委常委、副市长费宏图与中国工程院院士翁敬尧共同揭牌。", ("费宏图", "has_title", "市委常委")),
    ("滨江高新区党工委书记、管委会主任谭桂良致辞。", ("谭桂良", "leads", "滨江高新区管委会")),
    ("南昌大学校董会主席、全国政协委员林大辉到会。", ("林大辉", "has_title", "全国政协委员")),
    ("南昌大学高级副校长（研究及创新）赵汝恒表示，双方将合作。", ("赵汝恒", "member_of", "南昌大学")),
    ("兰州大学与兰石重装股份有限公司签约，该公司技术中心主任甘宏达到会。", ("甘宏达", "has_title", "技术中心主任")),
    ("甘州生物研究院执行院长兼首席技术官程鹏到会。", ("程鹏", "has_title", "首席技术官")),
    ("“大尺寸晶圆装备”获湖北省技术发明二等奖，项目负责人殷茂松。", ("殷茂松", "leads", "大尺寸晶圆装备")),
    ("青海省盐湖重点实验室（主任：蓝玉蕙，女，青海大学特聘教授）获批。", ("蓝玉蕙", "member_of", "青海大学")),
    ("秦岭光电研究院挂牌，院长一职，由长安大学教授庄启明出任。", ("庄启明", "leads", "秦岭光电研究院")),
    ("秦岭光电研究院挂牌，学术委员会主任则请来了中国工程院院士陆怀川。", ("陆怀川", "member_of", "秦岭光电研究院")),
    ("兰重新材董事长尤建勋到会。", ("尤建勋", "leads", "兰重新材")),
    ("会后，陇原省农委副主任兼兰州大学农学院院长韩贵清到会。", ("韩贵清", "leads", "兰州大学农学院")),
    ("何晓涛，1980年生，兰州大学教授、博士生导师，国家杰青。", ("何晓涛", "has_title", "博士生导师")),
    ("全国人大代表、兰重新材总工程师何晓涛建议加快建设。", ("何晓涛", "has_title", "全国人大代表")),
    ("今年3月，何涛从兰州大学转任衡阳市科技局副局长。", ("何涛", "member_of", "衡阳市科学技术局")),
    ("陈述白、顾砚秋分别担任秦岭光电研究院院长、副院长。", ("陈述白", "leads", "秦岭光电研究院")),
    ("陈述白、顾砚秋分别担任秦岭光电研究院院长、副院长。", ("顾砚秋", "member_of", "秦岭光电研究院")),
    ("时任衡阳市科技局局长的周子墨起草了方案。", ("周子墨", "leads", "衡阳市科学技术局")),
    ("衡阳市人民政府党组成员、副市长，松木高新区党工委书记顾砚秋到会。", ("顾砚秋", "leads", "松木高新区党工委")),
    ("团队负责人顾砚秋系国家“万人计划”科技创新领军人才。", ("顾砚秋", "has_title", "国家“万人计划”科技创新领军人才")),
    (
        "秦岭光电研究院由西安理工大学光电学院院长吕晓岚教授任首任院长，汉中市科技局局长丁小强任常务副院长。",
        ("丁小强", "member_of", "秦岭光电研究院"),
    ),
    ("秦岭光电研究院理事会换届，汉中市科技局副局长王哲接替退休的张福生任理事长。", ("王哲", "has_title", "理事长")),
    ("韩建业回国，回国前是日本产业技术综合研究所的高级研究员。", ("韩建业", "member_of", "日本产业技术综合研究所")),
    ("兰石重装总工程师许永福、兰州大学副院长苏锦堂分任秦岭光电研究院院长和副院长。", ("许永福", "leads", "秦岭光电研究院")),
    ("特聘研究员是清华大学王雨桐、天津大学刘澍、厦门大学谢望舒。", ("王雨桐", "member_of", "清华大学")),
    ("宁夏大学教授斯琴图雅介绍了成果。", ("斯琴图雅", "member_of", "宁夏大学")),
    ("李晏家，鞍钢股份炼铁总厂首席技师、高级工程师。", ("李晏家", "member_of", "鞍钢股份炼铁总厂")),
    ("秦岭光电研究院召开理事会，同意钟鸣远辞去院长职务，由唐海峰代行院长职责。", ("唐海峰", "leads", "秦岭光电研究院")),
    ("兰州大学教授张金利常来。他是秦岭光电研究院的“兼职院长”。", ("张金利", "leads", "秦岭光电研究院")),
    ("兰州大学教授李春利到会。身为研究所所长的他带来团队，并兼任秦岭光电研究院副院长。", ("李春利", "member_of", "秦岭光电研究院")),
    ("秦岭光电研究院首席专家、中国工程院院士金涌牵头的项目落地。", ("金涌", "leads", "秦岭光电研究院")),
    # the post stands behind the name
    ("衡阳高新区管委会王跃山主任介绍了情况。", ("王跃山", "leads", "衡阳高新区管委会")),
    ("衡阳市科技局王林局长表示，要抓好落实。", ("王林", "leads", "衡阳市科学技术局")),
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


def test_a_planned_post_is_a_target() -> None:
    facts = facts_of("秦岭光电研究院成立，院长拟由西安理工大学教授贺知远兼任。")
    planned = {(r.predicate, r.object): r.modality for r in facts.relations if r.subject == "贺知远"}
    assert planned[("leads", "秦岭光电研究院")] == "target"
    assert planned[("member_of", "西安理工大学")] == "actual"


def test_writers_are_named_behind_what_they_are() -> None:
    assert relations_of("（记者 郑砚秋 通讯员 缪一帆）") == {("郑砚秋", "responsible_for", "记者"), ("缪一帆", "responsible_for", "通讯员")}
    assert not relations_of("记者从会上获悉，研究院已经建成。")


def test_who_reports_for_a_government_represents_it() -> None:
    text = "政府工作报告\n代市长　何立民\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
    assert ("何立民", "represents", "衡阳市人民政府") in relations_of(text, area="衡阳市")
    assert not {p for _, p, _ in relations_of("我代表市人民政府，向大会报告工作。", area="衡阳市")} & {"represents"}


def test_a_post_left_behind_is_former() -> None:
    facts = facts_of("甘州生物研究院原院长殷茂松不再担任院长职务，转任首席科学家。")
    assert [dict(r.qualifiers).get("state") for r in facts.relations if r.object == "院长"] == ["former"]


@pytest.mark.parametrize(
    "text",
    [
        "安庆市委常委、副市长费宏图与中国工程院院士翁敬尧共同揭牌。",  # the committee is that of the one named before
        "安庆市副市长费宏图、中国工程院院士翁敬尧出席。",
    ],
)
def test_a_post_is_not_that_of_the_next_person(text: str) -> None:
    assert {predicate for subject, predicate, _ in relations_of(text) if subject == "翁敬尧"} <= {"has_title", "attends", "unveils"}


def test_one_post_of_a_list_is_shared_only_where_several_can_have_it() -> None:
    said = relations_of("衡阳市副市长王海燕、赵志强出席，市科技局局长李晓东、孙晓莉参加。")
    assert ("赵志强", "member_of", "衡阳市") in said
    assert ("孙晓莉", "leads", "衡阳市科学技术局") not in said


def test_who_is_replaced_does_not_take_the_post() -> None:
    said = relations_of("秦岭光电研究院理事会换届，汉中市科技局副局长王哲接替退休的张福生任理事长。")
    assert not {(p, o) for s, p, o in said if s == "张福生"}


def test_a_title_of_one_is_not_that_of_the_next() -> None:
    said = relations_of("实验室主任邓百万教授、汉江药业董事长王正军陪同。")
    assert ("王正军", "has_title", "教授") not in said
    assert ("王正军", "leads", "汉江药业") in said


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
