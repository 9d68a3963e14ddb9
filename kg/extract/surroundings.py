"""Where a number stands: its clause, its bracket, and the words before and after it that are its own."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.drafts import Draft
from kg.extract.timeline import Timeline
from kg.frozen import quickly_made
from kg.mentions.mention import Mention
from kg.mentions.protected import Cover
from kg.mentions.quantities import Quantity, find_quantities
from kg.mentions.ranks import RankMention, find_ranks
from kg.passages import Clause, Paragraph, Sentence

Item = Quantity | RankMention
LONGEST_BRACKET = 320  # characters, with its marks and the words between it and the number
_BRACKETS = re.compile(r"（[^（）\n]{0,300}）")
_CONNECTIVES = re.compile(r"[、，；：\s（(和及与]{0,6}")
# 2个1类新药: of the first class
_CLASS = re.compile(r"[1-6]类(?:创?新药|原研药|医疗器械|疫苗|水质?(?![\u4e00-\u9fff]?[利产])|水体|以上|及以上|人才)")


@quickly_made
@dataclass(frozen=True, slots=True)
class Surroundings:
    """``left`` begins at ``left_start`` and is free of periods; ``bracket`` is the innermost one around the number."""

    paragraph: Paragraph
    sentence: Sentence
    clause: Clause
    left_start: int
    left: str
    right: str
    bracket: tuple[int, int] | None


def lead_of(item: Item) -> int:
    """Return where the words that belong to an item begin."""
    return item.lead if isinstance(item, Quantity) else item.start


def tail_of(item: Item) -> int:
    """Return where the words that belong to an item end."""
    return item.tail if isinstance(item, Quantity) else item.end


class Map:
    """The brackets and periods of a text."""

    def __init__(self, clean: str, timeline: Timeline) -> None:
        self.clean = clean
        self.timeline = timeline
        self._brackets = [match.span() for match in _BRACKETS.finditer(clean)]
        self._starts = [start for start, _ in self._brackets]

    def brackets(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the brackets that open in ``[start, end)``."""
        return self._brackets[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def around(
        self,
        item: Item,
        following: Item | None,
        edge: int,
        drafts: Sequence[Draft],
        place: tuple[Paragraph, Sentence, Clause],
    ) -> Surroundings:
        """Return the surroundings of ``item``; the item before it ends at ``edge``, ``following`` comes after it."""
        clause = place[2]
        start, end = lead_of(item), tail_of(item)
        brackets = self.brackets(max(clause.start, start - LONGEST_BRACKET), start)
        bracket = next(((a, b) for a, b in brackets if a < start and end <= b), None)
        high = lead_of(following) if following else clause.end
        high = min([high, *(p.start for p in self.timeline.between(end, high) if p.role != "base")])
        if bracket:
            low = max(bracket[0] + 1, edge)
            low = max(low, *(self.clean.rfind(mark, low, start) + 1 for mark in "，；。："))
            high = min(high, bracket[1] - 1)
        else:
            counted = [d.bracket for d in drafts]
            low = max([edge, *(b for a, b in brackets if edge <= b <= start and (a, b) in counted)])
            quote = self.clean.rfind("“", clause.start, start)
            if quote > self.clean.rfind("”", clause.start, start):
                low = max(low, *(self.clean.rfind(mark, quote, start) + 1 for mark in "，；。：！？"))
        left, right = self.without_periods(low, start), self.clean[end:high] if end < high else ""
        return Surroundings(*place, low, left, right, bracket)

    def without_periods(self, start: int, end: int) -> str:
        """Return the text between two offsets without its periods, but with 现有 and its kin."""
        pieces, at = [], start
        for mention in self.timeline.between(start, end):
            if mention.role == "base" or mention.end > end:
                continue
            pieces.append(self.clean[at : mention.start])
            if mention.role == "undated" and "有" in self.clean[mention.start : mention.end]:
                pieces.append(self.clean[mention.start : mention.end])
            at = mention.end + (self.clean[mention.end : mention.end + 1] == "的")
        return "".join([*pieces, self.clean[at : max(at, end)]])


def items_of(clean: str, timeline: Timeline, mentions: Sequence[Mention]) -> list[Item]:
    """Return the numbers and ranks of ``clean`` in text order, without numbers that are part of a name or a date."""
    named = sorted((m.start, m.end) for m in mentions if not m.nested)
    ranks = find_ranks(clean)
    ranked = Cover((rank.start, rank.end) for rank in ranks)
    quantities = [q for q in find_quantities(clean) if ranked.free(q.start, q.end) and _stands_free(q, named, timeline, clean)]
    return sorted([*quantities, *ranks], key=lambda item: item.start)


def _stands_free(quantity: Quantity, named: Sequence[tuple[int, int]], timeline: Timeline, clean: str) -> bool:
    """Return whether a number is no part of a name or a date, and not the 一 of 一次 or 一个."""
    if quantity.chinese and quantity.value < 2 and clean[quantity.start - 1 : quantity.start] == "的":
        return False  # 尝到甜头的一家
    if quantity.chinese and quantity.value < 2 and clean[quantity.tail : quantity.tail + 1] not in ("", "，", "、", "；", "。", "）", "\n"):
        return False
    if quantity.unit == "类" and _CLASS.match(clean, quantity.start):
        return False
    near = timeline.between(quantity.start - 12, quantity.end)
    if any(p.start < quantity.end and quantity.start < p.end for p in near if p.role != "undated"):
        return False
    if quantity.kind in ("kinds", "group"):
        return True
    i = bisect_right(named, (quantity.start, len(clean)))
    return not (i and quantity.end <= named[i - 1][1] and named[i - 1] != (quantity.start, quantity.end))


def leading(clean: str, start: int, end: int) -> int:
    """Return how many characters of connectives stand between ``start`` and the words that a quote should begin with."""
    match = _CONNECTIVES.match(clean, start, end)
    return match.end() - start if match else 0
