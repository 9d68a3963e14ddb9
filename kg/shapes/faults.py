"""What is said of a shape that cannot be compiled."""

import rdflib

from kg.errors import InputError
from kg.wording import Wording

REMEDY = Wording(
    "请改用 docs/decisions/2026-11-22-compiled-shapes.md 所列的写法，或用 sh:sparql",
    "say it with the constructs of docs/decisions/2026-11-22-compiled-shapes.md, or as sh:sparql",
)


def unsupported(shape: rdflib.term.Node, what: Wording) -> InputError:
    """Return the error for ``shape``: nothing in a shape is passed over in silence."""
    return InputError(Wording(f"形状 {shape}", f"shape {shape}"), what, REMEDY)
