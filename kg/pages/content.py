"""What the scripts of the page read: nodes, edges and reports as plain values, long IRIs shortened, quotes by offset."""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.namespaces import BASE
from kg.pages.groups import group_of, groups
from kg.views import Network, sort_key

Texts = Mapping[str, str]


def short(iri: str) -> str:
    """Return ``iri`` without what all IRIs of the graph share; it names the thing in the page and in its address.

    >>> short("https://w3id.org/rieco/id/e-12"), short("https://w3id.org/rieco/concept/planned"), short("urn:x")
    ('e-12', 'concept/planned', 'urn:x')
    """
    return iri.removeprefix(BASE).removeprefix("id/")


def nodes_of(graph: Network, reports: Mapping[str, int], texts: Texts) -> list[dict[str, Any]]:
    """Return the nodes in the order of their pinyin."""
    listed = sorted(graph.nodes(data=True), key=lambda item: (item[1]["pinyin"], item[1]["label"], item[0]))
    return [_node(iri, values, order, reports, texts) for order, (iri, values) in enumerate(listed)]


def _node(iri: str, values: Mapping[str, Any], order: int, reports: Mapping[str, int], texts: Texts) -> dict[str, Any]:
    names = [(values["label"], values["pinyin"])]
    names += [(name, "") for name in (values["label_zh"], values["label_en"]) if name and name != values["label"]]
    names += zip(values["aliases"], values["alias_pinyin"], strict=True)
    return {
        "id": short(iri),
        "order": order,
        "kind": group_of(values["type"]),
        "concept": values["concept"],
        "name_zh": values["label_zh"],
        "name_en": values["label_en"],
        "type_zh": values["class_zh"] or values["type"],
        "type_en": values["class_en"] or values["type"],
        "names": [{"text": text, "pinyin": pinyin} for text, pinyin in dict(reversed(names)).items()][::-1],
        "mentions": sorted([reports[m["report"]], m["start"], m["end"]] for m in values["mentions"] if m["report"] in reports),
        "figures": [_item(item, reports, texts) for item in values["figures"]],
        "events": [_item(item, reports, texts) for item in values["events"]],
    }


def _item(item: Mapping[str, Any], reports: Mapping[str, int], texts: Texts) -> dict[str, Any]:
    """Return a figure or an event of a node."""
    return {
        "name_zh": item["label_zh"],
        "name_en": item["label_en"],
        **_circumstances(item),
        "evidence": [_proof(proof, reports, texts) for proof in item["evidence"]],
    }


def _circumstances(values: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("status_zh", "status_en", "period_zh", "period_en", "done")
    return {key: values[key] for key in keys}


def edges_of(graph: Network, reports: Mapping[str, int], texts: Texts) -> list[dict[str, Any]]:
    """Return the edges in the order of the table: subject and relation by pinyin, then place in the text."""
    listed = sorted(graph.edges(keys=True, data=True), key=lambda item: _edge_order(graph, *item))
    return [_edge(rank, *item, reports=reports, texts=texts) for rank, item in enumerate(listed)]


def _edge_order(graph: Network, subject: str, target: str, key: str, edge: Mapping[str, Any]) -> tuple[Any, ...]:
    first = edge["evidence"][0]
    return (
        graph.nodes[subject]["pinyin"],
        subject,
        sort_key(edge["label_zh"]),
        first["report"],
        first["start"],
        edge["order"],
        target,
        key,
    )


def _edge(
    rank: int, subject: str, target: str, key: str, edge: Mapping[str, Any], *, reports: Mapping[str, int], texts: Texts
) -> dict[str, Any]:
    return {
        "id": short(key),
        "rank": rank,
        "from": short(subject),
        "to": short(target),
        "relation": short(edge["predicate"]),
        "status": short(edge["status"]),
        "name_zh": edge["label_zh"],
        "name_en": edge["label_en"],
        **_circumstances(edge),
        **{name: edge[name] for name in ("role_zh", "role_en", "level_zh", "level_en", "order", "directed")},
        "qualifiers": [_qualifier(text) for text in edge["qualifiers"]],
        "evidence": [_proof(proof, reports, texts) for proof in edge["evidence"]],
    }


def _qualifier(text: str) -> dict[str, str]:
    """Return ``key=value`` with the key in both languages."""
    key, _, value = text.partition("=")
    said = _qualifier_names().get(key, {"zh": key, "en": key})
    return {"name_zh": said["zh"], "name_en": said["en"], "value": value}


@cache
def _qualifier_names() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).parent / "qualifiers.toml").read_text(encoding="utf-8"))


def _proof(proof: Mapping[str, Any], reports: Mapping[str, int], texts: Texts) -> dict[str, Any]:
    """Return a passage by its offsets; its characters too where the text of the report is not in the page."""
    place = {
        "report": reports[proof["report"]],
        "start": proof["start"],
        "end": proof["end"],
        "from": proof["sentence_start"],
        "to": proof["sentence_end"],
    }
    if proof["report"] in texts:
        return place
    before = proof["start"] - proof["sentence_start"]
    after = proof["end"] - proof["sentence_start"]
    return {**place, "before": proof["sentence"][:before], "quote": proof["quote"], "after": proof["sentence"][after:]}


def reports_of(graph: Network, texts: Texts) -> list[dict[str, Any]]:
    """Return the reports that the graph draws on: title, text (``None`` where it is not at hand), names in the text."""
    return [
        {"iri": iri, "title": title, "text": texts.get(iri), "mentions": _names_in(graph, iri)}
        for iri, title in sorted(graph.graph["reports"].items())
    ]


def _names_in(graph: Network, report: str) -> list[dict[str, Any]]:
    """Return the names printed in ``report``, in text order; of names inside one another the longest."""
    spans = [(m["start"], m["end"], iri) for iri, values in graph.nodes(data=True) for m in values["mentions"] if m["report"] == report]
    taken: list[tuple[int, int, str]] = []
    for start, end, iri in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= a or start >= b for a, b, _ in taken):
            taken.append((start, end, iri))
    return [{"start": start, "end": end, "node": short(iri)} for start, end, iri in sorted(taken)]


def choices(edges: list[dict[str, Any]], key: str, zh: str, en: str) -> list[dict[str, Any]]:
    """Return the values of ``key`` among the edges with their labels and counts, the commonest first."""
    counts = Counter(edge[key] for edge in edges)
    labels = {edge[key]: (edge[zh], edge[en]) for edge in edges}
    return [
        {"id": value, "name_zh": labels[value][0], "name_en": labels[value][1], "count": count}
        for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def legend(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the groups with the number of nodes in each; ``concept`` says that a group holds nothing but concepts."""
    held: Callable[[str], list[dict[str, Any]]] = lambda group: [node for node in nodes if node["kind"] == group]  # noqa: E731
    return [
        {
            "id": group.id,
            "name_zh": group.zh,
            "name_en": group.en,
            "shape": group.shape,
            "color": group.color,
            "dark": group.dark,
            "count": len(held(group.id)),
            "concept": all(node["concept"] for node in held(group.id)),
        }
        for group in groups()
    ]
