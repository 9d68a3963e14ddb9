"""Verb frames: which relation a verb states (``kg/rules/frames.toml``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.deixis import is_deictic
from kg.extract.ground import CATEGORIES, MASK
from kg.extract.noun_phrases import NounPhrase
from kg.facts import Status
from kg.rules import Rule, alternation, rules

OPTIONS = (
    "verbs", "predicate", "inverse", "object", "heads", "types", "tails", "cuts", "subject", "pivot", "must_move", "count",
    "status", "modality", "series", "levels", "list", "quoted", "marked",
)  # fmt: skip
_FIGURES = re.compile(r"增长|同比|达到|超过|高于|低于|亿元|万元|%|位居|排名|首位")
_LEVEL = re.compile(r"^(?:全国|国家|省|全省|世界|国际|中国|国字号)")
_OWN_NAME = re.compile(r"[“”《》\d一二两三四五六七八九十]")
_VAGUE = re.compile(r"一批|一系列|具有|一些|若干个")
_PERSON_UNITS = ("名", "位", "人")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb takes and what it states; the fields are those of the rule file."""

    id: str
    verbs: tuple[str, ...]
    predicate: str
    inverse: bool
    object: str
    heads: tuple[str, ...]
    types: frozenset[str]
    tails: tuple[str, ...]
    cuts: tuple[str, ...]
    subject: str
    pivot: bool
    must_move: bool
    count: str
    status: Status
    series: str
    levels: bool
    quoted: bool
    marked: tuple[str, ...]  # noun endings that need a name of their own: quotation marks or a number
    listed: bool  # whether the object is split into the items of its list

    def admits(self, item: NounPhrase) -> bool:
        """Say whether ``item`` can be the object."""
        if not 2 <= len(item.name) <= 42 or item.name.startswith("为") or (self.count != "keep" and not self._countable(item)):
            return False
        if self.levels and not _LEVEL.search(item.name):
            return False
        if (item.name.endswith(self.marked) and not _OWN_NAME.search(item.name)) or (item.mention is None and _VAGUE.search(item.name)):
            return False
        if is_deictic(item.name) and (self.series == "place" or (self.series == "build" and item.name[0] in "这该")):
            return True
        if item.mention and (not self.types or item.mention.type in self.types):
            return True
        if self.quoted and item.quoted:
            return True
        if self.object in ("name", "kind") or (_FIGURES.search(item.name) and self.count != "keep"):
            return False
        return item.name.endswith(self.heads) if self.heads else True

    def _countable(self, item: NounPhrase) -> bool:
        if item.tailed:
            return False
        named = item.mention is not None and item.type not in CATEGORIES | {"Award/Title"}
        return not item.count or named or (self.count == "persons" and item.count.endswith(_PERSON_UNITS))


def _frame(rule: Rule) -> Frame:
    options = rule.options

    def words(key: str) -> tuple[str, ...]:
        return tuple(sorted(options.get(key, ()), key=lambda w: (-len(w), w)))

    return Frame(
        id=rule.id,
        verbs=words("verbs"),
        predicate=options["predicate"],
        inverse=options.get("inverse", False),
        object=options.get("object", "noun"),
        heads=words("heads"),
        types=frozenset(options.get("types", ())),
        tails=words("tails"),
        cuts=words("cuts"),
        subject=options.get("subject", "actor"),
        pivot=options.get("pivot", False),
        must_move=options.get("must_move", False),
        count=options.get("count", ""),
        status=options.get("status", "achieved"),
        series=options.get("series", rule.id),
        levels=options.get("levels", False),
        quoted=options.get("quoted", False),
        marked=words("marked"),
        listed=options.get("list") != "none",
    )


@dataclass(frozen=True)
class Lexicon:
    """All frames by verb, and the patterns of the words around a verb."""

    frames: Mapping[str, tuple[Frame, ...]]
    verb: re.Pattern[str]
    chain: re.Pattern[str]
    then: re.Pattern[str]
    doing: re.Pattern[str]
    before: re.Pattern[str]
    opener: re.Pattern[str]
    moved: re.Pattern[str]
    kinds: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """Return the shipped lexicon, read once."""
    file = rules("frames", *OPTIONS)
    frames: dict[str, list[Frame]] = {}
    for rule in file.rules:
        frame = _frame(rule)
        for verb in frame.verbs:
            frames.setdefault(verb, []).append(frame)
    verbs, words = alternation(tuple(frames)), file.words
    adverbs = alternation(words["adverb"] + words["future"] + words["expected"] + words["negation"])
    return Lexicon(
        frames={verb: tuple(found) for verb, found in frames.items()},
        verb=re.compile(verbs),
        chain=re.compile(rf"(?:和|与|、|并|及)?({verbs})"),
        then=re.compile(rf"(?:并且|并|且|以及|、|和|再)(?:{adverbs}){{0,3}}({verbs})"),
        doing=re.compile(rf"(?:{adverbs}){{0,3}}{verbs}"),
        before=re.compile(rf"({adverbs})$"),
        opener=re.compile(rf"(?:{alternation(words['opener'])}|以[^，{MASK}]{{1,12}}为[^，{MASK}]{{1,4}}，)"),
        moved=re.compile(alternation(words["moved"] + tuple(frames))),
        kinds={name: frozenset(values) for name, values in words.items()},
    )
