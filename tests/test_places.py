"""Places of China: full names, ambiguous short names, and the place a text is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.gazetteer import places, places_called
from kg.mentions.home import home_place
from kg.mentions.places import above, city_of, full_name, home_of, place_named, resolve
from kg.mentions.titles import titled_place


def test_the_list_of_divisions_is_whole() -> None:
    levels = [place.level for place in places().values()]
    assert levels.count("province") == 34
    assert levels.count("prefecture") >= 330
    assert levels.count("county") >= 2800


def test_every_division_lies_in_the_one_its_code_says() -> None:
    assert len(places()) > 3000
    for place in places().values():
        if place.level != "province":
            assert place.parent in places(), place
            assert place.parent[:2] == place.code[:2], place


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("湖州", "湖州市"),
        ("浙江", "浙江省"),
        ("上海", "上海市"),
        ("嘉定", "上海市嘉定区"),
        ("黄山", "黄山市"),
        ("延边", "延边朝鲜族自治州"),
        ("内蒙古", "内蒙古自治区"),
        (" 温州 ", "温州市"),
    ],
)
def test_a_short_name_stands_for_one_place(name: str, full: str) -> None:
    assert place_named(name) == full


@pytest.mark.parametrize("name", ["鼓楼", "合作", "创新", "", "科技局", "温州大学", "长三角一体化科创改革"])
def test_an_ambiguous_or_unknown_name_stands_for_none(name: str) -> None:
    assert place_named(name) is None


def test_home_decides_which_of_two_places_is_meant() -> None:
    changchun = home_of("长春市")
    beijing = home_of("北京市")
    assert changchun
    assert beijing
    in_changchun, in_beijing = resolve("朝阳区", changchun), resolve("朝阳区", beijing)
    assert in_changchun
    assert full_name(in_changchun) == "长春市朝阳区"
    assert in_beijing
    assert full_name(in_beijing) == "北京市朝阳区"
    assert resolve("朝阳区") is None
    assert len(places_called("鼓楼区")) >= 4


def test_a_district_is_read_back_from_its_full_name() -> None:
    for place in places().values():
        found = home_of(full_name(place))
        if found is not None:  # a county name that two provinces share stays open
            assert full_name(found) == full_name(place)
    jiading = home_of("上海市嘉定区")
    assert jiading
    assert jiading.code == "310114"
    assert above(jiading, "province") == home_of("上海市")


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("台州市科技局2018年工作总结\n全市新增高新技术企业，与杭州、宁波深化合作，台州湾加快建设。", "台州市"),
        ("陕西省科学技术厅工作总结\n全省科技工作以关中—天水经济区建设为契机，西安、宝鸡高新区加快发展。", "陕西省"),
        (
            "政府工作报告\n市政府落实省委省政府部署，增速居全省第一，列全省前列。台州正朝着小康前进，“浙江制造”标准17项，居全省第一。",
            "台州市",
        ),
        ("杭州市余杭区2022年工作总结\n余杭发展不平凡，全区生产总值增长。余杭区新增企业，杭州未来科技城加快建设。", "杭州市余杭区"),
        ("苏州工业园区：人才磁场\n江苏省苏州市的工业园区与上海合作。", "苏州市"),
        ("桐乡市人民政府与某研究院签约。嘉兴市委出席，桐乡市长致辞。", "嘉兴市"),
        ("哈尔滨工业大学创新研究院揭牌\n近日，研究院在东莞落户，东莞市科技局介绍，哈尔滨工业大学派出团队。", "东莞市"),
        ("贵阳大数据科创城引进企业\n贵阳贵安新区管委会获悉，贵州大学参与。", "贵阳市"),
    ],
)
def test_the_home_of_a_text_is_the_place_it_is_mostly_about(text: str, home: str) -> None:
    assert home_place(text) == home


def test_the_city_of_a_county_level_city_is_itself() -> None:
    for name, city in (("昌邑市", "昌邑市"), ("杭州市余杭区", "杭州市"), ("天台县", "台州市"), ("上海市嘉定区", "上海市")):
        home = home_of(name)
        assert home is not None
        meant = city_of(home)
        assert meant is not None
        assert meant.name == city
    province = home_of("浙江省")
    assert province is not None
    assert city_of(province) is None


@pytest.mark.parametrize("text", ["", "推进科技创新。", "杭州与宁波、温州与湖州签约。"])
def test_a_text_that_is_about_no_place_has_no_home(text: str) -> None:
    assert home_place(text) is None


def test_a_place_that_no_list_knows_is_a_home_only_where_it_opens_a_line_or_governs() -> None:
    assert home_place("沁川市科技局工作总结\n焦作市指导沁川发展。") == "沁川市"
    assert home_place("工作总结\n各乡镇落实。2016年，沁川市人民政府印发意见，沁川科技工作有进展。") == "沁川市"
    assert home_place("我市科技工作总结\n城市建设有序推进，上市企业增加。") is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("河南省2026年政府工作报告", "河南省"),
        ("2018年通化市政府工作报告（科技创新部分）", "通化市"),
        ("包头市昆都仑区“十三五”科学技术发展规划", "包头市昆都仑区"),
        ("浙江省湖州市长兴县科技局2019年工作总结", "长兴县"),
        ("洛阳：老工业基地长出新动能", "洛阳市"),
        ("关于2021年宁波市科技创新工作情况的汇报", "宁波市"),
        ("内蒙古自治区2022年科技工作要点", "内蒙古自治区"),
        ("延边朝鲜族自治州科技工作简报", "延边朝鲜族自治州"),
        ("2021年国家高新区综合发展报告", "中国"),
        ("全国科技经费投入统计公报", "中国"),
    ],
)
def test_the_title_names_the_place_of_a_text_whatever_the_text_names_most(title: str, place: str) -> None:
    body = "郑州、杭州、深圳和哈尔滨来访。郑州市科技局、郑州市政府介绍经验，郑州又来一次。"
    assert home_place(f"{title}\n\n{body}") == place


@pytest.mark.parametrize(
    "title",
    ["四川大学2021年工作总结", "创新驱动发展综述", "合作交流工作简报", "国家级高新区工作总结", "中国石油大学年度报告", "高新区动态"],
)
def test_a_title_without_a_place_leaves_the_choice_to_the_text(title: str) -> None:
    body = "绵阳市召开大会。绵阳市政府出台办法，绵阳新增企业5家。"
    assert titled_place(f"{title}\n{body}") is None
    assert home_place(f"{title}\n{body}") == "绵阳市"


@given(
    place=st.sampled_from(sorted(p.name for p in places().values() if p.level != "county")),
    year=st.integers(2010, 2025),
    form=st.sampled_from(
        ["{p}{y}年政府工作报告", "{y}年{p}科技工作总结", "{p}科技局{y}年工作思路", "{p}科技创新工作简报", "{p}：创新在路上"]
    ),
    other=st.sampled_from(["杭州市", "成都市", "西安市"]),
)
def test_every_province_and_prefecture_is_read_from_a_title(place: str, year: int, form: str, other: str) -> None:
    text = form.format(p=place, y=year) + f"\n{other}政府来访，{other}科技局座谈，{other}、{other}。"
    assert home_place(text) == place


def test_a_place_in_the_name_of_an_academy_institute_is_not_what_a_text_is_about() -> None:
    assert home_place("签约仪式举行\n中国科学院上海有机化学研究所与漯河市政府签约，漯河市委书记到会。") == "漯河市"


def test_a_text_of_the_whole_city_that_names_no_city_is_not_about_its_province() -> None:
    text = "2017年科技工作总结\n在省科技厅支持下，全市新增江苏省高新技术企业35家，江苏省级研发机构5家。全市专利申请5000件。"
    assert home_place(text) is None
    assert home_place(text.replace("全市", "全省")) == "江苏省"


def test_whom_a_place_works_with_is_not_what_the_text_is_about() -> None:
    text = "全市科技工作要点\n加快遂宁高新区升级。加强与成都市合作，推进遂宁高新区与成都高新区合作，与成都市共享资源。"
    assert home_place(text) == "遂宁市"
