"""Word lists as patterns that share the beginnings of their words."""

import re
from functools import cache
from typing import Any

_END = ""  # the key that ends a word
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
