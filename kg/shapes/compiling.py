"""SHACL shapes as SPARQL: each constraint a pattern and a condition under which it fails.

Everything is said with nested ``EXISTS``, one triple pattern deep each: the engine looks the pattern up for the node at hand, so
that a query costs what its focus nodes cost, however large the store. SHACL 1.0 core is compiled whole but for
``sh:qualifiedValueShapesDisjoint``, and SPARQL constraints with ``sh:select``; any other property in the namespace of SHACL is an
error that names the shape.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from kg.shapes import values
from kg.shapes.faults import unsupported
from kg.shapes.model import Constraint, Shape, Target, Text
from kg.shapes.paths import Names, Path, link, read_path
from kg.shapes.known import Known
from kg.shapes.union import Union

Node = rdflib.term.Node
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
# Properties that say nothing to test by themselves.
_SILENT = {
    *(SH.path, SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.message, SH.severity, SH.deactivated),
    *(SH.flags, SH.ignoredProperties, SH.qualifiedMinCount, SH.qualifiedMaxCount, *_TARGETS),
}
_PAIRS = {SH.lessThan: "<", SH.lessThanOrEquals: "<="}
_MOST = 20  # values counted one by one; a longer chain of EXISTS is no use to anybody


@dataclass(frozen=True, slots=True)
class _Fault:
    """What one constraint finds at a focus node: ``pattern`` binds the value, ``condition`` is true where it fails."""

    component: str
    condition: str
    pattern: str = ""
    value: str = ""
    path: str = ""

    def absent(self) -> str:
        """Return an expression that is true where nothing is found."""
        return f"NOT EXISTS {{ {self.pattern} FILTER ({self.condition}) }}" if self.pattern else f"!({self.condition})"


def compile_shapes(shapes: rdflib.Graph, known: Known) -> tuple[Shape, ...]:
    """Return the shapes of ``shapes`` that have a target, in the order that ``sh:order`` gives them, then by name.

    ``known`` is what must be known of the store beforehand. Raises ``InputError`` naming a shape that cannot be compiled.
    """
    compiler = _Compiler(shapes, known)
    targeted = {shape for target in _TARGETS for shape in shapes.subjects(target)}
    targeted |= {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in shapes.subjects(RDF.type, kind) if _is_class(shapes, shape)}
    ordered = sorted(targeted, key=lambda shape: (float(str(shapes.value(shape, SH.order) or 0)), str(shape)))
    return tuple(Shape(str(shape), compiler.target(shape), tuple(compiler.constraints(shape))) for shape in ordered)


def _is_class(shapes: rdflib.Graph, shape: Node) -> bool:
    return (shape, RDF.type, RDFS.Class) in shapes


class _Compiler:
    def __init__(self, shapes: rdflib.Graph, known: Known) -> None:
        self._shapes = shapes
        self._known = known
        self._names = Names()
        self._open: list[Node] = []  # shapes that are being compiled, each within the one before

    def target(self, shape: Node) -> Target:
        named = [str(cls) for cls in self._shapes.objects(shape, SH.targetClass)] + [str(shape)] * _is_class(self._shapes, shape)
        classes = {cls for name in named for cls in self._known.narrower(name)}
        nodes = sorted(str(node) for node in self._shapes.objects(shape, SH.targetNode) if self._iri(shape, node))
        subjects, objects = (
            tuple(sorted(map(str, self._shapes.objects(shape, kind)))) for kind in (SH.targetSubjectsOf, SH.targetObjectsOf)
        )
        return Target(tuple(sorted(classes)), subjects, objects, tuple(nodes))

    def _iri(self, shape: Node, node: Node) -> bool:
        if not isinstance(node, rdflib.URIRef):
            raise unsupported(shape, f"its sh:targetNode {node} is no IRI")
        return True

    def constraints(self, shape: Node, focus: str = "?this", before: str = "") -> Iterator[Constraint]:
        """Yield the constraints of ``shape`` at ``focus``, which ``before`` binds, and those of the property shapes within."""
        if self._deactivated(shape):
            return
        severity = str(self._shapes.value(shape, SH.severity) or SH.Violation)
        messages = self._messages(shape)
        path = self._path(shape)
        for fault in self._faults(shape, focus):
            told = fault.path or (path.iri if path and path.kind == "step" else path.text() if path else "")
            yield Constraint(
                str(shape),
                fault.component,
                severity,
                messages,
                f"{before} {fault.pattern}".strip(),
                fault.condition,
                focus,
                fault.value,
                told,
            )
        for constraint in self._shapes.objects(shape, SH.sparql):
            yield self._in_sparql(shape, constraint, severity, messages, focus)
        for inner in sorted(self._shapes.objects(shape, SH.property), key=str):
            stop = self._names.fresh() if path else focus
            way = f"{before} {link(focus, path, stop, self._names)}" if path else before
            with_it = self._within(shape)
            yield from self.constraints(inner, stop, way)
            with_it.pop()

    def _within(self, shape: Node) -> list[Node]:
        if shape in self._open:
            raise unsupported(shape, "it refers to itself")
        self._open.append(shape)
        return self._open

    def _deactivated(self, shape: Node) -> bool:
        return str(self._shapes.value(shape, SH.deactivated) or "false") in {"true", "1"}

    def _path(self, shape: Node) -> Path | None:
        node = self._shapes.value(shape, SH.path)
        return None if node is None else read_path(self._shapes, node, shape)

    def _messages(self, holder: Node) -> tuple[Text, ...]:
        found = {Text(str(text), text.language or "") for text in self._shapes.objects(holder, SH.message) if isinstance(text, rdflib.Literal)}
        return tuple(sorted(found, key=lambda text: (text.lang, text.value)))

    def conforms(self, shape: Node, node: str) -> str:
        """Return an expression that is true where ``node``, bound, conforms to ``shape``."""
        if self._deactivated(shape):
            return "true"
        opened = self._within(shape)
        parts = [fault.absent() for fault in self._faults(shape, node)]
        if (shape, SH.sparql, None) in self._shapes:
            raise unsupported(shape, "it has a SPARQL constraint inside another shape")
        path = self._path(shape)
        for inner in sorted(self._shapes.objects(shape, SH.property), key=str):
            if path is None:
                parts.append(self.conforms(inner, node))
            else:
                stop = self._names.fresh()
                parts.append(f"NOT EXISTS {{ {link(node, path, stop, self._names)} FILTER (!({self.conforms(inner, stop)})) }}")
        opened.pop()
        return f"({' && '.join(parts) or 'true'})"

    def _faults(self, shape: Node, focus: str) -> Iterator[_Fault]:
        """Yield what each constraint of ``shape`` itself finds at ``focus``."""
        path = self._path(shape)
        for predicate, argument in sorted(self._shapes.predicate_objects(shape), key=str):
            if not str(predicate).startswith(str(SH)) or predicate in _SILENT or predicate in {SH.property, SH.sparql}:
                continue
            found = self._of_focus(shape, predicate, argument, focus, path)
            if found is None:
                value = self._names.fresh() if path else focus
                test = self._of_value(shape, predicate, argument, value)
                if test is None:
                    raise unsupported(shape, f"{predicate.n3(self._shapes.namespace_manager)} is not compiled")
                pattern = link(focus, path, value, self._names) if path else ""
                found = [_Fault(_component(predicate), f"!({test})", pattern, value)]
            yield from found

    def _of_value(self, shape: Node, predicate: Node, argument: Node, value: str) -> str | None:
        """Return the test of one value, ``None`` for a property that is no such constraint."""
        if predicate in values.BOUNDS:
            return values.in_bounds(value, predicate, argument)
        if predicate in values.LENGTHS:
            return values.of_length(value, predicate, argument)
        members = list(self._shapes.items(argument)) if (argument, RDF.first, None) in self._shapes else []
        tests: dict[Node, Callable[[], str]] = {
            SH["class"]: lambda: values.of_class(value, self._known.narrower(str(argument)), self._names),
            SH.datatype: lambda: values.of_datatype(value, argument),
            SH.nodeKind: lambda: values.of_kind(value, argument, shape),
            SH["in"]: lambda: values.one_of(value, members),
            SH.pattern: lambda: values.matches(value, argument, self._shapes.value(shape, SH.flags)),
            SH.languageIn: lambda: values.in_language(value, members),
            SH.node: lambda: self.conforms(argument, value),
            SH["not"]: lambda: f"!{self.conforms(argument, value)}",
            SH["and"]: lambda: " && ".join(self.conforms(inner, value) for inner in members),
            SH["or"]: lambda: " || ".join(self.conforms(inner, value) for inner in members),
            SH.xone: lambda: " + ".join(f"IF({self.conforms(inner, value)}, 1, 0)" for inner in members) + " = 1",
        }
        return tests[predicate]() if predicate in tests else None

    def _of_focus(self, shape: Node, predicate: Node, argument: Node, focus: str, path: Path | None) -> Iterable[_Fault] | None:
        """Return what a constraint finds that looks at all values of a focus node together; ``None`` for another property."""
        name = _component(predicate)
        if predicate == SH.hasValue and path is None:
            return [_Fault(name, f"!sameTerm({focus}, {argument.n3()})")]
        if predicate == SH.closed:
            return self._closed(shape, focus) if str(argument) in {"true", "1"} else []
        if predicate in {SH.equals, SH.disjoint} and path is None:
            path = Path("sequence")  # a node shape: the focus node is its own and only value
        if path is None:
            return None
        if predicate == SH.minCount:
            return [_Fault(name, f"!({self._at_least(shape, argument, 0, focus, path)})")]
        if predicate == SH.maxCount:
            return [_Fault(name, self._at_least(shape, argument, 1, focus, path))]
        if predicate == SH.qualifiedValueShape:
            return self._qualified(shape, argument, focus, path)
        if predicate == SH.qualifiedValueShapesDisjoint and str(argument) not in {"true", "1"}:
            return []
        if predicate == SH.uniqueLang:
            return [_Fault(name, self._language_twice(focus, path))] if str(argument) in {"true", "1"} else []
        if predicate == SH.hasValue:
            value = self._names.fresh()
            return [_Fault(name, f"NOT EXISTS {{ {link(focus, path, value, self._names)} FILTER sameTerm({value}, {argument.n3()}) }}")]
        return self._pairs(predicate, argument, focus, path)

    def _at_least(self, shape: Node, number: Node, more: int, focus: str, path: Path, quality: Node | None = None) -> str:
        """Return an expression that is true where ``path`` has ``number + more`` different values (of a shape, if one is given)."""
        wanted = int(str(number)) + more
        if wanted > _MOST:
            raise unsupported(shape, f"it counts to {wanted}, and no count above {_MOST} is compiled")
        text, seen = "", [self._names.fresh() for _ in range(wanted)]
        for i in reversed(range(wanted)):
            tests = [f"!sameTerm({seen[i]}, {earlier})" for earlier in seen[:i]]
            tests += [self.conforms(quality, seen[i])] if quality is not None else []
            tests += [text] if text else []
            condition = f" FILTER ({' && '.join(tests)})" if tests else ""
            text = f"EXISTS {{ {link(focus, path, seen[i], self._names)}{condition} }}"
        return text or "true"

    def _qualified(self, shape: Node, quality: Node, focus: str, path: Path) -> Iterator[_Fault]:
        for bound, name, more in ((SH.qualifiedMinCount, "QualifiedMinCount", 0), (SH.qualifiedMaxCount, "QualifiedMaxCount", 1)):
            for number in self._shapes.objects(shape, bound):
                enough = self._at_least(shape, number, more, focus, path, quality)
                yield _Fault(f"{name}ConstraintComponent", enough if more else f"!({enough})")

    def _language_twice(self, focus: str, path: Path) -> str:
        first, second = self._names.fresh(), self._names.fresh()
        same = f"!sameTerm({first}, {second}) && LCASE(LANG({first})) = LCASE(LANG({second}))"
        again = f"EXISTS {{ {link(focus, path, second, self._names)} FILTER ({same}) }}"
        return f'EXISTS {{ {link(focus, path, first, self._names)} FILTER (LANG({first}) != "" && {again}) }}'

    def _pairs(self, predicate: Node, argument: Node, focus: str, path: Path) -> list[_Fault] | None:
        """Constraints that compare the values with those of another property (section 4.5)."""
        name, other = _component(predicate), Path("step", iri=str(argument))
        own = path.kind == "sequence" and not path.parts
        value = focus if own else self._names.fresh()
        mine = "" if own else link(focus, path, value, self._names)
        if predicate in _PAIRS:
            theirs = self._names.fresh()
            pattern = f"{mine} {link(focus, other, theirs, self._names)}"
            return [_Fault(name, f"!COALESCE({value} {_PAIRS[rdflib.URIRef(predicate)]} {theirs}, false)", pattern, value)]
        shared = f"EXISTS {{ {link(focus, other, value, self._names)} }}"
        if predicate == SH.disjoint:
            return [_Fault(name, shared, mine, value)]
        if predicate != SH.equals:
            return None
        theirs = self._names.fresh()
        back = f"sameTerm({theirs}, {focus})" if own else f"EXISTS {{ {link(focus, path, theirs, self._names)} }}"
        return [
            _Fault(name, f"NOT {shared}", mine, value),
            _Fault(name, f"!({back})", link(focus, other, theirs, self._names), theirs),
        ]

    def _closed(self, shape: Node, focus: str) -> list[_Fault]:
        known = {str(self._shapes.value(inner, SH.path)) for inner in self._shapes.objects(shape, SH.property)}
        known |= {str(iri) for ignored in self._shapes.objects(shape, SH.ignoredProperties) for iri in self._shapes.items(ignored)}
        path, value = self._names.fresh("p"), self._names.fresh()
        listed = ", ".join(f"<{iri}>" for iri in sorted(known))
        pattern = f"GRAPH {self._names.fresh('g')} {{ {focus} {path} {value} }}"
        return [_Fault("ClosedConstraintComponent", f"{path} NOT IN ({listed})", pattern, value, path)]

    def _in_sparql(self, shape: Node, constraint: Node, severity: str, messages: tuple[Text, ...], focus: str) -> Constraint:
        select = self._shapes.value(constraint, SH.select)
        if select is None or focus != "?this" or self._path(shape) is not None:
            raise unsupported(shape, "its SPARQL constraint is not a sh:select of a node shape with a target")
        head, brace, rest = str(select).partition("{")
        if not brace or "$PATH" in rest:
            raise unsupported(shape, "its SPARQL constraint is no plain SELECT")
        prologue = self._prologue(constraint)
        some, whole = (
            Union(shape, self._names, partial(self._known.holding, prologue), whole).read((brace + rest).replace("$this", "?this"))
            for whole in (False, True)
        )
        return Constraint(
            str(shape),
            "SPARQLConstraintComponent",
            severity,
            self._messages(constraint) or messages,
            some,
            "",
            value="?value",
            whole=whole,
            columns=head.replace("$this", "?this").strip().removesuffix("WHERE").rstrip(),
            prologue=prologue,
        )

    def _prologue(self, constraint: Node) -> str:
        """Return the PREFIX lines that the constraint declares (section 5.2.1)."""
        declared = {
            str(self._shapes.value(entry, SH.prefix)): str(self._shapes.value(entry, SH.namespace))
            for prefixes in self._shapes.objects(constraint, SH.prefixes)
            for entry in self._shapes.objects(prefixes, SH.declare)
        }
        return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(declared.items()))


def _component(predicate: Node) -> str:
    """Return the name that SHACL gives the constraint of a property: ``sh:minCount`` is MinCountConstraintComponent."""
    name = str(predicate).removeprefix(str(SH))
    return f"{name[0].upper()}{name[1:]}ConstraintComponent"
