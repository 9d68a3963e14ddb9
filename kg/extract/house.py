"""The organisation that a report is about: its title, or the line under the title, names it."""

import re
from bisect import bisect_right

from kg.extract.ground import ORGANISATIONS, Ground
from kg.mentions.mention import Mention
from kg.passages import Passages

_OWN_WORK = re.compile(r"工作(?:总结|思路|要点|情况|计划|汇报|报告)|总结|大事记")
_OFFICE = ("局", "厅", "委员会", "委", "办公室", "中心")


def find_house(ground: Ground, passages: Passages) -> Mention | None:
    """Return the organisation of the title, else of the line with a dash under it; an office only when it sums up its own work."""
    for number, title in enumerate(passages.paragraphs[:2]):
        if not title.heading or (number and ground.clean[title.start] not in "—-"):
            return None
        own = _OWN_WORK.search(ground.clean, title.start, title.end) is not None
        named = [m for m in ground.within(title.start, title.end) if m.type in ORGANISATIONS]
        fit = [m for m in named if m.type != "GovernmentBody" or (own and m.start == title.start and m.name.endswith(_OFFICE))]
        if named:
            return fit[0] if fit else None
    return None


def in_headline(ground: Ground, passages: Passages, offset: int) -> bool:
    """Say whether ``offset`` lies in a heading, or in the line with a dash under the title (——记某某研究院)."""
    found = bisect_right(passages.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
    if found < 0:
        return False
    paragraph = passages.paragraphs[found]
    return paragraph.heading or (found == 1 and ground.clean[paragraph.start] in "—-")
