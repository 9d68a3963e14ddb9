"""SHACL shapes compiled to SPARQL and run over the named graphs of a store.

What is found is what a SHACL processor finds in the union of the graphs; ``kg.check`` says it in words.
"""

from kg.shapes.compiling import compile_shapes
from kg.shapes.known import Known
from kg.shapes.model import Constraint, Result, Shape, Target, Text
from kg.shapes.running import count_among, count_nodes, validate, validate_nodes

__all__ = [
    "Constraint",
    "Known",
    "Result",
    "Shape",
    "Target",
    "Text",
    "compile_shapes",
    "count_among",
    "count_nodes",
    "validate",
    "validate_nodes",
]
