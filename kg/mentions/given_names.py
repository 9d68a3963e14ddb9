"""What a personal name can look like: the surnames, the given names, and the words that are none."""

import re
from functools import cache

from kg.mentions.gazetteer import places_called
from kg.mentions.walls import OPTIONS
from kg.rules import RuleFile, alternation, rules

BREAK = frozenset("，。；：、！？（）()“”《》,.;:!? \n·/／　")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@cache
def persons_file() -> RuleFile:
    """Return the rules of ``persons.toml``, read once."""
    return rules("persons", *OPTIONS)


@cache
def words(name: str) -> frozenset[str]:
    """Return the word list ``name`` of ``persons.toml``."""
    return frozenset(persons_file().words[name])


@cache
def _ordinary() -> re.Pattern[str]:
    """Return what no given name is made of: words of the genre behind a character that is also a surname."""
    characters = "[的了在是与等对向将到个项次年市省县区局厅院所企业部级型组者说称镇村乡员不未已多内外均]"
    behind = f"[{''.join(words('follower'))}]$|(?<![有大作敢善能可])为$"
    return re.compile(f"{characters}|{alternation(words('ordinary'))}|{behind}|^家[{''.join(words('village'))}]$")


def is_name(text: str) -> bool:
    """Return whether ``text`` can be a Chinese personal name: a surname and one or two characters.

    >>> is_name("李国栋"), is_name("欧阳明远"), is_name("高度重视"), is_name("程序员")
    (True, True, False, False)
    """
    if not _HAN.fullmatch(text):
        return False
    if text[:2] in words("compound") and 3 <= len(text) <= 4:
        given = text[2:]
    elif text[0] in words("surname") and 2 <= len(text) <= 3 and text[:2] not in words("lookalike"):
        given = text[1:]
    else:
        return False
    return not _ordinary().search(given) or given in words("given")


def is_sure_name(text: str) -> bool:
    """Return whether ``text`` can be a name whose surname is hardly ever another word."""
    return is_name(text) and text[0] not in words("weak")


def is_known_place(text: str) -> bool:
    """Return whether ``text`` is also the name of a division (许昌获评)."""
    return bool(places_called(text))


def post_before(clean: str, start: int) -> bool:
    """Return whether a post stands right before ``start``."""
    return any(clean[max(0, start - size) : start] in words("post") for size in (2, 3, 4, 5))


_DEED = re.compile(r"[\u4e00-\u9fff]{0,2}(?:[负责牵领带参加讲做提办理会议论坛考察调研视察检查召开组织]|之|们)")


def opens_with_name(text: str, start: int) -> bool:
    """Return whether a name of three characters stands at ``start``, and none of the words of what people in office do.

    >>> opens_with_name("39岁的季怀真揉揉眼睛", 4), opens_with_name("院长高度重视", 2)
    (True, False)
    """
    return start >= 0 and is_sure_name(text[start : start + 3]) and not _DEED.match(text, start)
