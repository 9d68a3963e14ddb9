"""Where a name can begin: the walls to the left of each character.

One pass of an Aho-Corasick automaton over the text finds the words that no name contains (verbs, adverbs, measure
words) and the words that only seem to contain one (华为 is no 为). Quotation marks and brackets may stand inside a
name, other punctuation may not. Everything is linear in the length of the text.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from kg.mentions.gazetteer import organisations, places
from kg.mentions.lexicon import Lexicon
from kg.mentions.places import everyday
from kg.rules import RuleFile, alternation, rules

OPTIONS = ("type", "after", "inner", "level", "least", "most", "bare", "near", "common", "whole", "plain", "own")
_OPEN = {"“": "”", "（": "）", "(": ")"}
_CLOSE = {close: opened for opened, close in _OPEN.items()}
_HARD = frozenset("。！？!?；;，,：:、《》\n【】[]「」『』…—|·•●■◆▲*#<>　=\t")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年度?(?=[\u4e00-\u9fff])")
_STOPS = frozenset("。！？!?；;，")
_MARK = re.compile("[" + re.escape("".join(sorted({*_OPEN, *_CLOSE, *_HARD}))) + "]")
_SOFT_WALL, _HARD_WALL, _MARKED = 1, 2, 4
_BEHIND = {"shield": 0, "verb": _SOFT_WALL, "soft": _SOFT_WALL, "wall": _HARD_WALL}
_EVENT = re.compile(rb"[^\0]")
LONGEST = 60  # characters of a name; nothing is looked for farther to the left


@dataclass(frozen=True, slots=True)
class Walls:
    """Where names may begin; only the places at which that changes are kept, so a long text costs little.

    From ``turns[k]`` on a name may reach back to ``hard[k]``, or to ``soft[k]`` when the words that only documents and
    programmes may contain count as walls too. ``begins`` holds the places where a wall word of two or more characters begins.
    """

    turns: "array[int]"
    hard: "array[int]"
    soft: "array[int]"
    begins: "array[int]"

    def wall_word_at(self, i: int) -> bool:
        """Return whether a wall word of two or more characters begins at ``i``."""
        at = bisect_left(self.begins, i)
        return at < len(self.begins) and self.begins[at] == i

    def left(self, i: int) -> int:
        """Return the first character that a document or programme whose name ends with character ``i`` may begin with."""
        first = self.hard[bisect_right(self.turns, i) - 1]
        return first if i - first < LONGEST else i + 1 - LONGEST

    def soft_left(self, i: int) -> int:
        """Return the first character that any other name ending with character ``i`` may begin with."""
        first = self.soft[bisect_right(self.turns, i) - 1]
        return first if i - first < LONGEST else i + 1 - LONGEST


def words(name: str) -> tuple[str, ...]:
    """Return the word list ``name`` of ``names.toml``."""
    return tuple(names_file().words[name])


@cache
def names_file() -> RuleFile:
    """Return the rules of ``names.toml``, read once."""
    return rules("names", *OPTIONS)


@cache
def _known() -> Lexicon[int]:
    """Return all known words: the wall behind a wall word, 0 behind one that shields."""
    kinds: dict[str, str] = {}
    for name in organisations():
        kinds[name] = "shield"
    plain, in_words = everyday(), rules("places", "type").words["in_words"]
    for place in places().values():
        if place.name not in in_words:
            kinds[place.name] = "shield"
        if place.short and place.short not in plain and (place.level != "county" or len(place.short) > 2):
            kinds[place.short] = "shield"
    for kind in ("shield", "verb", "wall", "soft"):
        for word in words(kind):
            kinds[word] = kind
    return Lexicon({word: _BEHIND[kind] for word, kind in kinds.items()})


@cache
def _counted() -> re.Pattern[str]:
    """Return the pattern of a number with its measure word (8家, 一批, 近20个)."""
    measure, number = alternation(words("measure")), alternation(words("number"))
    return re.compile(
        rf"(?:[0-9][0-9.]*[余多]?[万亿]?[余多]?|(?<![第之统唯单专同万]){number}{{1,4}}[余多]?){measure}(?![强年级化体园镇路次]|大(?!学))"
    )


def find_walls(clean: str) -> Walls:
    """Return the walls of ``clean``."""
    wall = bytearray(len(clean) + 1)  # no name that ends later begins before here; also: a mark stands here
    begins = array("I")
    for start, end, found in _known().find(clean):
        if found:
            wall[end] = found
            if end - start > 1:
                begins.append(start)
    for match in _counted().finditer(clean):
        if not (match[0][-1] == "年" or (match[0][0] in "一二三四五六七八九十" and match.end() - match.start() > 3)):
            wall[match.end()] = _HARD_WALL
    for match in _YEAR.finditer(clean):
        wall[match.end()] = _HARD_WALL
    for match in _MARK.finditer(clean):
        wall[match.start()] |= _MARKED
    return Walls(*_turns(clean, wall), begins)


def _single(clean: str, i: int) -> bool:
    """Return whether the dash at ``i`` joins two words (中国—东盟) and is no break (——)."""
    return i > 0 and clean[i - 1].isalpha() and clean[i + 1 : i + 2].isalpha()


def _turns(clean: str, wall: bytearray) -> "tuple[array[int], array[int], array[int]]":
    """Return where the walls change and to what, from the ends of wall words and from the marks."""
    turns, hards, softs = array("I", [0]), array("I", [0]), array("I", [0])
    hard = soft = 0
    stack: list[tuple[str, int, int]] = []
    for event in _EVENT.finditer(wall):
        i = event.start()
        kind = wall[i]
        char = clean[i] if kind & _MARKED else ""
        if kind != _MARKED:
            soft, hard = i, i if kind & _HARD_WALL else hard
        if char in _OPEN:
            stack = [*stack[-3:], (char, hard, soft)]
            turns.extend((i, i + 1))
            hards.extend((hard, i + 1))
            softs.extend((soft, i + 1))
            hard = soft = i + 1
            continue
        if char in _CLOSE:
            opened = stack.pop() if stack else None
            if opened and opened[0] == _CLOSE[char] and opened[1] >= 0:
                _, hard, soft = opened
            else:
                hard = soft = i + 1
        elif char and not (char == "—" and _single(clean, i)) and not (char == "·" and clean[i + 1 : i + 2] not in "\n "):
            hard = soft = i + 1
            if char == "\n":
                stack = []
            elif stack and char in _STOPS:
                stack[-1] = (stack[-1][0], -1, -1)  # a sentence stands in the quotation marks, not a name
        turns.append(i)
        hards.append(hard)
        softs.append(soft)
    return turns, hards, softs
