"""Read the answer of a SELECT into the compact form: the engine writes a table, polars numbers its texts.

No Python object is made for a row, so that a million ties take about a second and a half.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.compact.network import CompactNetwork
from kg.compact.rows import Ints
from kg.compact.texts import Texts
from kg.errors import KgError, QueryError
from kg.store import Store
from kg.store.queries import QUERY
from kg.wording import Wording

if TYPE_CHECKING:
    import polars as pl

TIES = """SELECT ?subject ?predicate ?object WHERE {
  GRAPH ?g { ?subject ?predicate ?object FILTER(isIRI(?object)) }
}"""
MOST_PREDICATES = np.iinfo(np.int16).max


def read_compact(store: Store, sparql: str = TIES) -> CompactNetwork:
    """Return the rows of a SELECT with the columns subject, predicate and object, all IRIs, in the compact form.

    Unless told, every triple between two IRIs. A row that says again what another says is left out; ties are in the order of
    subject, predicate and object. Raises ``QueryError`` for other columns, for a cell that is no IRI and for more than
    32,767 relations, ``KgError`` where polars is not installed.
    """
    frame = _frame(store.tsv(sparql))
    _refuse_others(frame)
    nodes, (subject, target) = _numbered(frame, "subject", "object")
    predicates, (predicate,) = _numbered(frame, "predicate")
    if len(predicates) > MOST_PREDICATES:
        raise QueryError(
            QUERY,
            Wording(f"它给出 {len(predicates)} 种关系", f"it gives {len(predicates)} relations"),
            Wording(f"最多 {MOST_PREDICATES} 种；请少选一些作 ?predicate", f"at most {MOST_PREDICATES} fit; select fewer as ?predicate"),
        )
    order = _sorted_once(subject, predicate, target, len(nodes), len(predicates))
    subject, predicate, target = subject[order], predicate[order], target[order]
    return CompactNetwork(nodes, tuple(predicates.all()), subject, predicate.astype(np.int16), target)


def _frame(table: bytes) -> "pl.DataFrame":
    try:
        import polars as pl
    except ImportError as error:
        raise KgError(
            Wording("紧凑形式", "compact form"),
            Wording("没有安装 polars", "polars is not installed"),
            "pip install 'innovation-ecosystem-kg[tables]'",
        ) from error
    head = table[: table.index(b"\n")].decode().split("\t")
    if sorted(head) != ["?object", "?predicate", "?subject"]:
        found = ", ".join(head) or "none"
        raise QueryError(
            QUERY,
            Wording(f"它的列是 {found}", f"its columns are {found}"),
            Wording("请选取 ?subject ?predicate ?object", "select ?subject ?predicate ?object"),
        )
    names = [name.removeprefix("?") for name in head]
    return pl.read_csv(table, separator="\t", quote_char=None, new_columns=names, infer_schema=False).with_columns(pl.all().fill_null(""))


def _refuse_others(frame: "pl.DataFrame") -> None:
    """Refuse a cell that is not ``<iri>``: a literal, a blank node, a triple term, or nothing."""
    import polars as pl

    for name in ("subject", "predicate", "object"):
        column = pl.col(name)
        wrong = frame.filter(~(column.str.starts_with("<") & ~column.str.starts_with("<<")))
        if len(wrong):
            raise QueryError(
                QUERY,
                Wording(
                    f"?{name} 有 {len(wrong)} 行不是 IRI（{wrong[name][0][:60]!r}）",
                    f"?{name} is no IRI in {len(wrong)} rows ({wrong[name][0][:60]!r})",
                ),
                Wording(f"请加 FILTER(isIRI(?{name}))", f"add FILTER(isIRI(?{name}))"),
            )


def _numbered(frame: "pl.DataFrame", *columns: str) -> tuple[Texts, list[Ints]]:
    """Return the distinct IRIs of ``columns`` in the order of their bytes, and each column as indexes into them."""
    import polars as pl

    cells = pl.concat([frame[name].rename("cell") for name in columns]).unique()
    table = pl.DataFrame({"cell": cells, "iri": cells.str.slice(1).str.strip_suffix(">")}).sort("iri")
    table = table.with_columns(pl.Series("id", np.arange(len(table), dtype=np.int32)))
    found = [frame.select(cell=name).join(table, on="cell", how="left", maintain_order="left")["id"] for name in columns]
    ends = np.concatenate(([0], np.cumsum(table["iri"].str.len_bytes().to_numpy(), dtype=np.int64)))
    block = "".join(table["iri"].to_list()).encode("utf-8")
    return Texts(np.frombuffer(block, dtype=np.uint8), ends), [ids.to_numpy().astype(np.int32, copy=False) for ids in found]


def _sorted_once(subject: Ints, predicate: Ints, target: Ints, nodes: int, predicates: int) -> NDArray[np.intp]:
    key = (subject.astype(np.int64) * max(predicates, 1) + predicate) * max(nodes, 1) + target
    first: NDArray[np.intp] = np.unique(key, return_index=True)[1]
    return first
