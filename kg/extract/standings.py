"""Decide which numbers a rank or a superlative speaks of."""

import re
from collections.abc import Sequence

from kg.extract.drafts import Draft
from kg.extract.indicators import base_of
from kg.extract.phrases import tidy
from kg.mentions.gazetteer import places
from kg.mentions.places import full_name, resolve
from kg.mentions.ranks import Superlative, find_superlatives

_GROWTH = re.compile(r"(?:的)?(?:增速|增幅|增长率|涨幅|增长速度)")
_LEVEL = re.compile(r"(?:总量|规模|数量|总数|总额|绝对值|各|两项指标|其|三项指标|综合排名|排名|位次|)")
_BOTH = re.compile(r"(?:总量|规模|数量|总数|总额)(?:和|与|、|及)(?:增速|增幅|增长率)")
_BULK = re.compile(r"总量|规模|数量|总数|总额|绝对值")
_ALL = re.compile(r"均|都|分别|双双")
_GROUP = re.compile(r"在(?:全[国省市])?(?P<scope>\d+[个家][^，。；]{2,20}?)(?:中|里)")
_IDLE = re.compile(
    r"(?:已)?连续[一二三四五六七八九十两\d]{1,3}(?:年|个月|个季度)|连年|多年|继续|均|分别|持续|再次|首次|有望|预计|有所|也|都|已|双双|[（(，、]"
)
SHORT = 2  # characters of a short name of what a number measures
NEAR = 40  # numbers before a superlative among which is the one it speaks of
SAME = 40  # statements of one rank that a headline is compared with
_RECORD = re.compile(r"新高|最好水平|历史最高")


def superlatives_of(clean: str) -> tuple[Superlative, ...]:
    """Return the superlatives that can speak of a number: records (创历史新高), not 首家 or 率先."""
    return tuple(s for s in find_superlatives(clean) if _RECORD.search(clean, s.start, s.end))


def attach(superlatives: Sequence[Superlative], drafts: Sequence[Draft], clean: str) -> None:
    """Give each superlative to the level that stands before it (an amount rather than its growth)."""
    passed = 0
    for one in superlatives:
        while passed < len(drafts) and drafts[passed].number[1] <= one.start:
            passed += 1
        before = [d for d in drafts[max(0, passed - NEAR) : passed] if d.measure not in ("difference", "rank")]
        levels = [d for d in before if d.measure != "yoy_growth"]
        for draft in (levels or before)[-1:]:
            draft.superlative = clean[one.start : one.end]


def own_words(left: str) -> str:
    """Return the words before a rank that can name what is ranked.

    >>> own_words("，均"), own_words("其中A股上市企业数"), own_words("，增速")
    ('', 'A股上市企业数', '增速')
    """
    return tidy(_IDLE.sub("", left)).removeprefix("其中")


def ranked(drafts: Sequence[Draft], own: str, left: str, bracket: tuple[int, int] | None, *, record: bool) -> list[Draft]:
    """Return the numbers that a rank speaks of; none when its own words name another thing.

    均居 speaks of all that have no rank yet, 增速居 of a growth rate, 总量居 of an amount; after a record (创历史新高) the rank
    speaks of the amount that set it; after an amount and its own growth of the amount; else of the nearest number.
    """
    if re.fullmatch(r"[、和]", left):
        return []
    growth = bool(_GROWTH.fullmatch(own))
    share = own in ("占比", "比重")
    if not (growth or share or _LEVEL.fullmatch(own) or _BOTH.fullmatch(own)):
        named = drafts[-1:] if len(own) >= SHORT and bracket is None else []  # 汽车产量达310.8万辆，产量居全国第一
        return [d for d in named if d.rank is None and d.measure in ("value", "increase", "cumulative") and d.noun.endswith(own)]
    free = [d for d in drafts if d.rank is None and d.measure not in ("difference", "rank")]
    free = [d for d in free if (d.number[1] <= bracket[0] + 1 if bracket else d.bracket is None)] or (free if bracket else [])
    if _BOTH.fullmatch(own):
        return [d for d in free if base_of(d.indicator) == base_of(free[-1].indicator)][-2:] if free else []
    if growth:
        return [d for d in free if d.measure == "yoy_growth"][-1:]
    if share:
        return [d for d in free if d.measure == "share"][-1:]
    if _ALL.search(left) and not own:
        return free
    levels = [d for d in free if d.measure != "yoy_growth"]
    if _ALL.search(left):
        return levels
    if own and _BULK.fullmatch(own):  # 总量居第2位 after 占比重达31.8%: an amount's, not a share's
        levels = [d for d in levels if d.measure != "share"] or levels
    of_same = [d for d in levels if base_of(d.indicator) == base_of(free[-1].indicator)]
    return levels[-1:] if levels and (record or own) else of_same[-1:] or free[-1:]


def group_before(clean: str, start: int, end: int) -> str | None:
    """Return the group that a rank is within (19个支撑绿色发展型城市), when the sentence names one before it."""
    found = list(_GROUP.finditer(clean, start, end))
    return found[-1]["scope"] if found else None


def apart_from_groups(drafts: Sequence[Draft], clean: str, start: int, end: int) -> list[Draft]:
    """Return ``drafts`` without the sizes of groups that ``clean[start:end]`` ranks something in: they have no rank themselves."""
    groups = [match.span("scope") for match in _GROUP.finditer(clean, start, end)]
    return [draft for draft in drafts if not any(a <= draft.number[0] < b for a, b in groups)]


def province_of(place: str | None) -> str | None:
    """Return the province that the place named ``place`` lies in, or ``None`` when it is not known.

    >>> province_of("湖州市")
    '浙江省'
    """
    found = resolve(place) if place else None
    return places()[found.code[:2] + "0000"].name if found else None


def full_place(name: str, home: str | None) -> str | None:
    """Return the full name of the place called ``name``, one near ``home`` first; ``None`` when that is not plain.

    >>> full_place("武侯区", "成都市")
    '成都市武侯区'
    """
    found = resolve(name, resolve(home) if home else None)
    return full_name(found) if found else None


def restate(drafts: list[Draft], headlines: Sequence[Draft], since: int) -> list[Draft]:
    """Give the rank in a headline the place and period of the one statement that it repeats.

    A headline that repeats none keeps the place of its section; after the last paragraph (from ``since``), where a page
    prints the lines of its layout, nothing tells whose it is, and it is left out.
    """
    ranked: dict[tuple[int | None, str, str | None], list[Draft]] = {}
    repeated = {id(line) for line in headlines}
    for draft in drafts:
        if draft.rank is not None and id(draft) not in repeated:
            ranked.setdefault(_place_told(draft), []).append(draft)
    lost: set[int] = set()
    for line in headlines:
        same = ranked.get(_place_told(line), [])[:SAME]
        if len({(d.subject, d.area) for d in same}) == 1:
            line.subject, line.area, line.period = same[0].subject, same[0].area, same[0].period
        elif line.start >= since:
            lost.add(id(line))
    return [draft for draft in drafts if id(draft) not in lost]


def _place_told(draft: Draft) -> tuple[int | None, str, str | None]:
    return draft.rank, base_of(draft.indicator), draft.rank_scope
