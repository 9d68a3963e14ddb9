"""Find what a list names by what closes it: fields before 等领域, projects before 等项目建设 (``kg/rules/enumerated.toml``)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from kg.mentions.mention import Mention
from kg.mentions.modifiers import balanced, is_generic
from kg.mentions.walls import Walls
from kg.rules import Rule, RuleFile, alternation, rules

OPTIONS = ("type", "suffix", "least", "most", "free", "needs", "named", "several")
_EDGE = re.compile(r"[，。；：！？\n]")
_OPEN_END = frozenset("和与及的、")  # 文化、旅游融合和产业发展: what follows is an item of its own
_LAST_JOINT = re.compile("以及|和")
_NUMBER = re.compile(r"[0-9]{2,}|[0-9][万亿个家项%]|其中|分别|左右|以上")
_FADED = re.compile(  # what says how an item is, and not what it is
    "^(?:第?[一二三](?:期|产业)?|与.*)$|[一二三四五六七八九十]大|事业|占比|突出|明显|显著|诸多|(?:扩产|攻关|策源地|高地|战略性|特色|优势|支柱|主导|幸福|民生|首位|做强|培育)(?:产业)?$"
)
_REACH = 160  # characters of a list
_MOST = 16  # items of a list
Piece = tuple[int, int]


@cache
def _file() -> RuleFile:
    return rules("enumerated", *OPTIONS)


@cache
def _opening() -> re.Pattern[str]:
    """Return the pattern of the words behind which a list of projects begins, and of the little words after them."""
    return re.compile(f"{alternation(_file().words['opening'])}(?:了|好)?")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(f"[一-龥]{{0,6}}?{alternation(_file().words['leading'])}(?=..)")


@cache
def _state() -> re.Pattern[str]:
    return re.compile(alternation(_file().words["state"]))


def find_enumerated(clean: str, walls: Walls) -> list[Mention]:
    """Return the items of lists as names of the type that the word behind the list gives them.

    A list has at least two items and stands in one clause. Known names in it keep their own type, since of two equal spans
    the first found stays (``kg.mentions.names.settle``).
    """
    found: list[Mention] = []
    for rule in _file().rules:
        for match in rule.finditer(clean):
            items = list(_items(clean, walls, rule, match.start()))
            if len(items) >= rule.options.get("several", 2) and _fits(clean, rule, items):
                found += _named(clean, rule, reversed(items), match.groupdict().get("suffix") or "")
    return found


def _named(clean: str, rule: Rule, items: Iterable[Piece], suffix: str) -> Iterator[Mention]:
    """Yield the items that can be names of their own; one that does not say what it is takes over the closing word (教育 → 教育行业)."""
    for start, end in items:
        printed = clean[start:end]
        own = not suffix or printed.endswith((suffix, suffix[-2:], suffix[-1]))
        if end - start >= rule.options["least"] and not _FADED.search(printed) and not (suffix and own and is_generic(printed)):
            yield Mention(start, end, printed if own else printed + suffix, rule.options["type"], rule.id, printed)


def _items(clean: str, walls: Walls, rule: Rule, end: int) -> Iterator[Piece]:
    """Yield the items of the list that ends at ``end``, the last first; nothing where one of them cannot be a name."""
    floor = max((m.end() for m in _EDGE.finditer(clean, max(0, end - _REACH), end)), default=max(0, end - _REACH))
    cuts = [floor, *(i for i in range(floor, end) if clean[i] == "、"), end]
    if clean[end - 1 : end] in _OPEN_END:
        return
    pieces = [(a + (clean[a : a + 1] == "、"), b) for a, b in pairwise(cuts)]
    if len(pieces) > 1:
        pieces[-1:] = _halves(clean, *pieces[-1])
    for piece in reversed(pieces[-_MOST:]):
        start = _start(clean, walls, rule, piece, first=piece is pieces[0])
        if rule.options.get("named") and walls.soft_left(piece[1]) == piece[1]:
            return  # 新建、重组3个实验室: what is done, not what they are called
        if start is None or not 2 <= piece[1] - start <= rule.options["most"]:
            return
        yield start, piece[1]
        if start > piece[0]:
            return


def _halves(clean: str, start: int, end: int) -> list[Piece]:
    """Split the last item of a list at 和 or 以及 (A、B和C); an item with no joint stays whole."""
    joint = _LAST_JOINT.search(clean, start + 2, end - 2)
    return [(start, joint.start()), (joint.end(), end)] if joint else [(start, end)]


def _start(clean: str, walls: Walls, rule: Rule, piece: Piece, *, first: bool) -> int | None:
    """Return where an item begins: behind its 、, or where a wall or an opening verb stands before the first one."""
    start, end = piece
    if end - start < 2 or not balanced(clean[start:end]):
        return None
    if rule.options.get("free"):
        verb = next((m for m in _opening().finditer(clean, start, end)), None) if first else None
        return verb.end() if verb else None if first else start
    low = walls.soft_left(end - 1)
    if low > start and clean[low - 1] == "与" and low - start > 2:  # 新能源与节能环保 is one field
        low = walls.soft_left(low - 2)
    if first and (verb := _leading().match(clean, low, end)):
        low = verb.end()
    return max(low, start)


def _fits(clean: str, rule: Rule, items: list[Piece]) -> bool:
    """Return whether ``items`` look like names of one kind: no numbers, not all of common words, not what somebody does."""
    names = [clean[start:end] for start, end in items]
    if rule.options.get("named") and any(is_generic(name) for name in names):
        return False
    if any(_NUMBER.search(name) and not rule.options.get("free") for name in names):
        return False
    if needed := rule.options.get("needs"):
        return any(name.endswith(_file().words[needed]) for name in names) and not any(is_generic(name) for name in names)
    if rule.options.get("free"):
        return not any(is_generic(name) for name in names)
    if any(_state().search(name) for name in names):
        return False
    odd = sum(len(name) < rule.options["least"] or name.endswith(_file().words["deed"]) for name in names)
    return 2 * odd < len(names) and not all(is_generic(name) and len(name) < 4 for name in names)
