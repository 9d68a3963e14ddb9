"""Ranks carry their place and scope; orders in time and superlatives are told apart from them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.ranks import find_ranks, find_superlatives
from kg.rules import rules

RULES = rules("ranks", "means").rules
EXAMPLES = [(rule.id, text, fires) for rule in RULES for fires, texts in ((True, rule.fires), (False, rule.rests)) for text in texts]


def test_the_rules_and_their_examples_are_all_here() -> None:
    assert len(RULES) == 7
    assert len(EXAMPLES) >= 25


@pytest.mark.parametrize(("rule", "text", "fires"), EXAMPLES)
def test_each_rule_fires_and_rests_as_its_examples_say(rule: str, text: str, fires: bool) -> None:
    assert any(r.rule == rule for r in find_ranks(text)) is fires


@pytest.mark.parametrize(
    ("text", "position", "scope"),
    [
        ("增速居全省第一", 1, "全省"),
        ("列全省之首", 1, "全省"),
        ("列全省第2位", 2, "全省"),
        ("均居全省第4位", 4, "全省"),
        ("创新潜力居全国第26位", 26, "全国"),
        ("湖州位列首位", 1, None),
        ("居全国地级市第四", 4, "全国地级市"),
        ("（全省第2位）", 2, "全省"),
        ("带动投资增速全省第1", 1, "全省"),
        ("位居长三角城市第十二", 12, "长三角城市"),
        ("排名全国省会城市第5", 5, "全国省会城市"),
        ("人数居全省科研院所首位", 1, "全省科研院所"),
    ],
)
def test_a_rank_has_its_place_and_its_scope(text: str, position: int, scope: str | None) -> None:
    assert [(r.position, r.scope, r.role) for r in find_ranks(text)] == [(position, scope, "rank")]


def test_a_move_gives_the_earlier_place_and_the_later_one() -> None:
    assert [(r.position, r.role) for r in find_ranks("由第13位升至第5位")] == [(13, "from"), (5, "rank")]
    assert [(r.position, r.role) for r in find_ranks("从2017年的第7位跃升至第3位")] == [(7, "from"), (3, "rank")]


def test_among_the_first_three_is_a_bound_not_a_place() -> None:
    assert [(r.position, r.role) for r in find_ranks("稳居全省前三")] == [(3, "within")]


def test_the_third_city_to_sign_is_an_order_in_time() -> None:
    (rank,) = find_ranks("成为全省第3个与省科技厅会商的地市。")
    assert (rank.position, rank.role, rank.noun) == (3, "order", "与省科技厅会商的地市")


@pytest.mark.parametrize(
    "text",
    [
        "第三批国家高新区",
        "第一季度",
        "引入第三方评价",
        "前三季度",
        "科学技术是第一生产力",
        "第十届人大",
        "市第一人民医院",
        "前两批",
        "率先启动",
        "全市首家",
    ],
)
def test_other_ordinals_are_no_rank(text: str) -> None:
    assert find_ranks(text) == ()


def test_records_and_firsts_in_time_are_superlatives() -> None:
    text = "突破一万家，创历史新高；成为全市首家基地"
    assert [text[s.start : s.end] for s in find_superlatives(text)] == ["创历史新高", "全市首家"]


@given(st.text("第一二三0123居列位全省国前之首由从升至个的“”，", max_size=60))
def test_ranks_stand_in_order_and_never_overlap(text: str) -> None:
    found = find_ranks(text)
    assert all(r.start < r.end and r.position >= 1 for r in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("noise", ["第" * 20_000, "居全省" * 7000, "由第" * 10_000, "前三" * 10_000])
def test_hostile_ordinals_are_read_in_linear_time(noise: str) -> None:
    began = time.process_time()
    find_ranks(noise)
    assert time.process_time() - began < 1.5
