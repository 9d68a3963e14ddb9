"""How a tie is told in Chinese and English, from either end: labels of the ontology, and ``wording.toml``."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.wording import Lang

_FILE = Path(__file__).resolve().parent / "wording.toml"
_LETTER = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A relation as told from its subject (empty: by its label) and from its object; ``{0}`` is the other end."""

    zh: str
    en: str
    inverse_zh: str
    inverse_en: str


@cache
def phrases() -> Mapping[str, Phrase]:
    """Return the phrases by the local name of the relation."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: Phrase(row.get("zh", ""), row.get("en", ""), row["inverse_zh"], row["inverse_en"]) for name, row in table.items()}


def told(predicate: str, label: str, other: str, forward: bool, lang: Lang) -> str:
    """Return the verb phrase of a tie: ``领衔温州医科大学病毒研究院``, ``is led by 李校堃``.

    ``label`` is that of ``predicate`` in the ontology, ``other`` the name of the far end. A relation without an inverse in
    the table is told as “←label other”, so that its direction is not lost.
    """
    phrase = phrases().get(re.split(r"[#/]", predicate)[-1])
    pattern = ""
    if phrase:
        pattern = (phrase.zh if lang == "zh" else phrase.en) if forward else (phrase.inverse_zh if lang == "zh" else phrase.inverse_en)
    pattern = pattern or f"{'' if forward else '← '}{label}{'' if lang == 'zh' else ' '}{{0}}"
    return pattern.replace("{0}", other)


def period(first: str | None, last: str | None, lang: Lang) -> str:
    """Return an interval of days as the graph calls it (``2020年4月``, ``April 2020``)."""
    from kg.triples.intervals import labels

    zh, en = labels(first, last)
    return zh if lang == "zh" else en
