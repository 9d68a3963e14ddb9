"""The wheel, installed in an environment of its own away from the checkout, does the main job."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, env=environment, timeout=600, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_ontology_queries_and_graph(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("ontology/core.ttl", "ontology/shapes.ttl", "queries/people/leads.rq", "graph/reports/wenzhou-huzhou-2020/report.txt"):
        assert f"kg/_data/{part}" in names
    assert {f"kg/server/static/dist/{name}" for name in ("page.js", "answer.js", "page.css")} <= set(names)
    assert not [name for name in names if name.startswith("tests/") or "/gold/" in name]


def test_the_installed_wheel_builds_asks_and_draws_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    kg = tmp_path / "env" / "bin" / "kg"
    assert str(ROOT) not in run(python, "-c", "import kg; print(kg.__file__)", cwd=work)
    run(kg, "build", cwd=work)
    answer = run(kg, "ask", "people/leads", "--format", "csv", cwd=work)
    assert "李校堃" in answer
    assert "李校堃院士领衔的温医大病毒研究院" in answer
    run(kg, "view", "institution-talent", "-o", "network.html", cwd=work)
    assert "李校堃" in (work / "network.html").read_text(encoding="utf-8")
    run(kg, "check", cwd=work)
