"""The simple network under a network of statements: who is tied to whom at all, and by how many statements."""

import networkx as nx


def neighbours(network: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """Return the undirected network with one edge a pair; ``weight`` is the number of ties, a tie to oneself is left out.

    Nodes and edges stand in the order of their IRIs, so that what is drawn at random from them depends on nothing else.
    """
    simple = nx.Graph()
    simple.add_nodes_from(sorted(network))
    for subject, target in sorted(tuple(sorted(ends)) for ends in network.edges()):
        if subject != target:
            before = simple.get_edge_data(subject, target, {"weight": 0})["weight"]
            simple.add_edge(subject, target, weight=before + 1)
    return simple
