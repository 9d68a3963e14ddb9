"""How fast the network page opens, beside a bare vis-network page of the same nodes at the same places, in headless Chromium.

The page is opened on its communities and drawn as a whole (``#whole=1``); the bare page draws the same nodes and edges with the
same options and holds nothing else. Rounds are interleaved; a time runs from the start of the navigation to the second frame
after the first drawing. ``--physics`` adds what pyvis writes by default (its physics settles the places in the browser),
``--large`` the first view of a network of 50,000 nodes. Needs Chromium (variable ``CHROMIUM``) and Playwright.
"""

import argparse
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from networks import network
from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network as Pyvis

from kg.measures import annotate
from kg.pages import render
from kg.pages.drawing import OPTIONS, library

WAIT = 150_000  # milliseconds
FRAMES = """
(() => { // two frames after the page says that it is ready
  const drawn = () => { document.documentElement.dataset.drawn = performance.now(); };
  const look = () => requestAnimationFrame(document.body?.dataset.ready ? () => requestAnimationFrame(drawn) : look);
  requestAnimationFrame(look);
})();
"""
SETTLED = """
(() => {
  const drawn = () => { document.documentElement.dataset.drawn = performance.now(); };
  const look = () => window.network?.once ? network.once("stabilizationIterationsDone", drawn) : setTimeout(look, 5);
  look();
})();
"""
BARE = """<!doctype html><meta charset="utf-8"><style>html, body, #network {{ height: 100%; margin: 0; }}</style><div id="network"></div>
<script>{library}</script><script>
const content = {{ nodes: new vis.DataSet({nodes}), edges: new vis.DataSet({edges}) }};
const network = new vis.Network(document.getElementById("network"), content, {options});
network.once("afterDrawing", () => {{ document.body.dataset.ready = "true"; }});
</script>"""
DRAWN = "() => [window.network.body.data.nodes.get(), window.network.body.data.edges.get()]"
Opening = tuple[Path, str, str]


def main() -> None:
    """Print the sizes, the times and their ratios."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--nodes", type=int, default=2000)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--physics", action="store_true", help="also pyvis with its default physics (minutes)")
    asked.add_argument("--large", action="store_true", help="also the first view of 50,000 nodes")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
        _compare(browser, Path(folder), options.nodes, options.rounds)
        if options.physics:
            print(f"{'pyvis, default physics':32}{_settled(browser, Path(folder), options.nodes)}")
        if options.large:
            page = _page(Path(folder), 50_000)
            times = [_opened(browser, (page, "", FRAMES)) for _ in range(options.rounds)]
            print(f"{'50000 nodes, first view':32}{_figures(times)}")
        browser.close()


def _compare(browser: Browser, folder: Path, nodes: int, rounds: int) -> None:
    page = _page(folder, nodes)
    bare = folder / "bare.html"
    bare.write_text(_bare(browser, page), encoding="utf-8")
    openings: dict[str, Opening] = {
        "bare vis-network page": (bare, "", FRAMES),
        "page, all nodes drawn": (page, "#whole=1", FRAMES),
        "page, opened on communities": (page, "", FRAMES),
    }
    for opening in openings.values():  # once to warm the caches
        _opened(browser, opening)
    times: dict[str, list[float]] = {name: [] for name in openings}
    for _ in range(rounds):
        for name, opening in openings.items():
            times[name].append(_opened(browser, opening))
    base = median(times["bare vis-network page"])
    for name, found in times.items():
        print(f"{name:32}{_figures(found)}   ratio {median(found) / base:.2f}")


def _page(folder: Path, nodes: int) -> Path:
    """Write the page of a made-up network of ``nodes`` nodes and print its size and what it took."""
    graph = network(nodes)
    begun = time.perf_counter()
    annotate(graph)
    measured = time.perf_counter()
    source = render(graph, "虚构的网络", {})
    written = time.perf_counter()
    path = folder / f"{nodes}.html"
    path.write_text(source, encoding="utf-8")
    size = len(source.encode()) / 1e6
    took = f"measured in {measured - begun:.1f} s, written in {written - measured:.1f} s"
    print(f"{nodes} nodes, {graph.number_of_edges()} edges: {size:.2f} MB, {took}")
    return path


def _bare(browser: Browser, page: Path) -> str:
    """Return a page that draws what ``page`` draws, and nothing else."""
    nodes, edges = _visit(browser, (page, "#whole=1", FRAMES), lambda opened: opened.evaluate(DRAWN))
    return BARE.format(
        library=library(), **{name: json.dumps(value) for name, value in {"nodes": nodes, "edges": edges, "options": OPTIONS}.items()}
    )


def _settled(browser: Browser, folder: Path, nodes: int) -> str:
    """Return how long the page that pyvis writes by default takes to settle."""
    drawing = Pyvis(directed=True, cdn_resources="in_line")
    drawing.from_nx(_plain(nodes))
    path = folder / "pyvis.html"
    path.write_text(drawing.generate_html(), encoding="utf-8")
    try:
        return _figures([_opened(browser, (path, "", SETTLED))])
    except Exception:
        return f"not settled after {WAIT / 1000:.0f} s"


def _plain(nodes: int) -> Any:
    """Return the made-up network with nothing but labels, which is what pyvis takes."""
    import networkx as nx

    graph = network(nodes)
    plain = nx.DiGraph()
    plain.add_nodes_from((iri, {"label": values["label"]}) for iri, values in graph.nodes(data=True))
    plain.add_edges_from((subject, target) for subject, target in graph.edges())
    return plain


def _opened(browser: Browser, opening: Opening) -> float:
    return float(_visit(browser, opening, lambda page: page.get_attribute("html", "data-drawn")))


def _visit(browser: Browser, opening: Opening, look: Callable[[Any], Any]) -> Any:
    path, fragment, script = opening
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    context.add_init_script(script)
    page = context.new_page()
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector("html[data-drawn]", timeout=WAIT)
    found = look(page)
    context.close()
    return found


def _figures(times: list[float]) -> str:
    return f"{median(times):8.0f} ms   [{min(times):.0f} - {max(times):.0f}]"


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


if __name__ == "__main__":
    main()
