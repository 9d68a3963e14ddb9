"""Word the counted whole of a listing as the text words it: 新增的4家省级综合体."""

import re
from functools import cache

from kg.extract.frames import lexicon
from kg.extract.ground import Ground
from kg.mentions.numerals import times
from kg.rules import alternation, rules

OPTIONS = ("way", "on", "cue")  # what a rule of listings.toml may say
_UNIT = "个|家|名|项|位|人|所|条|件|台|种|支|元"
COUNTED_LAST = re.compile(rf"(?P<noun>.{{2,30}}?)(?P<n>\d[\d.]*)(?P<tens>[万亿]?)余?多?(?P<u>{_UNIT})$")
_COUNTED_FIRST = re.compile(rf"(?P<n>\d[\d.]*)(?P<tens>[万亿]?)余?多?(?P<u>{_UNIT})(?P<noun>.{{2,30}})$")
_SHORT = 3  # digits of a number that belongs to the name of what it counts: 9个平台, but 专利申请 37142件


_HAVING = re.compile(  # 年末有, 全省拥有各类 before the noun, 共有, 达到 behind it
    r"^(?:全年|全[省市区县国]|年末|如今|目前|我[省市县区])?(?:已|现|共)?(?:拥有|有)(?:各类|各级)?(?=..)|(?:总数|累计)?(?:共有|共|达到|达|现有|已有|拥有|有)$"
)


def head_noun(ground: Ground, match: re.Match[str], group: str = "x") -> str:
    """Return the head noun of a group, cut where a verb begins."""
    start, end = match.span(group)
    mention = ground.starts.get(start)
    if mention:
        return mention.printed if mention.end <= end else ground.clean[start:end]
    text = ground.clean[start:end]
    verb = lexicon().verb.search(ground.masked, start + 2, end)
    if verb and verb.end() <= end:
        text = ground.clean[start : verb.start()]
    return (
        re.split(
            r"与|和|同|联合|等|开展|建立|参|挂牌|揭牌|启用|投用|开园|开工|落户|签约|落地|逆势|正式|申报|申请|入驻|全部|相继|已经|成为|获评|通过|实现|参加|投产|初步|持续|应用|取得|对(?!外|口)|共(?!同|建|享)|内(?=城市)|依次|分别|[，。]",
            text,
        )[0]
        or text
    )


@cache
def made_verb() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the verbs that tell how a counted whole came about: as a beginning and as an end."""
    verbs = alternation(rules("listings", *OPTIONS).words["made"])
    return re.compile(verbs), re.compile(rf"{verbs}$")


def made(ground: Ground, start: int, floor: int) -> str:
    """Return the verb before a list that belongs to the name of its whole (新认定的28家……)."""
    found = made_verb()[1].search(ground.clean, max(floor, start - 12), start)
    return f"{found[0]}的" if found else ""


def counted(text: str) -> tuple[str, str, float] | None:
    """Return 4家 + noun, the noun alone and the number of a counted phrase, or ``None``; a long number is no part of a name.

    >>> counted("新增省级综合体4家"), counted("从事科技活动人员22.8万人")
    (('新增的4家省级综合体', '省级综合体', 4.0), ('从事科技活动人员', '从事科技活动人员', 228000.0))
    """
    found = COUNTED_LAST.search(text) or _COUNTED_FIRST.search(text)
    if not found or found["n"].count(".") > 1 or found["n"].endswith("."):
        return None
    noun = re.split(r"入选|获(?=[评批得国省市全\d])|被|通过|列入|依次|分别", found["noun"])[0].strip("了的“”") or found["noun"]
    noun = _HAVING.sub("", noun)
    if len(noun) < 2:
        return None
    number = float(found["n"]) * float(times(found["tens"]))
    count = f"{found['n']}{found['u']}" if len(found["n"]) <= _SHORT and not found["tens"] and found["u"] != "元" else ""
    verb = made_verb()[0].match(noun)
    if verb and verb.end() < len(noun):
        noun = noun[verb.end() :].strip("“”")
        return f"{verb[0]}的{found['n'] + found['tens']}{found['u']}{noun}", noun, number
    return f"{count}{noun}", noun, number


def counted_unit(text: str) -> str:
    """Return the unit of a counted phrase; people are people however they are counted."""
    found = COUNTED_LAST.search(text) or _COUNTED_FIRST.search(text)
    unit = found["u"] if found else ""
    return "人" if unit in ("名", "位") else unit
