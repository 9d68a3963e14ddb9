"""Find the observations of a report: every number with its subject, indicator, measure, period, rank and status."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kg.extract.counting import counts, is_goal, is_group, is_threshold
from kg.extract.drafts import Draft
from kg.extract.heads import Heads
from kg.extract.indicators import canonical, rate_of
from kg.extract.measures import direction
from kg.extract.modality import REACH, judge
from kg.extract.name_lists import split_list
from kg.extract.naming import completed, name_of, verb_of
from kg.extract.numbers import Reading, Scene, is_place, is_stock, measure_of, read_group, read_number
from kg.extract.phrases import one_of, read_before, words
from kg.extract.ranking import Here, Ranks
from kg.extract.standings import full_place, restate
from kg.extract.subjects import Areas, city_named, opened, owned, place_pattern, subject_of, topic_of
from kg.extract.surroundings import Item, Map, Surroundings, items_of, lead_of, leading, tail_of
from kg.extract.timeline import Timeline
from kg.facts import Measure, Modality, Observation, Period, Status
from kg.mentions.mention import Mention
from kg.mentions.places import home_of
from kg.mentions.quantities import Quantity
from kg.mentions.ranks import RankMention
from kg.passages import Clause, Paragraph, Passages, Sentence
from kg.report import Report

RECENT = 40  # numbers of a sentence that later ones can go on from; no sentence of the genre has as many
_SOURCE = re.compile(
    r"据(?P<who>[^，。；据]{2,40}?)(?:最新|近日|日前|昨日)?(?:统计|显示|表示|介绍|披露|透露|发布|公布|通报|消息)"
    r"(?:的(?P<what>[^，。；]{2,40}?(?:报告|公报|榜单|名单|年鉴|结果|数据)》?))?"
)
_GROWTH = re.compile(r"增[速幅]")
_LEVELS = ("increase", "value", "cumulative")
_JOINED = re.compile(r"[、，和与及以]{1,2}(?:(?:同比)?(?:增长|下降|增加|减少|提高|降低))?")
_INDICATOR = re.compile(
    r"(?:[一二三四五六七八九十]是)?"
    r"(?P<noun>[\u4e00-\u9fff“”&A-Za-z]{2,20}(?:强度|占比|比重|率|收入|产值|增加值|总量|投入|指数|总额|位次|排名|[数量](?=创|再创|持续|快速|大幅|稳步|逐年)))"
)


def find_observations(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Observation, ...]:
    """Return the observations of a report in text order; ``mentions`` may be empty.

    Numbers inside names, dates, ordinals and document numbers yield none.
    """
    return _Reader(passages, mentions, report).observations()


class _Reader:
    """Walks a report once, from its start to its end."""

    def __init__(self, passages: Passages, mentions: Sequence[Mention], report: Report) -> None:
        self.passages = passages
        self.clean = passages.reading.clean
        self.timeline = Timeline(passages, report)
        self.map = Map(self.clean, self.timeline)
        self.items = items_of(self.clean, self.timeline, mentions)
        self.item_starts = [item.start for item in self.items]
        self.heads = Heads(passages, mentions, self.timeline, self.clean)
        self.areas = Areas(self.clean, mentions, report.area or self.heads.house)
        self.ranks = Ranks(self.clean, self.heads, self.areas, self.timeline)
        known = any(section.place for section in passages.sections)
        self.home = None if known else city_named(self.clean)
        self.place: str | None = None
        self.last: Draft | None = None  # the last number of the sentences before
        self.last_here = False  # whether it stands in the same paragraph
        self.hanging = ""  # the indicator that the clause before named without a number
        self.printed: dict[str, str] = {}  # areas by their full names, as the text prints them
        self.named_before = ""  # the indicator that the sentence before named without a number
        self.chain = 0  # where the chain of sentences joined by ； begins
        self.place_pattern: re.Pattern[str] | None = None

    def observations(self) -> tuple[Observation, ...]:
        found: list[Draft] = []
        headlines: list[Draft] = []
        for paragraph in self.passages.paragraphs:
            self.timeline.open_paragraph(paragraph)
            self.place = self.passages.place_of(paragraph) or self.home
            self.place_pattern = place_pattern(self.place)
            self.last_here = False
            for sentence in paragraph.sentences:
                self.timeline.open_sentence(sentence)
                if sentence.start == paragraph.start or self.clean[sentence.start - 1] != "；":
                    self.chain = sentence.start
                drafts = self._sentence(paragraph, sentence)
                levels = [draft for draft in drafts if draft.measure not in ("difference", "rank")]
                self.last, self.last_here = (levels[-1], True) if levels else (self.last, self.last_here)
                found.extend(drafts)
                if paragraph.heading:
                    headlines.extend(draft for draft in drafts if draft.measure == "rank")
        closing = next((p.end for p in reversed(self.passages.paragraphs) if not p.heading), 0)
        found = restate(found, headlines, since=closing) if headlines else found
        found.sort(key=lambda d: (d.number, d.measure))
        found.reverse()  # so that each draft can be let go of as soon as it is finished
        return tuple([self._as_printed(found.pop().finish(self.passages.reading)) for _ in range(len(found))])

    def _as_printed(self, found: Observation) -> Observation:
        """Return an observation of a district under the name that the text prints: 杨陵区 where it never says 咸阳市杨陵区."""
        area = found.area
        if area is None or (name := self._printed(area)) == area:
            return found
        return replace(found, area=name, subject=name if found.subject == area else found.subject)

    def _printed(self, area: str) -> str:
        if area not in self.printed:
            home = None if area in self.clean else home_of(area)
            self.printed[area] = home.name if home and home.name in self.clean else area
        return self.printed[area]

    def _sentence(self, paragraph: Paragraph, sentence: Sentence) -> list[Draft]:
        first, last = (bisect_left(self.item_starts, edge) for edge in (sentence.start, sentence.end))
        self.heads.open_sentence(sentence.start, goes_on=self.chain < sentence.start)
        drafts: list[Draft] = []
        topic, self.hanging, named = "", self.named_before if self.timeline.between(sentence.start, sentence.start + 1) else "", ""
        for clause in sentence.clauses:
            headed = (first < last or sentence.mark == "；") and self.heads.enter(clause)
            topic = "" if headed else topic
            before, first = first, bisect_left(self.item_starts, clause.end)
            if before < first:
                self._clause((paragraph, sentence, clause), self.items[before:first], topic, drafts)
                self.hanging = ""
            elif drafts and (draft := self._direction(sentence, clause, drafts)):
                drafts.append(draft)
            if before == first < last:
                topic = self._topic(clause, headed) or topic
            elif before == first and not drafts:
                named = self._left_hanging(clause) or named
            self.timeline.leave_clause(clause)
        self.named_before = named
        if drafts:
            self._close(sentence, drafts)
        return drafts

    def _clause(self, place: tuple[Paragraph, Sentence, Clause], items: Sequence[Item], topic: str, drafts: list[Draft]) -> None:
        """Read the numbers of a clause one after the other, each from where the one before it ends."""
        edge = place[2].start
        for i, item in enumerate(items):
            following = items[i + 1] if i + 1 < len(items) else None
            recent = drafts[-RECENT:]
            where = self.map.around(item, following, edge, recent, place)
            made = self._item(item, where, recent, items[i : i + RECENT], topic)
            if made or isinstance(item, RankMention):
                edge = max([tail_of(item), *(draft.right_end for draft in made)])
            drafts.extend(made)

    def _topic(self, clause: Clause, headed: bool) -> str:
        """Return what a clause without a number makes later numbers about, and remember the indicator it leaves hanging."""
        self.hanging = self._left_hanging(clause)
        text = self.clean[clause.start : clause.end]
        return topic_of(text, self.place_pattern) if not headed or one_of("result").search(text) else ""

    def _left_hanging(self, clause: Clause) -> str:
        """Return the indicator that a clause without a number opens with (研发投入强度居全国前列), or the empty string."""
        named = _INDICATOR.match(self.clean, clause.start, clause.end)
        return read_before(named["noun"], self.place_pattern).noun if named else ""

    def _close(self, sentence: Sentence, drafts: list[Draft]) -> None:
        """Give the numbers of a sentence its superlatives and its source."""
        self.ranks.close(sentence, drafts)
        if source := _SOURCE.search(self.clean, sentence.start, sentence.end):
            for draft in drafts:
                draft.source = source["what"] or source["who"]

    def _item(self, item: Item, where: Surroundings, drafts: list[Draft], items: Sequence[Item], topic: str) -> list[Draft]:
        if isinstance(item, RankMention):
            return self.ranks.give(item, where, drafts, Here(self.place, self.place_pattern, self.chain, self.hanging))
        if is_threshold(item, where, items[1] if len(items) > 1 else None) or not counts(item, where):
            return []
        if item.kind == "group":
            draft = self._draft(read_group(item, where, self.clean), topic)
            return [draft] if draft else []
        reading = read_number(item, where, Scene(drafts, self.last, self.last_here, self._chained(items), self.place_pattern, self.hanging))
        if item.each and len(names := split_list(reading.noun)) == 2:
            readings = [replace(reading, right=False, before=replace(reading.before, verb="", noun=name + "条")) for name in names]
            return [draft for one in readings if (draft := self._draft(one, topic))]
        draft = self._draft(reading, topic)
        if draft and reading.prior and reading.right and item.rule.endswith("range"):
            reading.prior.indicator, reading.prior.noun = draft.indicator, draft.noun  # 50万至200万元启动经费: named after both
        if draft and len(items) > 1:
            opened(reading, self.heads, draft.area, self.clean[item.tail + reading.after.length : lead_of(items[1])])
        return [draft] if draft else []

    def _direction(self, sentence: Sentence, clause: Clause, drafts: list[Draft]) -> Draft | None:
        """Return the difference that a clause tells without an amount (新增数量高于去年同期): above or below zero."""
        told = direction(self.clean[clause.start : clause.end])
        grows = bool(_GROWTH.search(self.clean, clause.start, clause.end))
        measured = [d for d in drafts if (d.measure == "yoy_growth" if grows else d.kind == "count" and d.measure in _LEVELS)]
        if not told or not measured:
            return None
        prior = measured[-1]
        when = self.timeline.at(sentence, clause, clause.start, clause.start + 1, stock=False)
        return replace(
            prior,
            start=clause.start,
            end=clause.end,
            number=(clause.start + told.start, clause.start + told.end),
            value=Decimal(0),
            indicator=rate_of(prior.indicator, "yoy_growth") if grows else prior.indicator,
            unit="百分点" if grows else prior.unit,
            measure="difference",
            comparison=told.comparison,
            rule=told.rule,
            period=when.period,
            baseline=told.base,
            rank=None,
            rank_scope=None,
        )

    def _chained(self, items: Sequence[Item]) -> int:
        """Return how many of the following numbers are joined to the first by 、 or 和 alone."""
        chained = 0
        for one, two in pairwise(items):
            if not (isinstance(two, Quantity) and _JOINED.fullmatch(self.clean, tail_of(one), lead_of(two))):
                break
            chained += 1
        return chained

    def _draft(self, reading: Reading, topic: str) -> Draft | None:
        item, where = reading.item, reading.where
        reading, category = owned(reading, self.heads, self.place_pattern)
        measure = measure_of(reading)
        verb = verb_of(reading, measure)
        indicator = name_of(reading, measure, verb)
        if indicator is None:
            return None
        when, modality, status = self._standing(reading, measure)
        area = self._area(reading)
        right_end = item.tail + reading.after.length if reading.right or reading.after.attributive else item.tail
        prior = reading.prior
        noun = completed(reading.noun, prior.noun) if prior and reading.noun else reading.noun or (prior.noun if prior else "")
        return Draft(
            start=where.left_start + leading(self.clean, where.left_start, item.lead),
            end=max(item.tail, right_end),
            number=(item.start, item.end),
            value=item.value * reading.said.sign,
            unit="人" if item.unit == "位" and measure != "difference" else item.unit,
            kind=item.kind,
            indicator=indicator,
            measure=measure,
            rule=reading.said.rule or ("observations.right" if reading.right else "observations.left"),
            noun=noun,
            verb=verb,
            target=reading.before.target,
            inherited=not reading.noun,
            sign=reading.said.sign,
            rule_found=item.rule,
            subject=category or subject_of(reading, self.heads, topic, area, self.place_pattern),
            area=area,
            comparison=item.comparison,
            period=when,
            modality=modality,
            status=status,
            baseline=_baseline(reading),
            right_end=right_end,
            bracket=where.bracket,
            each=reading.each,
        )

    def _standing(self, reading: Reading, measure: Measure) -> tuple[Period, Modality, Status]:
        """Return period, modality and status of a number."""
        item, where = reading.item, reading.where
        stock, flow = is_stock(reading, measure) or bool(reading.before.target), measure in ("increase", "yoy_growth")
        lasting = measure == "value" and reading.noun.endswith(words("lasting"))
        when = self.timeline.at(where.sentence, where.clause, item.lead, item.tail, stock=stock, flow=flow, lasting=lasting)
        modality, status, _ = judge(self.clean[max(self.chain, item.lead - REACH) : item.start], planned=when.planned)
        if is_goal(where):
            modality, status = "target", "planned"
        return when.period, modality, status

    def _area(self, reading: Reading) -> str | None:
        """Return the place of a number: named by its subject or its clause, that of the number it goes on from, or the section's."""
        item, where, before = reading.item, reading.where, reading.before
        if reading.prior and not (reading.noun or before.verb or before.subject):
            return reading.prior.area
        area = (self.areas.of_group if is_group(reading.where) else self.areas.of)(where, item, self.place)
        return (full_place(before.subject, self.place) or area) if is_place(before.subject) else area


def _baseline(reading: Reading) -> str | None:
    if reading.said.base is None:
        return None
    return canonical(reading.said.base.strip("，、的 ")) or None
