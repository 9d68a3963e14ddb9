"""Listings whose parts stand behind their whole: 三大使命：A、B、C, 抓好以下四项工作：一是A。二是B, 专家名单为：A、B."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.acts import ClauseActs
from kg.extract.counted import cut_at, make
from kg.extract.ground import CATEGORIES, FIELDS, Ground
from kg.extract.name_listings import ORDINALS
from kg.extract.noun_phrases import NounPhrase, split
from kg.extract.wholes import noun_at
from kg.facts import Membership
from kg.mentions.numerals import numeral
from kg.rules import Rule

_GROUP = re.compile(r"(?:委员会|联盟|协会|学会|专家组|专家团|智库|理事会|服务团|服务队|工作组|领导小组|团队|专班)$")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_PART = re.compile(r"[^，。；：\n]{2,20}(?=[，。；：\n])")
_STEPS = ("{}是", "{}要", "（{}）", "第{}，", "{}、", "{}抓")
_REACH = 4000  # characters in which the steps of one announcement stand
_TOTAL = re.compile(
    r"(?:等?(?:\d+|[两三四五六七八九十])余?[市县区省个家所人名位](?:单位|企业|高校|机构|专家)?|等)?$"
)  # 合肥、芜湖、蚌埠三市
_QUOTE = 400  # characters of a quote
_LONGEST = 40  # characters of a part in plain words


def told_list(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the parts behind a counted whole (三大使命：A、B、C) or in brackets behind it, where they are as many as it says."""
    noun, count = noun_at(ground, *match.span("x")), numeral(match["n"])
    if noun is None or noun.end != match.end("x"):
        return
    for items in _cuts(ground, rule, *match.span("items")):
        if count == len(items) >= 2 and all(2 <= i.end - i.start <= _LONGEST and not i.tailed for i in items):
            yield from make(ground, rule, match, f"{match['n']}{match['u']}{noun.text}", items, ordered=True)
            return


def _cuts(ground: Ground, rule: Rule, start: int, end: int) -> Iterator[Sequence[NounPhrase]]:
    """Yield the ways to cut a list; in brackets, which the grammar does not look into, at 、 alone and then at 和."""
    if rule.options.get("on") != "clean":
        yield split(ground, start, end)
        yield split(ground, start, end, plain=True)
        return
    for joint in (r"、", r"、|以及|和|及"):
        yield cut_at(ground, joint, ground.clean, start, end)


def steps(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the numbered parts that an announcement counts: 抓好四项工作：一是……。二是……."""
    count = int(numeral(match["n"]) or 0)
    if not 2 <= count <= len(ORDINALS):
        return
    for form in _STEPS:
        items = list(_numbered(ground, form, match.end(), count))
        if len(items) == count:
            told = f"{match['v'].removesuffix('了')}的" if match["v"] else ""
            whole = f"{told}{match['n']}{match['u']}{ground.clean[match.start('x') : match.end('x')]}"
            for order, item in enumerate(items, 1):  # quoted from the announcement, where that is near enough
                start = match.start() if item.end - match.start() <= _QUOTE else item.start - len(form)
                yield Membership(ground.span(start, item.end), whole, item.name, rule.id, order, ground.span(item.start, item.end), True)
            return


def _numbered(ground: Ground, form: str, start: int, count: int) -> Iterator[NounPhrase]:
    """Yield what stands behind 一是, 二是, ... as far as they follow each other; the first of them at once."""
    clean, at = ground.clean, start
    for order in range(count):
        mark = form.format(ORDINALS[order])
        found = clean.find(mark, at, start + 8 if order == 0 else start + _REACH)
        while found > start and order and clean[found - 1] not in "。；：，、\n 　”":
            found = clean.find(mark, found + 1, start + _REACH)
        if found < 0:
            return
        at = found + len(mark) - (form == "{}抓")
        text = _PART.match(clean, at)
        if text is None:
            return
        yield NounPhrase(at, text.end(), text[0].strip("“”"))


def comprised(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield what 包括 and its kin list: at least three, half of them names; two and in any words where a ceremony has parts."""
    start, end = match.span("items")
    total = _TOTAL.search(ground.masked, start, end)
    end = total.start() if total else end
    items = [item for item in split(ground, start, end, plain=True) if 2 <= len(item.name) <= 30]
    whole = ground.clean[match.start("w") : match.end("w")]
    if match["stage"]:
        items = _whole_pieces(ground, *match.span("items"))
        fit = len(items) >= 2
    else:
        named = [item for item in items if item.mention and item.type not in CATEGORIES | FIELDS]
        fit = len(items) >= 3 and len(named) * 2 >= len(items)
    if fit:
        yield from make(ground, rule, match, whole, items, ordered=False)


def _whole_pieces(ground: Ground, start: int, end: int) -> list[NounPhrase]:
    """Cut at 、 and 以及 alone: the signing of A and B is one part."""
    return [item for item in cut_at(ground, "、|以及", ground.masked, start, end) if item.end - item.start <= _LONGEST]


def roll(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the members that a list of names gives to the group spoken of before it (专家名单为：A、B)."""
    paragraph = clauses[0].paragraph
    groups = [m for m in ground.within(paragraph.start, match.start()) if _GROUP.search(m.name)]
    items = [item for item in split(ground, *match.span("items")) if item.mention or _PERSON.fullmatch(item.name)]
    if groups and len(items) >= 2:
        yield from make(ground, rule, match, groups[-1].name, items, ordered=False)
