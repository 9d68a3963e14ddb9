"""What 该市, 我院, 该中心, 论坛 stand for: the place of the section, the report's own house, or the last thing of that kind."""

import re
from bisect import bisect_left
from collections import Counter
from functools import cache

from kg.extract.ground import ORGANISATIONS, Ground
from kg.mentions.mention import Mention
from kg.rules import alternation, rules

OPTIONS = ("names", "main")
_KINDS = ORGANISATIONS | {"Conference", "OrganisationGroup", "Campaign", "Programme", "ProjectCategory"}
_OWN = ("我", "本")
_LAST = ("该", "此")


@cache
def _words() -> tuple[frozenset[str], dict[str, re.Pattern[str]]]:
    file = rules("deixis", *OPTIONS)
    places = frozenset(file.words["place"])
    return places, {word: rule.pattern for rule in file.rules for word in rule.options["names"]}


@cache
def _main_words() -> frozenset[str]:
    """Return the words that point to what the report speaks of most (园区), not to what it named last."""
    return frozenset(word for rule in rules("deixis", *OPTIONS).rules if rule.options.get("main") for word in rule.options["names"])


def is_deictic(word: str) -> bool:
    """Say whether a noun only points to something named elsewhere."""
    places, kinds = _words()
    return word in places or word in kinds


def referent(ground: Ground, word: str, offset: int, place: str | None) -> tuple[str, str] | None:
    """Return name and type of what ``word`` at ``offset`` points to, or ``None`` when it is no pointer or has no goal.

    我院 is the first institute of the report (its own house), 该院 the last one before ``offset``. 全省 and 我省 are the
    place only when the place is a province.
    """
    places, kinds = _words()
    if word in places:
        provincial = (bool(place) and str(place).endswith(("省", "自治区"))) or place in ("北京市", "上海市", "天津市", "重庆市")
        return (place, "City") if place and ("省" not in word or provincial) else None
    if word not in kinds:
        return None
    if word in _main_words() and not word.startswith(_LAST):
        return _most(ground, kinds[word])
    if not word.startswith((*_LAST, "这", "新")) and (house := _house(ground)) and kinds[word].search(house.name):
        return house.name, house.type  # 研究院 in the news of an institute is that institute
    found = _first(ground, kinds[word]) if word.startswith(_OWN) else last_before(ground, kinds[word], offset)
    return (found.name, found.type) if found else None


def _house(ground: Ground) -> Mention | None:
    """Return the organisation with whose name the text begins."""
    first = ground.mentions[0] if ground.mentions else None
    return first if first and first.type in ORGANISATIONS - {"GovernmentBody"} and not ground.clean[: first.start].strip() else None


@cache
def _at_start() -> re.Pattern[str]:
    places, kinds = _words()
    return re.compile(alternation(tuple(sorted({*kinds, *places} - {"院", "我们", "各地"}))) + "(?![的式级型类化内外数总名建城派区])")


def pointer_at(ground: Ground, start: int, end: int) -> tuple[int, int] | None:
    """Return where the pointing word stands that opens ``clean[start:end]``, or ``None``."""
    found = _at_start().match(ground.masked, start, end)
    return found.span() if found and found.end() < end else None


def _first(ground: Ground, pattern: re.Pattern[str]) -> Mention | None:
    return next((m for m in ground.mentions if m.type in ORGANISATIONS and pattern.search(m.name)), None)


def _most(ground: Ground, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    """Return the organisation of a kind that the report names most often, of equals the first."""
    counted = Counter((m.name, m.type) for m in ground.mentions if m.type in ORGANISATIONS and pattern.search(m.name))
    return counted.most_common(1)[0][0] if counted else None


def last_before(ground: Ground, pattern: re.Pattern[str], offset: int, kind: str = "") -> Mention | None:
    """Return the last mention before ``offset`` (of type ``kind``, where that is given) whose name ends as ``pattern`` says."""
    stop = bisect_left(ground.order, offset)
    for mention in reversed(ground.mentions[max(0, stop - 60) : stop]):
        if mention.type in _KINDS and kind in ("", mention.type) and pattern.search(mention.name):
            return mention
    return None
