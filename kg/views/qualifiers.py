"""What a qualifier of a relation (``post=院长``) is called in both languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.catalogue.wording import Lang, Wording


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What qualifies a relation, and how; ``known`` says that the value is a word of the program, not of the text."""

    name: Wording
    value: Wording
    known: bool

    def said(self, lang: Lang) -> str:
        """Return the qualifier in ``lang``.

        >>> qualifier("post=院长").said("en"), qualifier("state=former").said("zh")
        ('post: 院长', '曾任')
        """
        if self.known:
            return self.value.said(lang)
        return f"{self.name.said(lang)}{'：' if lang == 'zh' else ': '}{self.value.said(lang)}"


def qualifier(text: str) -> Qualifier:
    """Return what ``text`` says: ``key=value`` as the graph has it."""
    key, _, value = text.partition("=")
    words = _names().get(key, {"zh": key, "en": key})
    told = words.get(value) if value not in ("zh", "en") else None
    return Qualifier(Wording(words["zh"], words["en"]), Wording(told["zh"], told["en"]) if told else Wording(value, value), bool(told))


@cache
def _names() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "qualifiers.toml").read_text(encoding="utf-8"))
