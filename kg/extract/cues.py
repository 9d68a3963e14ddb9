"""Cues: which rules are worth trying in a sentence, told from the words that stand in it before any pattern runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from kg.mentions.lexicon import matches
from kg.rules import RuleFile
from kg.rules.letters import Needs, needed


@dataclass(frozen=True, slots=True)
class Cues:
    """``words`` are the cues, ``waiting`` the rules (by number) that wait for each of them; ``always`` need none.

    ``needs`` holds for each rule letters that its pattern cannot do without.
    """

    words: AhoCorasick
    waiting: tuple[tuple[int, ...], ...]
    always: tuple[int, ...]
    needs: tuple[Needs, ...]

    def rules_in(self, text: str) -> list[int]:
        """Return the numbers of the rules of which ``text`` holds a cue, in the order of the file."""
        found = set(self.always)
        for word, _, _ in matches(self.words, text, overlapping=True):
            found.update(self.waiting[word])
        return sorted(found)


def cues_of(file: RuleFile) -> Cues:
    """Return the cues of a rule file."""
    waiting: dict[str, list[int]] = {}
    always: list[int] = []
    for number, rule in enumerate(file.rules):
        printed: Sequence[str] = rule.options.get("cue", ())
        for word in dict.fromkeys(printed):
            waiting.setdefault(word, []).append(number)
        if not printed:
            always.append(number)
    needs = tuple(needed(rule.pattern.pattern) for rule in file.rules)
    return Cues(AhoCorasick(waiting), tuple(map(tuple, waiting.values())), tuple(always), needs)
