"""Parts of a measured whole whose names hold brackets: 科技活动人员22.8万人，其中研究与试验发展（R&D）人员13.1万人."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.ground import Ground
from kg.extract.noun_phrases import NounPhrase
from kg.mentions.mention import Mention
from kg.mentions.numerals import times

_PART = re.compile(
    r"(?<!〓)(?P<x>〓{2,40})(?:达到|达|有|为|完成|实现)?"
    r"(?P<n>\d[\d.]*)(?P<t>万亿|[万亿]?)余?多?(?P<u>[个家名项位人所条件台种支元])"
)
_LARGEST = 6  # parts of one whole
_PEOPLE = frozenset("名位人")


def named_parts(ground: Ground, match: re.Match[str]) -> tuple[Mention, list[NounPhrase]] | None:
    """Return the whole in group ``w`` and its parts in group ``p``, or ``None`` where they do not fit.

    The whole (its number in the groups ``n``, ``t``, ``u``) must be at least as large as each part, in the same unit. Names without
    brackets are left to ``listings.of-which``.
    """
    whole = ground.ends.get(match.end("w"))
    if whole is None or "（" not in ground.clean[match.start() : match.end()]:
        return None
    parts = list(_parts(ground, match, whole))
    return (whole, parts) if parts else None


def _parts(ground: Ground, match: re.Match[str], whole: Mention) -> Iterator[NounPhrase]:
    for count, found in enumerate(_PART.finditer(ground.masked, *match.span("p"))):
        part = ground.starts.get(found.start("x"))
        fits = _same_unit(match, found) and _size(found) <= _size(match)
        if part is None or part.name == whole.name or count >= _LARGEST or not fits:
            return
        yield NounPhrase(part.start, part.end, part.name, part)


def _size(match: re.Match[str]) -> Decimal:
    return Decimal(match["n"].rstrip(".")) * times(match["t"])


def _same_unit(one: re.Match[str], other: re.Match[str]) -> bool:
    """Say whether both count in one unit; people are people however they are counted."""
    return one["u"] == other["u"] or {one["u"], other["u"]} <= _PEOPLE
