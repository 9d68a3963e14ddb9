"""Time intervals: which days a fact speaks of, and how an interval is called in Chinese and English."""

from collections.abc import Iterator
from datetime import date

from kg.errors import ReportError
from kg.facts import UNDATED, Period
from kg.namespaces import RDF, RDFS, RIE, TIME
from kg.report import Issued, last_day_of_month, parse_issued
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Term, day

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

Triple = tuple[Iri, str, Term]


def days_of(period: Period, issued: Issued | None, done: bool) -> tuple[str | None, str | None]:
    """Return first and last day of a fact, ``None`` for an end that is not known.

    What is done but undated lies before the end of the issue date; what is only planned has no known end.
    """
    if period.start or period.end or not done:
        return period.start, period.end
    return None, issued.last_day if issued else None


def possible(period: Period) -> Period:
    """Return ``period``, or the undated one when no calendar has its days or it ends before it begins.

    Reports misprint dates, and one 2月30日 must not keep the rest of a report from the graph; the quote still shows it.
    """
    try:
        days = [date.fromisoformat(value) for value in (period.start, period.end) if value]
    except ValueError:
        return UNDATED
    return period if days == sorted(days) else UNDATED


def days_of_date(value: str | None) -> Period:
    """Return the period of an ISO year, month or day, or the undated one (also for a day that no calendar has).

    >>> days_of_date("2020-04").end, days_of_date("2020-02-30").end
    ('2020-04-30', None)
    """
    if not value:
        return UNDATED
    try:
        issued = parse_issued(value, "date")
    except ReportError:
        return UNDATED
    first = {"year": f"{value}-01-01", "month": f"{value}-01", "day": value}[issued.precision]
    return Period(first, issued.last_day, "stated", None)


def interval_triples(node: Iri, first: str | None, last: str | None, names: tuple[str, str]) -> Iterator[Triple]:
    """Yield the triples of the interval ``node`` from ``first`` to ``last`` (ISO dates, closed; ``None`` is open)."""
    yield node, f"{RDF}type", Iri(f"{TIME}ProperInterval")
    for value, days, edge, end in ((first, "firstDay", "hasBeginning", "begin"), (last, "lastDay", "hasEnd", "end")):
        if value:
            instant = iris.part(node, end)
            yield node, f"{RIE}{days}", day(value)
            yield node, f"{TIME}{edge}", instant
            yield instant, f"{RDF}type", Iri(f"{TIME}Instant")
            yield instant, f"{TIME}inXSDDate", day(value)
    zh, en = names
    yield node, f"{RDFS}label", Literal(zh, lang="zh-Hans")
    yield node, f"{RDFS}label", Literal(en, lang="en")


def labels(first: str | None, last: str | None, *, stated: bool = False) -> tuple[str, str]:
    """Return the Chinese and English name of an interval.

    One without a beginning is that of a fact without a date, or where it is ``stated`` of a fact up to a day.

    >>> labels("2020-01-01", "2020-05-31")
    ('2020年1—5月', 'January–May 2020')
    >>> labels(None, "2020-12-31")
    ('未注明（不晚于2020年12月31日）', 'undated (not after 31 December 2020)')
    >>> labels(None, "2020-06-30", stated=True)
    ('截至2020年6月30日', 'up to 30 June 2020')
    """
    if not first and not last:
        return "未注明日期", "undated"
    if not first or not last:
        zh, en = _day_labels(first or last or "")
        if stated and not first:
            return f"截至{zh}", f"up to {en}"
        return (f"{zh}起", f"from {en}") if first else (f"未注明（不晚于{zh}）", f"undated (not after {en})")
    if first == last:
        return _day_labels(first)
    return _month_labels(first, last) or _span_labels(first, last)


def _day_labels(value: str) -> tuple[str, str]:
    when = date.fromisoformat(value)
    return f"{when.year}年{when.month}月{when.day}日", f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def _span_labels(first: str, last: str) -> tuple[str, str]:
    (zh_from, en_from), (zh_to, en_to) = _day_labels(first), _day_labels(last)
    return f"{zh_from}—{zh_to}", f"{en_from} – {en_to}"


def _month_labels(first: str, last: str) -> tuple[str, str] | None:
    """Return the names of whole years and months, ``None`` when the interval cuts a month."""
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    if a.day != 1 or last != last_day_of_month(b.year, b.month):
        return None
    from_, to = _MONTHS[a.month - 1], _MONTHS[b.month - 1]
    if (a.month, b.month) == (1, 12):
        return (f"{a.year}年", f"{a.year}") if a.year == b.year else (f"{a.year}—{b.year}年", f"{a.year}–{b.year}")
    if a.year != b.year:
        return f"{a.year}年{a.month}月—{b.year}年{b.month}月", f"{from_} {a.year} – {to} {b.year}"
    if a.month == b.month:
        return f"{a.year}年{a.month}月", f"{from_} {a.year}"
    return f"{a.year}年{a.month}—{b.month}月", f"{from_}–{to} {a.year}"
