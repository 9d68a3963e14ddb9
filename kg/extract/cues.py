"""Cues: which rules are worth trying in a sentence, told from the words that stand in it before any pattern runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.rules import RuleFile


@dataclass(frozen=True, slots=True)
class Cues:
    """``words`` holds, by first character, each cue with the rules (by number) that wait for it; ``always`` need none."""

    words: dict[str, tuple[tuple[str, tuple[int, ...]], ...]]
    always: tuple[int, ...]

    def rules_in(self, text: str) -> list[int]:
        """Return the numbers of the rules of which ``text`` holds a cue, in the order of the file."""
        found = set(self.always)
        for char in self.words.keys() & set(text):
            for word, numbers in self.words[char]:
                if word in text:
                    found.update(numbers)
        return sorted(found)


def cues_of(file: RuleFile) -> Cues:
    """Return the cues of a rule file; ``{list}`` in a ``cue`` stands for the words of that list."""
    lists = {f"{{{name}}}": words for name, words in file.words.items()}
    waiting: dict[str, list[int]] = {}
    always: list[int] = []
    for number, rule in enumerate(file.rules):
        printed: Sequence[str] = rule.options.get("cue", ())
        for word in dict.fromkeys(word for cue in printed for word in lists.get(cue, (cue,))):
            waiting.setdefault(word, []).append(number)
        if not printed:
            always.append(number)
    words: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for word, numbers in waiting.items():
        words.setdefault(word[0], []).append((word, tuple(numbers)))
    return Cues({char: tuple(entries) for char, entries in words.items()}, tuple(always))
