"""What the reader of names finds, and what it leaves alone: sentences of the genre, none of them from a real report."""

import itertools
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import read_passages
from kg.mentions.enumerated import OPTIONS as LIST_OPTIONS
from kg.mentions.given_names import is_name
from kg.mentions.mention import Mention
from kg.mentions.modifiers import is_generic
from kg.mentions.names import find_mentions
from kg.mentions.short_names import universities_called
from kg.mentions.walls import OPTIONS
from kg.mentions.zones import is_shortened
from kg.report import from_bytes
from kg.rules import rules

NAME_FILES = ("names", "titles", "documents", "persons", "bodies", "quoted", "categories", "lists", "kinds")
FILES = dict.fromkeys(NAME_FILES, OPTIONS) | {"enumerated": LIST_OPTIONS}


def mentions(text: str, area: str | None = "台州市") -> tuple[Mention, ...]:
    report = from_bytes(text.encode(), "invented", issued="2021", area=area)
    return find_mentions(read_passages(report), report)


def named(text: str, area: str | None = "台州市") -> set[tuple[str, str]]:
    return {(m.name, m.type) for m in mentions(text, area)}


EXAMPLES = [
    (f"{rule.id}", rule.id, text, fires)
    for name, options in FILES.items()
    for rule in rules(name, *options).rules
    for fires, texts in ((True, rule.fires), (False, rule.rests))
    for text in texts
]


def test_the_rule_files_hold_their_examples() -> None:
    assert sum(len(rules(name, *options).rules) for name, options in FILES.items()) >= 90
    assert len(EXAMPLES) >= 150


@pytest.mark.parametrize(("rule", "text", "fires"), [example[1:] for example in EXAMPLES], ids=[f"{e[0]}-{e[2]}" for e in EXAMPLES])
def test_each_rule_fires_and_rests_as_its_examples_say(rule: str, text: str, fires: bool) -> None:
    assert any(m.rule == rule for m in mentions(text)) is fires


FOUND = [
    # two names joined by 和 are two; two halves of a field are one, behind the name of a city too
    ("青禾众创空间和远帆众创空间通过评审", "青禾众创空间", "Platform"),
    ("青禾众创空间和远帆众创空间通过评审", "远帆众创空间", "Platform"),
    ("建成台州国际激光与光电科技企业孵化器", "台州国际激光与光电科技企业孵化器", "Platform"),
    ("实施数字兴市战略、青禾兴业战略和知识产权战略", "知识产权战略", "Policy"),
    # what stands before a name and does not belong to it
    ("国务院批准台州市高新技术产业园区升级", "台州市高新技术产业园区", "Park"),
    ("希望氟硅新材料研究院早日建成", "氟硅新材料研究院", "Institute"),
    ("发展壮大之余，建强海天新材料研究院", "海天新材料研究院", "Institute"),
    ("办好2026智慧农业博览会", "2026智慧农业博览会", "Conference"),
    ("任省农业厅副厅长兼海天研究院院长", "海天研究院", "Institute"),
    ("持续深化农村集体林权制度改革，成效明显", "农村集体林权制度改革", "Mechanism"),
    # organisations end where their name ends and begin after the verb
    ("海创院与浙江工业大学共建台州研究院", "浙江工业大学", "University"),
    ("近日，西北光电研究院正式揭牌", "西北光电研究院", "Institute"),
    ("引进中国科学院大学台州研究院等平台", "中国科学院大学台州研究院", "Institute"),
    ("浙大台州研究院牵头攻关", "浙江大学台州研究院", "Institute"),
    ("中科院宁波材料所来台州设立分所", "中国科学院宁波材料研究所", "Institute"),
    ("温州大学新材料与产业技术研究院落户", "温州大学新材料与产业技术研究院", "Institute"),
    ("同清华大学、同济大学开展合作", "清华大学", "University"),
    ("同清华大学、同济大学开展合作", "同济大学", "University"),
    ("建成高分子复合材料创新中心", "高分子复合材料创新中心", "Platform"),
    ("香港科技大学（广州）开学", "香港科技大学（广州）", "University"),
    ("湾区交叉科学研究院（广州）成立", "湾区交叉科学研究院（广州）", "Institute"),
    ("海正药业（杭州）有限公司董事长介绍", "海正药业（杭州）有限公司", "Enterprise"),
    ("“我们等了三年。”海辰能源科技有限公司负责人说", "海辰能源科技有限公司", "Enterprise"),
    ("引进天岳光电、海辰储能等8家企业", "海辰储能", "Enterprise"),
    ("组建技术转移专家服务团深入企业", "技术转移专家服务团", "Team"),
    ("7月，沈明秋团队取得突破", "沈明秋团队", "Team"),
    ("程维曾任洛阳轴承研究所所长", "洛阳轴承研究所", "Institute"),
    ("设立台州湾先进制造产业投资基金", "台州湾先进制造产业投资基金", "Fund"),
    ("成功举办第三届中国（台州）先进材料博览会", "中国（台州）先进材料博览会", "Conference"),
    ("喀斯特环境与荒漠治理重点实验室发挥作用", "喀斯特环境与荒漠治理重点实验室", "Platform"),
    ("桂林电子科技大学联合主办", "桂林电子科技大学", "University"),
    ("大洋股份、蓝海智造等骨干企业加速集聚", "大洋股份", "Enterprise"),
    ("台州市教育体育局参加座谈", "台州市教育体育局", "GovernmentBody"),
    ("长沙中国农科院麻类研究所设分会场", "中国农科院麻类研究所", "Institute"),
    # what somebody does with an organisation, what it is to others, and its partner are no parts of its name
    ("各界代表共同见证滨江理工大学台州研究院落成", "滨江理工大学台州研究院", "Institute"),
    ("海天大学科技创业服务中心达成合作", "海天大学科技创业服务中心", "Platform"),
    ("中试服务商海帆科创（上海）有限公司接管场地", "海帆科创（上海）有限公司", "Enterprise"),
    ("依托单位滨江理工大学投入2000万元", "滨江理工大学", "University"),
    ("工作站由海泰新材与北方冶金大学共建", "北方冶金大学", "University"),
    ("活动环节包含香港理工大学专场", "香港理工大学", "University"),
    ("新增两所大学，台州海洋大学开学", "台州海洋大学", "University"),
    # parks and zones
    ("推进环飞龙湖科创走廊建设", "环飞龙湖科创走廊", "Park"),
    ("台州高新区营业收入增长", "台州高新技术产业开发区", "Park"),
    ("高新区新增企业20家", "台州高新技术产业开发区", "Park"),
    ("台州（上海）科技创新园揭牌，科创园二期同步开工", "台州（上海）科技创新园二期", "Park"),
    ("柯城经开区晋升国家级经开区", "柯城经济技术开发区", "Park"),
    ("记者从台州湾新区管委会获悉", "台州湾新区管委会", "GovernmentBody"),
    # meetings
    ("召开高规格全市科技创新大会", "全市科技创新大会", "Conference"),
    ("第八届中小企业科技成果展洽会开幕", "中小企业科技成果展洽会", "Conference"),
    ("江海大学台州研究院揭牌投运活动举行", "江海大学台州研究院揭牌投运活动", "Conference"),
    ("在海城市第三届人民代表大会第八次会议上", "海城市第三届人民代表大会第八次会议", "Conference"),
    ("台州高新技术产业开发区揭牌，管委会与企业签约", "台州高新区管委会", "GovernmentBody"),
    # technologies, teams, fields that somebody is after
    ("国家级、省级科技企业孵化器各2家", "国家级科技企业孵化器", "Award/Title"),
    ("获评省级企业技术中心和省科技小巨人领军企业", "浙江省科技小巨人领军企业", "Award/Title"),
    ("项目获2023年度浙江省技术发明二等奖", "浙江省技术发明二等奖", "Award/Title"),
    ("新型储能加快布局", "新型储能", "TechnologyField"),
    ("发展电子信息制造业", "电子信息制造业", "Industry"),
    ("由滨江大学材料与信息学系主任介绍", "滨江大学材料与信息学系", "Institute"),
    ("深入实施高新技术企业倍增计划，成效明显", "高新技术企业倍增计划", "Programme"),
    ("设立5000万元人才发展专项资金", "人才发展专项资金", "Fund"),
    ("数字化城市运行和治理中心高效协同", "数字化城市运行和治理中心", "Platform"),
    ("省“鲲鹏行动”计划入选3人", "浙江省“鲲鹏行动”计划", "Programme"),
    ("由海天农业科学院茶叶研究所专家组成的队伍", "海天农业科学院茶叶研究所", "Institute"),
    ("落户东泉镇、杨柳街道等地", "东泉镇", "District"),
    ("江海省海藻研究与开发重点实验室发挥作用", "江海省海藻研究与开发重点实验室", "Platform"),
    ("团队研发的“低成本高韧钛合金”实现量产", "低成本高韧钛合金", "TechnologyField"),
    ("举办第五届创新创业大赛", "第五届创新创业大赛", "Conference"),
    ("高新区企业海华激光研制的芯片打破垄断", "海华激光", "Enterprise"),
    ("格莱电器、明珠集团、纳思科等企业进入百强", "纳思科", "Enterprise"),
    ("支持稀土永磁材料、钨钼硬质合金等关键技术攻关", "钨钼硬质合金", "TechnologyField"),
    ("建成环江海大学创新创业生态圈", "环江海大学创新创业生态圈", "Park"),
    # government bodies get their place
    ("省科技厅发布通知", "浙江省科学技术厅", "GovernmentBody"),
    ("市科技局、市经信局联合开展调研", "台州市经济和信息化局", "GovernmentBody"),
    ("温岭市科技局举办培训", "温岭市科学技术局", "GovernmentBody"),
    ("科技部公布名单", "中华人民共和国科学技术部", "GovernmentBody"),
    ("国家发展改革委批复同意", "中华人民共和国国家发展和改革委员会", "GovernmentBody"),
    # documents, programmes, mechanisms
    ("印发《台州市科技新政三十条》", "台州市科技新政三十条", "Policy"),
    ("发布《台州创新发展白皮书》", "台州创新发展白皮书", "Publication"),
    ("制定出台科技企业“双高双增”三年行动计划", "科技企业“双高双增”三年行动计划", "Policy"),
    ("实施和合英才计划2.0版", "和合英才计划2.0版", "Programme"),
    ("入选国家“万人计划”3人", "国家“万人计划”", "Programme"),
    ("入选省“万人计划”2人", "浙江省“万人计划”", "Programme"),
    ("开展“百名博士入百企”专项行动", "“百名博士入百企”专项行动", "Campaign"),
    ("推进“亩产论英雄”，倒逼转型", "亩产论英雄", "Programme"),
    ("建立季度评价机制、动态管理机制", "动态管理机制", "Mechanism"),
    ("深化科研经费“包干制”改革试点", "科研经费“包干制”改革试点", "Mechanism"),
    ("签订了部市工作会商约定书", "部市工作会商约定书", "Agreement"),
    ("“一廊三城”加快建设", "一廊三城", "Programme"),
    ("出台引才新政和住房新政双十条", "住房新政", "Policy"),
    ("出台科技新政30条", "科技新政30条", "Policy"),
    ("推行“全员聘任制”，激发活力", "全员聘任制", "Mechanism"),
    ("银行推出“科创贷”", "科创贷", "Mechanism"),
    ("“2468”整体构架全面构建", "“2468”整体构架", "Mechanism"),
    ("“双季稻直播栽培”列入国家星火计划", "国家星火计划", "Programme"),
    ("实行理事会领导下的院长负责制", "理事会领导下的院长负责制", "Mechanism"),
    ("两家企业签下智能水泵联合开发合同", "智能水泵联合开发合同", "Agreement"),
    ("“深海智能网箱”项目获奖", "深海智能网箱", "ProjectCategory"),
    ("“海天一号”卫星成功发射", "“海天一号”卫星", "TechnologyField"),
    # titles carry the place that gives them
    ("新增省级产业创新服务综合体4家", "浙江省级产业创新服务综合体", "Award/Title"),
    ("新认定省科技型中小企业300家", "浙江省科技型中小企业", "Award/Title"),
    ("新增市级研发中心36家", "台州市级研发中心", "Award/Title"),
    ("成功创建国家创新型城市", "国家创新型城市", "Award/Title"),
    ("荣获“全国科普示范市”称号", "全国科普示范市", "Award/Title"),
    ("新立省级公益性应用研究项目23项", "浙江省级公益性应用研究项目", "ProjectCategory"),
    ("通过“中国瓷都”复评", "中国瓷都", "Award/Title"),
    ("授予海天集团“互联工厂”项目市科学技术进步一等奖", "台州市科学技术进步一等奖", "Award/Title"),
    ("新增省级以上重点实验室3家", "浙江省级以上重点实验室", "PlatformCategory"),
    ("受理2021年度市级基础性、重大技术攻关、自创区专项项目201项", "台州市级基础性项目", "ProjectCategory"),
    ("出台《台州市众创空间建设行动计划》及管理办法", "台州市众创空间管理办法", "Policy"),
    ("以关中—天水经济区建设为契机", "关中—天水经济区", "Region"),
    # places
    ("天台成为试点", "天台县", "District"),
    ("协同宁波、杭州推进", "宁波市", "City"),
    ("融入长三角", "长江三角洲", "Region"),
    ("黄岩区新增企业", "台州市黄岩区", "District"),
    # a body acts: what it does is no part of its name
    ("省科技厅支持台州建设实验室", "浙江省科学技术厅", "GovernmentBody"),
    ("台州市科技局引导企业加大投入", "台州市科学技术局", "GovernmentBody"),
    ("省农业科学院下设浙江柑橘研究所", "浙江柑橘研究所", "Institute"),
    # persons: a wall before the name is no surname, and a post makes a name of the word before it
    ("由李明院士领衔", "李明", "Academician"),
    ("大会宣布陈立新接任材料学院院长", "陈立新", "Person"),
    # what people do together for a while is a campaign
    ("深化五大专项攻坚", "五大专项攻坚", "Campaign"),
    ("启动“春雨行动”，走访企业", "春雨行动", "Campaign"),
    ("现任江州省海洋材料学会理事长", "江州省海洋材料学会", "OrganisationGroup"),
    ("原海辰公司总工程师刘洋任顾问", "海辰公司", "Enterprise"),
    ("中国石油大学（华东）参与建设", "中国石油大学（华东）", "University"),
    ("海辰装备股份有限公司（以下简称海辰装备）技术中心通过认定", "海辰装备股份有限公司技术中心", "Platform"),
    # steps of a method
    ("建立“摸清企业需求、组织专家会诊、推动成果落地”三步工作法。", "组织专家会诊", "Measure"),
    ("电话：0576-88886666", "0576-88886666", "Contact"),
]


@pytest.mark.parametrize(("text", "name", "kind"), FOUND)
def test_a_name_is_found_with_its_full_form_and_type(text: str, name: str, kind: str) -> None:
    assert (name, kind) in named(text)


PERSONS = [
    ("卿明远院士受聘任院长", "卿明远", "Academician"),
    ("由李国栋院士领衔的团队", "李国栋", "Academician"),
    ("中国工程院院士、江海大学校长周明远出席", "周明远", "Academician"),
    ("西安交通大学卢秉恒院士主持完成", "卢秉恒", "Academician"),
    ("欧阳明远教授作报告", "欧阳明远", "Person"),
    ("市委书记张立、市长何晓军出席", "何晓军", "Person"),
    ("公司创始人兼CEO马强说", "马强", "Person"),
    ("本报记者王小军报道", "王小军", "Person"),
    ("责任编辑：周晓梅", "周晓梅", "Person"),
    ("邀请诺贝尔奖得主安德烈·海姆作报告", "安德烈·海姆", "Person"),
    ("美国国家工程院院士阿里·埃尔德米尔出席", "阿里·埃尔德米尔", "Academician"),
    ("副院长由江海大学教授罗嘉铭兼任", "罗嘉铭", "Person"),
    ("原主任高一帆转任产业部部长", "高一帆", "Person"),
    ("海天集团讲席教授施一清，1967年5月生", "施一清", "Person"),
    ("座谈结束。（文：杨柳 图：赵亮）", "杨柳", "Person"),
    ("入选者包括教授王磊、李娜、赵明明等3人", "赵明明", "Person"),
]


@pytest.mark.parametrize(("text", "name", "kind"), PERSONS)
def test_a_person_is_found_beside_a_title_a_post_or_a_credit(text: str, name: str, kind: str) -> None:
    assert (name, kind) in named(text)


NOT_PERSONS = [
    "局长高度重视",
    "专家组到现场",
    "引进院士2名",
    "书记处会议",
    "教授级高工",
    "“乌镇院士之家”开家",
    "主任医师",
    "创业天府·菁蓉汇",
]


@pytest.mark.parametrize("text", NOT_PERSONS)
def test_a_title_without_a_name_names_nobody(text: str) -> None:
    assert not {kind for _, kind in named(text)} & {"Person", "Academician"}


NOTHING = [
    "提升公立医院、三级医院和村镇银行的服务",
    "新增境内上市公司5家",
    "打造千亿级产业集群，建设老旧工业区",
    "为民营经济健康发展“强身健体”，为企业“一对一”诊断分析。",
    "推动“薪火相传”，破解发展难题。",
    "不断完善区域创新体系，持续优化营商环境。",
    "打造一批高能级平台，建设专业化研究院。",
    "按计划推进各项工作，落实政策。",
    "吸引大学生创业。",
    "完善体制机制，采取有力措施。",
    "市委、市政府高度重视。",
    "建设大剧院，新增8所大学。",
    "防范化解融资平台风险。",
    "设七大研发中心。",
    "建成省级卓越工程师学院。",
    "关于科技兴县的决定、规划和县级平台。",
    "“十五五”开局良好。",
    "组织“科学家进企业”。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_slogans_formulas_and_common_nouns_are_no_names(text: str) -> None:
    assert not {name for name, kind in named(text) if kind not in ("PlatformCategory", "EnterpriseCategory")}


def test_the_second_institute_of_a_counted_list_inherits_its_university() -> None:
    found = named("温医大病毒研究院、精准医学研究院2个研究院正式挂牌")
    assert ("温州医科大学病毒研究院", "Institute") in found
    assert ("温州医科大学精准医学研究院", "Institute") in found


def test_an_institute_with_a_university_of_its_own_inherits_none() -> None:
    found = named("上海交通大学三亚深海研究院、浙江大学海南研究院等28家机构入驻", "海南省")
    assert ("浙江大学海南研究院", "Institute") in found


def test_a_name_that_the_text_shortens_is_known_by_its_short_form() -> None:
    text = "海天先进材料研究院（以下简称“海天院”）成立。海天院引进博士20名。"
    assert [m.name for m in mentions(text) if m.printed == "海天院"] == ["海天先进材料研究院"] * 2


def test_a_firm_goes_by_its_short_name_after_the_first_sentence() -> None:
    text = "台州海岳光电科技有限公司新建产线两条。去年，海岳光电投产。"
    firms = [(m.name, m.printed) for m in mentions(text) if m.type == "Enterprise"]
    assert firms == [("台州海岳光电科技有限公司", "台州海岳光电科技有限公司"), ("台州海岳光电科技有限公司", "海岳光电")]


def test_the_same_words_are_another_zone_in_another_city() -> None:
    assert ("湖州国家自主创新示范区", "Park") in named("自创区建设提速", "湖州市")
    assert ("温州国家自主创新示范区", "Park") in named("自创区建设提速", "温州市")


def test_an_ambiguous_district_gets_its_city_only_at_home() -> None:
    assert ("南京市鼓楼区", "District") in named("鼓楼区新增企业", "南京市")
    assert ("福州市鼓楼区", "District") in named("鼓楼区新增企业", "福州市")
    assert ("鼓楼区", "District") in named("鼓楼区新增企业", "台州市")  # which of the four is open


def test_single_quotation_marks_and_narrow_brackets_count_like_the_wide_ones() -> None:
    assert ("海辰能源（台州）有限公司", "Enterprise") in {(m.name, m.type) for m in mentions("海辰能源(台州)有限公司投产")}
    assert any(m.printed == "‘智汇百企’引才工程" for m in mentions("实施‘智汇百企’引才工程"))
    assert any(m.printed == "“智汇百企”引才工程" for m in mentions('推进"亩产论英雄"，实施"智汇百企"引才工程'))
    assert any(m.name == "亩产论英雄" for m in mentions('推进"亩产论英雄"，实施"智汇百企"引才工程'))


def test_a_university_abbreviation_is_read_only_where_one_university_fits() -> None:
    assert universities_called("温医大") == ("温州医科大学",)
    assert len(universities_called("江大")) > 1
    assert is_shortened("自创区", "温州国家自主创新示范区")
    assert not is_shortened("科创园", "科创城")


def test_the_seat_of_a_firm_is_part_of_its_name_and_the_sister_city_of_a_park_is_a_place() -> None:
    assert "上海市" not in {name for name, _ in named("海帆科创（上海）有限公司投产")}
    assert ("上海市", "City") in named("台州（上海）科技创新园开园")


def test_a_county_whose_name_words_end_with_is_one_where_a_text_opens_with_it() -> None:
    assert ("和县", "District") in named("和县新增高新技术企业5家。")
    assert ("理县", "District") in named("研究院位于理县。")
    assert ("和县", "District") not in named("建设示范平台和县级中心。")
    assert ("随县", "District") not in named("昨日，随县长调研。")


def test_which_edition_of_a_meeting_it_is_stays_in_what_is_printed() -> None:
    found = {m.name: m.printed for m in mentions("第八届中小企业科技成果展洽会开幕")}
    assert found["中小企业科技成果展洽会"] == "第八届中小企业科技成果展洽会"


def test_a_place_before_a_big_thing_is_no_short_name_of_a_university() -> None:
    assert not any(kind == "University" for _, kind in named("上海大歌剧院和吉林大地平台"))


def test_words_and_names_are_told_apart() -> None:
    assert is_generic("高能级科创")
    assert not is_generic("高分子材料")
    assert is_name("李国栋")
    assert not is_name("高技术")
    assert not is_name("张")


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "台州市",
            "浙江大学",
            "研究院",
            "“",
            "”",
            "（",
            "）",
            "、",
            "，",
            "。",
            "\n",
            "王国栋",
            "院士",
            "实施",
            "计划",
            "国家级",
            "示范区",
            "的",
            "与",
            "5家",
            "《",
            "》",
            "·",
            "等8家企业",
            "有限公司",
            "省科技厅",
            "‘",
            " ",
            "A",
            "７",
            "以下简称",
            "\ufeff",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FRAGMENTS)
def test_every_mention_is_printed_where_it_says_and_nested_ones_lie_inside(text: str) -> None:
    report = from_bytes((text + "科技").encode(), "fragments", issued="2021", area="台州市")
    passages = read_passages(report)
    clean = passages.reading.clean
    found = find_mentions(passages, report)
    assert found == find_mentions(passages, report)
    outer = [m for m in found if not m.nested]
    for m in found:
        assert 0 <= m.start < m.end <= len(clean)
        assert m.name
        assert clean[m.start : m.end].strip('“”‘’"') == m.printed.strip('“”‘’"')
        if m.nested:
            assert any(o.start <= m.start and m.end <= o.end for o in outer)
    for a, b in itertools.pairwise(outer):
        assert a.end <= b.start


@pytest.mark.parametrize(
    "piece",
    [
        "“",
        "（",
        "、",
        "”（“）",
        "院士",
        "王",
        "国家级",
        "实施计划、",
        "的研究院",
        "《》",
        "·安·",
        "企业" * 5,
        "一二三",
        "0571-",
        "王海燕、",
        "由王海燕任院长、",
        "副院长",
        "专家为：",
    ],
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    mentions(text)
    assert time.process_time() - started < 3


def test_a_name_ends_before_the_word_that_links_it() -> None:
    people = {
        name for name, kind in named("该校党委书记汪琦这样评价，市人社局局长田野则透露细则，市委书记康涛主持会议。") if kind == "Person"
    }
    assert people == {"汪琦", "田野", "康涛"}


def test_a_university_short_name_that_fits_several_stays_as_printed() -> None:
    assert ("华师大", "University") in named("依托华师大研究院开展合作")
    assert ("温州医科大学", "University") in named("依托温医大研究院开展合作")
