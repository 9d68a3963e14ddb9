"""From the built folder to the store: only the graphs that changed when they are few, all when they are many."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.manifest import Manifest, built_files, read_manifest
from kg.errors import BuildError, StoreError
from kg.stamp import check_stamp, manifest_hash, read_stamp
from kg.store import revise_store, write_store
from kg.triples.terms import Iri

if TYPE_CHECKING:
    from kg.store.publishing import Published

DEARER = 8  # times that changing a quad costs what loading one in bulk costs

Progress = Callable[[str, int, int], None]


def read_before(graph: Path) -> Manifest | None:
    """Return the manifest of ``graph/built`` when the store beside it is whole and was loaded from it, else ``None``."""
    try:
        manifest = read_manifest(graph / "built")
        check_stamp(graph / "store")
    except (BuildError, StoreError):
        return None
    return manifest if read_stamp(graph / "store").get("manifest") == manifest_hash(graph / "built") else None


def load(built: Path, store: Path, before: Manifest | None, tell: Progress) -> None:
    """Let ``store`` hold the graphs in ``built``.

    ``before`` describes what it holds, where that is known; when nothing differs the store is loaded anew, so that building
    once more mends a damaged one.
    """
    tell("store", 0, 1)
    stamp, now = manifest_hash(built) or "", read_manifest(built)
    if not (before and _revised(built, store, before, now, stamp)):
        write_store(built_files(built), store, stamp)


def publish_built(built: Path, address: str, *, progress: Progress | None = None) -> "Published":
    """Let the SPARQL server at ``address`` hold the built graph of the folder ``built`` and no other graph of this project.

    What the server holds already is not sent again. Raises ``BuildError`` when there is no whole built graph, ``StoreError``
    when the server fails.
    """
    from kg.store.publishing import Source, publish
    from kg.store.remote import RemoteStore

    manifest, _ = read_manifest(built), built_files(built)
    sources = {Iri(file.graph): Source(built / name, file.sha256, file.quads) for name, file in manifest.files.items()}
    store = RemoteStore.connect(address, to_publish=True)
    return publish(store, sources, manifest_hash(built) or "", progress or (lambda step, done, total: None))


def _revised(built: Path, store: Path, before: Manifest, now: Manifest, stamp: str) -> bool:
    """Change only the graphs that differ, and say whether that was worth while and succeeded."""
    names = [name for name in before.files.keys() | now.files.keys() if before.files.get(name) != now.files.get(name)]
    quads = sum(side.files[name].quads for name in names for side in (before, now) if name in side.files)
    if not names or quads * DEARER > now.counts["quads"]:
        return False
    gone: dict[Iri, Path | None] = {Iri(before.files[name].graph): None for name in names if name not in now.files}
    changed = gone | {Iri(now.files[name].graph): built / name for name in sorted(names) if name in now.files}
    try:
        revise_store(store, changed, stamp, now.counts["quads"])
    except (StoreError, RuntimeError):  # RuntimeError: the engine's word for corruption
        return False
    return True
