"""Tests of one value: SHACL's constraints that look at each value node by itself (SHACL 1.0, sections 4.1, 4.3, 4.4, 4.8).

Each function returns a SPARQL expression that is true where the value passes. It is never an error: an expression that errs
would drop the row, and with it the finding.
"""

from collections.abc import Iterable

import rdflib
from rdflib.namespace import SH, XSD

from kg.shapes.faults import unsupported
from kg.shapes.paths import Names
from kg.wording import Wording

# Types of which the engine's casts know the lexical forms; of the others only the name of the type is compared.
_CAST = {XSD[name] for name in ("integer", "decimal", "float", "double", "boolean", "date", "dateTime", "time", "gYear", "gYearMonth")}
_KINDS: dict[rdflib.term.Node, str] = {
    SH.IRI: "isIRI({v})",
    SH.Literal: "isLiteral({v})",
    SH.BlankNode: "isBlank({v})",
    SH.BlankNodeOrIRI: "(isBlank({v}) || isIRI({v}))",
    SH.BlankNodeOrLiteral: "(isBlank({v}) || isLiteral({v}))",
    SH.IRIOrLiteral: "(isIRI({v}) || isLiteral({v}))",
}
_BOUNDS: dict[rdflib.term.Node, str] = {SH.minInclusive: ">=", SH.minExclusive: ">", SH.maxInclusive: "<=", SH.maxExclusive: "<"}
_LENGTHS: dict[rdflib.term.Node, str] = {SH.minLength: ">=", SH.maxLength: "<="}


def of_datatype(value: str, datatype: rdflib.term.Node) -> str:
    """A value whose printed form is none of its type fails, as ``"2021-13-45"^^xsd:date`` does (section 4.1.2)."""
    name = datatype.n3()
    told = f"isLiteral({value}) && DATATYPE({value}) = {name}"
    sound = f" && DATATYPE({name}(STR({value}))) = {name}" if datatype in _CAST else ""
    return f"COALESCE({told}{sound}, false)"


def of_kind(value: str, kind: rdflib.term.Node, shape: rdflib.term.Node) -> str:
    if kind not in _KINDS:
        raise unsupported(shape, Wording(f"sh:nodeKind {kind} 不是节点种类", f"sh:nodeKind {kind} is no kind of node"))
    return _KINDS[kind].format(v=value)


def of_class(value: str, classes: Iterable[str], names: Names) -> str:
    """``classes``: the class and all that are narrower, whose instances are its instances too."""
    found = tuple(f"<{cls}>" for cls in classes)
    graph = names.fresh("g")
    if len(found) == 1:
        return f"EXISTS {{ GRAPH {graph} {{ {value} a {found[0]} }} }}"
    kind = names.fresh("t")
    return f"EXISTS {{ GRAPH {graph} {{ {value} a {kind} }} FILTER ({kind} IN ({', '.join(found)})) }}"


def one_of(value: str, members: Iterable[rdflib.term.Node]) -> str:
    return "(" + (" || ".join(f"sameTerm({value}, {member.n3()})" for member in members) or "false") + ")"


def matches(value: str, pattern: rdflib.term.Node, flags: rdflib.term.Node | None) -> str:
    options = f", {rdflib.Literal(str(flags)).n3()}" if flags is not None else ""
    return f"COALESCE(!isBlank({value}) && REGEX(STR({value}), {rdflib.Literal(str(pattern)).n3()}{options}), false)"


def in_language(value: str, ranges: Iterable[rdflib.term.Node]) -> str:
    told = " || ".join(f"LANGMATCHES(LANG({value}), {rdflib.Literal(str(tag)).n3()})" for tag in ranges) or "false"
    return f"COALESCE({told}, false)"


def in_bounds(value: str, predicate: rdflib.term.Node, bound: rdflib.term.Node) -> str:
    """What cannot be compared fails (section 4.3)."""
    return f"COALESCE({value} {_BOUNDS[predicate]} {bound.n3()}, false)"


def of_length(value: str, predicate: rdflib.term.Node, length: rdflib.term.Node) -> str:
    return f"COALESCE(!isBlank({value}) && STRLEN(STR({value})) {_LENGTHS[predicate]} {int(str(length))}, false)"


BOUNDS = frozenset(_BOUNDS)
LENGTHS = frozenset(_LENGTHS)
