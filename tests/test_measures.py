"""Measures: what a researcher reports of a network, as NetworkX has it, and the same on every run."""

import os
import random
import subprocess
import sys
from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.networks import network as made_up
from kg.compact import CompactNetwork
from kg.errors import QueryError
from kg.measures import annotate, bipartite, centrality, communities, measure, measured_answer, shared_answer, summary, type_labels
from kg.measures.communities import FEW, communities_of, modularity
from kg.measures.simple import simple_of
from kg.views import Network, project
from tests.networks import small_store


def two_rings() -> Network:
    """Two rings of three, 甲-乙-丙 and 丁-戊-己, which 陈 alone joins."""
    graph = nx.MultiDiGraph()
    for name, kind in {"甲": "Institute", "乙": "Person", "丙": "Person", "丁": "Institute", "戊": "Person", "己": "Person"}.items():
        graph.add_node(name, label=name, type=kind)
    graph.add_node("陈", label="陈", type="Academician")
    for subject, target in ("乙甲", "丙甲", "乙丙", "戊丁", "己丁", "戊己", "陈甲", "陈丁"):
        graph.add_edge(subject, target, predicate="leads")
    return graph


def plain(network: Network) -> "nx.Graph[str]":
    """Return the simple network by NetworkX's own means; ``weight`` counts the ties of a pair."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(network))
    ties = Counter(tuple(sorted(ends)) for ends in network.edges() if ends[0] != ends[1])
    simple.add_weighted_edges_from((a, b, count) for (a, b), count in sorted(ties.items()))
    return simple


@st.composite
def networks(draw: st.DrawFn) -> Network:
    graph = nx.MultiDiGraph()
    names = draw(st.lists(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), unique=True))
    for name in names:
        graph.add_node(name, label=name, type=draw(st.sampled_from(["Person", "Institute"])))
    if names:
        graph.add_edges_from(draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=25)))
    return graph


@given(networks())
@settings(deadline=None)
def test_small_networks_measure_as_networkx_measures_them(graph: Network) -> None:
    found, simple = measure(graph), plain(graph)
    rows = {row.iri: row for row in found.rows}
    assert list(rows) == sorted(graph)
    assert {iri: row.degree for iri, row in rows.items()} == dict(simple.degree())
    assert {iri: row.ties for iri, row in rows.items()} == dict(simple.degree(weight="weight"))
    assert {iri: row.betweenness for iri, row in rows.items()} == pytest.approx(nx.betweenness_centrality(simple), abs=1e-9)
    ranks = nx.pagerank(simple, weight="weight", tol=1e-12, max_iter=1000) if rows else {}
    assert {iri: row.pagerank for iri, row in rows.items()} == pytest.approx(ranks, abs=1e-9)
    assert {frozenset(iri for iri in rows if rows[iri].component == n) for n in range(found.components)} == {
        frozenset(part) for part in nx.connected_components(simple)
    }
    groups = [{iri for iri in rows if rows[iri].community == n} for n in range(found.communities)]
    assert found.modularity == pytest.approx(nx.community.modularity(simple, groups, weight="weight") if simple.size() else 0)
    for iri, row in rows.items():
        assert row.by_type == Counter(graph.nodes[other]["type"] for other in simple[iri])


@given(networks(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_nodes_and_edges_were_added_changes_nothing(graph: Network, draw: random.Random) -> None:
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    draw.shuffle(nodes)
    draw.shuffle(edges)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(nodes)
    turned.add_edges_from(edges)
    assert measure(turned) == measure(graph)


@given(networks())
@settings(deadline=None)
def test_communities_are_numbered_by_size_then_by_their_first_name(graph: Network) -> None:
    found = communities(graph)
    groups = [sorted(node for node in found if found[node] == n) for n in range(len(set(found.values())))]
    assert groups == sorted(groups, key=lambda group: (-len(group), group[0]))
    assert sorted(found) == sorted(graph)


def test_each_ring_is_a_community() -> None:
    found = communities(two_rings())
    assert found["甲"] == found["乙"] == found["丙"]
    assert found["丁"] == found["戊"] == found["己"]
    assert found["甲"] != found["丁"]


def test_the_one_who_joins_two_rings_lies_between_all_pairs_across() -> None:
    rows = {row.label: row for row in measure(two_rings()).rows}
    assert rows["陈"].betweenness == pytest.approx(9 / 15)
    assert rows["陈"].by_type == {"Institute": 2}
    assert rows["甲"].by_type == {"Person": 2, "Academician": 1}


def test_a_large_network_is_estimated_from_the_nodes_that_networkx_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centrality, "STEPS", 0)
    graph = made_up(500, seed=3)
    found, simple = measure(graph, seed=7), plain(graph)
    assert (found.sources, found.exact) == (centrality.FEWEST, False)
    expected = nx.betweenness_centrality(simple, k=centrality.FEWEST, seed=7)
    assert {row.iri: row.betweenness for row in found.rows} == pytest.approx(expected, abs=1e-9)


def test_above_a_few_thousand_edges_communities_are_as_good_as_those_of_networkx() -> None:
    for seed in range(3):
        graph = made_up(2_500, seed)
        simple = simple_of(graph)
        assert len(simple.a) > FEW
        theirs = nx.community.louvain_communities(plain(graph), weight="weight", seed=seed)
        best = nx.community.modularity(plain(graph), theirs, weight="weight")
        assert modularity(simple, communities_of(simple, seed)) >= best


def test_another_run_with_another_hash_seed_gives_the_same_measures() -> None:
    told = (
        "from benchmarks.networks import network; from kg.measures import measure; "
        "print(measure(network(300)), measure(network(2_500)))"  # one size for each of the two ways
    )
    printed = set()
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        printed.add(subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, check=True, timeout=60).stdout)
    assert len(printed) == 1
    assert printed.pop().count(b"Measured(") == 2_800


def test_the_compact_form_measures_like_the_networkx_graph() -> None:
    graph = made_up(400)
    known, compact = measure(graph), measure(CompactNetwork.from_networkx(graph))
    tied = {row.iri: row for row in known.rows if row.degree}
    assert len(tied) > 390
    assert [row.iri for row in compact.rows] == sorted(tied)
    assert {row.iri: row.degree for row in compact.rows} == {iri: row.degree for iri, row in tied.items()}
    assert communities(CompactNetwork.from_networkx(graph)).keys() == tied.keys()


def test_measures_are_plain_numbers_on_the_nodes() -> None:
    graph = two_rings()
    annotate(graph)
    assert {name: type(value) for name, value in graph.nodes["陈"].items() if name not in ("label", "type")} == {
        "degree": int,
        "ties": int,
        "betweenness": float,
        "pagerank": float,
        "community": int,
        "component": int,
    }


def test_a_network_without_nodes_has_no_measures() -> None:
    assert measure(nx.MultiDiGraph()).rows == ()
    assert communities(nx.MultiDiGraph()) == {}


def test_institutes_that_share_people_are_tied_by_their_number_with_the_sentences() -> None:
    graph = two_rings()
    graph.add_edge("陈", "丁", predicate="memberOf", evidence=[{"quote": "陈院士任丁院名誉院长", "start": 9}])
    graph.add_edge("甲", "陈", predicate="recruited", evidence=[{"quote": "甲院引进陈院士", "start": 3}])
    graph.add_edge("乙", "丁", predicate="memberOf")
    found = bipartite(graph, of="ResearchInstitute", through="Person")
    assert sorted(found) == ["丁", "甲"]
    edge = found.edges["甲", "丁"]
    assert edge["weight"] == 2
    assert edge["shared"] == edge["shared_labels"] == ["乙", "陈"]
    assert {record["quote"] for record in edge["evidence"]} == {"陈院士任丁院名誉院长", "甲院引进陈院士"}


def test_a_graph_from_elsewhere_without_labels_types_or_evidence_is_measured() -> None:
    graph = nx.path_graph(5)
    assert [row.label for row in measure(graph).rows] == ["0", "1", "2", "3", "4"]
    annotate(graph)
    assert graph.nodes[2]["betweenness"] == pytest.approx(4 / 6)
    for node, kind in zip(graph, ("Institute", "Person", "Institute", "Person", "Institute"), strict=True):
        graph.nodes[node]["type"] = kind
    found = bipartite(graph, of="Institute", through="Person")
    assert sorted(found.edges(data="weight")) == [(0, 2, 1), (2, 4, 1)]
    assert found.edges[0, 2]["evidence"] == []


def test_a_projection_weighs_as_that_of_networkx() -> None:
    graph = made_up(600, seed=2)
    found = bipartite(graph, of="Institute", through="Person")
    ones = [node for node, kind in graph.nodes(data="type") if kind == "Institute"]
    others = [node for node, kind in graph.nodes(data="type") if kind == "Person"]
    between = nx.Graph((a, b) for a, b in graph.edges() if (a in ones) != (b in ones) and {a, b} <= {*ones, *others})
    between.add_nodes_from(ones)
    theirs = nx.bipartite.weighted_projected_graph(between, ones)
    assert len(found.edges) > 20
    assert {frozenset((a, b)): weight for a, b, weight in found.edges(data="weight")} == {
        frozenset((a, b)): weight for a, b, weight in theirs.edges(data="weight")
    }


@pytest.mark.parametrize(("kind", "lang", "word"), [("动物", "zh", "没有这一类"), ("Animal", "en", "none of this kind")])
def test_a_kind_that_nothing_is_of_is_refused_with_those_there_are(kind: str, lang: str, word: str) -> None:
    with pytest.raises(QueryError, match=word) as caught:
        bipartite(two_rings(), of=kind, through="Person", lang=lang)  # type: ignore[arg-type]
    assert "Institute" in str(caught.value)


def test_the_network_of_two_reports_is_told_in_both_languages() -> None:
    store = small_store()
    graph = project(store, "all")
    found = measure(graph)
    zh, en = (measured_answer(found, type_labels(store, lang), "degree", 3, lang) for lang in ("zh", "en"))  # type: ignore[arg-type]
    assert next(cell.text for cell in zh.column("node") if cell) == "临江市"
    assert (zh.column("type")[0], en.column("type")[0]) != (None, None)
    assert zh.column("type")[0] != en.column("type")[0]
    assert "个节点" in summary(found, "zh")
    assert f"{len(graph)} nodes" in summary(found, "en")
    pairs = shared_answer(bipartite(graph, of="City", through="University"), None, "zh")
    assert len(pairs.rows) == 0
    with pytest.raises(QueryError, match="eigenvector"):
        measured_answer(found, {}, "eigenvector", 3, "en")


def test_numbers_of_groups_follow_size_and_first_member() -> None:
    from kg.measures.simple import in_order_of_size

    assert in_order_of_size(np.array([5, 9, 9, 1, 1])).tolist() == [2, 0, 0, 1, 1]


def test_the_made_up_network_of_the_benchmarks_has_what_the_views_give() -> None:
    made, again = made_up(300, seed=4), made_up(300, seed=4)
    assert list(made.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
    assert (made.number_of_nodes(), 400 < made.number_of_edges() < 480) == (300, True)
    real = project(small_store(), "all")
    first, real_first = (next(iter(graph.nodes(data=True)))[1] for graph in (made, real))
    assert first.keys() == real_first.keys()
    edge, real_edge = (next(iter(graph.edges(data=True)))[2] for graph in (made, real))
    assert edge.keys() == real_edge.keys()
    assert edge["evidence"][0].keys() == real_edge["evidence"][0].keys()
    for _, _, values in made.edges(data=True):
        proof = values["evidence"][0]
        assert proof["sentence"][proof["start"] - proof["sentence_start"] : proof["end"] - proof["sentence_start"]] == proof["quote"]
