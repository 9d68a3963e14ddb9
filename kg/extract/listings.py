"""Find the listings of a report: parts of a whole that the text counts, quotes, brackets or numbers."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.extract.acts import ClauseActs
from kg.extract.constructions import patterns
from kg.extract.counted import closed_list, make, open_list
from kg.extract.cues import Cues, cues_of
from kg.extract.ground import CATEGORIES, PLACES, TIME, Ground
from kg.extract.name_listings import ORDINALS, find_phases, find_slogans
from kg.extract.named_parts import named_parts
from kg.extract.noun_phrases import NounPhrase, phrase, split
from kg.extract.subtotals import added_up, bracketed, of_which, pieces
from kg.extract.survey import Survey
from kg.extract.told_lists import comprised, roll, steps, told_list
from kg.extract.wholes import OPTIONS, counted, made_in, noun_at, told_behind
from kg.facts import Membership
from kg.mentions.numerals import numeral
from kg.rules import Rule, rules
from kg.rules.sieves import joint

_OWN_COUNT = re.compile(
    r"等?(?:\d+|[两三四五六七八九十])余?(?:家|个|名|项|位|所)|等(?=[^、]|$)|(?:已|全部|均|正式|成功)?(?:入选|获|通过|被|列入)"
)
_COUNTED = re.compile(r"\d+(?:家|个|名|项|位|所)(?=[^，。；：\d]{2})")
_SHOWN = re.compile(r"(?P<n>(?:我[省市区县])?\d+(?:家|个|名|项|位|所)[^，。；：\d]{0,8}?)(?P<v>在列|入选|上榜|入围)$")
_ROLL = re.compile(r"([^，。；：\n◷]{2,24}?名单)[^，。；：]{0,6}，$")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{3,8}")  # a firm that no rule knows, in a list with names
_LEAD = re.compile(r".*(?:打造|形成|构建|建立|健全|完善|重构|塑造|推动|推进|加快|支持|培育)")


def find_memberships(read: Survey) -> tuple[Membership, ...]:
    """Return the memberships of a surveyed report in text order; a whole is worded as the text words it (9个高能级平台).

    ``order`` counts from 1 where all parts are listed, and is ``None`` with ``exhaustive`` false for examples.
    """
    ground = read.ground
    found = [*find_phases(ground), *find_slogans(ground)]
    for clauses in read.sentences:
        found += _sentence(ground, clauses)
    unique = {(m.whole, m.part): m for m in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda m: (m.span.start, m.span.end, m.order or 0, m.part)))


def _sentence(ground: Ground, clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    start, end = clauses[0].sentence.start, clauses[0].sentence.end
    known = _known()
    for number in _cues().rules_in(ground.clean[start:end]):
        rule = known[number]
        text, pair = ground.clean if rule.options.get("on") == "clean" else ground.masked, joint(rule.pattern.pattern)
        if pair and not pair.search(text, start, end):
            continue
        for match in rule.pattern.finditer(text, start, end):
            yield from _WAYS[rule.options.get("way", "among")](ground, rule, match, clauses)


@cache
def _known() -> tuple[Rule, ...]:
    """Return the rules of the listings, and the constructions that also name one part of a counted whole."""
    return (*rules("listings", *OPTIONS).rules, *(rule for rule in patterns() if rule.options.get("member")))


@cache
def _cues() -> Cues:
    return cues_of(replace(rules("listings", *OPTIONS), rules=_known()))


def _quoted(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = pieces(match["items"], match.start("items"))
    if numeral(match["n"]) == len(items) and len(items) >= 2:
        noun = noun_at(ground, *match.span("x"))
        yield from make(ground, rule, match, f"{match['n']}{match['u']}{noun.text if noun else match['x']}", items, ordered=True)


def _slogan(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = pieces(match["items"], match.start("items"))
    size = len(items[1].name)
    if not 3 <= size <= 5 or any(len(item.name) != size for item in items[1:]) or len(_LEAD.sub("", items[0].name)) < size:
        return
    first = items[0]
    items[0] = NounPhrase(first.end - size, first.end, first.name[-size:])
    mention = ground.ends.get(match.end())
    whole = mention.name if mention else match["x"]
    yield from make(ground, rule, match, whole, items, ordered=True)


def _alike(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = split(ground, *match.span("items"))
    head = items[-1].name[-2:] if items else ""
    if (
        not 3 <= len(items) <= 9
        or any(not i.name.endswith(head) or len(i.name) < 4 or i.count for i in items)
        or any(i.mention and i.type in CATEGORIES for i in items)
    ):
        return
    here = next((c for c in reversed(clauses) if c.clause.start <= match.start()), clauses[0])
    topic = _topic(ground, clauses) or (here.actor.name if here.actor else "")
    yield from make(ground, rule, match, f"{topic}{match['v']}的{ORDINALS[len(items) - 1]}个{head}", items, ordered=True)


def _topic(ground: Ground, clauses: Sequence[ClauseActs]) -> str:
    """Return the work spoken of at the head of the sentence (温州市科技创新工作以……)."""
    sentence = clauses[0].sentence
    for clause in sentence.clauses:
        found = re.compile(rf"[{TIME}，]*([^，。；以{TIME}]{{4,20}}(?:工作|事业|改革))(?=以|着|坚|围)").match(
            ground.masked, clause.start, clause.end
        )
        if found:
            return ground.clean[found.start(1) : found.end(1)]
    return ""


def _among(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    item = phrase(ground, *match.span("s")) if match["s"] and match["n"] else None
    if item and item.mention:
        whole = f"{match['n']}{match['u']}{ground.clean[match.start('o') : match.end('o')]}"
        yield from make(ground, rule, match, whole, [item], ordered=False)


def _named(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the names that stand behind their number: all of them where they are as many, else some of them."""
    start, end = match.span("items")
    own = _OWN_COUNT.search(ground.masked, start, end)
    items = [item for item in split(ground, start, own.start() if own else end) if item.mention or _UNKNOWN.fullmatch(item.name)]
    if not any(item.mention and item.type not in CATEGORIES for item in items):
        return
    text = ground.clean[match.start("w") : match.end("w")]
    verb = made_in(text)
    found = counted(text[verb.end() :] if verb and not match["v"] else text)
    told = match["v"] or (verb[0].removesuffix("了") if verb else "")
    if listed := _SHOWN.search(text):  # 公布创新平台名单，我区2家在列：
        title = _ROLL.search(ground.masked, clauses[0].sentence.start, match.start("w"))
        whole = f"{ground.clean[slice(*title.span(1))] if title else ''}{'中' if title else listed['v']}的{listed['n']}"
        yield from make(ground, rule, match, whole, items, ordered=not match["some"])
    elif found and len(items) <= found[2]:
        named = _by_deed(ground, match) or _of_place(ground, match, found[1]) or found[0]
        whole = (f"{told}的" if told and not named.startswith(told) else "") + re.sub(r"(?<=\d)人", "名", named)
        yield from make(ground, rule, match, whole, items, ordered=not match["some"] and len(items) == found[2])


def _by_deed(ground: Ground, match: re.Match[str]) -> str:
    """Return the whole told by its deed where the number opens it: 3家企业获奖，其中…… → 获奖的3家企业."""
    count = _COUNTED.search(ground.clean, *match.span("w"))
    if count and ground.clean[count.end()] == "的":  # 排名前10位的城市
        noun = noun_at(ground, count.end() + 1, match.end("w"))
        return ground.clean[match.start("w") : noun.end] if noun else ""
    noun = noun_at(ground, count.end(), match.end("w")) if count else None
    deed = told_behind(ground, noun.end) if noun else ""
    return f"{deed}的{count[0]}{noun.text}" if count and noun and deed else ""


def _of_place(ground: Ground, match: re.Match[str], noun: str) -> str:
    """Return the whole of a place that has several of what was spoken of before (成都共有9家) as 成都的9家."""
    place = next((m for m in ground.within(*match.span("w")) if m.type in PLACES and m.printed == noun), None)
    count = re.search(r"\d+余?[家个名项位所]", ground.clean[match.start("w") : match.end("w")])
    return f"{noun}的{count[0]}" if place and count else ""


def _completed(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = pieces(ground.clean[match.start("items") : match.end("items")], match.start("items"))
    here = next((c for c in reversed(clauses) if c.clause.start <= match.start()), clauses[0])
    mention = ground.ends.get(match.end("s")) if match["s"] else None
    owner = mention.name if mention else here.actor.name if here.actor else ""
    if len(items) >= 2:
        yield from make(
            ground, rule, match, f"{owner}{match['v']}的{ground.clean[match.start('x') : match.end('x')]}", items, ordered=False
        )


def _named_parts(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    if found := named_parts(ground, match):
        yield from make(ground, rule, match, found[0].name, found[1], ordered=False)


_WAYS: dict[str, Callable[[Ground, Rule, re.Match[str], Sequence[ClauseActs]], Iterator[Membership]]] = {
    "told": told_list,
    "numbered": steps,
    "roll": roll,
    "open": open_list,
    "closed": closed_list,
    "quoted": _quoted,
    "slogan": _slogan,
    "alike": _alike,
    "among": _among,
    "named": _named,
    "comprised": comprised,
    "completed": _completed,
    "of-which": of_which,
    "named-parts": _named_parts,
    "bracket": added_up,
    "bracketed": bracketed,
}
