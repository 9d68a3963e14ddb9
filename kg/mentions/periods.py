"""Find periods of time and resolve them to days: years, halves, quarters, months, plan periods, 今年 and 去年底."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.frozen import quickly_made
from kg.mentions.numerals import numeral
from kg.mentions.protected import Cover, protected
from kg.report import Issued, last_day_of_month
from kg.rules import alternation, rules

Role = Literal["during", "as-of", "until", "base", "undated"]
PLAN_START = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}  # first year of 十一五, 十二五, ...
_OFFSET = {"今年": 0, "本年度": 0, "本年": 0, "去年": -1, "上年度": -1, "上年": -1, "明年": 1, "来年": 1, "前年": -2}
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FOUNDED = ("成立", "创建", "建院", "建所", "建校", "运行", "实施", "开园", "组建", "揭牌", "挂牌")
_TIMES = re.compile(r"的[\d.一二两三四五六七八九十]{1,6}倍")  # 是2010年的2.1倍
# 获2023年度省科技进步奖: of which year the prize is, and not when it was given
_AWARD = re.compile(r"(?:19|20)\d\d年度[^，。；、\n]{0,24}?(?:[一二三特]等奖|奖(?![励补金])|榜)")
Part = Mapping[str, str | None]


@quickly_made
@dataclass(frozen=True, slots=True)
class PeriodMention:
    """``clean[start:end]`` names the days ``first`` to ``last`` (ISO dates; ``None`` when they cannot be known).

    ``role`` is ``during`` for a plain period, ``as-of`` after 截至 (the one day that ends it), ``until`` after 到 or
    至, ``base`` when it is only what something is compared with (比上年, 去年同期), ``undated`` for 目前 and its kin.
    ``year`` is the year it lies in.
    ``implied`` tells that the year was taken from the text before it or from the issue date.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    role: Role
    rule: str
    year: int | None = None
    implied: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class _Known:
    """What is known where a period is read: the issue date and the last year that the text named."""

    issued: Issued | None
    year: int | None  # named last, anywhere before
    year_here: int | None  # named last in the same paragraph
    review: int | None  # the year that the text is about
    now: int | None  # the year that 今年 means
    current: tuple[str | None, str | None]  # the period read last


def find_periods(clean: str, issued: Issued | None, review: int | None = None, now: int | None = None) -> tuple[PeriodMention, ...]:
    """Return the periods of ``clean`` in text order; relative ones need ``issued`` or an earlier year of the text.

    ``review`` is the year that the whole text is about (2021年大事记): months without a year lie in it. ``now`` is the year
    that 今年 means, that of issue when it is not given.

    >>> [(p.first, p.last) for p in find_periods("今年1-5月投资增长，去年底", Issued("2020"))]
    [('2020-01-01', '2020-05-31'), ('2019-12-31', '2019-12-31')]
    """
    now = now or (issued.year if issued else None)
    taken = Cover(protected_from_periods(clean))
    matches = []
    for rule in rules("periods", "means").rules:
        for match in rule.finditer(clean):
            if taken.free(*match.span()) and not _inside_word(clean, match):
                taken.add(*match.span())
                matches.append((match.start(), match, rule))
    found: list[PeriodMention] = []
    year = review
    year_here = None
    current: tuple[str | None, str | None] = (None, None)
    paragraph = 0
    for start, match, rule in sorted(matches, key=lambda item: item[0]):
        if clean.find("\n", paragraph, start) >= 0:
            year_here = None
        paragraph = start
        mention = _resolve(match, str(rule.options["means"]), rule.id, _Known(issued, year, year_here, review, now, current))
        mention = _with_role(mention, clean)
        told = mention.year is not None and mention.role in ("during", "as-of") and clean[start - 1 : start] not in ("由", "从")
        if told and not _AWARD.match(clean, mention.start):
            year = year_here = mention.year
            current = (mention.first, mention.last)
        found.append(mention)
    return tuple(found)


def protected_from_periods(clean: str) -> list[tuple[int, int]]:
    """Return the stretches in which no period is read: titles and quoted names, but not “十三五” itself."""
    return [(a, b) for a, b in protected(clean) if not re.fullmatch("“十[一二三四五]五”", clean[a:b])]


def _inside_word(clean: str, match: re.Match[str]) -> bool:
    """Tell 全年龄, 全年目标任务 and 提前5个月 from periods."""
    before, after = clean[match.start() - 1 : match.start()], clean[match.end() : match.end() + 2]
    return (match[0] == "全年" and after.startswith(("龄", "级", "目标", "任务", "计划", "预算"))) or (
        match[0].startswith("前") and before in ("提", "以", "目")
    )


def _with_role(mention: PeriodMention, clean: str) -> PeriodMention:
    if mention.role == "undated":
        return mention
    at_end = mention.role == "as-of"
    before = clean[max(0, mention.start - 4) : mention.start]
    if _word("as_of", end=True).search(before):
        return replace(mention, role="as-of", first=mention.last)
    if _word("base_before", end=True).search(before) or _word("base_after").match(clean, mention.end):
        return replace(mention, role="base")
    if _TIMES.match(clean, mention.end):
        return replace(mention, role="base")
    if _word("until", end=True).search(before):
        return replace(mention, role="until")
    return replace(mention, role="as-of") if at_end else mention


@cache
def _word(name: str, end: bool = False) -> re.Pattern[str]:
    return re.compile(alternation(rules("periods", "means").words[name]) + ("$" if end else ""))


def _year_of(part: Part, known: _Known, *, near: bool) -> tuple[int | None, bool]:
    """Return the year of a match and whether it is implied; ``near`` asks for one named in the same paragraph."""
    if part.get("y"):
        return int(str(part["y"])), False
    if part.get("rel") in ("上年", "上年度") and known.review:
        return known.review - 1, False  # 由上年的0.96%提高到: the year before the one under review
    if part.get("rel"):
        return (known.now + _OFFSET[str(part["rel"])] if known.now else None), False
    earlier = (known.year_here or known.review) if near else known.year
    if earlier is not None:
        return earlier, True
    if known.issued is None or not near:
        return None, True
    month = int(part.get("m2") or part.get("m") or 0) if str(part.get("m2") or part.get("m") or "0").isdecimal() else 0
    ahead = known.issued.month is not None and month > known.issued.month
    return known.issued.year - ahead, True


def _resolve(match: re.Match[str], means: str, rule: str, known: _Known) -> PeriodMention:
    part = match.groupdict()
    start, end = match.span()
    if means == "undated":
        return PeriodMention(start, end, None, None, "undated", rule)
    if means == "past-years":
        if match.string[max(0, start - 2) : start] in _FOUNDED:
            return PeriodMention(start, end, None, None, "undated", rule)
        first, last, year = _past_years(part, known)
        return PeriodMention(start, end, first, last, "during", rule, year, True)
    if means == "same-months":
        return _same_months(match, rule, known)
    if means == "plan":
        first, last, year = _plan(part, known)
        return PeriodMention(start, end, first, last, "during", rule, year)
    year, implied = _year_of(part, known, near=means != "whole-year")
    if year is None:
        return PeriodMention(start, end, None, None, "during", rule, None, implied)
    first, last = _days(part, means, year, known)
    at_end = means == "year-end" or bool(part.get("end"))
    role: Role = "as-of" if at_end else "during"
    return PeriodMention(start, end, last if at_end else first, last, role, rule, int(last[:4]), implied)


def _days(part: Part, means: str, year: int, known: _Known) -> tuple[str, str]:
    """Return first and last day of a match in ``year``."""
    match means:
        case "years":
            return f"{year}-01-01", f"{part['y2']}-12-31"
        case "months":
            return _months(year, int(str(part["m"])), int(str(part["m2"])))
        case "first-months":
            return _months(year, 1, int(numeral(str(part["m2"])) or 1))
        case "day":
            day = f"{year}-{int(str(part['m'])):02d}-{int(str(part['d'])):02d}"
            return day, day
        case "month":
            return _months(year, int(str(part["m"])), int(str(part["m"])))
        case "half":
            return _months(year, 1, 6) if part["half"] == "上" else _months(year, 7, 12)
        case "quarter":
            last = _QUARTER[str(part["q"])] * 3
            return _months(year, 1 if part["first"] else last - 2, last)
        case "year-end":
            return f"{year}-12-31", f"{year}-12-31"
    if part.get("edge") and known.issued and year <= known.issued.year:
        return f"{year}-01-01", known.issued.last_day
    return f"{year}-01-01", f"{year}-12-31"


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02d}-01", last_day_of_month(year, max(first, last))


def _same_months(match: re.Match[str], rule: str, known: _Known) -> PeriodMention:
    """Return the period read last, one year earlier: 由去年同期的11.3亿元增至15.8亿元."""
    first, last = (f"{int(day[:4]) - 1}{day[4:]}" if day else None for day in known.current)
    return PeriodMention(*match.span(), first, last, "during", rule, int(last[:4]) if last else None)


def _plan(part: Part, known: _Known) -> tuple[str, str, int]:
    year = PLAN_START[str(part["plan"])]
    edge = part["edge"] or ""
    if edge.startswith("开局"):
        return f"{year}-01-01", f"{year}-12-31", year
    if edge.startswith(("末", "期末", "收官")):
        return f"{year + 4}-01-01" if edge.startswith("收官") else f"{year + 4}-12-31", f"{year + 4}-12-31", year + 4
    if edge == "以来" and known.issued and year <= known.issued.year <= year + 4:
        return f"{year}-01-01", known.issued.last_day, known.issued.year
    return f"{year}-01-01", f"{year + 4}-12-31", year + 4


def _past_years(part: Part, known: _Known) -> tuple[str | None, str | None, int | None]:
    """Return the years before: up to the year under review, else the year last named or that of issue.

    A text of January to March looks back from the end of the year before.
    """
    count = numeral(part["n"] or part["n2"] or "")
    early = known.issued is not None and known.issued.month is not None and known.issued.month <= 3
    issued = known.issued.year - early if known.issued else None
    since = known.year is not None and issued is not None and count is not None and abs(issued - known.year - int(count)) <= 1
    year = known.review or (issued if early or since else known.year or issued)  # 2021年成立，三年来: up to the day of issue
    if year is None or not count:
        return None, None, None
    return f"{year - int(count) + 1}-01-01", f"{year}-12-31", None
