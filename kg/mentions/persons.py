"""Find persons: a name is a surname and one or two characters beside a title, a post, or in a credit line."""

import re
from collections.abc import Iterator
from functools import cache

from kg.mentions.given_names import BREAK, is_name, is_sure_name, opens_with_name, persons_file, post_before, words
from kg.mentions.mention import Mention
from kg.mentions.told_people import find_bracketed, find_honoured, find_in_lists, find_named, find_told
from kg.mentions.walls import Walls
from kg.rules import Rule, alternation

_TEAM = re.compile("(?:院士|教授|副教授|研究员|博士)?(?:创新|科研|研究|攻关|课题)?(?:团队|课题组)")
_STATION = re.compile("院士(?:专家)?工作站|(?:教授|专家|大师|名师)?工作室")
_FELLOW = re.compile(r"院士(?:、|，|兼|，现任|，现为)[^、，。；：\n]{0,24}$")


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(alternation(persons_file().words["speech"]) + "|" + alternation(persons_file().words["honorific"]))


def find_persons(clean: str, walls: Walls) -> list[Mention]:
    """Return the persons named in ``clean``; further bare mentions of the same names are added at the end."""
    by_id = {rule.id.partition(".")[2]: rule for rule in persons_file().rules}
    found: dict[tuple[int, int], Mention] = {}
    for finder, name in (
        (find_named, "named-to"),
        (find_honoured, "honoured"),
        (find_bracketed, "bracketed"),
        (_before_titles, "before-title"),
        (_after_posts, "after-post"),
        (_credits, "credit"),
        (_credits, "byline"),
        (_foreign, "foreign"),
        (_lives, "life"),
        (_appointed, "appointed"),
        (find_in_lists, "listed"),
        (find_told, "told"),
    ):
        rule = by_id[name]
        for start, end, fellow in finder(clean, walls, rule):
            kind = "Academician" if fellow or found.get((start, end), _NOBODY).type == "Academician" else "Person"
            found[(start, end)] = Mention(start, end, clean[start:end], kind, rule.id, clean[start:end])
    persons = _everywhere(clean, list(found.values()))
    return persons + [named for person in persons for named in _named_after(clean, person)]


def _named_after(clean: str, person: Mention) -> Iterator[Mention]:
    """Yield the team or the workstation that is named after ``person``: 沈明秋院士团队, 谭建荣院士工作站."""
    for pattern, kind, rule in ((_TEAM, "Team", "persons.team"), (_STATION, "Platform", "persons.station")):
        if match := pattern.match(clean, person.end):
            printed = clean[person.start : match.end()]
            yield Mention(person.start, match.end(), printed, kind, rule, printed)


_TRANSLITERATED = frozenset(
    "阿埃艾爱安昂奥巴白班邦保鲍贝本比彼毕宾波伯博布查达戴丹道德迪蒂丁东杜多顿恩尔法范菲费芬冯弗福富盖戈格古顾哈海汉豪赫黑亨华霍基吉加贾简杰金卡凯坎康考科克肯库拉莱兰朗劳勒雷黎李里利莉丽列林琳卢鲁露伦罗洛马玛麦曼梅蒙米密明摩莫默姆穆纳娜南内尼妮宁纽诺欧帕潘佩彭皮珀普奇乔切琼热瑞若萨塞桑瑟沙莎山尚舍圣施史斯丝松苏索塔泰坦汤唐特藤提廷图托瓦万威韦维温文沃乌伍西希夏谢辛休许雅亚延耶叶伊以因英尤于约泽扎詹珍朱兹佐茨什茜蕾娅戎翰逊"
)
_NOBODY = Mention(0, 0, "", "", "", "")
Found = Iterator[tuple[int, int, bool]]


def _before_titles(clean: str, walls: Walls, rule: Rule) -> Found:
    for match in rule.finditer(clean):
        title = match.start()
        sure = match[0] in ("院士", "教授", "研究员", "博士", "先生", "女士", "同志", "副教授")
        for size in (4, 3, 2):
            start = title - size
            if start < 0 or not is_name(clean[start:title]) or clean[start - 1 : start] == "·":
                continue
            plain = clean[start] not in words("weak")
            if not plain and size > 2 and walls.soft_left(title - 1) == start + 1 and is_sure_name(clean[start + 1 : title]):
                continue  # 由李明院士: 由 is no surname where a name stands behind it
            free = (
                ((size >= 3 or (sure and plain)) and clean.endswith(tuple(words("house")), 0, start))
                or walls.soft_left(title - 1) == start
                or start == 0
                or clean[start - 1] in BREAK
                or post_before(clean, start)
            )
            if free and (plain or (sure and size > 2)) and (sure or size > 2):
                yield start, title, match[0].startswith("院士") or clean.endswith("院士", 0, start)
                break


_NAMING = ("宣布", "任命", "决定", "推选", "推举", "提名", "聘任", "选举")


def _appointed(clean: str, walls: Walls, rule: Rule) -> Found:
    for match in rule.finditer(clean):
        end = match.start()
        for size in (4, 3, 2):
            start = end - size
            opens = start == 0 or (start > 0 and clean[start - 1] in BREAK)
            free = opens or (start >= 0 and (walls.soft_left(end - 1) == start or clean.endswith(_NAMING, 0, start)))
            if free and is_sure_name(clean[start:end]):
                yield start, end, False
                break


def _after_posts(clean: str, walls: Walls, rule: Rule) -> Found:
    for match in rule.finditer(clean):
        start = match.end()
        if clean[start : start + 1] in "、" and match[0] == "院士":
            continue
        fellow = match[0] == "院士" or bool(_FELLOW.search(clean[max(0, match.start() - 30) : match.start()]))
        last = start
        for end in _names_from(clean, start, walls):
            yield start, end, fellow
            last = start = end + 1
        if last == match.end() and match[0] in words("called") and opens_with_name(clean, start):
            yield start, start + 3, fellow  # 工程师温小蔓大专毕业: what follows is no word that the rules know


def _names_from(clean: str, start: int, walls: Walls) -> Iterator[int]:
    """Yield the end of the name at ``start`` and of those that follow it after 、 (at most eight)."""
    for count in range(8):
        end = _name_at(clean, start, walls, count > 0)
        if end is None:
            return
        yield end
        if clean[end : end + 1] != "、":
            return
        start = end + 1


def _name_at(clean: str, start: int, walls: Walls, in_list: bool = False, sure: bool = False) -> int | None:
    for size in (2, 3, 4):
        if sure and is_name(clean[start : start + size]) and _credit().match(clean, start + size):
            return start + size
    for size in (4, 3, 2):
        end = start + size
        if not is_name(clean[start:end]) or (size == 2 and not sure and clean[start] in words("weak")):
            continue
        after = clean[end : end + 1]
        if after == "·":
            return None
        if size == 3 and is_name(clean[start : end - 1]) and (verb := _speech().match(clean, end - 1)) and verb.end() > end:
            continue  # 副市长吴琼担任: 担 belongs to the verb
        if (
            not after
            or after in BREAK
            or after.isascii()
            or _credit().match(clean, end)
            or (not in_list and (size > 2 or clean[start] not in words("weak")) and walls.wall_word_at(end))
            or ((not in_list or (size == 3 and is_sure_name(clean[start:end]))) and _speech().match(clean, end))
            or clean.startswith(("等", "和", "三位", "两位"), end)
        ):
            return end
    return None


def _credits(clean: str, walls: Walls, rule: Rule) -> Found:
    for match in rule.finditer(clean):
        start = match.end()
        for _ in range(6):
            while start < len(clean) and clean[start] in " 、　\t":
                start += 1
            end = None if clean.startswith("从", start) else _name_at(clean, start, walls, sure=True)  # 记者从会上获悉
            if end is None and match[0][-1] not in "：:/／ " and clean.startswith("报道", start + 3) and is_name(clean[start : start + 3]):
                end = start + 3
            if end is None:
                break
            yield start, min(end, len(clean)), False  # a name that ends the text
            start = end


def _foreign(clean: str, walls: Walls, rule: Rule) -> Found:
    for match in rule.finditer(clean) if "·" in clean else ():
        first = clean.index("·", match.start())
        start = max(match.start(), walls.soft_left(first - 1))
        start = max([start, *(m.end() for m in _titles().finditer(clean, max(start, match.start()), first))])
        end = match.end()
        for cut in _after_name().finditer(clean, clean.rindex("·", start, end) + 2, end):
            end = min(end, cut.start())
        letters = [char for char in clean[start:end] if char != "·"]
        foreign = sum(char in _TRANSLITERATED or char.isascii() for char in letters) >= 0.75 * len(letters)
        if foreign and first - start >= 1 and end - first >= 2 and not any(char in "年届月届期周" for char in clean[start:first]):
            yield start, end, clean.startswith("院士", end) or clean.endswith("院士", 0, start)


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(alternation(persons_file().words["credit"]) + "|[文图][：:/／]")


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(alternation(persons_file().words["post"]))


@cache
def _after_name() -> re.Pattern[str]:
    return re.compile(alternation(persons_file().words["honorific"] + persons_file().words["speech"]))


def _lives(clean: str, walls: Walls, rule: Rule) -> Found:
    for match in rule.finditer(clean):
        for size in (4, 3, 2):
            start = match.start() - size
            if start >= 0 and is_name(clean[start : match.start()]) and (start == 0 or clean[start - 1] in BREAK):
                yield start, match.start(), False
                break


def _everywhere(clean: str, found: list[Mention]) -> list[Mention]:
    """Add the other places of a name without a title: one of two characters only where a clause opens with what somebody does."""
    kinds: dict[str, Mention] = {}
    for mention in found:
        if mention.name not in kinds or mention.type == "Academician":
            kinds[mention.name] = mention
    spans = {(m.start, m.end) for m in found}
    result = [Mention(m.start, m.end, m.name, kinds[m.name].type, m.rule, m.printed) for m in found]
    names = [name for name in kinds if len(name) >= 3 or is_sure_name(name)]
    if names:
        for match in re.finditer("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))), clean):
            if match.span() not in spans and (len(match[0]) >= 3 or _opens(clean, match)):
                first = kinds[match[0]]
                result.append(Mention(match.start(), match.end(), match[0], first.type, first.rule, match[0]))
    return result


def _opens(clean: str, name: re.Match[str]) -> bool:
    """Return whether a clause opens with ``name`` and goes on with what somebody does."""
    return (name.start() == 0 or clean[name.start() - 1] in BREAK) and _speech().match(clean, name.end()) is not None
