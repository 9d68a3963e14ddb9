"""Split a coordinated noun phrase into the things that numbers speak of in turn (装备制造业、高技术制造业增加值分别增长…)."""

import re
from functools import cache

from kg.extract.phrases import words
from kg.rules import alternation

_JOINTS = re.compile(r"[、，]|以及|和|(?<![普涉波])及(?!以)|(?<!参)与")
_WHERE = re.compile(r"城镇|农村|城市")


def split_list(noun: str, count: int = 0) -> list[str]:
    """Return the items of a coordinated noun phrase; a shared head is given to the short ones.

    Where there are more items than ``count``, if that is given, 和 is read as part of a name (软件和信息服务业).

    >>> split_list("国家级和省级孵化器"), split_list("城乡居民人均可支配收入")
    (['国家级孵化器', '省级孵化器'], ['城镇居民人均可支配收入', '农村居民人均可支配收入'])
    >>> split_list("装备制造业、高技术制造业增加值")
    ['装备制造业增加值', '高技术制造业增加值']
    >>> split_list("金融业、软件和信息服务业增加值", 2), split_list("城镇、农村居民人均可支配收入")
    (['金融业增加值', '软件和信息服务业增加值'], ['城镇居民人均可支配收入', '农村居民人均可支配收入'])
    """
    if "城乡" in noun:
        return [noun.replace("城乡", "城镇", 1), noun.replace("城乡", "农村", 1)]
    items = [item for item in _JOINTS.split(noun) if item]
    if 1 < count < len(items):
        items = [item for item in re.split(r"[、，]|以及", noun) if item]
    if len(items) < 2:
        return items
    last = items[-1]
    if (where := _WHERE.match(last)) and all(_WHERE.fullmatch(item) for item in items[:-1]):
        return [*(item + last[where.end() :] for item in items[:-1]), last]
    if head := re.match(r"(?:[^级类]{1,4}[级类])(.{2,})", last):
        return [item + head[1] if re.fullmatch(r"[^级类]{1,4}[级类]", item) else item for item in items]
    if (shared := _shared_head().search(last)) and not any(_shared_head().search(item) for item in items[:-1]):
        return [*(item + shared[0] for item in items[:-1]), last]
    return items


@cache
def _shared_head() -> re.Pattern[str]:
    """Return the pattern of what the items of a list measure when only the last one says it: 原煤、原油产量."""
    return re.compile(rf"(?<=[\u4e00-\u9fff]{{2}}){alternation(words('shared_head'))}(?:占.{{2,20}}(?:比重|比例))?$")
