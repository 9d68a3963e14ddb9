"""Who does what a verb frame tells: the subject that the clause prints, else the one it carries on."""

import re

from kg.extract.acts import PRONOUNS, ClauseActs
from kg.extract.clauses import Predication, is_agent
from kg.extract.constructions import cause
from kg.extract.frames import Frame
from kg.extract.ground import PERSONS, PLACES, Ground
from kg.extract.noun_phrases import NounPhrase, read_list

_FIRMS = frozenset(("Enterprise", "University", "Institute"))  # they go on acting within their sentence
_MAKERS = PERSONS | {"Team", "Enterprise", "University", "Institute", "Platform"}
_TEAM_OF = re.compile(r"(?:他|她)(?:所?(?:带领|领衔|率领|领导|负责))?的(?:科研|创新|研发)?团队")
_PEOPLE = PERSONS | {"Team"}
_WORK = re.compile(  # what may win a title
    r"(?:项目|技术|成果|系统|团队|课题|产品|企业|公司|装备|设备|机构|中心|平台|院|所|校|园|区|室|市|县|[0-9]+家?)$|^“"
)
_OF_WORK = re.compile(r"(?:该|此|这)(?:项|个)?(?:研究)?(?:成果|技术|项目|产品|系统|课题|发明)|(?:项目|成果|技术)由")
_LEANS = ("作为", "以", "为", "按", "围绕", "通过", "对", "在", "从")
_NUMBER = re.compile(r"[\d.]+[万亿]?[个家名项位件条]被?$")  # 其中4家被认定: who they are is not told
_DEED = re.compile(r"发挥|强化|坚持|加强|围绕|扩围|依靠|主要|依托|通过|优化|完善|提升|深化|突出|促进|加大|落实|用好")


def subjects_of(ground: Ground, clause: ClauseActs, act: Predication, frame: Frame) -> list[tuple[str, int]]:
    """Return the subjects' names with the offset from which the quote runs."""
    alone = _own_subjects(ground, clause, act, frame)
    if frame.series not in ("issue", "build", "carry") or not alone:
        return alone
    return [*alone, *((m.name, m.start) for m in act.partners if m.name not in [name for name, _ in alone])]


def _own_subjects(ground: Ground, clause: ClauseActs, act: Predication, frame: Frame) -> list[tuple[str, int]]:
    own = act.subject
    if own and (own.name.startswith("作为") or (own.mention is None and own.name.startswith(_LEANS))):
        own = None  # 以……为保障，: no subject, the one who acts is meant
    if frame.subject == "person" and not _is_person(own, clause):
        return []
    if frame.series == "drive" and own is None and (deed := cause(ground, clause)):
        return [(deed, act.verb_start)]
    if frame.series == "drive" and own is not None and own.mention is None and _DEED.match(own.name):
        return []  # 发挥链主企业引领作用，带动……: a deed, and no thing that drives
    if frame.subject == "maker":
        return _makers(clause, act, own)
    if own is None:
        return [(name, _from(clause, act)) for name in _carried(ground, clause, frame)]
    if clause.actor and clause.actor.start == own.start and clause.actor.name != own.name:
        return [(clause.actor.name, own.start)]  # 该市, 当地: the actor says who that is
    listed = read_list(ground, own.start, own.end)
    items = listed.items if len(listed.items) > 1 or listed.open else (own,)
    if frame.subject == "actor":
        return [(item.name, item.start) for item in items if is_agent(item)]
    return [(_whole_house(item.name), item.start) for item in items if len(item.name) >= 2 and not _NUMBER.match(item.name)]


def _makers(clause: ClauseActs, act: Predication, own: NounPhrase | None) -> list[tuple[str, int]]:
    """Return who made a product: an organisation, a person or his team, printed or carried."""
    actor = clause.actor
    if own and _TEAM_OF.fullmatch(own.name) and actor and actor.type in PERSONS:
        return [(f"{actor.name}团队", own.start)]
    if own:
        makes = own.type in _MAKERS or own.name.endswith(("团队", "课题组"))
        return [(own.name, own.start)] if makes and not own.count else []
    return [(actor.name, _from(clause, act))] if actor and actor.type in _MAKERS else []


def _carried(ground: Ground, clause: ClauseActs, frame: Frame) -> list[str]:
    """Return the subjects of a clause that prints none: what was spoken of where it can be that, else the one who acts."""
    thing, actor = clause.thing, clause.actor
    if thing and frame.series == "place" and thing.type in PLACES | PERSONS | {"GovernmentBody"}:
        thing = None
    if thing and (frame.subject == "thing" or thing.type in _FIRMS) and (thing.type or frame.series != "title" or _WORK.search(thing.name)):
        listed = read_list(ground, thing.start, thing.end).items if thing.start is not None and thing.end else ()
        return [item.name for item in listed] if len(listed) > 1 else [thing.name]
    if frame.series == "title" and actor and actor.start is None and _OF_WORK.match(ground.masked, clause.sentence.start):
        return []  # 该成果由甲、乙合作完成，获……奖
    if frame.series == "place" and actor and actor.type in PLACES | PERSONS | {"GovernmentBody"}:
        return []  # neither a city nor an office moves into a park
    return [actor.name] if actor else []


def _is_person(own: NounPhrase | None, clause: ClauseActs) -> bool:
    """Say whether the subject, printed or carried, is a person or a team."""
    if own is None:
        return clause.actor is not None and clause.actor.type in _PEOPLE
    return (
        own.type in _PEOPLE
        or own.name in PRONOUNS
        or own.name.endswith("团队")
        or bool(own.count and own.count.endswith(("人", "名", "位")))
    )


def _whole_house(name: str) -> str:
    """Take the headquarters for the firm."""
    return re.sub(r"(?:总部|本部)$", "", name) if name.endswith(("总部", "本部")) else name


def _from(clause: ClauseActs, act: Predication) -> int:
    """Return where the quote begins: at the actor when it stands in this clause before the verb."""
    start = clause.actor.start if clause.actor else None
    return start if start is not None and clause.clause.start <= start < act.verb_start else act.verb_start


def misplaced(clause: ClauseActs, act: Predication, frame: Frame, item: NounPhrase) -> bool:
    """Say whether a scheme for people would go to a place or a house that the clause does not even name."""
    if frame.series != "title" or act.subject or frame.subject == "person":
        return False
    personal = item.type == "TalentCategory" or item.name.rstrip("”").endswith(("人才", "学者", "百人计划", "千人计划", "万人计划", "院士"))
    return personal and not _is_person(None, clause)
