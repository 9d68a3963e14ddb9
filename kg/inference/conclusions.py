"""From the rows of the rules to conclusions: one for all rows that say the same of the same report, with all premises."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.catalogue.networks import View
from kg.namespaces import RDF, RIE, RIEC
from kg.store import Store
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Term

_ACHIEVED = Iri(f"{RIEC}achieved")
_STATED = f"""SELECT DISTINCT ?graph ?subject ?predicate ?object WHERE {{
  GRAPH ?graph {{ ?fact a <{RDF}Statement> ; <{RDF}subject> ?subject ; <{RDF}predicate> ?predicate ; <{RDF}object> ?object }}
}}"""
_WHEN = f"""SELECT DISTINCT ?fact ?period ?basis ?day WHERE {{
  GRAPH ?graph {{
    ?fact <{RIE}statementPeriod>|<{RIE}referencePeriod> ?period ; <{RIE}periodBasis> ?basis . OPTIONAL {{ ?period <{RIE}firstDay> ?day }}
  }}
}}"""
_UNDATED = Iri(f"{RIEC}period-none")
Row = Mapping[str, Term | None]
_Said = tuple[str, Term | None, frozenset[Term | None]]


@dataclass(frozen=True, slots=True, order=True)
class When:
    """When something holds: whether the text dates it, its first day (ISO, may be empty), the interval, and how that is known."""

    dated: bool
    first_day: str
    period: Iri
    basis: Iri


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What one rule concludes from one report.

    ``premises`` are the facts it follows from, ``evidence`` the passages that carry them. ``status`` is that of the premises where
    they share one, else achieved; ``when`` that of the premise that began last; ``qualifiers`` are those of all premises.
    """

    rule: str
    report: str
    subject: Iri
    predicate: Iri
    object: Iri
    status: Iri
    when: When | None
    qualifiers: tuple[str, ...]
    premises: tuple[Iri, ...]
    evidence: tuple[Iri, ...]


def conclude(store: Store, rules: Mapping[str, View]) -> list[Conclusion]:
    """Return what ``rules`` conclude from the reports in ``store``, by rule, report, subject, predicate and object.

    Left out is what the report states itself, in whichever direction and status, and what an earlier rule concluded.
    """
    known = {_said(str(row["graph"]), row) for row in store.select(_STATED)}
    times = {row["fact"]: _when(row) for row in store.select(_WHEN)}
    found: list[Conclusion] = []
    for name, rule in sorted(rules.items()):
        for report, rows in _by_conclusion(store.select(rule.sparql)):
            said = _said(iris.report_graph(report).value, rows[0])
            if said not in known:
                known.add(said)
                found.append(_conclusion(name, report, rows, times))
    return found


def _said(graph: str, row: Row) -> _Said:
    return graph, row["predicate"], frozenset({row["subject"], row["object"]})


def _by_conclusion(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        report = iris.report_of(_iri(row, "report")) or ""
        groups.setdefault((report, *(str(row[name]) for name in ("subject", "predicate", "object"))), []).append(row)
    for key, group in sorted(groups.items()):
        yield key[0], group


def _conclusion(rule: str, report: str, rows: list[Row], times: Mapping[Term | None, When]) -> Conclusion:
    def every(name: str) -> set[Iri]:
        return {value for row in rows if isinstance(value := row.get(name), Iri)}

    statuses, premises = every("status"), sorted(every("fact"))
    qualifiers = (value.value for row in rows if isinstance(value := row.get("qualifier"), Literal))
    return Conclusion(
        rule,
        report,
        _iri(rows[0], "subject"),
        _iri(rows[0], "predicate"),
        _iri(rows[0], "object"),
        status=statuses.pop() if len(statuses) == 1 else _ACHIEVED,
        when=max((times[fact] for fact in premises if fact in times), default=None),
        qualifiers=tuple(dict.fromkeys(qualifiers)),
        premises=tuple(premises),
        evidence=tuple(sorted(every("evidence"))),
    )


def _when(row: Row) -> When:
    basis = _iri(row, "basis")
    return When(basis != _UNDATED, str(row.get("day") or ""), _iri(row, "period"), basis)


def _iri(row: Row, name: str) -> Iri:
    value = row[name]
    assert isinstance(value, Iri), f"a rule gives {value} as {name}"
    return value
