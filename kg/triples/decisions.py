"""Human decisions in the graph: who decided what, when, why, and what came of it.

A rejected fact has no node; its words stay with the decision that rejects it.
"""

from collections.abc import Mapping

from kg.decisions import Decided, Decision, Effect
from kg.decisions.decision import DONE, Value, Words
from kg.namespaces import DCTERMS, PROV, RDFS, RIE
from kg.triples import iris
from kg.triples.draft import A, Draft
from kg.triples.terms import Iri, Literal, day


def write_decisions(draft: Draft, decided: Decided) -> None:
    """Write a node for every decision about the report, also for one that could not be carried out."""
    for effect in decided.effects:
        _write_decision(draft, effect)


def _write_decision(draft: Draft, effect: Effect) -> None:
    decision = effect.decision
    node, person = iris.decision(draft.report.id, decision), iris.reviewer(decision.by)
    draft.say(node, A, Iri(f"{RIE}HumanDecision"), Iri(f"{PROV}Activity"))
    draft.say(node, f"{RDFS}label", draft.label(f"{decision.by} {decision.on} {DONE[decision.action][0]}"))
    draft.say(node, f"{RIE}decisionAction", iris.code(f"decision-{decision.action}"))
    draft.say(node, f"{RIE}decisionOutcome", iris.code(f"outcome-{effect.outcome}"))
    draft.say(node, f"{RIE}decidedWords", Literal(_plainly(decision)))
    draft.say(node, f"{DCTERMS}date", day(decision.on))
    draft.say(node, f"{PROV}wasAssociatedWith", person)
    draft.say(node, f"{PROV}used", iris.document(draft.report.id), *([draft.evidence(effect.span)] if effect.span else []))
    if decision.why:
        draft.say(node, f"{RIE}decisionReason", Literal(decision.why))
    draft.say(person, A, Iri(f"{PROV}Person"), Iri(f"{PROV}Agent"))
    draft.say(person, f"{RDFS}label", draft.label(decision.by))


def _plainly(decision: Decision) -> str:
    """Return the words that were decided about, and the new ones after an arrow."""
    before, after = _joined(decision.fact), _joined(decision.new)
    return f"{before} → {after}" if after else before


def _joined(words: Words) -> str:
    return "；".join(f"{key}={_text(value)}" for key, value in words.items())


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, Mapping):
        return "、".join(f"{key}={text}" for key, text in value.items())
    return str(value)
