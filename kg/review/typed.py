"""Values as a person types them, for the words of a fact."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from kg.decisions.decision import Kind, Value, Words
from kg.decisions.words import KEYS
from kg.review.desk import Desk

_TYPES = "Person, Academician, City, District, University, Institute, Platform, Park, Enterprise, GovernmentBody, Policy, Programme …"


def ask_words(kind: Kind, old: Words, desk: Desk, prompt: str) -> dict[str, Value]:
    """Ask for ``key=value`` lines until an empty one; return what differs from ``old``. What cannot be used is asked again."""
    keys = KEYS[kind]
    new: dict[str, Value] = {}
    while said := desk.ask(prompt, keys=", ".join(keys)):
        key, _, text = said.partition("=")
        key = key.strip()
        if key not in keys:
            desk.say("unusable", said=said, about=", ".join(f"{name}=…" for name in keys))
            continue
        value = read_value(kind, key, text.strip())
        if value is None:
            desk.say("unusable", said=said, about=keys[key].said(desk.lang))
        elif (old.get(key) or "") != (value or ""):
            new[key] = value
    return new


def ask_word(kind: Kind, key: str, desk: Desk) -> Value | None:
    """Ask for the value of ``key`` until it can be used; ``None`` for an empty line."""
    about = _TYPES if key == "type" else KEYS[kind][key].said(desk.lang)
    while said := desk.ask("add-word", key=key, about=about):
        value = read_value(kind, key, said)
        if value is not None:
            return value
        desk.say("unusable", said=said, about=about)
    return None


def read_value(kind: Kind, key: str, text: str) -> Value | None:
    """Return what a person typed as the value of ``key``, ``None`` where it is none.

    >>> read_value("observation", "value", "12.5"), read_value("event", "participants", "甲市、乙市")
    (Decimal('12.5'), ('甲市', '乙市'))
    """
    value: Value = text
    if key in ("aliases", "participants"):
        value = tuple(part.strip() for part in text.replace("，", "、").split("、") if part.strip())
    elif key in ("rank", "order"):
        value = int(text) if text.isascii() and text.isdigit() else text
    elif key == "exhaustive":
        value = {"true": True, "是": True, "false": False, "否": False}.get(text, text)
    elif key == "value":
        value = _number(text)
    elif key == "qualifiers":
        value = _pairs(text)
    return value if KEYS[kind][key].fits(value) else None


def _number(text: str) -> Value:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _pairs(text: str) -> Mapping[str, str]:
    return dict(part.split("=", 1) for part in text.split("、") if "=" in part)
