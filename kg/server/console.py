"""The SPARQL page: a query, its answer as a table with labels, the catalogue beside it. It needs no script."""

import json
from pathlib import Path
from typing import Any

from kg.ask import labelled
from kg.catalogue import Lang
from kg.namespaces import PREFIXES
from kg.server.desk import Desk, Head
from kg.server.media import JSON, TURTLE
from kg.server.querying import sparql as run
from kg.server.refusal import Refusal
from kg.server.shown import Table, shown
from kg.server.sink import Sink
from kg.server.site import drawn
from kg.store import Rows
from kg.triples.terms import Blank, Iri, Literal, Term

_BYTES = 8 << 20  # of an answer that is drawn; a download may have all that the server allows
_SAMPLE = """# 院士领衔哪些研究院？ Which institutes do academicians lead?
SELECT ?person ?institute WHERE {
  GRAPH ?g { ?person a rie:Academician ; rie:leads ?institute }
}"""
_TABLES = ("csv", "tsv", "json", "xml")
_TRIPLES = ("turtle", "ntriples", "jsonld", "rdfxml")


def console(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the page, with the answer to ``query`` where there is one, or the sentence that says why not."""
    catalogue = desk.graph.catalogue
    sparql, status, table, text, fault = head["query"], 200, None, "", ""
    if sparql.strip():
        try:
            table, text = _answered(desk, sparql, head)
        except Refusal as refusal:
            status, fault = refusal.status, refusal.sentence(head["lang"])
    return drawn(
        sink,
        head,
        "console.html.j2",
        status,
        sparql=sparql if sparql.strip() else _SAMPLE,
        asked=bool(sparql.strip()) and not fault,
        table=table,
        text=text,
        fault=fault,
        forms=_TRIPLES if text else _TABLES,
        subjects=[(label, catalogue.of_subject(name)) for name, label in catalogue.subjects.items()],
        prefixes=PREFIXES,
        seconds=f"{head['seconds']:g}",
        most=head["rows"],
    )


def _answered(desk: Desk, sparql: str, head: Head) -> tuple[Table | None, str]:
    """Return the answer as a table, or as text where it is no table."""
    lang: Lang = head["lang"]
    file = Path(head["spill"] + ".answer")
    out = Sink(str(file), bytes_cap=min(head["bytes"], _BYTES), rows_cap=head["rows"], pack=False)
    forms = {"rows": JSON, "truth": JSON, "triples": TURTLE}
    try:
        run(desk, {**head, "forms": forms, "default": None, "named": None}, sparql.encode("utf-8", "replace"), out)
        answer, in_file, _ = out.finish()
        data = file.read_bytes() if in_file else answer
    finally:
        file.unlink(missing_ok=True)
    if out.form == TURTLE:
        return None, data.decode("utf-8")
    found = json.loads(data)
    if "boolean" in found:
        said = {"zh": ("否", "是"), "en": ("no", "yes")}
        return None, said[lang][found["boolean"]]
    return shown(labelled(desk.store, rows_of(found), lang), lang), ""


def rows_of(found: Any) -> Rows:
    """Return the rows of a SPARQL 1.1 JSON result."""
    names = tuple(found["head"]["vars"])
    rows = ({name: _term(row.get(name)) for name in names} for row in found["results"]["bindings"])
    return Rows(names, tuple(rows))


def _term(value: Any) -> Term | None:
    match value and value["type"]:
        case "uri":
            return Iri(value["value"])
        case "bnode":
            return Blank(value["value"])
        case "literal" | "typed-literal":
            lang = value.get("xml:lang", "")
            return Literal(value["value"], lang=lang) if lang or "datatype" not in value else Literal(value["value"], value["datatype"])
    return None
