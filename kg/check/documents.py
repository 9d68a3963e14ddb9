"""The source documents of a graph, and the stored texts that they were read from."""

from dataclasses import dataclass
from pathlib import Path

from kg.check.findings import Message
from kg.errors import ReportError
from kg.namespaces import DCTERMS, RIE
from kg.report import Report, read_report
from kg.store import Store
from kg.triples.terms import Iri


@dataclass(frozen=True, slots=True, order=True)
class Document:
    """A source document: its IRI, its id (the name of its folder) and the checksum of its text, empty where not said."""

    iri: str
    name: str
    sha256: str

    def read(self, reports: Path) -> Report | Message:
        """Return the report in ``reports``, or why it cannot be read."""
        if not self.name or Path(self.name).name != self.name:
            return Message("文件没有标识，找不到原文。", "the document has no identifier, so its text cannot be found.")
        try:
            return read_report(reports / self.name)
        except ReportError as error:
            return Message(f"读不到原文：{error}", f"its text cannot be read: {error}")

    def unchanged(self, reports: Path) -> Report | None:
        """Return the report in ``reports`` when its text is the one that was read into the graph."""
        report = self.read(reports)
        return report if isinstance(report, Report) and report.sha256 == self.sha256 else None


def find_documents(store: Store, only: Iri | None = None) -> list[Document]:
    """Return the source documents of ``store``, or of its named graph ``only``, by their IRIs."""
    rows = store.select(
        f"""SELECT ?document (MIN(?id) AS ?name) (MIN(?sum) AS ?sha256) WHERE {{
          GRAPH {within(only)} {{ ?document a <{RIE}SourceDocument> }}
          OPTIONAL {{ GRAPH ?in1 {{ ?document <{DCTERMS}identifier> ?id }} }}
          OPTIONAL {{ GRAPH ?in2 {{ ?document <{RIE}sha256> ?sum }} }} }} GROUP BY ?document"""
    )
    return sorted(Document(str(row["document"]), str(row["name"] or ""), str(row["sha256"] or "")) for row in rows)


def within(only: Iri | None) -> str:
    """Return what stands behind ``GRAPH`` where a query begins: the graph ``only``, or any."""
    return only.n3() if only else "?in"
