"""Posts and titles of people: who leads what, who belongs to what, who bears which title."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.deixis import referent
from kg.extract.ground import ORGANISATIONS, PERSONS, PLACES, Ground
from kg.extract.house import in_headline
from kg.extract.post_bodies import appointing, body_before, body_of_office, body_of_post, handing_over
from kg.extract.post_words import post_words
from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.passages import Paragraph, Passages

# grades that nearly everybody of the genre has; they tell something only with the house that gives them (宁波大学张明教授)
_GRADES = frozenset(("教授", "副教授", "研究员", "副研究员", "博士", "工程师", "高级工程师", "讲师", "主任医师"))
_CHAIRS = frozenset(("University", "Institute", "Platform"))  # houses of which somebody is a professor
_LAURELS = {"Programme": "member_of_scheme", "TalentCategory": "has_title", "Award/Title": "has_title"}
_ZONE = re.compile(r"^(?:开发区|高新区|新区|园区|经开区)")
_PARTY = re.compile(r"(?:市委|省委|区委|县委|州委|党组|党委)$")
_THAT = ("该院", "该校", "该所", "我院", "我校", "我所")
_CHAIR = ("教授", "研究员")
_LONGEST_CHAIN = 5  # posts before one name
_Chained = tuple[str | None, int, int, str, bool]  # body, where it begins, where its post ends, the post, whether it is past


def find_posts(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield leads, member_of and has_title relations of the persons of a report."""
    for mention in ground.mentions:
        if mention.type in PERSONS:
            yield from _title(ground, mention)
            yield from _apposition(ground, mention, passages)
            yield from _appointment(ground, mention, passages)
            yield from _entrusted(ground, mention, passages)
            yield from _introduced(ground, mention)
    yield from _continued(ground)


def _bare(ground: Ground, mention: Mention) -> tuple[int, int]:
    """Return where the bare name stands; a mention may carry its title (李明院士)."""
    inside = ground.clean.find(mention.name, mention.start, mention.end)
    return (inside, inside + len(mention.name)) if inside >= 0 else (mention.start, mention.end)


def _title(ground: Ground, mention: Mention) -> Iterator[Relation]:
    """Yield the title printed behind the name (李明院士), and the house named before it."""
    start, end = _bare(ground, mention)
    if found := post_words().title.match(ground.clean, end):
        if found[0] not in _GRADES:
            yield Relation(ground.span(start, found.end()), mention.name, "has_title", found[0], "posts.title")
        house = ground.ends.get(start)
        if house and house.type in _CHAIRS and not house.name.endswith("工程院"):  # 宁波大学张明教授
            yield from _post(ground, mention.name, found[0], house.name, (house.start, found.end()), False)
        elif ground.clean[start - 2 : start] in _THAT and (goal := referent(ground, ground.clean[start - 2 : start], start - 2, None)):
            yield from _post(ground, mention.name, found[0], goal[0], (start - 2, found.end()), False)  # 该院田慧敏博士


@dataclass(frozen=True, slots=True)
class _Link:
    """One of the things that somebody is called before the name, from ``start`` to ``end``: ``post`` is empty for an honour."""

    start: int
    end: int
    post: str
    post_start: int


def _chain(ground: Ground, end: int) -> Iterator[_Link]:
    """Yield what stands before the name that begins at ``end``, the nearest first (宁波大学副校长、国家杰青、甬江研究院院长|张明)."""
    words = post_words()
    end -= ground.clean[end - 1 : end] in ("：", ":")  # 主任：张明
    for _ in range(_LONGEST_CHAIN):
        start = max(ground.masked.rfind(mark, max(0, end - 60), end) for mark in "、，。；：\n（ ") + 1
        post = words.before.search(ground.clean, start, end)
        if post:
            yield _Link(start, end, post["post"], post.start())
        elif words.laurel.search(ground.clean, start, end) or words.honour.search(ground.clean, start, end):
            yield _Link(start, end, "", end)
        else:
            return
        if ground.clean[start - 1 : start] != "、":
            return
        end = start - 1


def _apposition(ground: Ground, mention: Mention, passages: Passages) -> Iterator[Relation]:
    """Yield what the posts and honours before the name say (宁波大学校长张明)."""
    start, end = _bare(ground, mention)
    chain = list(_chain(ground, start))
    here = _paragraph_at(passages, start)
    place = passages.place_of(here) if here else None
    held = [_held(ground, link, passages) for link in chain if link.post]
    for number, (body, begin, _, post, former) in enumerate(held):
        shared, of = next(((b, p) for b, _, _, p, _ in held[number + 1 :] if b and not p.endswith(_CHAIR)), (None, ""))
        governed = body_of_office(post, shared.removesuffix("委") if shared else place)  # 安庆市委常委、副市长
        own = body or governed or shared or body_of_post(ground, post, start)
        told = post if own else _with_party(ground, begin, post)
        beside = own == shared and own != body and of.endswith("常委")  # 市委常委、组织部长 does not head the committee
        yield from _post(ground, mention.name, told, own, (begin, end), former, heads=not beside)
    for link in () if in_headline(ground, passages, start) else chain:  # a headline praises, the text below it says the same
        yield from _honour(ground, mention.name, link, end)


def _with_party(ground: Ground, begin: int, post: str) -> str:
    """Return the post with the committee that it is of, when that is all that the text says (市委书记)."""
    found = _PARTY.search(ground.clean, max(0, begin - 2), begin)
    return found[0] + post if found else post


def _held(ground: Ground, link: _Link, passages: Passages) -> _Chained:
    """Return the post of a link with its body, where one is printed before it."""
    former = ground.clean[link.post_start - 1 : link.post_start] in ("原", "前")
    name, begin = body_before(ground, link.post_start - former, passages) or (None, link.post_start)
    former = former or ground.clean[begin - 1 : begin] in ("原", "前")
    if name and name.startswith("原") and ground.clean[begin] == "原":  # 原华光公司总工程师
        name, former = ground.printed.get(name[1:], name[1:]), True
    return name, begin, link.end, link.post, former


def _honour(ground: Ground, person: str, link: _Link, end: int) -> Iterator[Relation]:
    """Yield the honour that a link names: 中国工程院院士, or the scheme that somebody was chosen for."""
    if title := post_words().honour.search(ground.clean, link.start, link.end):
        yield Relation(ground.span(title.start(), end), person, "has_title", title["title"], "posts.title")
        return
    named = None if link.post else next((m for m in ground.within(link.start, link.end) if m.type in _LAURELS), None)
    if named:
        words = named.printed if named.type == "TalentCategory" else named.name  # 国家杰青 as it is printed
        predicate = "recognised_as" if words.endswith("奖") else _LAURELS[named.type]
        yield Relation(ground.span(named.start, end), person, predicate, words, "posts.laurel")


def _paragraph_at(passages: Passages, offset: int) -> Paragraph | None:
    found = bisect_right(passages.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
    return passages.paragraphs[found] if found >= 0 else None


def _appointment(ground: Ground, mention: Mention, passages: Passages) -> Iterator[Relation]:
    """Yield what a verb of appointment behind the name says (张明任宁波大学校长), and the posts that the clause lists behind it."""
    start, end = _bare(ground, mention)
    patterns = post_words()
    verb = patterns.appointed.match(ground.masked, max(end, mention.end))
    limit = _clause_end(ground, verb.end()) if verb else 0
    post = patterns.post.search(ground.clean, verb.end(), limit) if verb else None
    if verb and (title := patterns.honour.search(ground.clean, verb.end(), limit)) and title.start() == verb.end():
        yield Relation(ground.span(start, title.end()), mention.name, "has_title", title["title"], "posts.title")
    if verb is None or post is None:
        return
    named = [m for m in ground.within(verb.end(), post.end()) if m.type in ORGANISATIONS | PLACES and m.end <= post.start() + 1]
    between = ground.clean[verb.end() : post.start()]
    printed = body_before(ground, post.start(), passages) if between.endswith("的") else None
    name: str | None = printed[0] if printed else named[-1].name if named else None
    if name is None and patterns.body.fullmatch(between):
        name = between
    if name is None and not between:
        own = max(ground.masked.rfind(mark, max(0, start - 40), start) for mark in "，；。、\n") + 1  # not his house before
        name = handing_over(ground, start) or appointing(ground, start, post["post"]) or body_of_post(ground, post["post"], own or start)
    former = bool(patterns.past.search(ground.clean, end, verb.end()))
    told = post["post"] if name else _ZONE.sub("", between) + post["post"]  # 受聘担任开发区首席科技顾问
    yield from _post(ground, mention.name, told, name, (start, post.end()), former)


def _entrusted(ground: Ground, mention: Mention, passages: Passages) -> Iterator[Relation]:
    """Yield what 中心主任由王明院士兼任 says: the post stands before 由, the person behind it."""
    start, end = _bare(ground, mention)
    patterns = post_words()
    verb = patterns.appointed.match(ground.masked, max(end, mention.end))
    given = patterns.handed.search(ground.clean, max(0, start - 30), start)
    if given is None and (given := patterns.given.search(ground.clean, max(0, start - 44), start)):
        alone = not any(m.type in PERSONS for m in ground.within(given.end("post"), start))
        given = given if alone and (verb or ground.clean[end : end + 1] in ("，", "。", "；", "、", "\n", "")) else None
    if given is None:
        return
    name, begin = body_before(ground, given.start("post"), passages) or (None, given.start("post"))
    name = name or body_of_post(ground, given["post"], given.start("post"))
    yield from _post(ground, mention.name, given["post"], name, (begin, verb.end() if verb else end), False)


def _introduced(ground: Ground, mention: Mention) -> Iterator[Relation]:
    """Yield the posts that a life tells behind the name (张明，1974年生，宁波大学校长、浙江省化学会理事长)."""
    start, end = _bare(ground, mention)
    if ground.clean[end : end + 1] == "（" and (close := ground.clean.find("）", end, end + 60)) >= 0:
        yield from _in_brackets(ground, mention.name, (start, end), close)
    if ground.clean[start - 1 : start] not in ("", "\n", "。", " ", "；", ".", "．") or ground.clean[end : end + 1] not in (
        "，",
        "：",
        "（",
    ):
        return
    stop = min(ground.masked.find(mark, end) % (len(ground.masked) + 1) for mark in "。；\n")
    for found in post_words().introduced.finditer(ground.masked, end, min(stop, end + 300)):
        bodies = ground.within(*found.span("body"))
        named = bool(bodies) and bodies[-1].type in ORGANISATIONS and bodies[-1].end == found.end("body")
        if named or found["society"]:
            body = bodies[-1].name if named else ground.clean[slice(*found.span("body"))]
            past = found["lead"] in ("曾任", "曾为", "原")
            yield from _post(ground, mention.name, found["post"], body, (found.start("body"), found.end()), past)


def _in_brackets(ground: Ground, person: str, name: tuple[int, int], close: int) -> Iterator[Relation]:
    """Yield the post that stands in brackets behind a name (孙启明（湘潭大学教授）)."""
    post = post_words().before.search(ground.clean, name[1] + 1, close)
    body = ground.ends.get(post.start()) if post else None
    if post and body and body.type in ORGANISATIONS | PLACES:
        yield from _post(ground, person, post["post"], body.name, (name[0], close + 1), False)


def _told_of(ground: Ground, sentence: int) -> list[Mention]:
    """Return the person whose life a paragraph tells: the name with which it opens (张明，1968年生，……)."""
    opening = ground.clean.rfind("\n", 0, sentence) + 1
    mention = ground.starts.get(opening)
    told = mention and mention.type in PERSONS and ground.clean[mention.end : mention.end + 1] in ("，", "（", ",")
    return [mention] if mention and told else []


def _continued(ground: Ground) -> Iterator[Relation]:
    """Yield what a later clause says of the one person of its sentence (……，并担任首任主任)."""
    patterns = post_words()
    for found in patterns.office.finditer(ground.masked):
        head = max(ground.masked.rfind(mark, max(0, found.start() - 160), found.start()) for mark in "。；\n") + 1
        people = [m for m in ground.within(head, found.start()) if m.type in PERSONS] or _told_of(ground, head)
        if not people or len({m.name for m in people}) > 1:
            continue
        post = patterns.post.search(ground.clean, found.end(), _clause_end(ground, found.end()))
        if post is None or any(m.type in PERSONS for m in ground.within(found.end(), post.end())):
            continue
        between = ground.clean[found.end() : post.start()]
        named = [m for m in ground.within(found.end(), post.start()) if m.type in ORGANISATIONS and m.end == post.start()]
        name = named[0].name if named else between if patterns.body.fullmatch(between) else None
        if name is None and between:
            continue
        former = bool(patterns.past.search(found[0]))
        name = name or body_of_post(ground, post["post"], found.start())
        yield from _post(ground, people[0].name, post["post"], name, (found.start("verb"), post.end()), former)


def _clause_end(ground: Ground, start: int) -> int:
    found = re.compile(r"[。；，、\n]").search(ground.masked, start)
    return found.start() if found else len(ground.masked)


def _post(
    ground: Ground, person: str, post: str, body: str | None, span: tuple[int, int], former: bool, *, heads: bool = True
) -> Iterator[Relation]:
    place = ground.span(*span)
    qualifiers: tuple[tuple[str, str], ...] = (("post", post), *((("state", "former"),) if former else ()))
    if body and heads and post_words().head.search(post) and "副" not in post:
        yield Relation(place, person, "leads", body, "posts.leads", qualifiers=qualifiers)
    elif body:
        yield Relation(place, person, "member_of", body, "posts.member", qualifiers=qualifiers)
    else:
        yield Relation(place, person, "has_title", post, "posts.has-post", qualifiers=qualifiers)
