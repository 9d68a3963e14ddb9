"""Lists that count their whole: A、B等9个平台, of which some are named, and A、B两个研究院, of which all are."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg.extract.acts import ClauseActs
from kg.extract.ground import CATEGORIES, ORGANISATIONS, PERSONS, PLACES, Ground
from kg.extract.noun_phrases import NounPhrase, split
from kg.extract.wholes import OPTIONS, Noun, is_bare, made, made_verb, noun_at, shared_head, told_behind
from kg.facts import Membership
from kg.mentions.modifiers import is_generic
from kg.mentions.numerals import numeral
from kg.rules import Rule, alternation, rules

_CLAUSE = re.compile(r"[的了是在]|共(?!同|建|享|富|性)|[将为被等]|\d{3,}|^(?:有|对|把|从|按|以|和|与|及)|力度|水平|能力$|——")
_UNDER = re.compile(r"下设|内设|下辖|设有|设立")  # what it lists are parts of an institute (kg/rules/relations.toml)
_UNTOLD = PLACES | PERSONS | {"GovernmentBody"}  # a town or its bureau goes without saying (新认定的28家企业研究院)
_SELF = ORGANISATIONS | PERSONS  # they keep their name whatever stands before it
_INVESTS = ("投向", "投资")
_ASPECTS = ("方面", "领域", "维度", "要素", "层面", "环节")
_PEOPLE = ("名", "位", "人")  # two doctors are told one by one, and no whole
_SHORTEST = 4  # letters of a house's name
_COMMON = 5  # letters up to which an example of common words alone is none
_LONGEST = 24  # letters of a part that no rule knows by its name


@cache
def _leads_in() -> re.Pattern[str]:
    """Return the pattern of what leads into the first item of a list."""
    return re.compile(rf"(?:由|在|以|仅|从|.*?包括)(?=.{{2}})|.*{alternation(rules('listings', *OPTIONS).words['leads_in'])}了?(?=.{{2}})")


def make(
    ground: Ground, rule: Rule, match: re.Match[str], whole: str, items: Sequence[NounPhrase], *, ordered: bool
) -> Iterator[Membership]:
    """Yield each of ``items`` as a part of ``whole``, numbered where the list is ``ordered``."""
    for order, item in enumerate(items, 1):
        part_span = ground.span(item.start, item.end)
        name = part_name(ground, item)
        if name != whole and len(name) >= 2:
            yield Membership(ground.span(*_trimmed(ground, match)), whole, name, rule.id, order if ordered else None, part_span, ordered)


def part_name(ground: Ground, item: NounPhrase) -> str:
    """Return what a part is called: its known name, or its own words where they hold more than a name (黄桶至百色)."""
    known = item.mention
    if known is None or known.start == item.start or known.type in _SELF:
        return known.name if known else item.name
    return ground.clean[item.start : item.end].strip("“”")


def _trimmed(ground: Ground, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    while start < end and ground.clean[start] in "，。；、：":
        start += 1
    return start, end


def _list_start(ground: Ground, match: re.Match[str], clauses: Sequence[ClauseActs]) -> tuple[int, str]:
    """Return where the items begin and the verb before them, when the match swallowed it."""
    start, end = match.span("items")
    first = ground.masked.find("、", start, end)
    first = first if first >= 0 else end
    verbs = [found for found in made_verb()[0].finditer(ground.masked, start, first) if found.end() <= first - 2]
    if verbs and not made_verb()[0].match(ground.masked, first + 1, end):  # 引进人才、培育企业两大任务: the verbs are part of the items
        return verbs[-1].end(), verbs[-1][0].removesuffix("了")
    return start, made(ground, start, clauses[0].sentence.start)


def open_list(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the examples of a counted whole, if it says more than that they are several firms or places."""
    if match["n"] and (numeral(match["n"]) or 0) < 2:
        return
    start, verb = _list_start(ground, match, clauses)
    inside = ground.masked.find("包括", max(0, start - 2), match.end("items"))
    if inside >= 0:  # 宁波材料所引进包括张明在内的
        start, verb = inside + 2, made(ground, inside, clauses[0].sentence.start)
    noun = noun_at(ground, *match.span("x")) if match["n"] else _noun_before(ground, match)
    if noun is not None and noun.text in _ASPECTS and match["n"]:
        yield from _aspects(ground, rule, match, start, noun)
        return
    items = _members(ground, start, match.end("items"))
    if noun is None or not items or (noun.generic and not match["n"] and not all(item.type in _SELF for item in items)):
        return  # 国家重点研发计划等课题41项: what the projects belong to, and none of them
    whole = _whole(ground, match, noun, verb, _owner(ground, clauses, start, verb))
    if whole:
        yield from make(ground, rule, match, whole, items, ordered=False)


def _aspects(ground: Ground, rule: Rule, match: re.Match[str], start: int, noun: Noun) -> Iterator[Membership]:
    """Yield the sides of a matter, common words as they may be, where all are told: 从主体、载体、生态、制度等四个方面."""
    items = _led_in(ground, list(split(ground, start, match.end("items"))))
    if len(items) == numeral(match["n"]) and all(_may_be_part(ground, item) for item in items):
        yield from make(ground, rule, match, f"{match['n']}{match['u']}{noun.text}", items, ordered=True)


def _noun_before(ground: Ground, match: re.Match[str]) -> Noun:
    """Return the noun that stands before its number: 等高层次人才12人."""
    start, end = match.span("noun")
    return Noun(ground.clean[start:end], match.end(), is_bare(ground.clean[start:end]))


def _owner(ground: Ground, clauses: Sequence[ClauseActs], start: int, verb: str) -> str:
    """Return the house that brought the counted whole about, where the sentence names it; what is invested is a fund's."""
    here = next((c for c in reversed(clauses) if c.clause.start <= start), clauses[0])
    actor, opening = here.actor, clauses[0].sentence.start
    if verb.endswith(_INVESTS):
        fund = next((m for m in reversed(ground.within(opening, start)) if m.type == "Fund"), None)
        if fund:
            return fund.name
    told = actor and actor.start is not None and opening <= actor.start < start
    return actor.name if actor and told and actor.type not in _UNTOLD and len(actor.name) >= _SHORTEST else ""


def _whole(ground: Ground, match: re.Match[str], noun: Noun, verb: str, owner: str) -> str:
    """Word the whole with the verb before the list, else with the one behind the number; a bare 6家企业 is none."""
    count = f"{match['n']}{match['u']}" if match["n"] else f"{match['count']}{match['of'].replace('人', '名')}"
    behind = told_behind(ground, noun.end)
    if verb:
        aim = behind if behind.startswith(("申报", "申请", "争创", "申创")) else ""
        return f"{owner}{verb}{aim}的{count}{noun.text}"
    if behind:
        return f"{behind}的{count}{noun.text}"
    return "" if noun.generic else f"{count}{noun.text}"


def _members(ground: Ground, start: int, end: int) -> list[NounPhrase]:
    """Return the parts that a list names; those that no rule knows must look like names, and there must be two of them."""
    items = _led_in(ground, list(split(ground, start, end)))
    fit = [item for item in items if _may_be_part(ground, item) and not _common(item)]
    known = [item for item in fit if item.mention and item.type not in CATEGORIES]
    return fit if known or (len(fit) == len(items) >= 2) else []


def _led_in(ground: Ground, items: list[NounPhrase]) -> list[NounPhrase]:
    """Take from the first item the words that lead into the list (重点打造)."""
    first = items[0] if items else None
    if first is None or (first.mention and first.mention.start == first.start):
        return items
    led = _leads_in().match(ground.masked, first.start, first.end)
    if led is None:
        return items
    known = first.mention if first.mention and first.mention.start >= led.end() else None
    own = NounPhrase(led.end(), first.end, known.name if known else ground.clean[led.end() : first.end], known, None, first.tailed)
    return [own, *items[1:]]


def _may_be_part(ground: Ground, item: NounPhrase) -> bool:
    """Say whether an item can be a part: a known name, or a few words without a verb, a number or half a bracket."""
    if item.mention and (item.mention.start == item.start or item.type in _SELF):
        return True
    name = ground.clean[item.start : item.end]
    return 2 <= len(name) <= _LONGEST and not item.count and not item.tailed and not _CLAUSE.search(name)


def _common(item: NounPhrase) -> bool:
    """Say whether an example is made of common words alone (高校、企业等12家单位): who they are is not told."""
    return (item.mention is None or item.type in CATEGORIES) and len(item.name) <= _COMMON and is_generic(item.name)


def closed_list(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield all parts of a counted whole, where they are as many as their number says."""
    noun, count = noun_at(ground, *match.span("x")), numeral(match["n"])
    if noun is None or count is None or count < 2:
        return
    told = told_behind(ground, noun.end) if noun.generic and match["u"] not in _PEOPLE else ""
    if noun.generic and match["u"] != "大" and not told:
        return
    start, _ = _list_start(ground, match, clauses)
    least = 2 if match["u"] == "大" else 3
    if _UNDER.search(ground.clean, max(0, start - 6), start + 4):
        return
    for listed in _cuts(ground, start, match.end("items")):
        items = _last(ground, listed, int(count))
        known = sum(1 for item in items if item.mention and item.type not in CATEGORIES)
        if len(items) == count and (known == len(items) or len(items) >= least) and all(_may_be_part(ground, item) for item in items):
            items = [shared_head(ground, item, noun) for item in items]
            whole = f"{told}的{match['n']}{match['u']}{noun.text}" if told else f"{match['n']}{match['u']}{noun.text}"
            yield from make(ground, rule, match, whole, items, ordered=True)
            return


def _last(ground: Ground, items: list[NounPhrase], count: int) -> list[NounPhrase]:
    """Return the last ``count`` items, where a verb opens them (依托A、B组建了X、Y两个研究院)."""
    if len(items) <= count:
        return items
    kept = items[-count:]
    led = _led_in(ground, kept)
    return led if led[0].start > kept[0].start else items


def _cuts(ground: Ground, start: int, end: int) -> Iterator[list[NounPhrase]]:
    """Yield the ways to cut a list: where names are joined, at every joint, at 、 alone (纤维及复合材料 is one of three)."""
    yield _led_in(ground, list(split(ground, start, end)))
    yield _led_in(ground, list(split(ground, start, end, plain=True)))
    cuts = [start - 1, *(i for i in range(start, end) if ground.masked[i] == "、"), end]
    pieces = ((a + 1, b) for a, b in pairwise(cuts))
    yield _led_in(ground, [word_or_name(ground, a, b) for a, b in pieces if b > a])


def cut_at(ground: Ground, joint: str, text: str, start: int, end: int) -> list[NounPhrase]:
    """Return the stretches of two letters or more between the matches of ``joint`` in ``text[start:end]``, by name where they have one."""
    cuts = [start, *(start + at for found in re.finditer(joint, text[start:end]) for at in found.span()), end]
    return [word_or_name(ground, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b - a >= 2]


def word_or_name(ground: Ground, start: int, end: int) -> NounPhrase:
    """Return a stretch as it stands, with its name where it is one."""
    known = ground.starts.get(start)
    return NounPhrase(start, end, ground.clean[start:end].strip(), known if known and known.end == end else None)
