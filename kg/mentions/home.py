"""The place that a text is about: by its title, else by the places that it names."""

import re
from collections import Counter
from collections.abc import Iterator

from kg.mentions.gazetteer import Place, places_called
from kg.mentions.places import above, everyday, full_name, home_of, places_in, resolve
from kg.mentions.titles import UNIVERSITY, titled_place

# 全省第一 is where a city ranks, not who speaks
_PROVINCIAL = re.compile("我省|全省(?![第首前唯之平领最率均]|[0-9])|全自治区|自治区党委")
_MUNICIPAL = re.compile("我市|全市|本市|该市|市委|市政府")
_SEATS = ("市委", "市政府", "省委", "省政府", "委", "政府", "人民政府", "科学技术", "科技厅", "科技局")
# a place that no list knows (renamed, or founded since): it opens a line of the head and acts or is summed up there
_UNLISTED = re.compile(
    r"^[“《—\s]*(?:(?:19|20)\d\d年)?(?P<name>(?![全我本该各城省地县])[\u4e00-\u9fff]{2,3}[市县旗])"
    r"(?=科技局|[^\n。]{0,30}(?:工作报告|总结|要点|规划|简报|动态|公报|汇报)|科学技术局|科技和|人民政府|政府|委|人才|创新|科技|工业|20\d\d年|[一二]○|推进|实施|召开|举办|高新|经济)",
    re.M,
)
_GOVERNED = re.compile(  # the same in the body of a text: some authority of it is named
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[在与和由向经从据受到]))(?P<name>(?![全我本该各城省地县都某])[\u4e00-\u9fff]{2}[市县旗])(?=科技局|科学技术局|人民政府|政府|委)",
    re.M,
)
_OF_ACADEMY = re.compile("中国?科学?院$")  # 中国科学院上海有机化学研究所 may do its work anywhere
_PARTNER = ("与", "同", "赴")  # 加强与某市合作: whom the place of the text works with
HEAD = 120  # characters: title and first words weigh more


def unlisted(name: str, text: str) -> Place | None:
    """Return a place that the list of divisions does not know, under the known place that ``text`` is mostly about.

    >>> place = unlisted("沁川市", "沁川市科技局2016年工作总结\\n焦作市科技局指导焦作各县。")
    >>> place.name, place.short, place.level, above(place, "prefecture").name
    ('沁川市', '沁川', 'county', '焦作市')
    """
    if resolve(name) is not None or home_of(name) is not None or not name.endswith(("市", "县", "旗", "州")):
        return None
    around = home_of(_listed_home(text))
    if around is None or around.level == "county":
        return Place("", name, name[:-1], "prefecture", "", "")
    return Place(around.code, name, name[:-1], "county" if around.level == "prefecture" else "prefecture", around.code, "")


def home_place(text: str) -> str | None:
    """Return the full name of the place that ``text`` is mostly about, or ``None`` when that is not plain.

    The place that the title opens with wins. A place that no list of divisions knows counts where it opens a line of the
    head and is named again, or where no other place is plain and its authorities are named.
    """
    if (titled := titled_place(text)) is not None:
        return titled
    for found in _UNLISTED.finditer(text, 0, HEAD):
        if _is_unlisted(found["name"], text):
            return found["name"]
    if (listed := _listed_home(text)) is not None:
        return listed
    governed = Counter(found["name"] for found in _GOVERNED.finditer(text) if _is_unlisted(found["name"], text))
    return max(governed, key=lambda name: (governed[name], name), default=None)


def _is_unlisted(name: str, text: str) -> bool:
    return not places_called(name) and not places_in(name) and text.count(name[:-1]) >= 2


def _listed_home(text: str) -> str | None:
    """Return the full name of the place that ``text`` is mostly about, or ``None`` when that is not plain.

    Names in the first line weigh five times, those in the first lines twice, 某市政府 and 某省科技厅 two more; counties count
    for their city. A province that is named as often as any city wins, unless the text speaks of 我市 and 全市; else the first
    city wins when it has two points and one and a half times the points of the next. A county takes the place of its city
    when the first line names it and it is named twice as often as the city itself. A text of 全市 that
    names no city tells no home: the province that it names is not what it is about.
    """
    points = _points(text)
    sums: Counter[Place] = Counter()
    for place, n in points.items():
        sums[above(place, "prefecture") or place] += n
    cities = Counter({place: n for place, n in sums.items() if place.level == "prefecture" or place.type == "City"})
    provinces = Counter({place: n for place, n in sums.items() if place.level == "province" and place.type != "City"})
    city, province = _clear(cities), _clear(provinces)
    provincial = len(_PROVINCIAL.findall(text)) >= len(_MUNICIPAL.findall(text))
    if province is not None and provincial and provinces[province] >= max(cities.values(), default=0):
        return province.name
    if city is not None:
        return full_name(_county(points, city, text) or city)
    return province.name if province is not None and provincial else None


def _county(points: Counter[Place], city: Place, text: str) -> Place | None:
    """Return the county of ``city`` that the text is about instead of the whole city."""
    counties = Counter({place: n for place, n in points.items() if place.level == "county" and place != city and city in _above(place)})
    best = max(counties, key=lambda place: (counties[place], place.code), default=None)
    title = text.lstrip()[:HEAD].split("\n")[0]
    if best is None or counties[best] < max(2 * points[city], 4) or not (best.name in title or (best.short and best.short in title)):
        return None
    return best if counties[best] >= 2 * (sum(counties.values()) - counties[best]) else None


def _above(place: Place) -> tuple[Place, ...]:
    return tuple(up for level in ("prefecture", "province") if (up := above(place, level)))


def _points(text: str) -> Counter[Place]:
    """Return the points of each place by itself."""
    points: Counter[Place] = Counter()
    title = max(text.find("\n", len(text) - len(text.lstrip())), 20) if "\n" in text[:HEAD] else HEAD // 2
    for start, name in _printed(text):
        end = start + len(name)
        place = resolve(name)
        if (
            place is None
            or UNIVERSITY.match(text, end)
            or _OF_ACADEMY.search(text, max(0, start - 5), start)
            or _inside_longer(text, end, place)
            or (start >= title and text.startswith(_PARTNER, start - 1))
        ):
            continue
        weight = 5 if start < title else 2 if start < HEAD else 1
        weight += 2 if text.startswith(_SEATS, end) else 0
        points[place] += weight
    return points


def _inside_longer(text: str, end: int, place: Place) -> bool:
    """Return whether a district of ``place`` follows (杭州市余杭区): then the district is meant."""
    if place.level == "county":
        return False
    later = (found for size in (3, 4, 5) for found in places_called(text[end : end + size]))
    return any(found.level == "county" and found.code[:2] == place.code[:2] and found.name.endswith("区") for found in later)


def _printed(text: str) -> Iterator[tuple[int, str]]:
    """Yield where which place name is printed; the short name of a county counts where its full name is printed too."""
    found = places_in(text)
    yield from found
    counties = {place for _, name in found if (place := resolve(name)) and place.level == "county"}
    for place in sorted(counties, key=lambda place: place.code):
        if place.short and place.short not in everyday():
            taken = {start for start, name in found if name.startswith(place.short)}
            for match in re.finditer(re.escape(place.short), text):
                if match.start() not in taken:
                    yield match.start(), place.name


def _clear(points: Counter[Place]) -> Place | None:
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0].code))
    if not ranked or ranked[0][1] < 2:
        return None
    if len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]:
        return None
    return ranked[0][0]
