"""Word the counted whole of a listing as the text words it: 新增的4家省级综合体."""

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.frames import lexicon
from kg.extract.ground import MASK, PLACES, Ground
from kg.extract.noun_phrases import NounPhrase
from kg.mentions.numerals import times
from kg.rules import alternation, rules

OPTIONS = ("way", "on", "cue")  # what a rule of listings.toml may say
_UNIT = "个|家|名|项|位|人|所|条|件|台|种|支|元"
COUNTED_LAST = re.compile(rf"(?P<noun>.{{2,30}}?)(?P<n>\d[\d.]*)(?P<tens>[万亿]?)余?多?(?P<u>{_UNIT})$")
_COUNTED_FIRST = re.compile(rf"(?P<n>\d[\d.]*)(?P<tens>[万亿]?)余?多?(?P<u>{_UNIT})(?P<noun>.{{2,30}})$")
_SHORT = 3  # digits of a number that belongs to the name of what it counts: 9个平台, but 专利申请 37142件


_DEED = re.compile(
    r"入选|获(?=[评批得国省市全奖\d])|被|通过|列入|依次|分别|入围|参赛|参展|上榜|名列|位列|汇聚|莅临|应邀|申报|纳入|立项|榜上有名"
)
_PEOPLE = "人名位"
_LONGEST = 30  # letters of what a counted whole got
_JUDGED = re.compile(r"(?:认定|称号|名单|行列|考核|评审|验收|公示)$")
_OF_WHICH = re.compile(r"(?:具有|拥有|具备|来自|从事|面向|有)[^，。；、的]{1,16}的")
_HAVING = re.compile(  # 年末有, 全省拥有各类 before the noun, 共有, 达到 behind it
    r"^(?:全年|全[省市区县国]|年末|如今|目前|我[省市县区])?(?:已|现|共)?(?:拥有|有)(?:各类|各级)?(?=..)|(?:总数|累计)?(?:共有|共|达到|达|现有|已有|拥有|有)$"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number counts (重点实验室): its words, where they end, and whether they tell no more than 企业 or 单位."""

    text: str
    end: int
    generic: bool = False


@dataclass(frozen=True)
class _Words:
    """The patterns of the words around a counted noun (``kg/rules/listings.toml``)."""

    verb: re.Pattern[str]
    verb_end: re.Pattern[str]
    head: re.Pattern[str]
    beyond: re.Pattern[str]
    inner: re.Pattern[str]
    behind: re.Pattern[str]
    shared: re.Pattern[str]
    generic: frozenset[str]


@cache
def _words() -> _Words:
    words = rules("listings", *OPTIONS).words
    first = "(?:首批|首期|新|计划)?"
    verb, head, taking, alone = (alternation(words[name]) for name in ("made", "head", "taking", "deed"))
    adverb = "(?:均|都|全部|双双|先后|分别|成功|已|正式|同时|顺利|陆续|相继|一次性)"
    thing = "的(?P<q>〓{2,40})|了?(?P<o>(?:[^，。；：（）◷、]|、(?=〓)|（[^（）]{1,12}）){2,30})"
    return _Words(
        re.compile(f"{first}{verb}了?"),
        re.compile(f"{first}{verb}(?=了?$)"),
        re.compile(head),
        re.compile(f"{alternation(words['beyond'])}|[，。；：（）、的在于将已]|\\d{{2,}}"),
        re.compile(f"{alternation(words['inner'])}|{alternation(words['nominal'])}(?={head})"),
        re.compile(f"{adverb}{{0,3}}(?:(?P<v>被?(?:联合|共同)?{taking})(?:{thing})|(?P<alone>{alone}))"),
        re.compile(f"{alternation(words['site'])}$"),
        frozenset(words["generic"]),
    )


def noun_at(ground: Ground, start: int, end: int) -> Noun | None:
    """Return the noun that begins at ``start``: up to the last known name or head before a verb; ``None`` where there is no head."""
    words, lead = _words(), _OF_WHICH.match(ground.masked, start, end)
    at = lead.end() if lead else start
    while at < end:
        if ground.masked[at] == MASK and at in ground.starts:
            at = ground.starts[at].end
        elif found := words.inner.match(ground.masked, at, end):
            at = found.end()
        elif words.beyond.match(ground.masked, at, end) or lexicon().verb.match(ground.masked, at, end):
            break
        else:
            at += 1
    ends = [m.end for m in ground.within(start, at)] + [m.end() for m in words.head.finditer(ground.clean, start, at)]
    stop = max(ends, default=0)
    if stop <= start:  # 5人入选国家“万人计划”: the unit is the noun
        return Noun("", start, generic=True) if at == start and ground.clean[start - 1] in _PEOPLE else None
    text = ground.clean[start:stop]
    return Noun(text, stop, is_bare(text))


def is_bare(noun: str) -> bool:
    """Say whether a noun is a mere 企业 or 单位, which names no whole of its own."""
    return noun in _words().generic


def shared_head(ground: Ground, item: NounPhrase, noun: Noun) -> NounPhrase:
    """Give a place or a bare word the head that it shares with the others: 金凤、明月湖2个重庆实验室 → 金凤实验室."""
    found = _words().shared.search(noun.text)
    name = ground.clean[item.start : item.end].strip("“”")
    bare = item.mention is None or item.type in PLACES
    if found is None or not bare or not 2 <= len(name) <= 6 or name.endswith(found[0]):
        return item
    return NounPhrase(item.start, item.end, name + found[0])


def made_verb() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the verbs that tell how a counted whole came about: as a beginning and as an end."""
    return _words().verb, _words().verb_end


def made_in(text: str) -> re.Match[str] | None:
    """Return the first verb in ``text`` that tells how a whole came about and is not half a noun (研发平台)."""
    words = _words()
    return next((found for found in words.verb.finditer(text) if not words.inner.match(text, found.start())), None)


def made(ground: Ground, start: int, floor: int) -> str:
    """Return the verb before a list that belongs to the name of its whole (新认定 of 新认定的28家……)."""
    found = made_verb()[1].search(ground.clean, max(floor, start - 12), start)
    return found[0] if found else ""


def told_behind(ground: Ground, start: int) -> str:
    """Return the verb behind a counted noun with its object, which tells the whole apart: 列入省级试点 in 6家企业列入省级试点."""
    found = _words().behind.match(ground.masked, start, min(len(ground.clean), start + 60))
    if found is None or found["alone"]:
        return found["alone"] if found else ""
    told = re.split(r"并|以及|且|后(?!备)", ground.clean[slice(*found.span("q" if found["q"] else "o"))].strip("《》的了"))[0]
    told = told[1:-1] if told[0:1] == "“" and told.find("”") == len(told) - 1 else told
    return found["v"] + (_JUDGED.sub("", told) or told) if len(told) <= _LONGEST else ""


def counted(text: str) -> tuple[str, str, float] | None:
    """Return 4家 + noun, the noun alone and the number of a counted phrase, or ``None``; a long number is no part of a name.

    >>> counted("新增省级综合体4家"), counted("从事科技活动人员22.8万人")
    (('新增的4家省级综合体', '省级综合体', 4.0), ('从事科技活动人员', '从事科技活动人员', 228000.0))
    """
    found = COUNTED_LAST.search(text) or _COUNTED_FIRST.search(text)
    if not found or found["n"].count(".") > 1 or found["n"].endswith("."):
        return None
    noun = _DEED.split(found["noun"])[0].strip("了的“”") or found["noun"]
    noun = _HAVING.sub("", noun)
    if len(noun) < 2:
        return None
    number = float(found["n"]) * float(times(found["tens"]))
    count = f"{found['n']}{found['u']}" if len(found["n"]) <= _SHORT and not found["tens"] and found["u"] != "元" else ""
    verb = None if _words().inner.match(noun) else made_verb()[0].match(noun)  # 研发平台 is one noun
    if verb and verb.end() < len(noun):
        noun = noun[verb.end() :].strip("“”")
        return f"{verb[0].removesuffix('了')}的{found['n'] + found['tens']}{found['u']}{noun}", noun, number
    before = made_verb()[1].search(text, 0, found.start()) if is_bare(noun) else None
    if before:  # 计划安排883个项目
        return f"{before[0]}的{count}{noun}", noun, number
    return f"{count}{noun}", noun, number


def counted_unit(text: str) -> str:
    """Return the unit of a counted phrase; people are people however they are counted."""
    found = COUNTED_LAST.search(text) or _COUNTED_FIRST.search(text)
    unit = found["u"] if found else ""
    return "人" if unit in ("名", "位") else unit
