"""Name what is measured: from verb and noun phrase to the name of an indicator."""

import re
from functools import cache

from kg.extract.phrases import one_of, words
from kg.facts import Measure
from kg.rules import alternation

_ABOVE_SIZE = re.compile(r"规上(?!市)")
_RATE = re.compile(r"(?:的)?(?:同比)?(?:增速|增幅|增长率|涨幅|降幅)$")
PEOPLE = ("人", "名", "位")
LEAST = 4  # characters of a name that a light verb at its end (增加值完成) leaves over
SUFFIX_BY_KIND = {"count": "数", "kinds": "数", "area": "面积"}


def canonical(name: str) -> str:
    """Return ``name`` with the short forms of the genre written out.

    >>> canonical("规上工业增加值")
    '规模以上工业增加值'
    """
    return _ABOVE_SIZE.sub("规模以上", name)


def indicator_name(verb: str, noun: str, kind: str, unit: str, *, right: bool) -> str:
    """Return the indicator of a number of ``kind`` that counts or measures ``noun``; ``right``: the noun follows it.

    >>> indicator_name("新增", "高新技术企业", "count", "家", right=False)
    '新增高新技术企业数'
    >>> indicator_name("发放", "创新券", "money", "元", right=True)
    '创新券发放额'
    """
    if kind == "money":
        if not noun and verb and (split := object_in(verb)):
            return split
        if right and verb and noun in words("money_noun"):
            return noun + "额"
        return f"{noun}{verb}额" if right and verb else noun if right else (f"{verb}{noun}" if noun else f"{verb}额")
    if kind == "area":
        return noun if noun.endswith("面积") else f"{verb if not noun else ''}{noun}面积"
    name = verb + noun
    if kind not in SUFFIX_BY_KIND or one_of("no_suffix", at_end=True).search(name) or unit in ("家次", "人次", "场次"):
        return name
    if kind == "count" and unit in PEOPLE and not name.rstrip("”").endswith(("人", "员", "者", "才", "队")):
        return name + "人数"  # 博士人数, 面谈人数, but 人才数, 科研人员数
    return name + SUFFIX_BY_KIND[kind]


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(rf"(?P<act>.{{2,4}}?)(?P<object>{alternation(words('money_act'))})")


def object_in(verb: str) -> str:
    """Return the last of two verbs where it is the object of the first: 完成投资45亿元 is about 投资."""
    match = _acts().fullmatch(verb) if len(verb) > 3 else None
    return match["object"] + "额" if match else ""


def base_of(indicator: str) -> str:
    """Return ``indicator`` without a word for its growth: 主营业务收入增幅 is about 主营业务收入."""
    return _RATE.sub("", indicator)


def rate_of(indicator: str, measure: Measure) -> str:
    """Return the name of what a difference in percentage points is a difference of."""
    return f"{indicator}增速" if measure == "yoy_growth" and not _RATE.search(indicator) else indicator


def plain(name: str) -> str:
    """Return ``name`` without a light verb that says nothing about what is measured.

    >>> plain("实现规模以上工业增加值"), plain("建有国家级孵化器数"), plain("新增专利数"), plain("工业增加值完成")
    ('规模以上工业增加值', '国家级孵化器数', '新增专利数', '工业增加值')
    """
    match = one_of("light").match(name)
    name = name[match.end() :] if match and len(name) - match.end() > 1 else name
    match = one_of("light", at_end=True).search(name)
    return name[: match.start()] if match and match.start() >= LEAST and name[match.start() - 1] not in "率和及、" else name
