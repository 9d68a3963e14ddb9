"""Groups: the noun phrases that a construction's pattern marks as subject or object, and the tests they must pass."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.extract.acts import ClauseActs
from kg.extract.deixis import is_deictic
from kg.extract.ground import CATEGORIES, MASK, PERSONS, TIME, Ground
from kg.extract.noun_phrases import NounPhrase, phrase, read_list, split
from kg.rules import Rule

_PARTY = re.compile(r"(?:局|厅|委|会|公司|集团|大学|学院|医院|研究院|研究所|中心|政府|园区|银行|协会|实验室|科学院|高新区|开发区|新区)$")
BLOCKS = re.compile(r"等(?:和|与|及|以及)")
_NUMBERED = re.compile(r"\d+[.．]")  # the number of a heading
_SHARED_HEAD = re.compile(r"等?(?:\d+|[两二三四五六七八九十])(?:个|大|家)(?P<head>[^，。；、〓]{2,8})$")
_BAD = re.compile(r"增长|同比|%|亿元|万元")
_PARTIES = frozenset(
    ("City", "Province", "District", "Country", "Region", "GovernmentBody", "University", "Institute", "Enterprise", "Platform",
     "Park", "Team", "OrganisationGroup", "Person", "Academician", "Place", "Fund")
)  # fmt: skip


def read_group(ground: Ground, rule: Rule, match: re.Match[str], name: str) -> tuple[NounPhrase, ...]:
    """Return the phrases of the group ``name`` (``s`` or ``o``) that pass the rule's tests."""
    options = rule.options
    start, end = match.span(name)
    while start < end and ground.masked[start] == TIME:
        start += 1
    if options.get("people") and name == "s":
        return tuple(NounPhrase(m.start, m.end, m.name, m) for m in ground.within(start, end) if m.type in PERSONS)
    if options.get("words") and name == "o":
        return _words(ground, start, end, options)
    if options.get("whole") == name:
        start, way = match.start(), "none"
    else:
        way = options.get("list", "names") if name == "o" else "names" if options.get("s_list") else "none"
    only = phrase(ground, start, end) if way == "none" else None
    items = ((only,) if only else ()) if way == "none" else _items(ground, start, end, options, plain=way == "plain")
    if options.get("paired") and "分别" in match[0]:
        items = _blocks(ground, start, end)
    return tuple(item for item in items if passes(item, options, name))


def _items(ground: Ground, start: int, end: int, options: Mapping[str, Any], *, plain: bool) -> tuple[NounPhrase, ...]:
    """Return the items of a list; of a list of parties only what can be one, those behind 等 as well."""
    if options.get("shared") and (shared := _SHARED_HEAD.search(ground.masked, start, end)):
        return _with_head(ground, start, shared)
    listed = read_list(ground, start, end, plain=plain)
    if not options.get("party"):
        return listed.items
    more = split(ground, listed.group.start, listed.group.end) if listed.group else ()
    return tuple(item for item in (*listed.items, *more) if _is_party(item))


def _blocks(ground: Ground, start: int, end: int) -> tuple[NounPhrase, ...]:
    """Return the parties of several lists that each end with 等 (A、B等和C、D等)."""
    cuts = [start, *(p for joint in BLOCKS.finditer(ground.masked, start, end) for p in joint.span()), end]
    pieces = zip(cuts[::2], cuts[1::2], strict=True)
    return tuple(item for a, b in pieces for item in split(ground, a, b) if _is_party(item))


def _with_head(ground: Ground, start: int, shared: re.Match[str]) -> tuple[NounPhrase, ...]:
    """Return the items of a list that ends with its number and a head for all: 先进陶瓷、表面工程2个研究中心."""
    items = split(ground, start, shared.start(), plain=True)
    head = ground.clean[shared.start("head") : shared.end("head")]
    return tuple(replace(item, name=item.name.removesuffix(head) + head, mention=None) for item in items if len(item.name) >= 2)


def _is_party(item: NounPhrase) -> bool:
    return item.type in _PARTIES or is_deictic(item.name) or (not item.mention and bool(_PARTY.search(item.name)) and len(item.name) <= 24)


def _words(ground: Ground, start: int, end: int, options: Mapping[str, Any]) -> tuple[NounPhrase, ...]:
    """Return the pieces of a group in their own words, whatever names they hold."""
    joints = [m.span() for m in re.finditer(r"、|以及|和", ground.masked[start:end])] if options.get("list") == "plain" else []
    cuts = [start, *(start + p for joint in joints for p in joint), end]
    heads = tuple(options.get("o_heads", ("",)))
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return tuple(NounPhrase(a, b, ground.clean[a:b]) for a, b in pairs if b - a >= 2 and ground.clean[a:b].endswith(heads))


def passes(item: NounPhrase, options: Mapping[str, Any], name: str) -> bool:
    kinds, heads = options.get(f"{name}_types"), options.get(f"{name}_heads")
    if not 2 <= len(item.name) <= 60 or _BAD.search(item.name) or TIME in item.name or MASK in item.name:
        return False
    if _NUMBERED.match(item.name):
        return False
    if is_deictic(item.name) or (options.get(f"{name}_quoted") and item.quoted):
        return True
    if options.get(f"{name}_named"):
        return item.mention is not None
    if kinds or heads:
        named = item.mention is not None and (item.type in kinds if kinds else item.type not in CATEGORIES or bool(heads))
        if named and heads and not kinds:
            return item.name.endswith(tuple(heads)) or item.type in ("Award/Title", "CityCategory")
        return named or bool(heads and item.name.endswith(tuple(heads)))
    return True


def read_members(ground: Ground, match: re.Match[str], here: ClauseActs) -> list[tuple[str, int, int]]:
    """Return the people of a scheme as a noun phrase: 湖州市5名科技创新创业人才."""
    text = match["s"]
    number = re.search(r"\d+(?:人|名|位|个)", text)
    if number is None:
        return []
    noun = (text[: number.start()] + text[number.end() :]).strip("、，的") or "人才"
    count = number[0][:-1] + ("名" if number[0][-1] == "人" else number[0][-1])
    place = here.actor.name if here.actor else ""
    return [(f"{place}{count}{noun}", match.start("s"), match.end("s"))]
