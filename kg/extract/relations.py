"""Find the relations of a report: constructions first, then verb frames, posts and credits, and what names imply."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.acts import ClauseActs
from kg.extract.beside import beside_relations
from kg.extract.clauses import Predication, is_agent, predications
from kg.extract.constructions import find_constructions, fitting
from kg.extract.credits import find_credits
from kg.extract.deixis import is_deictic, referent
from kg.extract.doers import misplaced, subjects_of
from kg.extract.frames import Frame, lexicon
from kg.extract.ground import Ground
from kg.extract.house import in_headline
from kg.extract.implied import implied_relations
from kg.extract.noun_phrases import NounPhrase, phrase
from kg.extract.objects import Objects, acting_from, read_objects
from kg.extract.posts import find_posts
from kg.extract.stage import Actor
from kg.extract.survey import Survey
from kg.facts import Modality, Period, Relation, Status
from kg.passages import Passages

_EAGER = re.compile(r"(?:进一步|更好地?|着力|切实|了)+")
_ISSUER = re.compile(r"(?:中共)?(?P<place>[\u4e00-\u9fff]{2,7}?[市省县区州])(?:委|人民政府|政府)[^关]{0,16}关于")
_PRIZES = ("奖", "大赛", "竞赛", "比赛")
_GRADE = re.compile(r"(?:[特一二三]等|优秀|优胜|提名|金|银|铜)奖$")
_REST = re.compile(r"(?:以及|和|及|还有|及其)")


def find_relations(read: Survey) -> tuple[Relation, ...]:
    """Return the relations of a surveyed report in text order, each pair with its predicate once a paragraph.

    Offsets of the relations are stored offsets, ``rule`` names the rule in ``kg/rules/`` that found it. A planned relation has
    modality ``target``; what is denied is left out.
    """
    passages, ground = read.passages, read.ground
    found: list[Relation] = []
    last: dict[str, Actor] = {}
    for clauses in read.sentences:
        found += _unique(_sentence(ground, clauses, last))
    found += find_posts(ground, passages)
    found += find_credits(ground, passages)
    found += implied_relations(ground, passages)
    found += beside_relations(ground)
    resolved = (_resolve(ground, passages, relation) for relation in found)
    kept = sorted(
        (r for r in resolved if r is not None), key=lambda r: in_headline(ground, passages, passages.reading.clean_offset(r.span.start))
    )  # what the body says as well
    return tuple(sorted(_unique(kept), key=lambda r: (r.span.start, r.span.end, r.predicate, r.subject, r.object)))


def _resolve(ground: Ground, passages: Passages, relation: Relation) -> Relation | None:
    """Put the thing meant in the place of 我院 or 该市, and the prize before its grade; what stays a bare pointer is dropped."""
    if _GRADE.fullmatch(relation.object):
        relation = replace(relation, object=_prize(ground, passages, relation) + relation.object)
    kind = relation.predicate == "instance_of"  # one of 147个高新区: a kind of zone, and not the zone spoken of
    if not is_deictic(relation.subject) and (kind or not is_deictic(relation.object)):
        return relation if relation.subject != relation.object else None
    ends = []
    offset = passages.reading.clean_offset(relation.span.start)
    for name in (relation.subject, relation.object):
        if is_deictic(name) and not (kind and name == relation.object):
            goal = referent(ground, name, offset, _place_at(passages, offset))
            if goal is None:
                return None
            name = goal[0]
        ends.append(name)
    return replace(relation, subject=ends[0], object=ends[1]) if ends[0] != ends[1] else None


def _prize(ground: Ground, passages: Passages, relation: Relation) -> str:
    """Return the prize named last before a bare grade in its paragraph (获省科学技术奖，其中X获一等奖)."""
    offset = passages.reading.clean_offset(relation.span.start)
    found = bisect_right(passages.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
    before = ground.within(passages.paragraphs[found].start, offset) if found >= 0 else ()
    return next((m.name for m in reversed(before) if m.name.endswith(_PRIZES) and not _GRADE.search(m.name)), "")


def _place_at(passages: Passages, offset: int) -> str | None:
    found = bisect_right(passages.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
    return passages.place_of(passages.paragraphs[found]) if found >= 0 else None


def _unique(relations: Sequence[Relation] | Iterator[Relation]) -> list[Relation]:
    """Keep the first of relations that say the same."""
    kept: dict[tuple[str, str, str, Modality, str], Relation] = {}
    for relation in relations:
        field = dict(relation.qualifiers).get("field", "")  # two fields of cooperation are two relations
        kept.setdefault((relation.subject, relation.predicate, relation.object, relation.modality, field), relation)
    return list(kept.values())


def _sentence(ground: Ground, clauses: Sequence[ClauseActs], last: dict[str, Actor]) -> Iterator[Relation]:
    claimed: list[tuple[int, int]] = []
    carried: Predication | None = None
    early, late = fitting(ground, clauses)
    for built in find_constructions(ground, clauses, last, early):
        yield from built.relations
        if built.claimed:
            claimed.append(built.claimed)
    deeds: list[Relation] = []
    for clause in clauses:
        for act in _with_rest(clause, carried, ground):
            carried = act
            if not any(a <= act.verb_start < b for a, b in claimed):
                deeds += _act(ground, clause, act, last)
    yield from deeds
    for i, clause in enumerate(clauses):
        if clause.purpose is not None and not any(a < clause.clause.end and clause.clause.start < b for a, b in claimed):
            after = ground.span(clauses[i + 1].clause.start, clauses[i + 1].clause.end) if i + 1 < len(clauses) else None
            yield from _purpose(ground, clause, [r for r in deeds if after and after.start <= r.span.start < after.end])
    for built in find_constructions(ground, clauses, last, late):
        yield from built.relations


def _with_rest(clause: ClauseActs, before: Predication | None, ground: Ground) -> Iterator[Predication]:
    """Yield the acts of a clause; a clause such as 以及年度考核机制 goes on with the verb before it."""
    rest = _REST.match(ground.masked, clause.clause.start, clause.clause.end)
    if before and rest and not clause.acts and clause.purpose is None:
        yield replace(before, start=rest.end(), verb_start=rest.end(), object_start=rest.end(), object_end=clause.clause.end, subject=None)
    yield from clause.acts


def _purpose(ground: Ground, clause: ClauseActs, deeds: list[Relation]) -> Iterator[Relation]:
    """Yield the purpose that 为…… states: of the programme that the sentence carries out, else of the one who acts."""
    if clause.actor is None or clause.purpose is None:
        return
    deed = next((r.object for r in deeds if r.predicate in ("launched", "implements")), None)
    lead = _EAGER.match(ground.clean, clause.purpose, clause.clause.end)
    goal = phrase(ground, lead.end() if lead else clause.purpose, clause.clause.end)
    if goal and 4 <= len(goal.name) <= 40:
        yield Relation(
            ground.span(clause.clause.start, goal.end), deed or clause.actor.name, "aims_at",
            ground.clean[goal.start : goal.end], "relations.purpose", "actual", "ongoing",
        )  # fmt: skip


def _act(ground: Ground, clause: ClauseActs, act: Predication, last: dict[str, Actor]) -> Iterator[Relation]:
    if act.stance.negated:
        return
    series: set[str] = set()
    for verb in reversed(act.verbs):
        for frame in lexicon().frames[verb]:
            if frame.series in series:
                continue
            made = list(_frame(ground, clause, act, frame, last))
            if made:
                series.add(frame.series)
                yield from made
                if frame.series != "issue":
                    break
        if "title" in series:
            return  # 建设成为……: only the last verb counts


def _frame(ground: Ground, clause: ClauseActs, act: Predication, frame: Frame, last: dict[str, Actor]) -> Iterator[Relation]:
    subjects = subjects_of(ground, clause, act, frame)
    objects = read_objects(ground, act.object_start, act.object_end, frame) if subjects else Objects()
    acting = acting_from(ground, act.object_start, act.object_end) if objects.items and frame.series != "title" else None
    if acting and frame.series != "use":  # 依托甲实验室开展……: the laboratory does not act
        yield from _serial(ground, clause, act, objects.items, acting, last)
    for item in objects.items:
        if item.mention:
            last[item.type] = Actor(item.name, item.type, item.start)
        if act.site and frame.series == "build" and act.site.name != item.name:
            span = ground.span(min(act.site.start, item.start), item.end)
            yield Relation(span, item.name, "located_in", act.site.name, f"{frame.id}-site")
    paired = len(subjects) == len(objects.items) > 1 and "分别" in ground.clean[clause.clause.start : act.verb_start]
    for number, subject in enumerate(subjects):
        own = replace(objects, items=objects.items[number : number + 1]) if paired else objects  # A、B分别获评C和D
        yield from _pairs(ground, clause, act, frame, subject, own)


def _pairs(
    ground: Ground, clause: ClauseActs, act: Predication, frame: Frame, subject: tuple[str, int], objects: Objects
) -> Iterator[Relation]:
    """Yield what a frame says of one subject and each object, the right way round."""
    modality, status = _stance(clause, act, frame)
    period, to = _period(ground, clause), (("to", objects.to),) if objects.to else ()
    name, start = subject
    for item in objects.items:
        if frame.series == "issue" and act.subject is None and (issuer := _ISSUER.match(item.name)):
            name = issuer["place"]  # the title says who issued it
        if name != item.name and not misplaced(clause, act, frame, item):
            pair = (item.name, name) if frame.inverse else (name, item.name)
            span = ground.span(min(start, act.verb_start), max(item.end, act.verb_start + 1))
            yield Relation(span, pair[0], frame.predicate, pair[1], frame.id, modality, status, period, to)


def _period(ground: Ground, clause: ClauseActs) -> Period:
    """Return the period of a clause, else the one that its sentence printed before."""
    own = ground.period(clause.clause.start, clause.clause.end)
    before = ground.period(clause.sentence.start, clause.clause.start)
    return own if own.start or not before.start else replace(before, basis="inherited")


def _serial(
    ground: Ground, clause: ClauseActs, act: Predication, agents: Sequence[NounPhrase], start: int, last: dict[str, Actor]
) -> Iterator[Relation]:
    """Read on in 支持宁波大学建设海洋中心: the object of the first verb is the subject of the next."""
    for item in agents:
        if not is_agent(item):
            continue
        inner = replace(clause, actor=Actor(item.name, item.type, item.start), thing=None)
        for further in predications(ground, start, act.object_end):
            if further.subject is None:
                stance = replace(further.stance, modality=act.stance.modality, planned=act.stance.planned or further.stance.planned)
                yield from _act(ground, inner, replace(further, stance=stance), last)


def _stance(clause: ClauseActs, act: Predication, frame: Frame) -> tuple[Modality, Status]:
    if act.stance.modality == "expected":
        return "expected", "planned"
    if act.stance.planned or clause.planned:
        return "target", "planned"
    return "actual", frame.status
