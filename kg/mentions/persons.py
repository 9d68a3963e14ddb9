"""Find persons: a name is a surname and one or two characters beside a title, a post, or in a credit line."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from kg.mentions.beside_posts import find_after_posts, find_before_titles, name_at, speech
from kg.mentions.given_names import BREAK, is_name, is_sure_name, persons_file, post_before, words
from kg.mentions.listed_people import find_announced, find_in_lists, find_latin, find_of_houses, find_rows, find_signed
from kg.mentions.mention import Mention
from kg.mentions.told_people import find_appointed, find_bracketed, find_honoured, find_named, find_told
from kg.mentions.walls import Walls
from kg.rules import alternation
from kg.rules.letters import quick

_TEAM = re.compile("(?:院士|教授|副教授|研究员|博士)?(?:创新|科研|研究|攻关|课题)?(?:团队|课题组)")
_STATION = re.compile("院士(?:专家)?工作站|(?:教授|专家|大师|名师)?工作室")
_NOBODY = Mention(0, 0, "", "", "", "")
Found = Iterator[tuple[int, int, bool]]


def find_persons(clean: str, walls: Walls) -> list[Mention]:
    """Return the persons named in ``clean``; further bare mentions of the same names are added at the end."""
    found: dict[tuple[int, int], Mention] = {}
    for finder, name in _FINDERS:
        for start, end, fellow in finder(clean, walls, _patterns()[name]):
            kind = "Academician" if fellow or found.get((start, end), _NOBODY).type == "Academician" else "Person"
            found[(start, end)] = Mention(start, end, clean[start:end], kind, f"persons.{name}", clean[start:end])
    persons = _everywhere(clean, list(found.values()))
    return persons + [named for person in persons for named in _named_after(clean, person)]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of the rules by their names in the file."""
    return {rule.id.partition(".")[2]: quick(rule.pattern.pattern) for rule in persons_file().rules}


def _named_after(clean: str, person: Mention) -> Iterator[Mention]:
    """Yield the team or the workstation that is named after ``person``: 沈明秋院士团队, 何敬之院士工作站."""
    for pattern, kind, rule in ((_TEAM, "Team", "persons.team"), (_STATION, "Platform", "persons.station")):
        if match := pattern.match(clean, person.end):
            printed = clean[person.start : match.end()]
            yield Mention(person.start, match.end(), printed, kind, rule, printed)


def _credits(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    for match in pattern.finditer(clean):
        start = match.end()
        for _ in range(6):
            while start < len(clean) and clean[start] in " 、　\t":
                start += 1
            end = None if clean.startswith("从", start) else name_at(clean, start, walls, sure=True)  # 记者从会上获悉
            if end is None and match[0][-1] not in "：:/／ " and clean.startswith("报道", start + 3) and is_name(clean[start : start + 3]):
                end = start + 3
            if end is None:
                break
            yield start, end, False
            start = end


def _foreign(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    for match in pattern.finditer(clean) if "·" in clean else ():
        first = clean.index("·", match.start())
        titles = [m.end() for m in _titles().finditer(clean, match.start(), first)]
        start = titles[-1] if titles else max(match.start(), walls.soft_left(first - 1))
        end = match.end()
        for cut in _after_name().finditer(clean, clean.rindex("·", start, end) + 2, end):
            end = min(end, cut.start())
        letters = [char for char in clean[start:end] if char != "·"]
        foreign = sum(char in _syllables() or char.isascii() for char in letters) >= 0.75 * len(letters)
        if (
            (foreign or titles)
            and first - start >= 1
            and end - first >= 2
            and not any(char in "年届月届期周" for char in clean[start:first])
        ):
            yield start, end, clean.startswith("院士", end) or clean.endswith("院士", 0, start)


@cache
def _syllables() -> frozenset[str]:
    return frozenset("".join(words("syllable")))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(alternation(persons_file().words["post"]))


@cache
def _after_name() -> re.Pattern[str]:
    return re.compile(alternation(persons_file().words["honorific"] + persons_file().words["speech"]))


def _lives(clean: str, walls: Walls, pattern: re.Pattern[str]) -> Found:
    for match in pattern.finditer(clean):
        for size in (4, 3, 2):
            start = match.start() - size
            free = start == 0 or (start > 0 and (clean[start - 1] in BREAK or post_before(clean, start)))
            if free and is_name(clean[start : match.start()]):
                yield start, match.start(), False
                break


def _everywhere(clean: str, found: list[Mention]) -> list[Mention]:
    """Add the other places of a name without a title: one of two characters only where a clause opens with what somebody does."""
    kinds: dict[str, Mention] = {}
    for mention in found:
        if mention.name not in kinds or mention.type == "Academician":
            kinds[mention.name] = mention
    spans = {(m.start, m.end) for m in found}
    result = [Mention(m.start, m.end, m.name, kinds[m.name].type, m.rule, m.printed) for m in found]
    names = [name for name in kinds if len(name) >= 3 or is_sure_name(name)]
    if names:
        for match in re.finditer("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))), clean):
            if match.span() not in spans and (len(match[0]) >= 3 or _opens(clean, match)):
                first = kinds[match[0]]
                result.append(Mention(match.start(), match.end(), match[0], first.type, first.rule, match[0]))
    return result


def _opens(clean: str, name: re.Match[str]) -> bool:
    """Return whether a clause opens with ``name`` and goes on with what somebody does."""
    return (name.start() == 0 or clean[name.start() - 1] in BREAK) and speech().match(clean, name.end()) is not None


# of two that find the same name, the rule of the later one is kept
_FINDERS: tuple[tuple[Callable[[str, Walls, re.Pattern[str]], Found], str], ...] = (
    (find_honoured, "honoured"),
    (find_bracketed, "bracketed"),
    (find_before_titles, "before-title"),
    (find_after_posts, "after-post"),
    (_credits, "credit"),
    (_credits, "byline"),
    (_foreign, "foreign"),
    (_lives, "life"),
    (find_appointed, "appointed"),
    (find_of_houses, "of-house"),
    (find_latin, "latin"),
    (find_rows, "row"),
    (find_announced, "announced"),
    (find_in_lists, "listed"),
    (find_signed, "signed"),
    (find_named, "named-to"),
    (find_told, "told"),
)
