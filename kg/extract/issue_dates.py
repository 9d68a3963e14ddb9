"""When a text was issued, by what it says itself: the day that it prints, or the year that it lets be known."""

import re

from kg.errors import ReportError
from kg.report import Issued, parse_issued

LONGEST_LINE = 60  # characters; a longer line tells a story and not when it was issued
BASIS = "正文所印。As printed in the text."
UNDER_WAY = "今年尚未过完，最近的全年数据是上一年的。This year is not over, and the latest whole-year figures are of the one before."
GATHERED = "近日召开的会议名称所载的年份。The year in the name of a gathering of these days."
AIM = 10  # characters before a year in which a word aims at it
HEAD, TAIL = 4, 3  # lines of the text among which a day of issue is looked for
_DAY = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:年|[-./])(?P<m>1[0-2]|0?[1-9])(?:月|[-./])(?P<d>3[01]|[12]\d|0?[1-9])(?:日|(?!\d))")
_NUMBER = re.compile(r"(?<!\d)(?P<y>20\d\d)年(?:总)?第[一二三四五六七八九十\d]{1,3}期")
# 近日，理事会2018年年会召开: the year that a gathering of these days carries in its name
_GATHERING = re.compile(
    r"(?:今[天日]|昨[天日]|当[天日]|日前|近日|前不久|\d{1,2}日)[^。；\n“”《》]{0,40}?[“]?(?P<y>20\d\d)年?[^。，；\n]{0,24}?"
    r"(?:年会|大会|论坛|峰会|大赛|博览会|对接会|洽谈会|推介会|发布会|座谈会|科技周|双创周|人才周|活动周|理事会|会议|交易会)"
)
# 2019年，某市投资增长10.4%: a year that is over; 今年1-5月, 今年以来: one that is not
_OVER = re.compile(
    r"(?:^|[，。；：])(?P<y>20\d\d)年(?:度|全年)?，(?P<told>[^。；\n]{0,40}?(?:增长|达到?|实现|完成|为)[^。；\n]{0,8}?\d)", re.M
)
_AIMED = re.compile(r"力争|计划|目标|预期|预计|将|拟|确保|要")
_PART = re.compile(r"今年(?:以来|上半年|前?[一二三]个?季度|前[一二三四五六七八九十\d]{1,2}个?月|\d{1,2}(?:月|[-—－~～至到]))")
_NAMED = re.compile(r"(?<![到至\d—－～~-])(?P<y>20\d\d)年")
_STORY = re.compile(r"[。；]|[日\d](?:至|到|—|–|~|－)\d|期限|有效期|\d{1,2}日，")
_LAST_WORDS = re.compile(r"[^。，]{0,24}")


def told_issue(text: str) -> Issued | None:
    """Return when ``text`` says it was issued: the day that it prints, else the year that it lets be known, else ``None``.

    The year is that of a periodical's number (2024年第11期), of a gathering of these days (近日，2018年年会召开), or the one that
    今年 must mean. ``basis`` says which.

    >>> told_issue("某市科技局工作总结\\n\\n全年新增企业5家。\\n2016年12月26日").date
    '2016-12-26'
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if day := _printed_day(lines):
        return day
    if number := next((found for line in lines[:HEAD] if len(line) <= LONGEST_LINE and (found := _NUMBER.search(line))), None):
        return Issued(number["y"], BASIS)
    if gathering := _GATHERING.search(text):
        return Issued(gathering["y"], GATHERED)
    year = _under_way(text)
    return Issued(str(year), UNDER_WAY) if year else None


def _printed_day(lines: list[str]) -> Issued | None:
    """Return the day that stands in one of the first lines or alone in one of the last.

    The first lines may have it in an imprint (第9期 管委会科技局编 2011年9月26日) or in the line that says where a report was
    given; the last lines alone or in brackets (（原载2022年4月12日）). Of several days in one line the first counts.
    """
    for line in lines[:HEAD]:
        if len(line) <= LONGEST_LINE and not _STORY.search(line) and (found := _DAY.search(line)):
            return _issued(found)
    for line in reversed(lines[-TAIL:]):
        found = _DAY.search(line) if len(line) <= LONGEST_LINE else None
        if found and not _STORY.search(line) and _LAST_WORDS.fullmatch(line, 0, found.start()) and len(line) - found.end() <= 12:
            return _issued(found)
    return None


def _under_way(text: str) -> int | None:
    """Return the year that 今年 means where the text tells it: it is not over (今年1-5月), and the last that is over has its figures.

    A text that names a later year than that, but to aim at it, tells nothing.
    """
    if not _PART.search(text):
        return None
    over = max((int(found["y"]) for found in _OVER.finditer(text) if not _AIMED.search(found["told"])), default=0)
    plain = (found for found in _NAMED.finditer(text) if not _AIMED.search(text, max(0, found.start() - AIM), found.start()))
    named = max((int(found["y"]) for found in plain), default=0)
    return over + 1 if over and named <= over + 1 else None


def _issued(day: re.Match[str]) -> Issued | None:
    try:
        return parse_issued(f"{day['y']}-{int(day['m']):02d}-{int(day['d']):02d}", "date", BASIS)
    except ReportError:
        return None
