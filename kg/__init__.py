"""Knowledge graph of the innovation ecosystem: every statement carries its sentence.

The public names are loaded when they are first used, so that importing ``kg`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.ask import Answer
    from kg.extract import find_facts
    from kg.facts import Facts
    from kg.graph import Graph
    from kg.report import Report, read_report
    from kg.store import Store

__version__ = "0.1.0"
__all__ = ["Answer", "Facts", "Graph", "Report", "Store", "__version__", "find_facts", "read_report"]

_HOME = {
    "Answer": "kg.ask",
    "Facts": "kg.facts",
    "Graph": "kg.graph",
    "Report": "kg.report",
    "Store": "kg.store",
    "find_facts": "kg.extract",
    "read_report": "kg.report",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
