"""Parts of a measured whole where both have names, with brackets in them or not: 国家科技奖，其中自然科学奖2项."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.ground import Ground
from kg.extract.noun_phrases import NounPhrase
from kg.mentions.mention import Mention

_TENS = {"": 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_PART = re.compile(
    r"(?<!〓)(?P<x>〓{2,40})(?:达到|达|有|为|完成|实现)?"
    r"(?P<n>\d[\d.]*)(?P<t>万亿|[万亿]?)余?多?(?P<u>[个家名项位人所条件台种支元])"
)
_LARGEST = 6  # parts of one whole
_PEOPLE = frozenset("名位人")


def named_parts(ground: Ground, match: re.Match[str]) -> tuple[Mention, list[NounPhrase]] | None:
    """Return the whole in group ``w`` and its parts in group ``p``, or ``None`` where they do not fit.

    With a number of its own (groups ``n``, ``t``, ``u``) the whole must be at least as large as each part and in the same unit;
    without one, whole and parts must be of one type (国家科技奖，其中自然科学奖2项).
    """
    whole = ground.ends.get(match.end("w"))
    if match.groupdict().get("n") and "（" not in ground.clean[match.start() : match.end()]:
        return None  # listings.of-which reads it
    parts = list(_parts(ground, match, whole)) if whole else []
    return (whole, parts) if whole and parts else None


def _parts(ground: Ground, match: re.Match[str], whole: Mention) -> Iterator[NounPhrase]:
    size = _size(match) if match.groupdict().get("n") else None
    for count, found in enumerate(_PART.finditer(ground.masked, *match.span("p"))):
        part = ground.starts.get(found.start("x"))
        if part is None or part.name == whole.name or count >= _LARGEST:
            return
        fits = part.type == whole.type if size is None else _same_unit(match, found) and _size(found) <= size
        if not fits:
            return
        yield NounPhrase(part.start, part.end, part.name, part)


def _size(match: re.Match[str]) -> Decimal:
    return Decimal(match["n"].rstrip(".")) * _TENS[match["t"]]


def _same_unit(one: re.Match[str], other: re.Match[str]) -> bool:
    """Say whether both count in one unit; people are people however they are counted."""
    return one["u"] == other["u"] or {one["u"], other["u"]} <= _PEOPLE
