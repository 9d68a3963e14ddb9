"""Mermaid (https://mermaid.js.org), for small networks in Markdown files, issues and wikis."""

import re

from kg.errors import InputError
from kg.formats.flat import Row, Scalar, flatten
from kg.pages.groups import group_of, groups
from kg.views import Network

MOST_NODES = 60
MOST_EDGES = 200
_LONGEST = 60  # characters of a label
# letters, digits and the punctuation that neither Mermaid nor HTML nor Markdown reads; the rest becomes an entity code
_UNSAFE = re.compile(r"[^\w .,:/()+=?!~@'’‘“”《》（）、，。；：—–·…-]")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def mermaid(network: Network) -> str:
    """Return ``network`` as a Mermaid flowchart: colours of the page's legend, dashed what is not yet so.

    IRIs and the place of each edge in its report stand in comments. Long labels are cut. Raises ``InputError`` for more
    than ``MOST_NODES`` nodes or ``MOST_EDGES`` edges, which nobody could read.
    """
    if len(network) > MOST_NODES or network.number_of_edges() > MOST_EDGES:
        raise _too_large(network)
    flat = flatten(network)
    names = {row["id"]: f"n{number}" for number, row in enumerate(flat.nodes.rows)}
    lines = ["flowchart LR"]
    for row in flat.nodes.rows:
        lines += [f"  %% {names[row['id']]} {_safe(str(row['id']))}", f'  {names[row["id"]]}["{_label(row, row["id"])}"]:::{_group(row)}']
    for row in flat.edges.rows:
        lines += [f"  %% {_proof(row)}", f'  {names[row["source"]]} {_arrow(row)}|"{_label(row, "")}"| {names[row["target"]]}']
    used = {_group(row) for row in flat.nodes.rows}
    lines += [
        f"  classDef {group.id} fill:#ffffff,color:#222222,stroke:{group.color},stroke-width:2px" for group in groups() if group.id in used
    ]
    return "\n".join(lines) + "\n"


def _too_large(network: Network) -> InputError:
    nodes, edges = len(network), network.number_of_edges()
    if network.graph.get("lang") == "en":
        what = f"{nodes} nodes and {edges} edges are too many for Mermaid (at most {MOST_NODES} and {MOST_EDGES})"
        return InputError("mermaid", what, "narrow the view, e.g. --focus NAME --hops 1, or choose another format")
    what = f"{nodes} 个节点、{edges} 条关系，Mermaid 画不下（最多 {MOST_NODES} 个、{MOST_EDGES} 条）"
    return InputError("mermaid", what, "缩小视图，如 --focus 名称 --hops 1，或换一种格式")


def _label(row: Row, otherwise: Scalar) -> str:
    label = _BLANK.sub(" ", str(row.get("label", otherwise))).strip()
    short = _safe(label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…")
    return short.replace(":", "#58;") or " "  # “fa:fa-car” would be a picture


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", _BLANK.sub(" ", text))


def _group(row: Row) -> str:
    return group_of(str(row.get("type", "")))


def _arrow(row: Row) -> str:
    directed, done = bool(row.get("directed", True)), bool(row.get("done", True))
    return {(True, True): "-->", (True, False): "-.->", (False, True): "---", (False, False): "-.-"}[directed, done]


def _proof(row: Row) -> str:
    return _safe(" ".join(str(row[name]) for name in ("statement", "report", "quote_start", "quote_end") if name in row))
