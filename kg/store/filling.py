"""Files into stores: a new store, one in which some graphs differ, one that an update changed; RDF files as quads."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.atomic import replacing_folder, restore_folder
from kg.errors import StoreError
from kg.namespaces import BASE
from kg.stamp import REBUILD, read_stamp, write_stamp
from kg.store import engine
from kg.store.queries import short
from kg.triples.terms import Blank, Iri, Literal, Quad, Term


def write_store(files: Sequence[Path], folder: Path, manifest: str) -> None:
    """Load the N-Quads ``files`` into a new store that takes the place of ``folder``; ``manifest`` is the build's sha256."""
    with replacing_folder(folder) as temporary:
        inner = engine.opened(temporary / "data", read_only=False)
        load_files(inner, files)
        inner.flush()
        quads = len(inner)
        del inner  # closes the files before the folder moves
        write_stamp(temporary, manifest, engine.VERSION, quads)


def revise_store(folder: Path, changed: Mapping[Iri, Path | None], manifest: str, size: int | None = None) -> None:
    """Put a store in the place of ``folder`` in which only the graphs in ``changed`` differ: their new N-Quads file, or ``None``.

    The new store shares all files that stay equal with the old one, so the cost follows what changed and not what is there.
    Readers of the old one keep it; whatever happens before the last step leaves it as it was. ``manifest`` is the sha256 of
    the build that the new one holds, ``size`` its number of quads, which are counted (all of them) where it is not given.
    Raises ``StoreError`` when there is no whole store of this format to begin with.
    """
    restore_folder(folder)
    read_stamp(folder)
    try:
        old = engine.opened(folder / "data", read_only=True)
    except (OSError, RuntimeError) as error:
        raise StoreError(folder, f"the store cannot be opened ({short(error)})", REBUILD) from error
    there = set(engine.names_of(old))
    new = [file for graph, file in changed.items() if file is not None and graph not in there]  # loaded, which is much faster
    differing = {graph: file for graph, file in changed.items() if graph in there}
    with replacing_folder(folder) as temporary:
        old.backup(str(temporary / "data"))
        inner = engine.opened(temporary / "data", read_only=False)
        if new:
            load_files(inner, new)
        for graph, file in differing.items():
            _replace(inner, graph, file)
        inner.flush()
        quads_now = len(inner) if size is None else size
        del inner
        write_stamp(temporary, manifest, engine.VERSION, quads_now)


def updated_store(folder: Path, target: Path, update: str) -> None:
    """Put a store in the place of ``target`` that holds what the one at ``folder`` holds after the SPARQL ``update``.

    It shares all files that stay equal with the one at ``folder``, whose build its stamp names. Raises ``StoreError`` when there is
    no whole store at ``folder``.
    """
    read_stamp(folder)
    try:
        old = engine.opened(folder / "data", read_only=True)
        with replacing_folder(target) as temporary:
            old.backup(str(temporary / "data"))
            inner = engine.opened(temporary / "data", read_only=False)
            engine.update(inner, update, None)
            inner.flush()
            quads = len(inner)
            del inner
            write_stamp(temporary, str(read_stamp(folder).get("manifest", "")), engine.VERSION, quads)
    except RuntimeError as error:
        raise StoreError(folder, f"the store cannot be opened ({short(error)})", REBUILD) from error


def _replace(inner: engine.Handle, graph: Iri, file: Path | None) -> None:
    try:
        if file is None:
            engine.drop(inner, graph)
        else:
            engine.replace_from(inner, graph, file)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(file or graph, f"cannot be loaded ({short(error)})", REBUILD) from error


def read_rdf(path: Path, graph: Iri) -> list[Quad]:
    """Return the quads of an RDF file (Turtle, N-Triples ...) as those of ``graph``; blank nodes become IRIs.

    Blank nodes are named by the canonical labels of RDFC-1.0, so that the same file gives the same IRIs. Raises
    ``StoreError`` with the line for a file that cannot be read.
    """
    try:
        triples = engine.parse_canonically(path)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(path, f"cannot be read as RDF ({short(error)})", "mend the file") from error
    return [_named(quad, graph, path.stem) for quad in triples]


def load_files(inner: engine.Handle, files: Sequence[Path]) -> None:
    """Load N-Quads files; ``StoreError`` names the first one that cannot be read."""
    for file in files:
        if not os.access(file, os.R_OK) or not file.is_file():
            raise StoreError(file, "cannot be loaded (there is no such file, or it may not be read)", REBUILD)
    try:
        engine.load(inner, files)
    except (SyntaxError, ValueError) as error:
        faults = ((file, found) for file in files if (found := engine.fault(file)))
        file, fault = next(faults, (files[0], error))
        raise StoreError(file, f"cannot be loaded ({short(fault)})", REBUILD) from error


def _named(quad: Quad, graph: Iri, file: str) -> Quad:
    def name(term: Term) -> Term:
        return Iri(f"{BASE}.well-known/genid/{file}-{term.label}") if isinstance(term, Blank) else term

    subject = name(quad.subject)
    assert not isinstance(subject, Literal)
    return Quad(subject, quad.predicate, name(quad.object), graph)
