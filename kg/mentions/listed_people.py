"""People named one after the other: in a list that says what they all are, in front of it or behind it, or as signatures."""

import re
from collections.abc import Iterator

from kg.mentions.given_names import BREAK, is_known_place, is_name, is_sure_name, post_before, words
from kg.mentions.walls import Walls

Found = Iterator[tuple[int, int, bool]]
_JOINTS = "、和与及 　"
_MOST = 40  # names of a list
_ROW = 3  # names one after the other that need no word to say that they are people


def find_in_lists(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the names of a list that ends with what they all are (张明、李国栋等博士12名); one bare name makes no list."""
    for match in pattern.finditer(clean):
        names: list[tuple[int, int]] = []
        end = match.start()
        while len(names) < 8 and (start := _listed_name(clean, end, walls)) is not None:
            names.append((start, end))
            if clean[start - 1 : start] not in ("、", "和"):
                break
            end = start - 1
        if len(names) >= 2:
            fellow = match[0].endswith("院士")
            yield from ((start, end, fellow) for start, end in reversed(names))


def _listed_name(clean: str, end: int, walls: Walls) -> int | None:
    """Return where the name that ends at ``end`` begins: behind a joint, a wall or what the people are called (人才, 专家)."""
    for size in (4, 3, 2):
        start = end - size
        if start < 0 or not is_name(clean[start:end]) or (size == 2 and clean[start] in words("weak")):
            continue
        if size > 2 and clean[start] in words("weak") and is_sure_name(clean[start + 1 : end]):
            continue  # 由陈丽和张军: 由 is no surname where a name stands behind it
        if clean[start - 1 : start] in ("、", "和", "了") or walls.soft_left(end - 1) == start or start == 0:
            return start
        if clean[start - 1] in BREAK or clean.endswith(("人才", "人员", "骨干", *words("house")), 0, start) or post_before(clean, start):
            return start
    return None


def find_announced(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the names of a list that a word for people announces (专家名单为：张明、李国栋); one bare name makes no list."""
    for match in pattern.finditer(clean):
        names = _names_at(clean, match.end())
        if len(names) >= 2:
            yield from ((start, end, "院士" in match[0]) for start, end in names)


def find_signed(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the names that stand alone in brackets behind the last sentence of a paragraph: （李晓明　王芳）."""
    for match in pattern.finditer(clean):
        names = _names_at(clean, match.start() + 1)
        if names and names[-1][1] == match.end() - 1 and not any(is_known_place(clean[start:end]) for start, end in names):
            yield from ((start, end, False) for start, end in names)


def find_rows(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield names of three characters in a row of at least three (、王海燕、赵志强、孙晓莉等): so many words alike are no chance."""
    done = 0
    for match in pattern.finditer(clean):
        if match.start() < done or not is_sure_name(match["name"]):
            continue
        start = match.start()
        while (before := start - 3) >= done and clean[start] == "、" and is_sure_name(clean[before:start]):
            start = before - 1  # the joint before that name
            if start < 0 or clean[start] != "、":
                break
        names = _names_at(clean, start + 1)
        done = names[-1][1] if names else match.end()
        if len(names) >= _ROW and all(is_sure_name(clean[s:e]) and not is_known_place(clean[s:e]) for s, e in names):
            yield from ((s, e, False) for s, e in names)


def find_of_houses(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the names that stand right behind a house, one beside the other (清华大学王雨桐、天津大学刘澍)."""
    for match in pattern.finditer(clean):
        if is_sure_name(match["name"]) and not is_known_place(match["name"]):
            yield *match.span("name"), False


def find_latin(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield names in Latin letters that have a post before them or a title behind them."""
    for match in pattern.finditer(clean):
        if post_before(clean, match.start()) or clean.startswith(tuple(words("address")), match.end()):
            yield *match.span(), clean.endswith("院士", 0, match.start())


def _names_at(clean: str, start: int) -> list[tuple[int, int]]:
    """Return the names that follow one another from ``start``, parted by 、, 和 or blanks, each with a mark or a joint behind it."""
    names: list[tuple[int, int]] = []
    while len(names) < _MOST:
        end = next((start + size for size in (4, 3, 2) if _closed(clean, start, start + size)), None)
        if end is None:
            return names
        names.append((start, end))
        while end < len(clean) and clean[end] in _JOINTS:
            end += 1
        if end == names[-1][1]:
            return names
        start = end
    return names


def _closed(clean: str, start: int, end: int) -> bool:
    """Return whether a name stands from ``start`` to ``end``, where a mark or a joint follows."""
    after = clean[end : end + 1]
    return end <= len(clean) and (not after or after in BREAK or after in _JOINTS or after in "等组—") and is_name(clean[start:end])
