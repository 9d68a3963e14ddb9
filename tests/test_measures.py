"""Measures: what a researcher reports of a network, the same on every run."""

import networkx as nx
import pytest

from kg.measures import annotate, communities, measure


def two_rings() -> "nx.MultiDiGraph[str]":
    """Two rings of three, joined by 陈 alone: 甲-乙-丙 and 丁-戊-己."""
    graph = nx.MultiDiGraph()
    for name, kind in {"甲": "Institute", "乙": "Person", "丙": "Person", "丁": "Institute", "戊": "Person", "己": "Person"}.items():
        graph.add_node(name, label=name, type=kind)
    graph.add_node("陈", label="陈", type="Academician")
    for subject, target in ("乙甲", "丙甲", "乙丙", "戊丁", "己丁", "戊己", "陈甲", "陈丁"):
        graph.add_edge(subject, target, predicate="leads")
    return graph


def test_each_ring_is_a_community_and_the_larger_one_comes_first() -> None:
    found = communities(two_rings())
    assert found["甲"] == found["乙"] == found["丙"]
    assert found["丁"] == found["戊"] == found["己"]
    assert found["甲"] != found["丁"]
    sizes = [list(found.values()).count(number) for number in range(max(found.values()) + 1)]
    assert sizes == sorted(sizes, reverse=True)


def test_the_order_in_which_edges_were_added_changes_nothing() -> None:
    graph, turned = two_rings(), nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    assert communities(turned) == communities(graph)
    assert measure(turned) == measure(graph)


def test_the_one_who_joins_two_rings_lies_between_most_pairs() -> None:
    rows = {row.label: row for row in measure(two_rings()).rows}
    assert max(rows.values(), key=lambda row: row.betweenness).label in {"陈", "甲", "丁"}
    assert rows["陈"].betweenness == pytest.approx(9 / 15)
    assert rows["陈"].by_type == {"Institute": 2}
    assert rows["甲"].by_type == {"Academician": 1, "Person": 2}
    assert sum(row.pagerank for row in rows.values()) == pytest.approx(1)


def test_measures_are_plain_numbers_on_the_nodes() -> None:
    graph = two_rings()
    annotate(graph)
    assert {name: type(graph.nodes["陈"][name]) for name in ("degree", "betweenness", "pagerank", "community", "component")} == {
        "degree": int,
        "betweenness": float,
        "pagerank": float,
        "community": int,
        "component": int,
    }


def test_a_network_without_nodes_has_no_measures() -> None:
    assert measure(nx.MultiDiGraph()).rows == ()
    assert communities(nx.MultiDiGraph()) == {}


def test_the_made_up_network_of_the_benchmarks_has_what_the_views_give() -> None:
    from benchmarks.networks import network

    made, again = network(300, seed=4), network(300, seed=4)
    assert list(made.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
    assert made.number_of_nodes() == 300
    assert 400 < made.number_of_edges() < 480
    for _, _, edge in made.edges(data=True):
        proof = edge["evidence"][0]
        assert proof["sentence"][proof["start"] - proof["sentence_start"] : proof["end"] - proof["sentence_start"]] == proof["quote"]
