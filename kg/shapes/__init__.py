"""SHACL shapes compiled to SPARQL and run over the named graphs of a store.

Findings are those of a SHACL processor on the union of the graphs, a thousand times faster on large ones; ``kg.check`` says them
in words.
"""

from kg.shapes.compiling import compile_shapes
from kg.shapes.known import Known
from kg.shapes.model import Constraint, Result, Shape, Target, Text
from kg.shapes.running import count_nodes, validate, validate_nodes

__all__ = ["Constraint", "Known", "Result", "Shape", "Target", "Text", "compile_shapes", "count_nodes", "validate", "validate_nodes"]
