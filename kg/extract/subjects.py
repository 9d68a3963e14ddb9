"""Find whom or what a number is about, and the place."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

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
_REPORTED = re.compile(r"记者|获悉|了解到|介绍|显示|表示|认为")
_NO_CITY = "大学|高新区|高教|（|学院|医|海|科技职业|理工|师范"  # after a city's name: it is part of a longer name


def city_named(clean: str) -> str | None:
    """Return the city that a text names most often, for one that the gazetteer does not know (莱芜市, since dissolved).

    >>> city_named("莱芜市科技局表示，莱芜市新增企业5家。全市共有12家。")
    '莱芜市'
    """
    named = Counter(match["city"] for match in _CITY.finditer(clean))
    best = max(named.items(), key=lambda item: (item[1], -clean.index(item[0])), default=None)
    return best[0] if best and clean.count(best[0]) >= 2 else None


class Areas:
    """The places that clauses name as their subject; ``mentions`` may be empty."""

    def __init__(self, clean: str, mentions: Sequence[Mention]) -> None:
        self._clean = clean
        self._mentions = sorted((m for m in mentions if not m.nested and m.type in ("City", "Province", "District")), key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]

    def of(self, where: Surroundings, item: Item, place: str | None) -> str | None:
        """Return the place that the clause names as its subject (全省 the province), else ``place``, that of the section."""
        if _WIDE.match(where.left):
            return province_of(place) or place
        low, high = bisect_left(self._starts, where.clause.start), bisect_left(self._starts, item.start)
        for mention in self._mentions[low:high]:
            lead = self._clean[where.clause.start : mention.start].strip("，、其中")
            if not lead or lead.endswith(("年", "月")):
                return mention.name
        return place

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


def subject_of(printed: str, topic: str, area: str | None, place: re.Pattern[str] | None) -> str:
    """Return the subject as printed, unless that is the place itself; else the topic of the sentence or the place."""
    if printed and not one_of("area_word").fullmatch(printed) and not (place and place.fullmatch(printed)):
        return printed
    return topic or area or printed


def topic_of(clause: str, place: re.Pattern[str] | None) -> str:
    """Return the subject of a clause without a number, when it is a thing that numbers of later clauses are about."""
    if _REPORTED.search(clause) and not one_of("result").search(clause):
        return ""
    before = read_before(clause, place)
    if match := re.fullmatch(r"(?:并|再)?对(?P<who>[^对]{4,40})", clause):
        return match["who"]
    if len(before.subject) >= 4 and one_of("subject_end", at_end=True).search(before.subject):
        return before.subject
    if match := re.match(rf"[^，]{{0,6}}?(?P<what>[\u4e00-\u9fff]{{4,24}}?)(?:{alternation(words('result'))})", clause):
        return re.sub(r"^.{1,4}[市省区县](?=前|首|第|省|国|市)", "", match["what"])
    return ""
