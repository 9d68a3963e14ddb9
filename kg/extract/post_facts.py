"""What a post says of a person: who heads or belongs to which body, and which title that is."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.ground import Ground
from kg.extract.held_posts import Held
from kg.extract.post_bodies import Body, body_of_office, body_of_post
from kg.extract.post_words import post_words
from kg.facts import Modality, Relation, Status
from kg.passages import Passages

_CHAIR = ("教授", "研究员", "讲师", "博士生导师")
_LAURELS = {"Programme": "member_of_scheme", "TalentCategory": "has_title", "Award/Title": "has_title"}
OWN_TITLE = re.compile(r"(?:博士生导师|专家|顾问|发明人|获得者|主持人|特派员)$")  # no post of the body that somebody else has beside it


def housed(ground: Ground, held: Held, others: Iterable[Held], place: str | None, offset: int) -> Held:
    """Return a post with its body: its own, the one it shares with a post beside it, that of the office, or the last one named."""
    shared = next((other.body for other in others if other.body and not other.body.bare and not other.post.endswith(_CHAIR)), None)
    if held.body and held.body.bare:  # 松岭高新区党工委书记、管委会主任
        base = shared.name.removesuffix(shared.unit) if shared else None
        return replace(held, body=Body(base + held.body.unit, held.start, held.body.unit)) if base else held
    if held.body is None and held.words:
        return of_unit(ground, held, offset)
    if held.body:
        return held
    governed = body_of_office(held.post, shared.name.removesuffix("委") if shared else place)  # 安庆市委常委、副市长
    if governed:
        return replace(held, body=Body(governed, held.start))
    if shared and not OWN_TITLE.search(held.post):  # 市委常委、组织部长 does not head the committee
        return replace(held, body=Body(shared.name, held.start, own=not shared.unit.endswith("委")))
    name = body_of_post(ground, held.post, offset)
    return replace(held, body=Body(name, held.start)) if name else held


def of_unit(ground: Ground, held: Held, offset: int) -> Held:
    """Return the post of a committee that any institute can have (学术委员会主任) with the institute named last."""
    name = body_of_post(ground, held.title, offset) if post_words().committee.fullmatch(held.words) else None
    return replace(held, body=Body(name, held.start, held.words, own=False)) if name else held


def say(ground: Ground, person: str, held: Held, said: tuple[int, int], modality: Modality = "actual") -> Iterator[Relation]:
    """Yield that somebody heads or belongs to a body, and the post by its title; the title alone where no body is known."""
    place = ground.span(*said)
    state = (("state", "former"),) if held.former else ()
    status: Status = "planned" if modality == "target" else "achieved"
    title = held.title
    if held.body:
        heads = held.body.own and post_words().head.search(held.post) and "副" not in held.post
        predicate, rule = ("leads", "posts.leads") if heads else ("member_of", "posts.member")
        yield Relation(place, person, predicate, held.body.name, rule, modality, status, qualifiers=(("post", title), *state))
        yield Relation(
            place, person, "has_title", title, "posts.title-of-post", modality, status, qualifiers=(("of", held.body.name), *state)
        )
    else:
        yield Relation(place, person, "has_title", title, "posts.has-post", modality, status, qualifiers=(("post", title), *state))


def honour(ground: Ground, person: str, held: Held, end: int) -> Iterator[Relation]:
    """Yield the honour that a link names: 中国工程院院士, or the scheme that somebody was chosen for."""
    if title := post_words().honour.search(ground.clean, held.start, held.end):
        yield Relation(ground.span(title.start(), end), person, "has_title", title["title"], "posts.title")
        return
    named = None if held.post else next((m for m in ground.within(held.start, held.end) if m.type in _LAURELS), None)
    if named:
        words = named.printed if named.type == "TalentCategory" else named.name  # 国家杰青 as it is printed
        predicate = "recognised_as" if words.endswith("奖") else _LAURELS[named.type]
        yield Relation(ground.span(named.start, end), person, predicate, words, "posts.laurel")


def place_at(passages: Passages, offset: int) -> str | None:
    """Return the place that the paragraph at ``offset`` speaks of."""
    found = bisect_right(passages.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
    return passages.place_of(passages.paragraphs[found]) if found >= 0 else None
