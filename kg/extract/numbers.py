"""Read one number with its surroundings: what is said of it, and what it goes on from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.counting import before_goal, is_goal
from kg.extract.drafts import Draft
from kg.extract.measures import Said, say
from kg.extract.name_lists import split_list
from kg.extract.phrases import After, Before, read_after, read_before, words
from kg.extract.shares import as_share, bounded_share
from kg.extract.surroundings import Surroundings
from kg.facts import Measure
from kg.frozen import quickly_made
from kg.mentions.gazetteer import places_called
from kg.mentions.quantities import Quantity
from kg.rules import alternation

_RATE_AFTER = re.compile(r"的?(?:年均)?(?:同比)?(?:增速|增幅|增长率|增长(?![到至为])|速度)")
_FROM = re.compile(r"(?:由|从|自)(?:最初|原来|过去|原先|当初|成立时)?的?$")
_STOCK = re.compile(r"累计|共有|现有|已有|迄今|至此|总计|拥有(?!量)")
_COMPARED = re.compile(r"(?:同比|环比|(?:(?<![同环占对])比|较)(?P<base>[^，；。比较]{1,10}))$")
_OTHER = re.compile(r"[和及](?=[一二三四五六七八九十两\d]{1,3}[年个月])")  # 住房和三年免租的办公场所
_YEARLY = re.compile(r"每年|年均")
_STANDING = re.compile(r"(?P<what>[\u4e00-\u9fff“”]{2,20})以$")  # 零售额以1143亿元的总量位居全国第一
_BULK = ("总量", "总额", "规模", "体量", "总数", "数量", "成绩", "业绩")
_LIST_MARK = re.compile(r"[、，和与及以]{0,2}(?P<word>(?:同比)?(?:增长|下降|增加|减少|提高|降低))?")
_ZONE = re.compile(r"(?P<zone>[\u4e00-\u9fff]{0,6}(?:高新区|经开区|开发区|新区|自贸区|市本级|市直|保税区))以?")
_RANGE_MARK = re.compile(r"[-—–－~～至到]?")
_AND = re.compile(r"[和及、与]$")  # 给予启动经费和不低于100平方米的住房


@quickly_made
@dataclass(frozen=True, slots=True)
class Reading:
    """What has been understood of one number, step by step."""

    item: Quantity
    where: Surroundings
    said: Said
    before: Before
    after: After
    right: bool  # what is counted stands after the number
    prior: Draft | None  # the number that this one goes on from
    host: Draft | None  # the number whose bracket this one stands in
    each: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        """The noun phrase that is counted or measured; empty when it must be inherited."""
        if not self.right:
            return self.before.noun
        return self.before.noun + self.after.noun if self.before.noun in words("phase") else self.after.noun


@quickly_made
@dataclass(frozen=True, slots=True)
class Scene:
    """What a number may go on from: the numbers of its sentence so far, and the last one before (``last``).

    ``here`` tells that the last one stands in the same paragraph; ``chained`` numbers follow this one joined by 、 or 和 alone;
    ``place`` matches the names of the section's place; ``hanging`` is the indicator that the clause before named without a
    number (研发投入强度居全国前列，由1.43%提高到2.15%).
    """

    drafts: Sequence[Draft]
    last: Draft | None
    here: bool
    chained: int
    place: re.Pattern[str] | None
    hanging: str = ""


def read_number(item: Quantity, where: Surroundings, scene: Scene) -> Reading:
    """Return how ``item`` reads: as the next of a list, the other end of a range, or by its own words."""
    host = _host(where, scene.drafts)
    level = [d for d in scene.drafts if d.bracket == where.bracket or d.bracket is None]
    prior = host or (level[-1] if level else None)
    left = _FROM.sub("", where.left)
    if prior and len(prior.each) > 1 and (mark := _LIST_MARK.fullmatch(left)):
        return _next_of_list(item, where, prior, host, mark["word"] or "")
    if item.rule.endswith("range") and prior and prior.rule_found == item.rule and _RANGE_MARK.fullmatch(where.left):
        return _end_of_range(item, where, prior, host)
    item, left = bounded_share(item, left)
    goal = is_goal(where)
    left = before_goal(left) if goal else left
    said = _say(item, left, where.right)
    before = read_before(said.left, scene.place)
    after = After() if goal else _after(item, where.right)
    if after.attributive and after.noun.startswith(_BULK) and (standing := _STANDING.search(left)):
        before, after = read_before(standing["what"], scene.place), After()
    if item.kind == "percent" and said.measure is None:
        said, before, after = as_share(said, before, after, left, where.right, prior)
    if scene.hanging and not (before.noun or before.verb or after.noun):
        before = replace(before, noun=scene.hanging)
    each = _each(left, before, after, level, scene.chained)
    whose = split_list(before.subject) if not each and "分别" in left and not after.noun else []
    if each:
        before = replace(before, noun=each[0])
    elif len(whose) == scene.chained + 1 and len(whose) > 1:
        each, before = tuple(whose), replace(before, subject=whose[0])
    zone = _as_subject(before.noun) if not after.noun else ""
    if prior is None and not after.noun and ((scene.here and not (before.noun or before.verb)) or zone):
        prior = scene.last
    if item.kind == "count" and prior and zone and not before.verb:
        each = tuple(name for name in each if is_place(name))
        before = replace(before, noun="", subject=zone)
    return Reading(item, where, said, before, after, _noun_follows(item, said, before, after, left), prior, host, each)


def _end_of_range(item: Quantity, where: Surroundings, prior: Draft, host: Draft | None) -> Reading:
    """Return the reading of the second number of a range; behind a verb of granting it may name what both are for."""
    said, after = Said("", prior.measure, prior.rule, prior.sign, prior.baseline), _after(item, where.right)
    named = bool(after.noun) and prior.inherited and item.kind in ("money", "area") and prior.verb in _granting()
    return Reading(item, where, said, Before(verb=prior.verb, target=prior.target) if named else Before(), after, named, prior, host)


def _next_of_list(item: Quantity, where: Surroundings, prior: Draft, host: Draft | None, word: str) -> Reading:
    """Return the reading of the next number of a 分别 list, which says the same of the next thing (``word``: up or down)."""
    sign = (-1 if re.search(r"下降|减少|降低", word) else 1) if word else prior.sign
    said, name = Said("", prior.measure, prior.rule, sign, prior.baseline), prior.each[1]
    by_subject = is_place(name) or (prior.noun and prior.noun not in prior.each and prior.indicator not in prior.each)
    before = Before(verb=prior.verb, subject=name) if by_subject else Before(verb=prior.verb, noun=name)
    return Reading(item, where, said, before, After(), False, prior, host, prior.each[1:])


def _after(item: Quantity, right: str) -> After:
    """Return what stands after the number; 500万元的创业扶持资金 names its noun after 的."""
    if item.kind == "time":
        return After()
    if item.kind in ("money", "area") and (other := _OTHER.search(right)):
        right = right[: other.start()]
    if item.kind in ("money", "area") and right.startswith("的"):
        after = read_after(right[1:])
        return replace(after, length=after.length + 1, attributive=True) if after.noun else read_after(right)
    return read_after(right)


def _say(item: Quantity, left: str, right: str) -> Said:
    said = say(left.replace("分别", ""), item)
    if item.rule.endswith("doubling") and said.measure != "yoy_growth":
        compared = _COMPARED.search(said.left)
        base = compared["base"] if compared else None
        return Said(_COMPARED.sub("", said.left), "yoy_growth", "measures.growth", base=base)
    if said.measure in (None, "value") and item.kind == "percent" and _RATE_AFTER.match(right):
        return replace(said, measure="yoy_growth", rule="measures.growth-rate")
    return said


def _each(left: str, before: Before, after: After, level: Sequence[Draft], chained: int) -> tuple[str, ...]:
    """Return the things of which a list of numbers speaks in turn: by 分别, or by as many names as numbers."""
    names = split_list(before.noun, chained + 1)
    joint = "、" in before.noun and len(names) == chained + 1 and not after.noun
    if "分别" not in left and not joint:
        return ()
    if not before.noun:
        names = [d.noun if before.stock else d.indicator for d in level if d.measure != "difference"][-1 - chained :]
    return tuple(names) if len(names) > 1 else ()


def read_group(item: Quantity, where: Surroundings, clean: str) -> Reading:
    """Return how one number of a quoted pair reads: “9+11”重点项目改革 has a first and a second group."""
    match = re.compile(r"(?:\+\d+)?”(?P<noun>[^，。；、”]{2,12})").match(clean, item.end)
    which = "二" if clean[item.start - 1] == "+" else "一"
    noun = f"第{which}组{match['noun'] if match else '项目'}数"
    return Reading(item, where, Said("", "value", item.rule), Before(), After(noun, 0), True, None, None)


def is_place(name: str) -> bool:
    """Return whether ``name`` is a city, district or province, of which something else is counted.

    >>> is_place("武侯区"), is_place("示范区")
    (True, False)
    """
    return 2 <= len(name) <= 8 and bool(places_called(name))


def _as_subject(noun: str) -> str:
    """Return the place or zone of which something else is counted (武侯区32家, 高新区以89家领跑), or the empty string."""
    if zone := _ZONE.fullmatch(noun):
        return zone["zone"]
    name = noun.removesuffix("以")
    return name if is_place(name) else ""


def measure_of(reading: Reading) -> Measure:
    """Return the measure of a number: by the words before it, else by verb, stock words and what it goes on from."""
    said, before, item, prior = reading.said, reading.before, reading.item, reading.prior
    if said.measure not in (None, "value"):
        assert said.measure is not None
        return said.measure
    if item.kind == "percent":
        return "value" if re.search(r"(?:指数|得分)$", reading.noun or (prior.indicator if prior else "")) else "share"
    if item.kind == "points":
        return "difference"
    if before.stock or before.noun == "总数":
        return "cumulative"
    if before.verb:
        if before.verb.startswith(words("increase")) or before.verb.endswith(words("increase")):
            return "value" if _YEARLY.search(reading.where.left) else "increase"
        return "cumulative" if before.verb in words("holds") else "value"
    if said.measure == "value":
        return "cumulative" if prior and not reading.noun and prior.measure == "cumulative" else "value"
    counted = ("count", "kinds")
    if prior and prior.kind in counted and item.kind in counted:
        own_verb = reading.right and bool(re.match(r"[\u4e00-\u9fff]", reading.after.rest))
        goes_on = reading.host or before.listed or before.part or (prior.measure == "increase" and not own_verb)
        if goes_on and prior.measure in ("increase", "cumulative"):
            return prior.measure
    return "increase" if reading.right and item.kind == "count" and trailing_verb(reading.after) else "value"


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,4}}?(?P<verb>{alternation(words('trailing_increase'))})")


def trailing_verb(after: After) -> str:
    """Return the verb that follows a counted noun and tells that it is new: 18个团队相继育成."""
    match = _trailing().match(after.rest)
    return match["verb"] if match else ""


def is_stock(reading: Reading, measure: Measure) -> bool:
    """Return whether the words say 累计, 现有 or the like, for which a period must be printed beside the number."""
    return measure == "cumulative" and bool(_STOCK.search(reading.where.left))


def _host(where: Surroundings, drafts: Sequence[Draft]) -> Draft | None:
    """Return the number before the bracket that this number stands in."""
    if where.bracket is None:
        return None
    return next((d for d in reversed(drafts) if d.end <= where.bracket[0] + 1 and d.bracket != where.bracket), None)


@cache
def _granting() -> frozenset[str]:
    return frozenset(words("granting"))


def _noun_follows(item: Quantity, said: Said, before: Before, after: After, left: str) -> bool:
    if not after.noun or said.measure in ("difference", "yoy_growth", "share", "increase"):
        return False
    if item.kind in ("count", "kinds"):
        return said.measure is None or not before.noun or left.endswith("的")
    if before.target:
        return True
    if after.attributive and _AND.search(left):
        return True
    if after.attributive:
        return not re.search(r"[资额金入值费款模本价积地]$", before.noun)
    return not before.noun or before.open or before.noun in words("phase")
