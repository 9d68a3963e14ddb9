"""The ledger of a graph: which shards it is made of, and their sums, kept up to date by what changed.

An SQLite file beside the shards. It can always be made again from the reports: one that is damaged or of another format is
put away and begun anew. All changes of a build are one transaction.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.atomic import unwritten
from kg.build.shard import Shard, Sums
from kg.wording import Wording

_FORMAT = 1
_TABLES = f"""
CREATE TABLE shard (name TEXT PRIMARY KEY, key TEXT, graph TEXT, sha256 TEXT, quads INTEGER, size INTEGER, changed INTEGER, sums TEXT)
    WITHOUT ROWID;
CREATE TABLE sum (kind TEXT, name TEXT, number INTEGER, PRIMARY KEY (kind, name)) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
"""
_ADD = "INSERT INTO sum VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number"


class Ledger:
    """Shards by the name of their file in the built folder, and the sums over all of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._telling():
            self._file = sqlite3.connect(path, isolation_level=None)
            try:
                fits = self._file.execute("PRAGMA user_version").fetchone() == (_FORMAT,)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                fits = False  # no SQLite file at all
            if not fits:
                self._begin_anew()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def forget(self) -> None:
        """Begin anew, as when the file is found to be damaged."""
        with self._telling():
            self._begin_anew()

    def shards(self) -> Iterator[Shard]:
        """Yield the shards without their sums, in the order of their names."""
        with self._telling():
            rows = self._file.execute("SELECT name, key, graph, sha256, quads, size, changed FROM shard ORDER BY name")
            for name, key, graph, sha256, quads, size, changed in rows:
                yield Shard(name, key, graph, sha256, quads, size, changed, {})

    def settle(self, made: Iterable[Shard], gone: Iterable[str] = ()) -> None:
        """Let the shards of the names ``gone`` count no longer, and those of ``made`` instead of the ones with their names."""
        with self._telling(), self._transaction():
            for name in gone:
                self._count(name, {})
                self._file.execute("DELETE FROM shard WHERE name = ?", (name,))
            for shard in made:
                self._count(shard.name, shard.sums)
                row = (shard.name, shard.key, shard.graph, shard.sha256, shard.quads, shard.size, shard.changed, _dumped(shard.sums))
                self._file.execute("INSERT OR REPLACE INTO shard VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            self._file.execute("DELETE FROM sum WHERE number = 0")

    def sum(self, kind: str) -> dict[str, int]:
        """Return the sum of a kind by name; names that sum up to nothing are left out."""
        with self._telling():
            return dict(self._file.execute("SELECT name, number FROM sum WHERE kind = ? ORDER BY name", (kind,)))

    def things(self) -> Mapping[str, int]:
        """Return the number of distinct things by class, ``""`` for all."""
        with self._telling():
            shared = self._file.execute("SELECT substr(kind, 4), COUNT(*) FROM sum WHERE kind >= 'in ' AND kind < 'in!' GROUP BY kind")
            return Counter(dict(shared)) + Counter(self.sum("own"))

    def _count(self, name: str, sums: Sums) -> None:
        """Add what the new sums of a shard have more than its earlier ones, or less."""
        found = self._file.execute("SELECT sums FROM shard WHERE name = ?", (name,)).fetchone()
        change = Counter(_flat(sums))
        change.subtract(_flat(json.loads(found[0]) if found else {}))
        self._file.executemany(_ADD, ((kind, of, number) for (kind, of), number in change.items() if number))

    def _begin_anew(self) -> None:
        self._file.close()
        for path in (self._path, self._path.with_name(f"{self._path.name}-journal")):
            path.unlink(missing_ok=True)
        self._file = sqlite3.connect(self._path, isolation_level=None)
        self._file.executescript(f"BEGIN; {_TABLES} COMMIT;")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._file.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # the engine has rolled back by itself when the disk is full
                self._file.execute("ROLLBACK")
            raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise unwritten(self._path, error, Wording("文件夹", "folder")) from error


def _flat(sums: Sums) -> dict[tuple[str, str], int]:
    return {(kind, name): number for kind, numbers in sums.items() for name, number in numbers.items()}


def _dumped(sums: Sums) -> str:
    return json.dumps(sums, ensure_ascii=False, separators=(",", ":"))
