"""From the store to a network, beside the ways others go, on the same triples, in one process, turn by turn.

Made-up ties between things (every triple joins two IRIs) are loaded into the store, which no clock counts. Then, from the
loaded store to a finished network:

- the compact form beside ``SELECT -> TSV -> polars -> arrays``, the shortest way by hand to integer ids (relations as texts);
- the NetworkX graph made from the compact form beside ``add_edges_from`` over the same SELECT and beside rdflib's
  ``rdflib_to_networkx_digraph`` (its graph loaded beforehand, too);
- at ``--small`` edges the same beside ``SubgraphMatrix`` of kglab, which weighs 936 MB and therefore lives in an environment
  of its own: ``--kglab path/to/python`` names its interpreter; without it, it is not measured.

Prints the median of the clock [shortest - longest] and of the processor time of all threads, in milliseconds, and ratios of
both: on a machine that others use too, the second is the steadier. ``--edges`` and ``--rounds`` set the size.
"""

import argparse
import gc
import hashlib
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pyoxigraph
import rdflib
from rdflib.extras.external_graph_libs import rdflib_to_networkx_digraph

from kg.compact import TIES, read_compact
from kg.namespaces import RID, RIE, RIG
from kg.store import Store

RELATIONS = ("attracts", "cooperatesWith", "hasTitle", "leads", "locatedIn", "memberOf", "partOf", "supports")
KGLAB = """
import sys, time
import kglab, networkx
graph = kglab.KnowledgeGraph()
graph.load_rdf(sys.argv[1], format="nt")
for _ in range(int(sys.argv[2])):
    begin, busy = time.perf_counter(), time.process_time()
    query = "SELECT ?subject ?object WHERE { ?subject ?predicate ?object FILTER(isIRI(?object)) }"
    made = kglab.SubgraphMatrix(graph, query).build_nx_graph(networkx.DiGraph())
    print("took", (time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000)
"""


def triples(edges: int, seed: int = 3) -> list[str]:
    """Return about ``edges`` different triples between things as N-Triples without the final dot, five ties a thing."""
    draw = np.random.default_rng(seed)
    nodes = max(2, edges // 5)
    names = [f"<{RID}e-{hashlib.sha256(str(i).encode()).hexdigest()[:16]}>" for i in range(nodes)]
    subject, relation = draw.integers(0, nodes, edges).tolist(), draw.integers(0, len(RELATIONS), edges).tolist()
    target = (nodes * draw.random(edges) ** 2).astype(int).tolist()  # some things are what many are tied to
    rows = zip(subject, relation, target, strict=True)
    return sorted({f"{names[s]} <{RIE}{RELATIONS[r]}> {names[t]}" for s, r, t in rows})


def by_polars(store: Store) -> tuple[Any, ...]:
    """The shortest way by hand: the engine's table, read and numbered by polars; the relations stay texts."""
    frame = pl.read_csv(store.tsv(TIES), separator="\t", quote_char=None, has_header=True, new_columns=["s", "p", "o"])
    names = pl.concat([frame["s"], frame["o"]]).unique(maintain_order=True)
    ids = pl.DataFrame({"k": names, "i": np.arange(len(names), dtype=np.int32)})
    found = frame.join(ids.rename({"k": "s", "i": "si"}), on="s", how="left").join(ids.rename({"k": "o", "i": "oi"}), on="o", how="left")
    return names, found["si"].to_numpy(), found["oi"].to_numpy(), found["p"]


def by_select(engine: pyoxigraph.Store, graph: Any) -> Any:
    """``add_edges_from`` over the rows of the engine itself."""
    if graph.is_multigraph():
        graph.add_edges_from((s.value, o.value, p.value, {"predicate": p.value}) for s, p, o in engine.query(TIES))
    else:
        graph.add_edges_from((s.value, o.value, {"predicate": p.value}) for s, p, o in engine.query(TIES))
    return graph


Spent = list[tuple[float, float]]  # milliseconds by the clock and of the processor, one pair a round


def measured(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, Spent]:
    """Return what each way took, one round after the other so that a slow spell strikes them all."""
    spent: dict[str, Spent] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            begin, busy = time.perf_counter(), time.process_time()
            made = way()
            spent[name].append(((time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000))
            del made
    return spent


def beside_kglab(python: str | None, file: Path, rounds: int) -> Spent:
    if python is None:
        return []
    done = subprocess.run([python, "-c", KGLAB, str(file), str(rounds)], capture_output=True, text=True, timeout=1800, check=False)
    took = [line.split() for line in done.stdout.splitlines() if line.startswith("took ")]
    found = [(float(clock), float(busy)) for _, clock, busy in took]
    if not found:
        print(f"kglab could not be run: {done.stderr.strip().splitlines()[-1:]}")
    return found


def show(name: str, spent: Spent) -> None:
    if not spent:
        print(f"{name:<42} not measured")
        return
    clock, busy = zip(*spent, strict=True)
    print(f"{name:<42} {statistics.median(clock):9.1f} [{min(clock):.1f} - {max(clock):.1f}]   processor {statistics.median(busy):9.1f}")


def ratio(name: str, one: Spent, other: Spent, bar: str) -> None:
    if not one or not other:
        print(f"{name:<42} not measured   {bar}")
        return
    clock, busy = (
        statistics.median(a) / statistics.median(b) for a, b in zip(zip(*one, strict=True), zip(*other, strict=True), strict=True)
    )
    print(f"{name:<42} {clock:9.2f}   processor {busy:9.2f}   {bar}")


def small(lines: list[str], options: argparse.Namespace, folder: Path) -> None:
    store = loaded(lines, folder)
    file = folder / "small.nt"
    file.write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")
    spent = measured({"compact": lambda: read_compact(store), "networkx": lambda: read_compact(store).to_networkx(nx.DiGraph)}, 5)
    theirs = beside_kglab(options.kglab, file, 2)
    print(f"{len(lines):,} triples, medians of 5 rounds (kglab: 2)")
    show("compact form", spent["compact"])
    show("compact form -> nx.DiGraph", spent["networkx"])
    show("kglab SubgraphMatrix -> nx.DiGraph", theirs)
    ratio("kglab / compact form -> nx.DiGraph", theirs, spent["networkx"], "at least 100")


def loaded(lines: list[str], folder: Path) -> Store:
    file = folder / "ties.nq"
    file.write_text("".join(f"{line} <{RIG}made-up> .\n" for line in lines), encoding="utf-8")
    return Store.in_memory([file])


def large(lines: list[str], options: argparse.Namespace, folder: Path) -> None:
    store = loaded(lines, folder)
    engine = pyoxigraph.Store()
    engine.bulk_load(path=str(folder / "ties.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    plain = rdflib.Graph()
    if not options.no_rdflib:
        plain.parse(data="".join(f"{line} .\n" for line in lines), format="nt")
    gc.collect()
    gc.freeze()  # what is loaded is no candidate for rubbish: otherwise every way would pay for rdflib's objects
    ways: dict[str, Callable[[], object]] = {
        "compact form": lambda: read_compact(store),
        "SELECT -> TSV -> polars -> arrays": lambda: by_polars(store),
        "compact form -> nx.DiGraph": lambda: read_compact(store).to_networkx(nx.DiGraph),
        "SELECT -> nx.DiGraph.add_edges_from": lambda: by_select(engine, nx.DiGraph()),
        "compact form -> nx.MultiDiGraph": lambda: read_compact(store).to_networkx(),
        "SELECT -> nx.MultiDiGraph.add_edges_from": lambda: by_select(engine, nx.MultiDiGraph()),
    }
    if not options.no_rdflib:
        ways["rdflib_to_networkx_digraph"] = lambda: rdflib_to_networkx_digraph(plain)
    spent = {"rdflib_to_networkx_digraph": [], **measured(ways, options.rounds)}
    print(f"{len(lines):,} triples, medians of {options.rounds} rounds")
    for name, times in spent.items():
        show(name, times)
    ratio("compact form / polars", spent["compact form"], spent["SELECT -> TSV -> polars -> arrays"], "at most 1.5")
    for kind in ("DiGraph", "MultiDiGraph"):
        ours, theirs = spent[f"compact form -> nx.{kind}"], spent[f"SELECT -> nx.{kind}.add_edges_from"]
        ratio(f"nx.{kind}: ours / add_edges_from", ours, theirs, "at most 1")
    ratio("rdflib / compact form -> nx.DiGraph", spent["rdflib_to_networkx_digraph"], spent["compact form -> nx.DiGraph"], "at least 5")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, default=900_000)
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kglab", metavar="PYTHON", help="the interpreter of an environment that has kglab")
    parser.add_argument("--no-rdflib", action="store_true", help="leave rdflib out: it takes most of the time and of the memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        small(triples(options.small), options, Path(name))
        large(triples(options.edges), options, Path(name))


if __name__ == "__main__":
    main()
