"""Listings that names alone tell: the phases of a park, the things that a slogan counts off."""

import re
from collections.abc import Iterator

from kg.extract.ground import Ground
from kg.facts import Membership, Span

_PHASE = re.compile(r"(.{3,}?)（?([一二三四五六七八])期")
_SLOGAN = re.compile(r"“?(?:一[^一“”、]{1,4}){2,5}”?")
ORDINALS = "一二三四五六七八九十"


def find_phases(ground: Ground) -> Iterator[Membership]:
    """Yield the phases of a park or a fund (软件园二期)."""
    seen: set[str] = set()
    for mention in ground.mentions:
        found = _PHASE.fullmatch(mention.name) if "期" in mention.name else None
        if found and mention.name not in seen:
            seen.add(mention.name)
            span: Span = ground.span(mention.start, mention.end)
            yield Membership(span, found[1], mention.name, "listings.phase", ORDINALS.index(found[2]) + 1, span)


def find_slogans(ground: Ground) -> Iterator[Membership]:
    """Yield the named things that a slogan such as 一器一园一基金 counts off, when each is named behind it."""
    for mention in ground.mentions:
        if mention.printed.count("一") < 2 or not _SLOGAN.fullmatch(mention.printed):
            continue
        keys: list[str] = re.findall(r"一([^一“”、]{1,4})", mention.printed)
        near = ground.within(mention.end, mention.end + 160)
        parts = [next((m for m in near if m.name.endswith(key) and not _SLOGAN.fullmatch(m.printed)), None) for key in keys]
        if len(set(parts)) >= 2 and all(parts):
            for order, part in enumerate(parts, 1):
                assert part is not None
                yield Membership(
                    ground.span(mention.start, part.end), mention.name, part.name, "listings.counted-off", order,
                    ground.span(part.start, part.end),
                )  # fmt: skip
