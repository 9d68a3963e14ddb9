"""The passages that carry nodes of the graph, asked of the store.

A report's facts, its evidence and the authority data may stand in any named graph, so each triple is asked for in any of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.check.findings import Passage
from kg.namespaces import DCTERMS, OA, PROV, RIE
from kg.store import Store
from kg.triples.terms import Iri, Term

_AT_ONCE = 400  # nodes in one query
_CARRIERS = f"<{PROV}wasDerivedFrom>|<{RIE}mentionedAt>"
_ASPECTS = f"<{RIE}hasRank>|<{RIE}hasComparison>|<{RIE}hasSuperlative>"
_WHOLE = f"""GRAPH ?in0 {{ ?evidence <{OA}hasSource> ?source }}
  GRAPH ?in1 {{ ?evidence <{OA}hasSelector> ?first }} GRAPH ?in2 {{ ?first <{OA}start> ?start }}
  GRAPH ?in3 {{ ?evidence <{OA}hasSelector> ?last }} GRAPH ?in4 {{ ?last <{OA}end> ?end }}
  GRAPH ?in5 {{ ?evidence <{OA}hasSelector> ?words }} GRAPH ?in6 {{ ?words <{OA}exact> ?quote }}
  OPTIONAL {{ GRAPH ?in7 {{ ?source <{DCTERMS}identifier> ?name }} }}"""
Row = Mapping[str, Term | None]


def rows_about(store: Store, nodes: Iterable[str], pattern: str, variable: str = "node") -> Iterator[Row]:
    """Yield the rows of ``pattern`` in which ``?variable`` is one of ``nodes``, asked in portions."""
    wanted = sorted(set(nodes))
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(Iri(node).n3() for node in wanted[start : start + _AT_ONCE])
        yield from store.select(f"SELECT DISTINCT * WHERE {{ VALUES ?{variable} {{ {values} }} {pattern} }}")


def find_passages(store: Store, nodes: Iterable[str]) -> dict[str, Passage]:
    """Return the first passage that carries each of ``nodes``: a fact, a named thing, an aspect of an observation, or evidence.

    A node without a whole passage, which is a finding of its own, is left out.
    """
    wanted = set(nodes)
    owners = {node: [[node], [], []] for node in wanted}
    for rank, path in ((1, _ASPECTS), (2, f"<{OA}hasSelector>")):
        for row in rows_about(store, wanted, f"GRAPH ?in {{ ?owner {path} ?node }}"):
            owners[str(row["node"])][rank].append(str(row["owner"]))
    everyone = {owner for ranks in owners.values() for rank in ranks for owner in rank}
    carriers: dict[str, set[str]] = defaultdict(set)
    for row in rows_about(store, everyone, f"GRAPH ?in {{ ?node {_CARRIERS} ?evidence }}"):
        if isinstance(row["evidence"], Iri):
            carriers[str(row["node"])].add(str(row["evidence"]))
    whole = _passages(store, everyone.union(*carriers.values()))
    found = {node: _first(ranks, carriers, whole) for node, ranks in owners.items()}
    return {node: passage for node, passage in found.items() if passage}


def _first(ranks: list[list[str]], carriers: Mapping[str, set[str]], whole: Mapping[str, set[Passage]]) -> Passage | None:
    for owners in ranks:
        evidence = {one for owner in owners for one in (owner, *carriers.get(owner, ()))}
        if found := [passage for one in evidence for passage in whole.get(one, ())]:
            return min(found, key=place)
    return None


def place(passage: Passage) -> tuple[str, int, int, str]:
    """Return the sort key of a passage: report, then place in its text."""
    return (passage.report, passage.start, passage.end, passage.quote)


def _passages(store: Store, evidence: Iterable[str]) -> dict[str, set[Passage]]:
    return _read(rows_about(store, evidence, _WHOLE, "evidence"))


def passages_of(store: Store, document: str) -> dict[str, set[Passage]]:
    """Return the passages of ``document`` by the IRI of their evidence node; each node has one, unless the graph is at fault."""
    return _read(rows_about(store, [document], _WHOLE, "source"))


def _read(rows: Iterable[Row]) -> dict[str, set[Passage]]:
    found: dict[str, set[Passage]] = defaultdict(set)
    for row in rows:
        start, end = str(row["start"]), str(row["end"])
        if start.isdecimal() and end.isdecimal():
            found[str(row["evidence"])].add(Passage(str(row["name"] or row["source"]), int(start), int(end), str(row["quote"])))
    return found
