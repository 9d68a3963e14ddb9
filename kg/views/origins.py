"""Where each fact of a network comes from: the rule that found it, the person who decided about it, the place in the original file."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kg.namespaces import DCTERMS, OA, PROV, RDF, RDFS, RIE, RULE
from kg.store import Store
from kg.views.edges import text_of
from kg.views.things import ask_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Who or what put a fact into the graph; each field is empty where nothing is known.

    ``rule`` is the id of the rule and ``rule_about`` what it is for, in Chinese; ``decided_by`` and ``decided_on`` are the
    name and the day (ISO) of the last decision of a person.
    """

    rule: str = ""
    rule_about: str = ""
    decided_by: str = ""
    decided_on: str = ""


def find_origins(store: Store, facts: Iterable[str]) -> dict[str, Origin]:
    """Return the origin of each of ``facts``."""
    facts = set(facts)
    rules: dict[str, tuple[str, str]] = {}
    pattern = f"?node <{RIE}rule> ?rule . OPTIONAL {{ ?rule <{RDFS}label> ?about }}"
    for row in ask_of(store, facts, "?node ?rule ?about", pattern):
        found = text_of(row, "rule").removeprefix(RULE), text_of(row, "about")
        rules[text_of(row, "node")] = min(found, rules.get(text_of(row, "node"), found))
    people: dict[str, tuple[str, str]] = {}
    pattern = f"?node <{RIE}decision> ?decision . ?decision <{DCTERMS}date> ?on ; <{PROV}wasAssociatedWith>/<{RDFS}label> ?by"
    for row in ask_of(store, facts, "?node ?on ?by", pattern):
        decided = text_of(row, "on"), text_of(row, "by")
        people[text_of(row, "node")] = max(decided, people.get(text_of(row, "node"), decided))
    return {fact: _origin(rules.get(fact, ("", "")), people.get(fact, ("", ""))) for fact in sorted(facts)}


def _origin(rule: tuple[str, str], person: tuple[str, str]) -> Origin:
    about = "" if rule[1] == rule[0] else rule[1]  # a rule without a description is labelled with its id
    return Origin(rule[0], about, person[1], person[0])


def find_originals(store: Store, evidence: Iterable[str]) -> dict[str, str]:
    """Return where passages begin in the file that their report was read from: ``page=3``, ``line=4,6`` or an XPath."""
    pattern = f"?node <{OA}hasSelector> ?original . ?original <{RDF}value> ?place"
    return {text_of(row, "node"): text_of(row, "place") for row in ask_of(store, set(evidence), "?node ?place", pattern)}


def add_origins(store: Store, graph: Any) -> None:
    """Write into every evidence record of ``graph`` the fields of its ``Origin`` that it lacks, and ``original``, the place in the file."""
    records = list(_records(graph))
    origins = find_origins(store, {str(record["statement"]) for record in records})
    originals = find_originals(store, {str(record["evidence"]) for record in records})
    for record in records:
        for name, value in asdict(origins.get(str(record["statement"]), Origin())).items():
            record.setdefault(name, value)
        record["original"] = originals.get(str(record["evidence"]), "")


def _records(graph: Any) -> Iterator[dict[str, Any]]:
    for _, values in graph.nodes(data=True):
        for item in (*values["figures"], *values["events"]):
            yield from item["evidence"]
    for _, _, edge in graph.edges(data=True):
        yield from edge["evidence"]
