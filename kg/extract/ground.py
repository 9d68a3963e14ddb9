"""The ground that the clause grammar stands on: the clean text with every name and every period masked.

A verb inside a name is no verb (产业创新服务综合体**建设**行动计划), so the grammar reads ``masked``, in which each
character of a name, of a quoted word or of a 《title》 is ``MASK``, each character of a period ``TIME``, and what stands in brackets is
an ``ASIDE``. Both strings have the offsets of ``Reading.clean``.
"""

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kg.extract.timeline import periods_of
from kg.facts import UNDATED, Period, Span
from kg.mentions.mention import Mention
from kg.mentions.periods import PeriodMention
from kg.passages import Passages
from kg.reading import Reading
from kg.report import Report

MASK = "〓"
TIME = "◷"
ASIDE = "▯"
_QUOTED = re.compile(r"“[^“”\n，。！]{1,80}”|《[^《》\n]{1,80}》|‘[^‘’\n]{1,40}’|「[^「」\n]{1,60}」")

_BRACKET = re.compile(r"（[^（）\n]{1,80}）|\([^()\n]{1,80}\)")
_CLOSING = frozenset("》”’")
_CODES = f"utf-32-{sys.byteorder[0]}e"  # as an array of numbers holds the characters of a text
_DEICTIC = frozenset(("全市", "全省", "全国", "省", "市", "该市", "当地", "全区", "全县", "我市", "我省", "本市", "本省", "国家"))

CATEGORIES = frozenset(("EnterpriseCategory", "PlatformCategory", "ProjectCategory", "TalentCategory", "OrganisationGroup", "CityCategory"))
FIELDS = frozenset(("Industry", "TechnologyField", "Indicator", "Concept"))
PLACES = frozenset(("City", "Province", "District", "Region", "Country", "County", "Place"))
PERSONS = frozenset(("Person", "Academician"))
ORGANISATIONS = frozenset(("GovernmentBody", "University", "Institute", "Enterprise", "Platform", "Park", "Team", "Fund"))


@dataclass(frozen=True)
class Ground:
    """``mentions`` do not overlap and stand in text order; ``starts`` and ``ends`` find them by their offsets."""

    reading: Reading
    clean: str
    masked: str
    mentions: tuple[Mention, ...]
    nested: tuple[Mention, ...]
    periods: tuple[PeriodMention, ...] = ()
    year: int | None = None  # of issue
    review: int | None = None  # the year that the report is about, where its title tells one

    @cached_property
    def phrases(self) -> dict[tuple[int, int], Any]:
        """The noun phrases read last, by their stretch."""
        return {}

    @cached_property
    def starts(self) -> dict[int, Mention]:
        return {mention.start: mention for mention in self.mentions}

    @cached_property
    def ends(self) -> dict[int, Mention]:
        return {mention.end: mention for mention in self.mentions}

    @cached_property
    def order(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def printed(self) -> dict[str, str]:
        """Canonical names by their printed forms."""
        return {mention.printed: mention.name for mention in reversed(self.mentions)}

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that lie in ``clean[start:end]``."""
        first, last = bisect_left(self.order, start), bisect_left(self.order, end)
        return tuple(mention for mention in self.mentions[first:last] if mention.end <= end)

    @cached_property
    def _persons(self) -> tuple[list[int], list[Mention]]:
        found = [mention for mention in self.mentions if mention.type in PERSONS]
        return [mention.start for mention in found], found

    def last_person(self, start: int, end: int) -> Mention | None:
        """Return the last person that is named in ``clean[start:end]``."""
        starts, found = self._persons
        last = bisect_left(starts, end) - 1
        if last >= 0 and found[last].end > end:
            last -= 1
        return found[last] if last >= 0 and starts[last] >= start else None

    def inside(self, outer: Mention) -> tuple[Mention, ...]:
        """Return the names that stand inside the name ``outer``."""
        first, last = bisect_left(self._nested_order, outer.start), bisect_left(self._nested_order, outer.end)
        return tuple(mention for mention in self.nested[first:last] if mention.end <= outer.end)

    def span(self, start: int, end: int) -> Span:
        """Return the stored span of ``clean[start:end]``."""
        return self.reading.span(start, end)

    def period(self, start: int, end: int) -> Period:
        """Return the last dated period that is printed in ``clean[start:end]``."""
        for i in range(bisect_left(self._times, end) - 1, bisect_left(self._times, start) - 1, -1):
            period = self.periods[i]
            if period.end <= end and period.first and period.role != "base":
                return Period(period.first, period.last, "stated", self.clean[period.start : period.end])
        return UNDATED

    @cached_property
    def _nested_order(self) -> list[int]:
        return [mention.start for mention in self.nested]

    @cached_property
    def _times(self) -> list[int]:
        return [period.start for period in self.periods]


def _with_marks(clean: str, mention: Mention) -> Mention:
    """Let a mention reach over the marks that it fills: 《》 and “” belong to the name that stands alone in them."""
    if clean[mention.end : mention.end + 1] not in _CLOSING:
        return mention
    around = clean[mention.start - 1 : mention.start] + clean[mention.end : mention.end + 1]
    return replace(mention, start=mention.start - 1, end=mention.end + 1) if around in ("《》", "“”", "‘’") else mention


def stand(passages: Passages, mentions: Sequence[Mention], report: Report) -> Ground:
    """Return the ground of a report; of overlapping mentions the one that starts first, then the longer one, is kept."""
    clean = passages.reading.clean
    outer: list[Mention] = []
    nested: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.type == "Heading" or mention.printed in _DEICTIC:
            continue
        mention = _with_marks(clean, mention)
        if mention.nested or (outer and mention.start < outer[-1].end):
            nested.append(mention)
        else:
            outer.append(mention)
    review, periods = periods_of(passages, report)
    masked = _masked(clean, periods, outer)
    year = report.issued.year if report.issued else None
    return Ground(passages.reading, clean, masked, tuple(outer), tuple(nested), periods, year, review)


def _masked(clean: str, periods: Iterable[PeriodMention], outer: Iterable[Mention]) -> str:
    """Return ``clean`` with its periods, names and quotations masked, and what else stands in brackets as an aside.

    Worked on as numbers, four bytes each: a list of a text's characters takes twenty times as much.
    """
    codes = array("I")
    codes.frombytes(clean.encode(_CODES, "surrogatepass"))
    mask, time, aside = (array("I", [ord(mark)]) for mark in (MASK, TIME, ASIDE))
    for period in periods:
        codes[period.start : period.end] = time * (period.end - period.start)
    for mention in outer:
        codes[mention.start : mention.end] = mask * (mention.end - mention.start)
    for quoted in _QUOTED.finditer(clean):
        codes[quoted.start() : quoted.end()] = mask * (quoted.end() - quoted.start())
    kept = (mask[0], time[0])
    for bracket in _BRACKET.finditer(clean):
        start, end = bracket.start() + 1, bracket.end() - 1
        codes[start:end] = array("I", [code if code in kept else aside[0] for code in codes[start:end]])
    return str(codes, _CODES, "surrogatepass")
