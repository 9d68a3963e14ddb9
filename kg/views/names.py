"""Pinyin of names, for search and for sorting (SPARQL engines sort Chinese by code point, which no reader expects)."""

from pypinyin import Style, pinyin


def syllables(name: str, person: bool = False) -> str:
    """Return the syllables of ``name`` without tones, apart by blanks; letters and digits stay, other signs fall out.

    A person's name keeps every reading of a character, since a name does not tell which is meant.

    >>> syllables("温州市"), syllables("“9+11”改革")
    ('wen zhou shi', '9 11 gai ge')
    >>> syllables("李校堃", person=True)
    'li jiao/qiao/xiao kun'
    """
    spread = "".join(c if c.isalnum() else " " for c in name)
    found = pinyin(spread, style=Style.NORMAL, heteronym=person, errors=str.lower)
    return " ".join(part for readings in found for part in "/".join(sorted(set(readings))).split())


def sort_key(name: str) -> tuple[str, str]:
    """Return the key by which names stand in a list: pinyin first, then the characters."""
    return syllables(name), name
