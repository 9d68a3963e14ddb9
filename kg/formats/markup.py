"""XML written piece by piece, so that a large network needs no tree of it in memory."""

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def xml_text(text: str) -> str:
    """Return ``text`` with U+FFFD for each character that XML 1.0 cannot hold (production [2] Char).

    >>> xml_text("临\\x00江")
    '临\ufffd江'
    """
    return _NOT_XML.sub("\ufffd", text)


def opening(name: str, attributes: Mapping[str, str], close: str = ">") -> str:
    """Return the tag that opens an element; line ends and tabs in values are kept as character references."""
    return f"<{name}{''.join(f' {key}={quoteattr(xml_text(value))}' for key, value in attributes.items())}{close}"


def element(name: str, attributes: Mapping[str, str], content: Iterable[str] = (), text: str = "") -> str:
    """Return a whole element on a line of its own, or on several if it has ``content``, which is XML already."""
    inner = "\n".join(content)
    if inner:
        return f"{opening(name, attributes)}\n{inner}\n</{name}>"
    if text:
        return f"{opening(name, attributes)}{escape(xml_text(text), {chr(13): '&#13;'})}</{name}>"
    return opening(name, attributes, "/>")
