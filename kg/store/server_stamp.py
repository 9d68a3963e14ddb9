"""What a server says of itself in a small graph of its own: which build it holds, and that it was loaded to the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.errors import StoreError
from kg.namespaces import DCTERMS, RDF
from kg.stamp import FORMAT
from kg.store.interface import Rows
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Quad, integer
from kg.wording import Wording

_VERSION, _PART, _BUILD = (Iri(f"{DCTERMS}{name}") for name in ("hasVersion", "hasPart", "identifier"))
_STATE = Iri(f"{RDF}value")
_WRITING = Literal("writing")


@dataclass(frozen=True, slots=True)
class ServerStamp:
    """``manifest`` is the sha256 of the build that the server holds whole, ``graphs`` maps its graphs to the sha256 of their file.

    Either is ``""`` where it is not known. ``writing`` holds from the first to the last step of a publication.
    """

    manifest: str = ""
    graphs: Mapping[Iri, str] = field(default_factory=dict)
    writing: bool = False

    def with_graph(self, graph: Iri, sha256: str = "") -> "ServerStamp":
        """Return the stamp after ``graph`` was written."""
        return replace(self, manifest="", graphs={**self.graphs, graph: sha256})

    def without(self, graph: Iri) -> "ServerStamp":
        """Return the stamp after ``graph`` was dropped."""
        return replace(self, manifest="", graphs={name: sha for name, sha in self.graphs.items() if name != graph})

    def quads(self) -> list[Quad]:
        """Return the stamp as triples."""
        me = iris.store_stamp()
        made = [Quad(me, _VERSION, integer(FORMAT))]
        made += [Quad(me, _PART, graph) for graph in self.graphs]
        made += [Quad(graph, _BUILD, Literal(sha)) for graph, sha in self.graphs.items() if sha]
        made += [Quad(me, _BUILD, Literal(self.manifest))] if self.manifest else []
        return [*made, Quad(me, _STATE, _WRITING)] if self.writing else made


def read_server_stamp(rows: Rows, where: str, overwriting: bool = False) -> ServerStamp | None:
    """Return the stamp in the triples ``?s ?p ?o``, ``None`` when there are none; ``StoreError`` for one of another format.

    Who is ``overwriting`` the graph takes one of an earlier format for none; one of a later format stays as it is.
    """
    me, said = iris.store_stamp(), [(row["s"], row["p"], row["o"]) for row in rows]
    if not said:
        return None
    version = next((str(o) for _, p, o in said if p == _VERSION), "0")
    if overwriting and version.isdecimal() and int(version) < FORMAT:
        return None
    if version != str(FORMAT):
        what = Wording(
            f"此服务器上图谱的格式为 {version}，本程序读格式 {FORMAT}",
            f"the graph at this server has format {version}, the program reads format {FORMAT}",
        )
        raise StoreError(where, what, Wording("请用写入它的程序版本", "use the version of the program that wrote it"))
    known = {s: str(o) for s, p, o in said if p == _BUILD}
    graphs = {o: known.get(o, "") for _, p, o in said if p == _PART and isinstance(o, Iri)}
    return ServerStamp(known.get(me, ""), graphs, any(p == _STATE for _, p, _ in said))
