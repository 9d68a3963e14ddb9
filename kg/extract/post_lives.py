"""The posts that a life tells: behind a name and its comma, in brackets, or in a later clause about the same person."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.ground import PERSONS, Ground
from kg.extract.held_posts import Held, bare, chain_behind, read_post
from kg.extract.post_bodies import Body, body_of_post
from kg.extract.post_facts import OWN_TITLE, honour, of_unit, place_at, say
from kg.extract.post_words import post_words
from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.passages import Passages

_OPENINGS = ("", "\n", "。", " ", "；", ".", "．", "：", "（")  # what stands before a name with which a life begins
_LONGEST_LIFE = 300
_LONGEST_ASIDE = 60  # characters in brackets
_LEAD = re.compile(  # what stands before the verb of a later clause
    r"[，；。：](?:[他她]|并|还|又|也|同时|先后|随后|后来?|此前|目前|现在?|如今|此后|之后|其间|期间|次年|同年|翌年|当年|\d{4}年|年|月|起|于|至今|[◷0-9]){0,6}$|(?:并|还|同时|先后)$"
)
_PRONOUN = re.compile("[他她](?!们)")
_LABEL = 8  # characters of a bracket before the name (主任：)


def introduced(ground: Ground, mention: Mention, place: str | None) -> Iterator[Relation]:
    """Yield the posts told behind the name (张明，1974年生，宁波大学校长、浙江省化学会理事长) or in brackets (张明（宁波大学校长）)."""
    start, end = bare(ground, mention)
    stop, housed, past = _told_up_to(ground, start, end), False, False
    for item in re.finditer(r"[^、，]+", ground.clean[end + 1 : stop]):
        begin, last = end + 1 + item.start(), end + 1 + item.end()
        if any(m.type in PERSONS for m in ground.within(begin, last)):
            return
        lead = post_words().lead.match(ground.clean, begin, last)
        if lead or ground.clean[begin - 1] == "，":  # 曾任|某大学教授、博士生导师
            past = lead is not None and (lead[0] == "原" or post_words().past.search(lead[0]) is not None)
        posts = read_post(ground, lead.end() if lead else begin, last, place)
        for held in posts or (Held(begin, last, ""),):
            if held.body or (held.post and housed):  # 某大学教授、博士生导师
                housed = True
                yield from say(ground, mention.name, replace(held, former=held.former or past), (begin, last))
            elif not held.post:
                yield from honour(ground, mention.name, held, last)


def _told_up_to(ground: Ground, start: int, end: int) -> int:
    """Return where what is told of the person at ``start`` ends: at the bracket or the sentence; ``end`` where nothing is told."""
    clean = ground.clean
    if clean[end : end + 1] == "（":
        return max(end, clean.find("）", end, end + _LONGEST_ASIDE))
    if clean[end : end + 1] not in ("，", "：") or clean[start - 1 : start] not in _OPENINGS:
        return end
    stops = [clean.find(mark, end, end + _LONGEST_LIFE) for mark in "。；\n"]
    if clean.rfind("（", max(0, start - _LABEL), start) >= 0:  # （主任：张明，女，某某学院教授）
        stops.append(clean.find("）", end, end + _LONGEST_ASIDE))
    return min((stop for stop in stops if stop >= 0), default=min(len(clean), end + _LONGEST_LIFE))


def _told_of(ground: Ground, sentence: int, verb: int) -> list[Mention]:
    """Return the person of a sentence that names none: whom its paragraph opens with (张明，1968年生，……), or whom 他 and 她 mean."""
    opening = ground.clean.rfind("\n", 0, sentence) + 1
    mention = ground.starts.get(opening)
    if mention and mention.type in PERSONS and ground.clean[mention.end : mention.end + 1] in ("，", "（", ","):
        return [mention]
    last = ground.last_person(opening, sentence) if _PRONOUN.search(ground.clean, sentence, verb) else None
    return [last] if last else []


def continued(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield what a later clause says of the one person of its sentence (……，并担任首任主任)."""
    patterns = post_words()
    for found in patterns.office.finditer(ground.masked):
        lead = _LEAD.search(ground.masked, max(0, found.start() - 12), found.start())
        if lead is None:
            continue
        head = max(ground.masked.rfind(mark, max(0, found.start() - 160), found.start()) for mark in "。；\n") + 1
        people = [m for m in ground.within(head, found.start()) if m.type in PERSONS] or _told_of(ground, head, found.end())
        if not people or len({m.name for m in people}) > 1 or any(m.type in PERSONS for m in ground.within(found.start(), found.end())):
            continue
        if found["verb"] is None:  # 也是湖南省科技领军人才
            last = min(ground.masked.find(mark, found.end()) % (len(ground.masked) + 1) for mark in "，。；\n")
            if patterns.laurel.search(ground.clean, found.end(), last):
                yield from honour(ground, people[0].name, Held(found.end(), last, ""), last)
        former = bool(patterns.past.search(lead[0] + found[0])) or found[0] in ("卸任", "辞去")
        before: list[Held] = []
        for held in chain_behind(ground, found.end(), place_at(passages, found.start()), head):
            held = of_unit(ground, held, found.start()) if held.words else held
            if held.body is None and before and not held.words and not OWN_TITLE.search(held.post):
                held = replace(held, body=before[0].body)
            if held.body is None and ground.clean.startswith(held.post, found.end()):
                name = body_of_post(ground, held.post, found.start())
                held = replace(held, body=Body(name, held.start)) if name else held
            before.append(held)
            known = replace(held, former=held.former or former)
            yield from say(ground, people[0].name, known, (found.start(), held.end))
