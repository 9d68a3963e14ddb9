"""What the store says of the ties that an answer shows: names, roles, sentences with their place in the report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.ask.labels import find_labels
from kg.ask.origins import NO_ORIGIN, Origin, find_origins
from kg.catalogue.wording import Lang
from kg.namespaces import OA, ORG, PROV, RDF, RIE, RIEC
from kg.store import Store
from kg.tracing.network import OPEN_END, OPEN_START, WITHIN, Network
from kg.tracing.weights import weights
from kg.tracing.wording import period, told
from kg.triples.terms import Iri
from kg.views import qualifier

_AT_ONCE = 400
_QUOTES = f"""
  ?fact <{PROV}wasDerivedFrom> ?evidence .
  ?evidence <{OA}hasSource> ?report ; <{OA}hasSelector> ?position , ?quotation ; <{RIE}inSentence> ?whole .
  ?position <{OA}start> ?start ; <{OA}end> ?end . ?quotation <{OA}exact> ?quote .
  ?whole <{OA}hasSelector> ?text , ?place . ?text <{OA}exact> ?sentence . ?place <{OA}start> ?from .
  OPTIONAL {{ ?fact <{RIE}qualifier> ?qualifier }}"""
_ROLE = f"""
  ?fact <{RDF}subject> ?subject ; <{RDF}object> ?object ;
        <{RIE}statementPeriod> ?held .
  ?post <{ORG}member> ?subject ; <{ORG}organization> ?object ; <{ORG}memberDuring> ?held ; <{ORG}role> ?role ."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a report: ``text[start:end] == quote`` in the stored text of ``report`` (its id).

    ``sentence`` begins at ``sentence_start``, so that a quote whose words it has twice is marked at its own place.
    """

    report: str
    start: int
    end: int
    quote: str
    sentence: str
    sentence_start: int


@dataclass(frozen=True, slots=True)
class Said:
    """One tie as told from one end to the other. ``basis`` is set where no sentence says it but a code or the name does.

    ``origin`` tells the rule that read it, and the person who decided about it.
    """

    text: str
    relation: str
    relation_iri: str
    forward: bool
    status: str
    status_iri: str
    first: str | None
    last: str | None
    when: str
    roles: tuple[str, ...]
    qualifiers: tuple[str, ...]
    quotes: tuple[Quote, ...]
    fact: str
    basis: str = ""
    origin: Origin = NO_ORIGIN


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as an answer shows it."""

    iri: str
    name: str
    type: str


class Details:
    """Reads from the store what is shown of ``nodes`` and ``ties`` (ids), in a few queries."""

    def __init__(self, store: Store, network: Network, nodes: Iterable[int], ties: Iterable[int], lang: Lang) -> None:
        self.network, self.lang = network, lang
        ties = sorted(set(ties))
        nodes = {*nodes, *network.subject[ties].tolist(), *network.object[ties].tolist()} if ties else set(nodes)
        facts = sorted({fact for tie in ties if (fact := network.facts[tie])})
        self.quotes: dict[str, set[Quote]] = {}
        self.qualifiers: dict[str, set[str]] = {}
        for row in _ask(store, facts, _QUOTES):
            report = row["report"].rpartition("/")[2].removeprefix("report-")
            start, end, begin = (int(row[name]) for name in ("start", "end", "from"))
            self.quotes.setdefault(row["fact"], set()).add(Quote(report, start, end, row["quote"], row["sentence"], begin))
            if "qualifier" in row:
                self.qualifiers.setdefault(row["fact"], set()).add(row["qualifier"])
        self.origins = find_origins(store, facts)
        roles = [(row["fact"], row["role"]) for row in _ask(store, facts, _ROLE)]
        wanted = [*(network.nodes[node] for node in nodes), *(role for _, role in roles)]
        wanted += [*network.predicates, *network.statuses]
        self.labels = find_labels(store, map(Iri, wanted), lang)
        self.roles: dict[str, set[str]] = {}
        for fact, role in roles:
            self.roles.setdefault(fact, set()).add(self.labels[role])

    def thing(self, node: int) -> Thing:
        iri = self.network.nodes[node]
        return Thing(iri, self.labels[iri], self.network.type_of(node))

    def said(self, tie: int, here: int) -> Said:
        """Return tie ``tie`` as told from node ``here``."""
        network = self.network
        forward = int(network.subject[tie]) == here
        other = int(network.object[tie] if forward else network.subject[tie])
        predicate, status = network.predicates[network.predicate[tie]], network.statuses[network.status[tie]]
        fact = network.facts[tie]
        dated = bool(network.dated[tie])
        first = _iso(int(network.first[tie]), OPEN_START) if dated else None
        last = _iso(int(network.last[tie]), OPEN_END) if dated else None
        name = self.labels[network.nodes[other]]
        return Said(
            told(predicate, self.labels[predicate], f"「{name}」" if network.type_of(other) == "Event" else name, forward, self.lang),
            self._label(predicate),
            predicate,
            forward,
            self.labels[status],
            status,
            first,
            last,
            period(first, last, self.lang) if dated else "",
            tuple(sorted(self.roles.get(fact, ()))),
            tuple(sorted(self.qualifiers.get(fact, ()))),
            tuple(sorted(self.quotes.get(fact, ()), key=lambda quote: (quote.report, quote.start, quote.end, len(quote.sentence)))),
            fact,
            self._basis(tie) if predicate == WITHIN else "",
            self.origins.get(fact, NO_ORIGIN),
        )

    def _basis(self, tie: int) -> str:
        """Return what tells that one thing lies in another where no sentence does."""
        if self.network.type_of(int(self.network.subject[tie])) in weights().places:
            return "行政区划代码（GB/T 2260）" if self.lang == "zh" else "place codes (GB/T 2260)"
        return "名称" if self.lang == "zh" else "its name"

    def _label(self, predicate: str) -> str:
        if predicate == WITHIN:
            return "在境内" if self.lang == "zh" else "within"
        return self.labels[predicate]


def done(said: Said) -> bool:
    """Say whether a tie is said to be so, not only planned or striven for."""
    return said.status_iri in {f"{RIEC}achieved", f"{RIEC}ongoing", f"{RIEC}reported-effect"}


def notes_of(said: Said, lang: Lang) -> list[str]:
    """Return roles, time, status and qualifiers of a tie in ``lang``."""
    return [note for note in (*said.roles, said.when, said.status, *(qualifier(text).said(lang) for text in said.qualifiers)) if note]


def _iso(day: int, unknown: int) -> str | None:
    return None if day == unknown else date.fromordinal(day).isoformat()


def _ask(store: Store, facts: list[str], pattern: str) -> Iterator[dict[str, Any]]:
    for begin in range(0, len(facts), _AT_ONCE):
        values = " ".join(Iri(fact).n3() for fact in facts[begin : begin + _AT_ONCE])
        for row in store.select(f"SELECT * WHERE {{ VALUES ?fact {{ {values} }} GRAPH ?graph {{ {pattern} }} }}"):
            yield {name: str(value) for name, value in row.items() if value is not None}
