"""A reading of a report's text: the characters that the grammar sees, each with its place in the stored text.

The stored text is never changed. White space that a PDF left inside words or beside numbers, full-width digits,
letters and percent signs, and half-width marks beside Chinese would make every rule twice as long; the reading leaves the
former out and folds the others one to one, and remembers where each remaining character stands. All grammar offsets are
offsets of ``clean``; ``Reading.span`` turns them back into offsets of the stored text.
"""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from kg.facts import Span

_FOLDED = re.compile("[０-９％．Ａ-Ｚａ-ｚ]")
_WIDENED = str.maketrans(",;:()!?", "，；：（）！？")
_HALF = re.compile(
    r"[,:;()!?](?:(?<=[\u2e80-\u9fff\uff00-\uffef“”‘’《》、。].)|(?=[\u2e80-\u9fff\uff00-\uffef“”‘’《》、。])"
    r"|(?<=[;,])(?=\s|$)|(?<=[\d%][,;])(?!\d))"
)
_STRAIGHT = re.compile(r'"(?P<inside>[^"“”\n]{1,60})"')  # “十三五” in straight quotes
_PAIR = re.compile(r"[(（](?P<inside>[^()（）\n]{0,120})[)）]")
_NARROW = 0xFEE0  # from the full-width form of a character back to the character itself
_BLANK = re.compile(r"[^\S\n]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’《》、。]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# a number that a layout broke in two (31 26.4亿元, 24. 7%) or into its digits (1 2 8家), in running text and before its unit
_BROKEN = re.compile(
    r"(?:^|[\u4e00-\u9fff，、；：（）”》。~～—–-])[^\S\n]?"
    r"(?P<number>\d[\d.,]{0,11}[ \xa0][\d.,]{0,11}\d|\d(?:[ \xa0]\d){2,5})(?=[^\S\n]?[%％‰\u4e00-\u9fff])",
    re.M,
)
_GAP = re.compile(r"[\d.,][ \xa0][\d.,]")  # as stands in each of them
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,9}(?:\.\d{1,4})?")
_RUNNING = re.compile(r"[，。；]")
LINE = 60  # characters on each side of a number in which running text has a comma or a stop
_YEAR = re.compile(r"(?:19|20)\d\d")
_INNER = re.compile(r"(?<=[\u4e00-\u9fff])[^\S\n]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Reading:
    """``clean[i]`` is the stored character ``text[places[i]]`` or its folded form; ``len(places) == len(clean)``."""

    text: str
    clean: str
    places: "array[int] | range"

    def span(self, start: int, end: int) -> Span:
        """Return the stored span of ``clean[start:end]`` (not empty)."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def quote(self, start: int, end: int) -> str:
        """Return the stored characters of ``clean[start:end]``."""
        span = self.span(start, end)
        return self.text[span.start : span.end]

    def clean_offset(self, offset: int) -> int:
        """Return the offset in ``clean`` of the first character at or after ``offset`` of the stored text."""
        return bisect_left(self.places, offset)


def read(text: str) -> Reading:
    """Return the reading of ``text``.

    Blanks beside a digit, a sign or Chinese punctuation always go, and so does one inside a number that it broke in two. A
    blank between two Chinese characters may be meant (a slogan in two halves); it goes only where the text has so many of
    them that they must come from its layout: more than one in 250 characters.

    >>> read("增长 12.5%，制造 业").clean
    '增长12.5%，制造业'
    >>> read("新增5家(累计1,206家),居前;研发(R&D)投入,见a,b").clean
    '新增5家（累计1,206家），居前；研发（R&D）投入，见a,b'
    >>> read("产值31 26.4亿元，图1 2021年，增长24. 7%").clean
    '产值3126.4亿元，图1 2021年，增长24.7%'
    >>> read("“不忘初心 牢记使命”" + "科" * 500).clean[:11]
    '“不忘初心 牢记使命”'
    """
    folded = _wide_marks(_FOLDED.sub(lambda match: chr(ord(match[0]) - _NARROW), text))
    spaced = len(_INNER.findall(text)) * 250 > len(text)
    broken = _inside_numbers(text)
    pieces: list[str] = []
    places = array("I")
    done = 0
    for match in _BLANK.finditer(text):
        before, after = folded[match.start() - 1 : match.start()], folded[match.end() : match.end() + 1]
        if not spaced and _HAN.match(before) and _HAN.match(after):
            continue
        if match.start() in broken or not before or not after or "\n" in (before, after) or _WIDE.match(before) or _WIDE.match(after):
            pieces.append(folded[done : match.start()])
            places.extend(range(done, match.start()))
            done = match.end()
    if not pieces:
        return Reading(text, folded, range(len(text)))
    places.extend(range(done, len(text)))
    return Reading(text, "".join([*pieces, folded[done:]]), places)


def _inside_numbers(text: str) -> set[int]:
    """Return where blanks stand that broke a number.

    Two years, or a year and a number beside it, are no broken number, nor are the columns of a table.
    """
    found: set[int] = set()
    for match in _BROKEN.finditer(text) if _GAP.search(text) else ():
        parts = re.split(r"[ \xa0]", match["number"])
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()][-LINE:] + text[match.end() : match.end() + LINE].split("\n")[0]
        dated = text[match.end() : match.end() + 2].strip().startswith("年")
        if (
            _YEAR.fullmatch(parts[0])
            or (_YEAR.fullmatch(parts[-1]) and dated)
            or not _WHOLE.fullmatch("".join(parts))
            or not _RUNNING.search(line)
        ):
            continue
        found.update(at for at in range(match.start("number"), match.end("number")) if text[at] in " \xa0")
    return found


def _wide_marks(text: str) -> str:
    """Return ``text`` with the half-width marks that stand beside Chinese made full-width, brackets and straight quotes in pairs."""
    if '"' in text:
        text = _STRAIGHT.sub(lambda pair: f"“{pair['inside']}”" if _HAN.search(pair["inside"]) else pair[0], text)
    if not any(mark in text for mark in ",;:()!?"):
        return text
    even = _HALF.sub(lambda mark: mark[0].translate(_WIDENED), text)
    return _PAIR.sub(lambda pair: f"（{pair['inside']}）" if pair[0][0] != "(" or pair[0][-1] != ")" else pair[0], even)
