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
        for name in {place.name, place.short} - {""}:
            found[name] = (*found.get(name, ()), place)
    return found


def places_called(name: str) -> tuple[Place, ...]:
    """Return every division whose full or short name is ``name``, in the order of their codes.

    >>> [place.name for place in places_called("温州")]
    ['温州市']
    """
    return _by_name().get(name, ())


@cache
def organisations() -> Mapping[str, Organisation]:
    """Return the organisations by Chinese name; a name that two records share is left out of the file."""
    return {
        row[1]: Organisation(row[0], row[1], row[2], _split(row[3]), _split(row[4]), row[5], row[6], row[7])
        for row in rows("organisations.tsv", 8)
    }


@cache
def identified() -> Mapping[str, Identified]:
    """Return the things with verified ids by their canonical name."""
    return {row[0]: Identified(*row) for row in rows("identifiers.tsv", 6)}


def _split(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split("|") if part)
