"""What is compiled and what comes of running it, as plain values."""

from dataclasses import dataclass

from kg.triples.terms import Term


@dataclass(frozen=True, slots=True)
class Text:
    """A message in one language (``lang`` a tag, or empty)."""

    value: str
    lang: str


@dataclass(frozen=True, slots=True)
class Target:
    """The focus nodes of a shape: instances of ``classes`` (narrower ones included), and what the properties and IRIs name."""

    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    def pattern(self) -> str:
        """Return the pattern that binds ``?this`` to each of them, one perhaps several times."""
        parts = []
        if self.classes:
            parts.append(f"VALUES ?_class {{ {_iris(self.classes)} }} GRAPH ?_in {{ ?this a ?_class }}")
        parts += [f"GRAPH ?_in {{ ?this <{iri}> ?_to }}" for iri in self.subjects_of]
        parts += [f"GRAPH ?_in {{ ?_of <{iri}> ?this }}" for iri in self.objects_of]
        if self.nodes:
            parts.append(f"VALUES ?this {{ {_iris(self.nodes)} }}")
        return " UNION ".join(f"{{ {part} }}" for part in parts)

    def roles(self) -> tuple[tuple[str, str], ...]:
        """Return what makes a node a focus node, besides its name: instance, subject or object, and of which class or property."""
        named = (("instance", self.classes), ("subject", self.subjects_of), ("object", self.objects_of))
        return tuple((role, iri) for role, iris in named for iri in iris)


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint: ``pattern`` binds ``focus`` (from ``?this``) and the value, ``fault`` is true where it fails.

    ``value`` and ``path`` are the variables (or, of a path, the IRI) that a result names; empty for none. A constraint in SPARQL has
    no ``fault``: its ``pattern`` is the group to ask of given nodes, ``whole`` the one to ask of all, ``columns`` what it selects.
    """

    source: str
    component: str
    severity: str
    messages: tuple[Text, ...]
    pattern: str
    fault: str
    focus: str = "?this"
    value: str = ""
    path: str = ""
    whole: str = ""
    columns: str = ""
    prologue: str = ""

    @property
    def in_sparql(self) -> bool:
        return not self.fault

    def group(self) -> str:
        """Return what stands after the focus nodes in a query."""
        return f"{self.pattern} FILTER ({self.fault})" if self.fault else self.pattern


@dataclass(frozen=True, slots=True)
class Shape:
    """A compiled shape that has a target."""

    iri: str
    target: Target
    constraints: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result (SHACL 1.0, section 3.6); ``shape`` is the shape with the target, ``source`` the one that speaks."""

    shape: str
    source: str
    component: str
    severity: str
    focus: Term
    path: str
    value: Term | None
    messages: tuple[Text, ...]


def _iris(values: tuple[str, ...]) -> str:
    return " ".join(f"<{value}>" for value in values)
