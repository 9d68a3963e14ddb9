"""Apply decisions to the facts that the rules found.

A fact is found again by its words and by its quote. Where a changed rule words it otherwise, it is still the same fact when
it stands at the same place and agrees in what the text prints (the number and unit; two of subject, predicate and object):
a correction or acceptance then holds against the new wording, while a rejection does not reach that far and is reported.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.decisions.decided import Decided, Effect, LinkChange, Origin, Outcome
from kg.decisions.decision import SCHEMES, Decision, Kind, Words, kind_of, places_of
from kg.decisions.names import merge, rename, split
from kg.decisions.words import IDENTIFYING, fact_of, words_of
from kg.facts import Entity, Event, Fact, Facts, Membership, Observation, Relation, Span
from kg.report import Report

Found = tuple[Fact, ...]


def apply(facts: Facts, decisions: Iterable[Decision], report: Report) -> Decided:
    """Return ``facts`` of ``report`` as the decisions leave them; they are applied one after the other.

    Nothing is lost in silence: each decision has its effect in ``Decided.effects``, each rejected fact is in ``rejected``.
    """
    work = _Work(facts, report.text)
    for number, decision in enumerate(decisions, 1):
        work.decide(decision, number)
    return work.decided()


def spans_of(fact: Fact) -> tuple[Span, ...]:
    """Return where ``fact`` stands: its span, or every mention of an entity."""
    return fact.mentions if isinstance(fact, Entity) else (fact.span,)


class _Work:
    """The facts while decisions are applied: ``facts`` in their order, ``origins`` by fact."""

    def __init__(self, facts: Facts, text: str) -> None:
        self._text = text
        self._facts: list[Fact] = list(facts)
        self._origins: dict[Fact, Origin] = {}
        self._effects: list[Effect] = []
        self._rejected: list[Fact] = []
        self._links: list[LinkChange] = []

    def decided(self) -> Decided:
        facts = Facts(
            tuple(fact for fact in self._facts if isinstance(fact, Observation)),
            tuple(fact for fact in self._facts if isinstance(fact, Relation)),
            tuple(fact for fact in self._facts if isinstance(fact, Entity)),
            tuple(fact for fact in self._facts if isinstance(fact, Event)),
            tuple(fact for fact in self._facts if isinstance(fact, Membership)),
        )
        return Decided(facts, self._origins, tuple(self._effects), tuple(self._rejected), tuple(self._links))

    def decide(self, decision: Decision, number: int) -> None:
        places = places_of(self._text, decision.quote)
        outcome: Outcome = "quote-lost"
        span = places[0] if places else None
        if span:
            outcome = self._carry_out(decision, places, number)
        self._effects.append(Effect(decision, outcome, span))

    def _carry_out(self, decision: Decision, places: tuple[Span, ...], number: int) -> Outcome:
        if decision.kind == "link":
            return self._link(decision, places[0], number)
        steps: dict[str, Callable[[Decision, tuple[Span, ...], Origin], Outcome]] = {
            "accept": self._accept,
            "reject": self._reject,
            "correct": self._correct,
            "add": self._add,
            "merge": self._merge,
            "split": self._split,
        }
        return steps[decision.action](decision, places, Origin(decision.action, decision.by, decision.on, number))

    def _accept(self, decision: Decision, places: tuple[Span, ...], origin: Origin) -> Outcome:
        return self._stand(decision, decision.fact, places, origin, "agreed")

    def _correct(self, decision: Decision, places: tuple[Span, ...], origin: Origin) -> Outcome:
        found = self._exact(decision.kind, decision.fact, places)
        if len(found) > 1:
            return "ambiguous"
        if found:
            (before,) = found
            after = _with_words(before, decision.new)
            self._put(before, after, origin)
            if isinstance(before, Entity) and isinstance(after, Entity) and before.name != after.name:
                self._each(rename({before.name: after.name}))
            return "applied"
        return self._stand(decision, {**decision.fact, **decision.new}, places, origin, "agreed")

    def _stand(self, decision: Decision, words: Words, places: tuple[Span, ...], origin: Origin, same: Outcome) -> Outcome:
        """Make the fact of ``words`` stand: as the rules have it, in place of a rule's other wording, or by itself."""
        found = self._exact(decision.kind, words, places)
        if len(found) > 1:
            return "ambiguous"
        if found:
            self._origins[found[0]] = origin
            return same
        try:
            kept = fact_of(decision.kind, words, places[0])
        except KeyError:
            return "fact-lost"
        rival = self._reworded(decision.kind, kept, places)
        if rival is not None:
            self._put(rival, _with_words(rival, words), origin)
            return "applied"
        self._insert(kept, origin)
        return "kept"

    def _reject(self, decision: Decision, places: tuple[Span, ...], origin: Origin) -> Outcome:
        found = self._exact(decision.kind, decision.fact, places)
        if len(found) > 1:
            return "ambiguous"
        if found:
            self._facts.remove(found[0])
            self._rejected.append(found[0])
            self._origins[found[0]] = origin
            return "applied"
        try:
            fact = fact_of(decision.kind, decision.fact, places[0])
        except KeyError:
            return "idle"
        return "fact-lost" if self._reworded(decision.kind, fact, places) else "idle"

    def _add(self, decision: Decision, places: tuple[Span, ...], origin: Origin) -> Outcome:
        if len(places) > 1:
            return "ambiguous"
        found = self._exact(decision.kind, {key: decision.fact[key] for key in IDENTIFYING[decision.kind] if key in decision.fact}, places)
        if found:
            self._origins[found[0]] = origin
            return "agreed"
        self._insert(fact_of(decision.kind, decision.fact, places[0]), origin)
        return "applied"

    def _merge(self, decision: Decision, places: tuple[Span, ...], origin: Origin) -> Outcome:
        gone, kept = str(decision.fact["name"]), str(decision.new["name"])
        things = [fact for fact in self._facts if isinstance(fact, Entity) and fact.name in (gone, kept)]
        if not any(thing.name == gone for thing in things):
            return "agreed" if any(gone in thing.aliases for thing in things if thing.name == kept) else "fact-lost"
        joined = merge(things, kept)
        self._put(things[0], joined, origin)
        for other in things[1:]:
            self._facts.remove(other)
            self._origins.pop(other, None)
        self._each(rename({gone: kept}))
        for fact in [fact for fact in self._facts if _of_itself(fact, kept)]:
            self._facts.remove(fact)
            self._rejected.append(fact)
            self._origins[fact] = origin
        return "applied"

    def _split(self, decision: Decision, places: tuple[Span, ...], origin: Origin) -> Outcome:
        things = [fact for fact in self._facts if isinstance(fact, Entity) and fact.name == decision.fact["name"]]
        if len(things) != 1:
            return "ambiguous" if things else "fact-lost"
        parts = split(things[0], decision.parts, self._text)
        if parts is None:
            return "quote-lost"
        at = self._facts.index(things[0])
        self._facts[at : at + 1] = parts.things
        self._origins.pop(things[0], None)
        self._origins.update(dict.fromkeys(parts.things, origin))
        self._each(parts.renamed)
        return "applied"

    def _link(self, decision: Decision, span: Span, number: int) -> Outcome:
        name = str(decision.fact["name"])
        if not any(isinstance(fact, Entity) and name in (fact.name, *fact.aliases) for fact in self._facts):
            return "fact-lost"
        named = {scheme: str(decision.fact[scheme]) for scheme in SCHEMES if scheme in decision.fact}
        given = named if decision.action == "add" else {key: str(value) for key, value in decision.new.items() if key != "name"}
        effect = Effect(decision, "applied", span)
        self._links.append(LinkChange(name, effect, number, {} if decision.action == "add" else named, given))
        return "applied"

    def _exact(self, kind: Kind, words: Words, places: tuple[Span, ...]) -> Found:
        """Return the facts at ``places`` that agree with the identifying words given; of several, those that agree in all."""
        near = [fact for fact in self._facts if kind_of(fact) == kind and _meets(fact, places)]
        wanted = {key: words[key] for key in IDENTIFYING[kind] if key in words} or dict(words)
        found = [fact for fact in near if _agrees(fact, wanted)]
        if "qualifiers" in words:  # one tie in two forms is two facts: a form that was decided about is not the other one
            form = {"qualifiers": words["qualifiers"]}
            found = [fact for fact in found if fact not in self._origins or _agrees(fact, form)]
        if len(found) > 1:
            there = [fact for fact in found if set(spans_of(fact)) & set(places)] or found
            found = [fact for fact in there if _agrees(fact, words)] or there
        return tuple(found)

    def _reworded(self, kind: Kind, fact: Fact, places: tuple[Span, ...]) -> Fact | None:
        """Return the one fact at ``places`` that says the same in other words and that nobody has decided about."""
        near = [one for one in self._facts if kind_of(one) == kind and _meets(one, places) and one not in self._origins]
        found = [one for one in near if _same_claim(one, fact)]
        return found[0] if len(found) == 1 else None

    def _put(self, before: Fact, after: Fact, origin: Origin) -> None:
        self._facts[self._facts.index(before)] = after
        self._origins.pop(before, None)
        self._origins[after] = origin

    def _insert(self, fact: Fact, origin: Origin) -> None:
        start = spans_of(fact)[0]
        kind = kind_of(fact)
        later = (i for i, one in enumerate(self._facts) if kind_of(one) == kind and spans_of(one) and spans_of(one)[0] > start)
        self._facts.insert(next(later, len(self._facts)), fact)
        self._origins[fact] = origin

    def _each(self, change: Callable[[Fact], Fact]) -> None:
        """Replace every fact by what ``change`` makes of it; who decided about it stays known."""
        changed = [(fact, change(fact)) for fact in self._facts]
        self._facts = [after for _, after in changed]
        for before, after in changed:
            if before != after and before in self._origins:
                self._origins[after] = self._origins.pop(before)


def _meets(fact: Fact, places: tuple[Span, ...]) -> bool:
    return any(span.start < place.end and place.start < span.end for span in spans_of(fact) for place in places)


def _of_itself(fact: Fact, name: str) -> bool:
    """Say whether a merge has made ``fact`` say something of ``name`` and itself, such as that the two names are the same thing."""
    match fact:
        case Relation():
            return fact.subject == fact.object == name
        case Membership():
            return fact.whole == fact.part == name
        case _:
            return False


def _agrees(fact: Fact, words: Words) -> bool:
    said = words_of(fact)
    return all((said.get(key) or "") == (value or "") for key, value in words.items())


def _with_words(fact: Fact, words: Words) -> Fact:
    """Return ``fact`` with ``words`` in place of its own; its place and its rule stay."""
    made = fact_of(kind_of(fact), {**words_of(fact), **words}, spans_of(fact)[0], fact.rule)
    match fact, made:
        case Entity(), Entity():
            aliases = tuple(dict.fromkeys((*made.aliases, *([fact.name] if fact.name != made.name else []))))
            return replace(made, aliases=aliases, mentions=fact.mentions, nested=fact.nested)
        case Observation(), Observation():
            return replace(made, value_span=fact.value_span)
        case Membership(), Membership():
            return replace(made, part_span=fact.part_span)
        case Relation(), Relation():
            unsaid = not {"period_start", "period_end", "period_basis"} & words.keys()
            return replace(made, period=fact.period) if unsaid else made
        case _:
            return made


def _same_claim(one: Fact, other: Fact) -> bool:
    match one, other:
        case Observation(), Observation():
            return (one.value, one.unit) == (other.value, other.unit)
        case Relation(), Relation():
            pairs = ((one.subject, other.subject), (one.predicate, other.predicate), (one.object, other.object))
            return sum(a == b for a, b in pairs) == 2
        case Event(), Event():
            return one.kind == other.kind
        case Membership(), Membership():
            return one.part == other.part
        case _:
            return False
