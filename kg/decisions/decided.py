"""What becomes of facts when decisions are applied: the facts, where each comes from, and what each decision did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.decisions.decision import Action, Decision
from kg.facts import Fact, Facts, Span, record

Outcome = Literal["applied", "agreed", "kept", "idle", "quote-lost", "fact-lost", "ambiguous"]
LOST: tuple[Outcome, ...] = ("quote-lost", "fact-lost", "ambiguous")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who decided about a fact, what, and when: ``number`` is the place of the decision among those of the report."""

    action: Action
    by: str
    on: str
    number: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision did.

    ``applied``: it changed the facts. ``agreed``: the rules already said so. ``kept``: the rules no longer find the fact,
    which stands on the person's word. ``idle``: what it rejects is no longer found. ``quote-lost``: its sentence is not in
    the text. ``fact-lost``: its sentence is, but the thing or fact is not. ``ambiguous``: several facts fit.
    ``span`` is where the quote stands.
    """

    decision: Decision
    outcome: Outcome
    span: Span | None = None

    @property
    def lost(self) -> bool:
        """Whether somebody has to look at the decision again."""
        return self.outcome in LOST

    def said(self, lang: str) -> str:
        """Return what happened in one sentence, in ``lang`` (``zh`` or ``en``)."""
        zh, en = _SAID[self.outcome]
        return f"{self.decision.where}: {zh if lang == 'zh' else en}"


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A person's word about the outside identifiers of the thing called ``name``: ``cut`` these (all when empty), ``ids`` set."""

    name: str
    effect: Effect
    number: int
    cut: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decided:
    """The facts of a report after the decisions about it.

    ``origins`` names the person behind each fact that a person decided about (a fact without one is a rule's alone),
    ``rejected`` keeps the facts that were left out, ``links`` what was decided about outside identifiers.
    """

    facts: Facts
    origins: Mapping[Fact, Origin] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    rejected: tuple[Fact, ...] = ()
    links: tuple[LinkChange, ...] = ()

    @property
    def findings(self) -> tuple[Effect, ...]:
        """Return the decisions that could not be carried out."""
        return tuple(effect for effect in self.effects if effect.lost)


def decided_records(decided: Decided, text: str) -> Iterator[dict[str, Any]]:
    """Yield the facts as objects of the facts format, each with its ``origin``: a rule, or the person, action and day."""
    for fact in decided.facts:
        origin = decided.origins.get(fact)
        said = {"person": origin.by, "action": origin.action, "on": origin.on} if origin else {"rule": fact.rule}
        yield {**record(fact, text), "origin": said}


_SAID: Mapping[Outcome, tuple[str, str]] = {
    "applied": ("已执行", "carried out"),
    "agreed": ("规则的结果与决定一致", "the rules already say so"),
    "kept": ("规则不再找到这一事实，按人的决定保留", "the rules no longer find this fact; it is kept on the person's word"),
    "idle": ("被驳回的事实已不再出现", "what it rejects is no longer found"),
    "quote-lost": (
        "报告中已没有这句引文；请改正引文或删去这一决定",
        "its quote is not in the report - correct the quote or remove the decision",
    ),
    "fact-lost": (
        "引文还在，所指的事实或名称已不在；请重新决定",
        "its quote is in the report, what it speaks of is not found any more - decide again",
    ),
    "ambiguous": (
        "所指不止一个事实；请补上 before、after 或更多的词",
        "several facts fit - add before, after, or more words of the fact",
    ),
}
