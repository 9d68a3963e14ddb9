"""A query answered for people: a table with labels, and for triples their Turtle beside it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.ask import labelled
from kg.catalogue import Lang
from kg.namespaces import RID, RIE
from kg.server.desk import Desk, Head
from kg.server.media import JSON, NTRIPLES, TURTLE
from kg.server.querying import sparql as run
from kg.server.rdf import written
from kg.server.shown import Days, Table, shown
from kg.server.sink import Sink
from kg.store import Rows, Store
from kg.triples.terms import Blank, Iri, Literal, Term

_BYTES = 8 << 20  # of an answer that is drawn; a download may have all that the server allows
_MOST_INTERVALS = 1000
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Answered:
    """``table`` holds rows or triples, ``text`` is the Turtle of triples or the word for yes or no."""

    table: Table | None
    text: str
    triples: bool


def answered(desk: Desk, sparql: str, head: Head) -> Answered:
    """Return the answer of any query; raises ``Refusal``."""
    lang: Lang = head["lang"]
    file = Path(head["spill"] + ".answer")
    out = Sink(str(file), bytes_cap=min(head["bytes"], _BYTES), rows_cap=head["rows"], pack=False)
    forms = {"rows": JSON, "truth": JSON, "triples": NTRIPLES}
    try:
        run(desk, {**head, "forms": forms, "default": None, "named": None}, sparql.encode("utf-8", "replace"), out)
        answer, in_file, _ = out.finish()
        data = file.read_bytes() if in_file else answer
        if out.form == NTRIPLES:
            file.write_bytes(data)
            return _triples(desk.store, file, lang)
    finally:
        file.unlink(missing_ok=True)
    found = json.loads(data)
    if "boolean" in found:
        said = {"zh": ("否", "是"), "en": ("no", "yes")}
        return Answered(None, said[lang][found["boolean"]], False)
    return Answered(_table(desk.store, rows_of(found), lang), "", False)


def _triples(store: Store, file: Path, lang: Lang) -> Answered:
    quads = sorted(Store.in_memory([file]).quads(), key=lambda quad: quad.n3())
    rows = ({"subject": quad.subject, "predicate": quad.predicate, "object": quad.object} for quad in quads)
    return Answered(_table(store, Rows(_TRIPLE, tuple(rows)), lang), written(quads, TURTLE).decode("utf-8"), True)


def _table(store: Store, rows: Rows, lang: Lang) -> Table:
    answer = labelled(store, rows, lang)
    intervals = {value for row in rows for value in row.values() if isinstance(value, Iri) and value.value.startswith(f"{RID}t-")}
    return shown(answer, lang, days=find_days(store, intervals))


def find_days(store: Store, intervals: set[Iri]) -> Days:
    """Return the first and the last day of each of ``intervals`` that has them, for a time line."""
    if not intervals:
        return {}
    values = " ".join(interval.n3() for interval in sorted(intervals)[:_MOST_INTERVALS])
    pattern = f"OPTIONAL {{ ?t <{RIE}firstDay> ?first }} OPTIONAL {{ ?t <{RIE}lastDay> ?last }}"
    rows = store.select(f"SELECT ?t ?first ?last WHERE {{ VALUES ?t {{ {values} }} GRAPH ?g {{ ?t a ?class . {pattern} }} }}")
    return {str(row["t"]): (str(row["first"] or ""), str(row["last"] or "")) for row in rows}


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
