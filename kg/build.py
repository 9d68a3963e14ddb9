"""Build the graph: reports to facts to sorted N-Quads with a manifest, then the store.

``<graph>/built/`` holds one N-Quads file a named graph and ``manifest.json``; ``<graph>/store/`` holds the same quads
loaded. Both are written beside their place and put there whole: a crash, an interrupt or a full disk leaves the earlier
ones. Nothing reads the clock, the host or the locale, so that the same inputs give the same bytes.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.atomic import replacing_folder, restore_folder
from kg.decisions import Decided, apply, decisions_path, read_decisions
from kg.errors import BuildError, StoreError
from kg.extract import find_facts, read_passages
from kg.report import Report, read_report
from kg.resources import resource
from kg.stamp import manifest_hash, read_stamp
from kg.store import read_rdf, write_store
from kg.triples import iris, to_quads
from kg.triples.authority import authority_quads, relink
from kg.triples.catalogue import Tally, catalogue_quads
from kg.triples.terms import Iri, Quad
from kg.triples.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    from kg.store.publishing import Published

FORMAT = 1  # of the built folder and its manifest
ONTOLOGY_FILES = ("core.ttl", "external.ttl", "concepts.ttl", "alignments.ttl")
_PROGRAM = (
    "reading.py",
    "passages.py",
    "report.py",
    "facts.py",
    "namespaces.py",
    "build.py",
    "store/engine.py",
    "store/embedded.py",
    "atomic.py",
)
_PROGRAM_FOLDERS = ("sources", "mentions", "extract", "rules", "authority", "decisions", "triples")
_LIBRARIES = ("pyoxigraph", "pyahocorasick")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A file of the built folder: the named graph in it, its sha256 and its number of quads."""

    graph: str
    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a built graph was made from and what it holds; it names no time and no machine.

    ``inputs`` maps ``reports/<id>/report.txt`` and the like to their sha256, ``program`` tells version, sha256 of the code
    and rules, and library versions, ``files`` describes the N-Quads files, ``counts`` counts facts by kind.
    """

    format: int
    program: Mapping[str, str]
    inputs: Mapping[str, str]
    files: Mapping[str, GraphFile]
    counts: Mapping[str, int]

    def dumps(self) -> str:
        """Return the manifest as JSON with sorted keys."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def build(reports: Path | None, out: Path, *, progress: Progress | None = None) -> Manifest:
    """Build the graph of all report folders in ``reports`` into ``out/built`` and load ``out/store``.

    ``reports`` defaults to ``out/reports``, else to the ones that came with the program, whose ontology and authority data
    are always used. ``progress`` is told the name of each step, how many are done and how many there are. Raises
    ``ReportError`` for a report that cannot be read and ``BuildError`` when there is none, when another build is at work in
    ``out`` or when the disk is full.
    """
    folders = _Inputs.at(out, reports)
    tell = progress or (lambda step, done, total: None)
    with _alone(out), replacing_folder(out / "built") as built:
        manifest = _write_built(folders, built, tell)
        _load(built, out / "store", tell)
    return manifest


def load_store(graph: Path, *, progress: Progress | None = None) -> None:
    """Load ``graph/store`` from ``graph/built`` as it stands, as after a fresh clone; raises ``BuildError``."""
    with _alone(graph):
        _load(graph / "built", graph / "store", progress or (lambda step, done, total: None))


def _load(built: Path, store: Path, tell: Progress) -> None:
    tell("store", 0, 1)
    write_store(built_files(built), store, manifest_hash(built) or "")
    tell("store", 1, 1)


def read_manifest(built: Path) -> Manifest:
    """Return the manifest of the built graph in the folder ``built``; ``BuildError`` when there is none to read."""
    restore_folder(built)
    path = built / "manifest.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        files = {name: GraphFile(**file) for name, file in content["files"].items()}
        return Manifest(content["format"], content["program"], content["inputs"], files, content["counts"])
    except FileNotFoundError as error:
        raise BuildError(path, "there is no built graph here", "run `kg build`") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(path, "this manifest cannot be read", "run `kg build`") from error


def built_files(built: Path) -> tuple[Path, ...]:
    """Return the N-Quads files of the built graph, in the order of their names; ``BuildError`` when one is missing."""
    paths = tuple(built / name for name in sorted(read_manifest(built).files))
    for path in paths:
        if not path.is_file():
            raise BuildError(path, "this file of the built graph is missing", "run `kg build`")
    return paths


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


def decisions_of(graph: Path, reports: Path) -> Path:
    """Return the folder of the decisions about ``reports``: the graph's own, else the one beside the reports."""
    own = graph / "decisions"
    return own if own.is_dir() else reports.parent / "decisions"


def decided_facts(report: Report, decisions: Path) -> Decided:
    """Return the facts of ``report`` as the decisions in the folder ``decisions`` leave them; raises ``DecisionError``."""
    return apply(find_facts(report), read_decisions(decisions_path(decisions, report.id)), report)


def is_current(graph: Path, reports: Path | None = None) -> tuple[bool, tuple[str, ...]]:
    """Say whether ``graph/built`` is what a build would make now, and if not, why not.

    Inputs, code and files are compared by their sha256, not by building again; library versions are on record only. A
    store, where there is one, must have been loaded from this build.
    """
    try:
        manifest = read_manifest(graph / "built")
    except BuildError as error:
        return False, (str(error),)
    folders = _Inputs.at(graph, reports)
    reasons = [
        *_differences("input", manifest.inputs, folders.hashes()),
        *([] if manifest.program.get("code") == _program()["code"] else ["the code or the rules have changed"]),
        *([] if manifest.format == FORMAT else [f"built graph has format {manifest.format}, the program writes {FORMAT}"]),
    ]
    for name, file in sorted(manifest.files.items()):
        path = graph / "built" / name
        if not path.is_file() or _sha256(path) != file.sha256:
            reasons.append(f"built/{name} is not what the build wrote")
    reasons.extend(_store_reasons(graph))
    return not reasons, tuple(reasons)


@dataclass(frozen=True, slots=True)
class _Inputs:
    reports: Path
    decisions: Path
    authority: Path
    ontology: Path

    @classmethod
    def at(cls, out: Path, reports: Path | None) -> "_Inputs":
        own, shipped = out / "reports", resource("graph")
        found = reports or (own if own.is_dir() else shipped / "reports")
        return cls(found, decisions_of(out, found), shipped / "authority", resource("ontology"))

    def report_folders(self) -> list[Path]:
        found = sorted(path.parent for path in self._report_files("report.txt"))
        if not found:
            raise BuildError(self.reports, "there is no report here", "put a report into <name>/report.txt with its report.toml")
        return found

    def _report_files(self, pattern: str) -> list[Path]:
        """Return the files of the report folders; what a killed `kg add` left lies in folders whose names begin with a dot."""
        return [path for path in self.reports.glob(f"*/{pattern}") if not path.parent.name.startswith(".")]

    def ontology_files(self) -> list[Path]:
        return [path for name in ONTOLOGY_FILES if (path := self.ontology / name).is_file()]

    def hashes(self) -> dict[str, str]:
        """Return the sha256 of every input file by its name below the graph folder."""
        files = [path for pattern in ("report.t*ml", "report.txt", "positions.json") for path in self._report_files(pattern)]
        paths = {f"reports/{p.parent.name}/{p.name}": p for p in files}
        paths |= {f"decisions/{p.name}": p for p in self.decisions.glob("*.toml")}
        paths |= {f"authority/{p.name}": p for p in self.authority.glob("*") if p.suffix in {".tsv", ".json", ".toml"}}
        paths |= {f"ontology/{p.name}": p for p in self.ontology_files()}
        return {name: _sha256(path) for name, path in sorted(paths.items())}


class _Writer:
    """Writes the N-Quads files of one build and counts what goes into them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, GraphFile] = {}
        self.tally = Tally()
        self.counts: Counter[str] = Counter()

    def write(self, graph: str, name: str, quads: Iterable[Quad]) -> None:
        lines = sorted({quad.n3() for quad in quads})
        data = "".join(f"{line}\n" for line in lines).encode("utf-8")
        (self._folder / name).write_bytes(data)
        self.files[name] = GraphFile(graph, hashlib.sha256(data).hexdigest(), len(lines))
        self.counts["quads"] += len(lines)

    def count(self, decided: Decided) -> None:
        self.counts["reports"] += 1
        for kind in ("observations", "relations", "entities", "events", "memberships"):
            self.counts[kind] += len(getattr(decided.facts, kind))
        if decided.effects:
            self.counts["decisions"] += len(decided.effects)
            self.counts["rejected"] += len(decided.rejected)


def _write_built(folders: _Inputs, target: Path, tell: Progress) -> Manifest:
    writer = _Writer(target)
    reports = folders.report_folders()
    steps = len(reports) + 3
    ontology = _read_ontology(folders)
    writer.write(iris.graph("ontology").value, "ontology.nq", ontology)
    writer.tally.add(ontology)
    vocabulary = read_vocabulary(ontology)
    known: set[Quad] = set()
    linked: list[tuple[str, Decided]] = []
    for done, folder in enumerate(reports, 1):
        tell(folder.name, done, steps)
        report = read_report(folder)
        decided = decided_facts(report, folders.decisions)
        known |= _write_report(report, decided, vocabulary, writer)
        linked += [(report.id, decided)] if decided.links else []
    for report_id, decided in linked:
        known = relink(known, decided, report_id)
    writer.write(iris.graph("authority").value, "authority.nq", known)
    writer.tally.add(known)
    tell("catalogue", len(reports) + 2, steps)
    writer.write(iris.graph("catalogue").value, "catalogue.nq", catalogue_quads(writer.tally))
    manifest = Manifest(FORMAT, _program(), folders.hashes(), dict(sorted(writer.files.items())), dict(sorted(writer.counts.items())))
    (target / "manifest.json").write_text(manifest.dumps(), encoding="utf-8")
    tell("manifest", steps, steps)
    return manifest


def _read_ontology(folders: _Inputs) -> list[Quad]:
    graph = iris.graph("ontology")
    return list({quad for path in folders.ontology_files() for quad in read_rdf(path, graph)})


def _write_report(report: Report, decided: Decided, vocabulary: Vocabulary, writer: _Writer) -> set[Quad]:
    """Write the graph of one report; return what is known elsewhere of the things it names."""
    quads = list(to_quads(report, decided, read_passages(report), vocabulary))
    writer.write(iris.report_graph(report.id).value, f"report-{report.id}.nq", quads)
    writer.tally.add(quads)
    writer.count(decided)
    return authority_quads(decided.facts, report.id)


def _program() -> dict[str, str]:
    """Return version and sha256 of the code and rules that decide what is built, and the versions of its libraries."""
    home = Path(__file__).resolve().parent
    paths = [home / name for name in _PROGRAM if (home / name).is_file()]
    for name in _PROGRAM_FOLDERS:
        paths += [p for p in (home / name).rglob("*") if p.suffix in {".py", ".toml", ".tsv", ".json"}]
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(home).as_posix()} {_sha256(path)}\n".encode())
    return {"version": __version__, "code": whole.hexdigest(), **{name: version(name) for name in _LIBRARIES}}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _differences(what: str, then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    reasons = [f"{what} {name} has changed" for name in sorted(then.keys() & now.keys()) if then[name] != now[name]]
    reasons += [f"{what} {name} is new" for name in sorted(now.keys() - then.keys())]
    reasons += [f"{what} {name} is gone" for name in sorted(then.keys() - now.keys())]
    return reasons


def _store_reasons(graph: Path) -> list[str]:
    if not (graph / "store").is_dir():
        return []
    try:
        stamp = read_stamp(graph / "store")
    except StoreError as error:
        return [str(error)]
    return [] if stamp.get("manifest") == manifest_hash(graph / "built") else ["the store was loaded from another build"]


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold ``out`` for one build at a time; the hold ends with the process, however it ends."""
    try:
        import fcntl
    except ImportError:  # a system without advisory locks
        out.mkdir(parents=True, exist_ok=True)
        yield
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out, os.O_RDONLY)
    except OSError as error:
        raise BuildError(out, f"cannot be written ({error.strerror})", "choose a folder that you may write to") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BuildError(out, "another build is at work here", "wait for it to end") from error
    finally:
        os.close(handle)
