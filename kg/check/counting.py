"""Counts that a report gives beside the names it gives: *9 platforms* with two named, *13 academicians* with one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.check.documents import within
from kg.check.findings import Finding, Message
from kg.check.names import find_names, short
from kg.check.passages import find_passages, rows_about
from kg.mentions.quantities import find_quantities
from kg.namespaces import PROV, RIE
from kg.store import Store
from kg.triples.terms import Iri, Literal

_SENTENCE = f"GRAPH ?in1 {{ ?node <{PROV}wasDerivedFrom> ?evidence }} GRAPH ?in2 {{ ?evidence <{RIE}inSentence> ?sentence }}"
_NAMED = f"""{_SENTENCE} GRAPH ?in3 {{ ?mention <{RIE}inSentence> ?sentence }}
  GRAPH ?in4 {{ ?person <{RIE}mentionedAt> ?mention }} GRAPH ?in5 {{ ?person a <{RIE}Academician> }}"""


@dataclass(frozen=True, slots=True)
class _Count:
    """A node that says how many there are, what carries it (its first listing, or itself), and how many are named."""

    node: str
    label: str
    stated: Decimal
    named: int
    carrier: str


def compare_counts(store: Store, only: Iri | None = None) -> tuple[int, list[Finding]]:
    """Return how many counts were looked at, and a note on each that is larger than the number of names beside it.

    Looked at are wholes whose parts are listed, and observations that count academicians; a count that was noted as that of a whole is not
    noted again as an observation of the same sentence.
    """
    wholes, people = _wholes(store, only), _academicians(store, only)
    open_wholes = [count for count in wholes if count.stated > count.named]
    sentences = _sentences(store, [count.carrier for count in (*open_wholes, *people)])
    told = {(sentence, count.stated) for count in open_wholes for sentence in sentences[count.carrier]}
    missing = [
        count
        for count in people
        if count.stated > count.named and not any((sentence, count.stated) in told for sentence in sentences[count.carrier])
    ]
    passages = find_passages(store, (count.carrier for count in (*open_wholes, *missing)))
    found = [(count, passages.get(count.carrier)) for count in (*open_wholes, *missing)]
    return len(wholes) + len(people), [
        Finding("count-and-names", "info", short(count.node), _said(count), f"{count.stated:f}", passage) for count, passage in found
    ]


def _said(count: _Count) -> Message:
    return Message(
        f"“{count.label}”：称有 {count.stated:f} 个，点名 {count.named} 个。",
        f"“{count.label}”: {count.stated:f} stated, {count.named} named.",
    )


def _wholes(store: Store, only: Iri | None) -> list[_Count]:
    """Return the wholes whose label states how many parts there are; parts that are counts themselves are kinds, not names."""
    asked = store.select(f"SELECT DISTINCT ?node WHERE {{ GRAPH {within(only)} {{ ?listing <{RIE}whole> ?node }} FILTER isIRI(?node) }}")
    listed = f"GRAPH ?in1 {{ ?listing <{RIE}whole> ?node }} OPTIONAL {{ GRAPH ?in2 {{ ?listing <{RIE}part> ?part }} }}"
    parts: dict[str, set[str]] = defaultdict(set)
    listings: dict[str, set[str]] = defaultdict(set)
    for row in rows_about(store, (str(row["node"]) for row in asked), listed):
        listings[str(row["node"])].add(str(row["listing"]))
        parts[str(row["node"])].update([str(row["part"])] if row["part"] else [])
    labels = find_names(store, listings.keys() | set().union(*parts.values()))
    counts = []
    for node in sorted(listings):
        stated = next((quantity.value for quantity in find_quantities(labels[node]) if quantity.unit not in ("%", "元")), None)
        if stated is not None and not any(find_quantities(labels[part]) for part in parts[node]):
            counts.append(_Count(node, labels[node], stated, len(parts[node]), min(listings[node])))
    return counts


def _academicians(store: Store, only: Iri | None) -> list[_Count]:
    rows = store.select(
        f"""SELECT ?node (MIN(?indicator) AS ?label) (MIN(?number) AS ?stated) WHERE {{
          GRAPH {within(only)} {{ ?node <{RIE}unitName> {Literal("人").n3()} }}
          GRAPH ?in1 {{ ?node <{RIE}indicatorName> ?indicator FILTER CONTAINS(?indicator, "院士") }}
          GRAPH ?in2 {{ ?node <{RIE}value> ?number FILTER isNumeric(?number) }} FILTER isIRI(?node) }} GROUP BY ?node"""
    )
    stated = {str(row["node"]): (str(row["label"]), Decimal(str(row["stated"]))) for row in rows}
    named = _people(store, stated)
    return [_Count(node, *stated[node], len(named[node]), node) for node in sorted(stated)]


def _people(store: Store, nodes: Iterable[str]) -> Mapping[str, set[str]]:
    """Return the academicians who are named in the sentences of each of ``nodes``."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_about(store, nodes, _NAMED):
        found[str(row["node"])].add(str(row["person"]))
    return found


def _sentences(store: Store, nodes: Iterable[str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_about(store, nodes, _SENTENCE):
        found[str(row["node"])].add(str(row["sentence"]))
    return found
