"""SHACL shapes as SPARQL: each constraint a pattern and a condition under which it fails.

SHACL 1.0 core is compiled whole but for ``sh:qualifiedValueShapesDisjoint``, and SPARQL constraints with ``sh:select``; any other
property in the namespace of SHACL is an error that names the shape.
"""

from collections.abc import Iterator
from functools import partial

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from kg.shapes.conformance import TARGETS, Conformance, Node
from kg.shapes.faults import unsupported
from kg.shapes.known import Known
from kg.shapes.model import Constraint, Shape, Target, Text
from kg.shapes.paths import link
from kg.shapes.union import Union
from kg.wording import Wording


def compile_shapes(shapes: rdflib.Graph, known: Known) -> tuple[Shape, ...]:
    """Return the shapes of ``shapes`` that have a target, in the order that ``sh:order`` gives them, then by name.

    ``known`` is what must be known of the store beforehand. Raises ``InputError`` naming a shape that cannot be compiled.
    """
    compiler = _Compiler(shapes, known)
    targeted = {shape for target in TARGETS for shape in shapes.subjects(target)}
    targeted |= {
        shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in shapes.subjects(RDF.type, kind) if _is_class(shapes, shape)
    }
    ordered = sorted(targeted, key=lambda shape: (float(str(shapes.value(shape, SH.order) or 0)), str(shape)))
    return tuple(Shape(str(shape), compiler.target(shape), tuple(compiler.constraints(shape))) for shape in ordered)


def _is_class(shapes: rdflib.Graph, shape: Node) -> bool:
    return (shape, RDF.type, RDFS.Class) in shapes


class _Compiler:
    def __init__(self, shapes: rdflib.Graph, known: Known) -> None:
        self._shapes = shapes
        self._known = known
        self._conformance = Conformance(shapes, known)
        self._names = self._conformance.names

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
            raise unsupported(shape, Wording(f"它的 sh:targetNode {node} 不是 IRI", f"its sh:targetNode {node} is no IRI"))
        return True

    def constraints(self, shape: Node, focus: str = "?this", before: str = "") -> Iterator[Constraint]:
        """Yield the constraints of ``shape`` at ``focus``, which ``before`` binds, and those of the property shapes within."""
        if self._conformance.deactivated(shape):
            return
        yield from self._own(shape, focus, before)
        for constraint in self._shapes.objects(shape, SH.sparql):
            yield self._in_sparql(shape, constraint, focus)
        path = self._conformance.path(shape)
        for inner in self._conformance.inner(shape):
            stop = self._names.fresh() if path else focus
            way = f"{before} {link(focus, path, stop, self._names)}" if path else before
            with self._conformance.within(shape):
                yield from self.constraints(inner, stop, way)

    def _own(self, shape: Node, focus: str, before: str) -> Iterator[Constraint]:
        path = self._conformance.path(shape)
        way = "" if path is None else path.iri or path.text()
        for fault in self._conformance.faults(shape, focus):
            yield Constraint(
                str(shape),
                fault.component,
                self._severity(shape),
                self._messages(shape),
                f"{before} {fault.pattern}".strip(),
                fault.condition,
                focus,
                fault.value,
                fault.path or way,
            )

    def _severity(self, shape: Node) -> str:
        return str(self._shapes.value(shape, SH.severity) or SH.Violation)

    def _messages(self, holder: Node) -> tuple[Text, ...]:
        found = {
            Text(str(text), text.language or "") for text in self._shapes.objects(holder, SH.message) if isinstance(text, rdflib.Literal)
        }
        return tuple(sorted(found, key=lambda text: (text.lang, text.value)))

    def _in_sparql(self, shape: Node, constraint: Node, focus: str) -> Constraint:
        select = self._shapes.value(constraint, SH.select)
        if select is None or focus != "?this" or self._conformance.path(shape) is not None:
            raise unsupported(
                shape,
                Wording(
                    "它的 SPARQL 约束不是有目标的节点形状的 sh:select",
                    "its SPARQL constraint is not a sh:select of a node shape with a target",
                ),
            )
        head, brace, rest = str(select).partition("{")
        if not brace or "$PATH" in rest:
            raise unsupported(shape, Wording("它的 SPARQL 约束不是普通的 SELECT", "its SPARQL constraint is no plain SELECT"))
        prologue = self._prologue(constraint)
        some, whole = (
            Union(shape, self._names, partial(self._known.holding, prologue), whole).read((brace + rest).replace("$this", "?this"))
            for whole in (False, True)
        )
        return Constraint(
            str(shape),
            "SPARQLConstraintComponent",
            self._severity(shape),
            self._messages(constraint) or self._messages(shape),
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
