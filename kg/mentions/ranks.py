"""Find ranks: 居全省第4位, 列全省之首, 由第13位升至第5位, and words that single something out without ranking it."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.frozen import quickly_made
from kg.mentions.numerals import numeral
from kg.mentions.protected import Cover, protected
from kg.rules import Rule, alternation, rules

_NEXT = re.compile(r"(?:、|和)第(?P<n>\d{1,4}|[一二三四五六七八九十]{1,3})(?:位|名)?")
_COUNTED = re.compile(r"\d{1,3}个")  # 15个副省级城市
Role = Literal["rank", "within", "from", "order"]


@quickly_made
@dataclass(frozen=True, slots=True)
class RankMention:
    """``clean[start:end]`` says that something stands at ``position`` of ``scope`` (as printed, ``None`` if unsaid).

    ``role``: ``rank``; ``within`` for 前三; ``from`` for the earlier place of 由第13位升至第5位; ``order`` for 第3个 of a
    sequence in time, with ``noun`` the thing that was the third. ``verb`` tells that a verb (居, 列) opens it.
    """

    start: int
    end: int
    position: int
    scope: str | None
    role: Role
    rule: str
    verb: bool = False
    noun: str | None = None
    among: tuple[int, int] = (0, 1)  # its index in a list (分居全省第4、第3位) and the length of the list


@dataclass(frozen=True, slots=True)
class Superlative:
    """``clean[start:end]`` singles something out (创历史新高, 首家) without giving it a place among others."""

    start: int
    end: int


def find_ranks(clean: str) -> tuple[RankMention, ...]:
    """Return the ranks of ``clean`` in text order; 第三批, 第一季度, 第三方 and their kin are no ranks.

    >>> [(r.position, r.scope) for r in find_ranks("增长48.1%，列全省第2位；湖州位列首位")]
    [(2, '全省'), (1, None)]
    """
    taken = Cover(protected(clean))
    found: list[RankMention] = []
    for rule in rules("ranks", "means").rules:
        for match in rule.finditer(clean):
            ranks = _read(rule, match, clean)
            if ranks and taken.free(ranks[0].start, ranks[-1].end):
                taken.add(ranks[0].start, ranks[-1].end)
                found.extend(ranks)
    return tuple(sorted((rank for one in found for rank in _listed(one, clean)), key=lambda r: r.start))


def _listed(rank: RankMention, clean: str) -> list[RankMention]:
    """Return ``rank`` with the places that follow it in a list: 分居全省第4、第3位."""
    places, end = [rank], rank.end
    while rank.role == "rank" and (match := _NEXT.match(clean, end)):
        position, end = numeral(match["n"]), match.end()
        if position is None:
            break
        places.append(replace(rank, start=match.start("n") - 1, end=end, position=int(position)))
    return [replace(place, among=(i, len(places))) for i, place in enumerate(places)]


def find_superlatives(clean: str) -> tuple[Superlative, ...]:
    """Return the superlatives of ``clean`` in text order.

    >>> [(s.start, s.end) for s in find_superlatives("突破一万家，创历史新高")]
    [(6, 11)]
    """
    taken = Cover(protected(clean))
    return tuple(Superlative(*m.span()) for m in _superlative().finditer(clean) if taken.free(*m.span()))


@cache
def _superlative() -> re.Pattern[str]:
    return re.compile(alternation(rules("ranks", "means").words["superlative"]))


def _read(rule: Rule, match: re.Match[str], clean: str) -> list[RankMention]:
    part = match.groupdict()
    scope = _scope(part["scope"] or part.get("scope0"))
    means = rule.options["means"]
    if means == "top":
        return [RankMention(match.start(), match.end(), 1, scope, "rank", rule.id, True)]
    position = numeral(part["n"])
    if position is None or not 1 <= position < 10_000:
        return []
    place = int(position)
    if means == "from-to":
        earlier = numeral(part["from"])
        scope = scope or _scope(part["scope2"])
        cut = match.end("from") + (clean[match.end("from") : match.end("from") + 1] in ("位", "名"))
        before = [RankMention(match.start(), cut, int(earlier), scope, "from", rule.id, True)] if earlier else []
        return [*before, RankMention(cut, match.end(), place, scope, "rank", rule.id, True)]
    if means == "order":
        return [RankMention(match.start(), match.end(), place, scope, "order", rule.id, False, part["noun"])]
    verb = bool(part["verb"])
    named = scope is not None and bool(scope.startswith(rules("ranks", "means").words["area"]) or _COUNTED.match(scope))
    if means == "first-n":
        return [RankMention(match.start(), match.end(), place, scope, "within", rule.id, verb)] if verb or named else []
    if not (named or (verb and (part["unit"] or scope is None))):
        return []
    start = match.start() if verb or scope is None else match.start("scope")
    return [RankMention(start, match.end(), place, scope, "rank", rule.id, verb)]


def _scope(printed: str | None) -> str | None:
    scope = (printed or "").strip("的在中")
    return scope or None
