"""When a predicted fact agrees with a gold fact: *found* and *exact*, for each kind of fact.

Names agree when they are equal after folding, when one is the larger half of the other, or when their character bigrams
are alike (Dice coefficient). A gold fact may list equally good readings under ``<key>_alt`` or ``<key>_ok``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from kg.facts import FactRecord

_UNITS = {
    "名": "人",
    "位": "人",
    "个百分点": "百分点",
    "百分比": "%",
    "间": "家",
    "人民币元": "元",
    "CNY": "元",
    "平米": "平方米",
    "㎡": "平方米",
}
_TYPE_FAMILIES: tuple[frozenset[str], ...] = tuple(
    frozenset(family)
    for family in (
        {"Person", "Academician"},
        {"Award/Title", "Title", "Award"},
        {"Programme", "Campaign"},
        {"Park", "Platform", "PlatformCategory"},
        {"Institute", "Platform"},
        {"City", "Province", "District", "Region", "Country", "Place", "County"},
        {"Mechanism", "Measure"},
        {"TechnologyField", "Industry"},
        {"Conference", "Event"},
    )
)
_PREDICATE_FAMILIES: tuple[frozenset[str], ...] = tuple(
    frozenset(family)
    for family in (
        {"issued_by", "drafted_by", "amended_by"},
        {"implements", "launched", "held", "organises", "carries_out"},
        {"established", "builds", "planned", "unveils"},
        {"has_title", "holds_title", "recognised_as", "named_on"},
        {"recruited", "attracts", "invited"},
        {"cooperates_with", "signed_with"},
        {"leads", "responsible_for"},
        {"located_in", "incubated_in"},
        {"part_of", "member_of", "member_of_scheme", "has_part", "instance_of"},
        {"supports", "rewards", "guides", "cultivated", "guided_by"},
        {"aims_at", "focuses_on", "contributes_to"},
    )
)
_SYMMETRIC = {"cooperates_with", "signed_with", "same_as"}
_IGNORED = re.compile(r"[\s《》“”\"'‘’()（）·,，.。、\-]")


def normalise(text: object) -> str:
    """Return ``text`` in the form in which names are compared: NFKC, without blanks, quotation marks and brackets.

    >>> normalise("《十条 措施》（试行）")
    '十条措施试行'
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", str(text or ""))).lower()


def similarity(a: str, b: str) -> float:
    """Return the Dice coefficient of the character bigrams of ``a`` and ``b``, in [0, 1]."""
    x, y = _bigrams(a), _bigrams(b)
    return 2 * len(x & y) / (len(x) + len(y))


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(max(1, len(text) - 1))}


def alike(a: object, b: object, threshold: float) -> bool:
    """Say whether two names agree: equal, one the larger half of the other, or alike in their bigrams."""
    x, y = normalise(a), normalise(b)
    if not x or not y:
        return False
    short, long = sorted((x, y), key=len)
    held = short in long and len(short) >= 2 and len(short) * 2 >= len(long)
    return x == y or held or similarity(x, y) >= threshold


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _readings(gold: FactRecord, key: str) -> list[object]:
    return [gold.get(key), *_listed(gold.get(f"{key}_alt")), *_listed(gold.get(f"{key}_ok"))]


def _overlap(a: FactRecord, b: FactRecord) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _same_family(a: object, b: object, families: Iterable[frozenset[str]]) -> bool:
    return a == b or any(a in family and b in family for family in families)


def _unit(value: object) -> str:
    unit = unicodedata.normalize("NFKC", str(value or ""))
    return _UNITS.get(unit, unit)


def _same_number(a: object, b: object) -> bool:
    if not isinstance(a, int | float) or not isinstance(b, int | float):
        return a == b
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


class GoldNames:
    """Which gold entities a printed name can stand for."""

    def __init__(self, gold: Iterable[FactRecord]) -> None:
        self._owners: dict[str, set[str]] = {}
        for fact in gold:
            if fact["kind"] == "entity":
                for name in [*_readings(fact, "name"), *_listed(fact.get("aliases"))]:
                    self._owners.setdefault(normalise(name), set()).add(str(fact["name"]))

    def same(self, name: object, wanted: Iterable[object]) -> bool:
        owners = self._owners.get(normalise(name), set())
        return any(alike(name, w, 0.7) or owners & self._owners.get(normalise(w), {str(w)}) for w in wanted)


Agreement = Callable[[FactRecord, FactRecord, GoldNames], bool]


def _observation_found(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    return _same_number(p["value"], g["value"]) and _unit(p["unit"]) in {_unit(u) for u in _readings(g, "unit")} and _overlap(p, g)


def _observation_exact(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    indicators = _readings(g, "indicator")
    meant = [*indicators, *(f"{s or ''}{i or ''}" for s in _readings(g, "subject") for i in indicators)]
    said = (p["indicator"] or "", (p["subject"] or "") + (p["indicator"] or ""))
    return (
        p["measure"] in _readings(g, "measure")
        and _same_area(p, g)
        and _same_period(p, g)
        and (p.get("comparison") or "=") in {c or "=" for c in _readings(g, "comparison")}
        and (p.get("modality") or "actual") == (g.get("modality") or "actual")
        and (g.get("rank") is None or p.get("rank") == g["rank"])
        and any(alike(a, b, 0.5) for a in said for b in meant)
    )


def _same_area(p: FactRecord, g: FactRecord) -> bool:
    def bare(place: object) -> str:
        return re.sub(r"(省|市|区|县|自治区)$", "", normalise(place))

    return bare(p.get("area")) in {bare(place) for place in _readings(g, "area") if place or place == g.get("area")}


def _same_period(p: FactRecord, g: FactRecord) -> bool:
    alt = g.get("period_alt") or []
    wanted = [(g.get("period_start"), g.get("period_end"))]
    wanted += [tuple(period) for period in (alt if alt and isinstance(alt[0], list) else [alt] if alt else [])]
    return (p.get("period_start"), p.get("period_end")) in wanted


def _relation_found(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    subjects, objects = _readings(g, "subject"), _readings(g, "object")
    straight = names.same(p["subject"], subjects) and names.same(p["object"], objects)
    crossed = names.same(p["subject"], objects) and names.same(p["object"], subjects)
    return (straight or crossed) and _overlap(p, g)


def _relation_exact(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    if not any(_same_family(p["predicate"], q, _PREDICATE_FAMILIES) for q in _readings(g, "predicate")):
        return False
    if g["predicate"] in _SYMMETRIC:
        return True
    return names.same(p["subject"], _readings(g, "subject")) and (p.get("modality") or "actual") == (g.get("modality") or "actual")


def _entity_found(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    meant = {normalise(name) for name in [*_readings(g, "name"), *_listed(g.get("aliases"))]}
    return any(name and normalise(name) in meant for name in [p["name"], *_listed(p.get("aliases"))])


def _entity_exact(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    return any(_same_family(p["type"], t, _TYPE_FAMILIES) for t in _readings(g, "type"))


def _event_found(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    wanted = [*_listed(g["participants"]), g["what"]]
    return _overlap(p, g) and any(names.same(said, wanted) for said in [*_listed(p["participants"]), p["what"]] if said)


def _event_exact(p: FactRecord, g: FactRecord, names: GoldNames) -> bool:
    return p.get("date") in _readings(g, "date")[: None if g.get("date_alt") else 1]


AGREEMENT: dict[str, tuple[Agreement, Agreement]] = {
    "observation": (_observation_found, _observation_exact),
    "relation": (_relation_found, _relation_exact),
    "entity": (_entity_found, _entity_exact),
    "event": (_event_found, _event_exact),
}
