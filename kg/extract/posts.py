"""Posts, titles and credits: who leads what, who bears which title, who answers for the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.deixis import is_deictic, last_before, referent
from kg.extract.ground import ORGANISATIONS, PERSONS, PLACES, Ground
from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.rules import alternation, rules

# grades that nearly everybody of the genre has; they tell something only with the house that gives them (宁波大学张明教授)
_GRADES = frozenset(("教授", "副教授", "研究员", "副研究员", "博士", "工程师", "高级工程师", "讲师", "主任医师"))
_CHAIRS = frozenset(("University", "Institute", "Platform"))  # houses of which somebody is a professor


_ZONE = re.compile(r"^(?:开发区|高新区|新区|园区|经开区)")


@dataclass(frozen=True)
class _Patterns:
    title: re.Pattern[str]
    before: re.Pattern[str]
    appointed: re.Pattern[str]
    post: re.Pattern[str]
    head: re.Pattern[str]
    body: re.Pattern[str]
    role: re.Pattern[str]
    given: re.Pattern[str]
    handed: re.Pattern[str]
    office: re.Pattern[str]
    past: re.Pattern[str]
    honour: re.Pattern[str]
    introduced: re.Pattern[str]
    contact: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = rules("posts", "ends").words
    rank, post, title = (alternation(words[name]) for name in ("rank", "post", "title"))
    credit, contact = alternation(words["credit"]), alternation(words["contact"])
    person = r"[\u4e00-\u9fff·]{2,4}?"
    stop = rf"(?=\s|、|，|。|）|\)|$|{contact}|{credit})"
    return _Patterns(
        title=re.compile(title),
        before=re.compile(rf"(?P<post>(?:{rank})?(?:{post}))(?:[、兼](?:{rank})?(?:{post})){{0,3}}(?:{title})?$"),
        appointed=re.compile(rf"[^，。；、\n]{{0,8}}?(?:{alternation(words['appoint'])})"),
        post=re.compile(rf"(?P<post>(?:{rank})?(?:{post}))"),
        head=re.compile(rf"{alternation(words['head'])}$"),
        body=re.compile(rf"[\u4e00-\u9fff（）〓]{{0,16}}?{alternation(words['body'])}$"),
        role=re.compile(rf"(?P<role>{credit})\s*[：:]\s*(?P<names>{person}{stop}(?:[\s、]+(?!{contact}|{credit}){person}{stop})*)", re.M),
        given=re.compile(rf"(?P<post>(?:{rank})?(?:{post}))(?:一职)?(?:由|为|是)[^，。；、]{{0,14}}$"),
        handed=re.compile(rf"(?P<post>(?:{rank})?(?:{post}))(?:一职|职务|之职|的?位置)(?:移交|转交|交|让)(?:给|由|与)[^，。；、]{{0,14}}$"),
        office=re.compile(
            rf"(?:(?<=[，；。])[^，。；〓]{{0,4}}?|(?:并|还|同时))(?P<verb>{alternation(words['office'])})(?!务|期|何|意|职|命)"
        ),
        past=re.compile(alternation(words["past"])),
        honour=re.compile(rf"(?P<title>{alternation(words['honour'])})(?:、[^，。；：、\n]{{2,16}})?$"),
        introduced=re.compile(
            rf"(?:[、，](?P<lead>现任|现为|系|曾任|曾为|原)?)(?P<body>〓{{2,40}})(?P<post>(?:{rank})?(?:{post}))(?=[、，。；\n（]|$)"
        ),
        contact=re.compile(rf"(?P<kind>{contact})\s*[：:]\s*(?P<value>[\w.+-]+@[\w.-]+\.\w+|[\d()（）-]{{7,20}})", re.I),
    )


def find_posts(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield leads, member_of and has_title relations of the persons of a report."""
    for mention in ground.mentions:
        if mention.type in PERSONS:
            yield from _title(ground, mention)
            yield from _apposition(ground, mention, passages)
            yield from _appointment(ground, mention)
            yield from _entrusted(ground, mention, passages)
            yield from _introduced(ground, mention)
    yield from _continued(ground)


def _bare(ground: Ground, mention: Mention) -> tuple[int, int]:
    """Return where the bare name stands; a mention may carry its title (李明院士)."""
    inside = ground.clean.find(mention.name, mention.start, mention.end)
    return (inside, inside + len(mention.name)) if inside >= 0 else (mention.start, mention.end)


def _title(ground: Ground, mention: Mention) -> Iterator[Relation]:
    """Yield the title printed behind the name (李明院士) or before it (中国工程院院士李明)."""
    start, end = _bare(ground, mention)
    before = _patterns().honour.search(ground.clean, max(0, start - 24), start)
    if before:
        yield Relation(ground.span(before.start(), end), mention.name, "has_title", before["title"], "posts.title")
    if found := _patterns().title.match(ground.clean, end):
        if found[0] not in _GRADES:
            yield Relation(ground.span(start, found.end()), mention.name, "has_title", found[0], "posts.title")
        house = ground.ends.get(start)
        if house and house.type in _CHAIRS and found[0] != "院士":  # 宁波大学张明教授
            yield from _post(ground, mention.name, found[0], house.name, (house.start, found.end()), False)


def _apposition(ground: Ground, mention: Mention, passages: Passages) -> Iterator[Relation]:
    """Yield what a post before the name says (宁波大学校长张明)."""
    start, end = _bare(ground, mention)
    found = _patterns().before.search(ground.clean, max(0, start - 24), start)
    if found is None:
        return
    former = ground.clean[found.start() - 1 : found.start()] in ("原", "前")
    name, begin = _body_before(ground, found.start() - former, passages) or (None, found.start())
    name = name or _body_of_post(ground, found["post"], start)
    former = former or ground.clean[begin - 1 : begin] in ("原", "前")
    if name and name.startswith("原") and ground.clean[begin] == "原":  # 原华光公司总工程师
        name, former = ground.printed.get(name[1:], name[1:]), True
    yield from _post(ground, mention.name, found["post"], name, (begin, end), former)
    yield from _earlier_posts(ground, mention, begin, end, passages)


def _earlier_posts(ground: Ground, mention: Mention, begin: int, end: int, passages: Passages) -> Iterator[Relation]:
    """Yield the posts listed before the one next to the name, each with a body of its own (宁波大学副校长、甬江研究院院长张明)."""
    for _ in range(4):
        found = _patterns().before.search(ground.clean, max(0, begin - 25), begin - 1) if ground.clean[begin - 1 : begin] == "、" else None
        body = _body_before(ground, found.start(), passages) if found else None
        if found is None or body is None:
            return
        begin = body[1]
        yield from _post(ground, mention.name, found["post"], body[0], (begin, end), False)


def _appointment(ground: Ground, mention: Mention) -> Iterator[Relation]:
    """Yield what a verb of appointment behind the name says (张明任宁波大学校长), with the body named before if need be."""
    start, end = _bare(ground, mention)
    patterns = _patterns()
    verb = patterns.appointed.match(ground.masked, max(end, mention.end))
    limit = _clause_end(ground, verb.end()) if verb else 0
    post = patterns.post.search(ground.clean, verb.end(), limit) if verb else None
    if verb is None or post is None:
        return
    named = [m for m in ground.within(verb.end(), post.end()) if m.type in ORGANISATIONS | PLACES and m.end <= post.start() + 1]
    between = ground.clean[verb.end() : post.start()]
    name: str | None = named[-1].name if named else None
    if name is None and patterns.body.fullmatch(between):
        name = between
    if name is None and not between:
        own = max(ground.masked.rfind(mark, max(0, start - 40), start) for mark in "，；。、\n") + 1  # not his house before
        name = _handing_over(ground, start) or _body_of_post(ground, post["post"], own or start)
    former = bool(patterns.past.search(ground.clean, end, verb.end()))
    told = post["post"] if name else _ZONE.sub("", between) + post["post"]  # 受聘担任开发区首席科技顾问
    yield from _post(ground, mention.name, told, name, (start, post.end()), former)


def _entrusted(ground: Ground, mention: Mention, passages: Passages) -> Iterator[Relation]:
    """Yield what 中心主任由王明院士兼任 says: the post stands before 由, the person behind it."""
    start, end = _bare(ground, mention)
    patterns = _patterns()
    verb = patterns.appointed.match(ground.masked, max(end, mention.end))
    given = patterns.handed.search(ground.clean, max(0, start - 30), start)
    if given is None and (given := patterns.given.search(ground.clean, max(0, start - 30), start)):
        given = given if verb or ground.clean[end] in "，。；、\n" else None
    if given is None:
        return
    name, begin = _body_before(ground, given.start("post"), passages) or (None, given.start("post"))
    name = name or _body_of_post(ground, given["post"], given.start("post"))
    yield from _post(ground, mention.name, given["post"], name, (begin, verb.end() if verb else end), False)


def _handing_over(ground: Ground, person: int) -> str | None:
    """Return what X is in X……，由张明出任总经理: the subject of the clause, else of the sentence, in which 由 names a person."""
    by = ground.masked.rfind("由", max(0, person - 24), person)
    if by < 0 or any(mark in ground.masked[by:person] for mark in "，。；\n"):
        return None
    for marks in ("，。；\n", "。；\n"):
        head = max(ground.masked.rfind(mark, max(0, by - 200), by) for mark in marks) + 1
        if body := _subject_at(ground, head):
            return body
    return None


def _subject_at(ground: Ground, head: int) -> str | None:
    """Return the organisation that is named or pointed to at ``head``."""
    mention = ground.starts.get(head)
    if mention:
        return mention.name if mention.type in ORGANISATIONS else None
    for size in (4, 3, 2):
        if goal := referent(ground, ground.clean[head : head + size], head, None):
            return goal[0]
    return None


def _introduced(ground: Ground, mention: Mention) -> Iterator[Relation]:
    """Yield the posts that a life tells behind the name (张明，1974年生，宁波大学校长、浙江省化学会理事长)."""
    start, end = _bare(ground, mention)
    if ground.clean[start - 1 : start] not in ("", "\n", "。", " ") or ground.clean[end : end + 1] not in ("，", "：", "（"):
        return
    stop = min(ground.masked.find(mark, end) % (len(ground.masked) + 1) for mark in "。\n")
    for found in _patterns().introduced.finditer(ground.masked, end, min(stop, end + 300)):
        bodies = ground.within(*found.span("body"))
        if bodies and bodies[-1].type in ORGANISATIONS and bodies[-1].end == found.end("body"):
            past = found["lead"] in ("曾任", "曾为", "原")
            yield from _post(ground, mention.name, found["post"], bodies[-1].name, (found.start("body"), found.end()), past)


def _told_of(ground: Ground, sentence: int) -> list[Mention]:
    """Return the person whose life a paragraph tells: the name with which it opens (张明，1968年生，……)."""
    opening = ground.clean.rfind("\n", 0, sentence) + 1
    mention = ground.starts.get(opening)
    told = mention and mention.type in PERSONS and ground.clean[mention.end : mention.end + 1] in ("，", "（", ",")
    return [mention] if mention and told else []


def _continued(ground: Ground) -> Iterator[Relation]:
    """Yield what a later clause says of the one person of its sentence (……，并担任首任主任)."""
    patterns = _patterns()
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
        name = name or _body_of_post(ground, post["post"], found.start())
        yield from _post(ground, people[0].name, post["post"], name, (found.start("verb"), post.end()), former)


def _clause_end(ground: Ground, start: int) -> int:
    found = re.compile(r"[。；，、\n]").search(ground.masked, start)
    return found.start() if found else len(ground.masked)


def _body_before(ground: Ground, end: int, passages: Passages) -> tuple[str, int] | None:
    """Return the body that stands right before a post and where it begins: a name, or place and noun (深圳市科创委)."""
    mention = ground.ends.get(end)
    if mention and mention.type in ORGANISATIONS | PLACES:
        return mention.name, mention.start
    for size in (4, 3, 2):
        word = ground.clean[end - size : end]
        if is_deictic(word):
            goal = referent(ground, word, end - size, passages.sections[-1].place)
            return (goal[0], end - size) if goal else None
    floor = max(ground.clean.rfind(mark, max(0, end - 24), end) for mark in "，。；、：\n“”（） ") + 1
    found = _patterns().body.search(ground.clean, max(floor, end - 20), end)
    if found is None or found.end() - found.start() < 3:
        return None
    begin = found.start()
    place = next((m for m in ground.within(begin, end) if m.type in PLACES), None)
    if place:
        begin = place.start
    words = ground.clean[begin:end].lstrip("由经原前和与在对据")
    return (words, end - len(words)) if len(words) >= 3 else None


def _body_of_post(ground: Ground, post: str, offset: int) -> str | None:
    """Return the last organisation before ``offset`` that has such a post: an institute for 院长, a firm for 董事长."""
    for rule in rules("posts", "ends").rules:
        if rule.pattern.search(post):
            ends = re.compile(rf"(?:{rule.options['ends']})$")
            found = last_before(ground, ends, offset)
            line = ground.clean.rfind("\n", 0, offset)
            if found and found.type == "University":
                own = last_before(ground, ends, offset, "Institute")
                found = own if own and own.start > line else found  # 院长 of the institute that the text tells of, not of a 学院 beside it
            return found.name if found and line < found.start else None
    return None


def _post(ground: Ground, person: str, post: str, body: str | None, span: tuple[int, int], former: bool) -> Iterator[Relation]:
    place = ground.span(*span)
    qualifiers: tuple[tuple[str, str], ...] = (("post", post), *((("state", "former"),) if former else ()))
    if body and _patterns().head.search(post) and "副" not in post:
        yield Relation(place, person, "leads", body, "posts.leads", qualifiers=qualifiers)
    elif body:
        yield Relation(place, person, "member_of", body, "posts.member", qualifiers=qualifiers)
    else:
        yield Relation(place, person, "has_title", post, "posts.has-post", qualifiers=qualifiers)


def find_credits(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield who answers for the page (责任编辑：李明), and telephone and e-mail of the one named before."""
    patterns = _patterns()
    for paragraph in passages.paragraphs:
        bounds = paragraph.start, paragraph.end
        found = [m for p in (patterns.role, patterns.contact) for m in p.finditer(ground.clean, *bounds)]
        owner: str | None = None
        for match in sorted(found, key=lambda m: m.start()):
            span = ground.span(*match.span())
            if match.re is not patterns.contact:
                for owner in re.split(r"[\s、]+", match["names"]):
                    yield Relation(span, owner, "responsible_for", match["role"], "posts.credit")
            elif owner:
                yield Relation(span, owner, "has_contact", match["value"], "posts.contact", qualifiers=(("type", match["kind"]),))
