"""The check asks the store: the same findings however triples lie in graphs, and the passages that a walk over all triples finds."""

import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib

from kg.build import built_files
from kg.check import Findings, Passage, check
from kg.check.passages import find_passages
from kg.namespaces import OA, PROV, RID, RIE, RIG
from kg.resources import resource
from kg.store import Store
from kg.triples.iris import report_graph
from kg.triples.terms import Iri, Quad
from tests.shacl import TREE, graph_of

REPORT = "wenzhou-huzhou-2020"
REPORTS = resource("graph") / "reports"


@pytest.fixture(scope="module")
def faulty() -> list[Quad]:
    """The built graph without every 29th triple: missing values, things without a type, quotes without their passage."""
    quads = sorted(Store.in_memory(built_files(resource("graph") / "built")).quads(), key=Quad.n3)
    return [quad for i, quad in enumerate(quads) if i % 29]


@pytest.fixture(scope="module")
def result(faulty: list[Quad]) -> Findings:
    return check(Store.of_quads(faulty), reports=REPORTS)


def spread(quads: Iterable[Quad], parts: int) -> Iterable[Quad]:
    """Deal triples out to named graphs whatever they speak of; the class tree, which is followed within a graph, stays together."""
    for quad in quads:
        part = 0 if quad.predicate.value == str(TREE) else zlib.crc32(quad.n3().encode()) % parts
        yield Quad(quad.subject, quad.predicate, quad.object, Iri(f"urn:part:{part}"))


@pytest.mark.parametrize("parts", [1, 3])
def test_findings_do_not_depend_on_the_graphs_in_which_triples_lie(faulty: list[Quad], result: Findings, parts: int) -> None:
    assert len(result.findings) > 300
    assert {finding.severity for finding in result.findings} == {"violation", "warning", "info"}
    dealt = check(Store.of_quads(spread(faulty, parts)), reports=REPORTS)
    assert dealt.findings == result.findings
    assert (dealt.evaluated, dealt.coverage) == (result.evaluated, result.coverage)


def walked(graph: rdflib.Graph, node: rdflib.URIRef) -> Passage | None:
    """Return the passage of ``node`` by a walk over rdflib's triples: its own, that of what it is an aspect or a selector of."""
    oa, rie = rdflib.Namespace(OA), rdflib.Namespace(RIE)
    aspects = [owner for path in (rie.hasRank, rie.hasComparison, rie.hasSuperlative) for owner in graph.subjects(path, node)]
    for owners in ([node], aspects, list(graph.subjects(oa.hasSelector, node))):
        carriers = [
            one
            for owner in owners
            for path in (rdflib.URIRef(f"{PROV}wasDerivedFrom"), rie.mentionedAt)
            for one in graph.objects(owner, path)
        ]
        found = []
        for evidence in (*owners, *carriers):
            said = {
                name: [str(v) for s in graph.objects(evidence, oa.hasSelector) for v in graph.objects(s, oa[name])]
                for name in ("start", "end", "exact")
            }
            for source in graph.objects(evidence, oa.hasSource):
                name = str(graph.value(source, rdflib.DCTERMS.identifier) or source)
                found += [Passage(name, int(a), int(b), c) for a in said["start"] for b in said["end"] for c in said["exact"]]
        if found:
            return min(found, key=lambda passage: (passage.report, passage.start, passage.end, passage.quote))
    return None


def test_the_passage_of_every_node_is_the_one_that_a_walk_over_the_triples_finds(faulty: list[Quad]) -> None:
    store = Store.of_quads(faulty)
    graph = graph_of(store)
    nodes = {str(node) for node in graph.all_nodes() if isinstance(node, rdflib.URIRef)}
    assert len(nodes) > 3000
    expected = {node: passage for node in nodes if (passage := walked(graph, rdflib.URIRef(node)))}
    assert len(expected) > 1500
    assert find_passages(store, nodes) == expected


def test_a_check_of_one_report_counts_what_others_say_of_its_things() -> None:
    quads = list(Store.in_memory(built_files(resource("graph") / "built")).quads())
    alone = check(Store.of_quads(quads), reports=REPORTS, report=REPORT)
    hostless = [finding for finding in alone.findings if finding.shape == "institute-without-host"]
    institute = Iri(hostless[0].focus.replace("rid:", RID))
    hosted = Quad(institute, Iri(f"{RIE}partOf"), Iri("https://example.org/university"), Iri(f"{RIG}report-other"))
    both = check(Store.of_quads([*quads, hosted]), reports=REPORTS, report=REPORT)
    assert [finding for finding in both.findings if finding.shape == "institute-without-host"] == hostless[1:]
    assert both.triples == sum(quad.graph == report_graph(REPORT) for quad in quads)


def test_a_report_that_is_not_beside_the_graph_is_a_finding_and_stops_nothing(result: Findings, faulty: list[Quad], tmp_path: Path) -> None:
    lost = check(Store.of_quads(faulty), reports=tmp_path)
    assert [finding for finding in lost.findings if finding.shape == "text-unchanged"]
    assert lost.coverage == ()
    assert len(result.coverage) == 1
