"""Word lists as patterns that share the beginnings of their words."""

import re
from functools import cache
from typing import Any

_END = ""  # the key that ends a word
_FEW = 3  # words, for which sharing is not worth while
_PLAIN = r"[^()\[\]{}?*+.\\|^$]+"
_LISTED = re.compile(rf"(?<![\\\[])\(\?:({_PLAIN}(?:\|{_PLAIN})+)\)")
_Tree = dict[str, Any]  # what follows, by the next character


@cache
def alternation(words: tuple[str, ...]) -> str:
    """Return a pattern for any of ``words``, the longest first; words that begin alike are told apart behind what they share.

    >>> alternation(("省", "省级", "市"))
    '(?:市|省(?:级|))'
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _branches(tree)


def sharing(pattern: str) -> str:
    """Return ``pattern`` with its lists of plain words written as ``alternation`` writes them, where no word would be missed for it.

    A word has to stand before those it begins with, as the longest first.

    >>> sharing("(?:省级|省|市)科技(?:局|局长)")
    '(?:市|省(?:级|))科技(?:局|局长)'
    """
    return _LISTED.sub(_shared, pattern)


def _shared(listed: re.Match[str]) -> str:
    words = listed[1].split("|")
    late = any(word.startswith(earlier) for i, word in enumerate(words) for earlier in words[:i])
    return listed[0] if late or len(words) < _FEW else alternation(tuple(words))


def _branches(tree: _Tree) -> str:
    """Return the alternatives of a node: at most one of them can match at a place, so only the empty one has to come last."""
    longer = [re.escape(char) + _rest(tree[char]) for char in sorted(tree) if char != _END]
    return "(?:" + "|".join([*longer, ""] if _END in tree else longer) + ")"


def _rest(node: _Tree) -> str:
    """Return the pattern of what follows a character, as far as it goes one way in plain letters."""
    shared = ""
    while len(node) == 1 and _END not in node:
        ((char, node),) = node.items()
        shared += re.escape(char)
    return shared if list(node) == [_END] else shared + _branches(node)
