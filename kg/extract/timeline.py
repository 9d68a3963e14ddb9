"""Give each number the period it belongs to: printed beside it, carried on from before, or none.

A period that opens a sentence (2019年，…) holds for the rest of its paragraph; one inside a clause (于今年4月挂牌) holds for
that clause. A report that reviews a year (2017年是…的一年, 2018政府工作报告, 2020年工作总结) gives that year to all that says
no other. 目前 and 累计 end it: the text then gives no period.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.modality import plans
from kg.facts import UNDATED, Period
from kg.frozen import quickly_made
from kg.mentions.periods import PeriodMention, find_periods
from kg.passages import Clause, Paragraph, Passages, Sentence
from kg.report import Issued, Report

_WORK_REPORT = re.compile(r"(?P<y>20\d\d)年?[^，。]{0,20}政府工作报告")
_YEARBOOK = re.compile(
    r"(?P<y>(?:19|20)\d\d)年?度?[^，。\d]{0,20}?"
    r"(?:大事记|总结|公报|回顾|概况|综述|年报|年度报告|工作报告|工作情况|盘点|亮点|成绩单|发展报告)"
)
_HELD = re.compile(r"(?P<y>20\d\d)年(?P<m>\d{1,2})月\d{1,2}日")
OPENING = 150  # characters: title and the line that says when and where a report was held
_HEADING_YEAR = re.compile(r"(?P<y>(?:19|20)\d\d)年")
_IS_A_YEAR = re.compile(r"(?P<y>20\d\d)年，?(?:是|，?对[^，。]{1,20}是)")
_SEEN = re.compile(r"记者|获悉|报道|看到|日电|讯")
_ORIGIN = re.compile(
    r"(?:出生|生于|生，|毕业|成立|创办|创建|创立|注册|组建|揭牌|获批|落户|投产|开园|入选|当选|加盟|回国|起，|首次|最[高好低大快])"
)
_ISSUED = re.compile(r"，?[^，。；]{0,8}(?:出台|印发|颁布|推出)[^，。；]{0,4}《")  # 2015年出台《…》: what has come of it since
_SINCE = re.compile(r"[^，。；以]{1,24}以来")  # 2020年改革重塑以来: since that year, and not in it
_REACHED_BY_NOW = re.compile(r"已(?!有)|统计显示|如今|现有")
_DONE = re.compile(r"已(?!有)|目前|日前|近日|截至|表示")
_COMING = re.compile(r"(?:今年|明年|20\d\d年)[^。；]{0,30}?(?:预期目标|奋斗目标|总体要求|工作总体|主要目标|目标任务是|重点抓好|重点做好)")
_REACHED = re.compile(r"[^，。；]{0,12}(?:完成|实现|达成)")  # 2025年经济社会发展主要目标任务圆满完成
_GOES_ON = re.compile(r"同时，|此外，|另外，|还要|还将")
_SHALL = re.compile(r"[^，。；“”]{0,10}?(?:还|也)?将(?:继续|进一步|全力|大力|加快|加大|着力|重点|持续|全面|积极|深入)")
_AIM = re.compile(r"(?P<y>20\d\d)年，?(?:我们|全市|全省)?(?:将|要|力争|计划|确保)")
_WE_SHALL = re.compile(
    r"(?:(?:今年|明年|下一步|接下来|下阶段|未来|今后|20\d\d年)，?)?(?:我们|全市|全省|全区|全县|我市|我省|我区|市委市政府|市政府)?(?:将(?!\d|[一二三四五六七八九十两]|[^，。；]{1,24}(?:纳入|列为|列入|作为|整合|转化为|分为|转变为))|要(?!求|素)|力争)"
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年|[今去上]年(?!增|下|提|同|末|底|多)")
_WHOLE_YEAR = re.compile(r"全年(?!龄|级|目标|任务|计划|预)")
_FIGURE = re.compile(r"\d(?:\d|\.\d)*万?亿?(?:[个家项人件名]|元|%)")
LOOKING_BACK, LATE = 6, 11  # months of issue: up to June 全年 is last year, from November on it is this one
EARLY = 3  # a report of January to March that heads a part with its own year speaks of what is to come
REACH = 300  # characters of a clause over which a period holds
_ANNOUNCES = re.compile(r"(?:指标|目标|任务|数据|成绩|情况)(?:如下|是|为)?$")  # 部署2014年主要发展指标是：
HEAD = 14  # characters that may stand before a period that opens a sentence
_BINDS = re.compile(r"(?:于|在|自|从|由|受理|实施|启动|列入|纳入|为|和|及|的)$")


@quickly_made
@dataclass(frozen=True, slots=True)
class When:
    """The period of a number and whether the passage speaks of what is to come."""

    period: Period
    planned: bool


def _review_year(passages: Passages, report: Report) -> int | None:
    """Return the year that a report is about by its title: 2018政府工作报告 is about 2017, 2021年大事记 about 2021.

    A work report without a year in its title is about the year before the day on which it was held or issued.
    """
    first = passages.paragraphs[0] if passages.paragraphs else None
    lines = [report.title]
    if first is not None:
        lines.append(passages.reading.clean[first.start : min(first.end, first.start + 60)])
    for line in lines:
        if match := _WORK_REPORT.search(line):
            return int(match["y"]) - 1
        if (match := _YEARBOOK.search(line)) and plans(line) is not True:
            return int(match["y"])
    opening = passages.reading.clean[:OPENING].replace(" ", "")
    if "政府工作报告" in opening or "政府工作报告" in report.title:
        held = _HELD.search(opening)
        if held and int(held["m"]) <= EARLY:
            return int(held["y"]) - 1
        if report.issued and (report.issued.month or 1) <= EARLY:
            return report.issued.year - 1
    if report.issued and not _ANY_YEAR.search(passages.reading.clean) and _WHOLE_YEAR.search(passages.reading.clean, 0, OPENING):
        month = report.issued.month or 0  # 全年 alone: the year that has just ended
        return report.issued.year - 1 if 0 < month <= LOOKING_BACK else report.issued.year if month >= LATE else None
    return None


def _year_of_writing(passages: Passages, report: Report, review: int | None) -> int | None:
    """Return the year that 今年 means in a report without a date: of a work report the year after the one it reviews."""
    opening = f"{report.title}\n{passages.reading.clean[:OPENING]}".replace(" ", "")
    return review + ("政府工作报告" in opening) if review else None


_read: list[tuple[Passages, tuple[int | None, tuple[PeriodMention, ...]]]] = []  # the report read last: two stages ask for it


def periods_of(passages: Passages, report: Report) -> tuple[int | None, tuple[PeriodMention, ...]]:
    """Return the year that a report is about, where it tells, and all its periods; asked again, they are not read anew."""
    if not _read or _read[0][0] is not passages:
        review = _review_year(passages, report)
        now = report.issued.year if report.issued else _year_of_writing(passages, report, review)
        _read[:] = [(passages, (review, find_periods(passages.reading.clean, report.issued, review, now)))]
    return _read[0][1]


def _brief(topic: PeriodMention) -> bool:
    """Return whether a period is a day or a month on which something took place (and no 截至)."""
    return topic.role != "as-of" and topic.first is not None and topic.last is not None and topic.first[:7] == topic.last[:7]


class Timeline:
    """Walks a report from its start; ``open_paragraph`` and ``open_sentence`` must be called in text order."""

    def __init__(self, passages: Passages, report: Report) -> None:
        self.passages = passages
        self.issued: Issued | None = report.issued
        self.clean = passages.reading.clean
        self.review, self.periods = periods_of(passages, report)
        self._starts = [p.start for p in self.periods]
        self.frame = UNDATED
        self.planned = False
        self.paragraph_planned = False
        self.aim = UNDATED  # the year for which the passage sets out what is to come
        self._topic: PeriodMention | None = None
        self._bodies = 0
        if self.review is not None:
            self._set_frame(self.review)

    def between(self, start: int, end: int) -> Sequence[PeriodMention]:
        """Return the periods that start in ``[start, end)``."""
        return self.periods[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _set_frame(self, year: int, first: str | None = None, last: str | None = None) -> None:
        self.frame = Period(first or f"{year}-01-01", last or f"{year}-12-31", "inherited", f"{year}年")

    def open_paragraph(self, paragraph: Paragraph) -> None:
        """Take note of a heading (2018年工作安排) or of a year that opens the text or a part of it (2017年是…)."""
        self._topic = None
        self.aim = self.aim if self.paragraph_planned else UNDATED
        self.paragraph_planned = self.paragraph_planned and _GOES_ON.match(self.clean, paragraph.start) is not None
        line = self.clean[paragraph.start : paragraph.end]
        if paragraph.heading:
            self._open_heading(paragraph, line)
            return
        self._bodies += 1
        if (match := _IS_A_YEAR.match(line)) or (self._bodies == 1 and (match := re.match(r"(?P<y>20\d\d)年(?:度)?，", line))):
            self._set_frame(int(match["y"]))

    def _to_come(self, year: int) -> bool:
        """Return whether a report that says what ``year`` is (2026年是“十五五”开局之年) looks ahead from there."""
        if self.issued is None:
            return self.review is not None and year > self.review
        return year > self.issued.year or (year == self.issued.year and (self.issued.month or LATE) <= EARLY)

    def _open_heading(self, paragraph: Paragraph, line: str) -> None:
        coming = None if _FIGURE.search(line) else plans(line)  # 2022年重大项目共安排883个 tells what is so
        own = next((p for p in self.between(paragraph.start, paragraph.end) if p.role in ("during", "until") and p.last), None)
        year = int(own.last[:4]) if own and own.last else None
        match = _HEADING_YEAR.search(line)
        if match and _WORK_REPORT.search(line):
            return
        numbered = bool(re.match(r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分", line))
        if coming is None and numbered and year is not None and self.issued is not None:
            early = self.issued.month is not None and self.issued.month <= EARLY
            coming = year > self.issued.year or (year == self.issued.year and early)
        if coming and year is not None and self.issued is not None and year < self.issued.year:
            coming = False  # 2024年重点工作 is done in a report of 2025
        if coming is None and own and own.rule == "periods.year" and own.year and paragraph.start > self.passages.paragraphs[0].start:
            self._set_frame(own.year)  # a part of a feature that is headed with its year
        if coming is None or not (year or numbered or coming):
            return
        self.planned = coming
        if year is not None:
            self._set_frame(year, own.first if own else None, own.last if own else None)

    def open_sentence(self, sentence: Sentence) -> None:
        """Begin a sentence; a span of years (近三年) or a day is not carried over a full stop."""
        if self._topic and self._passing(self._topic) and self.clean[sentence.start - 1 : sentence.start] != "；":
            self._topic = None
        text = self.clean[sentence.start : sentence.end]
        if self._topic and self._future(self._topic) and not self.planned and _DONE.search(text):
            self._topic = None
        if (coming := _COMING.match(text)) and not _REACHED.match(text, coming.end()):
            year = next((p.year for p in self.between(sentence.start, sentence.start + coming.end()) if p.year), None)
            self.planned = True
            if year is not None:
                self._set_frame(year)
        elif _WE_SHALL.match(text) or _SHALL.match(text):
            self.paragraph_planned = True
        if (aim := _AIM.match(text)) or (self.paragraph_planned and (aim := _AIM.search(text))):
            self.aim = Period(f"{aim['y']}-01-01", f"{aim['y']}-12-31", "inherited", f"{aim['y']}年")
        if match := _IS_A_YEAR.match(self.clean, sentence.start):
            self._set_frame(int(match["y"]))
            self.planned = self._to_come(int(match["y"]))

    def at(
        self, sentence: Sentence, clause: Clause, offset: int, end: int, *, stock: bool, flow: bool = False, lasting: bool = False
    ) -> When:
        """Return the period of the number at ``[offset, end)``.

        截至10月末 ends a period that has no beginning, but for a ``flow`` it means the year up to that day. A ``stock`` takes
        only what its sentence prints.
        What is ``lasting`` (总投资, 建筑面积) takes no day or month on which something else took place.
        """
        when = self._at(sentence, clause, offset, end, stock=stock, lasting=lasting)
        if flow and when.period.start is None and when.period.end is not None:
            return When(replace(when.period, start=f"{when.period.end[:4]}-01-01"), when.planned)
        return when

    def _at(self, sentence: Sentence, clause: Clause, offset: int, end: int, *, stock: bool, lasting: bool) -> When:
        coming = (self.planned or self.paragraph_planned) and not _DONE.search(self.clean, max(clause.start, offset - REACH), offset)
        near = self.between(max(clause.start, offset - REACH), min(clause.end, end + REACH))
        own = [p for p in near if p.role != "base"]
        before = [p for p in own if p.start < end and not self._left_behind(p, offset)]
        after = [p for p in own if p.start >= end and self.clean[p.start - 1] != "（"]
        stated = before[-1] if before else None
        if stated is None and after and self.clean[after[0].start - 1] in "于在自":
            stated = after[0]
        if stated is not None:
            return self._when(stated, "implied" if stated.implied and stated.rule.endswith("whole-year") else "stated", coming)
        topic = self._topic
        if topic is not None:
            here = topic.start >= sentence.start
            if _brief(topic) and (lasting or (not here and _REACHED_BY_NOW.search(self.clean, sentence.start, offset))):
                return self._when(None, "none", coming)
            span = here and topic.first and topic.last and topic.first[:4] != topic.last[:4]
            if stock and topic.role != "as-of" and not span:
                return self._when(None, "none", coming)
            return self._when(topic, "stated" if here else "inherited", coming)
        aimed = coming and self.frame == UNDATED and not stock
        return When(UNDATED if stock else self.aim if aimed else self.frame, coming)

    def _left_behind(self, mention: PeriodMention, offset: int) -> bool:
        """Return whether 由2016年的8家 has passed: such a period holds for the first number after it only."""
        if self.clean[mention.start - 1 : mention.start] not in ("由", "从"):
            return False
        return bool(re.search(r"\d|第", self.clean[mention.end : offset]))

    def _when(self, mention: PeriodMention | None, basis: str, coming: bool) -> When:
        if mention is None:
            return When(UNDATED, coming)
        future = mention.role != "undated" and self._future(mention)
        if mention.first is None and mention.last is None:
            return When(UNDATED, coming or future)
        printed = self.clean[mention.start : mention.end]
        first = None if mention.role == "as-of" else mention.first  # 截至6月底 tells an end and no beginning
        return When(Period(first, mention.last, basis, printed), coming or future)  # type: ignore[arg-type]

    def _passing(self, mention: PeriodMention) -> bool:
        """Return whether a period is said in passing: a day, or 近三年 (过去五年 is what a whole passage is about)."""
        return mention.rule.endswith(".day") or (mention.rule.endswith("past-years") and self.clean[mention.start] in "近最")

    def _future(self, mention: PeriodMention) -> bool:
        if mention.year is None or self.issued is None:
            return False
        first = mention.year if mention.role == "until" or mention.first is None else int(mention.first[:4])
        return first > self.issued.year

    def leave_clause(self, clause: Clause) -> None:
        """Remember the period that opens ``clause``, for what follows it in the paragraph."""
        announced = self.clean[clause.end : clause.end + 1] in "：:" and _ANNOUNCES.search(self.clean, clause.start, clause.end)
        reach = clause.end - clause.start if announced else HEAD
        for mention in self.between(clause.start, min(clause.end, clause.start + reach + 1)):
            if mention.role == "base":
                continue
            before = self.clean[clause.start : mention.start]
            if mention.rule.endswith(".day") and _SEEN.search(self.clean, mention.end, clause.end + 24):
                continue
            if _ISSUED.match(self.clean, mention.end):
                self._topic = None
                continue
            if _ORIGIN.match(self.clean, mention.end) or _SINCE.match(self.clean, mention.end):
                continue
            if len(before) <= reach and (mention.rule.endswith("years") or not _BINDS.search(before)) and not re.search(r"[“”0-9]", before):
                self._topic = mention
                break
