"""People whom a report names without a title beside them: in a list closed by what they are, or as those of whom it tells."""

from collections.abc import Iterator

from kg.mentions.gazetteer import places_called
from kg.mentions.given_names import BREAK, is_name, is_sure_name, opens_with_name, post_before, words
from kg.mentions.walls import Walls
from kg.rules import Rule

Found = Iterator[tuple[int, int, bool]]


def find_told(clean: str, walls: Walls, rule: Rule) -> Found:
    """Yield the people of whom a feature tells: names of three characters behind an age, or at the head of a clause."""
    for match in rule.finditer(clean):
        start = match.end() if match["age"] else match.start() - 3
        free = bool(match["age"]) or start <= 0 or clean[start - 1] in BREAK
        if free and opens_with_name(clean, start):
            yield start, start + 3, False


def find_honoured(clean: str, walls: Walls, rule: Rule) -> Found:
    """Yield the people who open a clause with what only people do: names whose surname is hardly another word."""
    for match in rule.finditer(clean):
        for size in (3,) if match[0].startswith(("牵头", "领衔")) else (3, 2):  # 徐工牵头组建: firms do that as well
            start = match.start() - size
            free = start == 0 or (start > 0 and (clean[start - 1] in BREAK or clean[start - 1] == "的"))
            if free and is_sure_name(clean[start : match.start()]) and not _known_place(clean[start : match.start()]):
                yield start, match.start(), False
                break


def find_named(clean: str, walls: Walls, rule: Rule) -> Found:
    """Yield the people whom a verb of appointment names before their post (任命张明为院长)."""
    for match in rule.finditer(clean):
        for size in (4, 3, 2):
            end = match.end() + size
            if is_sure_name(clean[match.end() : end]) and clean.startswith(("为", "任", "担任", "出任", "同志", "兼任"), end):
                yield match.end(), end, False
                break


def find_bracketed(clean: str, walls: Walls, rule: Rule) -> Found:
    """Yield the people whose post stands in brackets or between commas behind the name, at the head of a line, a clause or a list item."""
    for match in rule.finditer(clean):
        comma = clean[match.start()] == "，"
        for size in (4, 3) if comma else (4, 3, 2):
            start = match.start() - size
            free = start == 0 or (start > 0 and clean[start - 1] in ("\n；。.．：" if comma else BREAK | {"和", "与"}))
            if free and is_sure_name(clean[start : match.start()]):
                yield start, match.start(), "院士" in clean[match.start() : match.start() + 30].partition("）")[0]
                break


def _known_place(text: str) -> bool:
    """Return whether ``text`` is also the name of a division (许昌获评)."""
    return bool(places_called(text))


def find_in_lists(clean: str, walls: Walls, rule: Rule) -> Found:
    """Yield the names of a list that ends with what they all are (张明、李国栋等博士12名); one bare name makes no list."""
    for match in rule.finditer(clean):
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
        if clean[start - 1] in BREAK or clean.endswith(("人才", "人员", "骨干"), 0, start) or post_before(clean, start):
            return start
    return None
