"""Files of decisions about reports that are not there."""

from pathlib import Path

from kg.check.findings import Evaluated, Finding, Message

_NAME = Message("决定文件有其报告", "file of decisions has its report")
_ORPHAN = Message(
    "没有这份报告，其中的决定不起作用；请改文件名或删去。",
    "there is no report of this name, so its decisions do nothing; rename the file or remove it.",
)


def find_orphans(decisions: Path, reports: Path) -> tuple[Evaluated, list[Finding]]:
    """Return a warning for each ``<id>.toml`` in ``decisions`` without a report ``<id>`` in ``reports``."""
    files = sorted(decisions.glob("*.toml"))
    found = [
        Finding("decisions-of-a-report", "warning", f"decisions/{path.name}", _ORPHAN)
        for path in files
        if not (reports / path.stem / "report.txt").is_file()
    ]
    return Evaluated("decisions-of-a-report", _NAME, "warning", len(files), len(found)), found
