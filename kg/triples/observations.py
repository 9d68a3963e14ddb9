"""Observations: a number with its indicator, subject, unit, period, and what it is ranked or compared with."""

import re

from kg.facts import Observation
from kg.namespaces import PROV, RDFS, RIE, SDMX_ATTRIBUTE, SDMX_DIMENSION
from kg.triples import iris
from kg.triples.draft import A, Draft, status_of
from kg.triples.terms import Iri, Literal, decimal, integer

MEASURES = {
    "value": "measure-value",
    "yoy_growth": "growth-yoy",
    "increase": "measure-increase",
    "cumulative": "measure-cumulative",
    "share": "measure-share",
    "rank": "measure-rank",
    "difference": "measure-difference",
}
BOUNDS = {"=": "exact", ">": "greater-than", ">=": "at-least", "<": "less-than", "<=": "at-most", "~": "approximate"}
_GROUP = re.compile(r"(\d{1,6})\s*个")


def write_observation(draft: Draft, found: Observation) -> None:
    """Write an observation node with its evidence."""
    value, status = decimal(found.value), status_of(found.modality, found.status)
    said = (found.indicator, found.subject, found.measure, value.value, found.unit)
    node = iris.observation(draft.report.id, found.span.start, found.span.end, said)
    draft.say(node, A, Iri(f"{RIE}StatisticalObservation"))
    draft.say(node, f"{RDFS}label", draft.label(f"{found.subject} {found.indicator} {found.printed or value.value + found.unit}"))
    _write_what(draft, found, node)
    draft.say(node, f"{RIE}measureType", iris.code(MEASURES[found.measure]))
    draft.say(node, f"{RIE}value", value)
    draft.say(node, f"{SDMX_ATTRIBUTE}unitMeasure", _unit(draft, found))
    draft.say(node, f"{RIE}unitName", Literal(found.unit))
    draft.say(node, f"{RIE}bound", iris.code(BOUNDS[found.comparison]))
    draft.say(node, f"{RIE}referencePeriod", draft.interval(found.period, status))
    draft.say(node, f"{RIE}periodBasis", iris.code(f"period-{found.period.basis}"))
    draft.say(node, f"{RIE}factualStatus", iris.code(status))
    if found.printed:
        draft.say(node, f"{RIE}rawValue", Literal(found.printed))
    _write_aspects(draft, found, node)
    draft.support(node, found.span, found.rule)


def _write_what(draft: Draft, found: Observation, node: Iri) -> None:
    known = draft.vocabulary.indicator(found.indicator) or draft.names.find(found.indicator, found.span)
    draft.say(node, f"{RIE}indicator", known or draft.concept(found.indicator, found.span, f"{RIE}Indicator"))
    draft.say(node, f"{RIE}indicatorName", Literal(found.indicator))
    draft.say(node, f"{RIE}observationSubject", draft.named(found.subject, found.span))
    draft.say(node, f"{RIE}subjectName", Literal(found.subject))
    if found.area:
        draft.say(node, f"{SDMX_DIMENSION}refArea", draft.named(found.area, found.span))
    if found.source:
        draft.say(node, f"{PROV}hadPrimarySource", draft.named(found.source, found.span))


def _unit(draft: Draft, found: Observation) -> Iri:
    """Return the unit of the code list, or the printed unit as a concept where the list does not have it."""
    return draft.vocabulary.units.get(found.unit) or draft.concept(found.unit or "（无单位）", found.span)


def _write_aspects(draft: Draft, found: Observation, node: Iri) -> None:
    if found.rank is not None:
        rank = iris.aspect(node, "rank")
        draft.say(node, f"{RIE}hasRank", rank)
        draft.say(rank, A, Iri(f"{RIE}Rank"))
        draft.say(rank, f"{RIE}position", integer(found.rank))
        if found.rank_scope:
            _write_scope(draft, found, rank, found.rank_scope)
    if found.baseline:
        comparison = iris.aspect(node, "comparison")
        draft.say(node, f"{RIE}hasComparison", comparison)
        draft.say(comparison, A, Iri(f"{RIE}Comparison"))
        draft.say(comparison, f"{RIE}comparedWith", Literal(found.baseline))
    if found.superlative:
        superlative = iris.aspect(node, "superlative")
        draft.say(node, f"{RIE}hasSuperlative", superlative)
        draft.say(superlative, A, Iri(f"{RIE}Superlative"))
        draft.say(superlative, f"{RIE}superlativeText", Literal(found.superlative))


def _write_scope(draft: Draft, found: Observation, rank: Iri, scope: str) -> None:
    draft.say(rank, f"{RIE}rankScope", Literal(scope))
    area = draft.names.find(scope, found.span)
    if area:
        draft.say(rank, f"{RIE}scopeArea", area)
    group = _GROUP.search(scope)
    if group:
        draft.say(rank, f"{RIE}groupSize", integer(int(group[1])))
