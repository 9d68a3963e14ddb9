"""A headless Chromium for the page tests: without a network, with every request and every console message written down."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page in the browser, what it asked of the outside and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def look_up(self, typed: str) -> list[str]:
        """Type into the search field and return the names that are offered."""
        self.page.fill("#search", typed)
        return self.page.eval_on_selector_all("#found li[id] span", "spans => spans.map(s => s.textContent)")

    def choose(self, typed: str) -> None:
        """Choose the first name that the search offers for ``typed``."""
        self.look_up(typed)
        self.page.press("#search", "Enter")

    def press_drawn(self, name: str) -> None:
        """Click with the mouse on the node or the community that is drawn as ``name``."""
        x, y = self.page.evaluate(
            """name => {
              const dom = window.network.canvasToDOM(window.network.getPosition(name));
              const box = document.getElementById("network").getBoundingClientRect();
              return [dom.x + box.x, dom.y + box.y];
            }""",
            name,
        )
        self.page.mouse.click(x, y)
        self.page.wait_for_timeout(350)  # vis-network waits that long for a second click

    def drawn(self) -> list[str]:
        """Return the names by which nodes and communities are drawn now."""
        return [str(name) for name in self.page.evaluate("window.network.body.data.nodes.getIds()")]

    def press_edge(self, number: int = 0) -> None:
        """Click with the mouse on the middle of the drawn edge ``number``, the drawing fitted to the window."""
        self.page.evaluate("window.network.fit()")
        x, y = self.page.evaluate(
            """number => {
              const edge = window.network.body.data.edges.get()[number];
              const at = window.network.getPositions([edge.from, edge.to]);
              const middle = { x: (at[edge.from].x + at[edge.to].x) / 2, y: (at[edge.from].y + at[edge.to].y) / 2 };
              const dom = window.network.canvasToDOM(middle), box = document.getElementById("network").getBoundingClientRect();
              return [dom.x + box.x, dom.y + box.y];
            }""",
            number,
        )
        self.page.mouse.click(x, y)
        self.page.wait_for_timeout(350)  # vis-network waits that long for a second click


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; without one the test fails and says what to install."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = os.environ.get("CHROMIUM", found)
    if not found:
        advice = "install it (Debian and Ubuntu: apt install chromium), or name the program in the variable CHROMIUM"
        pytest.fail(f"no Chromium, in which the network page is tested: {advice}", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def open_page(browser: Browser, path: Path, fragment: str = "", scheme: str = "light") -> Opened:
    """Open the file ``path`` offline and wait until it is drawn."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    opened = Opened(context.new_page())
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.goto(path.as_uri() + fragment)
    opened.page.wait_for_selector("body[data-ready]")
    return opened
