"""Which records elsewhere were considered for a thing, and why each is meant, open or rejected.

The link itself stands in ``rig:authority``; here, in the report's own graph, stands how it came about.
"""

from kg.authority import LinkCandidate
from kg.decisions import Decided, DecidedLinking, LinkChange, linkings
from kg.facts import Entity, Span
from kg.namespaces import PROV, RDFS, RIE
from kg.triples import iris
from kg.triples.draft import A, Draft
from kg.triples.names import entity_iri
from kg.triples.terms import Iri, Literal


def write_candidates(draft: Draft, decided: Decided) -> None:
    """Write the outcome for each thing that may have a record, and a node for every record considered."""
    for found in linkings(decided):
        _write_linking(draft, found)


def _write_linking(draft: Draft, found: DecidedLinking) -> None:
    thing = found.linking.entity
    node = entity_iri(thing, draft.report.id)
    draft.say(node, f"{RIE}linkOutcome", iris.code(f"link-{found.linking.outcome}"))
    for candidate, change in zip(found.linking.candidates, found.changes, strict=True):
        _write_candidate(draft, candidate, thing, node, change)


def _write_candidate(draft: Draft, candidate: LinkCandidate, thing: Entity, owner: Iri, change: LinkChange | None) -> None:
    codes = candidate.record.codes()
    node = iris.candidate(draft.report.id, owner, " ".join(codes) or candidate.record.name)
    draft.say(node, A, Iri(f"{RIE}LinkCandidate"))
    draft.say(node, f"{RDFS}label", draft.label(f"{candidate.matched} → {candidate.record.name}"))
    draft.say(node, f"{RIE}candidateFor", owner)
    draft.say(node, f"{RIE}candidateName", Literal(candidate.record.name))
    draft.say(node, f"{RIE}candidateEnglishName", *([Literal(candidate.record.en)] if candidate.record.en else []))
    draft.say(node, f"{RIE}candidateIdentifier", *map(Literal, codes))
    draft.say(node, f"{RIE}matchedName", Literal(candidate.matched))
    draft.say(node, f"{RIE}linkGround", iris.code(f"ground-{candidate.ground}"))
    draft.say(node, f"{RIE}linkOutcome", iris.code(f"link-{candidate.outcome}"))
    draft.say(node, f"{RIE}linkReason", iris.code(f"reason-{candidate.reason}"))
    draft.say(node, f"{PROV}wasDerivedFrom", draft.evidence(_where(draft, candidate, thing)))
    draft.say(node, f"{PROV}wasGeneratedBy", draft.run)
    draft.say(node, f"{RIE}rule", draft.rule(thing.rule))
    if change is not None:
        decision = change.effect.decision
        draft.say(node, f"{PROV}wasAttributedTo", iris.reviewer(decision.by))
        draft.say(node, f"{RIE}decision", iris.decision(draft.report.id, decision))


def _where(draft: Draft, candidate: LinkCandidate, thing: Entity) -> Span:
    """Return the first place where the name that led to ``candidate`` is printed, else the first mention."""
    text = draft.report.text
    printed = (mention for mention in thing.mentions if text[mention.start : mention.end] == candidate.matched)
    return next(printed, thing.mentions[0])
