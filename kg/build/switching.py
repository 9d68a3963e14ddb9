"""A store in which what follows by rules stands among what the reports say."""

from pathlib import Path

from kg.build.holding import alone
from kg.errors import InputError, StoreError
from kg.inference import SWITCH_ON
from kg.store import EmbeddedStore, Store, is_address, updated_store

_FOLDER = ".inferred"  # beside the store; made when it is asked for, and again after a build


def open_inferred(graph: Path | str) -> Store:
    """Open the graph in the folder ``graph`` with what follows by rules in the graphs of the reports it follows from.

    Every question, view and trace then finds it, as a statement whose ``rie:rule`` is a rule of inference and whose class is
    ``rie:InferredStatement`` too. The store of stated facts stays as it is. Raises ``StoreError`` where there is none, and
    ``BuildError`` while another program builds the graph, ``InputError`` for the address of a server.
    """
    if is_address(graph):
        what = "at a server what follows by rules stands in graphs of its own and cannot be switched on"
        raise InputError(str(graph), what, "ask the folder of the graph, or the question evidence/inferred")
    graph = Path(graph)
    folder = graph / _FOLDER
    try:
        return EmbeddedStore.at(folder)
    except StoreError:  # not made yet, or made from an earlier build
        EmbeddedStore.at(graph)
    with alone(graph):
        updated_store(graph / "store", folder, SWITCH_ON)
    return EmbeddedStore.at(folder)
