"""Noun phrases: what stands between two verbs, trimmed to what it names, and lists of them.

A phrase that ends with (or is) a mention takes the mention's canonical name; any other phrase keeps the words of the
text. Lists are split at 、 和 与 及 以及 where both sides are names or end alike, so that 传统产业和新兴产业中小企业 stays
one phrase.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.deixis import is_deictic
from kg.extract.ground import ASIDE, CATEGORIES, FIELDS, MASK, ORGANISATIONS, Ground
from kg.frozen import quickly_made
from kg.mentions.mention import Mention
from kg.mentions.numerals import numeral
from kg.rules import alternation, rules

_HEADED = re.compile(
    r"(?P<own>[\u4e00-\u9fff]{2,6})(?P<n>\d+|[两三四五六七八九十])(?:个|家|所|座|大)[\u4e00-\u9fff]{0,8}?"
    r"(?P<head>研究院|实验室|创新中心|研究中心|产业园|科技园|示范区|高新区|开发区|孵化器|科学城)"
)
_OFFICE = re.compile(r"(?:管委会|局|厅|政府|办公室|公司|集团|大学|学院|协会|学会|研究院|委员会)$")
_COUNTIES = re.compile(r"县（[市区、县]+）$")  # one kind of place, no aside
_SITE = re.compile(
    r"(?:示范区|试验区|示范市|城市|基地|中心|平台|产业园|研究院|实验室|基金|机制|体系|称号|会议|大会|论坛|峰会|博览会|大赛)$"
)
_OWN = re.compile(rf"(?:的|品种|产品|品牌|软件|系统|机型|型号|芯片)({MASK}+)$")
REMEMBERED = 500  # stretches whose phrases are kept
_MARKS = " \t　，,、：:；;。"
_NUMERALS = frozenset("近约超逾.,一二两三四五六七八九十百千万")
_NUMBER = r"(?:[\d.,]+[万亿]?|[一二两三四五六七八九十百千万]{1,4})余?多?"


@quickly_made
@dataclass(frozen=True, slots=True)
class NounPhrase:
    """``clean[start:end]`` without what surrounds the name; ``mention`` is its head when that is a known name."""

    start: int
    end: int
    name: str
    mention: Mention | None = None
    count: str | None = None  # 6家: number and unit printed before the noun
    tailed: bool = False  # a number stands behind the noun (企业179家)
    quoted: bool = False  # printed in quotation marks

    @property
    def type(self) -> str:
        return self.mention.type if self.mention else ""


@quickly_made
@dataclass(frozen=True, slots=True)
class NounList:
    """Items joined in one list; ``group`` is what they are together (A、B等9个平台), ``open`` when 等 follows them."""

    items: tuple[NounPhrase, ...]
    group: NounPhrase | None = None
    open: bool = False


_TOGETHER = ("联合", "携手", "会同")  # join two names that stand beside them


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = rules("noun_phrases").words
    unit, lead, tail, relative = (alternation(words[name]) for name in ("unit", "lead", "tail", "relative"))
    return {
        "lead": re.compile(rf"(?:{lead})+"),
        "tail": re.compile(rf"(?:{tail})+$"),
        "count": re.compile(rf"(?:近|约|超过?|逾)?({_NUMBER})({unit})(?!化)"),
        "tailed": re.compile(rf"(?:[\d.,]+|[一二两三四五六七八九十百千]+)[万亿]?余?多?(?:{unit}|%|倍|个|人次|家次)*(?:以上|左右)?$"),
        "money": re.compile(
            r"(?:每年|年度|总规模|规模|总额|首期|总投资|初始规模|注册资本)?(?:达到?|超过?|约|近|为)?[\d.]+[万亿]*元?(?:人民币)?(?<=元)的?(?=[\u4e00-\u9fff〓“])"
        ),
        "rank": re.compile(r"(?<=.{2})第(?:\d+|[一二三四五六七八九十]+)(?:位|名)?$"),
        "aside": re.compile(rf"[（(]{ASIDE}[{ASIDE}{MASK}]*[）)]$"),
        "version": re.compile(r"\d\.\d版$"),
        "title": re.compile(rf"(?:{alternation(rules('posts', 'ends').words['title'])}|等|、)+(?:团队)?"),
        "glue": re.compile("以及|及其|、|和|与|及|暨|" + "|".join(f"{verb}(?<={MASK}{verb})(?={MASK})" for verb in _TOGETHER)),
        "seam": re.compile(r"》(?=《)|”(?=“)"),
        "relative": re.compile(rf"[^，。；、的]{{0,24}}{MASK}[^，。；{MASK}的]{{0,10}}?(?:{relative})的(?=[^，。；的]{{4,40}}$)"),
        "etc": re.compile(r"(?<![一二三四特优甲乙同])等(?!级|额|同|奖)"),
    }


def is_open(ground: Ground, start: int, end: int) -> bool:
    """Say whether any character of the stretch is outside of names."""
    return any(char != MASK for char in ground.masked[start:end])


def phrase(ground: Ground, start: int, end: int) -> NounPhrase | None:
    """Return the noun phrase in ``clean[start:end]``, or ``None`` when nothing is left after trimming."""
    known: dict[tuple[int, int], NounPhrase | None] = ground.phrases
    if (start, end) not in known:
        if len(known) > REMEMBERED:  # stretches are asked for again and again, but only within their sentence
            known.clear()
        known[start, end] = _phrase(ground, start, end)
    return known[start, end]


def _phrase(ground: Ground, start: int, end: int) -> NounPhrase | None:
    start, end = _trim(ground, start, end)
    if end <= start:
        return None
    count, inner = _count(ground, start, end)
    mention = ground.starts.get(start) if ground.starts.get(start) and ground.starts[start].end == end else None
    head = mention or ground.ends.get(end) or _titled(ground, start, end)
    if head and head.start >= start and (mention or _modifies(ground, start, head.start)):
        name = ground.clean[start:end] if not mention and _relative(ground, start, head.start) else head.name
        return NounPhrase(start, end, name, head, count)
    if own := patterns_own(ground, start, end):
        return NounPhrase(own, end, _words(ground, own, end), None, None, quoted=True)
    if ground.masked.find("的", start, end) >= 0 and (whose := _patterns()["relative"].match(ground.masked[start:end])):
        return _phrase(ground, start + whose.end(), end)
    tailed = ground.masked[end - 1] != MASK and bool(_patterns()["tailed"].search(ground.clean, inner, end))
    quoted = ground.clean[start] == "“" and ground.clean[end - 1] == "”"
    words = _words(ground, start, end)
    return NounPhrase(start, end, words, None, count, tailed, quoted) if words else None


def patterns_own(ground: Ground, start: int, end: int) -> int | None:
    """Return where the quoted name stands that somebody's work ends with (团队选育的“西农979”)."""
    if ground.clean[end - 1] != "”":
        return None
    found = _OWN.search(ground.masked, start, end)
    return found.start(1) if found and ground.clean[found.start(1)] == "“" else None


def _titled(ground: Ground, start: int, end: int) -> Mention | None:
    """Return the person whose title ends the phrase (李明院士)."""
    person = ground.last_person(start, end)
    return person if person and person.end < end and _patterns()["title"].fullmatch(ground.clean, person.end, end) else None


def _words(ground: Ground, start: int, end: int) -> str:
    return (
        ground.clean[start:end].strip("“”《》")
        if ground.clean[start] in "“《" and ground.clean[end - 1] in "”》"
        else ground.clean[start:end]
    )


def _modifies(ground: Ground, start: int, head: int) -> bool:
    """Say whether what stands before the head only describes it (全市首家, 科技系统, 6家)."""
    before = ground.masked[start:head]
    return not before.strip(MASK) or (len(before) <= 24 and not re.search(r"[、，；]", before))


def _relative(ground: Ground, start: int, head: int) -> bool:
    """Say whether a relative clause tells the head, a mere category, apart (首次认定的高新技术企业)."""
    before = ground.masked[start:head]
    return "的" in before and ground.starts[head].type in CATEGORIES and ground.clean[head] != "“"


def _trim(ground: Ground, start: int, end: int) -> tuple[int, int]:
    clean, masked, patterns = ground.clean, ground.masked, _patterns()
    while start < end and clean[start] in _MARKS and masked[start] != MASK:
        start += 1
    while end > start and clean[end - 1] in _MARKS and masked[end - 1] != MASK:
        end -= 1
    if (
        start not in ground.starts
        and not is_deictic(clean[start:end])
        and (found := patterns["lead"].match(masked, start, end))
        and found.end() < end
    ):
        start = found.end()
    if money := patterns["money"].match(masked, start, end):
        start = money.end()
    if masked.find("第", start, end) >= 0 and (rank := patterns["rank"].search(masked, start, end)):
        end = rank.start()
    if (
        masked[end - 1] in "）)\n"
        and (aside := patterns["aside"].search(masked, start, end))
        and aside.start() > start + 1
        and end not in ground.ends
        and not _COUNTIES.search(ground.clean, start, end)
    ):
        end = aside.start()
    if masked[end - 1] in "版\n" and (version := patterns["version"].search(masked, start, end)):
        end = version.start() if version.start() in ground.ends else end
    lasts = _tail_letters()
    while (
        masked[end - 1] in lasts
        and end not in ground.ends
        and (found := patterns["tail"].search(masked, start, end))
        and found.start() > start
    ):
        end = found.start()
    return start, end


@cache
def _tail_letters() -> frozenset[str]:
    """Return the characters with which a tail can end."""
    return frozenset(word[-1] for word in rules("noun_phrases").words["tail"]) | {"\n"}


def _count(ground: Ground, start: int, end: int) -> tuple[str | None, int]:
    first = ground.masked[start]
    if first not in _NUMERALS and not first.isdecimal():
        return None, start
    found = _patterns()["count"].match(ground.masked, start, end)
    return (found[0], found.end()) if found and found.end() < end else (None, start)


def split(ground: Ground, start: int, end: int, *, plain: bool = False) -> tuple[NounPhrase, ...]:
    """Return the phrases of a list, in text order; ``plain`` splits at every joint, names or not."""
    cuts = [start]
    joints = [(*joint.span(), joint[0]) for joint in _patterns()["glue"].finditer(ground.masked, start, end)]
    if ground.clean.find("》《", start, end) >= 0 or ground.clean.find("”“", start, end) >= 0:
        joints = sorted([*joints, *((at, at, "、") for at in _seams(ground, start, end))])
    if not joints:
        only = phrase(ground, start, end)
        return (only,) if only else ()
    listed = any(mark == "、" for _, _, mark in joints)
    for i, (left, right, mark) in enumerate(joints):
        if left <= cuts[-1] or right >= end:
            continue
        if mark == "、" or plain or _joins(ground, cuts[-1], (left, right), joints[i + 1][0] if i + 1 < len(joints) else end, listed):
            cuts += [left, right]
    cuts.append(end)
    items = (phrase(ground, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    return tuple(item for item in items if item)


def _seams(ground: Ground, start: int, end: int) -> Iterator[int]:
    """Yield where two titles or quoted names stand side by side with nothing between them (《A》《B》)."""
    for seam in _patterns()["seam"].finditer(ground.clean, start, end):
        before = bisect_left(ground.order, seam.end()) - 1
        if before < 0 or ground.mentions[before].end <= seam.end():  # not inside one name (“A”“B”工程)
            yield seam.end()


def _joins(ground: Ground, left: int, joint: tuple[int, int], right: int, listed: bool) -> bool:
    """Say whether 和 joins two things rather than two halves of one name."""
    before, after = phrase(ground, left, joint[0]), phrase(ground, joint[1], right)
    if not before or not after:
        return False
    if before.mention and after.mention:
        return True
    if all(item.type in ORGANISATIONS or _OFFICE.search(item.name) for item in (before, after)):
        return True  # 高新区管委会与市科技局
    if (before.mention or after.mention) and not listed:
        return bool(before.type and before.type not in CATEGORIES | FIELDS and len(after.name) >= 6 and _SITE.search(after.name))
    if min(len(before.name), len(after.name)) < 2:
        return False
    return before.name[-1] == after.name[-1] and (listed or len(before.name) >= 4)


def _closed(ground: Ground, start: int, end: int, plain: bool) -> NounList:
    """Read a list that may end with its own count: A、B2个专业化研究院."""
    items = split(ground, start, end, plain=plain)
    last = items[-1] if items else None
    if shared := _shared_head(ground, items):
        return NounList(shared)
    opening = ground.starts.get(last.start) if last else None
    if last and opening and opening.end < last.end and (found := _patterns()["count"].match(ground.masked, opening.end, last.end - 1)):
        group = phrase(ground, found.start(), last.end)
        return NounList((*items[:-1], NounPhrase(opening.start, opening.end, opening.name, opening)), group)
    return NounList(items)


def _shared_head(ground: Ground, items: tuple[NounPhrase, ...]) -> tuple[NounPhrase, ...]:
    """Return the things of a list that only its last item names in full: 金凤、嘉陵江、明月湖3个重庆实验室."""
    last = items[-1] if len(items) > 1 else None
    found = _HEADED.fullmatch(ground.clean, last.start, last.end) if last else None
    if last is None or found is None or numeral(found["n"]) != len(items) or any(i.mention or len(i.name) > 6 for i in items[:-1]):
        return ()
    ends = [*(item.end for item in items[:-1]), found.end("own")]
    starts = [item.start for item in items]
    return tuple(NounPhrase(a, b, ground.clean[a:b] + found["head"]) for a, b in zip(starts, ends, strict=True))


def read_list(ground: Ground, start: int, end: int, *, plain: bool = False) -> NounList:
    """Return the list in ``clean[start:end]``: its items and, after 等, the group they belong to."""
    etc = None
    if ground.masked.find("等", start + 1, end) >= 0:
        etc = next((m for m in _patterns()["etc"].finditer(ground.masked, start, end) if m.start() > start), None)
    if etc is None:
        return _closed(ground, start, end, plain)
    group = phrase(ground, etc.end(), end) if end > etc.end() else None
    return NounList(split(ground, start, etc.start(), plain=plain), group, True)
