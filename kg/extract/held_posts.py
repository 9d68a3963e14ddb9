"""Read what somebody is called: one post with its body, or several of them in a chain before a name or behind a verb."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.deixis import is_deictic
from kg.extract.ground import ORGANISATIONS, PERSONS, Ground
from kg.extract.post_bodies import Body, body_before
from kg.extract.post_words import post_words
from kg.mentions.mention import Mention

_LONGEST_CHAIN = 6  # posts before one name
_LONGEST_ITEM = 60  # characters of a post with its body
_PAST = ("原", "前", "前任", "上任")
_NOW = ("现任", "时任", "新任", "分管")
_ASIDE = re.compile(r"（[^（）\n]{1,14}）$|\([^()\n]{1,14}\)$")  # 副校长（研究及创新）
_AFTER_POST = re.compile(r"(?:一职|职务|职责|之职|等职务?|的决定|的职务|的?岗位|的位置)+$")
_NOUN = re.compile(r"(?:(?<=[了由与和向”对在到给为请于及的将把他她其兼])|^)[^了由与和向对在到给为请于及的将把他她其兼〓“”（）]{2,12}$")
_FIRM = re.compile(r"(?!.*(?:团队|项目|部门|分公司|行业|企业|国家|中心|技术|工程|[省市县区]$))[\u4e00-\u9fff]{3,10}")
_JOINT = re.compile(
    r"(?:同志|先生|女士|院士|教授|博士)?(?:一行|等)?(?:与|和|同|及|以及|会见了?|陪同|带领)"
)  # between a person and the posts of the next
_ITEM_END = re.compile(r"[、，。；：\n]|$")


@dataclass(frozen=True, slots=True)
class Held:
    """A post with its body, or an honour, which has no post; the offsets are those of the words that say so."""

    start: int
    end: int
    post: str
    body: Body | None = None
    former: bool = False
    words: str = ""  # what else is printed before the post: no body that the rules know (全国政协|委员)

    @property
    def title(self) -> str:
        """Return the post as it is called, with the organ or unit that it is of (党工委书记, 技术中心主任)."""
        before = self.body.unit if self.body else self.words
        return self.post if self.post.startswith(before) else before + self.post


def bare(ground: Ground, mention: Mention) -> tuple[int, int]:
    """Return where the bare name stands; a mention may carry its title (李明院士)."""
    inside = ground.clean.find(mention.name, mention.start, mention.end)
    return (inside, inside + len(mention.name)) if inside >= 0 else (mention.start, mention.end)


def read_post(ground: Ground, start: int, end: int, place: str | None, seen: int | None = None) -> tuple[Held, ...]:
    """Return the post with which ``clean[start:end]`` ends and its body; two where 兼 joins them (院长兼首席科学家)."""
    words, clean = post_words(), ground.clean
    whole = end
    end -= clean[end - 1 : end] == "”"  # 是某研究院的“兼职院长”
    for tail in (_ASIDE, _AFTER_POST, _ASIDE):
        if found := tail.search(clean, start, end):
            end = found.start()
    post = words.before.search(clean, start, end)
    if post is None:
        return ()
    begin, stop = post.span("post")
    inner = [m.end for m in ground.within(max(start, begin - 60), stop) if begin < m.end < stop - 1 and m.type in ORGANISATIONS]
    begin = inner[-1] if inner else begin  # 兴邦科技总经理: 科技 belongs to the firm
    printed, before = begin, next((word for word in (*_PAST[::-1], *_NOW) if clean.endswith(word, start, begin)), "")
    begin, former = begin - len(before), before in _PAST
    begin -= clean[begin - 1 : begin] == "“" and begin > start
    body = body_before(ground, start, begin, place, seen) if begin > start else None
    opening = body.start if body else begin
    former = former or (clean[opening - 1 : opening] in _PAST and opening > start)
    if body and body.name.startswith("原") and clean[body.start] == "原":  # 原华光公司总工程师
        name = body.name[1:]
        body, former = Body(ground.printed.get(name, name), body.start, body.unit, body.own), True
    words_before = "" if body else _words_before(clean[start:begin])
    if words_before and words.firm.search(post["post"]) and _FIRM.fullmatch(words_before):  # a short name: 凌钛新材|董事长
        body, words_before = Body(words_before, begin - len(words_before)), ""
        opening = body.start
    opening -= len(words_before)
    held = Held(opening, whole, clean[printed:stop], body, former, words_before)
    if also := post["also"]:
        return held, Held(opening, whole, also, Body(body.name, body.start) if body else None, former)
    return (held,)


def _words_before(words: str) -> str:
    """Return the words that belong to a post without being its body (全国政协, 人工智能领域知名), from where they are a noun."""
    found = _NOUN.search(words)
    noun = found[0].lstrip("用据经被让按以") if found else ""
    pointer = next((size for size in (4, 3, 2) if is_deictic(noun[:size])), 0)  # 该公司|技术中心
    return noun[pointer:]


def chain_before(ground: Ground, end: int, place: str | None) -> Iterator[Held]:
    """Yield what stands before the name that begins at ``end``, the nearest first (宁波大学副校长、国家杰青、甬江研究院院长|张明)."""
    words, clean = post_words(), ground.clean
    while clean[end - 1 : end] in ("：", ":", " ", "　", "”", "的") and end:
        end -= 1  # 主任：张明, 代市长　张明, 时任局长的张明
    for _ in range(_LONGEST_CHAIN):
        start = max(ground.masked.rfind(mark, max(0, end - _LONGEST_ITEM), end) for mark in "、，。；：\n") + 1
        if clean[end - 1] != "）":
            start = max(
                start, clean.rfind("（", max(0, end - _LONGEST_ITEM), end) + 1, clean.rfind("(", max(0, end - _LONGEST_ITEM), end) + 1
            )
        person = ground.last_person(start, end)
        joint = _JOINT.match(clean, person.end, end) if person else None
        if person and joint is None:
            return  # 主任张明教授、董事长|李晓东
        first = joint.end() if joint else start  # 副市长王强与中国工程院院士|李明
        if posts := read_post(ground, first, end, place):
            yield from reversed(posts)
            beside = posts[0].start - 1  # 某委副主任兼|某院院长
            if beside > first and clean[beside] == "兼":
                yield from read_post(ground, first, beside, place)
        elif words.laurel.search(clean, first, end) or words.honour.search(clean, first, end):
            yield Held(first, end, "")
        else:
            return
        if person or not (clean[start - 1 : start] == "、" or _goes_on(ground, start - 1)):
            return
        end = start - 1


def _goes_on(ground: Ground, comma: int) -> bool:
    """Return whether a post without a name stands before a comma: it is that of who is named behind it (副市长，高新区书记|张明)."""
    if ground.clean[comma : comma + 1] not in ("，", ","):
        return False
    start = max(ground.masked.rfind(mark, max(0, comma - _LONGEST_ITEM), comma) for mark in "、，。；：\n") + 1
    posts = read_post(ground, start, comma, None) if not ground.last_person(start, comma) else ()
    return ground.clean[start - 1 : start] in ("", "、", "。", "\n") and any(held.start == start for held in posts)


def chain_behind(ground: Ground, start: int, place: str | None, seen: int) -> Iterator[Held]:
    """Yield the posts that a verb of appointment governs: 现任|湖北工业大学校长、党委副书记; ``seen`` as in ``body_before``."""
    for _ in range(_LONGEST_CHAIN):
        stop = _ITEM_END.search(ground.masked, start, min(len(ground.masked), start + _LONGEST_ITEM))
        end = stop.start() if stop else start
        if end <= start or any(m.type in PERSONS for m in ground.within(start, end)):
            return
        posts = read_post(ground, start, end, place, seen) or _cut(ground, start, end, place, seen)
        if not posts:
            return
        yield from posts
        if ground.masked[end : end + 1] != "、":
            return
        start = end + 1


def _cut(ground: Ground, start: int, end: int, place: str | None, seen: int) -> tuple[Held, ...]:
    """Return the post with which a stretch begins, where more follows (担任院长已有三年)."""
    found = post_words().post.search(ground.clean, start, end)
    if found is None or ground.clean[found.end() : found.end() + 1] in "助办候":
        return ()
    between = ground.clean[start : found.start()]
    named = any(m.end == found.start() and m.type in ORGANISATIONS for m in ground.within(start, found.start()))
    return read_post(ground, start, found.end(), place, seen) if not between or named or post_words().body.fullmatch(between) else ()
