"""Read one number with its surroundings into the draft of an observation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.drafts import Draft
from kg.extract.indicators import base_of, canonical, indicator_name, plain, rate_of
from kg.extract.measures import Said, say
from kg.extract.phrases import After, Before, one_of, read_after, read_before, split_list, words
from kg.extract.surroundings import Surroundings
from kg.facts import Measure
from kg.mentions.gazetteer import places_called
from kg.mentions.quantities import Quantity
from kg.rules import alternation

_RATE_AFTER = re.compile(r"的?(?:年均)?(?:同比)?(?:增速|增幅|增长率|增长|速度)")
_FROM = re.compile(r"(?:由|从|自)的?$")
_STOCK = re.compile(r"累计|共有|现有|已有|迄今|至此|总计|拥有(?!量)")
_ROUGH = re.compile(r"(?:缩短|压缩|压减|减少|延长|提前|平均|时间|时限|期限|周期|提速)[^，。]{0,12}$")
_GROUP = re.compile(r"在(?:全国|全省)?$")


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


def read_number(
    item: Quantity,
    where: Surroundings,
    drafts: Sequence[Draft],
    place: re.Pattern[str] | None,
    chained: int,
    last: Draft | None,
    here: bool,
) -> Reading:
    """Return how ``item`` reads.

    ``chained`` numbers follow it joined by 、 or 和 alone (分别为12家和156家); ``last`` is the last number of the
    sentences before, from which a number without a noun of its own goes on (同比增长20%) in the same paragraph (``here``).
    """
    host = _host(where, drafts)
    level = [d for d in drafts if d.bracket == where.bracket or d.bracket is None]
    prior = host or (level[-1] if level else None)
    left = _FROM.sub("", where.left)
    if prior and len(prior.each) > 1 and re.fullmatch(r"[、，和与及以]{0,2}", left):
        said = Said("", prior.measure, prior.rule, prior.sign)
        if is_place(prior.each[1]):
            before = Before(verb=prior.verb, subject=prior.each[1])
            return Reading(item, where, said, before, After(), False, prior, host, prior.each[1:])
        before = Before(verb=prior.verb, noun=prior.each[1])
        return Reading(item, where, said, before, After(), False, prior, host, prior.each[1:])
    if item.rule.endswith("range") and prior and prior.rule_found == item.rule and re.fullmatch(r"[-—–－~～至到]?", where.left):
        said = Said("", prior.measure, prior.rule, prior.sign, prior.baseline)
        return Reading(item, where, said, Before(), read_after(where.right), False, prior, host)
    said = say(left.replace("分别", ""), item)
    if item.rule.endswith("doubling") and said.measure != "yoy_growth":
        said = Said(re.sub(r"(?:同比|环比|比上年|较上年)$", "", said.left), "yoy_growth", "measures.growth")
    elif said.measure is None and item.kind == "percent" and _RATE_AFTER.match(where.right):
        said = replace(said, measure="yoy_growth", rule="measures.growth-rate")
    before = read_before(said.left, place)
    after = read_after(where.right) if item.kind != "time" else After()
    if item.kind == "percent" and said.measure is None and (share := _share_spent(before.noun, left, where.right)):
        said, before, after = replace(said, measure="share", rule="measures.share"), replace(before, verb="", noun=share), After()
    each: tuple[str, ...] = ()
    joint = "、" in before.noun and len(split_list(before.noun)) == chained + 1 and not after.noun
    if "分别" in left or joint:
        names = split_list(before.noun) if before.noun else [d.indicator for d in level if d.measure != "difference"][-1 - chained :]
        if len(names) > 1:
            each, before = tuple(names), replace(before, noun=names[0])
    if prior is None and not after.noun and ((here and not (before.noun or before.verb)) or _as_subject(before.noun)):
        prior = last
    if item.kind == "count" and prior and not after.noun and not before.verb and (zone := _as_subject(before.noun)):
        each = tuple(name for name in each if is_place(name))
        before = replace(before, noun="", subject=zone)
    return Reading(item, where, said, before, after, _noun_follows(item, said, before, after, left), prior, host, each)


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


def is_place(name: str) -> bool:
    """Return whether ``name`` is a city, district or province, of which something else is counted.

    >>> is_place("武侯区"), is_place("示范区")
    (True, False)
    """
    return 2 <= len(name) <= 8 and bool(places_called(name))


def _as_subject(noun: str) -> str:
    """Return the place or zone of which something else is counted (武侯区32家, 高新区以89家领跑), or the empty string."""
    if zone := re.fullmatch(r"(?P<zone>[\u4e00-\u9fff]{0,6}(?:高新区|经开区|开发区|新区|自贸区|市本级|市直|保税区))以?", noun):
        return zone["zone"]
    name = noun.removesuffix("以")
    return name if is_place(name) else ""


def counts(item: Quantity, where: Surroundings) -> bool:
    """Return whether a number counts something: Chinese numerals and spans of time need words that say so."""
    if item.kind == "time":
        return bool(_ROUGH.search(where.left))
    if not item.chinese or item.value >= 100 or item.kind != "count":
        return True
    ended = not where.right or where.right[0] in "，、；。（）和及"
    counting = one_of("increase", at_end=True).search(where.left) or one_of("holds", at_end=True).search(where.left)
    usual = item.unit in ("家", "个", "人", "项", "件", "所", "座")
    return bool((ended and len(where.left) >= 4 and usual) or counting)


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
        return "value" if re.search(r"(?:指数|得分)$", reading.noun) else "share"
    if item.kind == "points":
        return "difference"
    if before.stock or before.noun == "总数":
        return "cumulative"
    if before.verb:
        if before.verb.startswith(words("increase")) and before.verb != "引进落地":
            return "increase"
        return "cumulative" if before.verb in words("holds") else "value"
    if said.measure == "value":
        return "cumulative" if prior and not reading.noun and prior.measure == "cumulative" else "value"
    counted = ("count", "kinds")
    if prior and prior.kind in counted and item.kind in counted:
        goes_on = reading.host or before.listed or before.part or prior.measure == "increase"
        if goes_on and prior.measure in ("increase", "cumulative"):
            return prior.measure
    return "increase" if reading.right and item.kind == "count" and trailing_verb(reading.after) else "value"


def trailing_verb(after: After) -> str:
    """Return the verb that follows a counted noun and tells that it is new: 18个团队相继育成."""
    match = re.match(rf"[\u4e00-\u9fff]{{0,4}}?(?P<verb>{alternation(words('trailing_increase'))})", after.rest)
    return match["verb"] if match else ""


def verb_of(reading: Reading, measure: Measure) -> str:
    """Return the verb that belongs into the indicator; a list goes on with the verb of the number before it."""
    before, prior = reading.before, reading.prior
    if before.verb:
        return before.verb
    if reading.right and reading.item.kind == "count" and (verb := trailing_verb(reading.after)):
        return verb
    goes_on = before.listed or before.part or measure == "increase"
    if prior and goes_on and not before.stock and measure == prior.measure and reading.said.measure is None:
        return prior.verb
    return ""


def name_of(reading: Reading, measure: Measure, verb: str) -> str | None:
    """Return the indicator of a number, or ``None`` when nothing says what it measures."""
    prior, noun = reading.prior, reading.noun
    if measure == "difference":
        name = _difference_name(reading)
    elif measure in ("yoy_growth", "share"):
        name = _rate_name(reading, measure, verb)
    else:
        name = _level_name(reading, measure, verb)
    if name and prior is None and not noun and not verb:
        return None
    return canonical(plain(name)) if name else None


def _difference_name(reading: Reading) -> str | None:
    prior, noun = reading.prior, reading.noun
    if not noun:
        return rate_of(base_of(prior.indicator), prior.measure) if prior else None
    if not base_of(noun):
        return f"{base_of(prior.indicator)}{noun}" if prior else noun
    return noun


def _rate_name(reading: Reading, measure: Measure, verb: str) -> str | None:
    prior, noun = reading.prior, reading.noun
    if measure == "share" and noun.startswith("占"):
        whole = noun if noun.endswith(("比重", "比例", "占比")) or noun == "占" else f"{noun}比重"
        whole = "占比" if noun == "占" else whole
        if verb:
            return verb + whole
        return f"{prior.indicator}{whole}" if prior and not reading.before.subject else whole
    own = base_of(noun)
    if own and re.search(r"占$", own):
        return f"{own}比"
    if own:
        return own if reading.right else verb + own
    if prior is None:
        return verb or None
    return f"{prior.noun}{verb}" if verb else prior.indicator


def _level_name(reading: Reading, measure: Measure, verb: str) -> str | None:
    item, prior, host, noun, right, before = reading.item, reading.prior, reading.host, reading.noun, reading.right, reading.before
    if before.target:
        return f"{before.target}{noun or before.verb}额"
    if host and not right and not before.verb:
        head = re.sub(r"^[^级]{1,4}级(?:及?以上)?", "", host.noun) if noun.endswith("级") else host.noun
        short = noun and len(noun) <= 6 and noun not in words("relational") and not noun.endswith(host.noun[-2:])
        thing = noun + head if short else noun or host.noun
        return indicator_name("" if measure == "cumulative" else host.verb, thing, item.kind, item.unit, right=False)
    if noun:
        if not right and noun in words("relational"):
            owner = re.match(r"的(?P<noun>[^，、；。（）]{2,20})", reading.where.right)
            if owner or (prior and prior.noun):
                return f"{owner['noun'] if owner else prior.noun if prior else ''}{noun}"
        if not right and prior and len(noun) <= 4:
            noun = completed(noun, prior.noun)
        if not right and prior and prior.noun and before.part and reading.where.left.endswith("的"):
            return indicator_name("", f"{noun}的{prior.noun}", item.kind, item.unit, right=False)
        if right and item.unit == "条":
            noun += "条"
        return indicator_name(verb, noun, item.kind, item.unit, right=right)
    if prior is None:
        return indicator_name(verb, "", item.kind, item.unit, right=False) if verb else None
    if item.rule.endswith("range") and not before.noun and not verb:
        return prior.indicator
    if before.stock and not before.verb:
        return indicator_name("", prior.noun, item.kind, item.unit, right=False)
    if not verb and reading.said.measure == "value":
        return prior.indicator
    if item.kind == "money" and (name := indicator_name(verb, "", "money", item.unit, right=False)) != f"{verb}额":
        return name
    if item.kind == "count" and not before.verb and (rest := re.match(r"[^，、；。（）]{2,14}", reading.after.rest)):
        return indicator_name("", prior.noun + rest[0], item.kind, item.unit, right=False)
    thing = prior.noun
    return indicator_name(verb, thing, item.kind, item.unit, right=bool(verb))


def completed(noun: str, whole: str) -> str:
    """Return a short item of a list with the head that the item before it had.

    >>> completed("省级", "国家级孵化器"), completed("二等奖", "省科技进步奖一等奖"), completed("博士", "各类人才")
    ('省级孵化器', '省科技进步奖二等奖', '博士')
    """
    if noun.endswith("级"):
        return noun + re.sub(r"^[^级]{0,4}级(?:及?以上)?", "", whole)
    if re.fullmatch(r"[一二三特]等奖", noun) and re.search(r"[一二三特]等奖$", whole):
        return whole[:-3] + noun
    return noun


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


def _noun_follows(item: Quantity, said: Said, before: Before, after: After, left: str) -> bool:
    if not after.noun or said.measure in ("difference", "yoy_growth", "share", "increase"):
        return False
    if item.kind in ("count", "kinds"):
        return said.measure is None or not before.noun or left.endswith("的")
    if before.target:
        return True
    return not before.noun or before.open or before.noun in words("phase")
