"""Labels on the drawing: broken into short lines, and the room that they take."""

import math
import re
import unicodedata

LINE = 9.0  # em: nine Chinese characters
LATIN_LINE = 13.0  # em: about twenty-three Latin letters, since words cannot be cut
_NOT_FIRST = "，。、；：！？）》”’〉】,.;:!?)%％‰"
_UNITS = "万亿千百十元件名个家人项位亩吨年月日%％‰"  # what stays with the number before it
_NOT_LAST = "（《“‘〈【"
_COUNT = re.compile(rf"[^A-Za-z]*\d[{_UNITS}]{{0,2}}")


def width(text: str) -> float:
    """Return the width of ``text`` in em: a Chinese character is one, a Latin letter a little over half.

    >>> width("温州"), width("AB")
    (2.0, 1.1)
    """
    return round(sum(1.0 if unicodedata.east_asian_width(c) in "WF" or c in "“”‘’" else 0.55 for c in text), 2)


def wrapped(text: str) -> str:
    """Return ``text`` in lines of about the same length, none wider than the room for a line where it can be helped.

    >>> wrapped("温州医科大学精准医学研究院")
    '温州医科大学精\\n准医学研究院'
    >>> wrapped("University of Duisburg-Essen")
    'University of\\nDuisburg-Essen'
    """
    latin = sum(char.isascii() for char in text) > 0.7 * len(text)  # a few signs of a unit or a name make no Chinese text of it
    total, line = width(text), LATIN_LINE if latin else LINE
    if total <= line:
        return text
    wanted = line if latin else math.ceil(total / math.ceil(total / line)) + 0.1
    lines, current = [], ""
    for piece in _pieces(text):
        if current and width(current.rstrip() + piece.rstrip()) > wanted and piece[0] not in _NOT_FIRST:
            kept = current.rstrip(_NOT_LAST)
            lines.append(kept.rstrip())
            current = current[len(kept) :]
        current += piece
    return "\n".join([*filter(None, lines), current.rstrip()])


def _pieces(text: str) -> list[str]:
    """Cut ``text`` where a line may end: after each Chinese character, each Latin word, each number with its unit."""
    pieces: list[str] = []
    for char in text:
        latin = char != " " and ord(char) < 0x2E80 and char not in "“”‘’"
        counted = char in _UNITS and bool(pieces) and _COUNT.fullmatch(pieces[-1]) is not None
        if pieces and (char == " " or counted or (latin and ord(pieces[-1][-1]) < 0x2E80 and pieces[-1][-1] not in " “”‘’")):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def box(labels: tuple[str, ...], font: float, size: float) -> tuple[float, float]:
    """Return width and height in pixels of a node of radius ``size`` with the widest of ``labels`` below it."""
    widest = max((width(line) for label in labels for line in label.split("\n")), default=0.0)
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    return max(widest * font, 2 * size), 2 * size + lines * font * 1.22
