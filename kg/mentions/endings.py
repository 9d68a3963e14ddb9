"""Find names by their ending: 海城软件园, 江州大学海城研究院, 青年英才创业基金.

The rules are data (``names.toml``, ``titles.toml``, ``documents.toml``). Their keys beside the common ones:
``type`` of the entity; ``after``: the word list of which one must stand before the name (or a neighbour in a list must
have it), with ``near`` anywhere before it in the sentence; ``inner``: documents and programmes may contain verbs;
``level``: the name begins with 国家级, 省级 ...; ``least`` and ``most``: characters before the ending; ``bare``: the ending
alone is a name too; ``common``: a name may consist of common words only; ``whole``: no wall inside the ending itself.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.mentions.gazetteer import organisations, places_called
from kg.mentions.mention import Mention
from kg.mentions.places import places_in
from kg.mentions.walls import OPTIONS, Walls, words
from kg.rules import Rule, RuleFile, alternation, rules

_JOINT = re.compile(r"(?:、|和|及|以及|与|，以及|，)$")
_FRONT = re.compile(
    r"^(?:[的等其、，）”\-—\s]|了|出|任(?=[^务])|(?:创建|建设|建成|建|创|获)(?=国家|省级|全国)|全国首[个家]|首[个家批]|第[一二三四五六七八九十0-9]+[个家批届次]|首届)+(?=..)"
)
_SPLIT = re.compile(r"[和与及、]")
_GAP = re.compile(r"(?:了|[0-9一二三四五六七八九十两多余]+[项个家大批条]|全[国省市]首[个家批]|全[国省市区县]|国内首[个家]|首[个家批期])$")
_BRANCH = re.compile(r"（([\u4e00-\u9fff]{2,4})）")
_GRADE = re.compile("(?:国家|省|市|全国)(?=科学|科技|技术|自然科|专利|质量|政府质量|杰出|最高)")
_SEAT = re.compile("[\u4e00-\u9fff]{2,3}(?=中国科学院|中国农业科学院|中国农科院|中国工程院|中科院|中国社会科学院)")
_GREAT = re.compile("(?:中国|世界|国际|国家|全国|第[一二三四五六七八九十0-9]+届)(?=.)")
_ENDED = re.compile("(?:大学|学院|院|所|中心|公司|园|区|市|省|会|部|局|室|国|府|厅|委|处|[0-9])$")
_NO_TITLE = re.compile("的|认定|所属|各级|企业有|公布|下达")
_ABOVE = re.compile(r"(?:国家级|省级|市级|省部级)(?:及)?以上$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SHARED = frozenset({"景区", "高新区", "经开区", "开发区", "高新园区", "科技园"})
_ZONES = frozenset({"高新区", "经开区", "开发区", "新区", "高新技术产业开发区", "经济技术开发区", "自贸区", "综合保税区"})
_ZONE_FRONT = re.compile(r"(?!中国|国家)[\u4e00-\u9fff]{2,}")
_LEADING_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=[\u4e00-\u9fff])")
_NUMBERED = re.compile("^[一二三四五六七八九十两几0-9]+大")
_TWO_TITLES = re.compile("(?:园区|中心|基地|企业|城市|示范区|工作站|实验室|奖|项目|研究院|综合体)[和与及]")
_HEAD = re.compile("(?:.|.*(?:大学|学院|[、和与及等]).*)")
_JOINING = frozenset({"University", "Institute", "Platform", "Conference"})
MODIFIER = 40


def find_endings(clean: str, walls: Walls, file: RuleFile) -> list[Mention]:
    """Return the names in ``clean`` that end as the rules of ``file`` say; overlaps are left to the caller."""
    found: list[Mention] = []
    for rule in file.rules:
        if "type" not in rule.options:
            continue
        ends: set[int] = set()
        for match in rule.pattern.finditer(clean):
            start = _start(clean, walls, rule, match, ends)
            if start is None:
                continue
            ends.add(match.end())
            if rule.options["type"] == "University":
                start += _known_university(clean[start : match.end()])
            end = _bracketed(clean, match.end(), rule.options["type"])
            printed = clean[start:end]
            found += _shared(clean, walls, rule, start, match)
            found.append(Mention(start, end, printed, _type(rule, clean[start : match.start()], match[0]), rule.id, printed))
    return found


def _start(clean: str, walls: Walls, rule: Rule, match: re.Match[str], ends: set[int]) -> int | None:
    """Return where the name that ends with ``match`` begins, or ``None`` when it is no name."""
    options = rule.options
    if options.get("whole") and walls.soft_left[match.end() - 1] > match.start():
        return None
    last = match.start() if match.start() < match.end() - 1 else match.end() - 1
    low = max((walls.left if options.get("inner") else walls.soft_left)[last], match.end() - MODIFIER - len(match[0]))
    if options.get("after"):
        start = _after(clean, low, match.start(), options, ends)
    elif options.get("level"):
        start = _level(clean, walls, low, match.start())
    else:
        start = _joined(clean, walls, low, match.start()) if options["type"] in _JOINING else low
    if start is None:
        return None
    if seat := _SEAT.match(clean[start : match.end()]):
        start += seat.end()
    if front := _FRONT.match(clean[start : match.end()]):
        start += front.end()
    modifier = clean[start : match.start()]
    if cut := _before_place(match[0], modifier):
        start += cut
        modifier = modifier[cut:]
    if options["type"] != "Conference" and (year := _LEADING_YEAR.match(modifier)):
        start += year.end()
        modifier = modifier[year.end() :]
    quote = modifier.find("“")
    if quote == 1 or (quote > 1 and options["type"] == "Mechanism" and is_generic(modifier[:quote])):
        start += quote
        modifier = clean[start : match.start()]
    if options.get("level") and (_NO_TITLE.search(modifier) or _TWO_TITLES.search(modifier)):
        return None
    if not options.get("least", 2) <= len(modifier) <= options.get("most", MODIFIER) or not balanced(modifier):
        return start if options.get("bare") and not modifier else None
    if modifier + match[0] in _stock():
        return None
    plain = modifier if options.get("after") else _NUMBERED.sub("", modifier)
    if not (options.get("level") or options.get("bare") or options.get("common")) and is_generic(plain):
        return None
    return start


def _shared(clean: str, walls: Walls, rule: Rule, start: int, match: re.Match[str]) -> list[Mention]:
    """Return the neighbour that shares the ending of a zone: 东湖、南山景区 are two areas."""
    if match[0] not in _SHARED or clean[start - 1 : start] != "、":
        return []
    low = walls.soft_left[start - 2]
    printed = clean[low : start - 1]
    if not 2 <= len(printed) <= 4 or not _HAN.fullmatch(printed) or is_generic(printed):
        return []
    return [Mention(low, start - 1, printed + match[0], rule.options["type"], rule.id, printed)]


def _bracketed(clean: str, end: int, kind: str) -> int:
    """Return ``end``, or the end of the place in brackets that belongs to the name: 交叉科学研究院（广州）."""
    if kind in ("University", "Institute", "Platform") and (branch := _BRANCH.match(clean, end)) and places_called(branch[1]):
        return branch.end()
    return end


def _type(rule: Rule, modifier: str, ending: str) -> str:
    """Return the type of the rule; of titles, a named national laboratory is a platform and a zone of parks a park."""
    kind: str = rule.options["type"]
    if not rule.options.get("level"):
        return kind
    if "以上" in modifier and not ending.endswith(("园区", "企业", "团队", "奖")):
        return "PlatformCategory"
    if ending.endswith(("园区", "集聚示范区", "产业园", "开发区", "科技园")):
        return "Park"
    if (
        ending.endswith(("实验室", "研究中心", "创新中心", "技术中心"))
        and modifier.startswith("国家")
        and not is_generic(modifier.removeprefix("国家级"))
    ):
        return "Platform"
    return kind


def balanced(text: str) -> bool:
    """Return whether quotation marks and brackets of ``text`` come in pairs."""
    return text.count("“") == text.count("”") and text.count("（") == text.count("）")


def _after(clean: str, low: int, stop: int, options: Mapping[str, Any], ends: set[int]) -> int | None:
    """Return the end of the last trigger word between ``low`` and ``stop``, or ``low`` when the list or clause has one.

    A count or 全国首个 may stand between the trigger and the name; a list neighbour passes its trigger on.
    """
    triggers = _triggers(options["after"])
    last = None
    for match in triggers.finditer(clean, max(0, low - 8), stop):
        if match.end() >= low:
            last = match.end()
    joint = last if last is not None else low
    for split in _SPLIT.finditer(clean, joint, stop):
        if split.start() in ends:
            return split.end()
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
def _stock() -> frozenset[str]:
    return frozenset(rules("documents", *OPTIONS).words["stock"])


@cache
def _levels() -> re.Pattern[str]:
    return re.compile("(?:国家级|国家(?!统计|发改|科技部)|省部级|世界级|国际级|全国|省级|市级|区级|县级|自治区级)")


def _level(clean: str, walls: Walls, low: int, stop: int) -> int | None:
    """Return the place of the level word (国家级, 省级 ...) that the name begins with."""
    strong = [match.start() for match in _levels().finditer(clean, low, stop)]
    if not strong and (over := _ABOVE.search(clean, max(0, low - 6), low)):
        return over.start()
    soft = walls.soft_left[max(stop - 1, low)]
    if not strong and any(
        start == 0 and name.endswith(("省", "市", "自治区")) and is_generic(clean[soft + len(name) : stop])
        for start, name in places_in(clean[soft:stop])
    ):
        return soft
    if strong:
        return strong[-1] if strong[-1] >= soft or len(strong) == 1 else max(strong)
    return (
        soft
        if clean.startswith(("省", "市", "自治区"), soft)
        and soft < stop
        and not clean.startswith(("省市", "市场", "市民", "市县", "市域", "省委", "市委", "省政", "市政", "省内", "市内", "省外"), soft)
        else None
    )


def _joined(clean: str, walls: Walls, low: int, stop: int) -> int:
    """Return ``low``, or the start of what 与 or 和 joins to it.

    That is an organisation (温州大学新材料与产业技术研究院), a great name (中国软件和信息服务业博览会) or the first half of a
    field of study (喀斯特环境与石漠化治理重点实验室).
    """
    if low < 3 or clean[low - 1] not in "与和及":
        return low
    start = walls.soft_left[low - 2]
    before = clean[start : low - 1]
    if _GREAT.match(before) and len(before) <= 14 and not _ENDED.search(before):
        return start
    if _is_field(before, clean[low:stop]):
        return start
    head = next((before[:size] for size in range(len(before) - 1, 3, -1) if before[:size] in organisations()), None)
    return start if head and len(before) - len(head) <= 8 else low


def _before_place(ending: str, modifier: str) -> int:
    """Return how much of ``modifier`` stands before the city that a zone is named after (产业焕新|无锡高新区)."""
    if ending not in _ZONES or len(modifier) < 5:
        return 0
    place = next((match for match in places_in(modifier) if match[0] > 0), None)
    if place is None or any(start == 0 for start, _ in places_in(modifier)) or _ENDED.search(modifier[: place[0]]):
        return 0
    return place[0] if _ZONE_FRONT.fullmatch(modifier[: place[0]]) else 0


def _known_university(printed: str) -> int:
    """Return how many characters of ``printed`` stand before a university that the gazetteer knows (同上海交通大学).

    A place before it belongs to another university (桂林电子科技大学).
    """
    cut = next((cut for cut in range(len(printed) - 3) if printed[cut:] in organisations()), 0)
    return cut if cut and _HEAD.fullmatch(printed[:cut]) else 0


def _is_field(before: str, after: str) -> bool:
    """Return whether ``before`` and ``after`` are two halves of a field of study rather than two things."""
    if not 2 <= len(before) <= 10 or len(after) < 2 or not _HAN.fullmatch(before) or _ENDED.search(before) or is_generic(before):
        return False
    placed = any(start == 0 for half in (before, after) for start, _ in places_in(half))
    return not places_called(before) and not placed and not after.startswith(("国家", "省", "市"))


@cache
def _generic_words() -> tuple[frozenset[str], int]:
    listed = words("generic")
    return frozenset(listed), max(len(word) for word in listed)


def is_generic(modifier: str) -> bool:
    """Return whether ``modifier`` is made of common words only (高能级科创 as in 高能级科创平台).

    >>> is_generic("高能级科创"), is_generic("高分子材料")
    (True, False)
    """
    listed, longest = _generic_words()
    reach = {0}
    for start in range(len(modifier)):
        if start in reach:
            reach |= {start + size for size in range(1, longest + 1) if modifier[start : start + size] in listed}
    return len(modifier) in reach
