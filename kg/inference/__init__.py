"""What follows from the statements by named rules (``queries/inferences``): found, written with premises, and switched on.

Conclusions stand in graphs of their own, ``rig:inferred-<report>``, as statements without an edge, so that no question and no view
sees them unasked. The update ``SWITCH_ON`` lets them stand in the graphs of their reports, where everything sees them.
"""

from kg.inference.conclusions import Conclusion, conclude
from kg.inference.quads import inference_quads
from kg.inference.rules import inference_rules
from kg.inference.switching import SWITCH_ON

__all__ = ["SWITCH_ON", "Conclusion", "conclude", "inference_quads", "inference_rules"]
