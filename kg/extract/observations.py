"""Find the observations of a report: every number with its subject, indicator, measure, period, rank and status."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.drafts import Draft
from kg.extract.indicators import base_of, canonical, indicator_name, rate_of
from kg.extract.measures import Said, say
from kg.extract.modality import judge
from kg.extract.phrases import After, Before, one_of, read_after, read_before, split_list, tidy, words
from kg.extract.standings import attach, group_before, own_words, province_of, ranked, superlatives_of
from kg.extract.timeline import Timeline
from kg.facts import Measure, Observation
from kg.mentions.mention import Mention
from kg.mentions.quantities import Quantity, find_quantities
from kg.mentions.ranks import RankMention, find_ranks
from kg.passages import Clause, Paragraph, Passages, Sentence
from kg.report import Report
from kg.rules import alternation

_BRACKETS = re.compile(r"（[^（）\n]{0,300}）|\([^()\n]{0,300}\)")
_MARKS = "，、；。：:,;"
_RATE_NOUN = re.compile(r"的?(?:年均)?(?:同比)?(?:增速|增幅|增长率|增长|速度)")
_SOURCE = re.compile(r"据(?P<who>[^，。；]{2,40}?)(?:统计|显示|表示|介绍|披露|透露|发布|通报|消息)")
_PER = re.compile(r"^/[\u4e00-\u9fff]{1,3}")


def find_observations(passages: Passages, mentions: Sequence[Mention], report: Report) -> tuple[Observation, ...]:
    """Return the observations of a report in text order; ``mentions`` may be empty.

    Numbers inside names, dates, ordinals and document numbers yield none.
    """
    return _Reader(passages, mentions, report).observations()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands: its sentence and clause, and the words before and after it that are its own."""

    paragraph: Paragraph
    sentence: Sentence
    clause: Clause
    left_start: int
    left: str
    right: str
    bracket: tuple[int, int] | None


class _Reader:
    def __init__(self, passages: Passages, mentions: Sequence[Mention], report: Report) -> None:
        self.passages = passages
        self.clean = passages.reading.clean
        self.timeline = Timeline(passages, report)
        named = [(m.start, m.end) for m in mentions if not m.nested]
        self.mentions = sorted((m for m in mentions if not m.nested), key=lambda m: m.start)
        self._mention_starts = [m.start for m in self.mentions]
        quantities = [q for q in find_quantities(self.clean) if (q.kind == "kinds" or not _named(q, named)) and not self._dated(q)]
        self.items: list[Quantity | RankMention] = sorted([*quantities, *find_ranks(self.clean)], key=lambda i: i.start)
        self._item_starts = [item.start for item in self.items]
        self.superlatives = superlatives_of(self.clean)
        self.brackets = [m.span() for m in _BRACKETS.finditer(self.clean)]
        self.drafts: list[Draft] = []
        self.place: re.Pattern[str] | None = None

    def _dated(self, quantity: Quantity) -> bool:
        near = self.timeline.between(quantity.start - 12, quantity.end)
        return any(p.start < quantity.end and quantity.start < p.end for p in near if p.role != "undated")

    def observations(self) -> tuple[Observation, ...]:
        for paragraph in self.passages.paragraphs:
            self.timeline.open_paragraph(paragraph)
            self.place = _place_pattern(self.passages.place_of(paragraph))
            for sentence in paragraph.sentences:
                self.timeline.open_sentence(sentence)
                self._read_sentence(paragraph, sentence)
        return tuple(draft.finish(self.passages.reading) for draft in sorted(self.drafts, key=lambda d: (d.number, d.measure)))

    def _read_sentence(self, paragraph: Paragraph, sentence: Sentence) -> None:
        drafts: list[Draft] = []
        topic = ""
        for clause in sentence.clauses:
            items = self.items[bisect_left(self._item_starts, clause.start) : bisect_left(self._item_starts, clause.end)]
            edge = clause.start
            for i, item in enumerate(items):
                following = items[i + 1] if i + 1 < len(items) else None
                where = self._where(paragraph, sentence, clause, item, following, edge, drafts)
                made = self._read_item(item, where, drafts, following, topic)
                edge = self._edge(item, made, where)
            if not items:
                topic = _topic(self.clean[clause.start : clause.end]) or topic
            self.timeline.leave_clause(clause)
        superlatives = [s for s in self.superlatives if sentence.start <= s.start < sentence.end]
        attach(superlatives, drafts, self.clean)
        source = _SOURCE.search(self.clean, sentence.start, sentence.end)
        for draft in drafts:
            draft.source = source["who"] if source else None
        self.drafts.extend(drafts)

    def _edge(self, item: Quantity | RankMention, made: Draft | None, where: _Place) -> int:
        end = item.tail if isinstance(item, Quantity) else item.end
        return max(end, made.right_end if made else 0)

    def _where(
        self,
        paragraph: Paragraph,
        sentence: Sentence,
        clause: Clause,
        item: Quantity | RankMention,
        following: Quantity | RankMention | None,
        edge: int,
        drafts: list[Draft],
    ) -> _Place:
        start = item.lead if isinstance(item, Quantity) else item.start
        end = item.tail if isinstance(item, Quantity) else item.end
        bracket = next(((a, b) for a, b in self.brackets if a < start and end <= b and a >= clause.start), None)
        high = clause.end
        if following is not None:
            high = following.lead if isinstance(following, Quantity) else following.start
        if bracket:
            low = max(bracket[0] + 1, edge)
            marks = [i for i in range(low, start) if self.clean[i] in "，；。："]
            low = marks[-1] + 1 if marks else low
            high = min(high, bracket[1] - 1)
        else:
            closed = [b for a, b in self.brackets if edge <= b <= start and any(d.bracket == (a, b) for d in drafts)]
            low = max(edge, *closed) if closed else edge
        return _Place(
            paragraph, sentence, clause, low, self._without_periods(low, start), self.clean[end:high] if end < high else "", bracket
        )

    def _without_periods(self, start: int, end: int) -> str:
        pieces, at = [], start
        for mention in self.timeline.between(start, end):
            if mention.role == "base" or mention.end > end:
                continue
            pieces.append(self.clean[at : mention.start])
            if mention.role == "undated" and "有" in self.clean[mention.start : mention.end]:
                pieces.append(self.clean[mention.start : mention.end])
            at = mention.end
        return "".join([*pieces, self.clean[at:end]])

    # -- one number ------------------------------------------------------------------------------------------------

    def _read_item(
        self, item: Quantity | RankMention, where: _Place, drafts: list[Draft], following: Quantity | RankMention | None, topic: str
    ) -> Draft | None:
        if isinstance(item, RankMention):
            return self._read_rank(item, where, drafts)
        if _is_threshold(item, where, following) or not _counts(item, where):
            return None
        draft = self._draft(item, where, drafts, topic)
        if draft is not None:
            drafts.append(draft)
        return draft

    def _draft(self, item: Quantity, where: _Place, drafts: list[Draft], topic: str) -> Draft | None:
        host = _host(where, drafts)
        level = [d for d in drafts if d.bracket == where.bracket or d.bracket is None]
        prior = host or (level[-1] if level else None)
        left = where.left
        shared = _next_of_each(prior, left, item)
        said = (
            say(left.replace("分别", ""), item) if not shared else Said("", prior.measure if prior else None, prior.rule if prior else "")
        )
        before = read_before(said.left, self.place)
        after = read_after(where.right) if item.kind != "time" else After()
        if said.measure is None and item.kind == "percent" and _RATE_NOUN.match(where.right):
            said = Said(left, "yoy_growth", "measures.growth-rate")
        right = _noun_follows(item, said, before, after)
        each: list[str] = []
        if shared and prior:
            each = prior.each[1:]
            before = replace(before, noun=each[0], verb=prior.verb)
        elif "分别" in left and before.noun:
            each = split_list(before.noun)
            if len(each) > 1:
                before = replace(before, noun=each[0])
        elif item.each and before.noun:
            each = split_list(before.noun)
        noun = after.noun if right else before.noun
        if right and before.noun in words("phase"):
            noun = before.noun + noun
        measure = _measure(item, said, before, after, prior, host, noun, right)
        verb = before.verb
        if right and not verb and (trailing := _trailing(after)):
            verb = trailing
        if not verb and prior is not None and not before.stock and (before.listed or measure == "increase") and measure == prior.measure:
            verb = prior.verb if said.measure is None else ""
        indicator = self._indicator(item, said, before, noun, verb, measure, prior, host, right)
        if indicator is None:
            return None
        when = self.timeline.at(where.sentence, where.clause, item.lead, item.tail, stock=_is_stock(before, where, measure))
        modality, status, _ = judge(self._words_before(where, item), when.planned)
        area = self._area(where, item) or self.passages.place_of(where.paragraph)
        start = where.left_start + _leading(self.clean, where.left_start, item.lead)
        noun_for_later = noun or (prior.noun if prior else "")
        if host and noun and right is False and not before.verb and measure != "cumulative":
            noun_for_later = noun
        right_end = item.tail + after.length if right else item.tail
        return Draft(
            start=start,
            end=max(item.tail, right_end),
            number=(item.start, item.end),
            value=item.value * said.sign if said.sign < 0 else item.value,
            unit=item.unit,
            kind=item.kind,
            indicator=canonical(indicator),
            measure=measure,
            rule=said.rule or ("observations.right" if right else "observations.left"),
            noun=noun_for_later,
            verb=verb,
            subject=_subject(before, prior, topic, area),
            area=area,
            comparison=item.comparison,
            period=when.period,
            modality=modality,
            status=status,
            baseline=_baseline(said, prior),
            right_end=right_end,
            bracket=where.bracket,
            each=each,
        )

    def _indicator(
        self,
        item: Quantity,
        said: Said,
        before: Before,
        noun: str,
        verb: str,
        measure: Measure,
        prior: Draft | None,
        host: Draft | None,
        right: bool,
    ) -> str | None:
        if measure == "difference":
            if noun:
                return rate_of(base_of(noun), prior.measure) if prior and base_of(noun) != noun else noun
            return rate_of(base_of(prior.indicator), prior.measure) if prior else None
        if measure in ("yoy_growth", "share"):
            if noun and not (measure == "share" and noun in ("占比", "占")):
                own = base_of(noun)
                if measure == "share" and prior and noun.startswith("占") and not before.verb:
                    return f"{prior.indicator}{noun}"
                return verb + own if verb and not right else own
            return f"{prior.indicator}{noun}" if prior and noun else prior.indicator if prior else None
        if host and not right and measure == "cumulative":
            return indicator_name("", noun or host.noun, item.kind, item.unit, right=False)
        if host and not right and noun and not before.verb:
            return indicator_name(host.verb, noun + host.noun if len(noun) <= 6 else noun, item.kind, item.unit, right=False)
        if noun:
            if not right and noun in words("relational") and prior and prior.noun:
                return f"{prior.noun}{noun}"
            return indicator_name(verb, noun, item.kind, item.unit, right=right)
        if prior is None:
            return indicator_name(verb, "", item.kind, item.unit, right=False) if verb else None
        return indicator_name(verb, prior.noun, item.kind, item.unit, right=bool(verb))

    def _words_before(self, where: _Place, item: Quantity) -> str:
        return self.clean[where.sentence.start : item.lead]

    def _area(self, where: _Place, item: Quantity | RankMention) -> str | None:
        """Return the place that the clause names as its subject, when it is another than the section's."""
        low = bisect_left(self._mention_starts, where.clause.start)
        high = bisect_left(self._mention_starts, item.start)
        for mention in self.mentions[low:high]:
            if mention.type not in ("City", "Province", "District"):
                continue
            lead = self.clean[where.clause.start : mention.start].strip("，、其中")
            if not lead or lead.endswith(("年，", "年", "月")):
                return mention.name
        return None

    # -- one rank --------------------------------------------------------------------------------------------------

    def _read_rank(self, item: RankMention, where: _Place, drafts: list[Draft]) -> Draft | None:
        """Give a rank to the numbers before it, or make it an observation of its own."""
        own = own_words(where.left)
        scope = self._scope(item, where)
        if item.role in ("rank", "within"):
            record = any(drafts and drafts[-1].number[1] <= s.start < item.start for s in self.superlatives)
            targets = ranked(drafts, own, where.left, where.bracket, record=record)
            for draft in targets:
                draft.rank, draft.rank_scope, draft.end = item.position, scope, max(draft.end, item.end)
            if targets:
                return None
        draft = self._rank_draft(item, where, drafts, own, scope)
        drafts.append(draft)
        return draft

    def _scope(self, item: RankMention, where: _Place) -> str | None:
        group = group_before(self.clean, where.sentence.start, item.start)
        if item.scope is None:
            return group
        place = self.passages.place_of(where.paragraph)
        return province_of(place) or item.scope if item.scope in ("全省", "省内", "我省") else item.scope

    def _rank_draft(self, item: RankMention, where: _Place, drafts: list[Draft], own: str, scope: str | None) -> Draft:
        before = read_before(own, self.place)
        area = self._area(where, item) or self.passages.place_of(where.paragraph)
        group = group_before(self.clean, where.sentence.start, item.start)
        name = before.verb + before.noun
        if item.role == "order":
            name = f"{item.noun}次序"
        elif not name and drafts and not before.subject:
            name = drafts[-1].indicator
        name = name or (re.sub(r"^\d+[个家]", "", group) if group else "综合") + "位次"
        when = self.timeline.at(where.sentence, where.clause, item.start, item.end, stock=False)
        modality, status, _ = judge(self.clean[where.sentence.start : item.start], when.planned)
        number = (item.start, item.end)
        start = where.left_start + _leading(self.clean, where.left_start, item.start)
        return Draft(
            start,
            item.end,
            number,
            Decimal(item.position),
            "位",
            "rank",
            canonical(name),
            "rank",
            item.rule,
            noun=before.noun,
            subject=_subject(before, None, "", area),
            area=area,
            comparison="<=" if item.role == "within" else "=",
            period=when.period,
            rank=item.position,
            rank_scope=scope,
            modality=modality,
            status=status,
            right_end=item.end,
            bracket=where.bracket,
        )


def _place_pattern(place: str | None) -> re.Pattern[str] | None:
    if not place:
        return None
    short = re.sub(r"(?:省|市|自治区|自治州|地区|盟)$", "", place)
    return re.compile(rf"(?:{re.escape(place)}|{re.escape(short)}(?:市|省|区)?)(?!大学|高新区|高教|（|学院|医|海|科技职业|理工|师范)")


def _named(quantity: Quantity, named: Sequence[tuple[int, int]]) -> bool:
    return any(a <= quantity.start and quantity.end <= b and (a, b) != (quantity.start, quantity.end) for a, b in named)


def _counts(item: Quantity, where: _Place) -> bool:
    """Return whether a number counts something: Chinese numerals and spans of time need words that say so."""
    if item.kind == "time":
        return bool(re.search(r"(?:缩短|压缩|压减|减少|延长|提前|平均|时间|时限|期限|周期|提速)[^，。]{0,12}$", where.left))
    if not item.chinese:
        return True
    if item.value < 2 and item.kind == "count" and where.right[:1] not in ("", "，", "。", "、", "；"):
        return False
    if item.value >= 100 or item.kind != "count":
        return True
    ended = not where.right or where.right[0] in "，、；。（）和及"
    counting = one_of("increase", at_end=True).search(where.left) or one_of("holds", at_end=True).search(where.left)
    return bool((ended and len(where.left) >= 4 and item.unit in ("家", "个", "人", "项", "件", "所", "座")) or counting)


def _is_threshold(item: Quantity, where: _Place, following: Quantity | RankMention | None) -> bool:
    """Tell the threshold of a category (10亿元以上项目5个) from an amount."""
    if not isinstance(following, Quantity) or following.kind != "count" or item.kind not in ("money", "amount", "area"):
        return False
    between = where.right
    bounded = item.tail > item.end or item.comparison in (">", ">=")
    return bounded and 0 < len(between) <= 20 and not re.search(r"[，、；。（）]", between) and not one_of("acts").match(between)


def _host(where: _Place, drafts: list[Draft]) -> Draft | None:
    """Return the number before the bracket that this number stands in."""
    if where.bracket is None:
        return None
    return next((d for d in reversed(drafts) if d.end <= where.bracket[0] + 1 and d.bracket != where.bracket), None)


def _next_of_each(prior: Draft | None, left: str, item: Quantity) -> bool:
    return prior is not None and len(prior.each) > 1 and bool(re.fullmatch(r"[、，和与及以]{1,2}|", left))


def _noun_follows(item: Quantity, said: Said, before: Before, after: After) -> bool:
    if not after.noun or said.measure in ("difference", "yoy_growth", "share", "increase"):
        return False
    if item.kind in ("count", "kinds"):
        return said.measure is None or not before.noun
    return not before.noun or before.open or before.noun in words("phase")


def _measure(
    item: Quantity, said: Said, before: Before, after: After, prior: Draft | None, host: Draft | None, noun: str, right: bool
) -> Measure:
    if said.measure not in (None, "value"):
        assert said.measure is not None
        return said.measure
    if item.kind == "percent":
        return "share"
    if item.kind == "points":
        return "difference"
    if before.stock:
        return "cumulative"
    if before.verb:
        if before.verb.startswith(words("increase")) and not before.verb.startswith(("引进落地",)):
            return "increase"
        return "cumulative" if before.verb in words("holds") else "value"
    if said.measure == "value":
        return "value"
    same = prior is not None and prior.kind in ("count", "kinds") and item.kind in ("count", "kinds")
    if prior is not None and same and (host or before.listed or before.part or prior.measure == "increase"):
        return prior.measure if prior.measure in ("increase", "cumulative", "value") else "value"
    return "increase" if right and _trailing(after) else "value"


def _trailing(after: After) -> str:
    """Return the verb that follows a counted noun and tells that it is new: 18个团队相继育成."""
    match = re.match(rf"[\u4e00-\u9fff]{{0,4}}?(?P<verb>{alternation(words('trailing_increase'))})", after.rest)
    return match["verb"] if match else ""


def _is_stock(before: Before, where: _Place, measure: Measure) -> bool:
    return measure == "cumulative" and bool(re.search(r"累计|共有|现有|已有|迄今|至此|拥有", where.left))


def _baseline(said: Said, prior: Draft | None) -> str | None:
    if said.base is None or said.measure != "difference":
        return None
    base = canonical(tidy(said.base))
    return base or None


def _subject(before: Before, prior: Draft | None, topic: str, area: str | None) -> str:
    if before.subject and not one_of("area_word").fullmatch(before.subject):
        return before.subject
    return topic or area or ""


def _topic(clause: str) -> str:
    """Return the subject of a clause without a number, when it is a thing that numbers of later clauses are about."""
    before = read_before(clause)
    if len(before.subject) >= 4 and one_of("subject_end", at_end=True).search(before.subject):
        return before.subject
    if match := re.match(rf"(?:[^，]{{0,14}}?)(?P<what>[\u4e00-\u9fff]{{4,24}}?)(?:{'|'.join(words('result'))})", clause):
        return match["what"]
    return ""


def _leading(clean: str, start: int, end: int) -> int:
    """Return how many characters of connectives stand between ``start`` and the words that a quote should begin with."""
    match = re.match(r"[、，；：\s（(和及与]{0,6}", clean[start:end])
    return match.end() if match else 0
