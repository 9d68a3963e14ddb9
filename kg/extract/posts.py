"""Posts, titles and credits: who leads what, who bears which title, who answers for the page."""

import re
from collections.abc import Iterator

from kg.extract.ground import ORGANISATIONS, PERSONS, PLACES, Ground
from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.rules import alternation, rules


def find_posts(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield leads, responsible_for and has_title relations of the persons of a report."""
    words = rules("posts").words
    for mention in ground.mentions:
        if mention.type in PERSONS:
            yield from _titles(ground, mention, words["title"])
            yield from _apposition(ground, mention, words)
            yield from _appointment(ground, mention, words)


def _around(ground: Ground, mention: Mention) -> tuple[int, int]:
    """Return where the bare name stands; a mention may carry its title (李明院士)."""
    inside = ground.clean.find(mention.name, mention.start, mention.end)
    return (inside, inside + len(mention.name)) if inside >= 0 else (mention.start, mention.end)


def _titles(ground: Ground, mention: Mention, titles: tuple[str, ...]) -> Iterator[Relation]:
    """Yield the title printed behind the name (李明院士)."""
    start, end = _around(ground, mention)
    found = re.compile(alternation(titles)).match(ground.clean, end)
    if found:
        yield Relation(ground.span(start, found.end()), mention.name, "has_title", found[0], "posts.title")


def _apposition(ground: Ground, mention: Mention, words: object) -> Iterator[Relation]:
    """Yield what a post before the name says (宁波大学校长张明)."""
    lists = rules("posts").words
    start, end = _around(ground, mention)
    before = ground.clean[max(0, start - 40) : start]
    found = re.search(
        rf"(?:{alternation(lists['rank'])})?({alternation(lists['post'])})[、兼]?(?:{alternation(lists['post'])})?(?:{alternation(lists['title'])})?$",
        before,
    )
    if not found:
        return
    post_start = start - len(before) + found.start()
    body = _body_before(ground, post_start)
    former = ground.clean[max(0, (body.start if body else post_start) - 1)] in "原前"
    yield from _post(ground, mention, found[0], body, post_start, end, former)


def _appointment(ground: Ground, mention: Mention, words: object) -> Iterator[Relation]:
    """Yield what a verb of appointment behind the name says (张明任宁波大学校长)."""
    lists = rules("posts").words
    _, end = _around(ground, mention)
    verb = re.compile(rf"[^，。；、]{{0,8}}?({alternation(lists['appoint'])})").match(ground.masked, max(end, mention.end))
    if not verb:
        return
    stop = re.compile(r"[。；，\n]|$").search(ground.masked, verb.end())
    limit = stop.start() if stop else len(ground.masked)
    post = re.compile(rf"({alternation(lists['rank'])})?({alternation(lists['post'])})").search(ground.clean, verb.end(), limit)
    if not post:
        return
    bodies = [m for m in ground.within(verb.end(), post.start() + 1) if m.type in ORGANISATIONS | PLACES]
    body = bodies[-1] if bodies else None
    start, _ = _around(ground, mention)
    yield from _post(ground, mention, post[0], body, start, post.end(), False)


def _body_before(ground: Ground, end: int) -> Mention | None:
    mention = ground.ends.get(end)
    return mention if mention and mention.type in ORGANISATIONS | PLACES else None


def _post(ground: Ground, person: Mention, post: str, body: Mention | None, start: int, end: int, former: bool) -> Iterator[Relation]:
    span = ground.span(min(start, body.start if body else start), end)
    qualifiers: tuple[tuple[str, str], ...] = (("post", post), *((("state", "former"),) if former else ()))
    lists = rules("posts").words
    if body and re.search(alternation(lists["head"]) + "$", post):
        yield Relation(span, person.name, "leads", body.name, "posts.leads", qualifiers=qualifiers)
    elif body:
        yield Relation(span, person.name, "member_of", body.name, "posts.member", qualifiers=qualifiers)
        yield Relation(span, person.name, "has_title", f"{body.name}{post}", "posts.has-post", qualifiers=qualifiers)
    else:
        yield Relation(span, person.name, "has_title", post, "posts.has-post", qualifiers=qualifiers)


def find_credits(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield who answers for the page, and telephone and e-mail, from the credit lines."""
    file = rules("posts")
    role = re.compile(
        rf"({alternation(file.words['credit'])})\s*[：:]\s*([\u4e00-\u9fff·]{{2,4}}(?:[\s、]+[\u4e00-\u9fff·]{{2,4}}(?![：:]))*)"
    )
    contact = re.compile(
        r"(电话|手机|传真|热线|E-?mail|邮箱|电子邮箱|联系电话|邮件)\s*[：:]\s*([\w.+-]+@[\w.-]+\.\w+|[\d()（）-]{7,20})", re.I
    )
    for paragraph in passages.paragraphs:
        owner: str | None = None
        for match in sorted(
            [*role.finditer(ground.clean, paragraph.start, paragraph.end), *contact.finditer(ground.clean, paragraph.start, paragraph.end)],
            key=lambda m: m.start(),
        ):
            if match.re is role:
                for name in re.split(r"[\s、]+", match[2]):
                    yield Relation(ground.span(*match.span()), name, "responsible_for", match[1], "posts.credit")
                    owner = name
            elif owner:
                yield Relation(
                    ground.span(*match.span()), owner, "has_contact", match[2], "posts.contact", qualifiers=(("type", match[1]),)
                )
