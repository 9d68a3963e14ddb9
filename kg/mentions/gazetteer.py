"""Names known in advance: places of China, organisations, and the ids they have elsewhere.

The data files stand in ``graph/authority/`` (sources and licences in its README); all readers are lazy and read once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import InputError
from kg.resources import resource

LEVELS = {"province": "Province", "prefecture": "City", "county": "District"}
MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True, slots=True)
class Place:
    """A division of China: ``code`` is its six-digit GB/T 2260 code, ``parent`` the code above it (empty for a province)."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    en: str

    @property
    def type(self) -> str:
        """``Province``, ``City`` or ``District``; municipalities and cities right under a province count as cities."""
        alone = self.parent == self.code or self.parent.endswith("0000")  # a city without districts is its own parent in the list
        direct = self.level == "county" and alone and self.name.endswith("市")
        return "City" if direct or self.name in MUNICIPALITIES else LEVELS[self.level]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the Research Organization Registry: ``ror`` and ``wikidata`` are bare ids, ``types`` ROR's words."""

    ror: str
    name: str
    en: str
    aliases: tuple[str, ...]
    types: tuple[str, ...]
    city: str
    province: str
    wikidata: str

    @property
    def type(self) -> str:
        """The entity type of the facts format."""
        if self.name.partition("（")[0].endswith(("大学", "学院", "学校")) and not self.name.endswith("科学院"):
            return "University"
        if "government" in self.types and not self.name.endswith(("院", "所", "会", "实验室", "中心", "园")):
            return "GovernmentBody"
        return "Enterprise" if "company" in self.types else "Institute"


@dataclass(frozen=True, slots=True)
class Identified:
    """A named thing with verified ids elsewhere; an id that is not known is an empty string."""

    name: str
    type: str
    en: str
    wikidata: str
    geonames: str
    ror: str


def rows(name: str, width: int) -> list[list[str]]:
    """Return the rows of the tab-separated authority file ``name`` without its header.

    Raises ``InputError`` naming file and line when the file is missing or a row has not ``width`` columns.
    """
    path = resource("graph") / "authority" / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, f"cannot be read ({error})", "restore the file; it came with the program") from error
    table = [line.split("\t") for line in lines[1:]]
    for number, row in enumerate(table, start=2):
        if len(row) != width:
            raise InputError(f"{path}:{number}", f"{len(row)} columns in place of {width}", "mend the row")
    return table


@cache
def places() -> Mapping[str, Place]:
    """Return all divisions by code."""
    return {row[0]: Place(*row) for row in rows("places.tsv", 6)}


@cache
def _by_name() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place in places().values():
        if any(_is_recoded(place, other) for other in found.get(place.name, ())):
            continue
        for name in {place.name, place.short} - {""}:
            found[name] = (*found.get(name, ()), place)
    return found


def _is_recoded(place: Place, other: Place) -> bool:
    """Say whether two rows are one county under an old and a new code; two districts of one province may well share a name."""
    return place.name == other.name and place.code[:2] == other.code[:2] and place.level == "county" and not place.name.endswith("区")


def places_called(name: str) -> tuple[Place, ...]:
    """Return every division whose full or short name is ``name``, in the order of their codes.

    >>> [place.name for place in places_called("温州")]
    ['温州市']
    """
    return _by_name().get(name, ())


@cache
def organisations() -> Mapping[str, Organisation]:
    """Return the organisations by Chinese name; a name that two records share is left out of the file."""
    return {record.name: record for record in map(_organisation, rows("organisations.tsv", 8))}


def organisations_called(name: str) -> tuple[Organisation, ...]:
    """Return every organisation whose Chinese name or short name is ``name``, also those that share it.

    >>> [found.en for found in organisations_called("中国石油大学")]
    ['China University of Petroleum, Beijing', 'China University of Petroleum, East China']
    """
    return _organisations_by_name().get(name, ())


@cache
def _organisations_by_name() -> Mapping[str, tuple[Organisation, ...]]:
    found: dict[str, tuple[Organisation, ...]] = {}
    for record in (*organisations().values(), *map(_organisation, rows("namesakes.tsv", 8))):
        for name in dict.fromkeys((record.name, *record.aliases)):
            found[name] = (*found.get(name, ()), record)
    return found


def _organisation(row: list[str]) -> Organisation:
    return Organisation(row[0], row[1], row[2], _split(row[3]), _split(row[4]), row[5], row[6], row[7])


@cache
def identified() -> Mapping[str, Identified]:
    """Return the things with verified ids by their canonical name."""
    return {row[0]: Identified(*row) for row in rows("identifiers.tsv", 6)}


def _split(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split("|") if part)
