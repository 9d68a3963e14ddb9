"""Whose post it is: the body printed before it, the one that it points to, or the last one that has such a post."""

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.deixis import is_deictic, last_before, referent
from kg.extract.ground import ORGANISATIONS, PERSONS, PLACES, Ground
from kg.extract.post_words import post_words
from kg.mentions.mention import Mention
from kg.rules import rules

_APPOINTS = re.compile(r"(?:聘任|聘请|特聘|选聘|返聘|续聘|聘)(?:了)?")
_OF_SCHOOL = re.compile(r"[校院]长$|院务")
_OF_PLACE = re.compile(r"(?:副|代)?(?:市长|省长|县长|区长|州长)$")  # whose post it is when only the place of the section is known
_OF_PROJECT = re.compile(r"(?:项目|课题)(?:负责人|首席|带头人|主持人|组长)")
_QUOTED = re.compile(r"“(?P<name>[^“”\n]{4,40})”")
_LEVELS = "市省区县州旗"
_VERB = re.compile(  # what stands before the body of a post and is no part of its name
    r"(?<!自)由|(?<=[长记任])[兼与和]|履新|当选|[出担调转升兼就接]任|[特选返续]?聘[请任]?了?|引进了?|邀请了?|任命|增补|推[选荐举]|[选委]派|会见了?|拜访|走访|依托"
)
_INSIDE = re.compile(r"^(?:院|所|校|公司|集团|园区)(?:里|内|属|下属)的?|^(?:下设|下属|旗下)的?")  # 院里|压电材料中心
_JOINTS = "由与和向对在到给为请任是"
_MOST_BODIES = 12  # that are passed over, back from where a post stands
_MOST_CLAUSES = 6  # of a sentence, back from where a post stands
_LONGEST_UNIT = 14  # characters between a body and the post of one of its units


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a post: its name, where it begins in the text, and the organ or unit of it that the post is of."""

    name: str
    start: int
    unit: str = ""
    own: bool = True  # False: who heads the unit is a member of the body

    @property
    def bare(self) -> bool:
        """Return whether only an organ is printed (管委会主任): whose it is stands elsewhere."""
        return self.name == self.unit


def body_before(ground: Ground, start: int, end: int, place: str | None, seen: int | None = None) -> Body | None:
    """Return the body that stands in ``clean[start:end]`` right before a post: a name, a pointer, place and noun, or one of its units.

    What a pointer means stands before ``seen``: not among the words that introduce the person.
    """
    if ground.clean[end - 1 : end] == "的":
        end -= 1  # 某研究院的副院长
    if ground.clean[end - 1 : end] == "）":
        end = ground.masked.rfind("（", max(0, end - 60), end) if end not in ground.ends else end
    bracket = ground.clean[end - 1 : end] in ("（", "(")  # 某某实验室（主任张明）
    mention = ground.ends.get(end - bracket)
    usable = mention and mention.type in ORGANISATIONS | PLACES and not (bracket and mention.type in PLACES)
    if mention and usable and not _opens_with_pointer(ground, mention.start):
        return Body(mention.name, mention.start, _organ(mention.printed))
    pointed = next((size for size in (4, 3, 2) if end - size >= start and _points(ground, start, end - size, end)), 0)
    if pointed:
        goal = referent(ground, ground.clean[end - pointed : end], end - pointed if seen is None else seen, place)
        return Body(goal[0], end - pointed) if goal else None
    return (
        _unit_of(ground, start, end)
        or _unit_pointed(ground, start, end, place, seen)
        or _of_level(ground, start, end, place)
        or _in_words(ground, start, end)
    )


def _points(ground: Ground, start: int, begin: int, end: int) -> bool:
    """Return whether a pointing word stands by itself from ``begin`` to ``end``, and is no end of a longer name (襄江生物公司)."""
    free = (
        begin == start or ground.clean[begin] in "该我本这" or ground.clean[begin - 1] in _JOINTS or not ground.clean[begin - 1].isalpha()
    )
    return free and is_deictic(ground.clean[begin:end])


def _opens_with_pointer(ground: Ground, start: int) -> bool:
    """Return whether a name at ``start`` swallowed a pointing word (该|校化工学院, 该公司技术中心)."""
    words = (ground.clean[begin : begin + size] for begin in (start - 1, start) if begin >= 0 for size in (3, 2))
    return any(word[0] in "该我本" and is_deictic(word) for word in words if word)


def _organ(printed: str) -> str:
    """Return the organ with which the name of a body ends, since the post is called after it (党工委书记)."""
    found = post_words().organ.search(printed)
    return found[0] if found else ""


def _unit_of(ground: Ground, start: int, end: int) -> Body | None:
    """Return the body whose organ (南阳理工大学校董会) or unit (该公司技术中心) ends at ``end``."""
    words = post_words()
    outer = next((m for m in reversed(ground.within(max(start, end - 60), end)) if m.type in ORGANISATIONS | PLACES), None)
    if outer and 0 < end - outer.end <= _LONGEST_UNIT:
        unit = ground.clean[outer.end : end]
        if words.organ.fullmatch(unit):
            return Body(outer.printed + unit, outer.start, unit)
        if words.unit.fullmatch(unit) and outer.type in ORGANISATIONS:
            return Body(outer.name, outer.start, unit, own=False)
    return None


def _unit_pointed(ground: Ground, start: int, end: int, place: str | None, seen: int | None) -> Body | None:
    """Return the body that a pointing word before a unit means (该校化工学院, 研究院学术委员会)."""
    first = max(start, end - _LONGEST_UNIT - 3)
    for begin in [*(i for i in range(first, end - 1) if ground.clean[i] in "该我本"), start]:
        for size in (3, 2):
            unit = ground.clean[begin + size : end]
            if unit and is_deictic(ground.clean[begin : begin + size]) and post_words().unit.fullmatch(unit):
                goal = referent(ground, ground.clean[begin : begin + size], begin if seen is None else seen, place)
                return Body(goal[0], begin, unit, own=False) if goal else None
    return None


def _of_level(ground: Ground, start: int, end: int, place: str | None) -> Body | None:
    """Return the committee or council of the place that the text is about, where only its level is printed (市委, 市政协)."""
    found = post_words().organ.search(ground.clean, start, end)
    word = ground.clean[start:end]
    if found is None or place is None or word[0] != place[-1] or word[0] not in _LEVELS or len(word) > 7:
        return None
    return Body(place + word[1:], start, word)


def _in_words(ground: Ground, start: int, end: int) -> Body | None:
    """Return the words before a post that end like a body (成果转化部)."""
    floor = max(ground.clean.rfind(mark, max(0, end - 24), end) for mark in "，。；、：\n“”（） ") + 1
    found = post_words().body.search(ground.clean, max(floor, start, end - 20), end)
    if found is None or found.end() - found.start() < 3 or post_words().committee.fullmatch(found[0]):
        return None
    begin = max([found.start(), *(m.end for m in ground.within(found.start(), end) if m.type in PERSONS)])
    place = next((m for m in ground.within(begin, end) if m.type in PLACES), None)
    if place:
        begin = place.start
    words = _VERB.split(ground.clean[begin:end])[-1].lstrip("由经原前和与及在对据任")
    words = _INSIDE.sub("", words)
    points = is_deictic(words) or (words[:1] in ("该", "我", "本") and (is_deictic(words[:2]) or is_deictic(words[:3])))
    return Body(words, end - len(words), _organ(words)) if len(words) >= 3 and not points else None


def body_of_post(ground: Ground, post: str, offset: int) -> str | None:
    """Return the last organisation before ``offset`` that has such a post: an institute for 院长, a firm for 董事长."""
    if _OF_PROJECT.match(post):
        return _project(ground, offset)
    for ends in _ends_of(post):
        line = ground.clean.rfind("\n", 0, offset)
        found = _last_of_itself(ground, ends, offset, line)
        if found is None and (subject := _subject_before(ground, offset, post)):
            return subject
        found = found or last_before(ground, ends, offset)
        if found and found.type == "University":
            own = last_before(ground, ends, offset, "Institute")
            found = own if own and own.start > line else found if _OF_SCHOOL.search(post) else None  # no 主任 of a whole university
        return found.name if found and line < found.start else None
    return None


def _last_of_itself(ground: Ground, ends: re.Pattern[str], offset: int, line: int) -> Mention | None:
    """Return the last body of a kind in the paragraph that does not only say where somebody comes from (某研究所研究员)."""
    found = last_before(ground, ends, offset)
    for _ in range(_MOST_BODIES):
        if found is None or found.start <= line:
            return None
        post = post_words().post.match(ground.clean, found.end)
        grade = post_words().title.match(ground.clean, found.end)
        named = found.end in ground.starts and ground.starts[found.end].type in PERSONS  # 东北大学|王国栋院士
        if grade is None and not named and not (post and post.end() in ground.starts and ground.starts[post.end()].type in PERSONS):
            return found
        found = last_before(ground, ends, found.start)
    return None


def _project(ground: Ground, offset: int) -> str | None:
    """Return the project that is quoted last in the sentence before ``offset``."""
    head = max(ground.clean.rfind(mark, max(0, offset - 120), offset) for mark in "。；\n") + 1
    found = list(_QUOTED.finditer(ground.clean, head, offset))
    return found[-1]["name"] if found else None


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
    return _subject_before(ground, by)


def _subject_before(ground: Ground, offset: int, post: str = "") -> str | None:
    """Return the body that opens the clause at ``offset`` or one before it in its sentence, the nearest that can have ``post``."""
    end = offset
    for _ in range(_MOST_CLAUSES):
        head = max(ground.masked.rfind(mark, max(0, end - 200), end) for mark in "，。；\n") + 1
        body = _subject_at(ground, head)
        if body and (not post or any(ends.search(body) for ends in _ends_of(post))):
            return body
        if ground.masked[head - 1 : head] != "，":
            return None
        end = head - 1
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
