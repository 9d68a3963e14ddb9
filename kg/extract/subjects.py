"""Find whom or what a number is about, and the place."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.extract.ground import CATEGORIES, ORGANISATIONS
from kg.extract.heads import Heads
from kg.extract.numbers import Reading
from kg.extract.phrases import one_of, read_before, words
from kg.extract.standings import province_of
from kg.extract.surroundings import Item, Surroundings
from kg.mentions.mention import Mention
from kg.rules import alternation

_COUNTRY = re.compile(r"全国|国家|科技部|我国|中国")
_CITY = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<city>(?![全我各该本城上都外股楼集超县地副直闹门开同])[\u4e00-\u9fff]{2,3}市)(?![场值民级委辖区县面])"
)
_WIDE = re.compile(r"(?:全省|我省)(?=技术|规上|规模|高新技术|科技|研发|专利|生产|地区|固定|新增|共|实现|全社会|经济|发明|R&D)")
_WHOLE_CITY = re.compile(r"[，、；其中]{0,3}(?:(?:从|对|向|为|由)?(?:全市|我市|该市|本市|市里|市委|市政府|市[本直]级))")
_ZONE = re.compile(r"(?:开发区|高新区|新区|示范区|试验区|保税区|集聚区|园区|科学城|科技城)$")
_REPORTED = re.compile(r"记者|获悉|了解到|介绍|显示|表示|认为")
_TOWARDS = re.compile(r"对(?P<who>[^对]{4,40})$")
_NO_SUBJECT = re.compile(r"(?:联合|会同|协同|协助|借助|通过|利用|围绕)|.*(?:领域|方面|范围|过程)$")
_RELATIONAL = re.compile(r"(?:计划|协议)?(?:总|首期|一期|二期)?(?:投资|投入|规模|建筑面积|占地|注册资本)")
_EARNS = re.compile(r"(?:全年|今年|去年|上半年|[^，。；]{0,6}?)(?:实现|完成|创造|累计实现|共实现|主营业务|营业)[^，。；]{2,20}")
_FIRMS = re.compile(r"(?:企业|公司|小巨人|冠军|瞪羚|独角兽)(?:总数|数量)?$")
_PLATFORMS = re.compile(r"(?:平台|中心|实验室|研究院|机构|孵化器|众创空间|园区|基地|综合体)(?:总数|数量)?$")
# 沈阳、大连等地17所高校: where the counted ones come from
_FROM_THERE = re.compile(
    r"(?:、[\u4e00-\u9fff]{2,7}){0,8}?等(?:地|多地|国|国家|[一二三四五六七八九十\d]{1,3}个?[地国省市州]|省|市|省市|城市|省份)的?"
)
_TOTALS = ("总数", "总量", "总额", "数量", "存量")  # 科技型企业新增258家，总数达795家
_LOOSE = re.compile(r"[其此这该]")  # 对其给予
_ATTENDING = re.compile(r"[^，。；]{0,12}(?:参加|出席|参会|参观|到会)")
_KINDS = frozenset(("EnterpriseCategory", "PlatformCategory"))
_HOLDERS = ORGANISATIONS | CATEGORIES | {"Programme"}
_INDICATOR = re.compile(r"的?(?:[\u4e00-\u9fff]{0,4}(?:收入|产值|增加值|利税|利润|税|投入|投资|经费|出口|资产|销售|净利))")
NEAR = 30  # characters from the start of a clause within which its head is printed
_NO_CITY = (  # after a city's name: it is part of a longer name
    "经济(?:技术)?开发区|高新技术产业(?:开发区|园)|工业园|科技城|科学城|经开区|台商|临[港空]|大学|高新区|高教|（|学院|医|海|科技职业|理工|师范"
)


def city_named(clean: str) -> str | None:
    """Return the city that a text names most often, for one that the gazetteer does not know (莱芜市, since dissolved).

    >>> city_named("莱芜市科技局表示，莱芜市新增企业5家。全市共有12家。")
    '莱芜市'
    """
    named = Counter(match["city"] for match in _CITY.finditer(clean))
    best = max(named.items(), key=lambda item: (item[1], -clean.index(item[0])), default=None)
    return best[0] if best and clean.count(best[0]) >= 2 else None


class Areas:
    """The places that clauses name as their subject; ``mentions`` may be empty.

    A text about a development zone (``house``) speaks of the zone wherever it names no other place; 全市 is its city all the same.
    """

    def __init__(self, clean: str, mentions: Sequence[Mention], house: str = "") -> None:
        self._clean = clean
        self._zone = house if _ZONE.search(house) else ""
        self._mentions = sorted((m for m in mentions if not m.nested and m.type in ("City", "Province", "District")), key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]

    def of(self, where: Surroundings, item: Item, place: str | None) -> str | None:
        """Return the place that the clause names as its subject (全省 the province), else ``place``, that of the section."""
        if _WIDE.match(where.left):
            return province_of(place) or place
        low, high = bisect_left(self._starts, where.clause.start), bisect_left(self._starts, item.start)
        for mention in self._mentions[low:high]:
            lead = self._clean[where.clause.start : mention.start].strip("，、其中")
            if _FROM_THERE.match(self._clean, mention.end, item.start):
                return self._zone or place
            if not lead or lead.endswith(("年", "月")):
                return mention.name
        return place if _WHOLE_CITY.match(where.left) else self._zone or place

    def of_group(self, where: Surroundings, item: Item, place: str | None) -> str | None:
        """Return the place of the group that something is ranked in: the country or the province."""
        if _COUNTRY.search(self._clean, where.sentence.start, item.start):
            return "中国"
        return province_of(place) or place


def place_pattern(place: str | None) -> re.Pattern[str] | None:
    """Return the pattern of the names of ``place`` where they are no part of a longer name."""
    if not place:
        return None
    short = re.sub(r"(?:省|市|自治区|自治州|地区|盟)$", "", place)
    return re.compile(rf"(?:{re.escape(place)}|{re.escape(short)}(?:市|省|区)?)(?!{_NO_CITY})")


def subject_of(reading: Reading, heads: Heads, topic: str, area: str | None, place: re.Pattern[str] | None) -> str:
    """Return whom or what a number is about: who is printed before it, what it is an attribute of, who heads its sentence.

    The place is the subject only where nothing else is named.
    """
    item, where, before, prior = reading.item, reading.where, reading.before, reading.prior
    if prior and not (before.verb or before.subject) and (not reading.noun or reading.noun in _TOTALS):
        return prior.subject
    if thing := _thing_after(reading, heads):
        return thing
    if before.target and not _LOOSE.match(before.target):
        return before.target
    at = heads.offset_of(before.subject, where.left_start, item.lead)
    if before.subject and is_area(before.subject, place):
        return (heads.head if heads.here else "") or area or before.subject
    if who := _TOWARDS.search(before.subject):
        return who["who"]
    if heads.body and heads.here and before.verb.startswith(words("increase")):
        return area or before.subject
    if printed := _told(before.subject):
        return _named(printed, at, item.lead, reading, heads)
    if _ATTENDING.search(where.right):
        return area or ""
    if _RELATIONAL.match(reading.noun):
        counted = prior and prior.kind == "count" and len(prior.noun) >= 4 and not prior.bracket and reading.noun in words("relational")
        if prior and counted and not heads.head:
            return (prior.verb if prior.verb.startswith("新") else "") + prior.noun
        if heads.built:
            return heads.built
    return _head(reading, heads) or topic or (heads.house if not heads.placed else "") or area or before.subject


def owned(reading: Reading, heads: Heads, place: re.Pattern[str] | None) -> tuple[Reading, str]:
    """Take the kind of things an amount belongs to off its indicator: “双高”培育企业 in “双高”培育企业主营业务收入增幅.

    Returns the reading with what remains of the noun, and the name of the kind, empty where there is none.
    """
    noun, printed = reading.before.noun, reading.before.subject
    if reading.right or reading.item.kind not in ("money", "percent", "points") or len(noun) < 6:
        return reading, ""
    if printed and not is_area(printed, place):
        return reading, ""
    at = heads.offset_of(noun, reading.where.left_start, reading.item.lead)
    mention = heads.name_at(at, at + len(noun) - 2, _KINDS)
    if mention is None or not _INDICATOR.match(noun, mention.end - at):
        return reading, ""
    heads.rule(mention.name, category=True)
    return replace(reading, before=replace(reading.before, noun=noun[mention.end - at :].lstrip("的"))), mention.name


def opened(reading: Reading, heads: Heads, area: str | None, between: str) -> None:
    """Let what a number counts head the amounts that follow in its clause: 湖州市5家高新园区实现产值326亿元.

    ``between`` stands between the thing counted and the next number.
    """
    item, before = reading.item, reading.before
    if item.kind != "count" or not reading.right or before.verb or before.noun or len(reading.after.noun) < 4:
        return
    if item.lead - reading.where.clause.start <= NEAR and _EARNS.fullmatch(between):
        heads.rule(f"{area or ''}{reading.after.noun}", category=True)


def rank_subject(printed: str, heads: Heads, area: str | None, place: re.Pattern[str] | None) -> str:
    """Return whom a rank of its own is about."""
    if printed and is_area(printed, place):
        return area or printed
    return _told(printed) or ("" if heads.body or heads.category else heads.head) or (heads.house if not heads.placed else "") or area or ""


def is_area(printed: str, place: re.Pattern[str] | None) -> bool:
    """Return whether ``printed`` is the place of the section, by name or by 全市 and its kin."""
    return bool(one_of("area_word").fullmatch(printed) or (place and place.fullmatch(printed)))


def _thing_after(reading: Reading, heads: Heads) -> str:
    """Return the thing whose size a number tells: 2亿元世界青年科学家创业基金, 规模10亿元的科技成果转化基金."""
    sized = reading.after.attributive and reading.before.noun in words("relational")
    if not (reading.right or sized) or reading.item.kind not in ("money", "area", "amount"):
        return ""
    at = reading.item.tail + reading.after.attributive
    if mention := heads.name_at(at, at + reading.after.length, ORGANISATIONS):
        if sized:
            heads.rule(mention.name)
        return mention.name
    if reading.after.noun.endswith("基金") and reading.item.kind == "money":
        heads.rule(reading.after.noun)
        return reading.after.noun
    return ""


def _told(printed: str) -> str:
    """Return the subject that the words before a verb tell; 联合市财政局, 农村领域 and 首批 are none."""
    printed = printed.lstrip("●•·◆■")
    return "" if _NO_SUBJECT.match(printed) or printed in words("phase") else printed


def _named(printed: str, at: int, end: int, reading: Reading, heads: Heads) -> str:
    """Return the name of the printed subject: that of the head of its clause, of the mention there, or the words themselves."""
    if heads.here and heads.head and at < reading.where.clause.start + NEAR:
        return heads.head
    if mention := heads.name_at(at, end, _HOLDERS):
        if mention.type in CATEGORIES:
            heads.rule(mention.name, category=True)
        return mention.name
    return printed


def _head(reading: Reading, heads: Heads) -> str:
    """Return the head of the sentence where it can be whom the number is about."""
    if heads.category and reading.item.kind in ("count", "kinds"):
        return ""
    if heads.body and (not reading.before.verb or reading.before.verb.startswith(words("increase"))):
        return ""
    peers = not reading.before.verb and reading.item.kind == "count" and not heads.zone
    kinds = _FIRMS if heads.head.endswith(("公司", "集团", "厂")) else _PLATFORMS
    if peers and kinds.search(reading.noun) and not one_of("acts").match(reading.noun):
        return ""  # 某公司入选，国家级“小巨人”企业累计27家: the firm is one of those counted
    if heads.carried and (reading.before.verb not in ("", "实现", "达到") or reading.item.kind in ("count", "kinds")):
        return ""
    return heads.head


@cache
def _told_by() -> re.Pattern[str]:
    return re.compile(rf"[^，]{{0,6}}?(?P<what>[\u4e00-\u9fff]{{4,24}}?)(?:{alternation(words('result'))})")


def topic_of(clause: str, place: re.Pattern[str] | None) -> str:
    """Return the subject of a clause without a number, when it is a thing that numbers of later clauses are about."""
    if _REPORTED.search(clause) and not one_of("result").search(clause):
        return ""
    before = read_before(clause, place)
    if match := re.fullmatch(r"(?:并|再)?对(?P<who>[^对]{4,40})", clause):
        return match["who"]
    if len(before.subject) >= 4 and one_of("subject_end", at_end=True).search(before.subject):
        return before.subject
    if match := _told_by().match(clause):
        return re.sub(r"^.{1,4}[市省区县](?=前|首|第|省|国|市)", "", match["what"])
    return ""
