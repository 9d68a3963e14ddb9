"""Make what changed, keep the rest: from the inputs of a graph to its built folder and its store.

``<graph>/.shards/`` holds the ledger and, while a build is at work, the shards that it has finished. It may be removed at any
time; the next build then makes everything anew.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kg.atomic import replacing_folder
from kg.build.inputs import Inputs, program
from kg.build.ledger import Ledger
from kg.build.loading import Progress, load, read_before
from kg.build.making import AUTHORITY, ONTOLOGY, Maker, file_name, inferred_key, inferred_name
from kg.build.manifest import FORMAT, GraphFile, Manifest
from kg.build.pool import make_reports
from kg.build.rows import edits_of, quad_of
from kg.build.shard import KINDS, Shard, finished
from kg.errors import BuildError
from kg.triples import iris
from kg.triples.catalogue import Totals, catalogue_quads
from kg.triples.terms import Iri, Quad, nquads

CATALOGUE, MANIFEST = "catalogue.nq", "manifest.json"
_LEDGER = "ledger.sqlite"
_DECIDED = ("decisions", "rejected")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a build is at work: the graph folder ``out``, its shards, and what reads the inputs."""

    out: Path
    folder: Path
    maker: Maker
    ledger: Ledger

    def place(self, shard: Shard) -> Path | None:
        """Return the file of a shard, new or in the built folder; ``None`` when neither is the one that was written."""
        places = (self.out / "built" / shard.name, shard.file(self.folder))
        return next((path for path in places if shard.is_at(path)), None)


def grow(out: Path, inputs: Inputs, tell: Progress, workers: int | None) -> Manifest:
    """Bring ``out/built`` and ``out/store`` up to date with ``inputs``; ``workers`` as in ``kg.build.build``."""
    folder = out / ".shards"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BuildError(folder, f"cannot be written ({error.strerror})", "choose a folder that you may write to") from error
    with closing(Ledger(folder / _LEDGER)) as ledger:
        site = Site(out, folder, Maker(inputs, folder), ledger)
        try:
            return _grow(site, inputs, tell, workers)
        except sqlite3.DatabaseError:  # a damaged ledger; a full disk is a BuildError already
            ledger.forget()
            return _grow(site, inputs, tell, workers)


def _grow(site: Site, inputs: Inputs, tell: Progress, workers: int | None) -> Manifest:
    hashes, made_by = inputs.hashes(), program()
    keys = inputs.keys(hashes, made_by)
    steps = _make_shards(site, inputs, keys, tell, workers)
    tell("catalogue", steps - 1, steps)
    _make_authority(site)
    shards = list(site.ledger.shards())
    catalogue = nquads(_catalogue(site.ledger, shards)).encode("utf-8")
    described = hashlib.sha256(catalogue).hexdigest(), catalogue.count(b"\n")
    files = {shard.name: GraphFile(shard.graph, shard.sha256, shard.quads) for shard in shards}
    files[CATALOGUE] = GraphFile(iris.graph("catalogue").value, *described)
    manifest = Manifest(FORMAT, made_by, hashes, dict(sorted(files.items())), _counts(site.ledger, files))
    tell("manifest", steps, steps)
    _put_together(site, shards, catalogue, manifest, tell)
    return manifest


def _make_shards(site: Site, inputs: Inputs, keys: Mapping[str, str], tell: Progress, workers: int | None) -> int:
    """Make the shards that are missing or out of date, enter them into the ledger, and return the number of steps of this build."""
    there = {shard.name: shard for shard in site.ledger.shards()}

    def stale(name: str, key: str) -> bool:
        return name not in there or there[name].key != key or site.place(there[name]) is None

    def out_of_date(report: str, key: str) -> bool:
        follows = inferred_name(report)
        return stale(file_name(report), key) or (follows in there and stale(follows, inferred_key(key)))

    wanted = {report: key for report, key in keys.items() if report and out_of_date(report, key)}
    steps = len(wanted) + 3
    make_reports(wanted, site.maker, lambda report, done: tell(report, done, steps), workers)
    ontology = [site.maker.ontology(keys[""])] if stale(ONTOLOGY, keys[""]) else []
    gone = _gone(there, keys, wanted, site.folder)
    if ontology or wanted or gone:
        site.ledger.settle(chain(ontology, _finished(site.folder, wanted)), gone)
    return steps


def _finished(folder: Path, wanted: Mapping[str, str]) -> Iterator[Shard]:
    """Yield the shards of the reports ``wanted`` (report to key), and those of what follows from them."""
    for key in wanted.values():
        shard = finished(folder, key)
        follows = finished(folder, inferred_key(key))
        if shard is None or (shard.sums["count"]["inferred"] and follows is None):
            raise BuildError(folder, "a part of the graph went missing while the graph was built", "run `kg build` again")
        yield from (shard, follows) if follows else (shard,)


def _gone(there: Iterable[str], keys: Iterable[str], wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Return the names of the shards in ``there`` that no report has any more, sorted."""
    kept = {ONTOLOGY, AUTHORITY, *map(file_name, keys)}
    kept |= {inferred_name(report) for report in keys if report not in wanted or finished(folder, inferred_key(wanted[report]))}
    return sorted(set(there) - kept)


def _make_authority(site: Site) -> None:
    """Write the authority graph when the reports name other things, or people set other links, than before."""
    known: set[Quad] = {quad_of(row) for row in site.ledger.sum("known")}
    for edit in edits_of(list(site.ledger.sum("edit"))):
        known = edit.applied(known)
    key = hashlib.sha256(f"authority\n{nquads(known)}".encode()).hexdigest()
    earlier = next((shard for shard in site.ledger.shards() if shard.name == AUTHORITY), None)
    if earlier is None or earlier.key != key or site.place(earlier) is None:
        site.ledger.settle([site.maker.authority(key, known)])


def _catalogue(ledger: Ledger, shards: list[Shard]) -> list[Quad]:
    things = dict(ledger.things())
    subjects = things.pop("", 0)
    graphs = {Iri(shard.graph): shard.quads for shard in shards if shard.quads}
    properties = {Iri(name): number for name, number in ledger.sum("property").items()}
    return catalogue_quads(Totals(graphs, properties, {Iri(name): number for name, number in things.items()}, subjects))


def _counts(ledger: Ledger, files: Mapping[str, GraphFile]) -> dict[str, int]:
    counted = ledger.sum("count")
    names = ("reports", *KINDS, "inferred", *(_DECIDED if counted.get("decisions") else ()))
    counts = {name: counted.get(name, 0) for name in names}
    return dict(sorted({**counts, "quads": sum(file.quads for file in files.values())}.items()))


def _put_together(site: Site, shards: list[Shard], catalogue: bytes, manifest: Manifest, tell: Progress) -> None:
    before = read_before(site.out)
    with replacing_folder(site.out / "built") as new:
        for shard in shards:
            path = site.place(shard)
            if path is None:
                raise BuildError(site.out / "built" / shard.name, "was changed while the graph was built", "run `kg build` again")
            _link(path, new / shard.name)
        (new / CATALOGUE).write_bytes(catalogue)
        (new / MANIFEST).write_text(manifest.dumps(), encoding="utf-8")
        load(new, site.out / "store", before, tell)
    tell("store", 1, 1)
    for path in site.folder.iterdir():
        if not path.name.startswith(_LEDGER):
            path.unlink(missing_ok=True)


def _link(file: Path, place: Path) -> None:
    """Let ``place`` be the same file, or a copy with the same time where the file system has no links."""
    try:
        place.hardlink_to(file)
    except OSError:
        shutil.copy2(file, place)
