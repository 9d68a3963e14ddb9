"""The one place where IRIs are minted.

An IRI is a letter for the kind of node and the first 16 hexadecimal digits (64 bits) of the sha256 of its key: the key's
parts as a JSON list, so that no two keys run together. Keys hold what a node *is* (a name, a place in a text), never its
position in a list, so that a new fact leaves the IRIs of the others as they are. Chinese names are hashed, not spelled in
Latin letters: two names that sound alike stay two.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

from kg import __version__
from kg.decisions import Decision, dump_decisions
from kg.namespaces import BASE, RID, RIE, RIEC, RIG, RULE
from kg.triples.terms import Iri

DIGITS = 16  # 64 bits: two of ten million nodes meet with a chance of one in 370,000
_OWN = re.compile(re.escape(RID) + rf"[adhiklmnosvx]-[0-9a-f]{{{DIGITS}}}(-|$)")  # letters whose keys begin with a report
_HYPHEN = re.compile(r"_([a-z])")


def mint(letter: str, *parts: object) -> Iri:
    """Return the IRI of a node of the kind ``letter`` with the key ``parts`` (text, numbers or ``None``).

    >>> mint("e", "温州市").value.rpartition("/")[2]
    'e-cfb98ffddbd37846'
    """
    key = json.dumps([letter, *parts], ensure_ascii=False, separators=(",", ":"), default=str)
    return Iri(f"{RID}{letter}-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:DIGITS]}")


def entity(name: str, apart: str = "") -> Iri:
    """Named thing. Key: canonical name and, where one name may be several things, what tells them apart."""
    return mint("e", name, apart) if apart else mint("e", name)


def concept(name: str) -> Iri:
    """Concept that only a report names. Key: its name."""
    return mint("c", name)


def observation(report: str, start: int, end: int, said: Sequence[object]) -> Iri:
    """Observation. Key: report, span and what is said (indicator, subject, measure, value, unit)."""
    return mint("o", report, start, end, *said)


def statement(
    report: str, subject: Iri, predicate: Iri, object_: Iri, status: str, period: Iri, qualifiers: Sequence[tuple[str, str]] = ()
) -> Iri:
    """Statement about an edge. Key: report, subject, predicate, object, factual status, period and what qualifies it."""
    return mint("s", report, subject, predicate, object_, status, period, *(f"{key}={value}" for key, value in qualifiers))


def candidate(report: str, thing: Iri, record: str) -> Iri:
    """Link candidate. Key: report, the thing, and the identifiers (else the name) of the record it may be."""
    return mint("n", report, thing, record)


def beside(letter: str, fact: Iri) -> Iri:
    """Membership (``m``) or designation (``d``) that stands beside the statement ``fact``. Key: that statement."""
    return mint(letter, fact)


def listing(report: str, whole: Iri, part: Iri, order: int | None) -> Iri:
    """Listing. Key: report, whole, part and order."""
    return mint("l", report, whole, part, order)


def event(report: str, what: str, kind: str, status: str, date: str | None, participants: Sequence[Iri]) -> Iri:
    """Event. Key: report, wording, kind, status, date and participants."""
    return mint("x", report, what, kind, status, date, *participants)


def aspect(observation_: Iri, kind: str) -> Iri:
    """Rank, comparison or superlative of an observation. Key: the observation and the kind."""
    return mint("k", observation_, kind)


def evidence(report: str, start: int, end: int) -> Iri:
    """Passage of a report. Key: report, start and end."""
    return mint("v", report, start, end)


def interval(first: str | None, last: str | None) -> Iri:
    """Time interval. Key: first and last day."""
    return mint("t", first, last)


def as_of(last: str) -> Iri:
    """Time interval that a text gives only the end of (截至6月底). Key: its last day, told apart from that of an undated fact."""
    return mint("t", "as of", last)


def partition(kind: str, term: Iri) -> Iri:
    """Class or property partition of the catalogue. Key: the kind and the term."""
    return mint("p", kind, term)


def run(report: str, sha256: str) -> Iri:
    """Extraction run. Key: report, sha256 of its bytes, version of the program."""
    return mint("a", report, sha256, __version__)


def inference(report: str, rule: str, subject: Iri, predicate: Iri, object_: Iri) -> Iri:
    """Statement that follows by a rule. Key: report, rule, subject, predicate and object."""
    return mint("i", report, rule, subject, predicate, object_)


def inference_run(report: str, rule: str, sha256: str) -> Iri:
    """Run of a rule over the graph of a report. Key: report, rule, sha256 of the rule, version of the program."""
    return mint("a", report, "inference", rule, sha256, __version__)


def reviewer(name: str) -> Iri:
    """Person who decides about facts. Key: the name as it stands in the decisions; it is never a person of a report."""
    return mint("r", name)


def decision(report: str, said: Decision) -> Iri:
    """Human decision. Key: report and the whole text of the decision."""
    return mint("h", report, dump_decisions([said]))


def part(whole: Iri, name: str) -> Iri:
    """A node that exists only as a part of another: selectors of a passage, ends of an interval, sections."""
    return Iri(f"{whole}-{name}")


def document(report: str) -> Iri:
    """Source document."""
    return Iri(f"{RID}report-{quote(report, safe='')}")


def report_of(node: Iri) -> str | None:
    """Return the id of the report whose document or graph ``node`` is, ``None`` for any other node.

    >>> report_of(document("台州 2018")), report_of(report_graph("台州 2018")), report_of(graph("authority"))
    ('台州 2018', '台州 2018', None)
    """
    for prefix in (document("").value, report_graph("").value):
        if node.value.startswith(prefix):
            return unquote(node.value.removeprefix(prefix))
    return None


def of_one_report(node: Iri) -> bool:
    """Say whether ``node`` can stand in the graph of one report only, because the report is a part of its key.

    >>> of_one_report(evidence("台州", 3, 9)), of_one_report(part(evidence("台州", 3, 9), "quote")), of_one_report(entity("台州市"))
    (True, True, False)
    """
    return _OWN.match(node.value) is not None


def report_graph(report: str) -> Iri:
    """Named graph with what one report says."""
    return Iri(f"{RIG}report-{quote(report, safe='')}")


def inferred_graph(report: str) -> Iri:
    """Named graph with what follows by rules from what one report says."""
    return Iri(f"{RIG}inferred-{quote(report, safe='')}")


def inferred_from(graph: Iri) -> str | None:
    """Return the id of the report from which the statements of ``graph`` follow, ``None`` for a graph of another kind.

    >>> inferred_from(inferred_graph("台州 2018")), inferred_from(report_graph("台州 2018"))
    ('台州 2018', None)
    """
    prefix = inferred_graph("").value
    return unquote(graph.value.removeprefix(prefix)) if graph.value.startswith(prefix) else None


def graph(name: str) -> Iri:
    """Named graph ``authority``, ``ontology`` or ``catalogue``."""
    return Iri(f"{RIG}{name}")


def software() -> Iri:
    """This program in its version."""
    return Iri(f"{RID}software-kg-{__version__}")


def dataset() -> Iri:
    """The whole graph as a data set."""
    return Iri(f"{RID}dataset")


def rule(rule_id: str) -> Iri:
    """Rule of the extraction."""
    return Iri(f"{RULE}{quote(rule_id, safe='.')}")


def inference_rule(name: str) -> Iri:
    """Rule of inference, by the name of its file."""
    return rule(f"inferences.{name}")


def predicate(name: str) -> Iri:
    """Property for a predicate of the facts format.

    >>> predicate("cooperates_with").value.rpartition("#")[2]
    'cooperatesWith'
    """
    return Iri(RIE + _HYPHEN.sub(lambda match: match[1].upper(), name))


def code(name: str) -> Iri:
    """Concept of a code list (``riec:``)."""
    return Iri(RIEC + name)


def store_stamp() -> Iri:
    """The graph in which a server keeps what was loaded into it; no graph of the reports, so no question sees it."""
    return Iri(f"{BASE}store/stamp")


def staging(graph: Iri) -> Iri:
    """The graph in which the new triples of ``graph`` gather before they take its place. Key: the graph's name."""
    return Iri(f"{BASE}store/staging-{hashlib.sha256(graph.value.encode('utf-8')).hexdigest()[:DIGITS]}")


def nothing() -> Iri:
    """A graph that is always empty: named as a query's default graph, so that the server takes no other for it."""
    return Iri(f"{BASE}store/nothing")
