"""Whose post it is: the body printed before it, the one that it points to, or the last one that has such a post."""

import re
from functools import cache

from kg.extract.deixis import is_deictic, last_before, referent
from kg.extract.ground import ORGANISATIONS, PERSONS, PLACES, Ground
from kg.extract.post_words import post_words
from kg.passages import Passages
from kg.rules import rules

_APPOINTS = re.compile(r"(?:聘任|聘请|特聘|选聘|返聘|聘)(?:了)?")
_OF_SCHOOL = re.compile(r"[校院]长$|院务")
_OF_PLACE = re.compile(r"(?:副|代)?(?:市长|省长|县长|区长|州长)$")  # whose post it is when only the place of the section is known


def body_before(ground: Ground, end: int, passages: Passages) -> tuple[str, int] | None:
    """Return the body that stands right before a post and where it begins: a name, or place and noun (深圳市科创委)."""
    if ground.clean[end - 1 : end] == "的" and end - 1 in ground.ends:
        end -= 1  # 某研究院（下称“某院”）的副院长
    elif ground.clean[end - 2 : end] == "）的":
        end = ground.masked.rfind("（", max(0, end - 60), end)
    bracket = ground.clean[end - 1 : end] in ("（", "(")  # 某某实验室（主任张明）
    mention = ground.ends.get(end - bracket)
    if mention and mention.type in ORGANISATIONS | PLACES and not (bracket and mention.type in PLACES):
        return mention.name, mention.start
    for size in (4, 3, 2):
        word = ground.clean[end - size : end]
        if is_deictic(word):
            goal = referent(ground, word, end - size, passages.sections[-1].place)
            return (goal[0], end - size) if goal else None
    return _body_in_words(ground, end)


def _body_in_words(ground: Ground, end: int) -> tuple[str, int] | None:
    floor = max(ground.clean.rfind(mark, max(0, end - 24), end) for mark in "，。；、：\n“”（） ") + 1
    found = post_words().body.search(ground.clean, max(floor, end - 20), end)
    if found is None or found.end() - found.start() < 3:
        return None
    begin = max([found.start(), *(m.end for m in ground.within(found.start(), end) if m.type in PERSONS)])
    place = next((m for m in ground.within(begin, end) if m.type in PLACES), None)
    if place:
        begin = place.start
    words = re.split(r"(?<!自)由", ground.clean[begin:end])[-1].lstrip("由经原前和与及在对据")
    return (words, end - len(words)) if len(words) >= 3 else None


def body_of_post(ground: Ground, post: str, offset: int) -> str | None:
    """Return the last organisation before ``offset`` that has such a post: an institute for 院长, a firm for 董事长."""
    for ends in _ends_of(post):
        found = last_before(ground, ends, offset)
        line = ground.clean.rfind("\n", 0, offset)
        if found and found.type == "University":
            own = last_before(ground, ends, offset, "Institute")
            found = own if own and own.start > line else found if _OF_SCHOOL.search(post) else None  # no 主任 of a whole university
        return found.name if found and line < found.start else None
    return None


@cache
def _ends_of(post: str) -> tuple[re.Pattern[str], ...]:
    """Return how the body ends that has the post, of the first rule that knows it."""
    known = (rule.options["ends"] for rule in rules("posts", "ends").rules if rule.pattern.search(post))
    return tuple(re.compile(rf"(?:{ends})$") for ends in known)[:1]


def body_of_office(post: str, place: str | None) -> str | None:
    """Return the place that a mayor governs when none is printed beside the post: the place that the section speaks of.

    >>> body_of_office("副市长", "衡阳市"), body_of_office("院长", "衡阳市"), body_of_office("市长", "湖南省")
    ('衡阳市', None, None)
    """
    return place if place and _OF_PLACE.search(post) and post[-2] in place[-1] + "州" * place.endswith("自治州") else None


def handing_over(ground: Ground, person: int) -> str | None:
    """Return what X is in X……，由张明出任总经理: the subject of the clause, else of the sentence, in which 由 names a person."""
    by = ground.masked.rfind("由", max(0, person - 24), person)
    if by < 0 or any(mark in ground.masked[by:person] for mark in "，。；\n"):
        return None
    for marks in ("，。；\n", "。；\n"):
        head = max(ground.masked.rfind(mark, max(0, by - 200), by) for mark in marks) + 1
        if body := _subject_at(ground, head):
            return body
    return None


def appointing(ground: Ground, person: int, post: str) -> str | None:
    """Return what X is in X聘请张明为首席科学家: the body that appoints somebody to a post that heads it or its research."""
    head = max(ground.masked.rfind(mark, max(0, person - 60), person) for mark in "，。；\n") + 1
    verb = _APPOINTS.search(ground.masked, head, person)
    return _subject_at(ground, head) if verb and post_words().head.search(post) else None


def _subject_at(ground: Ground, head: int) -> str | None:
    """Return the organisation that is named or pointed to at ``head``."""
    mention = ground.starts.get(head)
    if mention:
        return mention.name if mention.type in ORGANISATIONS else None
    for size in (4, 3, 2):
        if goal := referent(ground, ground.clean[head : head + size], head, None):
            return goal[0]
    return None
