"""The embedded store beside bare pyoxigraph and rdflib: loading, opening, questions. Ratios count, not seconds.

Reports in the model of this graph, generated (same arguments, same bytes): persons, institutes, programmes, statements with
their sentences, observations, one named graph a report. Rounds are interleaved; printed are medians and [lowest - highest].

    python benchmarks/store_speed.py [--triples 1000000] [--rounds 3] [--rdflib 50000]
"""

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from kg.namespaces import PREFIXES
from kg.store import Store

if TYPE_CHECKING:
    import rdflib

ZH = "@zh-Hans"
PERSONS, INSTITUTES, OBSERVATIONS = 40, 12, 30  # of one report
WORDS = (
    "创新",
    "平台",
    "人才",
    "引进",
    "研究院",
    "院士",
    "领衔",
    "产业",
    "专利",
    "转化",
    "孵化器",
    "政策",
    "资金",
    "量子",
    "园区",
    "投资",
    "企业",
    "集群",
)


def report(number: int) -> Iterator[str]:
    """Yield the N-Quads of one report, about 2,000."""
    draw = random.Random(number)
    graph, rid = f"<{PREFIXES['rig']}report-r{number}>", PREFIXES["rid"]
    names = {"rdf": PREFIXES["rdf"], "xsd": PREFIXES["xsd"], "rie": PREFIXES["rie"]}

    def node(kind: str, at: object, of: int = number) -> str:
        return f"<{rid}{kind}-{of}-{at}>"

    def term(curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return f"<{PREFIXES[prefix]}{local}>"

    def line(subject: str, predicate: str, value: str) -> str:
        return f"{subject} {term(predicate)} {value} {graph} .\n"

    def whole(value: int) -> str:
        return f'"{value}"^^<{names["xsd"]}integer>'

    def evidence(start: int) -> Iterator[str]:
        at, quote = node("v", start), " ".join(draw.choice(WORDS) for _ in range(12))
        position, quotation = f"{at[:-1]}-position>", f"{at[:-1]}-quote>"
        yield line(at, "oa:hasSource", f"<{rid}report-r{number}>")
        yield line(at, "oa:hasSelector", position) + line(at, "oa:hasSelector", quotation)
        yield line(position, "oa:start", whole(start)) + line(position, "oa:end", whole(start + len(quote)))
        yield line(quotation, "oa:exact", f'"{quote}"')

    def fact(at: int, subject: str, predicate: str, value: str) -> Iterator[str]:
        me = node("s", at)
        yield line(subject, predicate, value) + line(me, "rdf:type", term("rdf:Statement")) + line(me, "rdf:subject", subject)
        yield line(me, "rdf:predicate", term(predicate)) + line(me, "rdf:object", value)
        yield line(me, "rie:factualStatus", term(draw.choice(("riec:achieved", "riec:planned"))))
        yield line(me, "prov:wasDerivedFrom", node("v", at))
        yield from evidence(at)

    city = f"<{rid}city-{number % 50}>"
    if number < 50:
        yield line(city, "rdf:type", term("rie:PrefectureLevelCity")) + line(city, "rdfs:label", f'"第{number}市"{ZH}')
    at = 0
    for n in range(INSTITUTES):
        me = node("i", n)
        yield line(me, "rdf:type", term("rie:ResearchInstitute")) + line(me, "rdfs:label", f'"第{number}地第{n}研究院"{ZH}')
        yield line(me, "rie:locatedIn", city) if n < 3 else line(me, "rie:partOf", node("i", (n - 1) // 3))
        yield line(me, "rie:entityType", '"Institute"')
        yield from fact(at := at + 1, node("g", n), "rie:supports", me)
    for n in range(PERSONS):
        me = node("p", n)
        yield line(me, "rdf:type", term("schema:Person")) + line(me, "rdfs:label", f'"李{number}之{n}"{ZH}')
        for predicate in ("rie:leads", "rie:representedBy"):
            of = number if draw.random() < 0.8 else draw.randrange(max(1, number))
            yield from fact(at := at + 1, me, predicate, node("i", draw.randrange(INSTITUTES), of))
        yield from fact(at := at + 1, me, "rie:cooperatesWith", node("p", draw.randrange(PERSONS)))
    for n in range(OBSERVATIONS):
        me, at = node("o", n), at + 1
        yield line(me, "rdf:type", term("rie:StatisticalObservation")) + line(me, "rie:indicator", f"<{rid}c-{n}>")
        yield line(me, "rie:observationSubject", city) + line(me, "rie:value", f'"{draw.randrange(99999)}.5"^^<{names["xsd"]}decimal>')
        yield line(me, "sdmx-dimension:refArea", city) + line(me, "prov:wasDerivedFrom", node("v", at))
        yield from evidence(at)


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
    "scan: words in quotes": lambda i, n: (
        f"""SELECT ?s {{ GRAPH ?g {{ ?s oa:exact ?q FILTER(CONTAINS(?q, "{WORDS[i % 18]} 量子 园区")) }} }}"""
    ),
    "scan: moves": lambda i, n: (
        """SELECT ?a ?b (COUNT(*) AS ?n) { GRAPH ?g { ?p rie:leads ?a ; rie:representedBy ?b FILTER(?a != ?b) } }
       GROUP BY ?a ?b"""
    ),
}


def write_data(folder: Path, triples: int) -> tuple[list[Path], int, int]:
    """Write reports until there are ``triples``; return the files (at most 20), the number of reports and of quads."""
    files, reports, written = [folder / f"part-{part}.nq" for part in range(20)], 0, 0
    handles = [file.open("w", encoding="utf-8") for file in files]
    while written < triples:
        text = "".join(report(reports))
        handles[reports * 20 * 2000 // max(triples, 1) % 20].write(text)
        written, reports = written + text.count("\n"), reports + 1
    for handle in handles:
        handle.close()
    return files, reports, written


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
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files, reports, quads = write_data(folder, given.triples)
        print(f"{quads:,} quads in {reports} reports{'':<12}ours      bare")
        loading(files, folder, given.rounds)
        opening(folder, given.rounds)
        if given.only_load:
            return
        asking(Store.open(folder), pyoxigraph.Store.read_only(str(folder / "bare")), reports, given.rounds)
        if given.rdflib:
            print(f"beside rdflib, {given.rdflib:,} quads in memory{'':<4}rdflib      ours")
            (folder / "small").mkdir()
            beside_rdflib(folder / "small", given.rdflib)


if __name__ == "__main__":
    main()
