"""Tell what a number is that may count nothing: a goal, a threshold, the size of a group or of a class."""

import re

from kg.extract.phrases import one_of
from kg.extract.surroundings import Surroundings
from kg.mentions.quantities import Quantity

_ONE_OF = re.compile(r"级(?!别)|[^，、。；\d]{2,24}之一")  # 300万吨级装置; 首批23个试点城市之一
_FEW = re.compile(r"(?:全[国省市]|[国省]内|我[国省])(?:仅有?|只有)$")  # 全省仅2家: how rare an honour is
_ROUGH = re.compile(r"(?:缩短|压缩|压减|减少|延长|提前|平均|时间|时限|期限|周期|提速)[^，。]{0,12}$")
_GOAL = re.compile(r"的?(?:年度|全年|年初)?(?:预定|预期|既定)?(?:目标|任务|计划)")
_DONE = re.compile(r"^.{0,12}?(?:完成|实现|达成|达到|突破|高于|低于|超过|超出)(?:了|年初|省定|既定|省下达的?)?")
_GROUP = re.compile(r"在(?:全国|全省)?$")


def counts(item: Quantity, where: Surroundings) -> bool:
    """Return whether a number counts something: Chinese numerals and spans of time need words that say so.

    The size of a group that one belongs to (23个试点城市之一), of a class (300万吨级) or of the few honoured counts nothing here.
    """
    if item.kind == "time":
        return bool(_ROUGH.search(where.left))
    if item.unit in ("位", "人", "名") and where.left.endswith("前"):
        return False  # 排名前10位的城市
    if _ONE_OF.match(where.right) or _FEW.search(where.left):
        return False
    if not item.chinese or item.value >= 100 or item.kind != "count":
        return True
    things = one_of("countable").search(where.right[:14])
    if things and (item.value >= 10 or (item.value >= 2 and not where.left.strip("，、；（"))):
        return True
    ended = not where.right or where.right[0] in "，、；。（）和及"
    counting = one_of("increase", at_end=True).search(where.left) or one_of("holds", at_end=True).search(where.left)
    usual = item.unit in ("家", "个", "人", "项", "件", "所", "座")
    return bool((ended and len(where.left) >= 4 and usual) or counting)


def is_goal(where: Surroundings) -> bool:
    """Return whether a number is what was aimed at: 超额完成全年净增130家目标任务."""
    return _GOAL.match(where.right) is not None and _DONE.search(where.left) is not None


def before_goal(left: str) -> str:
    """Return the words before a goal without those that tell that it was reached: 全年净增 of 超额完成全年净增."""
    return _DONE.sub("", left)


def is_threshold(item: Quantity, where: Surroundings, following: object) -> bool:
    """Tell the threshold of a category (10亿元以上项目5个) from an amount."""
    if not isinstance(following, Quantity) or following.kind != "count" or item.kind not in ("money", "amount", "area"):
        return False
    bounded = item.tail > item.end or item.comparison in (">", ">=")
    between = where.right
    return bounded and 0 < len(between) <= 20 and not re.search(r"[，、；。（）]", between) and not one_of("acts").match(between)


def is_group(where: Surroundings) -> bool:
    """Return whether the number is the size of a group that something is ranked in: 在19个城市中."""
    return bool(_GROUP.search(where.left)) and bool(re.search(r"^[^，。；]{2,24}?(?:中|里)", where.right))
