"""The stage of a report: who acts, and who goes on acting from clause to clause and from sentence to sentence."""

import re
from dataclasses import dataclass

from kg.extract.deixis import is_deictic, referent
from kg.extract.ground import PERSONS, PLACES, Ground
from kg.extract.noun_phrases import NounPhrase
from kg.frozen import quickly_made

_GOVERNS = re.compile(r"(?:人民)?政府|市?委|委员会")
_HOUSES = frozenset(("University", "Institute", "Enterprise", "GovernmentBody")) | PLACES


@quickly_made
@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a canonical name, the type of the thing, and where it is printed (``None`` when it is only implied)."""

    name: str
    type: str = ""
    start: int | None = None
    end: int | None = None  # of a noun phrase that may be a list


class Stage:
    """Who is on the stage: the section's place, the report's house, the paragraph's topic and the last actor."""

    def __init__(self, house: Actor | None) -> None:
        self.house = house
        self.place: str | None = None
        self.topic: Actor | None = None
        self.actor: Actor | None = None
        self.person: Actor | None = None
        self.hero: Actor | None = None  # a person whom the paragraph is about

    def open_paragraph(self, place: str | None) -> None:
        """Forget the topic; without a place the last topic stays on the stage."""
        self.place, self.person, self.hero = place or self.place, None, None
        if place:
            self.topic = self.actor = None
        else:
            self.actor = self.topic

    def default(self) -> Actor | None:
        """Return who acts when the text names nobody; the people's government of the place acts as the place."""
        actor = self.actor or self.topic or self.house
        if actor is None or (self.place and actor.type == "GovernmentBody" and _GOVERNS.fullmatch(actor.name.removeprefix(self.place))):
            return Actor(self.place, "City") if self.place else actor
        return actor

    def take(self, actor: Actor, *, opens: bool = True, first: bool = True, governs: bool = False) -> None:
        """Let ``actor`` act from here on; a house is what the paragraph is about where it ``opens`` it, not a firm named in passing.

        A person is so only in its ``first`` clause, a park where it ``governs``: it gives out policies (高新区出台了一系列政策。).
        """
        self.actor = actor
        self.person = actor if actor.type in PERSONS else self.person  # 她 is the last person, whatever else acted since
        self.hero = actor if actor.type in PERSONS and first and self.topic is None else self.hero
        houses = _HOUSES - PLACES | ({"Park"} if governs else frozenset())
        if (actor.type in houses and (opens or actor.type == "GovernmentBody")) or actor.name == self.place:
            self.topic = self.topic or actor

    def close_sentence(self, mark: str) -> None:
        """At a full stop only a government, the place or what the paragraph is about stays; at a semicolon a house or a person as well."""
        steady = self.actor and (
            self.actor == self.hero or self._governs(self.actor) or self.actor.name == self.place or self.actor == self.topic
        )
        holds = mark in "；;" and self.actor and (self.actor.type in _HOUSES | PERSONS or is_deictic(self.actor.name))
        if not steady and not holds:
            self.actor = self.topic

    def _governs(self, actor: Actor) -> bool:
        """Say whether an actor is an office of the place; one from above (省科技厅) only comes by."""
        above = actor.name.partition("省")[1] or actor.name.startswith(("中华人民共和国", "国家"))
        return actor.type == "GovernmentBody" and (not above or not self.place or self.place.endswith("省"))

    def named(self, ground: Ground, found: NounPhrase) -> Actor:
        """Return the actor that a noun phrase names, resolving 该市, 当地, 该院 and their kin."""
        goal = None if found.mention else referent(ground, found.name, found.start, self.place)
        return Actor(goal[0], goal[1], found.start) if goal else Actor(found.name, found.type, found.start, found.end)
