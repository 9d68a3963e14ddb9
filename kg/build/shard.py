"""A shard: one file of the built graph, with what it adds to the counts and to the authority graph.

Shards gather in a folder beside the graph under names made from their key, the sha256 of all that they depend on. The N-Quads
come first and the description (JSON) last, each in one step: a shard with a description is finished, whoever is killed when.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.atomic import replacing, write_text
from kg.namespaces import RDF
from kg.triples import iris
from kg.triples.terms import Iri, Quad

KINDS = ("observations", "relations", "entities", "events", "memberships")
Sums = Mapping[str, Mapping[str, int]]
_TYPE = f"{RDF}type"


@dataclass(frozen=True, slots=True)
class Shard:
    """One graph as it was made: ``name`` of its file in the built folder, ``key``, sha256 and number of quads.

    ``size`` (bytes) and ``changed`` (nanoseconds) of the file tell whether it is still the one that was written. ``sums`` adds
    up over all shards: ``property`` counts quads by property; ``own`` counts things that no other report can name, by class,
    ``""`` for all; ``in <class>`` and ``in `` hold the things that others may name too; ``count`` counts facts by kind;
    ``known`` and ``edit`` are rows of the authority graph and of what people changed in it (``kg.build.rows``).
    """

    name: str
    key: str
    graph: str
    sha256: str
    quads: int
    size: int
    changed: int
    sums: Sums

    def file(self, folder: Path) -> Path:
        """Return the place of the quads among the shards in ``folder``."""
        return folder / f"{self.key}.nq"

    def is_at(self, path: Path) -> bool:
        """Say whether ``path`` is the file that was written, going by its size and time of change."""
        try:
            found = path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.changed)


def write_shard(folder: Path, name: str, key: str, graph: Iri, quads: Iterable[Quad], more: Sums) -> Shard:
    """Write the graph ``graph`` as a shard into ``folder``; ``more`` are sums besides those of its quads."""
    found = set(quads)
    lines = sorted({quad.n3() for quad in found})
    data = "".join(f"{line}\n" for line in lines).encode("utf-8")
    path = folder / f"{key}.nq"
    with replacing(path) as file:
        file.write(data)
    at = os.stat(path)
    sums = {**_sums(found), **more}
    shard = Shard(name, key, graph.value, hashlib.sha256(data).hexdigest(), len(lines), at.st_size, at.st_mtime_ns, sums)
    write_text(_description(folder, key), json.dumps(asdict(shard), ensure_ascii=False, sort_keys=True))
    return shard


def finished(folder: Path, key: str) -> Shard | None:
    """Return the shard ``key`` when it lies whole in ``folder``."""
    try:
        shard = Shard(**json.loads(_description(folder, key).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return shard if shard.key == key and shard.is_at(shard.file(folder)) else None


def _description(folder: Path, key: str) -> Path:
    return folder / f"{key}.json"


def _sums(quads: Iterable[Quad]) -> dict[str, dict[str, int]]:
    properties: Counter[str] = Counter()
    own: Counter[str] = Counter()
    shared: dict[str, dict[str, int]] = {}
    classes: dict[Iri, set[str]] = {}
    for quad in quads:
        assert isinstance(quad.subject, Iri)
        properties[quad.predicate.value] += 1
        classes.setdefault(quad.subject, {""})
        if quad.predicate.value == _TYPE and isinstance(quad.object, Iri):
            classes[quad.subject].add(quad.object.value)
    for thing, names in classes.items():
        if iris.of_one_report(thing):
            own.update(names)
        else:
            for name in names:
                shared.setdefault(f"in {name}", {})[thing.value] = 1
    return {"property": dict(properties), "own": dict(own), **shared}
