"""The day of issue that a text prints: under its title, in its imprint, or as its last line."""

import re

from kg.errors import ReportError
from kg.report import Issued, parse_issued

LONGEST_LINE = 60  # characters; a longer line tells a story and not when it was issued
BASIS = "正文所印。As printed in the text."
UNDER_WAY = "最近的全年数据是上一年的，文中述及当年之事。The latest whole-year figures are of the year before; deeds of this one are told."
GATHERED = "近日召开的会议名称所载的年份。The year in the name of a gathering of these days."
HEAD, TAIL = 4, 3  # lines of the text among which a day of issue is looked for
_DAY = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:年|[-./])(?P<m>1[0-2]|0?[1-9])(?:月|[-./])(?P<d>3[01]|[12]\d|0?[1-9])(?:日|(?!\d))")
_NUMBER = re.compile(r"(?<!\d)(?P<y>20\d\d)年(?:总)?第[一二三四五六七八九十\d]{1,3}期")
# 近日，理事会2018年年会召开: the year that a gathering of these days carries in its name
_GATHERING = re.compile(
    r"(?:今[天日]|昨[天日]|当[天日]|日前|近日|前不久|\d{1,2}日)[^。；\n“”《》]{0,40}?[“]?(?P<y>20\d\d)年?[^。，；\n]{0,24}?"
    r"(?:年会|大会|论坛|峰会|大赛|博览会|对接会|洽谈会|推介会|发布会|座谈会|科技周|双创周|人才周|活动周|理事会|会议|交易会)"
)
# 2019年，某市投资增长10.4%: a year that is over; 2020年新立项, 受理2020年度项目: one in which something has been done
_OVER = re.compile(r"(?:^|[，。；：])(?P<y>20\d\d)年(?:度|全年)?，[^。；\n]{0,40}?(?:增长|达到?|实现|完成|为)[^。；\n]{0,8}?\d", re.M)
_DONE = re.compile(
    r"(?<![到至])(?P<y>20\d\d)年度?新(?:立|增|建|认定|引进|获批|设|签)|(?:受理|征集|启动|下达)了?(?P<y2>20\d\d)年度(?![^，。；]{0,20}奖)"
)
_NAMED = re.compile(r"(?<![到至\d—－~-])(?P<y>20\d\d)年")
_STORY = re.compile(r"[。；]|[日\d](?:至|到|—|–|~|－)\d|期限|有效期|\d{1,2}日，")
_LAST_WORDS = re.compile(r"[^。，]{0,24}")


def printed_issue(text: str) -> Issued | None:
    """Return the day on which ``text`` says it was issued, or ``None`` when it prints none.

    The first lines may have it in an imprint (第9期 管委会科技局编 2011年9月26日) or in the line that says where a report was
    given; the last lines alone or in brackets (（原载2022年4月12日）). Of several days in one line the first counts. The number
    of a periodical (2024年第11期) tells the year where no day is printed, and so does a gathering of these days
    (近日，2018年年会召开) and, where the text speaks of 今年, a year that is plainly under way; ``basis`` says which.

    >>> printed_issue("某市科技局工作总结\\n\\n全年新增企业5家。\\n2016年12月26日").date
    '2016-12-26'
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[:HEAD]:
        if len(line) <= LONGEST_LINE and not _STORY.search(line) and (found := _DAY.search(line)):
            return _issued(found)
    for line in reversed(lines[-TAIL:]):
        found = _DAY.search(line) if len(line) <= LONGEST_LINE else None
        if found and not _STORY.search(line) and _LAST_WORDS.fullmatch(line, 0, found.start()) and len(line) - found.end() <= 12:
            return _issued(found)
    number = next((found for line in lines[:HEAD] if len(line) <= LONGEST_LINE and (found := _NUMBER.search(line))), None)
    if number:
        return Issued(number["y"], BASIS)
    if gathering := _GATHERING.search(text):
        return Issued(gathering["y"], GATHERED)
    year = _under_way(text)
    return Issued(str(year), UNDER_WAY) if year else None


def _under_way(text: str) -> int | None:
    """Return the year that 今年 means in a text without a date: the last that it names, when that one is under way.

    The year before it must have whole-year figures, and something must have been done in it: a text may well name last year
    by its number and never this one, so the last year named says nothing by itself.
    """
    if "今年" not in text:
        return None
    last = max((int(found["y"]) for found in _NAMED.finditer(text)), default=0)
    over = max((int(found["y"]) for found in _OVER.finditer(text)), default=0)
    done = {int(found["y"] or found["y2"]) for found in _DONE.finditer(text)}
    return last if last in done and over == last - 1 else None


def _issued(day: re.Match[str]) -> Issued | None:
    try:
        return parse_issued(f"{day['y']}-{int(day['m']):02d}-{int(day['d']):02d}", "date", BASIS)
    except ReportError:
        return None
