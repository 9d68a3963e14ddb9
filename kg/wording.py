"""Texts in the two languages of the project."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The same thing said in Chinese and in English.

    >>> Wording("人物", "People").said("en")
    'People'
    """

    zh: str
    en: str

    def said(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en
