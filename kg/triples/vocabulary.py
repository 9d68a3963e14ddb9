"""What the code lists know: units by their printed form, known indicators and designations by their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.namespaces import RIEC, SKOS, UNIT
from kg.triples.terms import Iri, Literal, Quad

_NAMES = {f"{SKOS}prefLabel", f"{SKOS}altLabel"}
_OTHERS = {"field", "talent", "designation"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``units`` maps a printed unit to its IRI (QUDT's where the code list names one), ``indicators`` a Chinese label to the
    known indicator, ``others`` a Chinese label to the known technology field, talent category or designation.

    A label that two concepts of one table share names neither.
    """

    units: Mapping[str, Iri] = field(default_factory=dict)
    indicators: Mapping[str, Iri] = field(default_factory=dict)
    others: Mapping[str, Iri] = field(default_factory=dict)

    def known(self, name: str, kind: str) -> Iri | None:
        """Return the concept of the code lists for an entity of type ``kind`` called ``name``."""
        return (self.indicators if kind == "Indicator" else self.others).get(name)


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
    return Vocabulary(units, _table(labels, schemes, {"indicator"}), _table(labels, schemes, _OTHERS))


def _table(labels: Mapping[Iri, set[str]], schemes: Mapping[Iri, str], wanted: set[str]) -> dict[str, Iri]:
    named: dict[str, set[Iri]] = {}
    for concept, names in labels.items():
        if schemes.get(concept) in wanted:
            for name in names:
                named.setdefault(name, set()).add(concept)
    return {name: next(iter(found)) for name, found in named.items() if len(found) == 1}
