"""Constructions: relations that a pattern over a sentence states (``kg/rules/relations.toml``)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.extract.acts import Actor, ClauseActs
from kg.extract.clauses import is_agent, left_side, opening
from kg.extract.ground import CATEGORIES, MASK, TIME, Ground
from kg.extract.noun_phrases import NounPhrase, phrase, read_list, split
from kg.facts import Modality, Relation, Status
from kg.rules import Rule, rules

OPTIONS = (
    "predicate", "inverse", "list", "s_types", "o_types", "s_heads", "o_heads", "s_named", "o_named", "claims", "to",
    "party", "members", "by", "after", "last_object", "or_actor", "late", "status", "whole", "words", "cause", "statement",
    "at_home", "thing", "s_list", "with_actor", "cue",
)  # fmt: skip
_COUNT = re.compile(r"[\d.,]+[万亿]*余?多?(?:个|家|名|项|位|件|条|人|元|所|座|亩)$")
_WITH = re.compile(r"(?:与|同|和|携手|联合|会同)$")
_PARTY = re.compile(r"(?:局|厅|委|会|公司|集团|大学|学院|医院|研究院|研究所|中心|政府|园区|银行|协会|实验室|科学院|高新区|开发区|新区)$")
_BAD = re.compile(r"增长|同比|%|亿元|万元")
_PARTIES = frozenset(
    ("City", "Province", "District", "Country", "Region", "GovernmentBody", "University", "Institute", "Enterprise", "Platform",
     "Park", "Team", "OrganisationGroup", "Person", "Academician", "Place", "Fund")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The relations of one match and the stretch that the verb frames must leave alone (empty when it claims none)."""

    relations: tuple[Relation, ...]
    claimed: tuple[int, int] | None


def patterns() -> tuple[Rule, ...]:
    """Return the construction rules in their order of precedence."""
    return rules("relations", *OPTIONS).rules


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    """Return the words of which a sentence must have one, by rule: most rules are out before their pattern is tried."""
    file = rules("relations", *OPTIONS)
    lists = {f"{{{name}}}": words for name, words in file.words.items()}
    return {rule.id: tuple(word for cue in rule.options.get("cue", ("",)) for word in lists.get(cue, (cue,))) for rule in file.rules}


def find_constructions(ground: Ground, clauses: Sequence[ClauseActs], last: dict[str, Actor], *, late: bool = False) -> Iterator[Found]:
    """Yield what the constructions find in one sentence; ``clauses`` are the acts of its clauses.

    ``last`` keeps the last object of each type, for constructions that speak of it without naming it; these run
    ``late``, when the verb frames of the sentence have been read.
    """
    start, end = clauses[0].sentence.start, clauses[0].sentence.end
    taken: list[tuple[int, int]] = []
    sentence, cues = ground.masked[start:end], _cues()
    for rule in patterns():
        if bool(rule.options.get("late")) is not late or not any(cue in sentence for cue in cues[rule.id]):
            continue
        for match in rule.pattern.finditer(ground.masked, start, end):
            if rule.options.get("claims") and any(a < match.end() and match.start() < b for a, b in taken):
                continue
            found = tuple(_relations(ground, rule, match, clauses, last))
            if found:
                claimed = match.span() if rule.options.get("claims") else None
                if claimed:
                    taken.append(claimed)
                yield Found(found, claimed)


def clause_at(clauses: Sequence[ClauseActs], offset: int) -> ClauseActs:
    """Return the clause in which ``offset`` lies (the last one that begins at or before it)."""
    return next((c for c in reversed(clauses) if c.clause.start <= offset), clauses[0])


def _relations(
    ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs], last: dict[str, Actor]
) -> Iterator[Relation]:
    options = rule.options
    if "after" in options and not re.search(options["after"], ground.masked[clauses[0].sentence.start : match.start()]):
        return
    here = clause_at(clauses, match.start("o"))
    objects = _group(ground, rule, match, "o")
    if not objects:
        return
    subjects = _subjects(ground, rule, match, here, clauses, last)
    qualifiers = _qualifiers(ground, rule, match, here)
    stance = _status(here, options.get("status", "achieved"))
    for subject, s_start, s_end in subjects:
        for item in objects:
            if subject == item.name:
                continue
            low, high = min(s_start, item.start), max(s_end, item.end)
            pair = (item.name, subject) if options.get("inverse") else (subject, item.name)
            yield Relation(
                ground.span(low, max(high, min(match.end(), high + 24))),
                pair[0], options["predicate"], pair[1], rule.id, stance[0], stance[1],
                ground.period(here.clause.start, here.clause.end), qualifiers,
            )  # fmt: skip


def _subjects(
    ground: Ground, rule: Rule, match: re.Match[str], here: ClauseActs, clauses: Sequence[ClauseActs], last: dict[str, Actor]
) -> list[tuple[str, int, int]]:
    """Return the names of the subjects and where they are printed (the match itself when they are not)."""
    options, span = rule.options, match.span("o")
    if "last_object" in options:
        known = [last[kind] for kind in options["last_object"] if kind in last]
        nearest = max(known, key=lambda a: a.start or 0, default=None)
        if nearest and (nearest.start or 0) >= here.sentence.start:
            return [(nearest.name, *span)]
        if not options.get("or_actor"):
            return []
    if options.get("at_home"):
        return [(here.place, *span)] if here.place else []
    if options.get("statement"):
        said = statement(ground, clauses, match.end())
        return [(ground.clean[said[0] : said[1]], *said)] if said else []
    if options.get("cause") and (deed := cause(ground, here)):
        return [(deed, *span)]
    if options.get("members"):
        return _members(ground, match, here)
    if "s" in match.groupdict() and match["s"] is not None:
        found = _group(ground, rule, match, "s")
        if found:
            named = [(item.name, item.start, item.end) for item in found]
            partner = options.get("with_actor") and _WITH.search(ground.masked, here.clause.start, match.start("s"))
            if partner and here.actor and here.actor.name not in [n for n, _, _ in named]:
                named.insert(0, (here.actor.name, partner.start(), partner.start() + 1))
            return named
        if not options.get("party"):
            return []
    actor = here.thing if options.get("thing") else here.actor
    side = left_side(ground, here.clause.start, match.start())
    if side and side.subject and is_agent(side.subject):
        actor = Actor(side.subject.name, side.subject.type, side.subject.start)
    if actor is None:
        return []
    printed = actor.start is not None and here.clause.start <= actor.start < span[0]
    return [(actor.name, actor.start if printed and actor.start is not None else max(match.start(), here.clause.start), span[1])]


def statement(ground: Ground, clauses: Sequence[ClauseActs], after: int) -> tuple[int, int] | None:
    """Return where the statement stands that 据…… introduces: the next clause in which somebody named does something."""
    later = [c for c in clauses if c.clause.start >= after]
    chosen = next((c for c in later if c.actor and c.actor.start is not None and c.clause.start <= c.actor.start < c.clause.end), None)
    if chosen is None:
        return None
    start, end = chosen.clause.start, chosen.clause.end
    return (start, end) if 4 <= end - start <= 40 else None


def cause(ground: Ground, here: ClauseActs) -> str | None:
    """Return the deed that opens the sentence of ``here``, without period and number, when ``here`` speaks of its effect.

    新招引亿元以上制造业项目25个，…，带动投资 → 新招引亿元以上制造业项目
    """
    first = here.sentence.clauses[0]
    if first.start >= here.clause.start:
        return None
    start = opening(ground, first.start, first.end)
    words = _COUNT.sub("", ground.clean[start : first.end])
    return words if words != ground.clean[start : first.end] and 4 <= len(words) <= 30 else None


def _members(ground: Ground, match: re.Match[str], here: ClauseActs) -> list[tuple[str, int, int]]:
    """Return the people of a scheme as a noun phrase: 湖州市5名科技创新创业人才."""
    text = match["s"]
    number = re.search(r"\d+(?:人|名|位|个)", text)
    if number is None:
        return []
    noun = (text[: number.start()] + text[number.end() :]).strip("、，的") or "人才"
    count = number[0][:-1] + ("名" if number[0][-1] == "人" else number[0][-1])
    place = here.actor.name if here.actor else ""
    return [(f"{place}{count}{noun}", match.start("s"), match.end("s"))]


def _group(ground: Ground, rule: Rule, match: re.Match[str], name: str) -> tuple[NounPhrase, ...]:
    """Return the phrases of a group that pass the rule's tests."""
    options = rule.options
    start, end = match.span(name)
    while start < end and ground.masked[start] == TIME:
        start += 1
    way = options.get("list", "names" if name == "o" else "none")
    if name == "s" and options.get("s_list"):
        way = "names"
    if options.get("whole") == name:
        whole = phrase(ground, match.start(), end)
        return (whole,) if whole and _passes(whole, options, name) else ()
    if options.get("words") and name == "o":
        joints = [m.span() for m in re.finditer(r"、|以及|和", ground.masked[start:end])] if way == "plain" else []
        cuts = [start, *(start + p for joint in joints for p in joint), end]
        pairs = zip(cuts[::2], cuts[1::2], strict=True)
        heads = tuple(options.get("o_heads", ("",)))
        return tuple(NounPhrase(a, b, ground.clean[a:b]) for a, b in pairs if b - a >= 2 and ground.clean[a:b].endswith(heads))
    if way == "none":
        only = phrase(ground, start, end)
        items: tuple[NounPhrase, ...] = (only,) if only else ()
    else:
        listed = read_list(ground, start, end, plain=way == "plain")
        items = listed.items
        if options.get("party"):
            more = split(ground, listed.group.start, listed.group.end) if listed.group else ()
            items = tuple(
                i for i in (*items, *more) if i.type in _PARTIES or (not i.mention and _PARTY.search(i.name) and len(i.name) <= 24)
            )
    return tuple(item for item in items if _passes(item, options, name))


def _passes(item: NounPhrase, options: Mapping[str, Any], name: str) -> bool:
    kinds, heads = options.get(f"{name}_types"), options.get(f"{name}_heads")
    if not 2 <= len(item.name) <= 60 or _BAD.search(item.name) or TIME in item.name or MASK in item.name:
        return False
    if options.get(f"{name}_named"):
        return item.mention is not None
    if kinds or heads:
        named = item.mention is not None and (item.type in kinds if kinds else item.type not in CATEGORIES or bool(heads))
        if named and heads and not kinds:
            return item.name.endswith(tuple(heads)) or item.type in ("Award/Title", "CityCategory")
        return named or bool(heads and item.name.endswith(tuple(heads)))
    return True


def _qualifiers(ground: Ground, rule: Rule, match: re.Match[str], here: ClauseActs) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    group = rule.options.get("to")
    if group and match[group]:
        words = ground.clean[match.start(group) : match.end(group)].strip("《》，、的了")
        if words:
            found.append((group, words))
    if rule.options.get("by") and here.actor:
        found.append((rule.options["by"], here.actor.name))
    return tuple(found)


def _status(here: ClauseActs, status: Status) -> tuple[Modality, Status]:
    """Return modality and status of a clause, from the adverbs before its verbs and the part of the report it is in."""
    stances = [act.stance for act in here.acts]
    if here.planned or any(stance.planned for stance in stances[:1]):
        return "target", "planned"
    if any(stance.modality == "expected" for stance in stances[:1]):
        return "expected", "planned"
    return "actual", status
