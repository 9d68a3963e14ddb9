"""From the words of a command to a filter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.ask.asked import asked_day, asked_terms, asked_types
from kg.errors import QueryError
from kg.namespaces import RIE
from kg.store import Store
from kg.views.filters import EVERYTHING, Filter
from kg.views.things import UNTYPED
from kg.wording import Lang, Wording


def asked_filter(
    store: Store,
    named: Mapping[str, Sequence[str] | None] | None = None,
    days: Mapping[str, str | None] | None = None,
    lang: Lang = "zh",
    *,
    undated: bool = True,
    inferred: bool = False,
) -> Filter:
    """Return the filter that ``named`` (relation, status, report, place, type) and ``days`` (from, until, as-of) mean.

    Names may be Chinese, English, short or pinyin, days are ISO dates. Raises ``QueryError`` in ``lang`` for a name, type or
    date that is none, and for days that end before they begin.
    """
    named, days = named or {}, days or {}
    when = {key: asked_day(key, days.get(key), lang) for key in ("from", "until", "as-of")}
    since, until = when["from"], when["until"]
    if since and until and until < since:
        what = Wording(f"早于 --from={since}", f"lies before --from={since}")
        raise QueryError(f"--until={until}", what.said(lang), Wording("对调两个日期", "swap the two dates").said(lang))
    only = replace(EVERYTHING, since=since, until=until, as_of=when["as-of"], undated=undated, inferred=inferred)
    return replace(
        only,
        relations=asked_terms(store, "relation", named.get("relation"), lang),
        statuses=asked_terms(store, "status", named.get("status"), lang),
        reports=asked_terms(store, "report", named.get("report"), lang),
        places=asked_terms(store, "place", named.get("place"), lang),
        types=asked_types("type", named.get("type"), _types(store) if named.get("type") else (), lang),
    )


def _types(store: Store) -> set[str]:
    rows = store.select(f"SELECT DISTINCT ?type WHERE {{ GRAPH ?graph {{ ?thing <{RIE}entityType> ?type }} }}")
    return {str(row["type"]) for row in rows} | set(UNTYPED.values())
