"""Where a name begins whose ending is known: after a wall, a verb that goes with it, or a word of level.

The module says only where; whether the stretch is a name at all, ``endings`` decides.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.mentions.known import known_organisations
from kg.mentions.modifiers import ENDED, is_field, is_generic
from kg.mentions.places import place_before
from kg.mentions.walls import OPTIONS, Walls, words
from kg.rules import Rule, alternation, rules

_JOINT = re.compile(r"(?:、|和|及|以及|与|，以及|，)$")
_SPLIT = re.compile(r"[和与及、]")
_GAP = re.compile(
    r"(?:了|[0-9一二三四五六七八九十两多余]+[项个家大批条款种台套]|全[国省市]首[个家批]|全[国省市区县]|国内首[个家]|首[个家批期款台套]|(?:首期|每年|总?规模|总额|不[低少]于)*[0-9.]+[万亿]?元的?)$"
)
_GRADE = re.compile("(?:国家|省|市|全国)(?=科学|科技|技术|自然科|专利|质量|政府质量|杰出|最高)")
_GREAT = re.compile("(?:中国|世界|国际|国家|全国|第[一二三四五六七八九十0-9]+届)(?=.)")
_ABOVE = re.compile(r"(?:国家级|省级|市级|省部级)(?:及)?以上$")
_JOINING = frozenset({"University", "Institute", "Platform", "Conference", "Park", "Industry"})
_DIVISIONS = ("省", "市", "自治区")
MODIFIER = 40
_NO_LEVEL = ("省市", "市场", "市民", "市县", "市域", "省委", "市委", "省政", "市政", "省内", "市内", "省外")


def begin(clean: str, walls: Walls, rule: Rule, match: re.Match[str], ends: set[int]) -> int | None:
    """Return where the stretch before the ending ``match`` begins, or ``None`` where the rule's own condition fails.

    ``ends`` are the ends of the names that the rule has found so far: a neighbour in a list passes its verb on.
    """
    options = rule.options
    last = match.start() if match.start() < match.end() - 1 else match.end() - 1
    low = max((walls.left if options.get("inner") else walls.soft_left)(last), match.end() - MODIFIER - len(match[0]))
    if options.get("after"):
        return _after(clean, low, match, options, ends)
    if options.get("level"):
        return _level(clean, walls, low, match.start())
    if options.get("inner") and (verbs := _leading_verbs().match(clean, low, match.start())):
        return verbs.end()
    whole = options["type"] not in _JOINING or match[0].startswith("大学")  # no university is called 甲与乙大学
    return low if whole else _joined(clean, walls, low, match)


@cache
def _leading_verbs() -> re.Pattern[str]:
    """Return the pattern of what sets a reform going and stands right before its name (持续深化住房公积金制度改革)."""
    return re.compile(f"(?:持续|统筹|全力|加力|{alternation(rules('documents', *OPTIONS).words['run'])})+")


def _after(clean: str, low: int, match: re.Match[str], options: Mapping[str, Any], ends: set[int]) -> int | None:
    """Return the end of the last trigger word between ``low`` and ``stop``, or ``low`` when the list or clause has one.

    A count or 全国首个 may stand between the trigger and the name; a list neighbour passes its trigger on.
    """
    triggers, stop = _triggers(options["after"]), match.start()
    last = None
    for trigger in triggers.finditer(clean, max(0, low - 8), stop):
        if trigger.end() >= low:
            last = trigger.end()
    joint = last if last is not None else low
    neighbours = [
        split.end()
        for split in _SPLIT.finditer(clean, joint, stop)
        if split.start() in ends or clean.endswith(match[0], joint, split.start())
    ]
    if neighbours:
        return neighbours[-1]
    if last is not None:
        grade = _GRADE.search(clean, last, stop) if options["type"] == "Award/Title" else None
        return grade.start() if grade else last
    before = clean[max(0, low - 30) : low]
    neighbour = _JOINT.search(before)
    if neighbour and low - len(before) + neighbour.start() in ends:
        return low
    if (gap := _GAP.search(before)) and any(m.end() == gap.start() for m in triggers.finditer(before)):
        return low
    if options.get("near") and before.endswith(("、", "的", "和", "及", "与")) and triggers.search(re.split("[。；\n]", before)[-1]):
        return max(low, clean.rfind("的", low, stop) + 1)
    return None


@cache
def _triggers(name: str) -> re.Pattern[str]:
    return re.compile(alternation(rules("documents", *OPTIONS).words[name]) + "了?")


@cache
def _levels() -> re.Pattern[str]:
    return re.compile("(?:国家级|国家(?!统计|发改|科技部)|省部级|世界级|国际级|全国|省级|市级|区级|县级|自治区级)")


def _level(clean: str, walls: Walls, low: int, stop: int) -> int | None:
    """Return the place of the level word (国家级, 省级 ...) or of the province that the name begins with."""
    soft = walls.soft_left(max(stop - 1, low))
    weak = clean.startswith(_DIVISIONS, soft) and not clean.startswith(_NO_LEVEL, soft) and soft < stop
    strong = [match.start() for match in _levels().finditer(clean, low, stop)]
    if strong:
        return soft if weak and soft > strong[-1] else strong[-1]  # 省级企业技术中心和|省科技小巨人领军企业
    if over := _ABOVE.search(clean, max(0, low - 6), low):
        return over.start()
    name = place_before(clean[soft:stop])
    if name.endswith(_DIVISIONS) and (is_generic(clean[soft + len(name) : stop]) or clean[stop] in "一二三特"):
        return soft
    return soft if weak else None


def _joined(clean: str, walls: Walls, low: int, ending: re.Match[str]) -> int:
    """Return ``low``, or the start of what 与 or 和 joins to it.

    That is an organisation (温州大学新材料与产业技术研究院), a great name (中国软件和信息服务业博览会) or the first half of a
    field of study (喀斯特环境与石漠化治理重点实验室).
    """
    if low < 3 or clean[low - 1] not in "与和及":
        return low
    start = walls.soft_left(low - 2)
    before = clean[start : low - 1]
    if _GREAT.match(before) and len(before) <= 14 and not ENDED.search(before):
        return start
    after = clean[low : ending.start()] or (ending[0] if ending[0].startswith(words("purpose")) else "")
    if is_field(before, after):
        return start
    head = next((before[:size] for size in range(len(before) - 1, 3, -1) if before[:size] in known_organisations()), None)
    return start if head and len(before) - len(head) <= 8 else low
