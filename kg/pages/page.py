"""The network page: a view as one HTML file that needs no network and sends nothing anywhere.

pyvis holds nodes, edges and options, and the vis-network of its wheel draws; its own HTML is not used, since it loads
style sheets from elsewhere and pastes titles as markup. Template, style and scripts are those of this folder. The
content security policy lets only these very scripts run (by their SHA-256) and forbids every request.
"""

import base64
import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.catalogue.wording import Lang, Wording
from kg.pages.communities import community_records, measure_nodes
from kg.pages.content import LATER, Content, choices, legend, short
from kg.pages.drawing import PLACED, WHOLE, draw, library
from kg.pages.tables import parted, script_block, table
from kg.views import Network, narrowing_said

FOLDER = Path(__file__).resolve().parent
OPEN_CONCEPTS = 100  # nodes; a larger view opens without its concepts, and says so


def render(graph: Network, title: str | Wording, reports_text: Mapping[str, str], lang: Lang = "zh") -> str:
    """Return the page of ``graph`` (made by ``kg.views.project``): the same graph gives the same characters.

    ``title`` heads the page, the same in both languages or one for each; ``reports_text`` holds the stored text of each
    report by its IRI, as far as it is at hand, for reading quotes in their paragraphs. ``lang`` is the language in which
    the page opens.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    heading = title if isinstance(title, Wording) else Wording(title, title)
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    scripts = [library(), _script()]
    blocks = [(name, *script_block(value)) for name, value in _data(graph, heading, reports_text, lang).items()]
    return environment.get_template("page.html.j2").render(
        title=heading.said(lang),
        lang=lang,
        style=Markup(style),
        style_hash=_digest(style),
        scripts=[Markup(script) for script in scripts],
        script_hashes=Markup(" ".join(f"'{_digest(script)}'" for script in scripts)),
        blocks=[(name, media_type, Markup(text)) for name, media_type, text in blocks],
    )


def _data(graph: Network, title: Wording, texts: Mapping[str, str], lang: Lang) -> dict[str, Any]:
    """Return all that the scripts of the page read: ``data`` for the first picture, ``details`` for what is asked for later."""
    content = Content(graph, texts)
    measure_nodes(content)
    drawing = draw(content)
    kinds = {kind: parted(drawing[kind], later) for kind, later in LATER.items()}
    details = {kind: table(rest) for kind, (_, rest) in kinds.items()}
    head = _head(graph, title, content, lang)
    first = {kind: table(first) for kind, (first, _) in kinds.items()}
    return {"data": head | first | {"options": drawing["options"]}, "details": details | {"proofs": table(content.proofs)}}


def _head(graph: Network, title: Wording, content: Content, lang: Lang) -> dict[str, Any]:
    return {
        "title": {"name_zh": title.zh, "name_en": title.en},
        "view": {
            "id": graph.graph["view"],
            "name_zh": f"{graph.graph['label_zh']}{f'：{focus}' if (focus := graph.graph.get('focus_zh')) else ''}",
            "name_en": f"{graph.graph['label_en']}{f': {focus}' if (focus := graph.graph.get('focus_en')) else ''}",
            "about_zh": graph.graph["about_zh"],
            "about_en": graph.graph["about_en"],
            "query": graph.graph["query"],
            "narrowed_zh": narrowing_said(graph.graph, "zh"),
            "narrowed_en": narrowing_said(graph.graph, "en"),
        },
        "lang": lang,
        "words": words(),
        "groups": legend(content.nodes),
        "communities": community_records(content.nodes),
        "relations": choices(content.edges, "relation", "name_zh", "name_en"),
        "statuses": choices(content.edges, "status", "status_zh", "status_en"),
        "reports": content.report_records(),
        "rules": graph.graph.get("rules", []),
        "focus": [short(iri) for iri in graph.graph.get("focus", [])],
        "inferred_open": graph.graph.get("inferred_shown", False),
        "concepts_open": len(content.nodes) <= OPEN_CONCEPTS,
        "opens_whole": len(content.nodes) <= WHOLE,
        "placed": len(content.nodes) <= PLACED,
    }


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of the page, each in ``zh`` and ``en``."""
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


@cache
def _script() -> str:
    """Return the scripts of the page as one, in a scope of its own."""
    parts = [path.read_text(encoding="utf-8") for path in sorted((FOLDER / "script").glob("*.js"))]
    return '"use strict";\n(async () => {\n' + "\n".join(parts) + "})();\n"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
