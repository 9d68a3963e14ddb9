"""The text of a report as a page, cut where passages of the graph begin and end, so that a link can open it at any of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.errors import ReportError
from kg.namespaces import DCTERMS, OA, PROV, RIE
from kg.report import read_report
from kg.resources import resource
from kg.store import Store
from kg.triples import iris


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of the text; ``anchors`` are the ids of the passages that begin here, ``within``
    says that a fact rests on it."""

    start: int
    end: int
    text: str
    anchors: tuple[str, ...]
    within: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A report: its id, title, IRI, and its text in pieces; ``pieces`` is empty where the very text is not at hand."""

    id: str
    iri: str
    title: str
    pieces: tuple[Piece, ...]
    passages: int


def find_text(store: Store, folder: Path, report: str) -> Text | None:
    """Return the report ``report`` of the graph, ``None`` when there is none of that id.

    The text comes from ``folder/reports`` or from the reports that came with the program, and only when its sha256 is the
    one that the graph was built from.
    """
    node = iris.document(report)
    about = f"{node.n3()} <{RIE}sha256> ?sha256 ; <{DCTERMS}title> ?title"
    rows = list(store.select(f"SELECT ?title ?sha256 WHERE {{ GRAPH ?g {{ {about} }} }} LIMIT 1"))
    if not rows:
        return None
    spans = _spans(store, report)
    text = _stored(folder, report, str(rows[0]["sha256"]))
    return Text(report, node.value, str(rows[0]["title"]), tuple(_pieces(text, spans)), sum(spans.values()))


def _spans(store: Store, report: str) -> dict[tuple[int, int], bool]:
    """Return start and end of each passage, and whether a fact rests on it (others are only the sentences around them)."""
    cited = f"?evidence <{OA}hasSelector> ?p . ?fact <{PROV}wasDerivedFrom>|<{RIE}mentionedAt> ?evidence"
    pattern = f"?p <{OA}start> ?start ; <{OA}end> ?end . BIND(EXISTS {{ {cited} }} AS ?cited)"
    rows = store.select(f"SELECT DISTINCT ?start ?end ?cited WHERE {{ GRAPH {iris.report_graph(report).n3()} {{ {pattern} }} }}")
    return {(int(str(row["start"])), int(str(row["end"]))): str(row["cited"]) == "true" for row in rows}


def _stored(folder: Path, report: str, sha256: str) -> str:
    for reports in (folder / "reports", resource("graph") / "reports"):
        path = (reports / report).resolve()
        if path.parent != reports.resolve():  # the id of a report is a name, never a way through the disk
            continue
        try:
            found = read_report(path)
        except (ReportError, OSError):
            continue
        if found.sha256 == sha256:
            return found.text
    return ""


def _pieces(text: str, spans: Mapping[tuple[int, int], bool]) -> list[Piece]:
    """Cut ``text`` at both ends of each span; together the pieces are the text."""
    cuts = sorted({0, len(text), *(at for span in spans for at in span if 0 <= at <= len(text))})
    begins: dict[int, list[str]] = {}
    depth = dict.fromkeys(cuts, 0)
    for (start, end), cited in sorted(spans.items()):
        begins.setdefault(start, []).append(f"{start}-{end}")
        if cited and end <= len(text):
            depth[start] += 1
            depth[end] -= 1
    found, open_ = [], 0
    for start, end in pairwise(cuts):
        open_ += depth[start]
        found.append(Piece(start, end, text[start:end], tuple(begins.get(start, ())), open_ > 0))
    return found
