"""Find the folders ``ontology/``, ``queries/`` and ``graph/`` in a checkout or in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the folder ``name`` (``ontology``, ``queries`` or ``graph``) that came with the program.

    A wheel carries the folders under ``kg/_data/``; a checkout has them beside ``kg/``.
    """
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name
