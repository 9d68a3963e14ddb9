"""Where a fact comes from: the rule that read it and the program's version, and the person who decided about it, and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from kg.ask.answer import Answer
from kg.ask.sentences import Place, place_of
from kg.catalogue import Lang
from kg.decisions.decision import DONE
from kg.decisions.words import ADDED
from kg.namespaces import DCTERMS, OA, PROV, RDFS, RIE, RIEC, RULE
from kg.store import Store
from kg.triples.terms import Iri

_AT_ONCE = 300  # facts in one query


@dataclass(frozen=True, slots=True)
class Origin:
    """Rules by their ids, the program with its version, and the decision about the fact: who, on which day (ISO), what.

    The last three are empty where a rule alone says it; several rules may have read the same words.
    """

    rules: tuple[str, ...] = ()
    program: str = ""
    decided_by: str = ""
    decided_on: str = ""
    action: str = ""

    def said(self, lang: Lang) -> str:
        """Return where the fact comes from in ``lang``, empty where the graph does not say it.

        >>> Origin(("frames.leads",), "kg 0.1.0", "陈静", "2026-11-22", "accept").said("zh")
        '陈静 2026-11-22 采纳；规则 frames.leads（kg 0.1.0）'
        """
        zh = lang == "zh"
        person = ""
        if self.decided_by:
            done = DONE.get(self.action, (self.action, self.action))[not zh]
            person = f"{self.decided_by} {self.decided_on} {done}" if zh else f"{done} by {self.decided_by} on {self.decided_on}"
        rules = [rule for rule in self.rules if rule != ADDED]
        rule = ""
        if rules:
            named = ("、" if zh else ", ").join(rules)
            rule = f"规则 {named}" if zh else f"rule{'s' if len(rules) > 1 else ''} {named}"
            rule += (f"（{self.program}）" if zh else f" ({self.program})") if self.program else ""
        return ("；" if zh else "; ").join(part for part in (person, rule) if part)

    def record(self) -> dict[str, str]:
        """Return what a card or a table shows: ``rule`` (ids joined with 、), ``decided_by``, ``decided_on``, ``decision``."""
        return {
            "rule": "、".join(self.rules),
            "decided_by": self.decided_by,
            "decided_on": self.decided_on,
            "decision": self.action,
        }


NO_ORIGIN = Origin()


def find_origins(store: Store, facts: Iterable[str]) -> dict[str, Origin]:
    """Return where each of ``facts`` (IRIs of statements, observations, events, named things ...) comes from.

    Of several decisions about one fact, the last one is told.
    """
    rules: dict[str, set[str]] = {}
    program: dict[str, str] = {}
    decided: dict[str, list[tuple[str, str, str]]] = {}
    wanted = sorted({fact for fact in facts if fact})
    for begin in range(0, len(wanted), _AT_ONCE):
        values = " ".join(Iri(fact).n3() for fact in wanted[begin : begin + _AT_ONCE])
        for row in store.select(_RULES.replace("%VALUES%", values)):
            fact = str(row["fact"])
            rules.setdefault(fact, set()).add(unquote(str(row["rule"]).removeprefix(RULE)))
            if row["program"] is not None:
                program[fact] = str(row["program"])
        for row in store.select(_DECISIONS.replace("%VALUES%", values)):
            said = (str(row["day"]), str(row["person"]), str(row["action"]).removeprefix(f"{RIEC}decision-"))
            decided.setdefault(str(row["fact"]), []).append(said)
    return {fact: _origin(rules.get(fact, set()), program.get(fact, ""), decided.get(fact, [])) for fact in wanted}


def _origin(rules: set[str], program: str, decided: Sequence[tuple[str, str, str]]) -> Origin:
    day, person, action = max(decided, default=("", "", ""))
    return Origin(tuple(sorted(rules)), program, person, day, action)


def find_row_origins(store: Store, answer: Answer) -> tuple[Origin, ...]:
    """Return where the fact behind each row of ``answer`` comes from.

    A row names no fact. Of the facts on its passage, those that speak of most of its cells are meant.
    """
    placed = {place for i in range(len(answer.rows)) if (place := place_of(answer, answer.rows[i]))}
    there = _facts_at(store, sorted(placed))
    meant = [_meant(answer, number, there) for number in range(len(answer.rows))]
    found = find_origins(store, (fact for facts in meant for fact in facts))
    return tuple(_joined([found[fact] for fact in facts]) for facts in meant)


def _meant(answer: Answer, number: int, there: Mapping[Place, Mapping[str, set[str]]]) -> tuple[str, ...]:
    row = answer.rows[number]
    place = place_of(answer, row)
    said = {cell.iri or cell.text for cell in row if cell}
    points = {fact: len(said & values) for fact, values in there.get(place, {}).items()} if place else {}
    most = max(points.values(), default=0)
    return tuple(sorted(fact for fact, count in points.items() if count == most))


def _joined(origins: Sequence[Origin]) -> Origin:
    """Return the origins of the facts behind one row as one; the last decision among them is told."""
    last = max(origins, key=lambda origin: (origin.decided_on, origin.decided_by), default=NO_ORIGIN)
    rules = tuple(sorted({rule for origin in origins for rule in origin.rules}))
    program = next((origin.program for origin in origins if origin.program), "")
    return Origin(rules, program, last.decided_by, last.decided_on, last.action)


def _facts_at(store: Store, places: Sequence[Place]) -> dict[Place, dict[str, set[str]]]:
    """Return the facts and named things that rest on each passage, each with its values and itself."""
    found: dict[Place, dict[str, set[str]]] = {}
    for begin in range(0, len(places), _AT_ONCE):
        values = " ".join(f"(<{report}> {start} {end})" for report, start, end in places[begin : begin + _AT_ONCE])
        for row in store.select(_AT.replace("%VALUES%", values)):
            fact, place = str(row["fact"]), (str(row["report"]), int(str(row["start"])), int(str(row["end"])))
            found.setdefault(place, {}).setdefault(fact, {fact}).add(str(row["value"]))
    return found


_RULES = f"""SELECT DISTINCT ?fact ?rule ?program WHERE {{
  VALUES ?fact {{ %VALUES% }}
  GRAPH ?g {{
    ?fact <{RIE}rule> ?rule .
    OPTIONAL {{ ?fact <{PROV}wasGeneratedBy> ?run . ?run <{PROV}wasAssociatedWith> ?software . ?software <{RDFS}label> ?program }}
  }}
}}"""
_DECISIONS = f"""SELECT DISTINCT ?fact ?person ?day ?action WHERE {{
  VALUES ?fact {{ %VALUES% }}
  GRAPH ?g {{
    ?fact <{RIE}decision> ?decision .
    ?decision <{DCTERMS}date> ?day ; <{RIE}decisionAction> ?action ; <{PROV}wasAssociatedWith> ?who .
    ?who <{RDFS}label> ?person
  }}
}}"""
_AT = f"""SELECT DISTINCT ?report ?start ?end ?fact ?value WHERE {{
  VALUES (?report ?start ?end) {{ %VALUES% }}
  GRAPH ?g {{
    ?position <{OA}start> ?start ; <{OA}end> ?end .
    ?passage <{OA}hasSelector> ?position ; <{OA}hasSource> ?report .
    ?fact <{PROV}wasDerivedFrom>|<{RIE}mentionedAt> ?passage ; <{RIE}rule> ?rule ; ?property ?value .
  }}
}}"""
