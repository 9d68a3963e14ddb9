"""Follow who heads the clauses of a report: the named thing that the numbers after it are about.

中国眼谷中央孵化园正式开园，引进落地项目41个: the number is about the park, not about the city. A place that heads a clause
(温州市, 全市) ends the reign of a named thing. A head holds for its sentence; after a ； it holds for bare indicators.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache

from kg.extract.deixis import OPTIONS
from kg.extract.ground import ORGANISATIONS, PLACES
from kg.extract.timeline import Timeline
from kg.mentions.mention import Mention
from kg.passages import Clause, Passages
from kg.rules import alternation, rules

REACH = 400  # characters over which 该院 or 团队 looks back
_SKIP = re.compile(
    r"[●•·、，（\s]|“(?=[^”]{1,30}”)|《|据悉|据了解|此外|同时|其中|目前|截至|如今|另外|这家|这个|并|已|还|而|在(?=[\u4e00-\u9fff]{2,6}(?:支持|推动)下)"
)
_LED = re.compile(r"(?:由|与|和)?[^，。；]{0,40}(?:领衔|牵头|创办|共建|建设|主持|设立|组建|创建)的")
_OFFICE = re.compile(
    r"(?:党委|党组|常务)?(?:副)?(?:院长|所长|校长|主任|局长|厅长|部长|市长|书记|总经理|董事长|总工程师|教授|研究员|负责人|有关|相关)"
)
_JOINED = re.compile(r"、|等|和|及|以及")
_COUNTED = re.compile(r"(?:总数|累计|共|已|现)?(?:达到?|突破|增至|增加到|超过?|约|近|为|有)?\d[\d.,]{0,12}(?![\d.,年月])")
_REPORTS = re.compile(r"[^，。；]{0,24}(?:获悉|介绍|表示|显示|统计|认为|透露)")
_HELPS = re.compile(r"(?:参与|参加|协助|配合|支持|协办)$")
_PHASE = re.compile(r"[一二三四五]期(?=[\u4e00-\u9fff])")
_KINDS = frozenset(("EnterpriseCategory", "PlatformCategory"))
_FIRM = re.compile(r"企业(?=[一二三四五两\d]{1,2}年|投入|出资|将|拟)")
_COMPANY = re.compile(r"(?:公司|集团|厂)$")
_PLACE_WORD = re.compile(r"全[市省州县国]|[我该本][市省州县]|当地")
_OWN = re.compile(r"全[院校所区]|[我本][院校所区]|管委会")
_BUILDS = re.compile(r"(?:建|建设|打造|设立|组建|启动|开工)了?$")
_CLOSING = "”》）"


@cache
def _pointers() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], bool]]]:
    known = {w: (r.pattern, bool(r.options.get("main"))) for r in rules("deixis", *OPTIONS).rules for w in r.options["names"]}
    known.pop("院", None)
    return re.compile(alternation(tuple(known)) + r"(?![区式级型类化内外数总名建城派])"), known


class Heads:
    """Walks the clauses of a report in text order; ``head`` is the name that rules now, empty for the place."""

    def __init__(self, passages: Passages, mentions: Sequence[Mention], timeline: Timeline, clean: str) -> None:
        self._clean = clean
        self._timeline = timeline
        self._named = sorted((m for m in mentions if not m.nested), key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self._named]
        self._at = {m.start: m for m in reversed(self._named)}
        self.house = self._house(passages)
        self.head = ""
        self.body = False  # the head is an office, which acts and has no figures of its own
        self.zone = False  # the head is a park, which has firms and platforms of its own
        self._open = 0  # where the sentence begins
        self.here = False  # the head was named in the clause entered last
        self.placed = False  # a place has headed a clause of this sentence
        self.category = False  # the head is a kind of things (“双高”培育企业), of which amounts are told but no counts
        self.carried = False  # the head comes from the sentence before a ；
        self.built = ""  # what the clause before the one entered last builds
        self._before: Clause | None = None

    def _house(self, passages: Passages) -> str:
        """Return the organisation that a report is about: its title, or the line under it, begins with it, and it is named again later."""
        if not passages.paragraphs or any(section.heading for section in passages.sections):
            return ""
        lines = [p for p in passages.paragraphs[:2] if p.start == passages.paragraphs[0].start or self._clean[p.start] in "—-"]
        heads = (self._at.get(p.start + len(self._clean[p.start : p.end]) - len(self._clean[p.start : p.end].lstrip("—- "))) for p in lines)
        first = next((m for m in heads if m), None)
        if first is None or first.type not in ORGANISATIONS - {"GovernmentBody"}:
            return ""
        again = Counter(m.name for m in self._named)[first.name] > 1 or _OWN.search(self._clean, passages.paragraphs[0].end)
        return first.name if again else ""

    def open_sentence(self, start: int, *, goes_on: bool) -> None:
        """Begin a sentence; after a ； the head stays (``goes_on``)."""
        self._open = start
        self.placed, self.built, self._before = False, "", None
        self.carried = goes_on and bool(self.head)
        if not goes_on:
            self.head, self.body, self.category = "", False, False

    def enter(self, clause: Clause) -> bool:
        """Take note of who heads ``clause``; return whether anyone does."""
        self.here = False
        self.built, self._before = self._object(self._before), clause
        start = self._start(clause)
        if start >= clause.end or (self._clean[start] == "据"):
            return False
        mention = self._at.get(start)
        if mention is None and self._clean[start] in "由与" and (led := _LED.match(self._clean, start, clause.end)):
            mention = self._at.get(led.end())
        if mention is not None and mention.type in PLACES and (inner := self._at.get(mention.end)) and inner.type in ORGANISATIONS:
            mention = inner
        if mention is not None:
            return self._named_head(mention, clause)
        return self._pointed_head(start, clause)

    def _start(self, clause: Clause) -> int:
        """Return where the words of a clause begin, after periods and connectives."""
        start = clause.start
        periods = iter(self._timeline.between(clause.start, clause.end))
        period = next(periods, None)
        while start < clause.end:
            while period and period.start < start:
                period = next(periods, None)
            if period and period.start == start:
                start = period.end
            elif match := _SKIP.match(self._clean, start, clause.end):
                start = max(match.end(), start + 1)
            else:
                break
        return start

    def _named_head(self, mention: Mention, clause: Clause) -> bool:
        end = mention.end
        while end < clause.end and self._clean[end] in _CLOSING:
            end += 1
        if self._clean.startswith("（", end):
            end = self._clean.find("）", end, clause.end) + 1 or end
        if mention.type in PLACES:
            return self._give_way()
        if mention.type in ORGANISATIONS | _KINDS and (phase := _PHASE.match(self._clean, end, clause.end)):
            return self._set(self._clean[mention.start : phase.end()], False)
        if mention.type not in ORGANISATIONS or _OFFICE.match(self._clean, end) or _COUNTED.match(self._clean, end):
            return False
        if mention.type == "GovernmentBody" and _REPORTS.match(self._clean, end, clause.end):
            return False
        if _JOINED.match(self._clean, end):
            if _HELPS.search(self._clean, end, clause.end):
                return False
            self._set("", False)
            self.here = False
            return False
        self._set(mention.name, mention.type == "GovernmentBody")
        self.zone = mention.type == "Park"
        return True

    def _pointed_head(self, start: int, clause: Clause) -> bool:
        if _PLACE_WORD.match(self._clean, start, clause.end):
            return self._give_way()
        if self.house and _OWN.match(self._clean, start, clause.end):
            return self._set(self.house, False)
        if _FIRM.match(self._clean, start):
            goal = self._goal(_COMPANY, False, start, self._open)
            return self._set(goal, False) if goal else False
        pattern, known = _pointers()
        if (match := pattern.match(self._clean, start, clause.end)) and not _COUNTED.match(self._clean, match.end()):
            goal = self._goal(*known[match[0]], start)
            return self._set(goal, False) if goal else False
        return False

    def _goal(self, ending: re.Pattern[str], main: bool, offset: int, since: int = 0) -> str:
        if self.house and ending.search(self.house):
            return self.house
        if main:
            return ""
        stop = bisect_left(self._starts, offset)
        for mention in reversed(self._named[max(0, stop - 30) : stop]):
            if offset - mention.end > REACH or mention.start < since:
                break
            if mention.type in ORGANISATIONS and ending.search(mention.name):
                return mention.name
        return ""

    def _set(self, name: str, body: bool) -> bool:
        self.head, self.body, self.here, self.carried, self.category = name, body, True, False, False
        self.zone = False
        return True

    def _give_way(self) -> bool:
        self.placed = True
        return self._set("", False)

    def _object(self, clause: Clause | None) -> str:
        """Return the thing that ``clause`` ends with and that it builds: 共建轨道交通技术研究院."""
        if clause is None:
            return ""
        i = bisect_left(self._starts, clause.end) - 1
        mention = self._named[i] if i >= 0 else None
        if mention is None or mention.start <= clause.start or mention.end != clause.end or mention.type not in ORGANISATIONS:
            return ""
        return mention.name if _BUILDS.search(self._clean, max(clause.start, mention.start - 6), mention.start) else ""

    def rule(self, name: str, *, category: bool = False) -> None:
        """Let a thing that a number named (5家高新园区, 10亿元的基金) head what follows it in the sentence."""
        self._set(name, False)
        self.category = category

    def name_at(self, start: int, end: int, types: frozenset[str]) -> Mention | None:
        """Return the mention of one of ``types`` that begins at ``start`` and ends by ``end``, quotation marks aside."""
        mention = self._at.get(start) or (self._at.get(start + 1) if self._clean[start : start + 1] in "“《" else None)
        return mention if mention and mention.end <= end and mention.type in types else None

    def offset_of(self, printed: str, start: int, end: int) -> int:
        """Return where ``printed`` begins in ``clean[start:end]``, or ``start`` when periods inside it hide it."""
        found = self._clean.find(printed, start, end) if printed else -1
        return found if found >= 0 else start
