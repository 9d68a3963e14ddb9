"""The front end is built when the package is: from sources without anybody's bundle, and never in the way of an install."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from hatchling.bridge.app import Application

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
import hatch_build  # noqa: E402

UNREACHABLE = "http://127.0.0.1:9/"  # the port that discards, where nobody listens


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the front end's sources and without a bundle."""
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules", "dist"))
    (tmp_path / hatch_build.DIST.parent).mkdir(parents=True)
    return tmp_path


def hook(root: Path) -> Any:
    return hatch_build.FrontendHook(str(root), {}, None, None, str(root), "wheel", Application())


def test_the_lock_file_names_versions_and_hashes_and_no_address() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert not re.search(r"https?:|resolved", text)
    packages = {name: lock for name, lock in json.loads(text)["packages"].items() if name}
    assert len(packages) > 15
    assert all(lock["version"] and lock["integrity"].startswith("sha512-") for lock in packages.values())
    wanted = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_everything_that_is_bundled_has_a_permissive_licence() -> None:
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    bundled = {name: lock.get("license") for name, lock in packages.items() if name and not lock.get("dev")}
    assert len(bundled) > 8
    assert set(bundled.values()) == {"MIT"}


def test_a_bundle_is_fresh_until_a_source_changes(checkout: Path) -> None:
    assert not hatch_build.is_fresh(checkout)
    stamp = checkout / hatch_build.DIST / "stamp"
    stamp.parent.mkdir()
    stamp.write_text(hatch_build._hash(checkout / "frontend"), encoding="ascii")
    assert hatch_build.is_fresh(checkout)
    (checkout / "frontend" / "node_modules").mkdir()
    (checkout / "frontend" / "node_modules" / "x.js").write_text("", encoding="ascii")
    assert hatch_build.is_fresh(checkout)
    (checkout / "frontend" / "src" / "page.js").write_text("changed", encoding="ascii")
    assert not hatch_build.is_fresh(checkout)


def test_an_install_with_a_fresh_bundle_asks_for_nothing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / hatch_build.DIST, checkout / hatch_build.DIST)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("KG_FRONTEND", "require")
    assert hook(checkout).dependencies() == []
    hook(checkout).initialize("standard", {})


def test_without_node_it_is_fetched_as_a_wheel_and_without_that_the_install_goes_on(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("KG_FRONTEND", raising=False)
    assert hook(checkout).dependencies() == [hatch_build.NODE]
    hook(checkout).initialize("standard", {})
    assert "the SPARQL page will be the plain one" in "".join(capfd.readouterr())
    monkeypatch.setenv("KG_FRONTEND", "require")
    with pytest.raises(RuntimeError, match="no node"):
        hook(checkout).initialize("standard", {})
    monkeypatch.setenv("KG_FRONTEND", "local")
    assert hook(checkout).dependencies() == []
    monkeypatch.setenv("KG_FRONTEND", "skip")
    assert hook(checkout).dependencies() == []
    hook(checkout).initialize("standard", {})
    assert not (checkout / hatch_build.DIST).exists()


def test_when_npm_reaches_no_registry_the_install_goes_on(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert shutil.which("npm"), "npm is missing: install node 20 or later"
    monkeypatch.setenv("npm_config_registry", UNREACHABLE)
    monkeypatch.setenv("npm_config_cache", str(checkout / "cache"))
    monkeypatch.delenv("KG_FRONTEND", raising=False)
    hook(checkout).initialize("standard", {})
    assert "npm ci failed" in "".join(capfd.readouterr())
    assert not (checkout / hatch_build.DIST).exists()


def test_the_bundle_holds_no_address_of_elsewhere_but_names_of_formats() -> None:
    assert hatch_build.is_fresh(ROOT), "the bundle is out of date: run python hatch_build.py"
    files = list((ROOT / hatch_build.DIST).glob("*.js"))
    assert len(files) == 3
    found = {address for file in files for address in re.findall(r"https?://[^\s\"'`)<>]+", file.read_text(encoding="utf-8"))}
    assert found <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"}
