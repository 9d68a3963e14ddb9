"""The compact form: what the store says of two things, as arrays, and back again."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.compact import CompactNetwork, Texts, read_compact
from kg.errors import QueryError
from kg.namespaces import RIE
from kg.store import Store
from kg.triples.terms import Iri, Quad
from tests.networks import small_store

names = st.text("abe-/!温湖州𠮷", min_size=1, max_size=6)
ties = st.lists(st.tuples(names, st.sampled_from(["leads", "part-of", "part"]), names), max_size=25)
PLAIN = f"""SELECT ?subject ?predicate ?object WHERE {{
  GRAPH ?g {{ ?subject ?predicate ?object }} FILTER(STRSTARTS(STR(?predicate), "{RIE}") && isIRI(?object))
}}"""


def triples(network: CompactNetwork) -> list[tuple[str, str, str]]:
    nodes = network.nodes.all()
    return [
        (nodes[s], network.predicates[p], nodes[o])
        for s, p, o in zip(network.subject.tolist(), network.predicate.tolist(), network.object.tolist(), strict=True)
    ]


def store_of(said: list[tuple[str, str, str]]) -> Store:
    def iri(name: str) -> Iri:
        return Iri(f"https://example.org/{name}")

    return Store.of_quads(Quad(iri(s), iri(p), iri(o), iri("graph")) for s, p, o in said)


@given(st.lists(st.text(max_size=8), max_size=20))
def test_texts_come_back_one_by_one_and_all_at_once(texts: list[str]) -> None:
    table = Texts.of(texts)
    assert [table[i] for i in range(len(table))] == table.all() == texts


@given(st.sets(names))
def test_a_text_is_found_in_a_table_in_the_order_of_its_bytes(texts: set[str]) -> None:
    ordered = sorted(texts, key=str.encode)
    table = Texts.of(ordered)
    assert [table.place(text) for text in ordered] == list(range(len(ordered)))
    assert table.place("不在其中的名称") is None


@given(ties)
@settings(deadline=None, max_examples=50)
def test_what_is_read_from_a_store_is_every_triple_once(said: list[tuple[str, str, str]]) -> None:
    network = read_compact(store_of(said))
    assert triples(network) == sorted(triples(network), key=lambda tie: tuple(map(str.encode, tie)))
    assert set(triples(network)) == {tuple(f"https://example.org/{name}" for name in tie) for tie in said}
    assert len(network.subject) == len(set(said))
    assert [network.node(iri) for iri in network.nodes.all()] == list(range(network.size))


@given(ties)
@settings(deadline=None, max_examples=50)
def test_networkx_gives_back_what_it_was_given(said: list[tuple[str, str, str]]) -> None:
    network = CompactNetwork.of(sorted(set(said)))
    graph = network.to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert sorted(graph.edges(data="predicate")) == sorted((s, o, p) for s, p, o in set(said))
    assert sorted(triples(CompactNetwork.from_networkx(graph))) == sorted(set(said))


@given(ties, st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]))
@settings(deadline=None)
def test_every_kind_of_graph_is_what_adding_edge_by_edge_makes(said: list[tuple[str, str, str]], kind: type["nx.Graph[str]"]) -> None:
    network = CompactNetwork.of(said)
    made, expected = network.to_networkx(kind), kind()
    expected.add_nodes_from(network.nodes.all())
    for s, p, o in said:
        expected.add_edge(s, o, **({"key": p} if expected.is_multigraph() else {}), predicate=p)
    assert list(made.adjacency()) == list(expected.adjacency())
    assert [list(near) for _, near in made.adjacency()] == [list(near) for _, near in expected.adjacency()]
    assert nx.utils.graphs_equal(made, expected)
    if made.is_directed():
        assert {node: list(made.pred[node]) for node in made} == {node: list(expected.pred[node]) for node in expected}
        assert nx.utils.graphs_equal(made.reverse(), expected.reverse())
    for a, b, *key in list(made.edges(keys=True) if made.is_multigraph() else made.edges()):
        made.edges[a, b, *key]["weight"] = 1  # each edge has values of its own, the same seen from either end
    assert sum(weight for *_, weight in made.edges(data="weight")) == made.number_of_edges()
    made.remove_edges_from(list(made.edges(keys=True) if made.is_multigraph() else made.edges()))
    assert made.number_of_edges() == 0


def test_the_store_and_networkx_tell_the_same_of_two_reports() -> None:
    store = small_store()
    network = read_compact(store, PLAIN)
    rows = {tuple(str(row[name]) for name in ("subject", "predicate", "object")) for row in store.select(PLAIN)}
    assert len(rows) > 50
    assert set(triples(network)) == rows
    leads = network.by_predicates([f"{RIE}leads"])
    graph = network.to_networkx(nx.DiGraph)
    assert leads.sum() == sum(edge["predicate"] == f"{RIE}leads" for _, _, edge in graph.edges(data=True)) == 1
    assert (network.subject.dtype, network.predicate.dtype) == (np.int32, np.int16)


def test_a_query_without_rows_is_a_network_without_ties() -> None:
    network = read_compact(small_store(), "SELECT ?subject ?predicate ?object WHERE { FILTER(false) }")
    assert (network.size, len(network.subject), network.predicates) == (0, 0, ())
    assert network.to_networkx().number_of_nodes() == 0


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }", "its columns are ?s"),
        ("SELECT ?subject ?predicate ?object WHERE { GRAPH ?g { ?subject ?predicate ?object } }", "is no IRI"),
        ("SELECT ?subject ?predicate ?object WHERE { GRAPH ?g { ?subject ?predicate ?o } }", "is no IRI"),
        ("ASK { ?s ?p ?o }", "no SELECT"),
        ("SELECT ?subject", "no SPARQL"),
    ],
)
def test_a_query_of_another_shape_is_refused_with_what_to_do(query: str, fault: str) -> None:
    with pytest.raises(QueryError, match=fault.replace("?", r"\?")):
        read_compact(small_store(), query)
