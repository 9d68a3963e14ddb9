"""What is said of a shape that cannot be compiled."""

import rdflib

from kg.errors import InputError

REMEDY = "say it with the constructs of docs/decisions/2026-11-22-compiled-shapes.md, or as sh:sparql"


def unsupported(shape: rdflib.term.Node, what: str) -> InputError:
    """Return the error for ``shape``: nothing in a shape is passed over in silence."""
    return InputError(f"shape {shape}", what, REMEDY)
