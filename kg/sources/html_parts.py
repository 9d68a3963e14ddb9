"""Which parts of an HTML page a reader sees, which of them is its main content, and which only list links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = """
    script style noscript template head title iframe object embed svg math canvas audio video
    button select textarea nav aside footer
"""
_BLOCKS = """
    html body main article section div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption address
    header hr table caption thead tbody tfoot tr td th center form fieldset details summary
"""
_LINK_LISTS = "div ul ol table section dl td p"
_UNSEEN_TAGS, BLOCK_TAGS, _LIST_TAGS = (frozenset(names.split()) for names in (_UNSEEN, _BLOCKS, _LINK_LISTS))
LONGEST_BESIDE_LINKS = 30  # characters; a passage longer than that is no caption of a list of links
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def main_of(root: "HtmlElement") -> "HtmlElement":
    """Return the one ``main`` or ``article`` of the page when it has most of the text, else the whole page."""
    whole = _length(root)
    for name in ("main", "article"):
        found = list(root.iter(name))
        if len(found) == 1 and _length(found[0]) * 2 > whole:
            return found[0]
    return root


def _length(element: "HtmlElement") -> int:
    """Return the number of printed characters in ``element``, without those of scripts, navigation and lists of links."""
    length, skip = 0, None
    for event, node in walk(element):
        if skip is None and event == "start":
            skip = node if unseen(node) else None
            length += 0 if skip is not None else len((node.text or "").strip())
        elif event == "end":
            skip = None if skip is node else skip
            length += len((node.tail or "").strip()) if skip is None and node is not element else 0
    return length


def walk(element: "HtmlElement") -> "Iterator[tuple[str, HtmlElement]]":
    from lxml import etree

    return iter(etree.iterwalk(element, events=("start", "end")))


def unseen(element: "HtmlElement") -> bool:
    if element.tag in _UNSEEN_TAGS or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def link_lists(root: "HtmlElement") -> "set[HtmlElement]":
    """Return the blocks that are lists of links: three links or more, over half of the words, no passage outside of them."""
    counts: dict[HtmlElement, _Links] = {}
    found: set[HtmlElement] = set()
    for event, node in walk(root):
        if event == "end" and isinstance(node.tag, str):
            own = _Links() if unseen(node) else _links_in(node, counts)
            if node.tag in _LIST_TAGS and own.links >= 3 and own.linked * 2 > own.words and own.passage <= LONGEST_BESIDE_LINKS:
                found.add(node)
            counts[node] = own
    return found


@dataclass(frozen=True, slots=True)
class _Links:
    """Characters of a block, those of its links, its links, and its longest stretch of text outside of links."""

    words: int = 0
    linked: int = 0
    links: int = 0
    passage: int = 0


def _links_in(node: "HtmlElement", counts: "dict[HtmlElement, _Links]") -> _Links:
    """Return the counts of ``node`` from those of its children, which are taken out of ``counts``."""
    pieces = [len((node.text or "").strip())]
    words = linked = links = passage = 0
    for child in node:
        inner = counts.pop(child, _Links())
        pieces.append(len((child.tail or "").strip()))
        words, linked, links, passage = words + inner.words, linked + inner.linked, links + inner.links, max(passage, inner.passage)
    words += sum(pieces)
    return _Links(words, words, 1, 0) if node.tag == "a" else _Links(words, linked, links, max(passage, *pieces))
