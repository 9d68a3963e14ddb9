"""Whether a number is a fact, an expectation or a target, and how far the thing it counts has come."""

import re
from functools import cache

from kg.facts import Modality, Status
from kg.rules import alternation, rules

_OWN_SUBJECT = re.compile(r"；[我全][市省区县]")  # 预计……；我市10个项目获奖: what is expected ends where the place is named anew
_DONE = re.compile(r"；20\d\d年(?:共|实际|累计|全年)?完成")  # 计划投资500亿元；2021年完成投资596亿元
REACH = 400  # characters over which 力争 or 预计 holds


@cache
def _heading(name: str) -> re.Pattern[str]:
    return re.compile(alternation(rules("modality", "modality", "status").words[name]))


def plans(heading: str) -> bool | None:
    """Return whether what stands under ``heading`` is planned (True), done (False) or neither is said.

    >>> plans("二、2018年工作安排"), plans("一、2017年工作回顾"), plans("（一）着力推进改革")
    (True, False, None)
    """
    if _heading("review_heading").search(heading):
        return False
    return True if _heading("plan_heading").search(heading) else None


@cache
def _reached() -> re.Pattern[str]:
    """Return the pattern of the words behind which a plan holds no more (将……，目前已引进)."""
    return re.compile(alternation(rules("modality", "modality", "status").words["reached"]))


def aims_from(sentence: str) -> list[tuple[int, int]]:
    """Return the stretches of a sentence over which a word that points ahead holds, up to what says that it is reached, in order.

    >>> aims_from("研究院将聚焦新材料，引进人才，目前已签约2人")
    [(4, 15)]
    """
    aims = [rule for rule in rules("modality", "modality", "status").rules if rule.id == "modality.target"]
    found: list[tuple[int, int]] = []
    for match in (m for rule in aims for m in rule.pattern.finditer(sentence)):
        end = min(len(sentence), match.end() + REACH)
        stop = _reached().search(sentence, match.end(), end)
        found.append((match.end(), stop.start() if stop else end))
    return found


def _over(modality: str, before: str, last: int) -> bool:
    """Return whether a word that points ahead, which ends at ``last``, holds no more at the end of ``before``."""
    if modality != "target":
        return _OWN_SUBJECT.search(before, last) is not None
    return (_reached().search(before, last) or _DONE.search(before, last)) is not None


def judge(before: str, planned: bool) -> tuple[Modality, Status, str | None]:
    """Return modality, status and the id of the rule for a number after the words ``before`` of its sentence.

    Of several words that point ahead (预计, 力争) the nearest counts; ``planned`` tells that the passage speaks of what is
    to come.

    >>> judge("今年力争新增高新技术企业", planned=False)[:2]
    ('target', 'planned')
    """
    known = rules("modality", "modality", "status").rules
    nearest, last = None, -1
    for rule in known:
        if rule.options["modality"] != "actual":
            for match in rule.pattern.finditer(before):
                if match.end() > last:
                    nearest, last = rule, match.end()
    if nearest and not _over(nearest.options["modality"], before, last):
        return nearest.options["modality"], nearest.options["status"], nearest.id
    if planned:
        return "target", "planned", None
    clause = before[max(before.rfind(mark) for mark in "，；：") + 1 :]
    for rule in known:
        if rule.options["modality"] == "actual" and rule.pattern.search(clause):
            return rule.options["modality"], rule.options["status"], rule.id
    return "actual", "achieved", None
