"""Read invented sentences through the whole extraction, as if each were a report of Ningbo issued in 2020."""

from kg.extract import find_facts
from kg.facts import Event, Facts, Membership, Relation
from kg.report import from_bytes


def facts_of(text: str, *, issued: str = "2020", area: str | None = "宁波市") -> Facts:
    """Return the facts of ``text``."""
    return find_facts(from_bytes(text.encode(), "case", issued=issued, area=area))


def relations_of(text: str, *, issued: str = "2020", area: str | None = "宁波市") -> set[tuple[str, str, str]]:
    """Return subject, predicate and object of the relations of ``text``."""
    return {(r.subject, r.predicate, r.object) for r in facts_of(text, issued=issued, area=area).relations}


def rules_that_fire(text: str) -> set[str]:
    """Return the ids of the rules that found a relation, event or membership in ``text``."""
    facts = facts_of(text)
    found: tuple[Relation | Event | Membership, ...] = (*facts.relations, *facts.events, *facts.memberships)
    return {fact.rule for fact in found}
