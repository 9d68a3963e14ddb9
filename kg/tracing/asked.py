"""From the words of a command to limits: relations, statuses, reports and places by name, types as the graph has them."""

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from kg.ask.names import find_terms
from kg.catalogue import Parameter
from kg.catalogue.wording import Lang, Wording
from kg.errors import QueryError
from kg.store import Store
from kg.tracing.limits import ALL, Limits
from kg.tracing.network import Network
from kg.tracing.weights import weights

_KINDS = {"relation": "predicate", "status": "status", "report": "report", "place": "place"}


def asked_limits(
    store: Store, network: Network, named: Mapping[str, Sequence[str] | None], on: str | None, hops: int, lang: Lang
) -> Limits:
    """Return the limits that ``named`` means; its keys are relation, status, report, place, type and through.

    ``on`` is an ISO date. Raises ``QueryError`` in ``lang`` for a name, type or date that is none.
    """
    found = {key: _terms(store, key, named.get(key) or (), lang) for key in _KINDS}
    return Limits(
        relations=found["relation"],
        statuses=found["status"],
        reports=found["report"],
        places=found["place"],
        types=_types(network, "type", named.get("type") or (), frozenset(network.types), lang),
        through=_types(network, "through", named.get("through") or (), weights().places | weights().ideas | {ALL}, lang),
        on=_day(on, lang) if on else None,
        hops=hops,
    )


def _terms(store: Store, key: str, values: Sequence[str], lang: Lang) -> frozenset[str]:
    label = Wording("关系、状态、报告或地方的名称", "the name of a relation, status, report or place")
    parameter = Parameter(f"--{key}", _KINDS[key], label, None, None)
    return frozenset(str(term) for value in values for term in find_terms(store, parameter, value, lang))


def _types(network: Network, key: str, values: Sequence[str], known: frozenset[str], lang: Lang) -> frozenset[str]:
    for value in values:
        if value not in known:
            near = get_close_matches(value, sorted(known), n=5, cutoff=0.4) or sorted(known)
            what = Wording("没有这个类型", "there is no such type")
            remedy = Wording(f"可用：{'、'.join(near)}", f"use one of {', '.join(near)}")
            raise QueryError(f"--{key}={value[:60]}", what.said(lang), remedy.said(lang))
    return frozenset(values)


def _day(value: str, lang: Lang) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        what = Wording("这不是日期", "this is no date")
        raise QueryError(
            f"--as-of={value[:60]}", what.said(lang), Wording("例如 2020-06-30", "write one such as 2020-06-30").said(lang)
        ) from error
