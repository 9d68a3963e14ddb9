"""Give ranks and superlatives to the numbers they speak of; a rank with words of its own is an observation in 位."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.drafts import Draft
from kg.extract.heads import Heads
from kg.extract.indicators import base_of, canonical
from kg.extract.modality import REACH, judge
from kg.extract.phrases import read_before
from kg.extract.standings import apart_from_groups, attach, group_before, own_words, province_of, ranked, superlatives_of
from kg.extract.subjects import Areas, rank_subject
from kg.extract.surroundings import Surroundings, leading
from kg.extract.timeline import Timeline
from kg.facts import UNDATED
from kg.mentions.ranks import RankMention
from kg.passages import Sentence

_EFFECT = ("带动", "拉动", "推动", "促进")
_INDICATORS = frozenset(("Indicator",))
_NEXT = re.compile(r"(?:以上|左右)?、")  # 新增企业550家、全省第二


@dataclass(frozen=True, slots=True)
class Here:
    """Where in the report a rank stands: the section's place and the pattern of its names, where the chain of sentences joined
    by ； begins, and the indicator that the clause before named without a number."""

    place: str | None
    pattern: re.Pattern[str] | None
    chain: int
    hanging: str


class Ranks:
    """The ranks and superlatives of one report."""

    def __init__(self, clean: str, heads: Heads, areas: Areas, timeline: Timeline) -> None:
        self._clean, self._heads, self._areas, self._timeline = clean, heads, areas, timeline
        self._superlatives = superlatives_of(clean)
        self._starts = [one.start for one in self._superlatives]

    def close(self, sentence: Sentence, drafts: Sequence[Draft]) -> None:
        """Give the numbers of a sentence its superlatives."""
        ends = (bisect_left(self._starts, edge) for edge in (sentence.start, sentence.end))
        attach(self._superlatives[slice(*ends)], drafts, self._clean)

    def give(self, item: RankMention, where: Surroundings, drafts: list[Draft], here: Here) -> list[Draft]:
        """Give a rank to the numbers before it, or make it an observation of its own."""
        own = own_words(where.left)
        scope = self._scope(item, where, here)
        drafts = apart_from_groups(drafts, self._clean, where.sentence.start, item.start)
        if item.role in ("rank", "within"):
            since = drafts[-1].number[1] if drafts else item.start
            record = bisect_left(self._starts, since) < bisect_left(self._starts, item.start)
            left = "" if drafts and _NEXT.fullmatch(self._clean, drafts[-1].number[1], item.start) else where.left
            targets = ranked(drafts, own, left, where.bracket, record=record)
            index, length = item.among
            if length > 1:
                levels = [d for d in drafts if d.measure not in ("difference", "rank")][-length:]
                targets = levels[index : index + 1] if len(levels) == length else []
            for draft in targets:
                draft.rank, draft.rank_scope, draft.end = item.position, scope, max(draft.end, item.end)
            if targets:
                return []
        return [self._draft(item, where, drafts, own, scope, here)]

    def _scope(self, item: RankMention, where: Surroundings, here: Here) -> str | None:
        if item.scope is None:
            return group_before(self._clean, where.sentence.start, item.start)
        return province_of(here.place) or item.scope if item.scope in ("全省", "省内", "我省") else item.scope

    def _draft(self, item: RankMention, where: Surroundings, drafts: list[Draft], own: str, scope: str | None, here: Here) -> Draft:
        before = read_before(own, here.pattern)
        group = group_before(self._clean, where.sentence.start, item.start)
        name = ("" if before.verb in _EFFECT else before.verb) + before.noun
        name, printed = name.removesuffix("中"), before.subject
        at = self._heads.offset_of(printed, where.left_start, item.start)
        if printed and self._heads.name_at(at, item.start, _INDICATORS) and self._clean.startswith(printed + name, at):
            name, printed = printed + name, ""
        if item.role == "order":
            name = f"{item.noun}次序"
        elif not name and drafts and not printed:
            name = next((d.indicator for d in reversed(drafts) if d.rank), drafts[-1].indicator)
        elif drafts and name and not base_of(name):
            name = f"{base_of(drafts[-1].indicator)}{name}"
        name = name or here.hanging
        name = name or (re.sub(r"^\d+[个家]", "", group) if group else "综合") + "位次"
        when = self._timeline.at(where.sentence, where.clause, item.start, item.end, stock=False)
        modality, status, _ = judge(self._clean[max(here.chain, item.start - REACH) : item.start], planned=when.planned)
        area = self._areas.of(where, item, here.place)
        return Draft(
            start=where.left_start + leading(self._clean, where.left_start, item.start),
            end=item.end,
            number=(item.start, item.end),
            value=Decimal(item.position),
            unit="位",
            kind="rank",
            indicator=canonical(name),
            measure="rank",
            rule=item.rule,
            noun=before.noun,
            subject=rank_subject(printed, self._heads, area, here.pattern),
            area=area,
            comparison="<=" if item.role == "within" else "=",
            period=UNDATED if item.role == "from" and when.period.basis != "stated" else when.period,
            rank=item.position,
            rank_scope=scope,
            modality=modality,
            status=status,
            right_end=item.end,
            bracket=where.bracket,
        )
