"""The rules: files of ``queries/inferences``, each a SELECT with the columns of a view.

``subject``, ``predicate`` and ``object`` are what follows, and each row is one premise (``fact``) with its sentence. The name of the
file is the rule's name, its summary and description explain it. All premises of a conclusion stand in the graph of one report;
besides, a rule may look into the authority graph. So what follows from a report changes only with that report.
"""

from pathlib import Path

from kg.catalogue.networks import View, views
from kg.resources import resource


def rules_folder() -> Path:
    """Return the folder of the rules that came with the program."""
    return resource("queries") / "inferences"


def inference_rules(folder: Path | None = None) -> dict[str, View]:
    """Return the rules by name; ``QueryError`` names the file and line that is not in order."""
    return views(folder or rules_folder())
