"""What the scripts of the page read: nodes, edges, passages and reports as plain values, long IRIs shortened."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from kg.namespaces import BASE
from kg.pages.groups import group_of, groups
from kg.views import Network, qualifier, sort_key

Texts = Mapping[str, str]
Record = dict[str, Any]
_SAID = ("status_zh", "status_en", "period_zh", "period_en", "done")
LATER = {"nodes": ("names", "mentions", "figures", "events"), "edges": ("qualifiers", "evidence")}  # what no first picture needs
_ROLE = ("role_zh", "role_en", "level_zh", "level_en", "order", "directed")


def short(iri: str) -> str:
    """Return ``iri`` without what all IRIs of the graph share; it names the thing in the page and in its address.

    >>> short("https://w3id.org/rieco/id/e-12"), short("https://w3id.org/rieco/concept/planned"), short("urn:x")
    ('e-12', 'concept/planned', 'urn:x')
    """
    return iri.removeprefix(BASE).removeprefix("id/")


class Content:
    """Nodes, edges, passages and reports of ``graph`` as records; ``texts`` are the reports' texts that are at hand.

    ``nodes`` stand in the order of their pinyin, ``edges`` in that of the table: subject and relation by pinyin, then place
    in the text; both ends of an edge are numbers of nodes. ``counted`` is the network as the page opens, which sizes and measures
    count: without what was inferred, unless that was asked for. ``proofs`` are the passages, which edges, figures and events name
    by number. An offset counts code points.
    """

    def __init__(self, graph: Network, texts: Texts) -> None:
        self.graph, self.texts = graph, texts
        self.counted = _counted(graph)
        self.reports = sorted(graph.graph["reports"])
        self.proofs: list[Record] = []
        self._report = {iri: number for number, iri in enumerate(self.reports)}
        listed = sorted(graph.nodes(data=True), key=lambda item: (item[1]["pinyin"], item[1]["label"], item[0]))
        self.iris = [iri for iri, _ in listed]
        self._node = {iri: number for number, iri in enumerate(self.iris)}
        self.nodes = [self._node_record(iri, values) for iri, values in listed]
        self.edges = [self._edge_record(*item) for item in sorted(graph.edges(keys=True, data=True), key=self._edge_order())]

    def _node_record(self, iri: str, values: Mapping[str, Any]) -> Record:
        names = [(values["label"], values["pinyin"])]
        names += [(name, "") for name in (values["label_zh"], values["label_en"]) if name and name != values["label"]]
        names += zip(values["aliases"], values["alias_pinyin"], strict=True)
        return {
            "id": short(iri),
            "kind": group_of(values["type"]),
            "concept": values["concept"],
            "name_zh": values["label_zh"],
            "name_en": values["label_en"],
            "type_zh": values["class_zh"] or values["type"],
            "type_en": values["class_en"] or values["type"],
            "names": [list(name) for name in list(dict(reversed(names)).items())[::-1]],
            "mentions": sorted(
                [self._report[m["report"]], m["start"], m["end"]] for m in values["mentions"] if m["report"] in self._report
            ),
            "figures": [self._item(item) for item in values["figures"]],
            "events": [self._item(item) for item in values["events"]],
        }

    def _item(self, item: Mapping[str, Any]) -> Record:
        """Return a figure or an event of a node."""
        said = {key: item[key] for key in _SAID}
        return {"name_zh": item["label_zh"], "name_en": item["label_en"], **said, "evidence": self._proofs(item["evidence"])}

    def _edge_order(self) -> Any:
        spoken = cache(sort_key)

        def order(item: tuple[str, str, str, Mapping[str, Any]]) -> tuple[Any, ...]:
            subject, target, key, edge = item
            first = (edge["evidence"][0]["report"], edge["evidence"][0]["start"]) if edge["evidence"] else ("", 0)
            return (self.graph.nodes[subject]["pinyin"], subject, spoken(edge["label_zh"]), *first, edge["order"], target, key)

        return order

    def _edge_record(self, subject: str, target: str, key: str, edge: Mapping[str, Any]) -> Record:
        return {
            "id": short(key),
            "tail": self._node[subject],
            "head": self._node[target],
            "relation": short(edge["predicate"]),
            "status": short(edge["status"]),
            "name_zh": edge["label_zh"],
            "name_en": edge["label_en"],
            **{name: edge[name] for name in (*_SAID, *_ROLE)},
            "since": edge.get("first_day", ""),
            "until": edge.get("last_day", ""),
            "past": edge.get("phase", "") == "past",
            "inferred": bool(edge.get("inferred", False)),
            "rule": edge.get("inferred_by", ""),
            "qualifiers": [_qualifier(text) for text in edge["qualifiers"]],
            "reports": sorted({self._report[proof["report"]] for proof in edge["evidence"]}),
            "evidence": self._proofs(edge["evidence"]),
        }

    def _proofs(self, passages: Iterable[Mapping[str, Any]]) -> list[int]:
        """Keep the passages and return their numbers."""
        first = len(self.proofs)
        self.proofs.extend(self._proof(proof) for proof in passages)
        return list(range(first, len(self.proofs)))

    def _proof(self, proof: Mapping[str, Any]) -> Record:
        """Return a passage by its offsets; its sentence too where the text of the report is not in the page."""
        return {
            "report": self._report[proof["report"]],
            "start": proof["start"],
            "end": proof["end"],
            "from": proof["sentence_start"],
            "to": proof["sentence_end"],
            "sentence": "" if proof["report"] in self.texts else proof["sentence"],
            "original": proof.get("original", ""),
            "rule": proof.get("rule", ""),
            "about": proof.get("rule_about", ""),
            "by": proof.get("decided_by", ""),
            "on": proof.get("decided_on", ""),
        }

    def report_records(self) -> list[Record]:
        """Return the reports: title, text (``None`` where it is not at hand), names in the text."""
        titles, spans = self.graph.graph["reports"], self._names()
        return [
            {"iri": iri, "title": titles[iri], "text": self.texts.get(iri), "mentions": _longest(spans.get(number, []))}
            for number, iri in enumerate(self.reports)
        ]

    def _names(self) -> dict[int, list[tuple[int, int, int]]]:
        """Return the names printed in the reports whose texts are at hand: start, end and number of the node."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for number, node in enumerate(self.nodes):
            for report, start, end in node["mentions"]:
                if self.reports[report] in self.texts:
                    found.setdefault(report, []).append((start, end, number))
        return found


def _counted(graph: Network) -> Network:
    """Return ``graph`` without its inferred edges, unless the page opens with them."""
    inferred = [(s, o, key) for s, o, key, edge in graph.edges(keys=True, data=True) if edge.get("inferred")]
    if not inferred or graph.graph.get("inferred_shown"):
        return graph
    stated = graph.copy()
    stated.remove_edges_from(inferred)
    return stated


def _longest(spans: list[tuple[int, int, int]]) -> list[list[int]]:
    """Return ``spans`` in text order; of names inside one another the longest."""
    taken: list[tuple[int, int, int]] = []
    last = -1
    for start, end, node in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        if start >= last:
            taken.append((start, end, node))
            last = end
    return [list(span) for span in taken]


def _qualifier(text: str) -> Record:
    found = qualifier(text)
    return {"name_zh": found.name.zh, "name_en": found.name.en, "value_zh": found.value.zh, "value_en": found.value.en}


def choices(edges: list[Record], key: str, zh: str, en: str) -> list[Record]:
    """Return the values of ``key`` among the edges with their labels and counts, the commonest first."""
    counts = Counter(edge[key] for edge in edges)
    labels = {edge[key]: (edge[zh], edge[en]) for edge in edges}
    return [
        {"id": value, "name_zh": labels[value][0], "name_en": labels[value][1], "count": count}
        for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def legend(nodes: list[Record]) -> list[Record]:
    """Return the groups with the number of nodes in each; ``concept`` says that a group holds nothing but concepts."""
    counts = Counter(node["kind"] for node in nodes)
    things = {node["kind"] for node in nodes if not node["concept"]}
    return [
        {
            "id": group.id,
            "name_zh": group.zh,
            "name_en": group.en,
            "shape": group.shape,
            "color": group.color,
            "dark": group.dark,
            "count": counts[group.id],
            "concept": group.id not in things,
        }
        for group in groups()
    ]
