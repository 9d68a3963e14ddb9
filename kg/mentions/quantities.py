"""Find quantities: a number, its unit and the words that bound it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Literal

from kg.facts import Comparison
from kg.frozen import quickly_made
from kg.mentions.numerals import numeral, times
from kg.mentions.protected import Cover, protected
from kg.rules import Rule, alternation, rules

Kind = Literal["percent", "points", "money", "area", "amount", "time", "count", "kinds", "group"]
CANONICAL = {
    "名": "人",
    "个百分点": "百分点",
    "个百分": "百分点",
    "个百分比": "%",
    "平米": "平方米",
    "㎡": "平方米",
    "平方千米": "平方公里",
    "美金": "美元",
    "港币": "港元",
    "元人民币": "元",
    "人民币元": "元",
    "千米": "公里",
    "台(套)": "台（套）",
    "个工作日": "工作日",
    "大": "个",
    "个位次": "位",
    "位次": "位",
}
_PACTS = ("签约", "合约", "契约", "条约", "预约", "节约", "集约", "制约", "特约")  # 促成签约46项: no “about”
_CENT = Decimal("0.01")


@quickly_made
@dataclass(frozen=True, slots=True)
class Quantity:
    """``clean[start:end]`` is number and unit as printed; ``lead`` and ``tail`` take in the words that bound it.

    ``value`` is in the plain unit (万 and 亿 multiplied out), ``unit`` canonical (名 is 人). ``chinese`` tells a number
    written in Chinese numerals, which need more proof that they count something. ``rule`` names the rule that found it.
    """

    start: int
    end: int
    lead: int
    tail: int
    value: Decimal
    unit: str
    kind: Kind
    comparison: Comparison
    rule: str
    chinese: bool = False
    each: bool = False  # 双10条: said of each of two things


def find_quantities(clean: str) -> tuple[Quantity, ...]:
    """Return the quantities of ``clean`` in text order.

    Titles in 《》, short quoted names (“9+11”), dates, ordinals and numbers that are part of a name (5G, 4A级) are left alone.

    >>> [(q.value, q.unit, q.comparison) for q in find_quantities("发放1.0036亿元创新券，入驻率超75%")]
    [(Decimal('100360000.0000'), '元', '='), (Decimal('75'), '%', '>')]
    """
    taken = Cover(protected(clean))
    found: list[Quantity] = []
    for rule in rules("quantities", "means").rules:
        for match in rule.finditer(clean):
            if taken.free(*match.span()) or rule.options["means"] == "groups":
                quantities = [q for q in _read(rule, match, clean) if q is not None]
                if quantities:
                    if taken.free(*match.span()):
                        taken.add(*match.span())
                    found.extend(quantities)
    return tuple(sorted(found, key=lambda q: q.start))


def _read(rule: Rule, match: re.Match[str], clean: str) -> Iterator[Quantity | None]:
    start, end = match.span()
    part = match.groupdict()
    match rule.options["means"]:
        case "plain" | "chinese" | "bare":
            yield _counted(rule, match, clean)
        case "range":
            yield from _range(rule, match, clean)
        case "percent":
            value = numeral(part["n"].replace("点", ".")) if "点" not in part["n"] else None
            yield None if value is None else _bounded(clean, start, end, value, "%", "percent", rule.id)
        case "fraction":
            over, under = numeral(part["n"]), numeral(part["d"])
            if over is not None and under:
                value = (over * 100 / under).quantize(_CENT, ROUND_HALF_EVEN)
                yield _bounded(clean, start, end, value, "%", "percent", rule.id)
        case "tenths":
            whole, half = numeral(part["n"]) or Decimal(0), numeral(part["half"] or "零") or Decimal(0)
            if part["half"] == "半":
                half = Decimal(5)
            yield _bounded(clean, start, end, whole * 10 + half, "%", "percent", rule.id)
        case "doubling":
            power = numeral(part["n"] or "一") or Decimal(1)
            yield _bounded(clean, start, end, (Decimal(2) ** power - 1) * 100, "%", "percent", rule.id)
        case "groups":
            for name in ("n", "n2"):
                (a, b), size = match.span(name), numeral(part[name])
                yield Quantity(a, b, a, b, size, "项", "group", "=", rule.id) if size is not None else None
        case "owned":
            value = numeral(part["n"])
            yield None if value is None else _bounded(clean, *match.span("n"), value, "件", "count", rule.id)
        case "kinds":
            value = numeral(part["n"])
            yield None if value is None else _bounded(clean, start, end, value, "个", "kinds", rule.id)


def _counted(rule: Rule, match: re.Match[str], clean: str) -> Quantity | None:
    part = match.groupdict()
    value, unit = numeral(part.get("n") or "1"), part["unit"]
    start, end = match.span()
    chinese = rule.options["means"] == "chinese"
    if value is None or _is_name(clean, unit, end, part):
        return None
    value *= times(part.get("x") or "")
    comparison: Comparison | None = ">" if part.get("more") or part.get("more2") else None
    each = clean[start - 1 : start] == "双"
    return _bounded(clean, start, end, value, unit, kind_of(unit), rule.id, comparison, chinese, each)


def _range(rule: Rule, match: re.Match[str], clean: str) -> Iterator[Quantity | None]:
    part = match.groupdict()
    low, high = numeral(part["n"]), numeral(part["n2"])
    if low is None or high is None or (clean[match.start() - 1 : match.start()].isalnum() and clean[match.start() - 1].isascii()):
        return
    scale = part["x"] if part["x"] or part["u"] else part["x2"]
    low, high = low * times(scale or ""), high * times(part["x2"] or "")
    if high <= low and part["x2"] is None:
        return
    unit, end = part["unit"], match.end("n2")
    middle = match.end("u") if part["u"] else match.end("x") if part["x"] else match.end("n")
    if clean[match.start() - 1 : match.start()] in ("从", "由"):
        yield _plain(match.start(), middle, low, unit, "=", rule.id)
        yield _plain(match.start("n2"), match.end(), high, unit, "=", rule.id)
        return
    assert end
    yield _plain(match.start(), middle, low, unit, ">=", rule.id)
    yield _plain(match.start("n2"), match.end(), high, unit, "<=", rule.id)


def _plain(start: int, end: int, value: Decimal, unit: str, comparison: Comparison, rule: str) -> Quantity:
    return Quantity(start, end, start, end, value, CANONICAL.get(unit, unit), kind_of(unit), comparison, rule)


@cache
def _kinds() -> dict[str, Kind]:
    words = rules("quantities", "means").words
    kinds: tuple[Kind, ...] = ("count", "time", "amount", "area", "money", "percent", "points")
    return {unit: kind for kind in kinds for unit in words[kind]}


def kind_of(unit: str) -> Kind:
    """Return what kind of unit ``unit`` is."""
    return _kinds()[unit]


def _is_name(clean: str, unit: str, end: int, part: dict[str, str | None]) -> bool:
    """Tell a number inside a name from a quantity: 3人民路, 5个一, 12市级."""
    after = clean[end : end + 1]
    if unit in ("人", "国", "市", "省", "县", "村", "镇", "院", "校", "企"):
        return after in set("民级大才力家际务属办有企") and not (unit == "人" and after in set("才大家有"))
    return (
        (unit in ("个", "条", "项", "次") and after in set("一体"))
        or (unit == "条" and after == "例")
        or (unit == "期" and not part.get("x"))
    )


@cache
def _bounds() -> tuple[tuple[re.Pattern[str], Comparison], ...]:
    words = rules("quantities", "means").words
    signs: tuple[tuple[str, Comparison], ...] = (("at_most", "<="), ("at_least", ">="), ("less", "<"), ("more", ">"), ("about", "~"))
    return tuple((re.compile(f"{alternation(words[name])}$"), sign) for name, sign in signs)


@cache
def _tails() -> tuple[tuple[re.Pattern[str], Comparison], ...]:
    words = rules("quantities", "means").words
    signs: tuple[tuple[str, Comparison], ...] = (("from_least", ">="), ("to_most", "<="), ("around", "~"), ("beyond", ">"))
    return tuple((re.compile(alternation(words[name])), sign) for name, sign in signs)


@cache
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters with which a comparator before a number ends, and one after it begins."""
    words = rules("quantities", "means").words
    before = {word[-1] for name in ("at_most", "at_least", "less", "more", "about") for word in words[name]}
    after = {word[0] for name in ("from_least", "to_most", "around", "beyond") for word in words[name]}
    return frozenset(before), frozenset(after)


def _bounded(
    clean: str,
    start: int,
    end: int,
    value: Decimal,
    unit: str,
    kind: Kind,
    rule: str,
    comparison: Comparison | None = None,
    chinese: bool = False,
    each: bool = False,
) -> Quantity:
    """Return the quantity with the comparator words before (约, 超) and after (以上, 左右) it taken in."""
    lead, tail = start - each, end
    before = clean[max(0, lead - 6) : lead]
    if rule.endswith("bare") and before.endswith("上") and not before.endswith(("迈上", "跃上", "跨上", "站上")):
        lead, comparison = lead - 1, ">="
    ends, starts = _edges()
    for pattern, sign in _bounds() if before[-1:] in ends and not before.endswith(_PACTS) else ():
        if word := pattern.search(before):
            lead -= len(word[0])
            comparison = comparison or sign
            break
    for pattern, sign in _tails() if clean[end : end + 1] in starts else ():
        if (word := pattern.match(clean, end)) and not clean.startswith("起来", end):
            tail = word.end()
            comparison = sign if comparison in (None, "~") else comparison
            break
    return Quantity(start, end, lead, tail, value, CANONICAL.get(unit, unit), kind, comparison or "=", rule, chinese, each)
