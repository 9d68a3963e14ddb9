"""The desk of a reviewer: who decides, how to ask and tell, and what was done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.review.words import WORDS

Ask = Callable[[str], str]
Tell = Callable[[str], None]
_COUNTED = {  # as told: (Chinese, English, whether a zero is told)
    "accepted": ("采纳", "accepted", True),
    "rejected": ("驳回", "rejected", True),
    "corrected": ("更正", "corrected", True),
    "merged": ("合并", "merged", False),
    "split": ("拆分", "split", False),
    "linked": ("链接", "linked", False),
    "added": ("添加", "added", False),
    "skipped": ("跳过", "skipped", True),
}


@dataclass(slots=True)
class Tally:
    """How many cases were accepted, rejected, corrected, merged, split, linked, added and skipped in a session."""

    accepted: int = 0
    rejected: int = 0
    corrected: int = 0
    merged: int = 0
    split: int = 0
    linked: int = 0
    added: int = 0
    skipped: int = 0

    def count(self, name: str, by: int = 1) -> None:
        """Count one more (or fewer) of ``name``."""
        setattr(self, name, getattr(self, name) + by)

    def said(self, lang: str) -> str:
        """Return the counts on one line in ``lang`` (``zh`` or ``en``)."""
        told = [(words, getattr(self, name)) for name, words in _COUNTED.items() if words[2] or getattr(self, name)]
        if lang == "zh":
            return "，".join(f"{zh} {count}" for (zh, _, _), count in told)
        return ", ".join(f"{count} {en}" for (_, en, _), count in told)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who decides, on which day (ISO), where decisions are kept, and how to speak: ``key`` reads a key, ``line`` a line."""

    by: str
    on: str
    folder: Path
    key: Ask
    line: Ask
    tell: Tell
    lang: str = "zh"
    tally: Tally = field(default_factory=Tally)

    def say(self, word: str, **values: object) -> None:
        """Tell what ``WORDS`` has under ``word``."""
        self.tell(self.word(word, **values))

    def word(self, word: str, **values: object) -> str:
        """Return what ``WORDS`` has under ``word``, in the language of the desk; names of a report steer no terminal."""
        return WORDS[word][self.lang != "zh"].format(**{name: unsteered(str(value)) for name, value in values.items()})

    def ask(self, word: str, **values: object) -> str:
        """Return the line that a person types at the prompt ``word``, without blanks at its ends."""
        return self.line(self.word(word, **values)).strip()

    def choose(self, word: str, among: int, **values: object) -> int | None:
        """Return which of ``among`` things (from 0) a person chooses by its number from 1, ``None`` for none of them."""
        said = self.ask(word, **values)
        if said.isascii() and said.isdigit() and 1 <= int(said) <= among:
            return int(said) - 1
        if said:
            self.say("unusable", said=said, about=f"1–{among}")
        return None


def unsteered(text: str) -> str:
    """Return ``text`` with U+FFFD for each character that would steer a terminal instead of being shown."""
    return "".join(char if char.isprintable() else "�" for char in text)
