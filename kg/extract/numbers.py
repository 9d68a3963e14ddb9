"""Read one number with its surroundings: what is said of it, and what it goes on from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.drafts import Draft
from kg.extract.measures import Said, say
from kg.extract.name_lists import split_list
from kg.extract.phrases import After, Before, one_of, read_after, read_before, words
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
_BOUNDED_SHARE = re.compile(r"(?P<word>不低于|不少于|超过)(?P<whole>[^，；。\d]{2,12})的$")  # 研发投入不低于销售收入的12%
_WHOLE = re.compile(r"(?P<whole>全[国省市区县州球])(?:近|约|超)?$")
_OTHER = re.compile(r"[和及](?=[一二三四五六七八九十两\d]{1,3}[年个月])")  # 住房和三年免租的办公场所
_ONE_OF = re.compile(r"级(?!别)|[^，、。；\d]{2,24}之一")  # 300万吨级装置; 首批23个试点城市之一
_FEW = re.compile(r"(?:全[国省市]|[国省]内|我[国省])(?:仅有?|只有)$")  # 全省仅2家: how rare an honour is
_YEARLY = re.compile(r"每年|年均")
_ROUGH = re.compile(r"(?:缩短|压缩|压减|减少|延长|提前|平均|时间|时限|期限|周期|提速)[^，。]{0,12}$")
_STANDING = re.compile(r"(?P<what>[\u4e00-\u9fff“”]{2,20})以$")  # 零售额以1143亿元的总量位居全国第一
_BULK = ("总量", "总额", "规模", "体量", "总数", "数量", "成绩", "业绩")
_GOAL = re.compile(r"的?(?:年度|全年|年初)?(?:预定|预期|既定)?(?:目标|任务|计划)")
_DONE = re.compile(r"^.{0,12}?(?:完成|实现|达成|达到|突破|高于|低于|超过|超出)(?:了|年初|省定|既定|省下达的?)?")
_LIST_MARK = re.compile(r"[、，和与及以]{0,2}(?P<word>(?:同比)?(?:增长|下降|增加|减少|提高|降低))?")
_ZONE = re.compile(r"(?P<zone>[\u4e00-\u9fff]{0,6}(?:高新区|经开区|开发区|新区|自贸区|市本级|市直|保税区))以?")
_RANGE_MARK = re.compile(r"[-—–－~～至到]?")
_GROUP = re.compile(r"在(?:全国|全省)?$")
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
        said, after = Said("", prior.measure, prior.rule, prior.sign, prior.baseline), _after(item, where.right)
        named = bool(after.noun) and prior.inherited and item.kind in ("money", "area") and prior.verb in _granting()
        return Reading(item, where, said, Before(verb=prior.verb, target=prior.target) if named else Before(), after, named, prior, host)
    if item.kind == "percent" and (of := _BOUNDED_SHARE.search(left)):
        item = replace(item, comparison=">" if of["word"] == "超过" else ">=")
        left = f"{left[: of.start()]}占{of['whole']}的"
    if is_goal(where):
        left = _DONE.sub("", left)
    said = _say(item, left, where.right)
    before = read_before(said.left, scene.place)
    after = After() if is_goal(where) else _after(item, where.right)
    if after.attributive and after.noun.startswith(_BULK) and (standing := _STANDING.search(left)):
        before, after = read_before(standing["what"], scene.place), After()
    if item.kind == "percent" and said.measure is None and (share := _share_spent(before.noun, left, where.right)):
        said, before, after = replace(said, measure="share", rule="measures.share"), replace(before, verb="", noun=share), After()
    elif item.kind == "percent" and said.measure is None and (part := _part_of(left, where.right, prior)):
        said, before = replace(said, measure="share", rule="measures.share"), replace(before, verb="", subject="", noun=part[0])
        after = After("", part[1], "", attributive=True)
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


def _share_spent(noun: str, left: str, right: str) -> str:
    """Return the name of a share that is set aside: 将销售收入的15%投入研发, 按国拨经费的50%给予配套."""
    match = re.match(r"(?:用于|投入)?(?P<use>[^，。；、]{2,12})", right)
    if not left.endswith("的") or not match:
        return ""
    whole = re.sub(r"^.*?[将把按]", "", noun) or noun
    return f"{match['use']}占{whole}比重"


def _part_of(left: str, right: str, prior: Draft | None) -> tuple[str, int] | None:
    """Return the name of a share of the whole place, and its length: 全市28%的工业增加值和35%的高新技术企业."""
    whole = _WHOLE.search(left)
    if not whole and prior and re.fullmatch(r"[、和及]", left):
        whole = re.search(r"占(?P<whole>全.)比重$", prior.indicator)
    noun = read_after(right[1:]) if right.startswith("的") else After()
    return (f"{noun.noun}占{whole['whole']}比重", noun.length + 1) if whole and noun.noun else None


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


def counts(item: Quantity, where: Surroundings) -> bool:
    """Return whether a number counts something: Chinese numerals and spans of time need words that say so.

    The size of a group that one belongs to (23个试点城市之一), of a class (300万吨级) or of the few honoured counts nothing here.
    """
    if item.kind == "time":
        return bool(_ROUGH.search(where.left))
    if item.unit in ("位", "人", "名") and where.left.endswith("前"):
        return False  # 排名前10位的城市
    if _ONE_OF.match(where.right) or _FEW.search(where.left):
        return False
    if not item.chinese or item.value >= 100 or item.kind != "count":
        return True
    things = one_of("countable").search(where.right[:14])
    if things and (item.value >= 10 or (item.value >= 2 and not where.left.strip("，、；（"))):
        return True
    ended = not where.right or where.right[0] in "，、；。（）和及"
    counting = one_of("increase", at_end=True).search(where.left) or one_of("holds", at_end=True).search(where.left)
    usual = item.unit in ("家", "个", "人", "项", "件", "所", "座")
    return bool((ended and len(where.left) >= 4 and usual) or counting)


def is_goal(where: Surroundings) -> bool:
    """Return whether a number is what was aimed at: 超额完成全年净增130家目标任务."""
    return _GOAL.match(where.right) is not None and _DONE.search(where.left) is not None


def is_threshold(item: Quantity, where: Surroundings, following: object) -> bool:
    """Tell the threshold of a category (10亿元以上项目5个) from an amount."""
    if not isinstance(following, Quantity) or following.kind != "count" or item.kind not in ("money", "amount", "area"):
        return False
    bounded = item.tail > item.end or item.comparison in (">", ">=")
    between = where.right
    return bounded and 0 < len(between) <= 20 and not re.search(r"[，、；。（）]", between) and not one_of("acts").match(between)


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


def is_group(reading: Reading) -> bool:
    """Return whether the number is the size of a group that something is ranked in: 在19个城市中."""
    return bool(_GROUP.search(reading.where.left)) and bool(re.search(r"^[^，。；]{2,24}?(?:中|里)", reading.where.right))


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
