"""Why a fact is doubtful: signs that a rule may have gone wrong, weighed, each with its reason in words.

The weights order the work of a reviewer; they are no probabilities. 5: rarely right as it stands. 3: concluded, not printed.
2: worth a look. 1: something is left open.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.authority import weigh
from kg.facts import Entity, Event, Fact, Facts, Membership, Observation, Relation, Span
from kg.mentions.numerals import numeral

OPEN_LINK = "open-link"  # nobody knows which record elsewhere is meant
LONG_INDICATOR = 14  # characters
LONG_NAME = 30
FAR = 60  # characters between the beginning and the end of a relation
_QUOTED = re.compile(r"[“《（「『(][^”》）」』)]*[”》）」』)]")
_MARK = re.compile(r"[，。；：！？,;!?]")
_COUNT = re.compile(r"^([0-9]+|[一二三四五六七八九十两]+)(?:大|个|项|家|条|类|种|位|名|步|支|所)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sign that a fact may be wrong: ``weight`` 1 to 5, and the reason in both languages."""

    id: str
    weight: int
    zh: str
    en: str

    def said(self, lang: str) -> str:
        """Return the reason in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.en


_DOUBTS = {
    doubt.id: doubt
    for doubt in (
        Doubt(
            "odd-name",
            5,
            "名称只有一个字，或含有标点（引号、括号内的除外）",
            "a name of one character, or with punctuation outside quotation marks and brackets",
        ),
        Doubt("same-twice", 5, "主语与宾语相同", "subject and object are the same"),
        Doubt("disagrees", 4, "同一指标、对象与时期另有不同的数值", "another value for the same indicator, subject and period"),
        Doubt(OPEN_LINK, 4, "可能指不止一条已知记录，程序不猜", "it may mean several known records, and the program does not guess"),
        Doubt("over-hundred", 4, "占比超过 100%", "a share of more than 100 %"),
        Doubt("implied", 3, "由名称推断，原文没有直说", "concluded from a name, the text does not say it"),
        Doubt("short-name", 3, "简称的全称由规则推定，原文没有说明", "a short name whose full name a rule concluded"),
        Doubt("foreign-alias", 3, "别称的用字不在全称之中", "an alias with characters that the full name does not have"),
        Doubt("count-differs", 3, "所称数目与列出的名称数不同", "the stated number is not the number of names"),
        Doubt("namesakes", 2, "同名人物出现在相距较远的几处，可能不是同一人", "a person named in places far apart may be two people"),
        Doubt("long-indicator", 2, "指标名过长，可能多取了词", "a long indicator may have taken in too many words"),
        Doubt("long-name", 2, "名称过长", "a very long name"),
        Doubt("far-apart", 2, "主语与宾语相距较远", "subject and object stand far apart"),
        Doubt("unnamed-both", 2, "主语和宾语都不是已知名称", "neither subject nor object is a known name"),
        Doubt("nobody", 2, "没有参与者是已知名称", "no participant is a known name"),
        Doubt("unnamed-subject", 1, "主语不是已知名称", "the subject is not a known name"),
        Doubt("undated", 1, "没有时期", "no period"),
        Doubt("implied-period", 1, "时期由上下文推断", "the period is concluded from the context"),
        Doubt("no-area", 1, "没有所属地区", "no area"),
        Doubt("not-achieved", 1, "状态（计划、推荐等）由措辞判断", "the status, such as planned or nominated, is read from the wording"),
        Doubt("nested", 1, "只在更长的名称之内出现", "stands only inside a longer name"),
    )
}


def find_doubts(facts: Facts) -> dict[Fact, tuple[Doubt, ...]]:
    """Return the doubts about each fact, in the order of ``facts``, the heaviest first; a fact without any has none."""
    signs = _Signs(facts)
    found: dict[Fact, tuple[Doubt, ...]] = {}
    for fact in facts:
        doubts = [_DOUBTS[name] for name in dict.fromkeys(signs.of(fact))]
        found[fact] = tuple(sorted(doubts, key=lambda doubt: (-doubt.weight, doubt.id)))
    return found


class _Signs:
    def __init__(self, facts: Facts) -> None:
        self._known = {name for entity in facts.entities for name in (entity.name, *entity.aliases)}
        values: dict[tuple[object, ...], set[object]] = {}
        for observation in facts.observations:
            values.setdefault(_asked(observation), set()).add(observation.value)
        self._values = values
        self._parts = Counter(membership.whole for membership in facts.memberships)

    def of(self, fact: Fact) -> Iterator[str]:
        match fact:
            case Observation():
                yield from self._observation(fact)
            case Relation():
                yield from self._relation(fact)
            case Entity():
                yield from _entity(fact)
            case Event():
                yield from _odd(*fact.participants)
                if not self._known & set(fact.participants):
                    yield "nobody"
                if fact.date is None:
                    yield "undated"
            case Membership():
                yield from _odd(fact.part)
                stated = _COUNT.match(fact.whole)
                if stated and fact.exhaustive and numeral(stated[1]) != self._parts[fact.whole]:
                    yield "count-differs"

    def _observation(self, fact: Observation) -> Iterator[str]:
        yield from _odd(fact.subject, fact.indicator)
        if fact.period.end and len(self._values[_asked(fact)]) > 1:
            yield "disagrees"
        if fact.measure == "share" and fact.unit == "%" and fact.value > 100:
            yield "over-hundred"
        if len(fact.indicator) > LONG_INDICATOR:
            yield "long-indicator"
        if fact.subject not in self._known:
            yield "unnamed-subject"
        if fact.period.basis in ("none", "implied"):
            yield "undated" if fact.period.basis == "none" else "implied-period"
        if not fact.area:
            yield "no-area"
        if (fact.modality, fact.status) != ("actual", "achieved"):
            yield "not-achieved"

    def _relation(self, fact: Relation) -> Iterator[str]:
        yield from _odd(fact.subject, fact.object)
        if fact.subject == fact.object:
            yield "same-twice"
        if fact.rule.startswith("implied."):
            yield "implied"
        if fact.span.end - fact.span.start > FAR:
            yield "far-apart"
        if fact.subject not in self._known:
            yield "unnamed-subject" if fact.object in self._known else "unnamed-both"
        if (fact.modality, fact.status) != ("actual", "achieved"):
            yield "not-achieved"


def _asked(fact: Observation) -> tuple[object, ...]:
    said = (fact.subject, fact.indicator, fact.measure, fact.unit, fact.period.start, fact.period.end)
    return (*said, fact.comparison, fact.modality, fact.status, fact.rank_scope, fact.baseline, fact.source)


def _odd(*names: str) -> Iterator[str]:
    if any(len(name.strip()) < 2 or _MARK.search(_QUOTED.sub("", name)) for name in names):
        yield "odd-name"


def _entity(fact: Entity) -> Iterator[str]:
    if len(fact.name) < 2:
        yield "odd-name"
    if (linking := weigh(fact)) is not None and linking.outcome == "open":
        yield OPEN_LINK
    if fact.rule == "names.short":
        yield "short-name"
    if fact.type in ("Institute", "University", "Park", "Platform") and any(set(alias) - set(fact.name) for alias in fact.aliases):
        yield "foreign-alias"
    if fact.type == "Person" and _far(fact.mentions):
        yield "namesakes"
    if len(fact.name) > LONG_NAME:
        yield "long-name"
    if fact.nested:
        yield "nested"


def _far(mentions: tuple[Span, ...], apart: int = 1000) -> bool:
    return bool(mentions) and mentions[-1].start - mentions[0].start > apart
