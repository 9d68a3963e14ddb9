"""Whether a built graph is what a build would make now."""

from collections.abc import Mapping
from pathlib import Path

from kg.build.inputs import Inputs, program, sha256_of
from kg.build.manifest import FORMAT, read_manifest
from kg.errors import BuildError, StoreError
from kg.stamp import manifest_hash, read_stamp


def is_current(graph: Path, reports: Path | None = None) -> tuple[bool, tuple[str, ...]]:
    """Say whether ``graph/built`` is what a build would make now, and if not, why not.

    Inputs, code and files are compared by their sha256, not by building again; library versions are on record only. A
    store, where there is one, must have been loaded from this build.
    """
    try:
        manifest = read_manifest(graph / "built")
    except BuildError as error:
        return False, (str(error),)
    reasons = [
        *_differences("input", manifest.inputs, Inputs.at(graph, reports).hashes()),
        *([] if manifest.program.get("code") == program()["code"] else ["the code or the rules have changed"]),
        *([] if manifest.format == FORMAT else [f"built graph has format {manifest.format}, the program writes {FORMAT}"]),
    ]
    for name, file in sorted(manifest.files.items()):
        path = graph / "built" / name
        if not path.is_file() or sha256_of(path) != file.sha256:
            reasons.append(f"built/{name} is not what the build wrote")
    reasons.extend(_store_reasons(graph))
    return not reasons, tuple(reasons)


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
