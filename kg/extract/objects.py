"""Objects: what a verb frame takes from the stretch behind its verb."""

import re
from dataclasses import dataclass

from kg.extract.frames import Frame, lexicon
from kg.extract.ground import CATEGORIES, MASK, ORGANISATIONS, PERSONS, PLACES, TIME, Ground
from kg.extract.noun_phrases import NounPhrase, phrase, read_list
from kg.frozen import quickly_made

_NAMES = re.compile(rf"{MASK}+(?:教授|博士|院士|研究员|先生|女士)?(?:[、和与及]{MASK}+(?:教授|博士|院士|研究员|先生|女士)?)*")
_AS = re.compile(r"(?:教授|博士|院士|研究员|先生|女士)?(?:为|任|担任|出任|作为|及其(?:科研|创新|专家)?团队)")
_INSIDE = re.compile(r"包括(?P<items>[^，。；：]{2,60}?)在内的")
_AS_POST = re.compile(r"(?:为|担任|任)(?=[^，。]{0,8}(?:教授|院长|所长|校长|主任|专家|科学家|顾问|研究员)$)")
_ARTICLES = re.compile(r"双?(?:\d+|[一二三四五六七八九十]+)条$")  # 新政双10条
_AMOUNT = re.compile(
    r"(?:近|约|超过?|达到?|增长|突破|全省|全国|居|列)?(?:第)?[\d.,]+[万亿]*余?多?(?:个|家|名|项|位|件|条|人|元|所|亩|%|$)|增长|超过|达到"
)
_HELPED = re.compile(  # 支持企业|牵头组建创新联合体
    r"[^，、〓◷]{0,8}?(?:企业|高校|院所|机构|人员|人才|团队|单位|园区)(?=牵头|联合|组建|建设|设立|开展|申报|承担|加大|参与|实施|建立|创建|做大|引进|上市|研发)"
)
_PEOPLE = re.compile(r"(?:超过|超|近|约|达到|达|突破|逾|共)?\d+[余多]?(?:人|名|位)$|(?<=团队)\d+余?(?:个|支)$")
_AGENTS = ORGANISATIONS | PERSONS | PLACES | {"EnterpriseCategory", "OrganisationGroup", "TalentCategory"}


@quickly_made
@dataclass(frozen=True, slots=True)
class Objects:
    """The objects that a frame admits; ``to`` is what a pivot is moved to do (引导企业|加大投入)."""

    items: tuple[NounPhrase, ...] = ()
    to: str = ""


def read_objects(ground: Ground, start: int, end: int, frame: Frame) -> Objects:
    """Return the objects in ``clean[start:end]``, the stretch between a verb and the next predicate."""
    if frame.tails:
        tail = next((t for t in frame.tails if ground.masked.endswith(t, start, end)), None)
        if tail is None:
            return Objects()
        end -= len(tail)
    cut = next((t for t in frame.cuts if ground.masked.endswith(t, start, end)), "")
    found = _read(ground, start, end - len(cut), frame)
    return found if found.items or not cut else _read(ground, start, end, frame)


def _read(ground: Ground, start: int, end: int, frame: Frame) -> Objects:
    to = ""
    if frame.pivot:
        stop = _pivot(ground, start, end)
        if frame.must_move and stop >= end:
            return Objects()
        to, end = ground.clean[stop:end], stop
    if frame.series != "title":  # 列入浙江省|创新型企业: nobody acts
        end = acting_from(ground, start, end) or end
    while frame.series == "title" and start < end and ground.masked[start] == TIME:  # 获2017年度科技进步奖
        start += 1
    if frame.series == "help" and not frame.pivot and (agent := _HELPED.match(ground.masked, start, end)):
        end = agent.end()
    if frame.series == "place" and "的" in ground.masked[start:end]:
        return Objects()
    if frame.series == "gain":
        start, end = _appointed(ground, start, end) or (start, end)
    if frame.series == "issue" and (articles := _ARTICLES.search(ground.masked, start, end)):
        end = articles.start()
    if inside := _INSIDE.match(ground.masked, start, end):  # 引进包括张明院士在内的12名人才
        start, end = inside.span("items")
    listed = read_list(ground, start, end)
    items = listed.items if frame.listed else _whole(ground, start, end)
    if frame.count == "persons" and listed.group and not any(item.mention and item.type not in CATEGORIES for item in items):
        items = _counted_people(ground, (listed.group,)) or items  # 博士、教授等高层次人才46名
    if frame.series == "title" and any(item.tailed for item in items):
        return Objects()  # 列入国家火炬计划2项: a number, and nobody's honour
    if frame.count != "keep" and any(item.tailed for item in items):  # 研发中心、工程中心5家: one number for the whole list
        people = _counted_people(ground, items) if frame.count == "persons" else ()
        items = people or tuple(item for item in items if item.mention and item.mention.type not in CATEGORIES)
    return Objects(tuple(item for item in items if frame.admits(item)), to)


def _counted_people(ground: Ground, items: tuple[NounPhrase, ...]) -> tuple[NounPhrase, ...]:
    """Return the people of a list that are counted behind their noun, without the number (引进高层次人才326名)."""
    found = (
        (item, _PEOPLE.search(ground.masked, item.start, item.end)) for item in items if item.tailed and not item.name.startswith("包括")
    )
    named = (phrase(ground, item.start, number.start()) for item, number in found if number)
    return tuple(item for item in named if item)


def _whole(ground: Ground, start: int, end: int) -> tuple[NounPhrase, ...]:
    """Return the stretch up to its amount as one phrase, in its own words."""
    amount = _AMOUNT.search(ground.masked, start, end)
    found = phrase(ground, start, amount.start() if amount and amount.start() > start + 1 else end)
    return (NounPhrase(found.start, found.end, ground.clean[found.start : found.end]),) if found else ()


def acting_from(ground: Ground, start: int, end: int) -> int | None:
    """Return where a list of names ends that goes on to act itself (服务团和专家团|深入企业)."""
    names = _NAMES.match(ground.masked, start, end)
    if names is None or names.end() >= end or not lexicon().moved.match(ground.masked, names.end(), end):
        return None
    return names.end() if any(m.type in _AGENTS for m in ground.within(start, names.end())[-1:]) else None


def _appointed(ground: Ground, start: int, end: int) -> tuple[int, int] | None:
    """Return the person in 聘任美国科学院院士罗杰为名誉教授."""
    for mention in ground.within(start, end):
        if mention.type in PERSONS and _AS.match(ground.masked, mention.end, end):
            return mention.start, mention.end
    post = _AS_POST.search(ground.masked, start + 2, end)
    return (start, post.start()) if post else None


def _pivot(ground: Ground, start: int, end: int) -> int:
    """Return where a pivot object ends and what it is moved to do begins."""
    mention = ground.starts.get(start)
    floor = mention.end if mention else start + 2
    found = lexicon().moved.search(ground.masked, floor, end)
    return found.start() if found else end
