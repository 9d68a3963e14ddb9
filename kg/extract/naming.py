"""Name what a number says something of: its verb and its indicator."""

import re

from kg.extract.drafts import Draft
from kg.extract.indicators import base_of, canonical, indicator_name, object_in, plain, rate_of
from kg.extract.numbers import Reading, trailing_verb
from kg.extract.phrases import words
from kg.facts import Measure

_BOUND = re.compile(r"[^，、；。（）]{2,14}")
_OWNER = re.compile(r"的(?P<noun>[^，、；。（）]{2,20})")
_FATE = re.compile(
    r"(?:成功|均|已|先后|相继|现场|正式|全部)*(?P<fate>(?:获(?!得者|奖者)|入选|列入|进入|通过|上市|落户|挂牌|跻身|签约|参[加展会赛]|出席)[^，、；。（）]{0,24})"
)
_SPENT = re.compile(r"(?:[确实已累][认际经计])?(?:使用|兑现|兑付|拨付|到位|下达|核销|支付)")
_HONOURED = re.compile(  # 甲公司、乙公司2家获评…: what the named ones have become, of whom the number counts how many
    r"(?:已|均|都|先后|成功|全部|相继)*(?P<fate>(?:被(?:评|认定|列|命名|确定)为|获评|获批|获得|入选|通过|成为|晋级|跻身|列入)[^，。；、（）]{2,24}|为(?P<what>[^，。；、（）]{2,24}))"
)
_ONES = re.compile(r"(?:公司|集团|股份|厂|院|所|中心|大学|学院|电器|医疗|科技|生物|电子|机械|药业|实验室)$")
_LEVEL = re.compile(r"^[^级]{0,4}级(?:及?以上)?")
_BARE = ("数", "人数")  # nothing but the ending of a name
_PRIZE = re.compile(r"[一二三特]等奖$")


def verb_of(reading: Reading, measure: Measure) -> str:
    """Return the verb that belongs into the indicator; a list goes on with the verb of the number before it."""
    before, prior = reading.before, reading.prior
    if before.verb:
        return before.verb
    if reading.right and reading.item.kind == "count":
        if fate := _FATE.match(reading.after.rest):
            return fate["fate"]
        if verb := trailing_verb(reading.after):
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
    if name in _BARE and prior:
        name = prior.indicator
    return canonical(plain(name)) if name else None


def _difference_name(reading: Reading) -> str | None:
    prior, noun = reading.prior, reading.noun
    if reading.said.rule.startswith("measures.difference-up") and reading.before.verb in ("拉动", "带动"):
        return f"{reading.before.verb}{noun}增长"
    if reading.item.unit == "位":
        return f"{noun or (prior.indicator.removesuffix('位次') if prior else '')}位次"
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
    if measure == "share" and verb == "完成" and prior and reading.where.left.endswith("的"):
        return f"{prior.indicator}完成{noun}比例"
    own = base_of(noun)
    if own in ("比重", "占比", "比例") and prior and prior.noun and not verb:
        return f"{prior.noun}{own}"
    if own.endswith("占"):
        return f"{own}比"
    if measure == "share" and re.search(r"占[^比]", own) and not own.endswith(("比重", "比例", "占比", "率", "比")):
        own += "比重"
    if own:
        return own if reading.right else verb + own
    if prior is None:
        return verb or None
    return f"{prior.noun}{verb}" if verb else prior.indicator


def _level_name(reading: Reading, measure: Measure, verb: str) -> str | None:
    item, before = reading.item, reading.before
    if not reading.right and item.kind == "count" and _ONES.search(before.noun) and (match := _HONOURED.match(reading.where.right)):
        return indicator_name("", match["what"] or match["fate"], item.kind, item.unit, right=False)
    if before.target:
        return f"{before.target}{reading.noun or before.verb}额"
    if reading.host and not reading.right and not before.verb:
        return _name_in_bracket(reading, reading.host, measure)
    if item.kind == "money" and reading.prior and _SPENT.fullmatch(reading.noun) and not reading.right:
        return _spent(reading, reading.prior)
    if reading.noun:
        return _name_by_noun(reading, verb)
    if reading.prior is None:
        return indicator_name(verb, "", item.kind, item.unit, right=False) if verb else None
    return _name_going_on(reading, reading.prior, verb)


def _spent(reading: Reading, prior: Draft) -> str:
    """Return the name of an amount whose object the clause before gave: 发放1亿元创新券，确认使用5800万元."""
    what = prior.noun if prior.kind == "money" and prior.noun else ""
    return f"{what}{reading.noun}额"


def _name_in_bracket(reading: Reading, host: Draft, measure: Measure) -> str:
    """Return the name of a number in a bracket: a part of what stands before it (创建类3家), or its stock (累计9家)."""
    item, noun = reading.item, reading.noun
    head = _LEVEL.sub("", host.noun) if noun.endswith("级") else host.noun
    short = noun and len(noun) <= 6 and noun not in words("relational") and not noun.endswith(host.noun[-2:])
    thing = noun + head if short else noun or host.noun
    return indicator_name("" if measure == "cumulative" else host.verb, thing, item.kind, item.unit, right=False)


def _name_by_noun(reading: Reading, verb: str) -> str:
    item, prior, noun, right = reading.item, reading.prior, reading.noun, reading.right
    if not right and noun in words("relational"):
        if reading.after.attributive:
            return reading.after.noun + noun
        if owner := _OWNER.match(reading.where.right):
            return f"{owner['noun']}{noun}"
        if prior and prior.noun and not verb and prior.kind in ("count", "kinds"):
            return prior.noun + noun.removeprefix(prior.noun[-2:])
    if not right and prior and len(noun) <= 4:
        noun = completed(noun, prior.noun)
    if not right and prior and prior.noun and reading.before.part and reading.where.left.endswith("的"):
        return indicator_name("", f"{noun}的{prior.noun}", item.kind, item.unit, right=False)
    if right and item.unit == "条":
        noun += "条"
    return indicator_name(verb, noun, item.kind, item.unit, right=right)


def _name_going_on(reading: Reading, prior: Draft, verb: str) -> str:
    """Return the name of a number without a noun of its own, from that of ``prior``."""
    item, before = reading.item, reading.before
    if not verb and (item.rule.endswith("range") or (reading.said.measure == "value" and not before.stock)):
        return prior.indicator
    if before.stock and not before.verb:
        return indicator_name("", prior.noun, item.kind, item.unit, right=False)
    if item.kind == "money" and before.part:
        return f"{verb}额"
    if item.kind == "money" and (name := indicator_name(verb, "", "money", item.unit, right=False)) != f"{verb}额":
        return name
    if item.kind == "count" and object_in(verb):
        return indicator_name("", verb, item.kind, item.unit, right=False)
    if item.kind == "count" and not before.verb and (rest := _BOUND.match(reading.after.rest)):
        return indicator_name("", prior.noun + rest[0], item.kind, item.unit, right=False)
    return indicator_name(verb, prior.noun, item.kind, item.unit, right=bool(verb))


def completed(noun: str, whole: str) -> str:
    """Return a short item of a list with the head that the item before it had.

    >>> completed("省级", "国家级孵化器"), completed("二等奖", "省科技进步奖一等奖"), completed("博士", "各类人才")
    ('省级孵化器', '省科技进步奖二等奖', '博士')
    """
    if noun.endswith("级"):
        return noun + _LEVEL.sub("", whole)
    if _PRIZE.fullmatch(noun) and _PRIZE.search(whole):
        return whole[:-3] + noun
    return noun
