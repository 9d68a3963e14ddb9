"""What the head of a row or column says of its figures: unit, measure, place, status and a name."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.facts import Measure, Status
from kg.mentions.periods import find_periods
from kg.mentions.places import place_named
from kg.mentions.quantities import find_quantities
from kg.rules import Rule, RuleFile, alternation, rules

_BRACKET = re.compile(r"[（(](?:单位[:：]?|计量单位[:：]?)?(?P<unit>[^（）()]{1,12})[）)]$")
_BARE_PERCENT = re.compile(r"(?P<unit>[%‰])$")
_RATIO = re.compile(r"[\u4e00-\u9fff%‰㎡]{1,6}/[\u4e00-\u9fff]{1,6}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAD = re.compile(
    r"^(?:其中[:：]?|[#＃]|[（(]?[一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．]|[•·]|表\s*\d+(?:[-—.]\d+)*[:：]?)\s*"
)


@dataclass(frozen=True, slots=True)
class Head:
    """``name`` is what is left of the words: an indicator or the name of a thing; ``period`` are the words that date it."""

    name: str = ""
    period: str = ""
    unit: str | None = None
    place: str | None = None
    whole: bool = False  # 合计, 全市: all of the place that the table speaks of
    measure: Measure | None = None
    default_unit: str | None = None
    status: Status | None = None
    scope: str | None = None
    rule: str = "tables.cell"


def table_rules() -> RuleFile:
    """Return the rules and word lists of tables."""
    return rules("tables", "measure", "unit", "status")


@cache
def word(name: str) -> re.Pattern[str]:
    """Return the pattern of a word list of ``tables.toml``."""
    return re.compile(alternation(table_rules().words[name]))


def known_unit(words: str) -> bool:
    """Tell whether ``words`` are a unit.

    >>> known_unit("亿元"), known_unit("件/万人"), known_unit("含所辖县")
    (True, True, False)
    """
    quantities = find_quantities(f"1{words}")
    whole = len(quantities) == 1 and (quantities[0].start, quantities[0].end) == (0, len(words) + 1)
    return whole or bool(_RATIO.fullmatch(words))


@lru_cache(4096)
def read_head(words: str) -> Head:
    """Return what a head says.

    >>> head = read_head("2019年增加值增速（%）")
    >>> head.name, head.period, head.unit, head.measure
    ('增加值', '2019年', '%', 'yoy_growth')
    """
    rest, unit = _without_unit(_LEAD.sub("", words))
    rest, period = _without_period(rest)
    rest = rest.strip("，、:： 的")
    if word("whole").fullmatch(rest):
        return Head("", period, unit, whole=True)
    if known_unit(rest) and not word("subject_head").fullmatch(rest):
        return Head("", period, unit or rest)
    if place := place_named(rest) if len(rest) >= 2 else None:
        return Head("", period, unit, place=place)
    head = Head(rest, period, unit)
    for rule in table_rules().rules:
        if rule.id != "tables.cell" and (match := rule.pattern.search(rest)):
            head = _said(rule, match, rest, head)
            break
    return replace(head, name="") if word("plain_value").fullmatch(head.name) else head


def _said(rule: Rule, match: re.Match[str], rest: str, head: Head) -> Head:
    options = rule.options
    return Head(
        rest[: match.start()].rstrip("的，、 "),
        head.period,
        head.unit,
        measure=options.get("measure"),
        default_unit=options.get("unit"),
        status=options.get("status"),
        scope=match.groupdict().get("scope"),
        rule=rule.id,
    )


def _without_unit(words: str) -> tuple[str, str | None]:
    match = _BRACKET.search(words)
    if match and known_unit(match["unit"]):
        return words[: match.start()], match["unit"]
    if match := _BARE_PERCENT.search(words):
        return words[: match.start()], match["unit"]
    return words, None


def _without_period(words: str) -> tuple[str, str]:
    """Return ``words`` without the period in them, and the period; a bare 2019 at the head of a row or column is a year."""
    if _YEAR.fullmatch(words):
        return "", f"{words}年"
    found = [p for p in find_periods(words, None) if p.role in ("during", "as-of", "until")]
    if not found:
        return words, ""
    first, last = found[0].start, found[-1].end
    return words[:first] + words[last:], words[first:last]
