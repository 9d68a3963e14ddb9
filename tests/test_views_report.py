"""What each view shows of the first report: the people, places, policies and sentences that a reader of it expects."""

from typing import Any

import pytest

from kg.namespaces import PPLAN, RIE, RIEC
from kg.store import Store
from kg.views import Network, project

Told = set[tuple[str, str, str]]
PLAIN = (str, int, float, bool)


@pytest.fixture(scope="module")
def shown(first_store: Store) -> dict[str, Network]:
    names = ("talent-programmes", "policy-line", "cooperation", "platforms", "mechanisms")
    return {name: project(first_store, name) for name in names}


def told(graph: Network) -> Told:
    """Return the edges as (name, relation, name)."""
    names = {node: values["label_zh"] for node, values in graph.nodes(data=True)}
    return {(names[s], edge["label_zh"], names[o]) for s, o, edge in graph.edges(data=True)}


def edge_of(graph: Network, subject: str, relation: str, target: str) -> dict[str, Any]:
    names = {node: values["label_zh"] for node, values in graph.nodes(data=True)}
    (found,) = [e for s, o, e in graph.edges(data=True) if (names[s], e["label_zh"], names[o]) == (subject, relation, target)]
    return dict(found)


VIRUS, PRECISION, UCAS = "温州医科大学病毒研究院", "温州医科大学精准医学研究院", "中国科学院大学温州研究院"
EXPECTED: dict[str, Told] = {
    "talent-programmes": {
        ("湖州市3名人才", "入选计划", "国家“万人计划”"),
        ("湖州市5名科技创新创业人才", "入选计划", "浙江省“万人计划”"),
        ("湖州市38名科技创新创业人才", "入选计划", "南太湖特支计划"),
        ("湖州市", "实施", "南太湖精英计划3.0版"),
        ("湖州市", "引进", "浙江省海外工程师"),
        ("湖州市 育成“南太湖精英计划”创新团队数 18个", "观测主体为", "湖州市"),
        ("李校堃", "领衔", VIRUS),
        ("李校堃", "领衔", PRECISION),
        (VIRUS, "隶属于", "温州医科大学"),
        (UCAS, "引进", "欧阳钟灿"),
        (f"{UCAS}引进的26名E类及以上人才", "部分为", "欧阳钟灿"),
        (UCAS, "位于", "温州市"),
    },
    "policy-line": {
        ("全力支持科技企业复工复产十条措施", "发布者为", "温州市"),
        ("温州市科研项目与经费管理办法", "修订者为", "温州市科学技术局"),
        ("温州重大科技创新攻关揭榜挂帅工作方案", "起草者为", "温州市科学技术局"),
        ("科研项目经费使用“包干制”改革试点", "适用于", "温州市基础性科研项目"),
        ("支持众创空间发展补充意见", "支持", "众创空间"),
        ("湖州市科学技术局", "奖励", "首次认定的高新技术企业"),
        ("首次认定的高新技术企业 奖励额 30万元", "观测主体为", "首次认定的高新技术企业"),
        ("湖州市 创新券发放额 1.0036亿元", "观测主体为", "湖州市"),
        ("世界青年科学家创业基金 首期世界青年科学家创业基金 2亿元", "观测主体为", "世界青年科学家创业基金"),
        ("争取省级以上财政资金", "有助于", "推进科技创新改革试点"),
        ("湖州市", "带动", "产业营业收入"),
    },
    "cooperation": {
        ("温州市", "合作", "宁波市"),
        ("温州市", "合作", "杭州市"),
        ("湖州市科学技术局", "合作", "上海交通大学"),
        ("湖州市科学技术局", "合作", "同济大学"),
        ("湖州市科学技术局", "合作", "清华大学"),
        ("湖州市", "签约", "浙江省科学技术厅"),
        ("签订了科技工作会商约定书", "参与者为", "科技工作会商约定书"),
        ("四川大学温州皮革研究院", "隶属于", "四川大学"),
        ("四川大学温州皮革研究院", "位于", "温州市"),
        ("温州市", "谋划", "中国科学院微电子研究所"),
    },
    "platforms": {
        ("温州市", "谋划", "科思技术研究院"),
        ("中国眼谷中央孵化园", "位于", "温州市"),
        (UCAS, "属于类别", "高能级科创平台"),
        (UCAS, "建立", "医用生物材料创新中心"),
        ("温州高教园区", "获认定为", "国家创新人才培养示范基地"),
        ("温州（嘉定）科技创新园", "部分为", "温州（嘉定）科技创新园二期"),
        ("一器一园一基金", "部分为", "世界青年科学家创业孵化加速器"),
        ("温州高新区数字经济（物联网应用）产业创新服务综合体", "申报（争创）", "浙江省级综合体"),
    },
    "mechanisms": {
        ("温州市", "建立", "激励淘汰机制"),
        ("梯次培育机制", "部分为", "小升高"),
        ("湖州市科学技术局", "建立", "七大招式"),
        ("七大招式", "旨在", "“卡脖子”技术难题"),
        ("七大招式", "改变", "“孤岛式”生存"),
        ("整合资源协同创新", "前一步骤为", "探寻解决方法路径"),
    },
}


@pytest.mark.parametrize("view", EXPECTED)
def test_a_view_shows_what_the_report_says(shown: dict[str, Network], view: str) -> None:
    assert EXPECTED[view] - told(shown[view]) == set()


@pytest.mark.parametrize(
    ("view", "strange"),
    [
        ("talent-programmes", "激励淘汰机制"),
        ("policy-line", "李校堃"),
        ("cooperation", "李校堃"),
        ("platforms", "欧阳钟灿"),
        ("mechanisms", "国家“万人计划”"),
    ],
)
def test_a_view_leaves_the_rest_out(shown: dict[str, Network], view: str, strange: str) -> None:
    names = {values["label_zh"] for _, values in shown[view].nodes(data=True)}
    assert strange not in names


def test_steps_stand_in_their_order_and_each_after_the_one_before(shown: dict[str, Network]) -> None:
    graph = shown["mechanisms"]
    names = {node: values["label_zh"] for node, values in graph.nodes(data=True)}
    edges = [(names[s], edge, names[o]) for s, o, edge in graph.edges(data=True)]
    steps = {o: edge["order"] for s, edge, o in edges if s == "七大招式" and edge["predicate"] == f"{RIE}part"}
    assert [name for name, _ in sorted(steps.items(), key=lambda step: step[1])] == [
        *("征集企业技术难题", "精准梳理问题清单", "创新方法应用辅导", "专家分析问诊把脉"),
        *("探寻解决方法路径", "整合资源协同创新", "集中力量联合攻关"),
    ]
    after = {(s, o) for s, edge, o in edges if edge["predicate"] == f"{PPLAN}isPrecededBy" and s in steps}
    assert len(after) == 6
    assert all(steps[s] == steps[o] + 1 for s, o in after)


def test_money_is_a_node_with_its_amount_its_day_and_its_sentence(shown: dict[str, Network]) -> None:
    graph = shown["policy-line"]
    money = {values["label_zh"]: values for _, values in graph.nodes(data=True) if values["type"] == "Observation"}
    assert len(money) >= 8
    reward = money["首次认定的高新技术企业 奖励额 30万元"]
    assert (reward["value"], reward["unit"], reward["label_en"]) == (300000.0, "元", "")
    effect = edge_of(graph, "湖州市 带动相关产业营业收入 >2600亿元", "观测主体为", "湖州市")
    assert effect["status"] == f"{RIEC}reported-effect"
    assert (effect["first_day"], effect["last_day"]) == ("2019-01-01", "2019-12-31")
    assert effect["quote"] == "带动相关产业营业收入超2600亿元"


def test_the_draft_and_the_plan_are_told_from_what_is_done(shown: dict[str, Network]) -> None:
    draft = edge_of(shown["policy-line"], "温州重大科技创新攻关揭榜挂帅工作方案", "起草者为", "温州市科学技术局")
    plan = edge_of(shown["cooperation"], "温州市", "谋划", "科思技术研究院")
    done = edge_of(shown["cooperation"], "温州市", "合作", "杭州市")
    assert [edge["phase"] for edge in (draft, plan, done)] == ["planned", "planned", "done"]
    assert done["qualifiers"] == ["field=两地数字经济领域"]
    assert done["quote"] == "与杭州深化两地数字经济领域合作"


def test_no_membership_designation_or_listing_is_a_node(shown: dict[str, Network]) -> None:
    for name, graph in shown.items():
        assert not [node for node in graph if node.rpartition("/")[2][:2] in ("m-", "d-", "l-", "s-", "v-")], name
        assert all(edge["evidence_ids"] for *_, edge in graph.edges(data=True)), name


def test_single_values_are_plain_ones(shown: dict[str, Network]) -> None:
    for graph in shown.values():
        for values in [*(v for _, v in graph.nodes(data=True)), *(v for *_, v in graph.edges(data=True))]:
            assert all(isinstance(value, (*PLAIN, list)) for value in values.values())


# around one thing


def test_the_surroundings_of_an_academician_are_his_institutes_and_their_unveiling(first_store: Store) -> None:
    graph = project(first_store, "ego", focus="lixiaokun")
    assert told(graph) == {
        ("李校堃", "头衔为", "院士"),
        ("李校堃", "领衔", VIRUS),
        ("李校堃", "领衔", PRECISION),
        *((event, "参与者为", name) for event in ("正式挂牌", "开展实质性运作") for name in ("李校堃", VIRUS, PRECISION)),
    }


@pytest.mark.parametrize("name", ["温州市", "国科大温州研究院", "湖州市科技局"])
@pytest.mark.parametrize("hops", [0, 1, 2])
def test_what_lies_around_a_thing_is_the_same_asked_step_by_step_or_cut_from_the_whole(first_store: Store, name: str, hops: int) -> None:
    near, cut = (project(first_store, view, focus=name, hops=hops) for view in ("ego", "all"))
    assert set(near) == set(cut)
    assert set(near.edges(keys=True)) == set(cut.edges(keys=True))


def test_a_limit_keeps_the_nearest_and_says_how_many_it_left_out(first_store: Store) -> None:
    whole, cut = project(first_store, "ego", focus="温州市", hops=2), project(first_store, "ego", focus="温州市", hops=2, limit=20)
    assert len(whole) > 50
    assert len(cut) <= 20
    assert cut.graph["left_out"] == len(whole) - 20
    assert set(cut) <= set(whole)
    assert "温州市" in {values["label_zh"] for _, values in cut.nodes(data=True)}
