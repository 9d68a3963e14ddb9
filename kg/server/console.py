"""The SPARQL page: a query, its answer as a table with labels, the catalogue beside it.

It needs no script. Where the bundle of ``frontend/`` is there, an editor takes the place of the field and fetches only the
part of the page that holds the answer (``part=answer``).
"""

import re
from typing import Any

from kg.catalogue.reading import VIEWS
from kg.namespaces import PREFIXES
from kg.server.answered import Answered, answered
from kg.server.desk import Desk, Head
from kg.server.refusal import Refusal
from kg.server.sink import Sink
from kg.server.site import drawn

_SAMPLE = """# 院士领衔哪些研究院？ Which institutes do academicians lead?
SELECT ?person ?institute WHERE {
  GRAPH ?g { ?person a rie:Academician ; rie:leads ?institute }
}"""
_TABLES = ("csv", "tsv", "json", "xml")
_TRIPLES = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")
_VIEW = re.compile(r"^#\+ view: *(\w+)", re.MULTILINE)  # of a question file that was pasted whole


def console(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the page, with the answer to ``query`` where there is one, or the sentence that says why not."""
    sparql, status, fault, line = head["query"], 200, "", None
    found = Answered(None, "", False)
    if sparql.strip():
        try:
            found = answered(desk, sparql, head)
        except Refusal as refusal:
            status, fault, line = refusal.status, refusal.sentence(head["lang"]), refusal.line
    told: dict[str, Any] = {
        "sparql": sparql if sparql.strip() else _SAMPLE,
        "asked": bool(sparql.strip()) and not fault,
        "answered": found,
        "view": view_of(sparql, head["view"]),
        "fault": fault,
        "line": line,
        "forms": _TRIPLES if found.triples else _TABLES,
    }
    if head["part"] == "answer":
        return drawn(sink, head, "answer.html.j2", status, **told)
    return drawn(sink, head, "console.html.j2", status, **told, **_beside(desk, head))


def view_of(sparql: str, asked: str) -> str:
    """Return how the answer is first shown: as asked, else as the front matter of the query says, else as a table.

    >>> view_of("#+ view: bar\\nSELECT * {}", ""), view_of("SELECT * {}", "network"), view_of("SELECT * {}", "<b>")
    ('bar', 'network', 'table')
    """
    said = _VIEW.search(sparql)
    return next((view for view in (asked, said[1] if said else "") if view in VIEWS), "table")


def _beside(desk: Desk, head: Head) -> dict[str, Any]:
    """Return what stands around query and answer."""
    catalogue = desk.graph.catalogue
    return {
        "subjects": [(label, catalogue.of_subject(name)) for name, label in catalogue.subjects.items()],
        "prefixes": PREFIXES,
        "seconds": f"{head['seconds']:g}",
        "most": head["rows"],
        "bundle": head["bundle"],
    }
