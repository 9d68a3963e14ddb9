"""People named beside a title or a post: before it (李明院士, 研究院陈武院长) or behind it (院长陈武登台)."""

import re
from collections.abc import Iterator
from functools import cache

from kg.mentions.given_names import BREAK, is_known_place, is_name, is_sure_name, opens_with_name, persons_file, post_before, words
from kg.mentions.walls import Walls
from kg.rules import alternation

Found = Iterator[tuple[int, int, bool]]
_FELLOW = re.compile(r"院士(?:、|，|兼|，现任|，现为)[^、，。；：\n]{0,24}$")
_IN_OFFICE = re.compile(r"(?:时任|担任|现任|身为)[^，。；\n]{0,24}$")
_MOST = 16  # names of a list behind one post


def find_before_titles(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the people named before what they are called: 由李国栋院士领衔, 研究院陈武院长."""
    for match in pattern.finditer(clean):
        title = match.start()
        sure = match[0] in words("address")
        for size in (4, 3, 2):
            start = title - size
            if start < 0 or not is_name(clean[start:title]) or clean[start - 1 : start] == "·":
                continue
            plain = clean[start] not in words("weak")
            if not plain and size > 2 and walls.soft_left(title - 1) == start + 1 and is_sure_name(clean[start + 1 : title]):
                continue  # 由李明院士: 由 is no surname where a name stands behind it
            if _named_before(clean, walls, start, title, plain, sure) or (
                size == 2 and plain and not sure and _presented(clean, start, match)
            ):
                yield start, title, match[0].startswith("院士") or clean.endswith("院士", 0, start)
                break


def _named_before(clean: str, walls: Walls, start: int, title: int, plain: bool, sure: bool) -> bool:
    """Return whether the two to four characters before a title are a name, by what they are and what stands before them."""
    size = title - start
    if not ((plain and (sure or size > 2)) or (sure and size > 2)):
        return False
    led_in = (size >= 3 or (sure and plain)) and clean.endswith((*words("house"), *words("introducing")), 0, start)
    return led_in or walls.soft_left(title - 1) == start or start == 0 or clean[start - 1] in BREAK or post_before(clean, start)


def _presented(clean: str, start: int, post: re.Match[str]) -> bool:
    """Return whether a name of two characters stands between a house or a break and the post of who acts (该院陈武院长介绍)."""
    free = start == 0 or clean[start - 1] in BREAK or clean.endswith(tuple(words("house")), 0, start)
    acts = clean[post.end() : post.end() + 1] in BREAK or speech().match(clean, post.end())
    return bool(free and acts) and not is_known_place(clean[start : post.start()])


def find_after_posts(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the people named behind a post, and those who share it: 副院长王芳、李晓明分别汇报."""
    for match in pattern.finditer(clean):
        start = match.end()
        if clean[start : start + 1] in "、" and match[0] == "院士":
            continue
        fellow = match[0] == "院士" or bool(_FELLOW.search(clean[max(0, match.start() - 30) : match.start()]))
        owned = clean[start - 1] == "的"  # 时任局长的周航, but not 院长的高见
        in_office = owned and _IN_OFFICE.search(clean, max(0, match.start() - 40), match.start())
        ends = list(names_from(clean, start, walls))
        if owned and ends and not (is_sure_name(clean[start : ends[0]]) and (ends[0] - start > 2 or in_office)):
            continue
        if not ends and not owned and match["post"].endswith(tuple(words("called"))):
            ends = _told_name(clean, start, walls)
        if not ends and not owned and match["post"].endswith(tuple(words("grade"))):
            ends = _short_name(clean, start)
        for end in ends:
            yield start, end, fellow
            start = end + 1


def _told_name(clean: str, start: int, walls: Walls) -> list[int]:
    """Return the end of a name that no known word follows (工程师温小蔓大专毕业), or of one without a surname (教授斯琴图雅)."""
    if opens_with_name(clean, start):
        return [start + 3]
    name = _without_surname().match(clean, start)
    return [name.end()] if name and _ends_at(clean, start, name.end(), walls, False) else []


def _short_name(clean: str, start: int) -> list[int]:
    """Return the end of a name of two characters whose surname is often another word, before a mark or a verb (院士金涌牵头)."""
    end = start + 2
    verb = speech().match(clean, end)
    closed = end <= len(clean) and (not clean[end : end + 1] or clean[end] in BREAK or bool(verb and verb.end() - end > 1))
    return [end] if closed and is_name(clean[start:end]) else []


def names_from(clean: str, start: int, walls: Walls) -> Iterator[int]:
    """Yield the end of the name at ``start`` and of those that follow it after 、."""
    for count in range(_MOST):
        end = name_at(clean, start, walls, count > 0)
        if end is None:
            return
        yield end
        if clean[end : end + 1] != "、":
            return
        start = end + 1


def name_at(clean: str, start: int, walls: Walls, in_list: bool = False, sure: bool = False) -> int | None:
    """Return the end of the name that begins at ``start``; ``sure``: behind 记者 and the like, where names follow one another."""
    for size in (2, 3, 4):
        if sure and is_name(clean[start : start + size]) and credit().match(clean, start + size):
            return start + size
    for size in (4, 3, 2):
        end = start + size
        if end > len(clean) or not is_name(clean[start:end]) or (size == 2 and not sure and clean[start] in words("weak")):
            continue
        if clean[end : end + 1] == "·":
            return None
        if not (size == 3 and _swallows_verb(clean, start, end)) and _ends_at(clean, start, end, walls, in_list):
            return end
    return None


def _swallows_verb(clean: str, start: int, end: int) -> bool:
    """Return whether the third character belongs to what the person does: 吴琼|担任."""
    verb = speech().match(clean, end - 1) if is_name(clean[start : end - 1]) else None
    return verb is not None and verb.end() > end


def _ends_at(clean: str, start: int, end: int, walls: Walls, in_list: bool) -> bool:
    """Return whether what follows says that a name ends at ``end``: a mark, a verb, 等."""
    after = clean[end : end + 1]
    if not after or after in BREAK or after.isascii() or after == "—" or clean.startswith(("等", "和", "三位", "两位"), end):
        return True
    if credit().match(clean, end) or (not in_list and walls.wall_word_at(end) and (end - start > 2 or clean[start] not in words("weak"))):
        return True
    certain = not in_list or (end - start == 3 and is_sure_name(clean[start:end]))
    return certain and speech().match(clean, end) is not None


@cache
def _without_surname() -> re.Pattern[str]:
    """Return the pattern of names of peoples that have no surnames, as they are written with Chinese characters."""
    return re.compile(f"[{''.join(words('syllable'))}]{{3,6}}")


@cache
def speech() -> re.Pattern[str]:
    """Return the pattern of what people do and are called, right behind a name."""
    return re.compile(alternation(persons_file().words["speech"] + persons_file().words["honorific"]))


@cache
def credit() -> re.Pattern[str]:
    """Return the pattern of the words that stand before the names of a credit line."""
    return re.compile(alternation(persons_file().words["credit"]) + "|[文图][：:/／]")
