"""The commands of the README do what it says."""

import csv
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
KG = Path(sys.executable).parent / "kg"


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    return [line for block in blocks for line in block.splitlines() if line.startswith("kg ")]


def test_the_quick_start_has_commands_to_run() -> None:
    assert len(commands()) >= 8
    assert "make demo" in README
    assert "make test" in README


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like a checkout to the commands: built graph of its own, bundled reports and gold linked in."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "tests").symlink_to(ROOT / "tests")
    (folder / "graph").mkdir()
    (folder / "graph" / "reports").symlink_to(ROOT / "graph" / "reports")
    (folder / "graph" / "authority").symlink_to(ROOT / "graph" / "authority")
    subprocess.run([KG, "build"], cwd=folder, check=True, capture_output=True, timeout=120)
    return folder


def test_every_command_of_the_quick_start_runs_in_order(folder: Path) -> None:
    for command in commands():
        done = subprocess.run(
            [KG, *shlex.split(command, comments=True)[1:]], cwd=folder, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip() or "-o " in command, command
    assert (folder / "all.html").stat().st_size > 100_000
    assert "李校堃" in (folder / "graph.trig").read_text(encoding="utf-8")


def test_every_command_of_the_table_of_formats_writes_what_it_names(folder: Path) -> None:
    table = re.findall(r"^\| `(kg view [^`]+)` \|", README, re.M)
    assert len(table) >= 7
    for command in table:
        done = subprocess.run([KG, *shlex.split(command)[1:]], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        written = done.stdout.split()
        assert written
        assert all(Path(path).stat().st_size > 500 for path in written), command


def test_the_statement_of_the_readme_is_in_the_graph_with_its_place(folder: Path) -> None:
    (place,) = re.findall(r'oa:start (\d+) ; oa:end (\d+) \] , \[ oa:exact "([^"]+)" \]', README)
    answer = subprocess.run(
        [KG, "ask", "people/leads", "--format", "csv"], cwd=folder, capture_output=True, text=True, timeout=120, check=True
    )
    rows = list(csv.DictReader(answer.stdout.lstrip("\ufeff").splitlines()))
    assert ("李校堃", *place) in {(row["person"], row["start"], row["end"], row["quote"]) for row in rows}
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"oa:start {place[0]} ; oa:end {place[1]} ." in architecture
    assert f'oa:exact "{place[2]}"' in architecture


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.S)
    done = subprocess.run([sys.executable, "-c", snippet], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "李校堃" in done.stdout


def test_what_the_readme_links_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert len(links) >= 5
    for link in links:
        assert (ROOT / link).exists(), link
