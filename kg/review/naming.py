"""Decisions about names: two that are one thing, one that is two things, and which record elsewhere is meant."""

from difflib import get_close_matches

from kg.authority import AuthorityRecord, LinkCandidate
from kg.decisions import Decision, Part, quotation
from kg.decisions.decision import SCHEMES, Action, Kind, Words
from kg.facts import Entity, Span
from kg.review.case import Case, Named, printable
from kg.review.desk import Desk
from kg.review.typed import read_value

_AROUND = 12  # characters shown before and after a mention


def merge_decision(case: Case, desk: Desk) -> Decision | None:
    """Ask which name means the same thing as one of the case; return the decision, ``None`` when it is given up."""
    named = choose_name(case, desk)
    if named is None:
        return None
    one = named.entity
    known = {name: entity for entity in case.entities for name in (*entity.aliases, entity.name)}
    while (typed := desk.ask("other-name", name=one.name)) and (typed not in known or known[typed].name == one.name):
        near = [name for name in get_close_matches(typed, known, 3, 0.3) if known[name].name != one.name]
        desk.say("unknown-name", name=typed, near="、".join(near) or "—")
    if not typed:
        return None
    other = known[typed]
    kept = desk.choose("kept-name", 2, one=one.name, other=other.name)
    if kept is None:
        return None
    gone, stays = (other, one) if kept == 0 else (one, other)
    return _decision("merge", case, desk, gone.mentions[0], {"name": gone.name}, {"name": stays.name})


def split_decision(case: Case, desk: Desk) -> Decision | None:
    """Ask which mentions of a name mean which thing; return the decision, ``None`` when it is given up."""
    named = choose_name(case, desk)
    if named is None:
        return None
    thing = named.entity
    if len(thing.mentions) < 2:
        desk.say("one-mention", name=thing.name)
        return None
    for number, mention in enumerate(thing.mentions, 1):
        desk.tell(f"  {number} {_around(case, mention)}")
    parts: list[Part] = []
    left = list(range(len(thing.mentions)))
    while left and (part := _ask_part(case, desk, thing, left, len(parts) + 1)):
        parts.append(part)
    if len(parts) < 2 or left:
        return None
    if len({(part.name, part.apart) for part in parts}) < len(parts):
        desk.say("parts-same")
        return None
    return _decision("split", case, desk, thing.mentions[0], {"name": thing.name}, parts=tuple(parts))


def _ask_part(case: Case, desk: Desk, thing: Entity, left: list[int], number: int) -> Part | None:
    """Ask for the mentions of one part, which are taken out of ``left``; an empty line is all that are left."""
    said = desk.ask("part-places", number=number)
    chosen = (
        [int(one) - 1 for one in said.replace("，", ",").replace("、", ",").split(",") if one.strip().isdecimal()] if said else list(left)
    )
    if not chosen or any(one not in left for one in chosen) or (not said and number == 1):
        desk.say("unusable", said=said, about=", ".join(str(one + 1) for one in left))
        return None
    name = desk.ask("part-name", name=thing.name) or thing.name
    apart = desk.ask("part-apart") if name == thing.name else ""
    left[:] = [one for one in left if one not in chosen]
    return Part(name, tuple(quotation(case.report.text, thing.mentions[one]) for one in chosen), "", apart)


def link_decision(case: Case, desk: Desk) -> Decision | None:
    """Ask which record elsewhere a name means, or that none of them does; return the decision, ``None`` when it is given up."""
    named = choose_name(case, desk)
    if named is None:
        return None
    candidates = named.linking.candidates if named.linking else ()
    tell_records(named, desk)
    said = desk.ask("which-record", schemes="|".join(SCHEMES))
    scheme, _, value = said.partition("=")
    if said == "0":
        return _decision("reject", case, desk, named.entity.mentions[0], {"name": named.entity.name}, kind="link")
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(candidates):
        return _linked(case, desk, named, candidates[int(said) - 1].record)
    if scheme in SCHEMES and read_value("link", scheme, value.strip()) is not None:
        return _linked(case, desk, named, AuthorityRecord(named.entity.name, {scheme: value.strip()}))
    if said:
        about = ", ".join(filter(None, (f"0–{len(candidates)}", *(f"{scheme}=…" for scheme in SCHEMES))))
        desk.say("unusable", said=said, about=about)
    return None


def tell_records(named: Named, desk: Desk) -> None:
    """Show the records considered for a name, numbered, each with its outcome and reason."""
    candidates = named.linking.candidates if named.linking else ()
    if not candidates:
        desk.say("no-record")
    for number, candidate in enumerate(candidates, 1):
        desk.tell(f"  {number} {record_line(candidate, desk.lang)}")


def record_line(candidate: LinkCandidate, lang: str) -> str:
    """Return a record considered for a name on one line: name, identifiers, outcome and reason in ``lang``."""
    record = candidate.record
    said = [record.name, f"({record.en})" if record.en else "", *record.codes(), "—", candidate.said(lang)]
    return printable(" ".join(part for part in said if part))


def choose_name(case: Case, desk: Desk) -> Named | None:
    """Return the name that the case is about, else the one that a person chooses among those of its sentence."""
    if isinstance(case.fact, Entity) or len(case.names) == 1:
        return case.names[0] if case.names else None
    if not case.names:
        desk.say("no-names")
        return None
    for number, named in enumerate(case.names, 1):
        desk.tell(f"  {number} {printable(named.entity.name)} ({named.entity.type})")
    chosen = desk.choose("which-name", len(case.names))
    return None if chosen is None else case.names[chosen]


def _linked(case: Case, desk: Desk, named: Named, record: AuthorityRecord) -> Decision:
    """Return the decision that ``record`` is meant: in place of the one that is linked now, where there is another."""
    made = named.linking.made if named.linking else None
    place, name = named.entity.mentions[0], named.entity.name
    if made is not None and not set(made.ids.items()) & set(record.ids.items()):
        return _decision("correct", case, desk, place, {"name": name, **made.ids}, dict(record.ids), kind="link")
    words = {"name": name, **record.ids, **({"en": record.en} if record.en else {})}
    return _decision("add", case, desk, place, words, kind="link")


def _decision(
    action: Action,
    case: Case,
    desk: Desk,
    place: Span,
    fact: Words,
    new: Words | None = None,
    *,
    kind: Kind = "entity",
    parts: tuple[Part, ...] = (),
) -> Decision:
    quote = quotation(case.report.text, place)
    return Decision(action, kind, desk.by, desk.on, quote, fact, new or {}, parts, desk.ask("why"))


def _around(case: Case, mention: Span) -> str:
    text = case.report.text
    before, after = text[max(0, mention.start - _AROUND) : mention.start], text[mention.end : mention.end + _AROUND]
    return printable(f"…{before}【{text[mention.start : mention.end]}】{after}…")
