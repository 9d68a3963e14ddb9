"""The place that the title of a text names: 河南省2026年政府工作报告, 包头市昆都仑区“十三五”科技规划, 洛阳：老工业基地长出新动能."""

import re
from functools import cache

from kg.mentions.gazetteer import Place, places, places_called
from kg.mentions.places import everyday, full_name, resolve
from kg.rules import alternation, rules

LONGEST_TITLE = 60  # characters of a line of the head
LINES = 3  # of the head, of which one may be the title
_LONGEST_NAME = 11  # characters of a division (黔西南布依族苗族自治州 and the like)
# what follows a place in the name of a university: it says where that one stands, not what the text is about
UNIVERSITY = re.compile(
    "(?:职业|技术|师范|理工|工业|科技|医科|医药|中医药|农业|林业|农林|财经|交通|外国语|石油|化工|电子|信息|工程|工商|商|艺术|体育|医学|"
    "民族|航空|航天|海洋|海事|城市|文理|开放|第[一二三四]|邮电|政法|音乐|美术|建筑){0,3}(?:大学|学院)"
)
_OPENING = re.compile(r"[\s#*“”《》—\-·【】（(]*(?:关于)?(?:(?:19|20)\d\d年?(?:度|上半年|前三季度)?)?")
_NATIONAL = re.compile(
    r"全国|我国|国家(?!级|重点|自主|实验|技术|工程|科技部)|中国(?!科学|工程|石油|[\u4e00-\u9fff]{0,6}(?:大学|学院|公司|集团|研究[院所]))"
)
_SAYS = re.compile(r"[：:]|市委|市政府|[省市区县州旗]?(?:人民政府|委员会|科学技术|科技局|科技厅|政府)")


def titled_place(text: str) -> str | None:
    """Return the full name of the place with which a title line of ``text`` opens, or ``None`` when no title names one.

    A title is one of the first lines, short and without a full stop, that goes on with a kind of document (``document`` in
    ``places.toml``), an authority or a colon. Of a chain (浙江省湖州市长兴县) the last place counts; short names of counties
    count only behind the place that they lie in. 全国 and 国家 (国家高新区综合发展报告) name the whole country.

    >>> titled_place("河南省2026年政府工作报告\\n郑州机场货邮吞吐量增长"), titled_place("郑州大学2021年工作总结")
    ('河南省', None)
    """
    for line in text.lstrip().split("\n")[:LINES]:
        line = line.strip()
        if not line or len(line) > LONGEST_TITLE or "。" in line:
            continue
        opening = _OPENING.match(line)
        start = opening.end() if opening else 0
        place, end = _chain(line, start)
        if place is None and _NATIONAL.match(line, start) and _document().search(line, start):
            return "中国"
        if place is not None and not UNIVERSITY.match(line, end) and (_SAYS.match(line, end) or _document().search(line, end)):
            return full_name(place)
    return None


@cache
def _document() -> re.Pattern[str]:
    return re.compile(alternation(rules("places", "type").words["document"]))


def _chain(line: str, start: int) -> tuple[Place | None, int]:
    """Return the last of the places that follow one another in ``line`` from ``start``, each in the one before it, and its end."""
    place: Place | None = None
    while found := _next(line, start, place):
        place, start = found
    return place, start


def _next(line: str, start: int, within: Place | None) -> tuple[Place, int] | None:
    for size in range(min(_LONGEST_NAME, len(line) - start), 1, -1):
        name = line[start : start + size]
        if not places_called(name):
            continue
        found = resolve(name, within)
        if found is None or (within is not None and not _lies_in(found, within)):
            continue
        short = name != found.name
        if short and (name in everyday() or (within is None and found.level == "county" and found.type != "City")):
            continue
        return found, start + size
    return None


def _lies_in(place: Place, outer: Place) -> bool:
    """Return whether ``place`` is a part of ``outer``."""
    step = places().get(place.parent)
    while step is not None and step != place:
        if step == outer:
            return True
        place, step = step, places().get(step.parent)
    return False
