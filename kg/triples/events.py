"""Events: what happened, when, and who took part."""

from kg.facts import Event
from kg.namespaces import RDFS, RIE
from kg.triples import iris
from kg.triples.draft import A, Draft, status_of
from kg.triples.intervals import days_of_date
from kg.triples.terms import Iri


def write_event(draft: Draft, found: Event) -> None:
    """Write an event node with its evidence; its class is ``rie:<Kind>Event`` beside ``rie:EcosystemEvent``."""
    status = status_of(found.modality, found.status)
    participants = [draft.named(name, found.span) for name in found.participants]
    node = iris.event(draft.report.id, found.what, found.kind, status, found.date, participants)
    draft.say(node, A, Iri(f"{RIE}EcosystemEvent"))
    if found.kind != "event":
        draft.say(node, A, Iri(f"{RIE}{found.kind.capitalize()}Event"))
    draft.say(node, f"{RDFS}label", draft.label(found.what))
    draft.say(node, f"{RIE}participant", *participants)
    period = days_of_date(found.date)
    draft.say(node, f"{RIE}referencePeriod", draft.interval(period, status))
    draft.say(node, f"{RIE}periodBasis", iris.code(f"period-{period.basis}"))
    draft.say(node, f"{RIE}factualStatus", iris.code(status))
    draft.support(node, found.span, found.rule)
