"""The stamp of a store folder (``store.json``): which build it was loaded from, and that it was loaded to the end."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from kg.atomic import write_text
from kg.errors import StoreError
from kg.wording import Wording

FORMAT = 1  # of the store folder; a higher number makes every earlier store stale
REBUILD = Wording("请运行 `kg build`", "run `kg build`")
_NAME = "store.json"
_EDITED = "edited"


def write_stamp(folder: Path, manifest: str, engine: str, quads: int) -> None:
    """Write the stamp, as the last file of a store: ``manifest`` is the sha256 of the build's manifest."""
    stamp = {"format": FORMAT, "engine": engine, "manifest": manifest, "quads": quads}
    (folder / _NAME).write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def is_store(folder: Path) -> bool:
    """Say whether ``folder`` is a store folder, whole or not, and not a folder that holds one."""
    return (folder / _NAME).is_file()


def edit_stamp(folder: Path) -> None:
    """Say in the stamp that the store is being changed by hand: it is no longer what the build beside it gave."""
    stamp = read_stamp(folder)
    if stamp.get("manifest") != _EDITED:
        write_text(folder / _NAME, json.dumps({**stamp, "manifest": _EDITED}, indent=2) + "\n")


def read_stamp(folder: Path) -> Mapping[str, object]:
    """Return what the stamp says; ``StoreError`` when there is no store or it is not whole."""
    if not folder.is_dir():
        raise StoreError(folder, Wording("这里没有存储", "there is no store here"), REBUILD)
    try:
        stamp = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(folder, Wording("此存储没有写完", "this store was not written to its end"), REBUILD) from error
    if not isinstance(stamp, dict):
        raise StoreError(folder, Wording("此存储没有写完", "this store was not written to its end"), REBUILD)
    return stamp


def check_stamp(folder: Path) -> None:
    """Raise ``StoreError`` unless the store is whole, of this format, and loaded from the build beside it."""
    stamp = read_stamp(folder)
    found = stamp.get("format")
    if isinstance(found, int) and found > FORMAT:
        remedy = Wording(
            "请用更新的程序版本，或用本程序运行 `kg build`", "use a newer version of the program, or run `kg build` with this one"
        )
        raise StoreError(
            folder,
            Wording(
                f"此存储的格式为 {found}，由比本程序（格式 {FORMAT}）更新的版本写成",
                f"this store has format {found}, written by a newer version than this one (format {FORMAT})",
            ),
            remedy,
        )
    if found != FORMAT:
        raise StoreError(
            folder,
            Wording(
                f"此存储的格式为 {stamp.get('format')}，本程序读格式 {FORMAT}",
                f"this store has format {stamp.get('format')}, the program reads format {FORMAT}",
            ),
            REBUILD,
        )
    built = manifest_hash(folder.parent / "built")
    if built and stamp.get("manifest") == _EDITED:
        raise StoreError(
            folder,
            Wording("此存储从旁边的图谱载入后又被手工改动", "this store was changed by hand after it was loaded from the graph beside it"),
            REBUILD,
        )
    if built and built != stamp.get("manifest") and not waiting_build(folder.parent, stamp.get("manifest")):
        raise StoreError(
            folder, Wording("此存储不是从旁边的图谱载入的", "this store was loaded from another build than the graph beside it"), REBUILD
        )


def manifest_hash(built: Path) -> str | None:
    """Return the sha256 of the manifest of the built graph in ``built``, ``None`` where there is none."""
    manifest = built / "manifest.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else None


def waiting_build(graph: Path, manifest: object) -> Path | None:
    """Return the whole built folder, with the manifest of the sha256 ``manifest``, that waits to take the place of ``graph/built``.

    There is one from the moment in which a build has put the store in place to its last step, the built folder. A build that
    is killed between the two leaves it: the store is whole and new, and the next build puts the folder in place.
    """
    for folder in sorted(graph.glob(".built.new-*")):
        try:
            if manifest_hash(folder) == manifest:
                return folder
        except OSError:  # put in place meanwhile
            continue
    return None
