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


@dataclass(frozen=True)
class _Patterns:
    title: re.Pattern[str]
    before: re.Pattern[str]
    appointed: re.Pattern[str]
    post: re.Pattern[str]
    head: re.Pattern[str]
    body: re.Pattern[str]
    role: re.Pattern[str]
    byline: re.Pattern[str]
    given: re.Pattern[str]
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
        given=re.compile(rf"(?P<post>(?:{rank})?(?:{post}))(?:一职)?由[^，。；、]{{0,14}}$"),
        byline=re.compile(rf"(?P<role>记者|通讯员|实习生|特约记者)\s*(?P<names>{person}{stop})", re.M),
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


def _bare(ground: Ground, mention: Mention) -> tuple[int, int]:
    """Return where the bare name stands; a mention may carry its title (李明院士)."""
    inside = ground.clean.find(mention.name, mention.start, mention.end)
    return (inside, inside + len(mention.name)) if inside >= 0 else (mention.start, mention.end)


def _title(ground: Ground, mention: Mention) -> Iterator[Relation]:
    """Yield the title printed behind the name (李明院士)."""
    start, end = _bare(ground, mention)
    if found := _patterns().title.match(ground.clean, end):
        yield Relation(ground.span(start, found.end()), mention.name, "has_title", found[0], "posts.title")


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
    yield from _post(ground, mention.name, found["post"], name, (begin, end), former)


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
        name = _body_of_post(ground, post["post"], start)
    yield from _post(ground, mention.name, post["post"], name, (start, post.end()), False)


def _entrusted(ground: Ground, mention: Mention, passages: Passages) -> Iterator[Relation]:
    """Yield what 中心主任由王明院士兼任 says: the post stands before 由, the person behind it."""
    start, end = _bare(ground, mention)
    patterns = _patterns()
    verb = patterns.appointed.match(ground.masked, max(end, mention.end))
    given = patterns.given.search(ground.clean, max(0, start - 30), start)
    if verb is None or given is None:
        return
    name, begin = _body_before(ground, given.start("post"), passages) or (None, given.start("post"))
    name = name or _body_of_post(ground, given["post"], given.start("post"))
    yield from _post(ground, mention.name, given["post"], name, (begin, verb.end()), False)


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
    words = ground.clean[begin:end].lstrip("由经原前和与在对")
    return (words, end - len(words)) if len(words) >= 3 else None


def _body_of_post(ground: Ground, post: str, offset: int) -> str | None:
    """Return the last organisation before ``offset`` that has such a post: an institute for 院长, a firm for 董事长."""
    for rule in rules("posts", "ends").rules:
        if rule.pattern.search(post):
            found = last_before(ground, re.compile(rf"(?:{rule.options['ends']})$"), offset)
            return found.name if found and ground.clean.rfind("\n", 0, offset) < found.start else None
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
        found = [m for p in (patterns.role, patterns.byline, patterns.contact) for m in p.finditer(ground.clean, *bounds)]
        owner: str | None = None
        for match in sorted(found, key=lambda m: m.start()):
            span = ground.span(*match.span())
            if match.re is not patterns.contact:
                for owner in re.split(r"[\s、]+", match["names"]):
                    yield Relation(span, owner, "responsible_for", match["role"], "posts.credit")
            elif owner:
                yield Relation(span, owner, "has_contact", match["value"], "posts.contact", qualifiers=(("type", match["kind"]),))
