"""Names of things that swallowed a person (副市长何丽华为轨道交通创新中心授牌): the person stays, the name begins behind what she does."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.mentions.mention import Mention
from kg.mentions.modifiers import is_generic

_ON = re.compile(  # what may stand between the person and the name
    r"(?:院士|教授|副教授|研究员|博士|先生|女士)?(?:团队|课题组|一行)?(?:现|受聘|出|担|兼|接)?(?:为|与|和|同|及|任|在|到|向|对|于|赴|从|是|携手|代表|创办|领衔|率)?"
)
_SHORTEST = 5  # characters of the name that is left: less names nothing by itself (任|实验室)
_FOUND_BY_POST = "persons.after-post"
_PERSONS = ("Person", "Academician")
_TAKES = re.compile(r"(?:现|历|曾|兼|转|接|就|升|调|改|续|担|出|受聘|当选)?(?:任|为)")


def without_people(clean: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield ``found``, each name that holds a person with the post before it cut down to what stands behind the person.

    So is a name that opens with a person who takes a post (张明任|研究院院长). Other names that hold a person stay (张明院士工作站).
    """
    found = list(found)
    people = {m.start: m for m in sorted(found, key=lambda m: (m.start, m.end)) if m.type in _PERSONS}
    starts = list(people)
    for mention in found:
        last = bisect_left(starts, mention.end) - 1
        person = people[starts[last]] if last >= 0 and mention.type not in _PERSONS else None
        if person is None or not _swallowed(clean, mention, person):
            yield mention
        elif rest := _behind(clean, mention, person.end):
            yield rest


def _swallowed(clean: str, mention: Mention, person: Mention) -> bool:
    """Return whether a name holds a person with the post before it, or opens with one who takes a post."""
    if not mention.start <= person.start < person.end < mention.end:
        return False
    takes = mention.start == person.start and _TAKES.match(clean, person.end) is not None
    return takes or (mention.start < person.start and person.rule == _FOUND_BY_POST)


def _behind(clean: str, mention: Mention, end: int) -> Mention | None:
    """Return the name that begins behind a person at ``end``, or ``None`` where no name is left."""
    on = _ON.match(clean, end, mention.end)
    start = on.end() if on else end
    printed = clean[start : mention.end]
    if len(printed) < _SHORTEST or start == end or is_generic(printed[:-2]):
        return None
    return replace(mention, start=start, name=printed, printed=printed)
