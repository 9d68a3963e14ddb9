"""What the code lists know: units by their printed form, known indicators and designations by their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.namespaces import RIEC, SKOS, UNIT
from kg.triples.terms import Iri, Literal, Quad


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``units`` maps a printed unit to its IRI (QUDT's where the code list names one), ``concepts`` a label to its concept.

    A label that two concepts share names neither.
    """

    units: Mapping[str, Iri] = field(default_factory=dict)
    concepts: Mapping[str, Iri] = field(default_factory=dict)


def read_vocabulary(quads: Iterable[Quad]) -> Vocabulary:
    """Return the vocabulary of the code lists in ``quads``."""
    printed: dict[str, Iri] = {}
    measured: dict[Iri, Iri] = {}
    named: dict[str, set[Iri]] = {}
    for quad in quads:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, Iri) or not subject.value.startswith(RIEC):
            continue
        if predicate == f"{SKOS}notation" and isinstance(value, Literal):
            printed[value.value] = subject
        elif predicate == f"{SKOS}exactMatch" and isinstance(value, Iri) and value.value.startswith(UNIT):
            measured[subject] = value
        elif predicate in {f"{SKOS}prefLabel", f"{SKOS}altLabel"} and isinstance(value, Literal) and value.lang != "en":
            named.setdefault(value.value, set()).add(subject)
    units = {form: measured.get(unit, unit) for form, unit in printed.items()}
    concepts = {name: next(iter(found)) for name, found in named.items() if len(found) == 1}
    return Vocabulary(units, concepts)
