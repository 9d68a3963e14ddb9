"""Read the words around a number: subject, verb and noun phrase."""

import re
from dataclasses import dataclass
from functools import cache

from kg.frozen import quickly_made
from kg.rules import alternation, rules
from kg.rules.letters import quick

_WITHIN = re.compile(
    r"^(?:其中)?(?:，)?在(?P<where>[^，。；在]{2,20}?)(?:范围内|以内|之内|内|方面|领域|区域|等地|上|下|中)(?!市|心|区|小|国|型)"
)
_INCLUDING = re.compile(r"(?:包括|包含|含)[^，。；]{1,40}?在内的")
_EXAMPLES = re.compile(r"^.{2,80}等(?:各类|各级|一批)?(?=[\u4e00-\u9fff“A-Za-z]{2})")
_TRIM = "、，和及与以等的：:（）()；。 “”" + "\n"
_SINCE = re.compile(r"(?:比|较)(?:上年|去年|年初|上年末|去年底)(?:同期|底|末)?(?=新增|净增)")
_AMONG = re.compile(r"^[^，。；]{2,12}?中(?=有|包括|共有)")
_IDLE = re.compile(
    r"(?:已)?连续[一二三四五六七八九十两\d]{1,3}年|[一二三四五两\d]{1,2}年(?:之)?内|(?:再|利)?用[一二三四五六七八九十两\d]{1,2}年(?:左右)?的?时间|每年|^近?[一二三四五六七八九十两\d]{1,2}年(?:来|间|多)?$"
)
_BATCHES = re.compile(r"分(?:[一二两三四五六七八九十]|\d{1,2})批次?")  # 已分五批支持人才
_HEAD_WORDS = re.compile(r"^(?:了|各类|各级|各项|各种|一批|的|等)+")
_IDLE_HEAD = frozenset("了各一的等")
_TAIL_WORDS = re.compile(
    r"(?:仅|累计|合计|共计|总计|共有|约为|首次|预计|有望|已经|一举|力争|最终|始终|一直|稳定|持续|(?<![主重需纪摘概])要|(?<![干大名上中少])将)+$"
)
_YEARS = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:[一二三四五十两]|\d{1,2})年(?:来|间)?$")
_TAIL_MARKS = re.compile(r"(?:仅|等|的|(?<!为)了|共|总|已|(?<![签契预节合条])约|各|(?<![户人年日亩家])均|有|以及|在内)+$")
_IDLE_TAIL = frozenset("仅等的了共总已约各均有及内")
_LOOSE = ("自", "在", "共", "可", "有", "到", "以")
_LAST_JOINT = re.compile(r"(?:以及|和|及|与|并|、)+$")
_NP_START = re.compile(r"[\u4e00-\u9fffA-Za-z“《（]|[1-9]类")


@quickly_made
@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number: ``subject`` ``verb`` ``noun``, each empty where the words give none.

    ``stock`` tells words of a stock (累计, 现有), ``part`` tells 其中, ``listed`` that the words only go on a list (和, 、).
    ``open`` tells that the noun ends with 等, so that the number counts a list of examples. ``target`` is X in 对X给予.
    """

    subject: str = ""
    verb: str = ""
    noun: str = ""
    stock: bool = False
    part: bool = False
    listed: bool = False
    open: bool = False
    target: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class After:
    """What stands after a number: a noun phrase of ``length`` characters, and the words that follow it.

    ``attributive`` tells that 的 joins the number to the noun.
    """

    noun: str = ""
    length: int = 0
    rest: str = ""
    attributive: bool = False


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a word list of ``kg/rules/observations.toml``."""
    return rules("observations").words[name]


@cache
def one_of(name: str, *, at_end: bool = False) -> re.Pattern[str]:
    """Return the pattern of a word list."""
    return re.compile(alternation(words(name)) + ("$" if at_end else ""))


@cache
def _opening() -> re.Pattern[str]:
    number = r"\d{1,2}[.、](?!\d)|[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,3}[条章节]"
    return re.compile(rf"(?:[、，：（(\s]|“(?![^“”]{{1,12}}”)|{number}|{alternation(words('opening'))})")


@cache
def _openers() -> frozenset[str]:
    """Return the characters with which a connective can begin."""
    return frozenset("、，：（(“第一二三四五六七八九十0123456789 \n\t\r\u3000") | {word[0] for word in words("opening")}


@cache
def _verbs() -> re.Pattern[str]:
    every = tuple(sorted({*words("increase"), *words("holds"), *words("acts")}))
    adverbs = rf"(?:{alternation(words('adverb'))}|“|)"
    return quick(
        rf"{adverbs}(?P<verb>(?:(?<!更)新)?(?:(?!{alternation(words('compound'))})(?:{alternation(every)})){{1,3}})(?:了|过|出|各类|各级|各种|到(?!位))*"
    )


@cache
def _last_verb() -> re.Pattern[str]:
    every = tuple(sorted({*words("increase"), *words("holds"), *words("acts")}))
    return re.compile(rf"(?P<verb>{alternation(every)})(?:了|过|出)?$")


@cache
def _target() -> re.Pattern[str]:
    once = "(?:一次性|最高|分别|每家|每人|每个|各|再|可|将|连续[一二三四五两\\d]年|不超过|总额){0,3}"
    return re.compile(rf"(?:^|，|、|并|再)对(?P<who>[^，。；对]{{2,40}}?){once}(?P<verb>给予|奖励|补助|资助|补贴|支持|奖补){once}$")


@cache
def _weak() -> frozenset[str]:
    return frozenset(words("weak"))


def read_before(text: str, place: re.Pattern[str] | None = None) -> Before:
    """Return how ``text``, the words of a clause before a number, divides.

    ``place`` matches the names of the section's place at the start of a string.

    >>> read_before("全年争取省级以上财政资金")
    Before(subject='', verb='争取', noun='省级以上财政资金', stock=False, part=False, listed=False, open=False, target='')
    """
    stock = bool(one_of("stock").search(text))
    part = text.lstrip("，、 ").startswith("其中")
    listed = text[:1] in ("、", "和", "及", "或") or text.startswith("以及")
    if match := _target().search(text):
        return Before("", match["verb"], "", stock, part, listed, False, match["who"].removesuffix("的"))
    core = _plain(text)
    core, subject = _peel(core, place)
    verb = noun = ""
    match = _first_verb(core)
    if match and listed and match.start() == 0 and match["verb"] in _weak() and match.end() < len(core):
        match = None
    if match is None:
        noun = core
    else:
        subject = subject + core[: match.start()].strip(_TRIM.replace("“", "").replace("”", "")) if match.start() else subject
        verb, noun = match["verb"], core[match.end() :]
        if not noun and match.start() and not subject:
            noun, verb = core, ""
    is_open = noun.rstrip().endswith("等") or core.endswith("等")
    noun = tidy(noun)
    noun = "" if noun == "数" and verb else noun  # 企业净增数: named by its verb
    if len(noun) > 14 and (examples := _EXAMPLES.match(noun)):
        noun = noun[examples.end() :]
    noun, _ = _peel_place(noun, place) if not verb else (noun, "")
    subject = "" if subject.startswith(("为", "对", "向", "给", "与", "同")) else subject.strip("，、：").removesuffix("共")
    return Before(subject, verb, noun, stock, part, listed, is_open)


def _plain(text: str) -> str:
    """Return ``text`` without asides: 包括…在内的, 在…方面, 比上年底 before 净增, 连续三年. A pattern runs only where its word stands."""
    core = _INCLUDING.sub("", text) if "在内" in text else text
    core = _WITHIN.sub("", core) if "在" in core else core
    core = _AMONG.sub("", core) if "中" in core else core
    core = _SINCE.sub("", core) if "增" in core else core
    core = _BATCHES.sub("", core) if "批" in core else core
    return _IDLE.sub("", core) if "年" in core else core


def _peel(text: str, place: re.Pattern[str] | None) -> tuple[str, str]:
    """Take connectives and the name of the place off the start of ``text``; return the rest and the place's name."""
    subject = ""
    for _ in range(8):
        if text.startswith(words("named_so")) and not text.startswith(words("not_so")):
            break
        if text[:1] in _openers() and (match := _opening().match(text)):
            text = text[match.end() :]
            continue
        if text[:1] in _LOOSE:
            text = text[1:]
            continue
        rest, found = _peel_place(text, place)
        if not found:
            break
        subject, text = found, rest
    return text, subject


def _peel_place(text: str, place: re.Pattern[str] | None) -> tuple[str, str]:
    match = one_of("area_word").match(text) or (place.match(text) if place else None)
    if not match:
        return text, ""
    return text[match.end() :].removeprefix("的"), match[0]


def _first_verb(core: str) -> re.Match[str] | None:
    """Return the verb of ``core``: at its end after a relative clause, else at its start or after a possible subject."""
    if "的" in core and (last := _last_verb().search(core)) and 0 < core.rfind("的") < last.start() and last["verb"] not in _weak():
        return last
    for match in _verbs().finditer(core):
        at = match.start()
        if one_of("compound").match(core, match.start("verb")):
            continue
        if _in_noun(core, match):
            continue
        if at == 0:
            return match
        before = core[:at]
        if before.endswith(("”", "》")) and match["verb"] in _weak():
            continue
        if match.end() == len(core) and match["verb"] in _weak():
            continue
        if before.endswith("的"):
            continue
        if match["verb"] not in _weak() or one_of("subject_end", at_end=True).search(before):
            return match
    return None


def _in_noun(core: str, match: re.Match[str]) -> bool:
    """Return whether a verb is part of a noun (申请量, 服务平台); a strong verb is so only before a single character."""
    after = one_of("nominal").match(core, match.end())
    if not after or match["verb"].startswith(words("increase")):
        return False
    return len(after[0]) == 1 or match["verb"] in _weak()


def tidy(noun: str) -> str:
    """Return a noun phrase without what hangs on its ends.

    >>> tidy("、了各类人才的"), tidy("“瞪羚”企业")
    ('人才', '“瞪羚”企业')
    """
    noun = noun.strip("、，和及与：:；。 \n")
    if noun[:1] in _IDLE_HEAD:
        noun = _HEAD_WORDS.sub("", noun)
    noun = _TAIL_WORDS.sub("", noun)
    if noun[-1:] in ("年", "来", "间"):
        noun = _YEARS.sub("", noun)
    if len(noun) > 2 and noun[-1:] in _IDLE_TAIL:
        noun = _TAIL_MARKS.sub("", noun)
    if noun.count("（") != noun.count("）"):
        noun = noun.replace("（", "").replace("）", "")
    if noun.count("“") != noun.count("”"):
        noun = noun.replace("“", "").replace("”", "")
    return noun


@cache
def _stop() -> re.Pattern[str]:
    among = "(?<![集其之手心初高期])中(?=$|，|综合|排名|排在|排位|位[列居]|名列|居|列)"  # 在72个城市中排名第12位
    return re.compile(rf"[，、；。：:（(）)\n！？]|{among}|在(?!建|校|岗|孵|研|职|册|线|读|站|库|用)|{alternation(words('after_stop'))}")


def read_after(text: str) -> After:
    """Return the noun phrase at the start of ``text``, the words of a clause after a number.

    >>> read_after("专业化研究院于今年4月正式挂牌").noun, read_after("，增速居全省第一").noun
    ('专业化研究院', '')
    """
    if not text or not _NP_START.match(text) or one_of("after_none").match(text):
        return After(rest=text)
    if (stop := _stop().match(text)) and not one_of("noun_start").match(text, stop.end()):
        return After(rest=text)
    end = len(text)
    for match in _stop().finditer(text):
        if match[0] in "（(" and match.start() and (close := text.find("）" if match[0] == "（" else ")", match.end())) >= 0:
            inside = text[match.end() : close]
            if not re.search(r"\d", inside) and len(text) > close + 1 and _NP_START.match(text[close + 1]):
                continue
        if match.start() >= 2 or match[0] in "，、；。：:（(）)\n！？":
            if _quoted(text, match.start()) or one_of("thing").match(text, match.end()):
                continue
            end = match.start()
            break
    noun = _LAST_JOINT.sub("", text[:end])
    return After(tidy(noun) if len(noun) >= 2 else "", len(noun) if len(noun) >= 2 else 0, text[end:])


def _quoted(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)
