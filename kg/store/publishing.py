"""Bring a built graph to a SPARQL server: only what the server does not hold yet, each graph as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.store.remote import RemoteStore
from kg.store.server_stamp import ServerStamp
from kg.triples.terms import Iri


@dataclass(frozen=True, slots=True)
class Source:
    """The N-Quads file of one graph, its sha256 and its number of quads."""

    file: Path
    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: graphs that were written, left as they were, and dropped."""

    written: tuple[Iri, ...]
    kept: tuple[Iri, ...]
    dropped: tuple[Iri, ...]


def publish(
    store: RemoteStore, sources: Mapping[Iri, Source], manifest: str, tell: Callable[[str, int, int], None] = lambda step, done, total: None
) -> Published:
    """Let ``store`` hold exactly the graphs of ``sources``; ``manifest`` is the sha256 of the build's manifest.

    A graph whose file has the sha256 that the server remembers is not sent. The server's stamp says from the first step to the
    last that it is being written; a publication that was broken off is taken up by the next one, graph by graph. Raises
    ``StoreError``: the graphs that were not reached are then as they were.
    """
    before = store.stamp
    there = set(store.graphs())
    kept = tuple(sorted(g for g, source in sources.items() if g in there and before.graphs.get(g) == source.sha256))
    written, dropped = tuple(sorted(sources.keys() - set(kept))), tuple(sorted(there - sources.keys()))
    if not written and not dropped and before.manifest == manifest and not before.writing:
        return Published((), kept, ())
    known = dict.fromkeys(sorted(there), "") | {graph: sources[graph].sha256 for graph in kept}
    stamp = ServerStamp(graphs=known, writing=True)
    store.write_stamp(stamp)
    for done, graph in enumerate(written):
        tell(graph.value, done, len(written))
        store.put_file(graph, sources[graph].file, sources[graph].quads)
        stamp = stamp.with_graph(graph, sources[graph].sha256)
        if (done + 1) % _AT_ONCE == 0:
            store.write_stamp(stamp)
    for graph in dropped:
        store.drop_graph(graph)
        stamp = stamp.without(graph)
    store.write_stamp(replace(stamp, manifest=manifest, writing=False))
    return Published(written, kept, dropped)


_AT_ONCE = 50  # graphs between two stamps: what a publication that is broken off has to send again
