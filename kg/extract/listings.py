"""Find the listings of a report: parts of a whole that the text counts, quotes, brackets or numbers."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.extract.acts import ClauseActs
from kg.extract.constructions import patterns
from kg.extract.cues import Cues, cues_of
from kg.extract.ground import CATEGORIES, FIELDS, TIME, Ground
from kg.extract.name_listings import ORDINALS, find_phases, find_slogans
from kg.extract.named_parts import named_parts
from kg.extract.noun_phrases import NounPhrase, phrase, read_list, split
from kg.extract.survey import Survey
from kg.extract.wholes import COUNTED_LAST, OPTIONS, counted, counted_unit, head_noun, made, made_verb
from kg.facts import Membership
from kg.mentions.numerals import numeral
from kg.rules import Rule, rules
from kg.rules.sieves import joint

# a part that is more than a quality of the whole (其中国家级19个)
_OWN_HEAD = re.compile(r"(?!.*(?:被|超|获|级$|职称|以上$)).{6,}|.{2,}奖")
_OWN_COUNT = re.compile(
    r"等?(?:\d+|[两三四五六七八九十])余?(?:家|个|名|项|位|所)|等(?=[^、]|$)|(?:已|全部|均|正式|成功)?(?:入选|获|通过|被|列入)"
)
_CLAUSE = re.compile(r"[的了是在]|共|将|为|被|等|\d{3,}|^(?:有|对|把|从|按|以|和|与|及)|力度|水平|能力")
_LEADS_IN = re.compile(
    r".*(?:投向|安排于|集中在|集中于|涵盖|涉及|聚焦|围绕|包括|分为|打造|形成|构建|实施|推进|突出|做强|做优|做大|培育|建设|抓好|组建|发展|重点|用好|建强|强化|细化|建好|办好|统筹|推动|加快)(?=.{2})"
)
_UNDER = re.compile(r"下设|内设|下辖|设有|设立")  # what it lists are parts of an institute (kg/rules/relations.toml)
_PARTS = 6  # parts of one whole, each with its number
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


def _make(
    ground: Ground, rule: Rule, match: re.Match[str], whole: str, items: Sequence[NounPhrase], *, ordered: bool
) -> Iterator[Membership]:
    for order, item in enumerate(items, 1):
        part_span = ground.span(item.start, item.end)
        name = item.mention.name if item.mention else item.name
        if name != whole and len(name) >= 2:
            yield Membership(ground.span(*_trimmed(ground, match)), whole, name, rule.id, order if ordered else None, part_span, ordered)


def _trimmed(ground: Ground, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    while start < end and ground.clean[start] in "，。；、：":
        start += 1
    return start, end


def _list_start(ground: Ground, match: re.Match[str], clauses: Sequence[ClauseActs]) -> tuple[int, str]:
    """Return where the items begin and the verb before them, when the match swallowed it."""
    start, end = match.span("items")
    verb = ""
    found = made_verb()[0].match(ground.masked, start, end)
    if found:
        start, verb = found.end(), f"{found[0]}的"
    return start, verb or made(ground, start, clauses[0].sentence.start)


def _open(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    start, verb = _list_start(ground, match, clauses)
    if (inside := ground.masked.find("包括", start, match.end("items"))) >= 0:  # 宁波材料所引进包括张明在内的
        here = next((c for c in reversed(clauses) if c.clause.start <= inside), clauses[0])
        verb = made(ground, inside, clauses[0].sentence.start)
        start, verb = inside + 2, (here.actor.name if here.actor and verb else "") + verb
    listed = read_list(ground, start, match.end("items")).items
    items = [item for item in listed if item.mention and item.type not in CATEGORIES] or _unnamed(ground, start, match.end("items"))
    if not items:
        return
    aim = re.compile(r"(申报|申请|争创|申创)([^，。；]{2,20})").match(ground.clean, match.end())
    if aim and verb:
        verb = f"{verb[:-1]}{aim[1]}{aim[2]}的"
    count = f"{match['n']}{match['u']}" if match["n"] else f"{match['count']}{match['of'].replace('人', '名')}"
    whole = f"{verb}{count}{head_noun(ground, match, 'x' if match['n'] else 'noun')}"
    yield from _make(ground, rule, match, whole, items, ordered=False)


def _unnamed(ground: Ground, start: int, end: int) -> list[NounPhrase]:
    """Return the items of a list that no rule knows by name, when they look like names: short, at least two, no clause among them."""
    items = split(ground, start, end, plain=True)
    if items and (led := _LEADS_IN.search(items[0].name)):
        first = items[0]
        items = (NounPhrase(first.end - len(first.name) + led.end(), first.end, first.name[led.end() :]), *items[1:])
    fit = all(2 <= len(item.name) <= 16 and not item.count and not item.tailed and not _CLAUSE.search(item.name) for item in items)
    return list(items) if fit and len(items) >= 3 else []


def _closed(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    start, _ = _list_start(ground, match, clauses)
    count = numeral(match["n"])
    items = [item for item in split(ground, start, match.end("items")) if item.mention]
    if count != len(items) and not _UNDER.search(ground.clean, max(0, start - 6), start + 4):
        items = _unnamed(ground, start, match.end("items"))
    if len(items) < 2 or count != len(items):
        return
    yield from _make(ground, rule, match, f"{match['n']}{match['u']}{head_noun(ground, match)}", items, ordered=True)


def _pieces(text: str, start: int) -> list[NounPhrase]:
    """Cut plain words at 、 into phrases."""
    pieces, at = [], start
    for piece in re.split(r"、|，", text):
        if piece:
            pieces.append(NounPhrase(at, at + len(piece), piece))
        at += len(piece) + 1
    return pieces


def _quoted(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = _pieces(match["items"], match.start("items"))
    if numeral(match["n"]) == len(items) and len(items) >= 2:
        yield from _make(ground, rule, match, f"{match['n']}{match['u']}{head_noun(ground, match)}", items, ordered=True)


def _slogan(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = _pieces(match["items"], match.start("items"))
    size = len(items[1].name)
    if not 3 <= size <= 5 or any(len(item.name) != size for item in items[1:]) or len(_LEAD.sub("", items[0].name)) < size:
        return
    first = items[0]
    items[0] = NounPhrase(first.end - size, first.end, first.name[-size:])
    mention = ground.ends.get(match.end())
    whole = mention.name if mention else match["x"]
    yield from _make(ground, rule, match, whole, items, ordered=True)


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
    yield from _make(ground, rule, match, f"{topic}{match['v']}的{ORDINALS[len(items) - 1]}个{head}", items, ordered=True)


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
        yield from _make(ground, rule, match, whole, [item], ordered=False)


def _named(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the names that stand behind their number: all of them where they are as many, else some of them."""
    start, end = match.span("items")
    own = _OWN_COUNT.search(ground.masked, start, end)
    items = [item for item in split(ground, start, own.start() if own else end) if item.mention or _UNKNOWN.fullmatch(item.name)]
    if not any(item.mention and item.type not in CATEGORIES for item in items):
        return
    text = ground.clean[match.start("w") : match.end("w")]
    verb = made_verb()[0].search(text)
    found = counted(text[verb.end() :] if verb and not match["v"] else text)
    told = match["v"] or (verb[0] if verb else "")
    if found and len(items) <= found[2]:
        whole = (f"{told}的" if told and not found[0].startswith(told) else "") + re.sub(r"(?<=\d)人", "名", found[0])
        yield from _make(ground, rule, match, whole, items, ordered=not match["some"] and len(items) == found[2])


def _comprised(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = [item for item in split(ground, *match.span("items"), plain=True) if 2 <= len(item.name) <= 30]
    named = [item for item in items if item.mention and item.type not in CATEGORIES | FIELDS]
    whole = ground.clean[match.start("w") : match.end("w")]
    if len(items) >= 3 and len(named) * 2 >= len(items):
        yield from _make(ground, rule, match, whole, items, ordered=False)


def _completed(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    items = _pieces(ground.clean[match.start("items") : match.end("items")], match.start("items"))
    here = next((c for c in reversed(clauses) if c.clause.start <= match.start()), clauses[0])
    mention = ground.ends.get(match.end("s")) if match["s"] else None
    owner = mention.name if mention else here.actor.name if here.actor else ""
    if len(items) >= 2:
        yield from _make(
            ground, rule, match, f"{owner}{match['v']}的{ground.clean[match.start('x') : match.end('x')]}", items, ordered=False
        )


def _of_which(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    pieces = _pieces(ground.clean[match.start("p") : match.end("p")], match.start("p"))[:_PARTS]
    texts = re.split(r"[，、]", ground.clean[match.start("w") : match.end("w")])
    unit = counted_unit(pieces[0].name) if pieces else ""
    text = next((t for t in reversed(texts) if counted_unit(t) == unit), None) if unit else None
    whole = counted(text) if text else None
    prize = next((m.name for m in reversed(ground.within(*match.span("w"))) if m.name.endswith("奖")), None)
    for piece in pieces if whole else ():
        part = counted(piece.name)
        if whole is None or part is None or part[2] > whole[2] or counted_unit(piece.name) != unit or not _OWN_HEAD.fullmatch(part[1]):
            return
        of_prize = prize if part[1].endswith("奖") else None  # 8项成果获国家科技奖，其中自然科学奖2项
        item = NounPhrase(piece.start, piece.end, part[1] if of_prize else part[0])
        yield from _make(ground, rule, match, of_prize or whole[0], [item], ordered=False)


def _named_parts(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    if found := named_parts(ground, match):
        yield from _make(ground, rule, match, found[0].name, found[1], ordered=False)


def _bracket(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    whole = counted(ground.clean[match.start("w") : match.end("w")])
    pieces = _pieces(ground.clean[match.start("items") : match.end("items")], match.start("items"))
    numbered = [(piece, COUNTED_LAST.search(piece.name)) for piece in pieces]
    parts = [(p, c) for p, c in numbered if c and not re.match(r"累计|总数|其中|现有", p.name)]
    if whole is None or len(parts) < 2 or sum(int(c["n"]) for _, c in parts) != whole[2]:
        return
    items = [NounPhrase(p.start, p.start + c.end("noun"), c["noun"]) for p, c in parts]
    yield from _make(ground, rule, match, whole[0], items, ordered=True)


_WAYS: dict[str, Callable[[Ground, Rule, re.Match[str], Sequence[ClauseActs]], Iterator[Membership]]] = {
    "open": _open,
    "closed": _closed,
    "quoted": _quoted,
    "slogan": _slogan,
    "alike": _alike,
    "among": _among,
    "named": _named,
    "comprised": _comprised,
    "completed": _completed,
    "of-which": _of_which,
    "named-parts": _named_parts,
    "bracket": _bracket,
}
