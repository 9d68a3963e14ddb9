"""Constructions: relations that a pattern over a sentence states (``kg/rules/relations.toml``)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kg.extract.acts import ClauseActs
from kg.extract.clauses import is_agent, left_side, opening, stance_at
from kg.extract.cues import Cues, cues_of
from kg.extract.frames import lexicon
from kg.extract.ground import MASK, PERSONS, PLACES, TIME, Ground
from kg.extract.groups import BLOCKS, read_group, read_members
from kg.extract.noun_phrases import NounPhrase, phrase
from kg.extract.stage import Actor
from kg.facts import Modality, Relation, Status
from kg.frozen import quickly_made
from kg.rules import Rule, rules
from kg.rules.letters import possible

OPTIONS = (
    "predicate", "inverse", "list", "s_types", "o_types", "s_heads", "o_heads", "s_named", "o_named", "claims", "to",
    "party", "members", "by", "after", "last_object", "or_actor", "late", "status", "whole", "words", "cause", "statement",
    "at_home", "thing", "s_list", "with_actor", "cue", "people", "shy", "inner", "paired", "pairwise", "actor_types", "member", "shared",
    "s_quoted", "o_quoted", "o_people", "spoken_of", "of_place", "within", "pointer", "each",
)  # fmt: skip
_COUNT = re.compile(r"(?:累计|总数)?(?:达到?|共有|共|为|突破|超过|超|近|约)?[\d.,]+[万亿]*余?多?(?:个|家|名|项|位|件|条|人|元|所|座|亩)$")
_Printed = tuple[str, int, int]  # a name and where it stands, or the stretch that speaks for it
_HOUSE = ("所", "院", "中心", "公司", "大学", "集团", "实验室", "局", "委", "办")
_WITH = re.compile(r"(?:与|同|和|携手|联合|会同)$")


@quickly_made
@dataclass(frozen=True, slots=True)
class Found:
    """The relations of one match and the stretch that the verb frames must leave alone (empty when it claims none)."""

    relations: tuple[Relation, ...]
    claimed: tuple[int, int] | None


def patterns() -> tuple[Rule, ...]:
    """Return the construction rules in their order of precedence."""
    return rules("relations", *OPTIONS).rules


@cache
def _cues() -> Cues:
    return cues_of(rules("relations", *OPTIONS))


def fitting(ground: Ground, clauses: Sequence[ClauseActs]) -> tuple[list[Rule], list[Rule]]:
    """Return the rules whose cues stand in a sentence: those for now and the ``late`` ones."""
    sentence = ground.masked[clauses[0].sentence.start : clauses[0].sentence.end]
    known, cues, letters = patterns(), _cues(), set(sentence)
    chosen = [known[number] for number in cues.rules_in(sentence) if possible(cues.needs[number], letters)]
    return [r for r in chosen if not r.options.get("late")], [r for r in chosen if r.options.get("late")]


def find_constructions(ground: Ground, clauses: Sequence[ClauseActs], last: dict[str, Actor], chosen: Sequence[Rule]) -> Iterator[Found]:
    """Yield what the ``chosen`` constructions find in one sentence; ``clauses`` are the acts of its clauses.

    ``last`` keeps the last object of each type, for constructions that speak of it without naming it; these run
    late, when the verb frames of the sentence have been read.
    """
    start, end = clauses[0].sentence.start, clauses[0].sentence.end
    taken: list[tuple[int, int]] = []
    for rule in chosen:
        for match in rule.pattern.finditer(ground.masked, start, end):
            shy = rule.options.get("shy", rule.options.get("claims", False))
            if shy and any(a < match.end() and match.start() < b for a, b in taken):
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
    if "after" in options and not re.search(options["after"], ground.masked[clauses[0].sentence.start : match.start("o")]):
        return
    here = clause_at(clauses, match.start("o"))
    objects = _objects(ground, rule, match, here)
    if not objects:
        return
    subjects = _subjects(ground, rule, match, here, clauses, last)
    qualifiers = _qualifiers(ground, rule, match, here)
    fields = _fields(ground, match) if options.get("paired") else []
    stance = _status(ground, here, match, options.get("status", "achieved"))
    if options.get("pairwise") and len(subjects) != len(objects):
        return
    for number, (subject, s_start, s_end) in enumerate(subjects):
        for item in objects[number : number + 1] if options.get("pairwise") else objects:
            if subject == item.name:
                continue
            low, high = min(s_start, item.start), max(s_end, item.end)
            if ground.masked[match.start()] == "由":
                low = min(low, match.start())
            qualifiers = next(((("field", field),) for a, b, field in fields if a <= item.start < b), qualifiers)
            pair = (item.name, subject) if options.get("inverse") else (subject, item.name)
            yield Relation(
                ground.span(low, max(high, min(match.end(), high + 24))),
                pair[0], options["predicate"], pair[1], rule.id, stance[0], stance[1],
                ground.period(*(match.span() if options.get("inner") else (here.clause.start, here.clause.end))), qualifiers,
            )  # fmt: skip


def _objects(ground: Ground, rule: Rule, match: re.Match[str], here: ClauseActs) -> tuple[NounPhrase, ...]:
    """Return the objects of a match: its group ``o``, without what lies elsewhere or does not have the name the rule asks for."""
    if rule.options.get("o_people"):
        return tuple(NounPhrase(m.start, m.end, m.name, m) for m in ground.within(*match.span("o")) if m.type in PERSONS)
    objects = read_group(ground, rule, match, "o")
    if rule.options.get("at_home"):
        return tuple(item for item in objects if not _elsewhere(ground, item, here.place))
    if "within" not in rule.options:
        return objects
    named = ((item, re.fullmatch(rule.options["within"], item.name)) for item in objects)
    return tuple(replace(item, name=found["x"]) for item, found in named if found)


def _fields(ground: Ground, match: re.Match[str]) -> list[tuple[int, int, str]]:
    """Return which field belongs to which stretch of the objects: A、B等和C等，分别开展的E、F合作."""
    if "分别" not in match[0]:
        return []
    start, end = match.span("o")
    cuts = [start, *(joint.end() for joint in BLOCKS.finditer(ground.masked, start, end)), end]
    fields = ground.clean[match.start("field") : match.end()]
    words = [word.strip("的了") for word in re.split(r"、|和|以及", fields)]
    if len(words) < 2 or len(words) != len(cuts) - 1:
        return []
    return [(a, b, word) for a, b, word in zip(cuts[:-1], cuts[1:], words, strict=True)]


def _elsewhere(ground: Ground, item: NounPhrase, home: str | None) -> bool:
    """Say whether the name of a thing puts it in another place than the report's."""
    inner = ground.inside(item.mention) if item.mention else ()
    return any(n.type in PLACES and n.type not in ("Country", "Province") and n.name != home for n in inner)


def _subjects(
    ground: Ground, rule: Rule, match: re.Match[str], here: ClauseActs, clauses: Sequence[ClauseActs], last: dict[str, Actor]
) -> list[_Printed]:
    """Return the subjects: what the rule says they are, else its group ``s``, else the one who acts."""
    options, span = rule.options, match.span("o")
    if "last_object" in options and match.groupdict().get("s") is None:
        known = [last[kind] for kind in options["last_object"] if kind in last]
        nearest = max(known, key=lambda a: a.start or 0, default=None)
        if nearest and (nearest.start or 0) >= here.sentence.start:
            return [(nearest.name, *span)]
        return _actor(ground, options, match, here) if options.get("or_actor") else []
    if "pointer" in options:
        return [(options["pointer"], *span)]
    if kinds := options.get("spoken_of"):
        return [(m.name, *span) for m in ground.within(here.paragraph.start, match.start()) if m.type in kinds][-1:]
    if options.get("at_home"):
        return [(here.place, *span)] if here.place and not here.place.endswith(("省", "自治区")) else []
    if options.get("statement"):
        said = statement(clauses, match.end())
        return [(ground.clean[said[0] : said[1]], *said)] if said else []
    if options.get("of_place"):
        actor = _governing(here)
        return [(actor.name, *span)] if actor else []
    if options.get("cause") and (deed := cause(ground, here)):
        return [(deed, *span)]
    if options.get("members"):
        return read_members(ground, match, here)
    if match.groupdict().get("s") is not None:
        named = _named(ground, rule, match, here)
        if named or not options.get("party"):
            return named
        if stranger := _stranger(ground, match):
            return [stranger]
        if MASK in match["s"] and match.start("s") >= here.clause.start and ground.masked[match.end("s") - 1] != MASK:
            return []  # somebody is printed whom no rule knows
    return _actor(ground, options, match, here)


def _governing(here: ClauseActs) -> Actor | None:
    """Return the body or the place that a clause without a subject speaks of, past the things its sentence named."""
    implied = here.actor and here.actor.start is None  # the report's own house
    if here.actor is None or implied or here.actor.type == "GovernmentBody" or not here.place:
        return here.actor
    return Actor(here.place, "City")


def _stranger(ground: Ground, match: re.Match[str]) -> _Printed | None:
    """Return the party in group ``s`` that no rule knows by its name (金亭水表与某某院签下合同), when it can be one."""
    found = phrase(ground, *match.span("s"))
    known = found is None or found.mention or TIME in ground.masked[found.start : found.end]
    if found and MASK in ground.masked[found.start : found.end] and not found.name.endswith(_HOUSE):  # 宁波材料所
        return None
    if known or found is None or not 3 <= len(found.name) <= 8 or found.count or lexicon().verb.search(found.name):
        return None
    return None if lexicon().opener.match(found.name) or lexicon().before.search(found.name) else (found.name, found.start, found.end)


def _named(ground: Ground, rule: Rule, match: re.Match[str], here: ClauseActs) -> list[_Printed]:
    """Return the subjects that the group ``s`` prints, and the actor beside them where the rule says so (与X共建Y)."""
    named = [(item.name, item.start, item.end) for item in read_group(ground, rule, match, "s")]
    partner = named and rule.options.get("with_actor") and _WITH.search(ground.masked, here.clause.start, match.start("s"))
    if partner and here.actor and here.actor.name not in [name for name, _, _ in named]:
        named.insert(0, (here.actor.name, partner.start(), partner.start() + 1))
    return named


def _actor(ground: Ground, options: Mapping[str, Any], match: re.Match[str], here: ClauseActs) -> list[_Printed]:
    """Return the one who acts: printed before the match, else carried."""
    actor = here.thing if options.get("thing") else here.actor
    side = left_side(ground, here.clause.start, match.start())
    pointed = side and side.subject and here.actor and here.actor.start == side.subject.start  # 研究院将聚焦: the actor says which
    if side and side.subject and is_agent(side.subject) and not pointed:
        actor = Actor(side.subject.name, side.subject.type, side.subject.start)
    if actor and actor.start is not None and match.start("o") <= actor.start < match.end("o"):  # a plan is not carried out by itself
        actor = Actor(here.place, "City") if here.place else None
    if actor is None or actor.type not in options.get("actor_types", (actor.type,)):
        return []
    printed = actor.start is not None and here.clause.start <= actor.start < match.start("o")
    start = actor.start if printed and actor.start is not None else max(match.start(), here.clause.start)
    return [(actor.name, start, match.end("o"))]


def statement(clauses: Sequence[ClauseActs], after: int) -> tuple[int, int] | None:
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


def _status(ground: Ground, here: ClauseActs, match: re.Match[str], status: Status) -> tuple[Modality, Status]:
    """Return modality and status of a match, from the adverbs before it or before the verbs, and the part of the report it is in."""
    stances = [stance_at(ground, here.clause.start, match.start()), *(act.stance for act in here.acts)]
    if here.planned or any(stance.planned for stance in stances[:2]):
        return "target", "planned"
    if any(stance.modality == "expected" for stance in stances[:2]):
        return "expected", "planned"
    return "actual", status
