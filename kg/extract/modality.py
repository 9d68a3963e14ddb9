"""Whether a number is a fact, an expectation or a target, and how far the thing it counts has come."""

import re
from collections.abc import Callable
from functools import cache

from kg.facts import Modality, Status
from kg.rules import Rule, alternation, rules
from kg.rules.letters import needed, quick

# 预计……；我市10个项目获奖, ；建成工作站3家: what is expected ends where the place is named anew or a deed is told
_OWN_SUBJECT = re.compile(r"；(?:[我全][市省区县]|已|建成(?!后)|获批|获评|成功|荣获|被|新获|入选|引进了|共有|完成了|实现了|取得了|牵头)")
_INNER = re.compile(r"[^，。；：]{4,}")  # 研发投入预计增长10.5%；……: said of one thing, it holds up to the next ；
_DONE = re.compile(r"；20\d\d年(?:共|实际|累计|全年)?完成")  # 计划投资500亿元；2021年完成投资596亿元
_NAMED = re.compile(r"“[^“”]{1,30}”|《[^《》]{1,60}》")  # what a thing is called tells nothing of when it is done
REACH = 400  # characters over which 力争 or 预计 holds
_Known = tuple[Rule, re.Pattern[str], frozenset[str] | None]  # a rule, its pattern, and letters of which each match holds one


@cache
def _heading(name: str) -> re.Pattern[str]:
    return re.compile(alternation(rules("modality", "modality", "status").words[name]))


def plans(heading: str) -> bool | None:
    """Return whether what stands under ``heading`` is planned (True), done (False) or neither is said.

    >>> plans("二、2018年工作安排"), plans("一、2017年工作回顾"), plans("（一）着力推进改革"), plans("“英才目标计划”三年见闻")
    (True, False, None, None)
    """
    heading = _NAMED.sub("", heading)
    if _heading("review_heading").search(heading):
        return False
    return True if _heading("plan_heading").search(heading) else None


@cache
def _reached() -> re.Pattern[str]:
    """Return the pattern of the words behind which a plan holds no more (将……，目前已引进)."""
    return re.compile(alternation(rules("modality", "modality", "status").words["reached"]))


@cache
def _aim() -> re.Pattern[str]:
    return next(pattern for rule, pattern, _ in _pointing() if rule.id == "modality.target")


@cache
def _pointing() -> tuple[_Known, ...]:
    """Return the rules of words that point ahead, with letters of which each of their matches holds one, where any are known."""
    return _with_letters(lambda modality: modality != "actual")


@cache
def _standing() -> tuple[_Known, ...]:
    """Return the rules that say how far a fact has come, with letters of which each of their matches holds one, where any are known."""
    return _with_letters(lambda modality: modality == "actual")


@cache
def _expects() -> Rule:
    return next(rule for rule, _, _ in _pointing() if rule.options["modality"] == "expected")


def _with_letters(wanted: Callable[[str], bool]) -> tuple[_Known, ...]:
    known = [rule for rule in rules("modality", "modality", "status").rules if wanted(rule.options["modality"])]
    return tuple((rule, quick(rule.pattern.pattern), next(iter(needed(rule.pattern.pattern)), None)) for rule in known)


def aims_from(sentence: str) -> list[tuple[int, int]]:
    """Return the stretches of a sentence over which a word that points ahead holds, up to what says that it is reached, in order.

    >>> aims_from("研究院将聚焦新材料，引进人才，目前已签约2人")
    [(4, 15)]
    """
    found: list[tuple[int, int]] = []
    for match in _aim().finditer(sentence):
        end = min(len(sentence), match.end() + REACH)
        stop = _reached().search(sentence, match.end(), end)
        found.append((match.end(), stop.start() if stop else end))
    return found


def _over(modality: str, before: str, last: int) -> bool:
    """Return whether a word that points ahead, which ends at ``last``, holds no more at the end of ``before``."""
    if modality != "target":
        inner = _INNER.fullmatch(before, max(before.rfind(mark, 0, last) for mark in "，。；：") + 1, last)
        return (inner is not None and "；" in before[last:]) or _OWN_SUBJECT.search(before, last) is not None
    return (_reached().search(before, last) or _DONE.search(before, last)) is not None


def judge(before: str, planned: bool) -> tuple[Modality, Status, str | None]:
    """Return modality, status and the id of the rule for a number after the words ``before`` of its sentence.

    Of several words that point ahead (预计, 力争) the nearest counts; ``planned`` tells that the passage speaks of what is
    to come.

    >>> judge("今年力争新增高新技术企业", planned=False)[:2]
    ('target', 'planned')
    """
    nearest, last = None, -1
    letters = set(before)
    expected = -1  # where a word of what is expected ends, of which a later 将 only goes on (预计……，总量将达到490家)
    for rule, pattern, some in _pointing():
        if some is None or not some.isdisjoint(letters):
            for match in pattern.finditer(before):
                if match.end() > last:
                    nearest, last = rule, match.end()
                if rule.options["modality"] == "expected":
                    expected = max(expected, match.end())
    if nearest and 0 <= expected < last and "；" not in before[expected:last] and before.startswith("将", last - 1):
        nearest, last = _expects(), expected
    over = nearest is not None and _over(nearest.options["modality"], before, last)
    if nearest and not over:
        return nearest.options["modality"], nearest.options["status"], nearest.id
    if planned and not over:
        return "target", "planned", None
    clause = before[max(before.rfind("，"), before.rfind("；"), before.rfind("：")) + 1 :]
    for rule, pattern, some in _standing():
        if (some is None or not some.isdisjoint(letters)) and pattern.search(clause):
            return rule.options["modality"], rule.options["status"], rule.id
    return "actual", "achieved", None
