"""The embedded store: Oxigraph, on disk or in memory.

A store folder holds the engine's files (``data/``) and ``store.json``, which is written last and says what was loaded: a
store that is half written, out of date or of another format version is refused with a sentence instead of being read.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.atomic import replacing_folder, restore_folder
from kg.errors import QueryError, StoreError
from kg.stamp import REBUILD, check_stamp, edit_stamp, is_store, read_stamp, write_stamp
from kg.store import engine
from kg.store.filling import load_files
from kg.store.interface import Rows, Store
from kg.store.queries import of_kind, refuse_blank, refuse_load, refuse_service, short, syntax_error
from kg.triples.terms import Iri, Quad

if TYPE_CHECKING:
    import rdflib

_ROOM = 1.1  # of its present size that a store may need while it is compacted: new files are written before old ones go


@dataclass(frozen=True, slots=True)
class Compaction:
    """What compacting a store did: bytes on disk before and after, and how long it took in seconds."""

    before: int
    after: int
    seconds: float


class EmbeddedStore(Store):
    """Quads in a folder or in memory, in this process."""

    def __init__(self, inner: engine.Handle, where: object, folder: Path | None = None, read_only: bool = False) -> None:
        self._inner = inner
        self._where = where
        self._folder = folder
        self._read_only = read_only

    @classmethod
    def at(cls, path: Path, read_only: bool = True) -> "EmbeddedStore":
        """Open the store folder ``path`` or the one in the graph folder ``path``; see ``Store.open``."""
        folder = path if path.name == "store" or is_store(path) else path / "store"
        restore_folder(folder)
        check_stamp(folder)
        try:
            return cls(engine.opened(folder / "data", read_only), folder, folder, read_only)
        except (OSError, RuntimeError) as error:  # RuntimeError: the engine's word for corruption
            if "lock" in str(error).lower():
                raise StoreError(folder, "another program is writing to this store", "wait for it to end, or open it read-only") from error
            raise StoreError(folder, f"the store cannot be opened ({short(error)})", REBUILD) from error

    @classmethod
    def of_files(cls, files: Sequence[Path]) -> "EmbeddedStore":
        """Return a store in memory that holds the N-Quads ``files``."""
        inner = engine.in_memory()
        load_files(inner, files)
        return cls(inner, "store in memory")

    @classmethod
    def holding(cls, quads: Iterable[Quad]) -> "EmbeddedStore":
        """Return a store in memory that holds ``quads``."""
        inner = engine.in_memory()
        engine.load_quads(inner, quads)
        return cls(inner, "store in memory")

    def select(self, sparql: str) -> Rows:
        return of_kind(self._query(sparql), Rows, "SELECT", "SELECT")

    def ask(self, sparql: str) -> bool:
        return of_kind(self._query(sparql), bool, "ASK", "ASK")

    def construct(self, sparql: str) -> list[Quad]:
        return of_kind(self._query(sparql), list, "CONSTRUCT or DESCRIBE", "CONSTRUCT")

    def tsv(self, sparql: str) -> bytes:
        """Return the answer of a SELECT as the engine writes it: no Python object is made for a term."""
        refuse_service(sparql)
        with self._reading():
            return of_kind(engine.tsv(self._inner, sparql), bytes, "SELECT", "SELECT")

    def serialise(
        self,
        sparql: str,
        sink: IO[bytes],
        media: Callable[[str], str],
        *,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        union: bool = False,
        base: str | None = None,
    ) -> None:
        """Write the answer of any query to ``sink`` as the engine makes it, without a Python object for each term.

        ``media`` is told what the answer is, ``rows``, ``truth`` or ``triples``, and returns the media type to write.
        ``default`` and ``named`` are the graphs of the SPARQL protocol and take the place of FROM; where neither is given,
        ``union`` makes all graphs together the default graph. Relative IRIs are relative to ``base``. The project's prefixes
        need not be declared.
        """
        refuse_service(sparql)
        dataset = None if default is None and named is None else (default or (), named or ())
        with self._reading():
            engine.serialise(self._inner, sparql, sink, media, dataset, union, base)

    def update(self, sparql: str, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, all of it or nothing; ``base`` is what relative IRIs are relative to.

        The store must have been opened to write. SERVICE and LOAD are refused (``QueryError``): the engine would really open
        a connection. The project's prefixes need not be declared.
        """
        refuse_service(sparql)
        refuse_load(sparql)
        try:
            engine.update(self._inner, sparql, base)
        except SyntaxError as error:
            raise syntax_error(error) from error
        except (OSError, RuntimeError, ValueError) as error:
            what = f"nothing was changed ({short(error)})"
            raise QueryError("update", what, "mend the update, or see that the disk has room") from error

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        return engine.quads_of(self._inner, graph)

    def graphs(self) -> tuple[Iri, ...]:
        return engine.names_of(self._inner)

    def __len__(self) -> int:
        return len(self._inner)

    def replace_graph(self, graph: Iri, quads: Iterable[Quad]) -> int:
        sound = [refuse_blank(quad) for quad in quads]
        with self._writing():
            return engine.replace(self._inner, graph, sound)

    def drop_graph(self, graph: Iri) -> None:
        with self._writing():
            engine.drop(self._inner, graph)

    def backup(self, folder: Path) -> None:
        """Write a copy beside which this store can go on changing; on the same disk it shares the files that stay equal."""
        if folder.exists():
            raise StoreError(folder, "there is something here already", "choose a new folder for the backup")
        with replacing_folder(folder) as temporary:
            if self._folder is None:
                copy = engine.opened(temporary / "data", read_only=False)
                engine.load_quads(copy, self.quads())
                copy.flush()
                del copy
            else:
                self._inner.backup(str(temporary / "data"))
            stamp = read_stamp(self._folder) if self._folder else {}
            write_stamp(temporary, str(stamp.get("manifest", "")), engine.VERSION, len(self))

    def compact(self) -> Compaction:
        """Let the engine merge its files, so that what was deleted frees its space and queries read fewer files.

        Only a store that was opened to write can be compacted. Ten million triples take about 20 s and cannot be interrupted;
        the disk must have room for a second copy, or ``StoreError`` says so before anything begins.
        """
        if self._folder is None:
            raise StoreError(self._where, "a store in memory has no files to compact", "compact a store on disk")
        data, began = self._folder / "data", time.monotonic()
        before, free = _size(data), shutil.disk_usage(self._folder).free
        if free < before * _ROOM:
            what = f"compacting needs {before * _ROOM / 1e6:.0f} MB for a while, and {free / 1e6:.0f} MB are free"
            raise StoreError(self._folder, what, "free disk space")
        with self._reading():
            self._inner.optimize()
            self._inner.flush()
        return Compaction(before, _size(data), time.monotonic() - began)

    def dataset(self) -> "rdflib.Dataset":
        """Return an rdflib dataset over this very store, nothing copied, to read; see ``kg.store.rdflib_view``."""
        from kg.store.rdflib_view import dataset_over

        return dataset_over(self._inner)

    def _query(self, sparql: str) -> Rows | bool | list[Quad]:
        refuse_service(sparql)
        with self._reading():
            return engine.query(self._inner, sparql)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except SyntaxError as error:
            raise syntax_error(error) from error
        except FileNotFoundError as error:  # a reader that had not yet opened all files of a store that was replaced
            raise StoreError(self._where, "the graph was built anew while it was open here", "open it again") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(self._where, f"the query could not be answered ({short(error)})", REBUILD) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write in one transaction; the stamp no longer vouches for the build from which the store was loaded."""
        if self._read_only:
            raise StoreError(self._where, "nothing was written: the store is open only to read", "open it with read_only=False")
        try:
            if self._folder is not None:
                edit_stamp(self._folder)
            yield
            self._inner.flush()
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(self._where, f"nothing was written ({short(error)})", "free disk space and write again") from error


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())
