"""Write a network to a file in the form that its name or the caller asks for."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from kg.atomic import replacing
from kg.errors import InputError
from kg.formats.gexf import gexf
from kg.formats.graphml import graphml
from kg.formats.json_graphs import cytoscape, node_link
from kg.formats.mermaid import mermaid
from kg.formats.tables import csv_tables, parquet
from kg.views import Network

_Part = bytes | str | Iterable[str]
_WRITERS: Mapping[str, Callable[[Network], _Part | Mapping[str, bytes]]] = {
    "graphml": graphml,
    "gexf": gexf,
    "cyjs": cytoscape,
    "node-link": node_link,
    "csv": csv_tables,
    "parquet": parquet,
    "mermaid": mermaid,
}
FORMATS = tuple(_WRITERS)
ENDINGS = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".cyjs": "cyjs",
    ".json": "node-link",
    ".csv": "csv",
    ".parquet": "parquet",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
}


def format_of(path: Path) -> str | None:
    """Return the format that the ending of ``path`` stands for, ``None`` where it stands for none.

    >>> format_of(Path("network.gexf")), format_of(Path("network.html"))
    ('gexf', None)
    """
    return ENDINGS.get(path.suffix.lower())


def write(network: Network, path: Path | str, form: str | None = None) -> tuple[Path, ...]:
    """Write ``network`` to ``path``, whole or not at all, and return the files written; the same network gives the same bytes.

    ``form`` is one of ``FORMATS``, by default the one that the ending of ``path`` stands for. ``csv`` and ``parquet`` make
    two files, ``x.nodes.csv`` and ``x.edges.csv`` for ``x.csv``. Raises ``InputError`` for an unknown form or ending, and
    where the form cannot hold the network; ``BuildError`` where the file cannot be written.
    """
    path = Path(path)
    chosen = form or format_of(path)
    if chosen is None or chosen not in _WRITERS:
        raise _unknown(path, form, "en" if network.graph.get("lang") == "en" else "zh")
    made = _WRITERS[chosen](network)
    files: dict[Path, _Part] = (
        {path.with_name(f"{_stem(path)}.{name}.{chosen}"): data for name, data in made.items()}
        if isinstance(made, Mapping)
        else {path: made}
    )
    with ExitStack() as stack:  # all are complete before the first takes its place
        for target, part in files.items():
            stream = stack.enter_context(replacing(target))
            for piece in [part] if isinstance(part, bytes | str) else part:
                stream.write(piece if isinstance(piece, bytes) else piece.encode("utf-8"))
    return tuple(files)


def _stem(path: Path) -> str:
    return path.stem if format_of(path) else path.name


def _unknown(path: Path, form: str | None, lang: str) -> InputError:
    known = "、".join(FORMATS) if lang == "zh" else ", ".join(FORMATS)
    if form is None:
        if lang == "zh":
            return InputError(path, "从文件名的结尾看不出格式", f"用 {' '.join(ENDINGS)} 结尾，或用 --format：{known}")
        return InputError(path, "the ending of its name stands for no format", f"end it in {', '.join(ENDINGS)}, or give --format: {known}")
    if lang == "zh":
        return InputError("--format", f"没有“{form}”这种格式", f"可用的有：{known}")
    return InputError("--format", f"there is no format “{form}”", f"choose one of {known}")
