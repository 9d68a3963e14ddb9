"""People whom a report names without a title beside them: by what they are appointed to, honoured with, or as those of whom it tells."""

import re
from collections.abc import Iterator

from kg.mentions.given_names import BREAK, is_known_place, is_sure_name, opens_with_name, words
from kg.mentions.walls import Walls

Found = Iterator[tuple[int, int, bool]]


def find_told(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the people of whom a feature tells: names of three characters behind an age, or at the head of a clause."""
    for match in pattern.finditer(clean):
        start = match.end() if match["age"] else match.start() - 3
        free = bool(match["age"]) or start <= 0 or clean[start - 1] in BREAK
        if free and opens_with_name(clean, start):
            yield start, start + 3, False


def find_honoured(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the people who open a clause with what only people do: names whose surname is hardly another word."""
    for match in pattern.finditer(clean):
        for size in (3,) if match[0].startswith(("牵头", "领衔")) else (3, 2):  # 徐工牵头组建: firms do that as well
            start = match.start() - size
            free = start == 0 or (start > 0 and (clean[start - 1] in BREAK or clean[start - 1] == "的"))
            if free and is_sure_name(clean[start : match.start()]) and not is_known_place(clean[start : match.start()]):
                yield start, match.start(), False
                break


def find_appointed(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the people before a verb of taking or leaving a post, and those who share it: 王海燕、赵志强为副理事长."""
    for match in pattern.finditer(clean):
        end = match.start()
        while (start := _appointee(clean, walls, end)) is not None:
            yield start, end, False
            if clean[start - 1 : start] not in ("、", "和", "与"):
                break
            end = start - 1


def _appointee(clean: str, walls: Walls, end: int) -> int | None:
    """Return where the name that ends at ``end`` begins: behind a break, a joint, a wall or a verb of appointment."""
    for size in (4, 3, 2):
        start = end - size
        if start < 0 or not is_sure_name(clean[start:end]) or is_known_place(clean[start:end]):
            continue
        opens = start == 0 or clean[start - 1] in BREAK or clean[start - 1] in "和与由"
        if opens or walls.soft_left(end - 1) == start or clean.endswith(tuple(words("naming")), 0, start):
            return start
    return None


def find_named(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the people whom a verb of appointment names before their post (任命张明为院长, 聘请张明、王芳为研究员)."""
    for match in pattern.finditer(clean):
        names: list[tuple[int, int]] = []
        start = match.end()
        while end := next(
            (start + size for size in (4, 3, 2) if is_sure_name(clean[start : start + size]) and _goes_on(clean, start + size)), 0
        ):
            names.append((start, end))
            if clean[end] not in "、和与":
                break
            start = end + 1
        if names and clean.startswith(tuple(words("as_post")), names[-1][1]):
            yield from ((start, end, False) for start, end in names)


def _goes_on(clean: str, end: int) -> bool:
    """Return whether another name or the post follows a name that ends at ``end``."""
    return clean[end : end + 1] in ("、", "和", "与") or clean.startswith(tuple(words("as_post")), end)


def find_bracketed(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    """Yield the people whose post stands in brackets or between commas behind the name, at the head of a line, a clause or a list item."""
    for match in pattern.finditer(clean):
        comma = clean[match.start()] == "，"
        for size in (4, 3) if comma else (4, 3, 2):
            start = match.start() - size
            free = start == 0 or (start > 0 and clean[start - 1] in ("\n；。.．：" if comma else BREAK | {"和", "与"}))
            if free and is_sure_name(clean[start : match.start()]):
                yield start, match.start(), "院士" in clean[match.start() : match.start() + 30].partition("）")[0]
                break
