"""An rdflib ``Dataset`` over the embedded store, for code that speaks rdflib: nothing copied, nothing to be written.

oxrdflib hands SPARQL to the engine only for plain text without extra keywords, and lets rdflib evaluate everything else without
a word, many times slower. Here ``base=`` goes down too, and what cannot go down says so in a warning.
"""

import warnings
from collections.abc import Mapping
from typing import Any, NoReturn

import rdflib
from oxrdflib import OxigraphStore
from rdflib.query import Result

from kg.errors import QueryError, StoreError
from kg.namespaces import PREFIXES
from kg.store.engine import Handle
from kg.store.queries import QUERY, refuse_service, short, syntax_error
from kg.triples.terms import Iri
from kg.wording import Wording


class SlowQueryWarning(UserWarning):
    """rdflib evaluates a query itself, because the engine cannot be given it."""


class _View(OxigraphStore):
    """The engine's store as rdflib sees it, to read."""

    def query(self, query: Any, initNs: Mapping[str, Any], initBindings: Mapping[str, Any], queryGraph: Any, **kwargs: Any) -> Result:  # noqa: N803  (rdflib's names)
        if not isinstance(query, str):
            return _slowly("a prepared query; give its text instead")
        refuse_service(query)
        base = kwargs.pop("base", None)
        if kwargs:
            return _slowly(f"the keyword {', '.join(kwargs)}; leave it out")
        text = f"BASE {Iri(str(base)).n3()}\n{query}" if base else query
        try:
            return super().query(text, initNs, initBindings, queryGraph)
        except SyntaxError as error:
            raise syntax_error(error) from error
        except (ValueError, RuntimeError) as error:
            if initBindings:  # the engine takes values only for variables of the SELECT
                return _slowly("initBindings for a variable that is not selected; write the value into the text")
            raise QueryError(
                QUERY,
                Wording(f"无法回答（{short(error)}）", f"it could not be answered ({short(error)})"),
                Wording("请改正查询", "mend the query"),
            ) from error

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise StoreError(
            "rdflib dataset",
            Wording("它只展示存储，不能改动", "it shows the store and cannot change it"),
            Wording("请用 Store.replace_graph 写入，或用 copied_dataset()", "write with Store.replace_graph, or copied_dataset()"),
        )

    add = addN = remove = update = remove_graph = open = destroy = _refuse  # noqa: N815

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib names a graph in this way before it reads it."""


def _slowly(why: str) -> NoReturn:
    """Say that rdflib will evaluate the query, and let it: ``NotImplementedError`` is how rdflib is told."""
    warnings.warn(f"rdflib evaluates this query itself, many times slower than the store would: {why}", SlowQueryWarning, stacklevel=5)
    raise NotImplementedError(why)


def dataset_over(inner: Handle) -> rdflib.Dataset:
    """Return an rdflib dataset over the engine's store ``inner``; the prefixes of the project are bound."""
    dataset = rdflib.Dataset(store=_View(store=inner), default_union=False)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
