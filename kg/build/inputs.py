"""What a build reads: reports, decisions, authority data, ontology, rules, and the program itself, each known by its sha256."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kg import __version__
from kg.decisions import decisions_path
from kg.errors import BuildError
from kg.inference.rules import rules_folder
from kg.resources import resource

ONTOLOGY_FILES = ("core.ttl", "external.ttl", "concepts.ttl", "alignments.ttl")
_PROGRAM = (
    "reading.py",
    "passages.py",
    "report.py",
    "facts.py",
    "namespaces.py",
    "store/engine.py",
    "store/embedded.py",
    "store/filling.py",
    "atomic.py",
    "catalogue/networks.py",
)
_PROGRAM_FOLDERS = ("build", "sources", "mentions", "extract", "rules", "authority", "decisions", "triples", "inference")
_OF_REPORT = frozenset({"report.txt", "report.toml", "positions.json"})
_LIBRARIES = ("pyoxigraph", "pyahocorasick")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The folders that a build reads."""

    reports: Path
    decisions: Path
    authority: Path
    ontology: Path
    rules: Path

    @classmethod
    def at(cls, out: Path, reports: Path | None) -> "Inputs":
        """Return the inputs of the graph in ``out``: its own reports and decisions, else the ones that came with the program."""
        own, shipped = out / "reports", resource("graph")
        found = reports or (own if own.is_dir() else shipped / "reports")
        return cls(found, decisions_of(out, found), shipped / "authority", resource("ontology"), rules_folder())

    def report_ids(self) -> list[str]:
        """Return the names of the report folders, sorted; ``BuildError`` when there is none."""
        found = sorted(report for report, file in self._report_files() if file == "report.txt")
        if not found:
            raise BuildError(self.reports, "there is no report here", "put a report into <name>/report.txt with its report.toml")
        return found

    def _report_files(self) -> Iterator[tuple[str, str]]:
        """Yield folder and file for each report; what a killed `kg add` left lies in folders whose names begin with a dot."""
        try:
            folders = [entry for entry in os.scandir(self.reports) if entry.is_dir() and not entry.name.startswith(".")]
        except OSError:  # none yet
            return
        for folder in folders:
            yield from ((folder.name, file) for file in os.listdir(folder) if file in _OF_REPORT)

    def ontology_files(self) -> list[Path]:
        """Return the files of the ontology graph."""
        return [path for name in ONTOLOGY_FILES if (path := self.ontology / name).is_file()]

    def hashes(self) -> dict[str, str]:
        """Return the sha256 of every input file by its name below the graph folder."""
        paths: dict[str, Path | str]  # thousands of reports: as text, which is three times as fast
        paths = {f"reports/{report}/{file}": os.path.join(self.reports, report, file) for report, file in self._report_files()}
        paths |= {f"decisions/{p.name}": p for p in self.decisions.glob("*.toml")}
        paths |= {f"authority/{p.name}": p for p in self.authority.glob("*") if p.suffix in {".tsv", ".json", ".toml"}}
        paths |= {f"ontology/{p.name}": p for p in self.ontology_files()}
        paths |= {f"inferences/{p.name}": p for p in self.rules.glob("*.rq")}
        return {name: sha256_of(path) for name, path in sorted(paths.items())}

    def keys(self, hashes: Mapping[str, str], made_by: Mapping[str, str]) -> dict[str, str]:
        """Return for each report the sha256 of all that its graph depends on, given ``hashes()`` and ``program()``.

        The empty name stands for what all graphs depend on, the ontology graph too.
        """
        common = {name: sha for name, sha in hashes.items() if name.startswith(("authority/", "ontology/", "inferences/"))}
        shared = _digest(common, made_by)
        own: dict[str, dict[str, str]] = {report: {} for report in self.report_ids()}
        for name, sha in hashes.items():
            kind, _, rest = name.partition("/")
            if kind == "reports" and (report := rest.rpartition("/")[0]) in own:
                own[report][name] = sha
        for report, files in own.items():
            decided = f"decisions/{decisions_path(self.decisions, report).name}"
            files |= {decided: hashes[decided]} if decided in hashes else {}
        return {"": shared, **{report: _digest(files, shared, report) for report, files in own.items()}}


def decisions_of(graph: Path, reports: Path) -> Path:
    """Return the folder of the decisions about ``reports``: the graph's own, else the one beside the reports."""
    own = graph / "decisions"
    return own if own.is_dir() else reports.parent / "decisions"


def program() -> dict[str, str]:
    """Return version and sha256 of the code and rules that decide what is built, and the versions of its libraries."""
    home = Path(__file__).resolve().parent.parent
    paths = [home / name for name in _PROGRAM if (home / name).is_file()]
    for name in _PROGRAM_FOLDERS:
        paths += [p for p in (home / name).rglob("*") if p.suffix in {".py", ".toml", ".tsv", ".json"}]
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(home).as_posix()} {sha256_of(path)}\n".encode())
    return {"version": __version__, "code": whole.hexdigest(), **{name: version(name) for name in _LIBRARIES}}


def sha256_of(path: Path | str) -> str:
    """Return the sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()
