"""What a thing is linked to, after people have decided: each record considered, and who decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.authority import AuthorityRecord, LinkCandidate, Linking, weigh
from kg.decisions.decided import Decided, LinkChange
from kg.facts import Entity


@dataclass(frozen=True, slots=True)
class DecidedLinking:
    """The records considered for a thing, as people left them; ``changes`` has for each the decision about it, if there is one."""

    linking: Linking
    changes: tuple[LinkChange | None, ...]


Weighed = tuple[LinkCandidate, LinkChange | None]


def linkings(decided: Decided) -> tuple[DecidedLinking, ...]:
    """Return what was considered for each thing that may have a record, in the order of the facts, as people left it."""
    things = [thing for thing in decided.facts.entities if thing.mentions]
    return tuple(_after(linking, thing, decided) for thing in things if (linking := weigh(thing)) is not None)


def _after(linking: Linking, thing: Entity, decided: Decided) -> DecidedLinking:
    found: list[Weighed] = [(candidate, None) for candidate in linking.candidates]
    for change in decided.links:
        if change.name in (thing.name, *thing.aliases):
            found = _changed(found, change)
    return DecidedLinking(Linking(thing, tuple(one for one, _ in found)), tuple(change for _, change in found))


def _changed(found: list[Weighed], change: LinkChange) -> list[Weighed]:
    """Return the candidates after ``change``: what it cuts is rejected, what it sets is made, and nothing is open any more."""
    meant = next((one for one, _ in found if one.outcome != "made" and _among(change.ids, one.record.ids)), None)
    after: list[Weighed] = []
    for candidate, before in found:
        changed = _decided(candidate, change, candidate is meant, meant is not None)
        after.append((changed, before if changed == candidate else change))
    if change.ids and not any(candidate.outcome == "made" and behind is change for candidate, behind in after):
        named = AuthorityRecord(change.name, change.ids, str(change.effect.decision.fact.get("en", "")))
        after.append((LinkCandidate(named, change.name, "decision", "made", "decided"), change))
    return after


def _decided(candidate: LinkCandidate, change: LinkChange, meant: bool, other: bool) -> LinkCandidate:
    """Return ``candidate`` after ``change``; ``meant`` says that the person chose it, ``other`` that they chose some candidate."""
    ids = candidate.record.ids
    left = {scheme: value for scheme, value in ids.items() if _stays(scheme, value, change)}
    if meant:
        return replace(candidate, outcome="made", reason="decided")
    if candidate.outcome == "made":
        kept = {**left, **({} if other else change.ids)} if left else left
        if kept == ids:
            return candidate
        if kept:
            return replace(candidate, record=replace(candidate.record, ids=kept), reason="decided")
    elif candidate.outcome != "open" or (left == ids and not change.ids):
        return candidate
    return replace(candidate, outcome="rejected", reason="decided")


def _stays(scheme: str, value: str, change: LinkChange) -> bool:
    return change.cut.get(scheme) != value if change.cut else change.effect.decision.action == "add"


def _among(some: Mapping[str, str], ids: Mapping[str, str]) -> bool:
    return any(ids.get(scheme) == value for scheme, value in some.items())
