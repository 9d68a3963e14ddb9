"""Run the notebooks of the documentation and keep what they say: ``python -m tests.notebooks``, or ``make notebooks``.

What is kept is the same on every machine: no time, no memory address, no metadata of a run; of an output that has both, the
HTML without the text, unless the HTML is a whole page, which is left out.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from kg.atomic import write_text

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "notebooks"
MOST_HTML = 30_000  # characters of an output
TIMEOUT = 120  # seconds of a cell
# nothing that runs after this line can open a connection
OFFLINE = """
import sys


def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind"):
        raise RuntimeError(f"a notebook asked for the network: {event}")


sys.addaudithook(refuse)
"""


def executed(path: Path) -> str:
    """Return the notebook in ``path`` with the outputs of a run in which no connection can be opened."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))
    with ThreadPoolExecutor(1) as aside:  # whoever calls may have a loop of its own in this thread
        aside.submit(asyncio.run, _run(notebook, path.parent)).result()
    notebook.cells.pop(0)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id, cell.metadata = f"cell-{number}", {}
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [_kept(output) for output in cell.outputs]
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return nbformat.writes(notebook) + "\n"


async def _run(notebook: Any, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with TemporaryDirectory() as sockets:  # instead of ports, which would be a network
        manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/kernel")
        client = NotebookClient(notebook, km=manager, timeout=TIMEOUT, coalesce_streams=True, resources={"metadata": {"path": str(folder)}})
        try:
            await client.async_execute(env=environment)
        finally:
            await manager.shutdown_kernel(now=True)


def _kept(output: Any) -> Any:
    if "data" in output:
        html = output.data.get("text/html", "")
        output.data = {"text/html": html} if html and len(html) <= MOST_HTML else {"text/plain": output.data["text/plain"]}
        output.metadata = {}
    if "execution_count" in output:
        output.execution_count = None
    return output


if __name__ == "__main__":
    for found in sorted(FOLDER.glob("*.ipynb")):
        write_text(found, executed(found))
        print(found.relative_to(ROOT))
