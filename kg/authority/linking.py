"""Which of the records that a name may mean is meant: one, or none, with the reason for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.authority.candidates import LINKABLE, PERSON_TYPES, Hit, find_hits
from kg.authority.record import AuthorityRecord
from kg.authority.words import GROUNDS, OUTCOMES, REASONS, Ground, Outcome, Reason
from kg.facts import Entity
from kg.mentions.gazetteer import places_called
from kg.mentions.places import LEVEL_ORDER, resolve

_NOTES: Mapping[Reason, str] = {
    "verified": "verified record of graph/authority/identifiers.tsv",
    "only": "only record of this name",
    "same-place": "the division of this name in the place that the report speaks of",
    "highest": "the highest division of this short name",
}


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """A record that a thing may be: ``matched`` is the name it was found by, ``ground`` how that name is borne.

    ``outcome`` is ``made`` (this record is meant), ``open`` (nobody knows) or ``rejected``, ``reason`` says why.
    """

    record: AuthorityRecord
    matched: str
    ground: Ground
    outcome: Outcome
    reason: Reason

    def said(self, lang: str) -> str:
        """Return how the name is borne, what became of the record and why, in ``lang`` (``zh`` or ``en``)."""
        words = (GROUNDS[self.ground], OUTCOMES[self.outcome], REASONS[self.reason])
        return ("，" if lang == "zh" else ", ").join(word[lang != "zh"] for word in words)


@dataclass(frozen=True, slots=True)
class Linking:
    """The records considered for ``entity``, in the order of the tables, those of its canonical name first."""

    entity: Entity
    candidates: tuple[LinkCandidate, ...]

    @property
    def made(self) -> AuthorityRecord | None:
        """The one record that is meant, with the reason, else ``None``."""
        found = [candidate for candidate in self.candidates if candidate.outcome == "made"]
        return replace(found[0].record, reason=_NOTES.get(found[0].reason, "")) if len(found) == 1 else None

    @property
    def outcome(self) -> Outcome:
        """``made``, ``open`` where a person has to say which record is meant, or ``none``."""
        outcomes = {candidate.outcome for candidate in self.candidates}
        return "made" if "made" in outcomes else "open" if "open" in outcomes else "none"


def weigh(entity: Entity) -> Linking | None:
    """Return the records considered for ``entity`` and what became of each; ``None`` for a kind of thing that has no records."""
    if entity.type not in LINKABLE:
        return None
    hits = find_hits(entity)
    chosen = _chosen(hits, entity)
    return Linking(entity, tuple(_judged(hit, chosen, hits, entity) for hit in hits))


def find_links(entities: Iterable[Entity]) -> tuple[Linking, ...]:
    """Return what was considered for each of ``entities`` that may have a record, in their order."""
    return tuple(linking for entity in entities if (linking := weigh(entity)) is not None)


def link(entities: Iterable[Entity]) -> Mapping[str, AuthorityRecord]:
    """Return the record of each entity that has exactly one, by canonical name, in the order of ``entities``."""
    return {linking.entity.name: linking.made for linking in find_links(entities) if linking.made}


def is_ambiguous(entity: Entity) -> bool:
    """Say whether the name of ``entity`` is borne by several things, of which nobody knows which is meant.

    >>> is_ambiguous(Entity("鼓楼区", "District", "")), is_ambiguous(Entity("南京市鼓楼区", "District", ""))
    (True, False)
    """
    linking = weigh(entity)
    return linking is not None and sum(candidate.reason == "several" for candidate in linking.candidates) > 1


def _chosen(hits: tuple[Hit, ...], entity: Entity) -> Hit | None:
    """Return the hit that is meant: the only fitting record of the canonical name."""
    if entity.apart or entity.type in PERSON_TYPES:
        return None
    named = [hit for hit in hits if hit.fits and hit.record.name == entity.name and hit.matched == entity.name]
    if len(named) > 1 and all(hit.place for hit in named):  # a city and a county of one name
        place = resolve(entity.name)
        named = [hit for hit in named if hit.place == place]
    return named[0] if len(named) == 1 else None


def _judged(hit: Hit, chosen: Hit | None, hits: tuple[Hit, ...], entity: Entity) -> LinkCandidate:
    if hit == chosen:
        outcome: Outcome = "made"
        reason = _why_chosen(hit, entity)
    elif chosen is not None or not hit.fits:
        outcome, reason = "rejected", _why_not(hit, chosen)
    else:
        rivals = sum(other.fits for other in hits)
        outcome, reason = "open", "several" if rivals > 1 and not entity.apart else "name-alone"
    return LinkCandidate(hit.record, hit.matched, hit.ground, outcome, reason)


def _why_chosen(hit: Hit, entity: Entity) -> Reason:
    shared = [name for name in entity.aliases if hit.place in (found := places_called(name)) and len(found) > 1] if hit.place else []
    if shared:
        return "highest" if all(resolve(name) == hit.place for name in shared) else "same-place"
    return "verified" if hit.verified else "only"


def _why_not(hit: Hit, chosen: Hit | None) -> Reason:
    places = (hit.place, chosen.place) if chosen else (None, None)
    if places[0] and places[1] and LEVEL_ORDER[places[0].level] > LEVEL_ORDER[places[1].level]:
        return "lower"
    if not hit.fits:
        return "other-kind"
    return "elsewhere" if hit.place else "other-name"
