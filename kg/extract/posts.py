"""Posts and titles of people: who leads what, who belongs to what, who bears which title."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.bylines import find_bylines
from kg.extract.deixis import referent
from kg.extract.ground import ORGANISATIONS, PERSONS, Ground
from kg.extract.held_posts import Held, bare, chain_before, chain_behind, read_post
from kg.extract.house import in_headline
from kg.extract.post_bodies import Body, appointing, body_before, body_of_post, handing_over
from kg.extract.post_facts import OWN_TITLE, honour, housed, of_unit, place_at, say
from kg.extract.post_lives import continued, introduced
from kg.extract.post_words import post_words
from kg.facts import Modality, Relation
from kg.mentions.mention import Mention
from kg.passages import Passages

# grades that nearly everybody of the genre has; they tell something only with the house that gives them (宁波大学张明教授)
_GRADES = frozenset(("教授", "副教授", "研究员", "副研究员", "博士", "工程师", "高级工程师", "讲师", "主任医师"))
_LONGEST_LIST = 16  # people who share a post
_CHAIRS = frozenset(("University", "Institute", "Platform"))  # houses of which somebody is a professor
_THAT = ("该院", "该校", "该所", "我院", "我校", "我所")
_REPLACED = re.compile(r"(?:接替|代替)[^，。；、]{0,10}$")
_PREDECESSOR = re.compile(r"(?:接替|代替)[^，。；、〓]{0,10}(?=〓)")
_MARKS = "，。；：、\n（）“”"
_PLANNED = re.compile(r"(?:拟|将|计划|有望)(?:由|聘|请|任|出任|担任|兼任|接任|受聘)[^，。；]{0,24}$")


def find_posts(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield leads, member_of and has_title relations of the persons of a report."""
    for mention in ground.mentions:
        if mention.type in PERSONS:
            place = place_at(passages, mention.start)
            yield from _title(ground, mention, place)
            yield from _apposition(ground, mention, passages, place)
            yield from _appointment(ground, mention, place)
            yield from _entrusted(ground, mention, place)
            yield from introduced(ground, mention, place)
        elif mention.rule.startswith("persons."):  # 中国工程院院士|卢伯衡团队: whom it is called after
            named = (inner for inner in ground.inside(mention) if inner.type in PERSONS and inner.start == mention.start)
            for inner in named:
                yield from _apposition(ground, inner, passages, place_at(passages, mention.start))
    yield from continued(ground, passages)
    yield from find_bylines(ground, passages)


def _title(ground: Ground, mention: Mention, place: str | None) -> Iterator[Relation]:
    """Yield the title or post printed behind the name (李明院士, 研究院陈武院长), and the house named before it."""
    start, end = bare(ground, mention)
    house = ground.ends.get(start)
    if found := post_words().title.match(ground.clean, end):
        if found[0] not in _GRADES:
            yield Relation(ground.span(start, found.end()), mention.name, "has_title", found[0], "posts.title")
        name, begin = "", start
        if house and house.type in _CHAIRS and not house.name.endswith("工程院"):  # 宁波大学张明教授
            name, begin = house.name, house.start
        elif ground.clean[start - 2 : start] in _THAT and (goal := referent(ground, ground.clean[start - 2 : start], start - 2, None)):
            name, begin = goal[0], start - 2  # 该院田慧敏博士
        if name:
            yield from say(ground, mention.name, Held(begin, found.end(), found[0], Body(name, begin)), (begin, found.end()))
    elif house and mention.rule == "persons.of-house":  # 清华大学王雨桐、天津大学刘澍
        yield Relation(ground.span(house.start, end), mention.name, "member_of", house.name, "posts.of-house")
    elif found := post_words().called.match(ground.clean, end):
        held = read_post(ground, max(0, start - 30), start, place)
        if held or ground.clean[start - 1 : start] == "·":
            return  # 市长张明主任: the post before the name counts
        head = max(ground.masked.rfind(mark, max(0, start - 30), start) for mark in _MARKS) + 1
        body = body_before(ground, head, start, place) if start > head else None
        post = Held(body.start if body else start, found.end(), found["post"], body)
        if body is None and start == head:  # 罗云峰市长表示
            post = housed(ground, post, [], place, start)
        yield from say(ground, mention.name, post, (post.start, found.end()))


def _apposition(ground: Ground, mention: Mention, passages: Passages, place: str | None) -> Iterator[Relation]:
    """Yield what the posts and honours before the name say (宁波大学校长张明)."""
    start, end = bare(ground, mention)
    first = _first_of_list(ground, start)
    chain = [held for held in chain_before(ground, first, place) if first == start or _shareable(held)]
    for number, held in enumerate(chain):
        if held.post:
            known = housed(ground, held, chain[number + 1 :], place, start)
            yield from say(ground, mention.name, known, (held.start, end))
    for held in () if in_headline(ground, passages, start) else chain:  # a headline praises, the text below it says the same
        yield from honour(ground, mention.name, held, end)


def _first_of_list(ground: Ground, start: int) -> int:
    """Return where the first of the names begins that stand one after the other up to ``start`` (副院长|王芳、李晓明)."""
    for _ in range(_LONGEST_LIST):
        before = ground.ends.get(start - 1) if ground.clean[start - 1 : start] == "、" else None
        if before is None or before.type not in PERSONS:
            break
        start = bare(ground, before)[0]
    return start


def _shareable(held: Held) -> bool:
    """Return whether several people can have a post: all but one that heads a body."""
    return not held.post or "副" in held.post or post_words().head.search(held.post) is None


def _appointment(ground: Ground, mention: Mention, place: str | None) -> Iterator[Relation]:
    """Yield what a verb of appointment behind the name says (张明任宁波大学校长), and the posts that the clause lists behind it."""
    start, end = bare(ground, mention)
    patterns = post_words()
    verb = patterns.appointed.match(ground.masked, _behind_predecessor(ground, max(end, mention.end)))
    if (
        verb is None
        or _REPLACED.search(ground.masked, max(0, start - 14), start)
        or any(m.type in PERSONS for m in ground.within(end, verb.start())[1:])
    ):
        return
    if any(m.type in PERSONS for m in ground.within(verb.start(), verb.end())):
        return
    said, last = ground.clean[end : verb.end()], _clause_end(ground, verb.end())
    title = patterns.honour.search(ground.clean, verb.end(), last)
    if title and title.start() == verb.end():
        yield Relation(ground.span(start, title.end()), mention.name, "has_title", title["title"], "posts.title")
    if verb["is"] and not verb["is"].endswith("为") and patterns.laurel.search(ground.clean, verb.end(), last):
        yield from honour(ground, mention.name, Held(verb.end(), last, ""), last)  # 张明系国家“万人计划”领军人才
    former = bool(patterns.past.search(said))
    modality: Modality = "target" if _PLANNED.search(ground.clean[max(0, start - 30) : start] + said) else "actual"
    taken = _taken(ground, start, end, verb, place)
    people = [*reversed(list(_named_with(ground, start))), mention.name]
    each = ("分别" in said or said.startswith("分")) and len(people) == len(taken)  # 张明、王芳分别任院长、副院长
    for number, held in enumerate(taken):
        for name in people[number : number + 1] if each else people:
            yield from say(ground, name, replace(held, former=held.former or former), (start, held.end), modality)


def _behind_predecessor(ground: Ground, end: int) -> int:
    """Return where the verb of a post can begin: behind whom somebody replaces (王哲|接替退休的张福生|任理事长)."""
    replaces = _PREDECESSOR.match(ground.masked, end)
    before = ground.starts.get(replaces.end()) if replaces else None
    return before.end if before and before.type in PERSONS else end


def _taken(ground: Ground, start: int, end: int, verb: re.Match[str], place: str | None) -> list[Held]:
    """Return the posts behind a verb of appointment, each with its body where one is known."""
    there = next((m for m in ground.within(end, verb.end()) if m.type in ORGANISATIONS), None) if verb["there"] else None
    own = max(ground.masked.rfind(mark, max(0, start - 40), start) for mark in "，；。、\n") + 1  # not his house before
    taken: list[Held] = []
    for held in chain_behind(ground, verb.end(), place, own or start):
        if held.words:
            held = of_unit(ground, held, own or start)
        elif held.body is None:
            held = replace(held, body=_body_taken(ground, (start, verb.end(), own or start), held, there, taken))
        taken.append(held)
    return taken


def _named_with(ground: Ground, start: int) -> Iterator[str]:
    """Yield the people named right before the one at ``start``, who take the same post (王海燕、赵志强为副理事长)."""
    for _ in range(_LONGEST_LIST):
        start = min([start, *(held.start for held in chain_before(ground, start, None))])
        before = ground.ends.get(start - 1) if ground.clean[start - 1 : start] in ("、", "和", "与") else None
        if before is None or before.type not in PERSONS:
            return
        start = bare(ground, before)[0]
        yield before.name


def _body_taken(ground: Ground, said: tuple[int, int, int], held: Held, there: Mention | None, before: list[Held]) -> Body | None:
    """Return the body of a post that stands without one behind its verb."""
    if there:
        return Body(there.name, there.start)  # 到某公司挂职副总
    if before and before[0].body and not OWN_TITLE.search(held.post):
        return before[0].body  # 现任某大学校长、党委副书记
    if not ground.clean[said[1] : held.end].startswith(held.post):
        return None
    start, _, own = said
    name = handing_over(ground, start) or appointing(ground, start, held.post) or body_of_post(ground, held.post, own)
    return Body(name, start) if name else None


def _entrusted(ground: Ground, mention: Mention, place: str | None) -> Iterator[Relation]:
    """Yield what 中心主任拟由王明院士兼任 says: the post stands before 由, the person behind it."""
    start, end = bare(ground, mention)
    patterns = post_words()
    verb = patterns.appointed.match(ground.masked, max(end, mention.end))
    given = patterns.handed.search(ground.clean, max(0, start - 30), start)
    if given is None and (given := patterns.given.search(ground.masked, max(0, start - 70), start)):
        alone = not any(m.type in PERSONS for m in ground.within(given.end("post"), start))
        given = given if alone and (verb or ground.clean[end : end + 1] in ("，", "。", "；", "、", "\n", "")) else None
    if given is None:
        return
    modality: Modality = "target" if given.groupdict().get("plan") in ("拟", "将", "拟将") else "actual"
    begin = max(ground.masked.rfind(mark, max(0, given.start("post") - 40), given.end("post")) for mark in "，。；：、\n") + 1
    for held in read_post(ground, begin, given.end("post"), place):
        name = None if held.body or held.words else body_of_post(ground, held.post, held.start)
        known = replace(held, body=Body(name, held.start)) if name else of_unit(ground, held, held.start)
        yield from say(ground, mention.name, known, (held.start, verb.end() if verb else end), modality)


def _clause_end(ground: Ground, start: int) -> int:
    found = re.compile(r"[。；，、\n]").search(ground.masked, start)
    return found.start() if found else len(ground.masked)
