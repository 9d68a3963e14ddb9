"""What a passage of a network tells beside its words: what its rules are for, and its place in the file that the text was read from."""

from collections.abc import Iterable, Iterator
from typing import Any

from kg.namespaces import OA, RDF, RDFS, RULE
from kg.store import Store
from kg.views.edges import text_of
from kg.views.things import ask_of


def find_abouts(store: Store, rules: Iterable[str]) -> dict[str, str]:
    """Return what each of ``rules`` (ids) is for, in Chinese; a rule that does not say it is left out."""
    nodes = {f"{RULE}{rule}" for rule in rules if rule}
    rows = ask_of(store, nodes, "?node ?about", f"?node <{RDFS}label> ?about")
    found = {node.removeprefix(RULE): about for node, about in sorted((text_of(row, "node"), text_of(row, "about")) for row in rows)}
    return {rule: about for rule, about in found.items() if about != rule}  # a rule without a description is labelled with its id


def find_originals(store: Store, evidence: Iterable[str]) -> dict[str, str]:
    """Return where passages begin in the file that their report was read from: ``page=3``, ``line=4,6`` or an XPath."""
    pattern = f"?node <{OA}hasSelector> ?original . ?original <{RDF}value> ?place"
    rows = sorted((text_of(row, "node"), text_of(row, "place")) for row in ask_of(store, set(evidence), "?node ?place", pattern))
    return dict(reversed(rows))  # of several places the first


def add_originals(store: Store, graph: Any) -> None:
    """Write ``rule_about`` and ``original`` into every evidence record of ``graph``; both are empty where nothing is known."""
    records = list(records_of(graph))
    abouts = find_abouts(store, {rule for record in records for rule in record["rule"].split("、")})
    originals = find_originals(store, {record["evidence"] for record in records})
    for record in records:
        record["rule_about"] = "；".join(abouts[rule] for rule in record["rule"].split("、") if rule in abouts)
        record["original"] = originals.get(record["evidence"], "")


def records_of(graph: Any) -> Iterator[dict[str, Any]]:
    """Yield every evidence record of ``graph``: those of the figures and events of its nodes, then those of its edges."""
    for _, values in graph.nodes(data=True):
        for item in (*values["figures"], *values["events"]):
            yield from item["evidence"]
    for _, _, edge in graph.edges(data=True):
        yield from edge["evidence"]
