"""Who writes and who speaks: the names behind 记者 and 通讯员, and the head of a government who reports on its behalf."""

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.ground import PERSONS, Ground
from kg.extract.held_posts import bare, chain_before
from kg.extract.post_facts import place_at
from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.passages import Passages
from kg.rules import alternation, rules

_LONGEST_LIST = 8  # names behind one word
_HEAD = 600  # characters in which a report to a congress names who gives it
_SPEAKS = re.compile(r"我(?:谨|们|受[^，。；]{1,20}委托，)?代表(?P<body>〓{2,40}|(?P<level>[省市县区州旗])(?:人民)?政府)")
_GOVERNS = re.compile(r"(?:省长|市长|县长|区长|州长|旗长|主席)$")


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?:本报|本刊|本台|本网)?(?P<role>{alternation(rules('posts', 'ends').words['byline'])})[ 　\t]{{0,3}}$")


def find_bylines(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield what the writers of a text are (记者 张明　通讯员 李芳), and whom the speaker of a government's report represents."""
    for mention in ground.mentions:
        if mention.type in PERSONS and (role := _role_of(ground, mention)):
            start, end = role.start(), bare(ground, mention)[1]
            yield Relation(ground.span(start, end), mention.name, "responsible_for", role["role"], "posts.byline")
    yield from _speaker(ground, passages)


def _role_of(ground: Ground, mention: Mention) -> re.Match[str] | None:
    """Return the word for writers before a name, or before the names that stand in front of it."""
    start = bare(ground, mention)[0]
    for _ in range(_LONGEST_LIST):
        if found := _role().search(ground.clean, max(0, start - 12), start):
            return found
        gap = start
        while gap and ground.clean[gap - 1] in " 　、":
            gap -= 1
        before = ground.ends.get(gap)
        if gap == start or before is None or before.type not in PERSONS:
            return None
        start = before.start
    return None


def _speaker(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield the mayor who signs a government's report as representing the government (我代表市人民政府，向大会报告工作)."""
    said = _SPEAKS.search(ground.masked, 0, _HEAD)
    speaker = ground.last_person(0, said.start()) if said else None
    if said is None or speaker is None:
        return
    named = ground.starts.get(said.start("body"))
    place = place_at(passages, said.start())
    own = f"{place}人民政府" if place and place[-1] == said["level"] else None
    body = named.name if named and named.type == "GovernmentBody" else own
    posts = chain_before(ground, bare(ground, speaker)[0], place)
    if body and any(_GOVERNS.search(held.post) for held in posts):
        yield Relation(ground.span(*said.span()), speaker.name, "represents", body, "posts.speaks-for")
