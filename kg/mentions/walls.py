"""Where a name can begin: the walls to the left of each character.

One pass of an Aho-Corasick automaton over the text finds the words that no name contains (verbs, adverbs, measure
words) and the words that only seem to contain one (华为 is no 为). Quotation marks and brackets may stand inside a
name, other punctuation may not. Everything is linear in the length of the text.
"""

import re
from dataclasses import dataclass
from functools import cache

import ahocorasick

from kg.mentions.gazetteer import organisations, places
from kg.mentions.places import everyday
from kg.rules import RuleFile, alternation, rules

OPTIONS = ("type", "after", "inner", "level", "least", "most", "bare", "near", "common", "whole")
_OPEN = {"“": "”", "（": "）", "(": ")"}
_CLOSE = {close: opened for opened, close in _OPEN.items()}
_HARD = frozenset("。！？!?；;，,：:、《》\n【】[]「」『』…—|·•●■◆▲*#<>　=\t")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年度?(?=[\u4e00-\u9fff])")
_STOPS = frozenset("。！？!?；;，")
LONGEST = 60  # characters of a name; nothing is looked for farther to the left


@dataclass(frozen=True, slots=True)
class Walls:
    """``left[i]``: the first character that a name ending with ``i`` may begin with.

    ``left`` counts hard walls only. ``soft_left[i]`` also counts the words that documents and programmes may contain.
    ``begins`` holds the places where a wall word of two or more characters begins.
    """

    left: tuple[int, ...]
    soft_left: tuple[int, ...]
    begins: frozenset[int]


def words(name: str) -> tuple[str, ...]:
    """Return the word list ``name`` of ``names.toml``."""
    return tuple(names_file().words[name])


@cache
def names_file() -> RuleFile:
    """Return the rules of ``names.toml``, read once."""
    return rules("names", *OPTIONS)


@cache
def _automaton() -> ahocorasick.Automaton:
    """Return the automaton of all known words: value ``(kind, length)``, kinds ``shield``, ``soft`` and ``wall``."""
    kinds: dict[str, str] = {}
    for name in organisations():
        kinds[name] = "shield"
    plain = everyday()
    for place in places().values():
        kinds[place.name] = "shield"
        if place.short and place.short not in plain and (place.level != "county" or len(place.short) > 2):
            kinds[place.short] = "shield"
    for kind in ("shield", "wall", "soft"):
        for word in words(kind):
            kinds[word] = kind
    automaton = ahocorasick.Automaton()
    for word, kind in kinds.items():
        automaton.add_word(word, (kind, len(word)))
    automaton.make_automaton()
    return automaton


@cache
def _counted() -> re.Pattern[str]:
    """Return the pattern of a number with its measure word (8家, 一批, 近20个)."""
    measure, number = alternation(words("measure")), alternation(words("number"))
    return re.compile(
        rf"(?:[0-9][0-9.]*[余多]?[万亿]?[余多]?|(?<![第之统唯单专同万]){number}{{1,4}}[余多]?){measure}(?![大强年级化体园镇路次])"
    )


def find_walls(clean: str) -> Walls:
    """Return the walls of ``clean``."""
    size = len(clean)
    wall = bytearray(size + 1)  # 1 soft, 2 hard: no name that ends later begins before here
    begins: set[int] = set()
    for end, (kind, length) in _automaton().iter_long(clean):
        if length > 1 and kind != "shield":
            begins.add(end + 1 - length)
        if kind == "wall":
            _mark(wall, end + 1 - length, end + 1, 2)
        elif kind == "soft":
            _mark(wall, end + 1 - length, end + 1, 1)
    for match in _counted().finditer(clean):
        if not (match[0][-1] in "年" or (match[0][0] in "一二三四五六七八九十" and match.end() - match.start() > 3)):
            _mark(wall, match.start(), match.end(), 2)
    for match in _YEAR.finditer(clean):
        wall[match.end()] = 2
    left, soft_left = _walk(clean, wall)
    return Walls(left, soft_left, frozenset(begins))


def _mark(wall: bytearray, start: int, end: int, strength: int) -> None:
    wall[end] = max(wall[end], strength)


def _single(clean: str, i: int) -> bool:
    """Return whether the dash at ``i`` joins two words (中国—东盟) and is no break (——)."""
    return i > 0 and clean[i - 1].isalpha() and clean[i + 1 : i + 2].isalpha()


def _walk(clean: str, wall: bytearray) -> tuple[tuple[int, ...], tuple[int, ...]]:
    left, soft_left = [0] * len(clean), [0] * len(clean)
    hard = soft = 0
    stack: list[tuple[str, int, int]] = []
    for i, char in enumerate(clean):
        if wall[i]:
            soft = i
            if wall[i] == 2:
                hard = i
        if char in _OPEN:
            stack = [*stack[-3:], (char, hard, soft)]
            left[i], soft_left[i] = hard, soft
            hard = soft = i + 1
            continue
        if char in _CLOSE:
            opened = stack.pop() if stack else None
            if opened and opened[0] == _CLOSE[char] and opened[1] >= 0:
                _, hard, soft = opened
            else:
                hard = soft = i + 1
        elif char in _HARD and not (char == "—" and _single(clean, i)) and not (char == "·" and clean[i + 1 : i + 2] not in "\n "):
            hard = soft = i + 1
            if char == "\n":
                stack = []
            elif stack and char in _STOPS:
                stack[-1] = (stack[-1][0], -1, -1)  # a sentence stands in the quotation marks, not a name
        left[i], soft_left[i] = max(hard, i + 1 - LONGEST), max(soft, i + 1 - LONGEST)
    return tuple(left), tuple(soft_left)
