"""What the shapes cost, compiled to SPARQL and by pySHACL, on copies of the built report: how long, and whether both find the same.

A copy is the report's graph with every fact, passage and named thing of its own renamed; ontology and authority data are shared,
as among real reports. Faults are planted in the last copy, the same at each size. Both sides begin with the graph in their own form
(a store in memory here, an rdflib graph there); loading is told beside. Seconds are of processor time. Compiled: median of
``--rounds``. pySHACL, which takes minutes, is asked once, up to ``--patience`` triples; beyond, its seconds are those of the largest
size before, times the triples. That flatters it: it grows faster than the graph.
A look-up is what the engine takes from one node to the next in this graph; it grows with the graph, and a linear validation takes as
many of them a triple at each size. The line after it measures what one new report costs: the focus nodes of its graph alone. The
last one is the whole of ``kg check``, texts and notes included, and by how much it raises the peak memory that loading the store took.
"""

import argparse
import logging
import re
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TypeVar

import rdflib
from rdflib.namespace import SH

from kg.build import built_files
from kg.check import check
from kg.check.shapes import nodes_of, read_shapes
from kg.namespaces import OA, PROV
from kg.resources import resource
from kg.shapes import Known, Result, compile_shapes, validate, validate_nodes
from kg.store import Store
from kg.triples.iris import report_graph
from kg.triples.terms import Quad

T = TypeVar("T")
REPORT = "wenzhou-huzhou-2020"
SIZES = (1, 5, 71)  # copies: about 20 thousand, 80 thousand and 1 million triples


def copies(number: int, folder: Path) -> Iterator[Path]:
    """Yield the N-Quads files of a graph with ``number`` copies of the report, the last of them with faults."""
    built = resource("graph") / "built"
    yield from (path for path in built_files(built) if REPORT not in path.name)
    text = (built / f"report-{REPORT}.nq").read_text(encoding="utf-8")
    for i in range(number):
        path = folder / f"copy-{i}.nq"
        copy = re.sub(r"/id/([a-z])-", rf"/id/\1-{i:04d}", text).replace(REPORT, f"copy-{i}")
        path.write_text(faulty(copy) if i == number - 1 else copy, encoding="utf-8")
        yield path


def faulty(text: str) -> str:
    """Leave out every 29th line: values that are missing, things without a type, quotes without their passage."""
    return "".join(line for i, line in enumerate(text.splitlines(keepends=True)) if i % 29)


def timed(way: Callable[[], T]) -> tuple[T, float]:
    begin = time.process_time()
    found = way()
    return found, time.process_time() - begin


def copied(store: Store) -> rdflib.Graph:
    triples = "".join(f"{Quad(quad.subject, quad.predicate, quad.object).n3()}\n" for quad in store.quads())
    return rdflib.Graph().parse(data=triples, format="nt")


def by_pyshacl(graph: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    from pyshacl import validate

    found = validate(graph, shacl_graph=shapes, inference="none", advanced=False)[1]
    assert isinstance(found, rdflib.Graph)
    return found


def by_us(store: Store, shapes: rdflib.Graph) -> list[Result]:
    return validate(store, compile_shapes(shapes, Known(store)))


def same(ours: list[Result], theirs: rdflib.Graph) -> bool:
    told = {(result.source, str(result.focus), str(result.value) if result.value is not None else "") for result in ours}
    reported = {
        tuple(
            "" if (term := theirs.value(result, predicate)) is None else str(term) for predicate in (SH.sourceShape, SH.focusNode, SH.value)
        )
        for result in theirs.objects(None, SH.result)
    }
    return told == reported


def measure(number: int, shapes: rdflib.Graph, rounds: int, patience: int, rate: float) -> float:
    """Print the lines of one size; return pySHACL's seconds a triple."""
    with tempfile.TemporaryDirectory() as folder:
        store, loading = timed(lambda: Store.in_memory(copies(number, Path(folder))))
    asked = len(store) <= patience
    graph, turning = timed(lambda: copied(store)) if asked else (rdflib.Graph(), 0.0)
    theirs, seconds = timed(lambda: by_pyshacl(graph, shapes)) if asked else (graph, rate * len(store))
    rounds_here = [timed(lambda: by_us(store, shapes)) for _ in range(rounds)]
    ours, own = rounds_here[0][0], statistics.median(spent for _, spent in rounds_here)
    each = statistics.median(look_up(store) for _ in range(rounds))
    word = "measured, the same findings" if asked and same(ours, theirs) else "measured, FINDINGS DIFFER" if asked else "projected"
    print(f"{len(store):>9,} triples  loaded in {loading:6.2f} s (rdflib {turning:6.2f} s)  {len(ours)} findings")
    print(f"  compiled {own:8.3f} s   pySHACL {seconds:8.1f} s ({word})   {seconds / own:6.1f} times", flush=True)
    print(
        f"  one look-up {each * 1e6:8.2f} µs   validation {own / each:10,.0f} of them, {own / each / len(store):.2f} a triple", flush=True
    )
    one_report(store, shapes, number, rounds, own)
    with tempfile.TemporaryDirectory() as folder:
        whole_check(store, number, Path(folder))
    return seconds / len(store)


def look_up(store: Store) -> float:
    """Return the seconds of processor time in which the engine goes from one node to the next, here from facts to their passages."""
    edge = f"GRAPH ?g {{ ?fact <{PROV}wasDerivedFrom> ?passage }} GRAPH ?h {{ ?passage <{OA}hasSource> ?report }}"
    rows, seconds = timed(lambda: store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {edge} }}").rows)
    return seconds / int(str(rows[0]["n"]))


def whole_check(store: Store, number: int, folder: Path) -> None:
    for i in range(number):
        shutil.copytree(resource("graph") / "reports" / REPORT, folder / "reports" / f"copy-{i}")
    peak, began = peak_memory(), time.process_time()
    found = check(store, reports=folder / "reports")
    print(
        f"  kg check {time.process_time() - began:8.3f} s processor time   +{peak_memory() - peak:.0f} MB   {len(found.findings)} findings",
        flush=True,
    )


def peak_memory() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def one_report(store: Store, shapes: rdflib.Graph, number: int, rounds: int, whole: float) -> None:
    compiled = compile_shapes(shapes, Known(store))
    name = report_graph(f"copy-{number - 1}")
    spent = [timed(lambda: validate_nodes(store, compiled, nodes_of(store, name)))[1] for _ in range(rounds)]
    print(f"  one report alone {statistics.median(spent):8.3f} s   {statistics.median(spent) / whole:.2f} of the whole", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, nargs="*", default=SIZES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patience", type=int, default=150_000, help="up to how many triples pySHACL is asked")
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # rdflib prints a traceback for each value that is not of its type
    warnings.simplefilter("ignore")
    shapes = read_shapes(resource("ontology") / "shapes.ttl")
    rate = 0.0
    for number in options.copies:
        rate = measure(number, shapes, options.rounds, options.patience, rate)


if __name__ == "__main__":
    main()
