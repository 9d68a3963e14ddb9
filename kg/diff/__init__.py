"""What one state of the graph, of a facts file or of a report has that another does not, in plain words."""

from kg.diff.compare import Change, Diff, compare
from kg.diff.preview import Preview, preview
from kg.diff.record import Record
from kg.diff.sides import Side, read_side
from kg.diff.wording import preview_said, said

__all__ = ["Change", "Diff", "Preview", "Record", "Side", "compare", "preview", "preview_said", "read_side", "said"]
