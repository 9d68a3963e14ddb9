"""Places of China known in advance: short and full names, and the divisions above a place."""

from functools import cache, lru_cache

from kg.mentions.gazetteer import Place, places, places_called
from kg.mentions.lexicon import Lexicon
from kg.rules import rules

LEVEL_ORDER = {"province": 0, "prefecture": 1, "county": 2}
REMEMBERED = 4096  # answers about names of places that are kept


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


def places_in(text: str) -> list[tuple[int, str]]:
    """Return where which province or city (东莞 too, which has no districts), or county by its full name, is printed in ``text``.

    >>> places_in("产业焕新无锡高新区")
    [(4, '无锡')]
    """
    return [(start, name) for start, _, name in _names().find(text)]


def place_before(text: str) -> str:
    """Return the longest name of ``places_in`` that ``text`` begins with, or an empty string.

    >>> place_before("无锡高新区"), place_before("高新区")
    ('无锡', '')
    """
    names, longest = _printed_names()
    return next((text[:size] for size in range(min(longest, len(text)), 1, -1) if text[:size] in names), "")


@cache
def _printed_names() -> tuple[frozenset[str], int]:
    names = {place.name for place in places().values() if len(place.name) >= 3}
    names |= {place.short for place in places().values() if (place.level != "county" or place.type == "City") and len(place.short) >= 2}
    return frozenset(names - everyday()), max(map(len, names))


@cache
def _names() -> Lexicon[str]:
    return Lexicon({name: name for name in sorted(_printed_names()[0])})
