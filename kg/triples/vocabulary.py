"""What the code lists know: units by their printed form, known indicators and designations by their names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.namespaces import RIEC, SKOS, UNIT
from kg.triples.terms import Iri, Literal, Quad

_NAMES = {f"{SKOS}prefLabel", f"{SKOS}altLabel"}
_MEASURED = re.compile(r"^(?:(?:今年|全年|共)?(?:新(?:增|建|认定|获批|备案|引进|招引)|累计|总共|现有|共有|拥有|实现|完成)(?:了|的)?)+")
_GROWTH = re.compile(r"(?:同比)?(?:增速|增幅|增长率|增长)$")
_OTHERS = {"field", "talent", "designation"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``units`` maps a printed unit to its IRI (QUDT's where the code list names one), ``indicators`` a Chinese label to the
    known indicator, ``roles`` a post to its role, ``others`` a Chinese label to the known technology field, talent category or
    designation.

    A label that two concepts of one table share names neither.
    """

    units: Mapping[str, Iri] = field(default_factory=dict)
    indicators: Mapping[str, Iri] = field(default_factory=dict)
    roles: Mapping[str, Iri] = field(default_factory=dict)
    others: Mapping[str, Iri] = field(default_factory=dict)

    def known(self, name: str, kind: str) -> Iri | None:
        """Return the concept of the code lists for an entity of type ``kind`` called ``name``."""
        return (self.indicators if kind == "Indicator" else self.others).get(name)

    def indicator(self, name: str) -> Iri | None:
        """Return the known indicator that ``name`` means, with or without the words that only tell how it was measured.

        新增高新技术企业数 and 累计高新技术企业数 are both 高新技术企业数; the observation's measure type tells them apart.
        """
        return next((self.indicators[form] for form in indicator_forms(name) if form in self.indicators), None)


def indicator_forms(name: str) -> list[str]:
    """Return the forms under which a code list may know an indicator, the closest first.

    >>> indicator_forms("新认定高新技术企业")
    ['新认定高新技术企业', '高新技术企业', '新认定高新技术企业数', '高新技术企业数']
    """
    bare = _MEASURED.sub("", _GROWTH.sub("", name)) or name
    forms = (name, bare, f"{name}数", f"{bare}数")
    return list(dict.fromkeys(forms))


def read_vocabulary(quads: Iterable[Quad]) -> Vocabulary:
    """Return the vocabulary of the code lists in ``quads``."""
    printed: dict[str, Iri] = {}
    measured: dict[Iri, Iri] = {}
    labels: dict[Iri, set[str]] = {}
    schemes: dict[Iri, str] = {}
    for quad in quads:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, Iri) or not subject.value.startswith(RIEC):
            continue
        if predicate == f"{SKOS}inScheme":
            schemes[subject] = str(value).removeprefix(f"{RIEC}scheme-")
        elif predicate == f"{SKOS}notation" and subject.value.startswith(f"{RIEC}unit-"):
            printed[str(value)] = subject
        elif predicate == f"{SKOS}exactMatch" and isinstance(value, Iri) and value.value.startswith(UNIT):
            measured[subject] = value
        elif predicate in _NAMES and isinstance(value, Literal) and value.lang.startswith("zh"):
            labels.setdefault(subject, set()).add(value.value)
    units = {form: measured.get(unit, unit) for form, unit in printed.items()}
    return Vocabulary(units, *(_table(labels, schemes, wanted) for wanted in ({"indicator"}, {"role"}, _OTHERS)))


def _table(labels: Mapping[Iri, set[str]], schemes: Mapping[Iri, str], wanted: set[str]) -> dict[str, Iri]:
    named: dict[str, set[Iri]] = {}
    for concept, names in labels.items():
        if schemes.get(concept) in wanted:
            for name in names:
                named.setdefault(name, set()).add(concept)
    return {name: next(iter(found)) for name, found in named.items() if len(found) == 1}
