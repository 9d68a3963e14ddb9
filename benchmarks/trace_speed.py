"""Traces between two people in a made-up graph of a million ties, after warm-up, beside NetworkX on the same graph.

The graph has the shape of the real ones, larger: cities in provinces, institutes in a hierarchy with a power law of size,
people with one to eight posts, programmes, events, a few works in common, and concepts that everybody is tied to. Prints the
time to build the compact form and the median, the 95th percentile and the longest of the traces, in milliseconds.
``--ties N`` sets the size (1,000,000 unless told), ``--networkx`` adds the same question put to NetworkX.
"""

import argparse
import random
import statistics
import time

import numpy as np

from kg.compact import Texts
from kg.namespaces import RID, RIE, RIEC
from kg.tracing.limits import Limits, ways
from kg.tracing.network import WITHIN, Network, pack
from kg.tracing.paths import find_paths

TYPES = ("Academician", "City", "Concept", "Event", "Institute", "Person", "Programme", "Province", "University")
_SAID = ("cooperatesWith", "hasTitle", "leads", "locatedIn", "memberOf", "participant", "partOf", "supports")
RELATIONS = (*(f"{RIE}{name}" for name in _SAID), WITHIN)
WARM, RUNS = 20, 300


def made_up(ties: int, seed: int = 7) -> Network:
    """Return a network of about ``ties`` ties; the same arguments give the same network."""
    draw = np.random.default_rng(seed)
    cities, provinces, concepts = 300, 31, 200
    people, institutes, events = ties // 6, max(50, ties // 120), ties // 20
    counts = {"City": cities, "Province": provinces, "Concept": concepts, "Institute": institutes, "Person": people, "Event": events}
    base, total = {}, 0
    for name, count in counts.items():
        base[name], total = total, total + count
    rows: list[tuple[np.ndarray, str, np.ndarray]] = []

    def some(name: str, size: int, power: float = 1.0) -> np.ndarray:
        return base[name] + (counts[name] * draw.random(size) ** power).astype(np.int64)

    persons = base["Person"] + np.arange(people)
    posts = np.repeat(persons, np.minimum(8, draw.pareto(1.6, people).astype(int) + 1))
    rows.append((posts, f"{RIE}memberOf", some("Institute", len(posts), 2.0)))
    rows.append((some("Person", institutes), f"{RIE}leads", base["Institute"] + np.arange(institutes)))
    rows.append((base["Institute"] + np.arange(1, institutes), f"{RIE}partOf", base["Institute"] + np.arange(institutes - 1) // 3))
    rows.append((base["Institute"] + np.arange(institutes), f"{RIE}locatedIn", some("City", institutes)))
    rows.append((base["City"] + np.arange(cities), WITHIN, base["Province"] + np.arange(cities) % provinces))
    rows.append((persons[::2], f"{RIE}hasTitle", some("Concept", len(persons[::2]), 3.0)))
    rows.append((np.repeat(base["Event"] + np.arange(events), 3), f"{RIE}participant", some("Person", events * 3)))
    rows.append((some("Institute", institutes * 4, 1.5), f"{RIE}cooperatesWith", some("Institute", institutes * 4)))
    left = max(0, ties - sum(len(row[0]) for row in rows))
    rows.append((some("Person", left), f"{RIE}cooperatesWith", some("Person", left, 2.5)))
    return _packed(rows, counts, total, draw)


def _packed(rows: list[tuple[np.ndarray, str, np.ndarray]], counts: dict[str, int], total: int, draw: np.random.Generator) -> Network:
    subject = np.concatenate([row[0] for row in rows]).astype(np.int32)
    target = np.concatenate([row[2] for row in rows]).astype(np.int32)
    predicate = np.concatenate([np.full(len(row[0]), RELATIONS.index(row[1]), dtype=np.int16) for row in rows])
    kept = subject != target
    subject, target, predicate = subject[kept], target[kept], predicate[kept]
    n = len(subject)
    kind = np.concatenate([np.full(count, TYPES.index(name), dtype=np.int16) for name, count in counts.items()])
    first = draw.integers(733000, 739000, n).astype(np.int32)
    return pack(
        Texts.of(f"{RID}e-{i:012d}" for i in range(total)),
        Texts.of(f"{RID}s-{i:012d}" for i in range(n)),
        (TYPES, RELATIONS, (f"{RIEC}achieved", f"{RIEC}planned"), ("a", "b", "c")),
        kind,
        subject,
        target,
        predicate,
        (draw.random(n) < 0.1).astype(np.int16),
        draw.integers(0, 3, n).astype(np.int32),
        first,
        first + 30,
        draw.random(n) < 0.5,
        np.zeros(n, dtype=bool),
    )


def measure(network: Network, k: int, limits: Limits, seed: int = 3) -> tuple[list[float], int]:
    """Return the milliseconds of each trace between two people drawn at random, and how many were joined."""
    people = np.flatnonzero(network.of_types(["Person"])).tolist()
    draw = random.Random(seed)
    spent, joined = [], 0
    for i in range(WARM + RUNS):
        a, b = draw.sample(people, 2)
        start = time.perf_counter()
        found = find_paths(ways(network, a, b, limits), k, limits)
        if i >= WARM:
            spent.append((time.perf_counter() - start) * 1000)
            joined += bool(found)
    return spent, joined


def show(name: str, spent: list[float], joined: int) -> None:
    ordered = sorted(spent)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    print(
        f"{name:<34} median {statistics.median(spent):7.1f}  p95 {p95:7.1f}  longest {ordered[-1]:7.1f} ms   {joined}/{len(spent)} joined"
    )


def beside_networkx(network: Network) -> None:
    import networkx as nx

    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(network.subject.tolist(), network.object.tolist(), network.weight.tolist(), strict=True))
    people = np.flatnonzero(network.of_types(["Person"])).tolist()
    draw = random.Random(3)
    spent = []
    for _ in range(10):
        a, b = draw.sample(people, 2)
        start = time.perf_counter()
        paths = nx.shortest_simple_paths(graph, a, b, weight="weight")
        for _ in range(3):
            next(paths, None)
        spent.append((time.perf_counter() - start) * 1000)
    show("NetworkX, 3 paths, 10 traces", spent, len(spent))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--networkx", action="store_true")
    options = parser.parse_args()
    start = time.perf_counter()
    network = made_up(options.ties)
    print(f"{len(network.subject):,} ties between {network.size:,} things, compact form in {time.perf_counter() - start:.1f} s")
    show("3 paths", *measure(network, 3, Limits()))
    show("10 paths", *measure(network, 10, Limits()))
    show("3 paths, achieved, one report", *measure(network, 3, Limits(statuses=frozenset({f"{RIEC}achieved"}), reports=frozenset({"a"}))))
    show("3 paths through everything", *measure(network, 3, Limits(through=frozenset({"all"}))))
    if options.networkx:
        beside_networkx(network)


if __name__ == "__main__":
    main()
