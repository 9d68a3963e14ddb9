"""SHACL property paths (SHACL 1.0, section 2.3.1) as SPARQL patterns over named graphs.

A fact of one graph points at things that another graph describes, so each step of a path may stand in a graph of its own:
``link`` writes one ``GRAPH`` a step. Only a repeated path (``*``, ``+``) keeps to one graph from its first step to its last.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

import rdflib
from rdflib.namespace import RDF, SH

from kg.shapes.faults import unsupported
from kg.wording import Wording

Kind = Literal["step", "inverse", "sequence", "alternative", "?", "*", "+"]
_REPEATED: dict[rdflib.URIRef, Kind] = {SH.zeroOrOnePath: "?", SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+"}


@dataclass(frozen=True, slots=True)
class Path:
    """A property (``step``, with its IRI in ``iri``) or a path made of ``parts``."""

    kind: Kind
    parts: tuple["Path", ...] = ()
    iri: str = ""

    def text(self) -> str:
        """Return the path as SPARQL writes it, for a single graph."""
        inner = [part.text() for part in self.parts]
        match self.kind:
            case "step":
                return f"<{self.iri}>"
            case "inverse":
                return f"^{inner[0]}"
            case "sequence":
                return f"({'/'.join(inner)})"
            case "alternative":
                return f"({'|'.join(inner)})"
            case _:
                return f"({inner[0]}){self.kind}"

    def plain(self) -> bool:
        """Say whether one triple satisfies the path, so that it cannot reach from one graph into another."""
        if self.kind == "alternative":
            return all(part.plain() for part in self.parts)
        return self.kind == "step" or (self.kind == "inverse" and self.parts[0].plain())


@dataclass(frozen=True, slots=True)
class Names:
    """Gives variables that no pattern has used yet."""

    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def fresh(self, stem: str = "v") -> str:
        return f"?_{stem}{next(self._numbers)}"


def read_path(shapes: rdflib.Graph, node: rdflib.term.Node, shape: rdflib.term.Node) -> Path:
    """Return the path at ``node``; ``InputError`` names ``shape`` where it is none."""
    if isinstance(node, rdflib.URIRef):
        return Path("step", iri=str(node))
    if (node, RDF.first, None) in shapes:
        return Path("sequence", tuple(read_path(shapes, part, shape) for part in shapes.items(node)))
    if (inner := shapes.value(node, SH.inversePath)) is not None:
        return Path("inverse", (read_path(shapes, inner, shape),))
    if (inner := shapes.value(node, SH.alternativePath)) is not None:
        return Path("alternative", tuple(read_path(shapes, part, shape) for part in shapes.items(inner)))
    for predicate, kind in _REPEATED.items():
        if (inner := shapes.value(node, predicate)) is not None:
            return Path(kind, (read_path(shapes, inner, shape),))
    raise unsupported(shape, Wording("它的 sh:path 不是属性路径", "its sh:path is no property path"))


def link(subject: str, path: Path, target: str, names: Names) -> str:
    """Return the pattern that holds where ``path`` leads from ``subject`` to ``target``, each step in any named graph."""
    if path.kind == "inverse" and not path.plain():
        return link(target, path.parts[0], subject, names)
    if path.kind == "sequence":
        stops = [subject, *(names.fresh() for _ in path.parts[1:]), target]
        return " ".join(link(stops[i], part, stops[i + 1], names) for i, part in enumerate(path.parts))
    if path.kind == "alternative" and not path.plain():
        return " UNION ".join(f"{{ {link(subject, part, target, names)} }}" for part in path.parts)
    return f"GRAPH {names.fresh('g')} {{ {subject} {path.text()} {target} }}"
