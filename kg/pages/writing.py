"""Write the page of a view to a file: project, find the report texts, render, put in place whole."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.atomic import write_text
from kg.catalogue.wording import Lang, Wording
from kg.errors import ReportError
from kg.namespaces import DCTERMS, RIE
from kg.pages.page import render
from kg.report import Report, read_report
from kg.resources import resource
from kg.store import Store
from kg.views import Filter, Network, project, why_empty

_TOLD = ("left", "undated", "left_out", "cut_short")


def write_view(
    store: Store, view: str, path: Path, lang: Lang = "zh", *, texts: Iterable[Path] | None = None, title: str | None = None, **filters: Any
) -> Network:
    """Write the page of ``view`` to ``path`` and return the network that it shows.

    ``texts`` are folders of reports, by default those that came with the program: a quote can be read in its paragraph
    where the text with the very sha256 that the graph was built from is among them. ``filters`` are those of
    ``kg.views.project``; what follows by rules is in the page, switched off unless it was asked for. Raises ``QueryError``
    for an unknown view and for one without rows (which filter took the last, and what each had left); the file is written
    whole or not at all.
    """
    graph = find_network(store, view, lang, **filters)
    folders = texts if texts is not None else (resource("graph") / "reports",)
    drawn = _with_inferred(store, view, graph, lang, filters)
    write_text(path, render(drawn, title or title_of(graph), report_texts(store, drawn, folders), lang))
    return graph


def find_network(store: Store, view: str, lang: Lang = "zh", **filters: Any) -> Network:
    """Return what ``kg.views.project`` does; raises ``QueryError`` for a view without rows too."""
    graph = project(store, view, lang, **filters)
    if not graph:
        raise why_empty(store, view, graph.graph["left"], lang)
    return graph


def _with_inferred(store: Store, view: str, graph: Network, lang: Lang, filters: Mapping[str, Any]) -> Network:
    """Return ``graph`` with what follows by rules, which its page shows at first only where it was asked for."""
    only: Filter = filters.get("only", Filter())
    if only.inferred:
        graph.graph["inferred_shown"] = True
        return graph
    drawn = project(store, view, lang, **{**filters, "only": replace(only, inferred=True)})
    drawn.graph.update({name: graph.graph[name] for name in _TOLD})  # counted as the page opens
    return drawn


def title_of(graph: Network) -> str | Wording:
    """Return the title of the only report, else how many reports there are."""
    titles = list(graph.graph["reports"].values())
    return str(titles[0]) if len(titles) == 1 else Wording(f"{len(titles)} 份报告", f"{len(titles)} reports")


def report_texts(store: Store, graph: Network, folders: Iterable[Path]) -> dict[str, str]:
    """Return the texts of the reports of ``graph`` that lie in ``folders`` and are the very ones it was built from."""
    rows = store.select(
        f"SELECT ?report ?id ?sha256 WHERE {{ GRAPH ?graph {{ ?report <{DCTERMS}identifier> ?id ; <{RIE}sha256> ?sha256 }} }}"
    )
    wanted = {(str(row["id"]), str(row["sha256"])): str(row["report"]) for row in rows if str(row["report"]) in graph.graph["reports"]}
    return {wanted[found.id, found.sha256]: found.text for found in _reports(folders) if (found.id, found.sha256) in wanted}


def _reports(folders: Iterable[Path]) -> Iterable[Report]:
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            try:
                yield read_report(path)
            except ReportError:  # a folder that holds no report; its text is simply not at hand
                continue
