"""Acts: predications with the one who acts, carried over from clause to clause and from sentence to sentence.

A clause without a subject of its own continues the last actor of its sentence; the clauses before the first subject of
a sentence (通过……，湖州市……) take that subject. A sentence without any subject goes on with the actor before it when
that is a government or the paragraph's topic, else with the place that the section speaks of.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.clauses import Predication, is_agent, is_purpose, opening, predications
from kg.extract.deixis import is_deictic, pointer_at, referent
from kg.extract.frames import lexicon
from kg.extract.ground import MASK, ORGANISATIONS, PERSONS, PLACES, TIME, Ground
from kg.extract.house import find_house
from kg.extract.modality import aims_from
from kg.extract.noun_phrases import NounPhrase, phrase
from kg.extract.stage import Actor, Stage
from kg.frozen import quickly_made
from kg.passages import Clause, Paragraph, Passages, Sentence
from kg.rules import alternation, rules

_PLANS = re.compile(
    r"下一步|下步|下一阶段|今后|未来|工作(?:安排|思路|打算|目标|部署|任务)|重点(?:工作|任务)|主要目标|目标任务|(?:明年|新的一年)"
)
_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]")
_DONE = re.compile(r"完成|进展|情况|回顾|成效|总结|取得")
_PAST = re.compile(r"过去的?[一五]年|回顾|一年来|五年来|20\d\d年工作回顾|今年以来|去年")
_PART = re.compile(
    r"(?:◷|20\d\d年|今年|[一二三四五]、|做好|政府|经济社会|科技|创新|全市|全省|全区|全县|工作|发展|的)*(?:总体要求|工作安排|主要任务|工作重点|重点工作|工作思路|目标任务|主要目标|预期目标)"
)
_NUMBERED = re.compile(rf"[\d.．、（）{TIME}一二三四五六七八九十]*")
_SAYS = re.compile(r"[^，。；]{0,4}?(?:表示|介绍|说|指出|强调|透露|告诉|认为|称|的|等|、|和|与|及)")
_SPEAKS = re.compile(
    r"(?:院士|教授|研究员|博士|先生|女士)?(?:在[^，。；：]{2,16}[中时上])?(?:还|也)?(?:笑着|感慨|坦言)?(?:表示|谈到|谈及|介绍|说|指出|强调|透露|告诉|认为|称|回忆|坦言|(?:给|对|向)记者)"
)
_HEADED_BY = re.compile(rf"由(?P<by>{MASK}{{2,40}})(?:院士|教授|研究员)?(?:牵头|领衔|主导)(?:组织|承担|实施)?$")
_COUNTED = re.compile(r"(?P<what>\d+余?(?:个|家|项|名)[^，。；〓◷\d]{1,8}?)(?:现场|成功|集中|正式|顺利){0,2}(?:签约|参展|参赛|参会|亮相)")
_DONE_BY_NOW = re.compile(rf"已|目前|现有|累计|完成|{TIME}")
_OF_PERSON = re.compile(
    r"(?:院士|教授|研究员|博士)?[^，。；的]{0,12}(?:带回|带领|领衔|率领|牵头|带来|组建|负责|主持)的(?=[^，。；的]{2,20}(?:团队|课题组)$)"
)
_FIGURE = re.compile(r"(?:收入|营收|产值|投入|销售额|增加值|利润|税收|出口额|研发费用|订单|产量|销量|估值|市值)$")
_NOT_FAR = 200  # characters between a person's name and the pronoun that means him or her
_BORN = re.compile(r"[^，]{0,5}(?:人|籍)")
_LEANS = re.compile(
    r"通过|以|为|随着|围绕|聚焦|按照|根据|依托|借助|自|在|面对|面向|针对|立足|据|经|经过|由于|因|当|按|从|对|抢抓|坚持|把|将|利用|紧扣|瞄准"
)
_THING = re.compile(r"(?!等|他|她|各|其).{3}")  # what a clause may speak of without a name
PRONOUNS = frozenset(("他", "她"))
_PRONOUN = re.compile(r"(?:他|她)(?!们|人|国|乡|山|日)")
_ASIDE = re.compile(r"（(?:以下)?(?:简称|统称)[^（）]{0,30}）")
_POINTED = re.compile(
    rf"与|同|将|还|也|已|先后|累计|现|共|联合|携手|正|获|牵头|聚焦|围绕|从|以|在|由|被|位于|坐落|成立|落户|致力|面向|瞄准|主攻|主要|重点|每年|{TIME}"
)  # what follows a pointing word that acts
_AFTER = re.compile(r"[、和的等及（(·]|建设|工作|发展|进展")


@quickly_made
@dataclass(frozen=True, slots=True)
class ClauseActs:
    """A clause, who acts in it, and its predications; ``purpose`` is where a purpose (为……) begins, else ``None``."""

    paragraph: Paragraph
    sentence: Sentence
    clause: Clause
    actor: Actor | None
    acts: tuple[Predication, ...]
    purpose: int | None
    planned: bool
    place: str | None  # the section's place
    thing: Actor | None  # what the clauses before spoke of, agent or not


def read_acts(passages: Passages, ground: Ground) -> Iterator[ClauseActs]:
    """Yield every clause of the report's paragraphs with its actor, in text order."""
    house = find_house(ground, passages)
    stage, planned_part = Stage(Actor(house.name, house.type) if house else None), False
    overall: bool | None = None  # whether the report opens with 总体要求, before its first chapter: all chapters tell plans
    for paragraph in passages.paragraphs:
        line = ground.clean[paragraph.start : paragraph.end]
        if paragraph.heading:
            chapter = not _SUBHEADING.match(line)
            overall = planned_part if chapter and overall is None else overall
            planned_part = (planned_part and (not chapter or (bool(overall) and not _DONE.search(line)))) or _tells_plans(line, ground.year)
            continue
        stage.open_paragraph(passages.place_of(paragraph))
        for sentence in paragraph.sentences:
            planned_part = _part(ground.clean[sentence.start : sentence.end], planned_part)
            lead = ground.clean[sentence.start : sentence.start + 14]
            yield from _read_sentence(ground, stage, paragraph, sentence, planned_part or bool(_PLANS.search(lead)))
            stage.close_sentence(sentence.mark)


def _tells_plans(heading: str, issued: int | None) -> bool:
    """Say whether what stands under a heading is planned; 2024年重点工作 is past in a report of 2025."""
    year = re.search(r"(20\d\d)年", heading)
    if _DONE.search(heading) or (year and issued and int(year[1]) < issued):
        return False
    return bool(_PLANS.search(heading))


def _part(sentence: str, planned: bool) -> bool:
    """Say whether a sentence opens the part of a report that tells plans (2013年工作安排), or closes it."""
    if _PAST.search(sentence[:16]):
        return False
    return planned or (len(sentence) <= 30 and bool(_PLANS.search(sentence)) and len(sentence) < 14) or bool(_PART.match(sentence))


def _read_sentence(ground: Ground, stage: Stage, paragraph: Paragraph, sentence: Sentence, planned: bool) -> Iterator[ClauseActs]:
    said = sum(1 for clause in sentence.clauses[:1] if ground.clean[clause.start] == "据")  # 据……表示，为……
    read = [_read_clause(ground, stage, clause, i <= said) for i, clause in enumerate(sentence.clauses)]
    first = next((i for i, (actor, acts, _) in enumerate(read) if actor and _leads(actor, acts)), None)
    aims = aims_from(ground.clean[sentence.start : sentence.end])
    purpose_open, thing, ahead = False, None, False
    for i, (clause, (actor, acts, purpose)) in enumerate(zip(sentence.clauses, read, strict=True)):
        own = actor
        if actor:
            opens = sentence.start == paragraph.start
            stage.take(actor, opens=opens, first=opens and i == 0, governs=any(_issues(act) for act in acts))
        elif first is not None and i < first and read[first][0] and _leads_up(ground, clause, acts):
            actor = read[first][0]
        purpose_open = (purpose is not None and first is not None and i < first) or (purpose_open and first is not None and i < first)
        yield ClauseActs(
            paragraph,
            sentence,
            clause,
            actor or stage.default(),
            () if purpose is not None or purpose_open else acts,
            purpose,
            planned or _aimed(aims, clause.start - sentence.start) or (ahead := _goes_on(ground, clause, acts, ahead and not own)),
            stage.place,
            thing,
        )
        ahead = any(act.stance.planned for act in acts) or ahead
        spoken = [act.subject for act in acts if act.subject and (act.subject.mention or _THING.match(act.subject.name))]
        thing = (_owner(ground, spoken[-1]) or stage.named(ground, spoken[-1])) if spoken else own or thing
        if counted := _COUNTED.match(ground.masked, clause.start, clause.end):
            thing = Actor(counted["what"], "", counted.start("what"))
        if by := _by(ground, clause):
            stage.take(by, opens=False, first=False)


def _goes_on(ground: Ground, clause: Clause, acts: tuple[Predication, ...], ahead: bool) -> bool:
    """Say whether what the clause before announced (将……) holds in this one as well: nothing in it is told as done."""
    return ahead and bool(acts) and acts[0].subject is None and not _DONE_BY_NOW.search(ground.masked, clause.start, clause.end)


def _owner(ground: Ground, found: NounPhrase) -> Actor | None:
    """Return the house whose figure a clause tells (某某公司营业收入|突破8000万元，被认定为……): it is what goes on."""
    house = ground.starts.get(found.start) if _FIGURE.search(found.name) else None
    return Actor(house.name, house.type, house.start) if house and house.type in ORGANISATIONS and house.end < found.end else None


def _leads(actor: Actor, acts: tuple[Predication, ...]) -> bool:
    """Say whether the clauses before an actor can be his: not those before a person who is only honoured."""
    return actor.type not in PERSONS or any(_does(act) for act in acts)


def _aimed(aims: Sequence[tuple[int, int]], offset: int) -> bool:
    """Say whether a word that points ahead still holds at ``offset``; no later stretch ends before an earlier one."""
    last = bisect_right(aims, offset, key=lambda aim: aim[0]) - 1
    return last >= 0 and offset < aims[last][1]


def _leads_up(ground: Ground, clause: Clause, acts: tuple[Predication, ...]) -> bool:
    """Say whether a clause before the first subject leads up to it (通过……，湖州市……) and is no deed of another."""
    start = _numbering(ground, clause)
    if ground.masked[start] in "与同联携会":
        return False
    return not acts or acts[0].subject is not None or _LEANS.match(ground.masked, start) is not None


def _numbering(ground: Ground, clause: Clause) -> int:
    """Return where a clause begins behind its number and its period."""
    found = _NUMBERED.match(ground.masked, clause.start, clause.end - 1)
    return found.end() if found else clause.start


def _by(ground: Ground, clause: Clause) -> Actor | None:
    """Return who heads the work that a clause tells in the passive (项目由甲大学牵头，): he acts in the clauses behind it."""
    found = _HEADED_BY.search(ground.masked, max(clause.start, clause.end - _NOT_FAR), clause.end)
    mention = ground.starts.get(found.start("by")) if found else None
    return Actor(mention.name, mention.type, mention.start) if mention and mention.type in ORGANISATIONS | PERSONS else None


def _read_clause(ground: Ground, stage: Stage, clause: Clause, first: bool) -> tuple[Actor | None, tuple[Predication, ...], int | None]:
    """Return the clause's own actor, its predications and where its purpose begins."""
    start = opening(ground, clause.start, clause.end)
    head = _head(ground, stage, start, clause.end)
    after = ground.starts[start].end if head and start in ground.starts else start
    purpose = is_purpose(ground, after, clause.end) if first or head or ground.clean.startswith("为了", after) else None
    if purpose:
        return head, (), purpose.end()
    acts = tuple(predications(ground, clause.start, clause.end))
    named = (act.subject for act in acts if act.subject and _acts(act) and (act is acts[0] or _known(act.subject)))
    own = next((stage.named(ground, subject) for subject in named), None)
    passive = any(act.subject and not _does(act) for act in acts[:1])
    return own or (None if passive and head and head.type not in PERSONS else head), acts, None


def _does(act: Predication) -> bool:
    """Say whether a verb is a deed (建设) rather than what befalls its subject (获评, 落户)."""
    return any(frame.subject == "actor" for verb in act.verbs for frame in lexicon().frames[verb])


def _known(subject: NounPhrase) -> bool:
    """Say whether a later subject of a clause is somebody that the text names (引导企业联合上下游的院所|共建……: it is not)."""
    return subject.mention is not None or is_deictic(subject.name)


def _issues(act: Predication) -> bool:
    """Say whether a verb gives out a policy (出台, 印发)."""
    return any(frame.series == "issue" for verb in act.verbs for frame in lexicon().frames[verb])


def _acts(act: Predication) -> bool:
    found = act.subject
    return found is not None and _does(act) and (is_agent(found) or is_deictic(found.name))


def _head(ground: Ground, stage: Stage, start: int, end: int) -> Actor | None:
    """Return the actor that opens a clause, whatever verb follows it."""
    site = ground.starts.get(start + 1)
    if site and site.end == end and site.type in PLACES and ground.clean[start] in "在于":
        return Actor(site.name, site.type, site.start)
    if _PRONOUN.match(ground.masked, start, end) and (who := _meant(ground, stage, start)):
        return Actor(who.name, who.type, start)
    mention = ground.starts.get(start)
    if mention is None and (pointer := pointer_at(ground, start, end)) and _POINTED.match(ground.masked, pointer[1], end):
        word = ground.clean[slice(*pointer)]
        goal = referent(ground, word, start, stage.place)
        return Actor(goal[0], goal[1], start) if goal else None
    if mention and mention.type in PERSONS:
        if _SPEAKS.match(ground.masked, mention.end):
            stage.person = Actor(mention.name, mention.type, mention.start)
            return stage.topic or stage.house or (Actor(stage.place, "City") if stage.place else None)  # what follows is not his own deed
        if owned := _OF_PERSON.match(ground.masked, mention.end, end):  # 庄明从新加坡带回的|电解质团队
            what = phrase(ground, owned.end(), end)
            return Actor(what.name, what.type or "Team", what.start) if what else None
        return None if ground.masked.startswith("的", mention.end) else Actor(mention.name, mention.type, mention.start)
    if mention is None or mention.type not in PLACES | ORGANISATIONS or mention.end >= end:
        return None
    if _posts_end().search(ground.masked, mention.end, end):  # 浙江省化学会副理事长: what somebody is
        return None
    if mention.type in PLACES and _BORN.fullmatch(ground.masked, mention.end, end):
        return None
    if held := _holders().match(ground.masked, mention.end):
        person = ground.starts.get(held.end())
        if person and person.type in PERSONS and not _SAYS.match(ground.masked, person.end):
            return Actor(person.name, person.type, person.start)
        return None
    aside = _ASIDE.match(ground.clean, mention.end, end)
    if _AFTER.match(ground.masked, aside.end() if aside else mention.end):
        return None
    return Actor(mention.name, mention.type, mention.start)


def _meant(ground: Ground, stage: Stage, start: int) -> Actor | None:
    """Return the person whom 他 or 她 at ``start`` means: who acted or spoke last, else who was named last, not far before."""
    if stage.person:
        return stage.person
    named = ground.last_person(max(0, start - _NOT_FAR), start)
    return Actor(named.name, named.type, named.start) if named else None


@cache
def _posts_end() -> re.Pattern[str]:
    """Return the pattern of a clause that is nothing but a post."""
    words = rules("posts", "ends").words
    return re.compile(rf"^[^，。；]{{0,16}}(?:{alternation(words['rank'])})?{alternation(words['post'])}$")


@cache
def _holders() -> re.Pattern[str]:
    """Return the posts that make a body the attribute of a person (市科技局局长李明表示)."""
    words = rules("posts", "ends").words
    return re.compile(rf"(?:{alternation(words['rank'])})?{alternation(words['post'])}")


def by_sentence(clauses: Iterator[ClauseActs]) -> Iterator[list[ClauseActs]]:
    """Group clauses by their sentence."""
    group: list[ClauseActs] = []
    for clause in clauses:
        if group and group[0].sentence is not clause.sentence:
            yield group
            group = []
        group.append(clause)
    if group:
        yield group
