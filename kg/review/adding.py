"""Add a fact that no rule found: its quote is looked up in the report, and its words are asked for one by one."""

import re

from kg.decisions import Decision, quotation
from kg.decisions.decision import Kind, Value
from kg.decisions.words import IDENTIFYING
from kg.facts import Span
from kg.report import Report
from kg.review.case import printable
from kg.review.desk import Desk
from kg.review.typed import ask_word, ask_words

LONGEST = 2000  # characters of a quote
_KINDS: tuple[Kind, ...] = ("observation", "relation", "entity", "event", "membership")
_NEEDED: dict[Kind, tuple[str, ...]] = {"entity": ("name", "type"), "event": ("what", "participants")}
_AROUND = 16  # characters shown before and after a place


def add_decision_asked(report: Report, desk: Desk) -> Decision | None:
    """Ask for a quote of ``report``, the kind of the fact and its words; return the decision, ``None`` when it is given up."""
    span = _ask_place(report, desk)
    if span is None:
        return None
    chosen = desk.choose("add-kind", len(_KINDS))
    if chosen is None:
        return None
    words = _ask_fact(_KINDS[chosen], desk)
    if words is None:
        return None
    return Decision("add", _KINDS[chosen], desk.by, desk.on, quotation(report.text, span), words, {}, (), desk.ask("why"))


def find_quote(text: str, quote: str) -> tuple[Span, ...]:
    """Return every place of ``quote`` in ``text``; blanks and line ends do not count, since a terminal shows them otherwise.

    >>> find_quote("甲市新增3 家。乙市新增3\\n家。", "新增3家")
    (Span(start=2, end=7), Span(start=10, end=15))
    """
    bare = re.sub(r"\s", "", quote)
    if not bare or len(bare) > LONGEST:
        return ()
    return tuple(Span(found.start(), found.end()) for found in re.finditer(r"\s*".join(map(re.escape, bare)), text))


def _ask_place(report: Report, desk: Desk) -> Span | None:
    """Ask for a quote until the report has it; of several places, ask which one is meant."""
    while said := desk.ask("add-quote"):
        places = find_quote(report.text, said)
        if len(places) == 1:
            return places[0]
        if not places:
            desk.say("not-there")
            continue
        for number, place in enumerate(places, 1):
            before, after = report.text[max(0, place.start - _AROUND) : place.start], report.text[place.end : place.end + _AROUND]
            desk.tell(f"  {number} " + printable(f"…{before}【{report.text[place.start : place.end]}】{after}…"))
        chosen = desk.choose("several-places", len(places), number=len(places))
        return None if chosen is None else places[chosen]
    return None


def _ask_fact(kind: Kind, desk: Desk) -> dict[str, Value] | None:
    """Ask for the words that a fact of ``kind`` needs, then for any others; ``None`` when one that it needs is not given."""
    words: dict[str, Value] = {}
    for key in _NEEDED.get(kind, IDENTIFYING[kind]):
        value = ask_word(kind, key, desk)
        if value is None:
            return None
        words[key] = value
    return words | ask_words(kind, words, desk, "add-more")
