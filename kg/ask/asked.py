"""From the words of a command to what they mean: relations, statuses, reports and places by name, types, days."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from kg.ask.names import find_terms
from kg.catalogue import Parameter
from kg.errors import QueryError
from kg.store import Store
from kg.wording import Lang, Wording

KINDS = {"relation": "predicate", "status": "status", "report": "report", "place": "place"}


def asked_terms(store: Store, key: str, values: Sequence[str] | None, lang: Lang) -> frozenset[str]:
    """Return the IRIs that ``values`` of the option ``key`` (relation, status, report or place) name.

    Raises ``QueryError`` in ``lang`` for a name that the graph does not have, with the nearest ones.
    """
    label = Wording("关系、状态、报告或地方的名称", "the name of a relation, status, report or place")
    parameter = Parameter(f"--{key}", KINDS[key], label, None, None)
    return frozenset(str(term) for value in values or () for term in find_terms(store, parameter, value, lang))


def asked_types(key: str, values: Sequence[str] | None, known: Iterable[str], lang: Lang) -> frozenset[str]:
    """Return ``values`` as they stand; ``QueryError`` names those of ``known`` that come near one which is not among them."""
    listed = sorted(known)
    for value in values or ():
        if value not in listed:
            near = get_close_matches(value, listed, n=5, cutoff=0.4) or listed
            what = Wording("没有这个类型", "there is no such type")
            remedy = Wording(f"可用：{'、'.join(near)}", f"use one of {', '.join(near)}")
            raise QueryError(f"--{key}={value[:60]}", what.said(lang), remedy.said(lang))
    return frozenset(values or ())


def asked_day(key: str, value: str | None, lang: Lang) -> date | None:
    """Return the day that an ISO date names, ``None`` for none; ``QueryError`` for a text that is no date."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        what, remedy = Wording("这不是日期", "this is no date"), Wording("例如 2020-06-30", "write one such as 2020-06-30")
        raise QueryError(f"--{key}={value[:60]}", what.said(lang), remedy.said(lang)) from error
