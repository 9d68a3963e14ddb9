"""The notebooks of the documentation say what a run says today, and ask nothing of a network."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from tests.notebooks import FOLDER, executed

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_two_notebooks_in_two_languages() -> None:
    assert [path.name for path in NOTEBOOKS] == ["sparql.ipynb", "tracing.ipynb"]
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        told = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        assert len(told) >= 8
        for text in told:
            assert any("\u4e00" <= char <= "\u9fff" for char in text), text
            assert any(char.isascii() and char.isalpha() for char in text), text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_run_without_a_network_says_what_is_kept(path: Path) -> None:
    """Where this fails because answers have changed: ``make notebooks``, and read the diff."""
    kept = path.read_text(encoding="utf-8")
    assert kept.count('"output_type"') >= 5
    assert executed(path) == kept


def test_a_notebook_that_asks_for_the_network_fails(tmp_path: Path) -> None:
    asking = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import urllib.request as u\nu.urlopen('http://127.0.0.1:9')")])
    (tmp_path / "asking.ipynb").write_text(nbformat.writes(asking), encoding="utf-8")
    with pytest.raises(CellExecutionError, match="a notebook asked for the network"):
        executed(tmp_path / "asking.ipynb")
