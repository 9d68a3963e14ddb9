"""Places of China known in advance: short and full names, and the place a text is about."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.mentions.gazetteer import Place, places, places_called
from kg.mentions.lexicon import Lexicon
from kg.rules import rules

LEVEL_ORDER = {"province": 0, "prefecture": 1, "county": 2}
# 全省第一 is where a city ranks, not who speaks
_PROVINCIAL = re.compile("我省|全省(?![第首前唯之平领最率均]|[0-9])|全自治区|自治区党委")
_MUNICIPAL = re.compile("我市|全市|本市|该市|市委|市政府")
_SEATS = ("市委", "市政府", "省委", "省政府", "委", "政府", "人民政府", "科学技术", "科技厅", "科技局")
# what follows a place in the name of a university: it says where that one stands, not what the text is about
_UNIVERSITY = re.compile(
    "(?:职业|技术|师范|理工|工业|科技|医科|医药|中医药|农业|林业|农林|财经|交通|外国语|石油|化工|电子|信息|工程|工商|商|艺术|体育|医学|"
    "民族|航空|航天|海洋|海事|城市|文理|开放|第[一二三四]|邮电|政法|音乐|美术|建筑){0,3}(?:大学|学院)"
)
# a place that no list knows (renamed, or founded since): it opens a line of the head and acts or is summed up there
_UNLISTED = re.compile(
    r"^[“《—\s]*(?P<name>(?![全我本该各城省地县])[\u4e00-\u9fff]{2,3}[市县旗])"
    r"(?=科技局|科学技术局|科技和|人民政府|政府|委|人才|创新|科技|工业|20\d\d年|[一二]○|推进|实施|召开|举办|高新|经济)",
    re.M,
)
_GOVERNED = re.compile(  # the same in the body of a text: some authority of it is named
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[在与和由向经从据受到]))(?P<name>(?![全我本该各城省地县都某])[\u4e00-\u9fff]{2}[市县旗])(?=科技局|科学技术局|人民政府|政府|委)",
    re.M,
)
REMEMBERED = 4096  # answers about names of places that are kept
HEAD = 120  # characters: title and first words weigh more


@cache
def everyday() -> frozenset[str]:
    """Return the short place names that are also ordinary words (白银, 东方 ...)."""
    return frozenset(rules("places", "type").words["everyday"])


@lru_cache(maxsize=REMEMBERED)
def full_name(place: Place) -> str:
    """Return the name that tells ``place`` from others: a district carries its city.

    >>> full_name(places()["310114"]), full_name(places()["331023"]), full_name(places()["330300"])
    ('上海市嘉定区', '天台县', '温州市')
    """
    if place.name.endswith("区") and place.level == "county" and place.parent in places():
        return places()[place.parent].name + place.name
    return place.name


@lru_cache(maxsize=REMEMBERED)
def resolve(name: str, home: Place | None = None) -> Place | None:
    """Return the place that ``name`` stands for, or ``None`` when it is none or more than one.

    A place under ``home`` (same prefecture, then same province) wins; else a full name must be unique, and of short
    names the highest division wins unless two of that level share it.
    """
    if home is not None and name in (home.name, home.short):
        return home  # also a place that no list knows
    found = places_called(name)
    if not found:
        return None
    if home is not None:
        for width in (4, 2):
            near = [place for place in found if place.code[:width] == home.code[:width]]
            if near and (one := _highest(near)):
                return one
    exact = [place for place in found if place.name == name]
    if exact:
        return exact[0] if len(exact) == 1 else _highest(exact)
    return _highest(list(found))


def _highest(found: list[Place]) -> Place | None:
    best = min(LEVEL_ORDER[place.level] for place in found)
    top = [place for place in found if LEVEL_ORDER[place.level] == best]
    return top[0] if len(top) == 1 else None


def place_named(name: str) -> str | None:
    """Return the full name of the place that ``name`` (short or full) stands for, or ``None``.

    >>> place_named("湖州"), place_named("浙江"), place_named("鼓楼"), place_named("创新")
    ('湖州市', '浙江省', None, None)
    """
    name = name.strip()
    place = resolve(name)
    if place is None or (place.level == "county" and name in everyday()):
        return None  # a heading 合作 speaks of cooperation, not of the city in Gansu
    return full_name(place)


def home_of(name: str | None) -> Place | None:
    """Return the division whose full name (``full_name``) is ``name``."""
    if not name:
        return None
    if place := resolve(name):
        return place
    for cut in range(len(name) - 2, 1, -1):  # 上海市嘉定区: the district under the city before it
        above = resolve(name[:cut])
        if above and (place := resolve(name[cut:], above)):
            return place
    return None


def above(place: Place, level: str) -> Place | None:
    """Return the division of ``level`` that ``place`` lies in (itself included), or ``None``."""
    step: Place | None = place
    while step is not None and step.level != level:
        parent = places().get(step.parent)
        step = parent if parent != step else None  # a city without districts (东莞市) is its own parent in the code list
    return step


def city_of(home: Place) -> Place | None:
    """Return the city that 全市 and 市科技局 mean in a text whose home is ``home``: a county-level city means itself."""
    if home.type == "City" or home.name.endswith("市"):
        return home
    return above(home, "prefecture") or above(home, "province") if home.level == "county" else None


def unlisted(name: str, text: str) -> Place | None:
    """Return a place that the list of divisions does not know, under the known place that ``text`` is mostly about.

    >>> place = unlisted("沁川市", "沁川市科技局2016年工作总结\\n焦作市科技局指导焦作各县。")
    >>> place.name, place.short, place.level, places()[place.parent].name
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

    A place that no list of divisions knows counts where it opens a line of the head and is named again, or where no other
    place is plain and its authorities are named.
    """
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
    when the first line names it and it is named twice as often as the city itself.
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
    return province.name if province is not None else None


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
        if place is None or _UNIVERSITY.match(text, end) or _inside_longer(text, end, place):
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


def places_in(text: str) -> list[tuple[int, str]]:
    """Return where which province or city (东莞 too, which has no districts), or county by its full name, is printed in ``text``.

    >>> places_in("产业焕新无锡高新区")
    [(4, '无锡')]
    """
    return [(start, name) for start, _, name in _names().find(text)]


@cache
def _names() -> Lexicon[str]:
    names = {place.name for place in places().values() if len(place.name) >= 3}
    names |= {place.short for place in places().values() if (place.level != "county" or place.type == "City") and len(place.short) >= 2}
    return Lexicon({name: name for name in sorted(names - everyday())})


def _clear(points: Counter[Place]) -> Place | None:
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0].code))
    if not ranked or ranked[0][1] < 2:
        return None
    if len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]:
        return None
    return ranked[0][0]
