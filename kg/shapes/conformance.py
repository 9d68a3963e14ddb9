"""Whether a node conforms to a shape, as a SPARQL expression, and what each constraint of a shape finds at it.

Everything is said with nested ``EXISTS``, one triple pattern deep each: the engine looks the pattern up for the node at hand, so
that a query costs what its focus nodes cost, however large the store.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import rdflib
from rdflib.namespace import RDF, SH

from kg.shapes import values
from kg.shapes.faults import unsupported
from kg.shapes.known import Known
from kg.shapes.paths import Names, Path, link, read_path
from kg.wording import Wording

Node = rdflib.term.Node
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
# Properties that say nothing to test by themselves, and those that the callers go through.
_SILENT = {
    *(SH.path, SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.message, SH.severity, SH.deactivated),
    *(SH.flags, SH.ignoredProperties, SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.property, SH.sparql, *TARGETS),
}
_PAIRS: dict[Node, str] = {SH.lessThan: "<", SH.lessThanOrEquals: "<="}
_MOST = 20  # values counted one by one; a longer chain of EXISTS is no use to anybody


@dataclass(frozen=True, slots=True)
class Fault:
    """What one constraint finds at a focus node: ``pattern`` binds the value, ``condition`` is true where it fails."""

    component: str
    condition: str
    pattern: str = ""
    value: str = ""
    path: str = ""

    def absent(self) -> str:
        """Return an expression that is true where nothing is found."""
        return f"NOT EXISTS {{ {self.pattern} FILTER ({self.condition}) }}" if self.pattern else f"!({self.condition})"


@dataclass(frozen=True, slots=True)
class Conformance:
    """Reads the constraints of the shapes in ``shapes``; ``known`` is what must be known of the store beforehand."""

    shapes: rdflib.Graph
    known: Known
    names: Names = field(default_factory=Names)
    _open: list[Node] = field(default_factory=list)  # shapes that are being read, each within the one before

    def deactivated(self, shape: Node) -> bool:
        return str(self.shapes.value(shape, SH.deactivated) or "false") in {"true", "1"}

    def path(self, shape: Node) -> Path | None:
        node = self.shapes.value(shape, SH.path)
        return None if node is None else read_path(self.shapes, node, shape)

    @contextmanager
    def within(self, shape: Node) -> Iterator[None]:
        """Hold ``shape`` while those are read that it refers to; ``InputError`` when it is held already."""
        if shape in self._open:
            raise unsupported(shape, Wording("它引用了自己", "it refers to itself"))
        self._open.append(shape)
        yield
        self._open.pop()

    def conforms(self, shape: Node, node: str) -> str:
        """Return an expression that is true where ``node``, bound, conforms to ``shape``."""
        if self.deactivated(shape):
            return "true"
        if (shape, SH.sparql, None) in self.shapes:
            raise unsupported(shape, Wording("它在另一个形状里面有 SPARQL 约束", "it has a SPARQL constraint inside another shape"))
        with self.within(shape):
            parts = [fault.absent() for fault in self.faults(shape, node)]
            parts += [self._property(inner, node, self.path(shape)) for inner in self.inner(shape)]
        return f"({' && '.join(parts) or 'true'})"

    def inner(self, shape: Node) -> list[Node]:
        """Return the property shapes of ``shape``."""
        return sorted(self.shapes.objects(shape, SH.property), key=str)

    def _property(self, inner: Node, node: str, path: Path | None) -> str:
        if path is None:
            return self.conforms(inner, node)
        stop = self.names.fresh()
        return f"NOT EXISTS {{ {link(node, path, stop, self.names)} FILTER (!({self.conforms(inner, stop)})) }}"

    def faults(self, shape: Node, focus: str) -> Iterator[Fault]:
        """Yield what each constraint of ``shape`` itself finds at ``focus``."""
        path = self.path(shape)
        for predicate, argument in sorted(self.shapes.predicate_objects(shape), key=str):
            if not str(predicate).startswith(str(SH)) or predicate in _SILENT:
                continue
            found = self._of_focus(shape, predicate, argument, focus, path)
            if found is None:
                value = self.names.fresh() if path else focus
                test = self._of_value(shape, predicate, argument, value)
                if test is None:
                    raise unsupported(
                        shape,
                        Wording(
                            f"{predicate.n3(self.shapes.namespace_manager)} 不能编译",
                            f"{predicate.n3(self.shapes.namespace_manager)} is not compiled",
                        ),
                    )
                pattern = link(focus, path, value, self.names) if path else ""
                found = [Fault(_component(predicate), f"!({test})", pattern, value)]
            yield from found

    def _of_value(self, shape: Node, predicate: Node, argument: Node, value: str) -> str | None:
        """Return the test of one value, ``None`` for a property that is no such constraint."""
        if predicate in values.BOUNDS:
            return values.in_bounds(value, predicate, argument)
        if predicate in values.LENGTHS:
            return values.of_length(value, predicate, argument)
        members = list(self.shapes.items(argument)) if (argument, RDF.first, None) in self.shapes else []
        tests: dict[Node, Callable[[], str]] = {
            SH["class"]: lambda: values.of_class(value, self.known.narrower(str(argument)), self.names),
            SH.datatype: lambda: values.of_datatype(value, argument),
            SH.nodeKind: lambda: values.of_kind(value, argument, shape),
            SH["in"]: lambda: values.one_of(value, members),
            SH.pattern: lambda: values.matches(value, argument, self.shapes.value(shape, SH.flags)),
            SH.languageIn: lambda: values.in_language(value, members),
            SH.node: lambda: self.conforms(argument, value),
            SH["not"]: lambda: f"!{self.conforms(argument, value)}",
            SH["and"]: lambda: " && ".join(self.conforms(inner, value) for inner in members),
            SH["or"]: lambda: " || ".join(self.conforms(inner, value) for inner in members),
            SH.xone: lambda: " + ".join(f"IF({self.conforms(inner, value)}, 1, 0)" for inner in members) + " = 1",
        }
        return tests[predicate]() if predicate in tests else None

    def _of_focus(self, shape: Node, predicate: Node, argument: Node, focus: str, path: Path | None) -> Iterable[Fault] | None:
        """Return what a constraint finds that looks at all values of a focus node together; ``None`` for another property."""
        name = _component(predicate)
        if predicate == SH.hasValue and path is None:
            return [Fault(name, f"!sameTerm({focus}, {argument.n3()})")]
        if predicate == SH.closed:
            return self._closed(shape, focus) if str(argument) in {"true", "1"} else []
        if predicate in {SH.equals, SH.disjoint} and path is None:
            path = Path("sequence")  # a node shape: the focus node is its own and only value
        if path is None:
            return None
        if predicate == SH.minCount:
            return [Fault(name, f"!({self._at_least(shape, argument, 0, focus, path)})")]
        if predicate == SH.maxCount:
            return [Fault(name, self._at_least(shape, argument, 1, focus, path))]
        if predicate == SH.qualifiedValueShape:
            return self._qualified(shape, argument, focus, path)
        if predicate == SH.qualifiedValueShapesDisjoint and str(argument) not in {"true", "1"}:
            return []
        if predicate == SH.uniqueLang:
            return [Fault(name, self._language_twice(focus, path))] if str(argument) in {"true", "1"} else []
        if predicate == SH.hasValue:
            value = self.names.fresh()
            return [Fault(name, f"NOT EXISTS {{ {link(focus, path, value, self.names)} FILTER sameTerm({value}, {argument.n3()}) }}")]
        return self._pairs(predicate, argument, focus, path)

    def _at_least(self, shape: Node, number: Node, more: int, focus: str, path: Path, quality: Node | None = None) -> str:
        """Return an expression that is true where ``path`` has ``number + more`` different values (of a shape, if one is given)."""
        wanted = int(str(number)) + more
        if wanted > _MOST:
            raise unsupported(
                shape,
                Wording(
                    f"它数到 {wanted}，而 {_MOST} 以上的计数不能编译", f"it counts to {wanted}, and no count above {_MOST} is compiled"
                ),
            )
        text, seen = "", [self.names.fresh() for _ in range(wanted)]
        for i in reversed(range(wanted)):
            tests = [f"!sameTerm({seen[i]}, {earlier})" for earlier in seen[:i]]
            tests += [self.conforms(quality, seen[i])] if quality is not None else []
            tests += [text] if text else []
            condition = f" FILTER ({' && '.join(tests)})" if tests else ""
            text = f"EXISTS {{ {link(focus, path, seen[i], self.names)}{condition} }}"
        return text or "true"

    def _qualified(self, shape: Node, quality: Node, focus: str, path: Path) -> Iterator[Fault]:
        for bound, name, more in ((SH.qualifiedMinCount, "QualifiedMinCount", 0), (SH.qualifiedMaxCount, "QualifiedMaxCount", 1)):
            for number in self.shapes.objects(shape, bound):
                enough = self._at_least(shape, number, more, focus, path, quality)
                yield Fault(f"{name}ConstraintComponent", enough if more else f"!({enough})")

    def _language_twice(self, focus: str, path: Path) -> str:
        first, second = self.names.fresh(), self.names.fresh()
        same = f"!sameTerm({first}, {second}) && LCASE(LANG({first})) = LCASE(LANG({second}))"
        again = f"EXISTS {{ {link(focus, path, second, self.names)} FILTER ({same}) }}"
        return f'EXISTS {{ {link(focus, path, first, self.names)} FILTER (LANG({first}) != "" && {again}) }}'

    def _pairs(self, predicate: Node, argument: Node, focus: str, path: Path) -> list[Fault] | None:
        """Constraints that compare the values with those of another property (section 4.5)."""
        name, other = _component(predicate), Path("step", iri=str(argument))
        own = not path.parts and not path.iri
        value = focus if own else self.names.fresh()
        mine = "" if own else link(focus, path, value, self.names)
        if predicate in _PAIRS:
            theirs = self.names.fresh()
            pattern = f"{mine} {link(focus, other, theirs, self.names)}"
            return [Fault(name, f"!COALESCE({value} {_PAIRS[predicate]} {theirs}, false)", pattern, value)]
        shared = f"EXISTS {{ {link(focus, other, value, self.names)} }}"
        if predicate == SH.disjoint:
            return [Fault(name, shared, mine, value)]
        if predicate != SH.equals:
            return None
        theirs = self.names.fresh()
        back = f"sameTerm({theirs}, {focus})" if own else f"EXISTS {{ {link(focus, path, theirs, self.names)} }}"
        return [
            Fault(name, f"NOT {shared}", mine, value),
            Fault(name, f"!({back})", link(focus, other, theirs, self.names), theirs),
        ]

    def _closed(self, shape: Node, focus: str) -> list[Fault]:
        known = {str(self.shapes.value(inner, SH.path)) for inner in self.shapes.objects(shape, SH.property)}
        known |= {str(iri) for ignored in self.shapes.objects(shape, SH.ignoredProperties) for iri in self.shapes.items(ignored)}
        path, value = self.names.fresh("p"), self.names.fresh()
        listed = ", ".join(f"<{iri}>" for iri in sorted(known))
        pattern = f"GRAPH {self.names.fresh('g')} {{ {focus} {path} {value} }}"
        return [Fault("ClosedConstraintComponent", f"{path} NOT IN ({listed})", pattern, value, path)]


def _component(predicate: Node) -> str:
    """Return the name that SHACL gives the constraint of a property: ``sh:minCount`` is MinCountConstraintComponent."""
    name = str(predicate).removeprefix(str(SH))
    return f"{name[0].upper()}{name[1:]}ConstraintComponent"
