"""From the words of a command to limits: relations, statuses, reports and places by name, types as the graph has them."""

from collections.abc import Mapping, Sequence

from kg.ask.asked import KINDS, asked_day, asked_terms, asked_types
from kg.store import Store
from kg.tracing.limits import ALL, Limits
from kg.tracing.network import Network
from kg.tracing.weights import weights
from kg.wording import Lang


def asked_limits(
    store: Store, network: Network, named: Mapping[str, Sequence[str] | None], on: str | None, hops: int, lang: Lang
) -> Limits:
    """Return the limits that ``named`` means; its keys are relation, status, report, place, type and through.

    ``on`` is an ISO date. Raises ``QueryError`` in ``lang`` for a name, type or date that is none.
    """
    found = {key: asked_terms(store, key, named.get(key), lang) for key in KINDS}
    return Limits(
        relations=found["relation"],
        statuses=found["status"],
        reports=found["report"],
        places=found["place"],
        types=asked_types("type", named.get("type"), network.types, lang),
        through=asked_types("through", named.get("through"), weights().places | weights().ideas | {ALL}, lang),
        on=asked_day("as-of", on, lang),
        hops=hops,
    )
