"""Listings: parts of a whole, and the ordered steps of a mechanism."""

from collections.abc import Iterable

from kg.facts import Facts, Membership
from kg.namespaces import PPLAN, RDFS, RIE
from kg.triples import iris
from kg.triples.draft import A, Draft
from kg.triples.terms import Iri, boolean, integer

_PLANS = {"Mechanism", "Measure"}  # entity types whose ordered parts are steps


def write_listings(draft: Draft, facts: Facts) -> None:
    """Write every listing, and the plan where the whole is a mechanism."""
    types = {name: entity.type for entity in facts.entities for name in (*entity.aliases, entity.name)}
    plans: dict[str, list[tuple[int, Iri, Membership]]] = {}
    for found in facts.memberships:
        part = _write_listing(draft.about(found), found)
        if found.order is not None and types.get(found.whole) in _PLANS:
            plans.setdefault(found.whole, []).append((found.order, part, found))
    for whole, steps in plans.items():
        _write_plan(draft, whole, steps)


def _write_listing(draft: Draft, found: Membership) -> Iri:
    """Write one listing node and return its part."""
    span = found.part_span or found.span
    whole, part = draft.named(found.whole, found.span), draft.named(found.part, span)
    node = iris.listing(draft.report.id, whole, part, found.order)
    draft.say(node, A, Iri(f"{RIE}Listing"))
    draft.say(node, f"{RDFS}label", draft.label(f"{found.whole}：{found.part}"))
    draft.say(node, f"{RIE}whole", whole)
    draft.say(node, f"{RIE}part", part)
    draft.say(node, f"{RIE}exhaustive", boolean(found.exhaustive))
    if found.order is not None:
        draft.say(node, f"{RIE}order", integer(found.order))
    draft.support(node, found.span, found.rule)
    return part


def _write_plan(draft: Draft, whole: str, steps: Iterable[tuple[int, Iri, Membership]]) -> None:
    before: Iri | None = None
    for order, part, found in sorted(steps, key=lambda step: (step[0], step[1])):
        plan = draft.named(whole, found.span)
        draft.say(plan, A, Iri(f"{PPLAN}Plan"))
        draft.say(part, A, Iri(f"{PPLAN}Step"))
        draft.say(part, f"{PPLAN}isStepOfPlan", plan)
        draft.say(part, f"{RIE}stepNumber", integer(order))
        if before and before != part:
            draft.say(part, f"{PPLAN}isPrecededBy", before)
        before = part
