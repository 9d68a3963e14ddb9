"""Find names by their ending: 海城软件园, 江州大学海城研究院, 青年英才创业基金.

The rules are data (``names.toml``, ``titles.toml``, ``documents.toml``). Their keys beside the common ones:
``type`` of the entity; ``after``: the word list of which one must stand before the name (or a neighbour in a list must
have it), with ``near`` anywhere before it in the sentence; ``inner``: documents and programmes may contain verbs;
``level``: the name begins with 国家级, 省级 ...; ``least`` and ``most``: characters before the ending; ``bare``: the ending
alone is a name too; ``common``: a name may consist of common words only; ``whole``: no wall inside the ending itself;
``plain``: the name has no quotation marks and does not begin with what somebody does (``doing`` in ``kinds.toml``);
``own``: the pattern is the whole name: behind its group ``lead`` stands no wall, within its group ``front`` the name begins.
"""

import re
from functools import cache

from kg.mentions.beginnings import MODIFIER, begin
from kg.mentions.gazetteer import places_called
from kg.mentions.known import known_organisations
from kg.mentions.mention import Mention
from kg.mentions.modifiers import ENDED, balanced, is_generic
from kg.mentions.places import place_before, places_in
from kg.mentions.quoted import is_campaign
from kg.mentions.walls import OPTIONS, Walls, names_file
from kg.rules import Rule, RuleFile, alternation, rules

_FRONT = re.compile(
    r"(?:继(?![电承续光先])|[的等其、，）”\-—\s]|（[一二三四五六七八九十]{1,3}）|好(?![想莱利孩当])|了|出|任(?=[^务])|原(?![子料创始生材药本阳平州野液油来理])|记(?![者忆录])|[0-9]{1,2}[.、](?![0-9])|(?:创建|建设|建成|建|创|获)(?=国家|省级|全国)|(?:全国|国内|国际|全球|世界|我国|全省)?(?:首|第一|一)[个家批款台套件颗枚架代](?!型)|第[一二三四五六七八九十0-9]+[个家批届次]|首届)+(?=..)"
)
_TOGETHER = re.compile(  # 三川传动同西北机械学院: two parties, no name holds 同 there
    r"[\u4e00-\u9fff]{2,12}(?<![合共协大如等相会不雷])同(?![济仁方德兴创心福泰源洲盛位步一])(?=[\u4e00-\u9fff]{2})"
)
_BRANCH = re.compile(r"（([\u4e00-\u9fff]{2,4})）")
_SEAT = re.compile("[\u4e00-\u9fff]{2,3}(?=中国科学院|中国农业科学院|中国农科院|中国工程院|中科院|中国社会科学院)")
_NO_TITLE = re.compile("[0-9]+[家个所]|的|认定|所属|各级|企业有|公布|下达")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_OWNER = re.compile(
    "(?:开发区|高新区|经开区|园区|新区|示范区|自创区|试验区|科技城|科学城|新城|大学|学院|研究院|研究所|实验室|医院|科技园区?|产业园区?|孵化器|公司|集团|[全我该本各][市省区县])"
)
_ACTORS = frozenset({"University", "Institute", "Enterprise"})
_OTHER_LEVEL = re.compile("(?P<level>(?:国家|省|市|区|县)级)[、和及与]$")  # 国家级、省级科技企业孵化器
_LEVEL_FRONT = re.compile("^(?:国家|省|市|区|县)级")
_EDITION = re.compile(r"第[一二三四五六七八九十0-9]+[届次]$")  # of a meeting, a prize: in what is printed, not in what it is called
_LONGEST_EDITION = 6
_POST = re.compile("首席|科学家|院长|校长|所长|主任|教授|博士|董事长|总经理|书记|[市省区县局厅]长")
_TELLING = 4  # characters of an ending or a modifier that tell a programme from programmes in general
_LONGEST_ROLE = 8  # characters before 服务商 and the like
_BARE = frozenset({"产业", "企业", "项目", "公司"})
_BRACKETS = re.compile("[（）]")
_WHOLE = ("项目", "企业", "人才", "团队", "平台", "产业", "领域", "计划", "中心", "院", "所", "区", "市")
_POSTS = ("长", "常委", "委员", "书记", "主任", "主席", "教授", "院士", "经理")  # 县委常委、海城经开区党工委书记
_SHARED = frozenset({"景区", "高新区", "经开区", "开发区", "高新园区", "科技园"})
_ZONES = frozenset({"高新区", "经开区", "开发区", "新区", "高新技术产业开发区", "经济技术开发区", "自贸区", "综合保税区"})
_ZONE_FRONT = re.compile(r"(?!中国|国家)[\u4e00-\u9fff]{2,}")
_LEADING_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=[\u4e00-\u9fff])")
_NUMBERED = re.compile("^[一二三四五六七八九十两几0-9]+大")
_LEVEL_ALONE = re.compile("国家级?|(?:省|市|自治区)级")
_LEVEL_WORD = re.compile("(?:国家|省|市)级(?:以上)?")
_TWO_TITLES = re.compile("(?:园区|中心|基地|企业|城市|示范区|工作站|实验室|奖|项目|研究院|综合体)[和与及]")
_HEAD = re.compile("(?:.|.*(?:大学|学院|[、和与及等]).*)")


def find_endings(clean: str, walls: Walls, file: RuleFile) -> list[Mention]:
    """Return the names in ``clean`` that end as the rules of ``file`` say; overlaps are left to the caller."""
    found: list[Mention] = []
    for rule in file.rules:
        if "type" not in rule.options:
            continue
        ends: set[int] = set()
        for match in rule.finditer(clean):
            start = _start(clean, walls, rule, match, ends)
            if start is None:
                continue
            ends.add(match.end())
            if rule.options["type"] == "University":
                start += _known_university(clean[start : match.end()])
            found += _shared(clean, walls, rule, start, match)
            found.append(_mention(clean, rule, start, match))
    return found


def _mention(clean: str, rule: Rule, start: int, match: re.Match[str]) -> Mention:
    """Return the name from ``start`` to the end of ``match``, or of the brackets behind it; its edition is printed with it."""
    end = _bracketed(clean, match.end(), rule.options["type"])
    kind = _type(rule, clean[start : match.start()], match[0])
    edition = _edition(clean, start) if kind in ("Conference", "Award/Title") else None
    first = start if edition is None else edition
    return Mention(first, end, clean[start:end], kind, rule.id, clean[first:end])


def _start(clean: str, walls: Walls, rule: Rule, match: re.Match[str], ends: set[int]) -> int | None:
    """Return where the name that ends with ``match`` begins, or ``None`` when it is no name."""
    if rule.options.get("whole") and walls.soft_left(match.end() - 1) > match.start():
        return None
    if rule.options.get("own"):
        return _own_start(walls, match)
    start = begin(clean, walls, rule, match, ends)
    if start is None:
        return None
    start = _trimmed(clean, start, match, rule.options["type"])
    if rule.options["type"] == "Conference" and is_generic(clean[start : match.start()]) and (edition := _edition(clean, start)):
        return edition  # 第五届创新创业大赛
    if rule.options.get("plain"):
        start += _owned(clean[start : match.start()])
    return start if _is_name(clean[start : match.start()], match[0], rule) else None


def _edition(clean: str, start: int) -> int | None:
    """Return where 第五届 begins that stands right before ``start``, or ``None``."""
    edition = _EDITION.search(clean, max(0, start - _LONGEST_EDITION), start)
    return edition.start() if edition else None


def _own_start(walls: Walls, match: re.Match[str]) -> int | None:
    """Return where a name begins that the pattern knows as a whole (全市科技创新大会), or ``None`` where it is no name."""
    groups = match.groupdict()
    if groups.get("lead") and walls.soft_left(match.end() - 2) > match.end("lead"):
        return None
    return max(match.start(), walls.soft_left(match.end("front") - 1)) if groups.get("front") else match.start()


def _trimmed(clean: str, start: int, match: re.Match[str], kind: str) -> int:
    """Return ``start`` moved behind what does not belong to the name: particles, 首家, a seat, a year, a slogan."""
    if clean.startswith("含", start) and clean[start - 1 : start] == "（":  # 高新区（含海湾生态园）
        start += 1
    for pattern in (_SEAT, _FRONT):
        if front := pattern.match(clean, start, match.end()):
            start = front.end()
    start += _before_place(match[0], clean[start : match.start()])
    if kind != "Conference" and (year := _LEADING_YEAR.match(clean, start, match.start())):
        start = year.end()
    if kind in ("University", "Institute") and (joined := _TOGETHER.match(clean, start, match.start())):
        start = joined.end()
    if kind in _ACTORS:
        start += _role(clean[start : match.start()], firm=kind == "Enterprise")
    return start + _before_quote(clean[start : match.start()], kind)


def _before_quote(modifier: str, kind: str) -> int:
    """Return how much of ``modifier`` stands before a quotation mark that the name begins with (推行的|“揭榜挂帅”机制)."""
    quote = modifier.find("“")
    foreign = quote == 1 or (quote > 1 and (modifier[quote - 1] in "的和与及" or (kind == "Mechanism" and is_generic(modifier[:quote]))))
    return quote if foreign else 0


def _owned(modifier: str) -> int:
    """Return how much of ``modifier`` says whose the thing is and does not belong to the name of a kind (长沙市|技术合同成交额)."""
    place = len(place_before(modifier))
    owner = max((found.end() for found in _OWNER.finditer(modifier)), default=0)
    return max(place, owner)


def _is_name(modifier: str, ending: str, rule: Rule) -> bool:
    """Return whether ``modifier`` and ``ending`` make a name that the rule allows."""
    options = rule.options
    if options.get("bare") and not modifier:
        return True
    if options.get("plain") and not _is_plain(modifier):
        return False
    if not options.get("least", 2) <= len(modifier) <= options.get("most", MODIFIER) or not balanced(modifier):
        return False
    return modifier + ending not in _stock() and _tells_one(modifier, ending, rule)


def _tells_one(modifier: str, ending: str, rule: Rule) -> bool:
    """Return whether ``modifier`` makes ``ending`` the name of one thing and not of a kind or of several."""
    options = rule.options
    if options.get("level"):
        if ending in _ZONES and not _LEVEL_ALONE.fullmatch(modifier):
            return False  # 省级高新区 is a title, 国家级江州高新区 is a zone
        return not (_NO_TITLE.search(modifier) or _TWO_TITLES.search(modifier))
    if options["type"] == "Platform" and (level := _LEVEL_WORD.search(modifier)) and is_generic(modifier[level.end() :]):
        return False  # 江州国家级科研平台 is a kind, and no one platform
    if options["type"] == "Programme" and options.get("after") and len(ending) >= _TELLING and len(modifier) >= _TELLING:
        return True  # 实施高新技术企业倍增计划: common words, but the ending says what is done
    if options["type"] == "Team" and _POST.search(modifier):
        return False  # 首席科学家王明团队 is a person's team, and found as such
    plain = modifier if options.get("after") else _NUMBERED.sub("", modifier)
    return bool(options.get("bare") or options.get("common")) or not is_generic(plain)


def _is_plain(modifier: str) -> bool:
    """Return whether ``modifier`` can stand in the name of a kind: no quotation marks, no deed, not a bare word."""
    han = _HAN.fullmatch(_BRACKETS.sub("", modifier))
    return bool(han) and modifier not in _BARE and not _doing().match(modifier)


def _role(modifier: str, *, firm: bool) -> int:
    """Return how much of ``modifier`` says what an organisation is to others, before its name (中试服务商|海帆科创有限公司)."""
    file = names_file()
    for nouns, plain in ((file.words["role"], False), (file.words["firm_role"] if firm else (), True)):
        for role in nouns:
            before, found, after = modifier.partition(role)
            if found and len(before) <= _LONGEST_ROLE and len(after) >= 2 and not is_generic(after) and (not plain or is_generic(before)):
                return len(before) + len(role)
    return 0


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(alternation(rules("kinds", *OPTIONS).words["doing"]))


def _shared(clean: str, walls: Walls, rule: Rule, start: int, match: re.Match[str]) -> list[Mention]:
    """Return the neighbours that share the ending: 东湖、南山景区 are two areas, 市级基础性、自创区专项项目 two kinds of projects."""
    if rule.options.get("level") and (other := _OTHER_LEVEL.search(clean, max(0, start - 4), start)):
        name = other["level"] + _LEVEL_FRONT.sub("", clean[start : match.end()])
        return [Mention(other.start(), other.end("level"), name, _type(rule, name[: -len(match[0])], match[0]), rule.id, other["level"])]
    if match[0] in _SHARED:
        return _neighbours(clean, walls, rule, start, match[0], 1, (2, 4))
    if rule.options["type"] == "ProjectCategory" and rule.options.get("near"):
        return _neighbours(clean, walls, rule, start, "项目", 3, (3, 14))
    return []


def _neighbours(clean: str, walls: Walls, rule: Rule, start: int, ending: str, most: int, size: tuple[int, int]) -> list[Mention]:
    """Return up to ``most`` list items before ``start`` with ``ending`` added to their names."""
    found: list[Mention] = []
    while len(found) < most and clean[start - 1 : start] == "、":
        low = walls.soft_left(start - 2)
        printed = clean[low : start - 1]
        plain = size[1] <= 4 and is_generic(printed)
        if not size[0] <= len(printed) <= size[1] or not _HAN.fullmatch(printed) or plain or printed.endswith((*_WHOLE, *_POSTS)):
            break
        found.append(Mention(low, start - 1, printed + ending, rule.options["type"], rule.id, printed))
        start = low
    return found


def _bracketed(clean: str, end: int, kind: str) -> int:
    """Return ``end``, or the end of the place in brackets that belongs to the name: 交叉科学研究院（广州）."""
    if kind in ("University", "Institute", "Platform") and (branch := _BRANCH.match(clean, end)) and _is_seat(branch[1]):
        return branch.end()
    return end


def _is_seat(name: str) -> bool:
    return bool(places_called(name)) or name in ("华东", "华北", "华南", "大湾区")


def _type(rule: Rule, modifier: str, ending: str) -> str:
    """Return the type of the rule; of titles, a named national laboratory is a platform and a zone of parks a park."""
    kind: str = rule.options["type"]
    if kind == "Programme" and is_campaign(modifier + ending):
        return "Campaign"
    if not rule.options.get("level"):
        return kind
    if "以上" in modifier and kind == "Award/Title" and not ending.endswith(("园区", "企业", "团队", "奖")):
        return "TalentCategory" if ending.endswith(("人才", "专家", "工程师", "技师")) else "PlatformCategory"
    if ending.endswith(("园区", "集聚示范区", "产业园", "开发区", "科技园")):
        return "Park"
    if (
        ending.endswith(("实验室", "研究中心", "创新中心", "技术中心"))
        and modifier.startswith("国家")
        and not is_generic(modifier.removeprefix("国家级"))
    ):
        return "Platform"
    return kind


@cache
def _stock() -> frozenset[str]:
    return frozenset(rules("documents", *OPTIONS).words["stock"])


def _before_place(ending: str, modifier: str) -> int:
    """Return how much of ``modifier`` stands before the city that a zone is named after (产业焕新|无锡高新区)."""
    if ending not in _ZONES or len(modifier) < 5:
        return 0
    place = next((match for match in places_in(modifier) if match[0] > 0), None)
    if place is None or place_before(modifier) or ENDED.search(modifier[: place[0]]):
        return 0
    return place[0] if _ZONE_FRONT.fullmatch(modifier[: place[0]]) else 0


def _known_university(printed: str) -> int:
    """Return how many characters of ``printed`` stand before a university that the gazetteer knows (同上海交通大学).

    A place before it belongs to another university (桂林电子科技大学).
    """
    cut = next((cut for cut in range(len(printed) - 3) if printed[cut:] in known_organisations()), 0)
    return cut if cut and _HEAD.fullmatch(printed[:cut]) else 0
