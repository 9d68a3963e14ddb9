"""The embedded store beside bare pyoxigraph and rdflib: loading, opening, questions. Ratios count, not seconds.

Reports in the model of this graph, generated (same arguments, same bytes): persons, institutes, programmes, statements with
their sentences, observations, one named graph a report. Rounds are interleaved; printed are medians and [lowest - highest].

    python benchmarks/store_speed.py [--triples 1000000] [--rounds 3] [--rdflib 50000] [--only-load] [--columns PYTHON]
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from store_data import INSTITUTES, PERSONS, WORDS, ZH, write_data

from kg.namespaces import PREFIXES
from kg.store import Store

if TYPE_CHECKING:
    import rdflib


def with_prefixes(query: str) -> str:
    """Return ``query`` with the prefixes that it uses declared, as a question of the catalogue has them."""
    return "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items() if f"{name}:" in query) + query


def institute(i: int, reports: int) -> str:
    return f"rid:i-{i * 7 % reports}-{i * 5 % INSTITUTES}"


def person(i: int, reports: int) -> str:
    return f"rid:p-{i * 7 % reports}-{i * 11 % PERSONS}"


EVIDENCE = """?fact prov:wasDerivedFrom ?v . ?v oa:hasSource ?report ; oa:hasSelector ?at , ?said .
  ?at oa:start ?start ; oa:end ?end . ?said oa:exact ?quote"""
QUESTIONS: dict[str, Callable[[int, int], str]] = {
    "label": lambda i, n: f'SELECT ?s {{ GRAPH ?g {{ ?s rdfs:label "第{i * 7 % n}地第{i % INSTITUTES}研究院"{ZH} }} }}',
    "people of an institute": lambda i, n: (
        f"""SELECT ?p ?name ?status {{ GRAPH ?g {{ ?fact rdf:object {institute(i, n)} ;
       rdf:predicate rie:leads ; rdf:subject ?p ; rie:factualStatus ?status . ?p rdfs:label ?name }} }}"""
    ),
    "two hops": lambda i, n: f"SELECT DISTINCT ?x {{ GRAPH ?g {{ {person(i, n)} rie:leads ?i . ?x rie:leads|rie:representedBy ?i }} }}",
    "programmes of a city": lambda i, n: (
        f"""SELECT ?p ?i {{ GRAPH ?g {{ ?i rie:locatedIn rid:city-{i % min(n, 50)} .
       ?p rie:supports ?i }} }}"""
    ),
    "ranking": lambda i, n: (
        f"""SELECT ?o ?v {{ GRAPH rig:report-r{i % n} {{ ?o rie:indicator ?c ; rie:value ?v }} }}
       ORDER BY DESC(?v) ?o LIMIT 10"""
    ),
    "part-of path": lambda i, n: f"SELECT ?i {{ GRAPH rig:report-r{i % n} {{ ?i rie:partOf*/rie:locatedIn rid:city-{i % n % 50} }} }}",
    "sentence of an edge": lambda i, n: (
        f"SELECT * {{ GRAPH ?g {{ ?fact rdf:subject {person(i, n)} ; rdf:predicate rie:leads . {EVIDENCE} }} }}"
    ),
    "three hops": lambda i, n: (
        f"""SELECT DISTINCT ?x ?y {{ GRAPH ?g {{ {person(i, n)} rie:cooperatesWith|^rie:cooperatesWith ?x .
       ?x rie:cooperatesWith|^rie:cooperatesWith ?y . ?y rie:leads ?i }} }}"""
    ),
    "neighbourhood": lambda i, n: (
        f"""SELECT ?s ?p ?o {{ GRAPH ?g {{ {{ BIND({institute(i, n)} AS ?s) {institute(i, n)} ?p ?o }} UNION
       {{ ?s ?p {institute(i, n)} }} }} }}"""
    ),
    "scan: types": lambda i, n: "SELECT ?t (COUNT(?s) AS ?n) { GRAPH ?g { ?s a ?t } } GROUP BY ?t",
    "scan: indicator ranking": lambda i, n: (
        """SELECT ?o ?v { GRAPH ?g { ?o rie:indicator rid:c-5 ; rie:value ?v } } ORDER BY DESC(?v) ?o LIMIT 10"""
    ),
    "scan: words in quotes": lambda i, n: (
        f"""SELECT ?s {{ GRAPH ?g {{ ?s oa:exact ?q FILTER(CONTAINS(?q, "{WORDS[i % 18]} 量子 园区")) }} }}"""
    ),
    "scan: moves": lambda i, n: (
        """SELECT ?a ?b (COUNT(*) AS ?n) { GRAPH ?g { ?p rie:leads ?a ; rie:representedBy ?b FILTER(?a != ?b) } }
       GROUP BY ?a ?b"""
    ),
}


def said(name: str, ours: list[float], bare: list[float], unit: float, sign: str = "ours / bare") -> None:
    ratios = sorted(o / b for o, b in zip(ours, bare, strict=True))
    shown = f"{statistics.median(ours) * unit:9.3f} {statistics.median(bare) * unit:9.3f}"
    print(f"{name:<34}{shown}   {sign} {statistics.median(ratios):5.2f}  [{ratios[0]:.2f} - {ratios[-1]:.2f}]", flush=True)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


_LOAD = """
import resource, sys, time
began, spent = time.perf_counter(), time.process_time()
{}
print(time.perf_counter() - began, time.process_time() - spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)
"""
_BARE = """from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=RdfFormat.N_QUADS)
store.flush()"""
_OURS = """from pathlib import Path
from kg.store import write_store
write_store([Path(file) for file in sys.argv[2:]], Path(sys.argv[1]), "")"""


def loading(files: list[Path], folder: Path, rounds: int) -> None:
    """Load in a process of its own each time; the second writes while the disk still has the first's pages, so they take turns."""
    whole = folder / "whole.nq"
    with whole.open("wb") as target:
        for file in files:
            target.write(file.read_bytes())
    ways = {"bare": (_BARE, [whole]), "store": (_OURS, files)}
    took: dict[str, list[list[float]]] = {name: [] for name in ways}
    for turn in range(rounds):
        for name in ways:
            shutil.rmtree(folder / name, ignore_errors=True)
        for name in list(ways)[:: 1 if turn % 2 else -1]:
            program, texts = ways[name]
            command = [sys.executable, "-c", _LOAD.format(program), str(folder / name), *map(str, texts)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            took[name].append([float(value) for value in done.stdout.split()])
    for at, what in enumerate(("bulk load on disk, s", "   processor, s", "   memory at most, MB")):
        said(what, *([round_[at] for round_ in took[name]] for name in ("store", "bare")), 1)
    for name in ways:
        size = sum(file.stat().st_size for file in (folder / name).rglob("*") if file.is_file())
        print(f"   {'ours' if name == 'store' else name} on disk, MB {size / 1e6:24.0f}", flush=True)
    whole.unlink()


def opening(folder: Path, rounds: int) -> None:
    """Open in a new process, as a command does; only the opening and a first look-up are timed there."""
    query = with_prefixes(QUESTIONS["label"](1, 10))
    bare = f"import time; from pyoxigraph import Store; t = time.perf_counter(); list(Store.read_only({str(folder / 'bare')!r}).query(Q))"
    ours = "import time; from pathlib import Path; from kg.store import Store; t = time.perf_counter(); "
    ours += f"Store.open(Path({str(folder / 'store')!r})).select(Q).rows"
    took: dict[str, list[float]] = {bare: [], ours: []}
    for _ in range(max(5, rounds)):
        for program, times in took.items():
            command = [sys.executable, "-c", f"Q = {query!r}\n{program}\nprint(time.perf_counter() - t)"]
            times.append(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    said("open in a new process, ms", took[ours], took[bare], 1000)


def asking(ours: Store, bare: pyoxigraph.Store, reports: int, rounds: int) -> None:
    for name, question in QUESTIONS.items():
        scan = name.startswith("scan")
        texts = [with_prefixes(question(i, reports)) for i in range(1 if scan else 30)]
        took: list[list[float]] = [[], [], [], []]
        for _ in range(rounds):
            for text in texts:
                for times, seconds in zip(took, once(ours, bare, text), strict=True):
                    times.append(seconds)
        plain, got, plain_read, read = took
        said(f"{name}, ms", _quantiles(got), _quantiles(plain), 1000)
        said("   every cell read", _quantiles(read), _quantiles(plain_read), 1000)


def once(ours: Store, bare: pyoxigraph.Store, text: str) -> list[float]:
    """Return the seconds of one question: bare and ours with the answer in hand, then with every cell read as text.

    Each is asked twice and the second counts, so that none profits from pages that another has brought into memory.
    """
    ways: list[Callable[[], object]] = [
        lambda: list(bare.query(text)),
        lambda: ours.select(text),
        lambda: [[term.value for term in row if term] for row in bare.query(text)],
        lambda: [[str(term) for term in row.values() if term] for row in ours.select(text)],
    ]
    return [(timed(way), timed(way))[1] for way in ways]


def _quantiles(values: list[float]) -> list[float]:
    """Return first quartile, median and third quartile."""
    return statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values


def beside_columns(python: str, file: Path, store: Store, reports: int) -> None:
    """Ask the scans of engines that keep columns, which ``python`` has installed; they know no named graphs and are asked without."""
    scans = {name: with_prefixes(question(0, reports)) for name, question in QUESTIONS.items() if name.startswith("scan")}
    plain = {name: re.sub(r"GRAPH \?g \{(.*)\}(\s*\})", r"\1\2", text, flags=re.DOTALL) for name, text in scans.items()}
    command = [python, str(Path(__file__).with_name("column_engines.py")), str(file)]
    done = subprocess.run(command, input=json.dumps(plain), capture_output=True, text=True, check=True)
    print(f"scans beside engines that keep columns, ms of processor time{'':<4}ours      theirs")
    for engine, found in json.loads(done.stdout).items():
        for name, theirs in found.items():
            spent, rows = [], 0
            for _ in range(3):
                began = time.process_time()
                rows = len(store.select(scans[name]))
                spent.append(time.process_time() - began)
            same = "same number of rows" if rows == theirs["rows"] else f"{rows} rows, there {theirs['rows']:.0f}"
            ours = min(spent)
            ratio = ours / theirs["seconds"]
            print(f"{name:<26}{engine:<8}{ours * 1000:9.1f} {theirs['seconds'] * 1000:9.1f}   ours / theirs {ratio:6.1f}   {same}")


def beside_rdflib(folder: Path, triples: int) -> None:
    files, reports, _ = write_data(folder, triples)
    ours = Store.in_memory([file for file in files if file.stat().st_size])
    theirs = ours.copied_dataset()
    for name, question in QUESTIONS.items():
        texts = [with_prefixes(question(i, reports)) for i in range(1 if name.startswith("scan") else 3)]
        mine = [min(timed(partial(ours.select, text)) for _ in range(5)) for text in texts]
        his = [timed(partial(_consumed, theirs, text)) for text in texts]
        said(f"{name}, ms", his, mine, 1000, "rdflib / ours")


def _consumed(dataset: "rdflib.Dataset", text: str) -> int:
    return len(dataset.query(text).bindings)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--triples", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--rdflib", type=int, default=50_000, help="triples for the rounds with rdflib; 0 leaves them out")
    arguments.add_argument("--only-load", action="store_true", help="load and open, ask nothing")
    arguments.add_argument("--columns", metavar="PYTHON", help="a Python with duckdb and maplib: ask them the scans, and nothing else")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files, reports, quads = write_data(folder, given.triples)
        print(f"{quads:,} quads in {reports} reports{'':<12}ours      bare")
        loading(files, folder, given.rounds)
        opening(folder, given.rounds)
        if given.only_load:
            return
        if given.columns:
            whole = folder / "whole.nq"
            whole.write_bytes(b"".join(file.read_bytes() for file in files))
            beside_columns(given.columns, whole, Store.open(folder), reports)
            return
        asking(Store.open(folder), pyoxigraph.Store.read_only(str(folder / "bare")), reports, given.rounds)
        if given.rdflib:
            print(f"beside rdflib, {given.rdflib:,} quads in memory{'':<4}rdflib      ours")
            (folder / "small").mkdir()
            beside_rdflib(folder / "small", given.rdflib)


if __name__ == "__main__":
    main()
