"""A network that shows itself in a notebook: its page in a frame that may run scripts and reach nothing else."""

from html import escape

from kg.pages.page import render
from kg.pages.writing import title_of
from kg.views import Network
from kg.wording import Lang, Wording

MOST_SHOWN = 1500  # nodes; about two megabytes, which every saved copy of the notebook would carry
_FRAME = '<iframe sandbox="allow-scripts" style="width:100%;height:640px;border:1px solid #ccc" title="{title}" srcdoc="{page}"></iframe>'


class NotebookNetwork(Network):  # type: ignore[misc]  # NetworkX tells no types
    """A NetworkX ``MultiDiGraph`` like any other, copies and subgraphs too, which a notebook shows as its network page.

    The page cannot read the notebook, load anything or send anything: its frame is sandboxed, its own policy forbids every
    request. A network that was changed so that the page could not show it, or of more than ``MOST_SHOWN`` nodes, is shown
    in a sentence.
    """

    def __repr__(self) -> str:
        """Return what it is and how large, the same in every run."""
        return f"<{self} of the view {self.graph.get('view', '')!r}>"

    def _repr_html_(self) -> str:
        lang: Lang = "en" if self.graph.get("lang") == "en" else "zh"
        if not self or not _drawable(self) or len(self) > MOST_SHOWN:
            return f"<p>{escape(_said(self, lang))}</p>"
        view = Wording(str(self.graph["label_zh"]), str(self.graph["label_en"])).said(lang)
        return _FRAME.format(title=escape(view), page=escape(render(self, title_of(self), {}, lang)))


def _drawable(network: Network) -> bool:
    """Tell whether ``network`` still has what a view gave it, and no node or edge of somebody else's making."""
    whole = {"label_zh", "label_en", "reports"} <= network.graph.keys()
    nodes = all({"label", "pinyin", "mentions"} <= values.keys() for _, values in network.nodes(data=True))
    return whole and nodes and all(values.get("evidence") for _, _, values in network.edges(data=True))


def _said(network: Network, lang: Lang) -> str:
    nodes, edges = len(network), network.number_of_edges()
    if lang == "zh":
        said = f"网络：{nodes} 个节点，{edges} 条关系。"
        return said + (f"超过 {MOST_SHOWN} 个节点，请用 kg view 写成文件。" if nodes > MOST_SHOWN else "")
    said = f"A network of {nodes} nodes and {edges} edges."
    return said + (f" More than {MOST_SHOWN} nodes: write it to a file with kg view." if nodes > MOST_SHOWN else "")
