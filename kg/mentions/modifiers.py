"""What stands before the ending of a name: common words, pairs of marks, halves of a field of study."""

import re
from functools import cache

from kg.mentions.gazetteer import places_called
from kg.mentions.places import place_before
from kg.mentions.walls import words

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# what ends a name of its own, so that it is no half of another
ENDED = re.compile(
    "(?:大学|学院|院|所|中心|公司|园|区|市|省|会|部|局|室|国|府|厅|委|处|空间|基地|平台|工作站|孵化器|集团|单元|联盟|工厂|企业|论坛|项目|"
    "机构|团队|股份|新材|药业|制药|传动|重工|机电|电缆|仪表|窗口|高地|枢纽|[0-9])$"
)

_SOMEBODY = re.compile("院长|校长|所长|主任|主席|书记|经理|教授|院士|博士|代表|先生|上台|登台|嘉宾|(?<=.)[市区县省厅局]长")


def balanced(text: str) -> bool:
    """Return whether quotation marks and brackets of ``text`` come in pairs."""
    return text.count("“") == text.count("”") and text.count("（") == text.count("）")


def is_field(before: str, after: str) -> bool:
    """Return whether ``before`` and ``after`` are two halves of a field of study rather than two things."""
    if not 2 <= len(before) <= 10 or len(after) < 2 or not _HAN.fullmatch(before) or ENDED.search(before) or is_generic(before):
        return False
    if _SOMEBODY.search(before):
        return False
    if place_before(after) or after.startswith(("国家", "省", "市", "县", "区级")) or places_called(before):
        return False
    seat = place_before(before)  # 江州国际激光与光电科技企业孵化器
    return not seat or (
        len(before) - len(seat) >= 2
        and not is_generic(before[len(seat) :])
        and (not is_generic(after) or after.startswith(words("continuing")))
    )


@cache
def _generic_words() -> tuple[frozenset[str], int]:
    listed = words("generic")
    return frozenset(listed), max(len(word) for word in listed)


def is_generic(modifier: str) -> bool:
    """Return whether ``modifier`` is made of common words only (高能级科创 as in 高能级科创平台).

    >>> is_generic("高能级科创"), is_generic("高分子材料")
    (True, False)
    """
    listed, longest = _generic_words()
    reach = {0}
    for start in range(len(modifier)):
        if start in reach:
            reach |= {start + size for size in range(1, longest + 1) if modifier[start : start + size] in listed}
    return len(modifier) in reach
