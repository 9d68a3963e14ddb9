"""From the rows of a view's query to edges: statements with one meaning become one edge, events are folded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.namespaces import RIE, RIEC
from kg.triples.terms import Term

PARTICIPANT = f"{RIE}participant"
ACHIEVED = f"{RIEC}achieved"
DONE = frozenset({ACHIEVED, f"{RIEC}ongoing", f"{RIEC}reported-effect"})  # said to be so; every other status is still open
OVER = "state=former"  # the qualifier of a post that somebody no longer holds

Row = Mapping[str, Term | None]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A passage that carries a fact: code-point offsets in its report, the sentence around it, IRIs of fact and evidence."""

    report: str
    start: int
    end: int
    quote: str
    sentence: str
    sentence_start: int
    fact: str
    evidence: str = ""

    def record(self) -> dict[str, str | int]:
        """Return the passage as plain values, the attribute of an edge or a figure."""
        return {
            "report": self.report,
            "statement": self.fact,
            "evidence": self.evidence,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "sentence": self.sentence,
            "sentence_start": self.sentence_start,
            "sentence_end": self.sentence_start + len(self.sentence),
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """What the reports say of two nodes by one relation in one status and period, with every passage that says it.

    ``directed`` is false where the text only says that two took part in the same ``event``. ``period``, ``role`` and
    ``level`` are IRIs, empty where nothing is said. ``inferred_by`` names the rule by which an edge follows from the
    statements in ``facts``, empty where the text says it.
    """

    subject: str
    predicate: str
    object: str
    status: str
    period: str
    facts: tuple[str, ...]
    passages: tuple[Passage, ...]
    qualifiers: tuple[str, ...] = ()
    role: str = ""
    level: str = ""
    order: int = 0
    directed: bool = True
    event: str = ""
    inferred_by: str = ""

    @property
    def phase(self) -> str:
        """``planned`` for what is not yet so, ``past`` where the text says that it is over, else ``done``."""
        if self.status not in DONE:
            return "planned"
        return "past" if OVER in self.qualifiers else "done"


def text_of(row: Row, name: str) -> str:
    """Return a column as text, empty where it is unbound or not in the query."""
    term = row.get(name)
    return "" if term is None else str(term)


def passage_of(row: Row, fact: str) -> Passage:
    """Return the passage in the columns report, start, end, quote, sentence, from and evidence."""
    report, quote, sentence = (text_of(row, name) for name in ("report", "quote", "sentence"))
    start, end, begin = (int(text_of(row, name)) for name in ("start", "end", "from"))
    return Passage(report, start, end, quote, sentence, begin, fact, text_of(row, "evidence"))


def fold(rows: Iterable[Row]) -> list[Edge]:
    """Return the edges of ``rows``; rows that differ only in qualifier, report or passage are one edge.

    A post that is over is another edge than one that is held.
    """
    rows = list(rows)
    over = {text_of(row, "fact") for row in rows if text_of(row, "qualifier") == OVER}
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(text_of(row, name) for name in ("subject", "predicate", "object", "status", "period"))
        groups.setdefault((*key, OVER if text_of(row, "fact") in over else ""), []).append(row)
    return [_edge(key, group) for key, group in sorted(groups.items())]


def _edge(key: tuple[str, ...], rows: list[Row]) -> Edge:
    subject, predicate, target, status, period, _ = key
    orders = sorted(int(order) for row in rows if (order := text_of(row, "order")))
    return Edge(
        subject,
        predicate,
        target,
        status or ACHIEVED,
        period,
        facts=tuple(sorted({text_of(row, "fact") for row in rows})),
        passages=tuple(sorted({passage_of(row, text_of(row, "fact")) for row in rows})),
        qualifiers=tuple(dict.fromkeys(text for row in rows if (text := text_of(row, "qualifier")))),
        role=_first(rows, "role"),
        level=_first(rows, "level"),
        order=orders[0] if orders else 0,
    )


def _first(rows: list[Row], name: str) -> str:
    return min((text for row in rows if (text := text_of(row, name))), default="")


@dataclass(frozen=True, slots=True)
class Folded:
    """Edges after folding events: ``alone`` are the events with one participant, said of that node alone."""

    edges: tuple[Edge, ...]
    alone: tuple[Edge, ...]


def fold_events(edges: Iterable[Edge], classes: Mapping[str, str]) -> Folded:
    """Fold the events among ``edges``, each of which has an edge from every participant to the event.

    Two participants become one undirected edge whose relation is the class of the event (``classes``); one participant
    keeps the event to itself; with three or more the event stays a node, since no pair of them is meant.
    """
    kept: list[Edge] = []
    events: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.predicate == PARTICIPANT:
            events.setdefault(edge.object, []).append(edge)
        else:
            kept.append(edge)
    alone = tuple(taken[0] for taken in events.values() if len(taken) == 1)
    for event, taken in events.items():
        kept.extend(_event_edges(event, taken, classes))
    return Folded(tuple(kept), alone)


def _event_edges(event: str, taken: list[Edge], classes: Mapping[str, str]) -> Iterator[Edge]:
    if len(taken) == 2:
        one, other = taken
        yield _between(one, one.subject, classes.get(event, PARTICIPANT), other.subject, directed=False)
    elif len(taken) > 2:
        for edge in taken:
            yield _between(edge, event, PARTICIPANT, edge.subject)


def _between(edge: Edge, subject: str, predicate: str, target: str, directed: bool = True) -> Edge:
    event = "" if directed else edge.object
    return Edge(
        subject, predicate, target, edge.status, edge.period, edge.facts, edge.passages, edge.qualifiers, directed=directed, event=event
    )
