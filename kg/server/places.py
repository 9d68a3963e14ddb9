"""Which address of this server stands for which IRI: the graph's IRIs keep their path, only the host differs.

``<base>id/e-1`` is ``/id/e-1``, ``<base>ontology#leads`` is ``/ontology#leads``. A thing is not a document: ``/id/e-1``
sends on (303) to ``/page/id/e-1`` for people or ``/data/id/e-1`` for programs.
"""

from urllib.parse import quote, unquote

from kg.namespaces import BASE, RIE
from kg.triples import iris
from kg.triples.terms import Iri

ONTOLOGY = RIE.rstrip("#")
ROOTS = ("id", "concept", "graph", "rule", "shape", ".well-known/genid")
_SAFE = "/:@!$&'()*+,;=~-._%"


def local(iri: str) -> str | None:
    """Return the path of an IRI of the graph, ``None`` for one from elsewhere.

    >>> local(f"{BASE}id/e-1"), local("https://schema.org/Person")
    ('/id/e-1', None)
    """
    return f"/{quote(iri.removeprefix(BASE), safe=_SAFE + '#')}" if iri.startswith(BASE) else None


def iri_of(path: str) -> str:
    """Return the IRI that the path after ``/page/`` or ``/data/`` stands for.

    >>> iri_of("id/report-%E5%8F%B0") == f"{BASE}id/report-%E5%8F%B0"
    True
    """
    return BASE + path


def passage(report: str, start: object, end: object) -> str:
    """Return the address of the place ``start`` to ``end`` in the text of the report with this IRI."""
    name = iris.report_of(Iri(report)) or unquote(report.rpartition("/")[2])
    return f"/report/{quote(name, safe='')}#{start}-{end}"


def linked_to(iri: str) -> str:
    """Return where a link to ``iri`` leads: into this server, or to the IRI itself where that is a web address."""
    return local(iri) or (iri if iri.startswith(("http://", "https://")) else "")
