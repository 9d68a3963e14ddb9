"""The rules of inference beside owlrl, which materialises the same conclusions as OWL 2 RL property chains: processor time.

Reports are written (same arguments, same bytes) with sentences from which something follows by each rule, and read by the program
itself. Ours: the rules over the graph of each report, as a build runs them, and the quads of their conclusions with premises and
passages. owlrl: the closure of the same triples and seven axioms that say what the rules say, but for what OWL cannot: that a thing
has no place of its own, and which statements a conclusion comes from. ``edges`` gives owlrl only the triples that can be premises, no
statements, passages or labels. Loading counts on neither side. Each of our conclusions must be in owlrl's closure.

    python benchmarks/inference_speed.py [--reports 0 2 6] [--rounds 3] [--patience 120000]
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import rdflib
from rdflib.namespace import OWL
from rdflib.util import from_n3

from kg.build import build
from kg.inference import Conclusion, conclude, inference_quads, inference_rules
from kg.namespaces import PREFIXES, RIE, SCHEMA
from kg.store import Store
from kg.triples import iris
from kg.triples.terms import Quad

T = TypeVar("T")
AXIOMS = """
rie:locatedIn a owl:TransitiveProperty ;
    owl:propertyChainAxiom ( rie:partOf rie:locatedIn ) , ( rie:incubatedIn rie:locatedIn ) .
rie:memberOf owl:propertyChainAxiom ( rie:leads rie:partOf ) .
rie:cooperatesWith owl:propertyChainAxiom
    ( [ owl:inverseOf schema:areaServed ] rie:cooperatesWith ) , ( rie:cooperatesWith schema:areaServed ) .
rie:signedWith owl:propertyChainAxiom ( [ owl:inverseOf schema:areaServed ] rie:signedWith ) , ( rie:signedWith schema:areaServed ) .
"""
PREMISES = [f"{RIE}{name}" for name in ("leads", "partOf", "incubatedIn", "locatedIn", "cooperatesWith", "signedWith", "memberOf")]
SENTENCES = 40


def write_report(folder: Path, number: int) -> None:
    """Write a report of a city of its own."""
    draw = random.Random(number)
    place = "".join(draw.choice("云川临江海宁山阳清安平乐") for _ in range(2))
    lines = [f"{place}市"]
    for n in range(SENTENCES):
        name = "".join(draw.choice("光电生物海洋智能材料能源数据") for _ in range(3)) + "一二三四五六七八九十"[n % 10]
        person = draw.choice("王李张刘陈") + draw.choice("伟芳敏静丽强磊") + draw.choice("洋艳杰涛明")
        lines.append(
            f"{person}院士领衔{place}{name}研究院，{place}{name}研究院隶属于{place}大学。{place}{name}研究院位于{place}高新区。"
            f"{place}市科学技术局与{name}大学合作。"
        )
    lines.append(f"{place}高新区位于{place}市。{place}大学位于{place}市。")
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "report.toml").write_text(f'title = "{place}市科技创新"\n[issued]\ndate = "2021"\n', encoding="utf-8")


def timed(way: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    found = way()
    return found, time.process_time() - began


def ours(stores: list[Store]) -> list[Conclusion]:
    rules = inference_rules()
    found = [conclusion for store in stores for conclusion in conclude(store, rules)]
    inference_quads(found, rules)
    return found


def theirs(graph: rdflib.Graph) -> rdflib.Graph:
    import owlrl

    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def merged(store: Store, only_edges: bool) -> rdflib.Graph:
    """Return the triples of the reports and the authority data, with the axioms."""
    names = [name for name in store.graphs() if iris.report_of(name) or name == iris.graph("authority")]
    wanted = (*PREMISES, f"{SCHEMA}areaServed")
    quads = (quad for name in names for quad in store.quads(name) if not only_edges or quad.predicate.value in wanted)
    triples = "".join(f"{Quad(quad.subject, quad.predicate, quad.object).n3()}\n" for quad in quads)
    graph = rdflib.Graph().parse(data=triples, format="nt")
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("rie", "schema"))
    return graph.parse(data=f"@prefix owl: <{OWL}> .\n{head}{AXIOMS}", format="turtle")


def concluded(said: Conclusion, closed: rdflib.Graph) -> bool:
    """Say whether owlrl concludes it too; who works with whom is the same both ways, which the axioms do not say."""
    subject, predicate, target = (from_n3(term.n3()) for term in (said.subject, said.predicate, said.object))
    return (subject, predicate, target) in closed or (target, predicate, subject) in closed


def measure(number: int, rounds: int, patience: int) -> None:
    """Print the lines of ``number`` written reports, or of the bundled one for 0."""
    with tempfile.TemporaryDirectory() as name:
        graph = Path(name)
        for report in range(number):
            write_report(graph / "reports" / f"r{report}", report)
        build(None, graph)
        whole = Store.in_memory(sorted((graph / "built").glob("*.nq")))
        shared = graph / "built" / "authority.nq"
        stores = [Store.in_memory([file, shared]) for file in sorted((graph / "built").glob("report-*.nq"))]
    taken = [timed(lambda: ours(stores)) for _ in range(rounds)]
    found, seconds = taken[0][0], statistics.median(spent for _, spent in taken)
    triples = sum(1 for name in whole.graphs() if iris.report_of(name) for _ in whole.quads(name))
    words = f"{number} written reports" if number else "the bundled report"
    print(f"{words}, {triples:,} triples: {len(found):,} conclusions in {seconds:.3f} s", flush=True)
    if triples > patience:
        return
    for kind, only_edges in (("edges", True), ("whole", False)):
        graph_ = merged(whole, only_edges)
        before = len(graph_)
        closed, spent = timed(lambda given=graph_: theirs(given))  # type: ignore[misc]
        missing = [one for one in found if not concluded(one, closed)]
        print(
            f"   owlrl, {kind:<6}{before:9,} -> {len(closed):,} triples {spent:9.2f} s   owlrl / ours {spent / seconds:8.0f}   "
            f"{len(missing)} of our conclusions missing there",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[0, 2, 6])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patience", type=int, default=120_000, help="up to how many triples owlrl is asked")
    given = parser.parse_args()
    for number in given.reports:
        measure(number, given.rounds, given.patience)


if __name__ == "__main__":
    main()
