"""The manifest of a built graph: what it was made from and what it holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.atomic import restore_folder
from kg.errors import BuildError

FORMAT = 1  # of the built folder and its manifest


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
        files = {name: {"graph": file.graph, "sha256": file.sha256, "quads": file.quads} for name, file in self.files.items()}
        said = {"format": self.format, "program": self.program, "inputs": self.inputs, "files": files, "counts": self.counts}
        return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


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
