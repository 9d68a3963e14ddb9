"""Conclusions as quads of ``rig:inferred-<report>``: a statement, the run and the rule behind it, its premises and their passages.

The edge itself is not written: questions that look for edges in any graph would find it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from kg import __version__
from kg.catalogue.networks import View
from kg.inference.conclusions import Conclusion
from kg.namespaces import PROV, RDF, RDFS, RIE
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Quad, Term

_A = f"{RDF}type"
_Triple = tuple[Iri, str, Term]


def inference_quads(conclusions: Iterable[Conclusion], rules: Mapping[str, View]) -> list[Quad]:
    """Return the quads of ``conclusions``, each in the graph of what follows from its report, in canonical order."""
    made: set[Quad] = set()
    for said in conclusions:
        graph, rule = iris.inferred_graph(said.report), rules[said.rule]
        sha256 = hashlib.sha256(rule.sparql.encode("utf-8")).hexdigest()
        run = iris.inference_run(said.report, said.rule, sha256)
        for triples in (_statement(said, run), _run(said, run), _rule(rule, sha256)):
            made.update(Quad(subject, Iri(predicate), value, graph) for subject, predicate, value in triples)
    return sorted(made, key=Quad.n3)


def _statement(said: Conclusion, run: Iri) -> Iterator[_Triple]:
    node = iris.inference(said.report, said.rule, said.subject, said.predicate, said.object)
    yield node, _A, Iri(f"{RIE}InferredStatement")
    yield node, f"{RDF}subject", said.subject
    yield node, f"{RDF}predicate", said.predicate
    yield node, f"{RDF}object", said.object
    yield node, f"{RIE}factualStatus", said.status
    if said.when is not None:
        yield node, f"{RIE}statementPeriod", said.when.period
        yield node, f"{RIE}periodBasis", said.when.basis
    for qualifier in said.qualifiers:
        yield node, f"{RIE}qualifier", Literal(qualifier)
    for source in (*said.premises, *said.evidence):
        yield node, f"{PROV}wasDerivedFrom", source
    yield node, f"{PROV}wasGeneratedBy", run
    yield node, f"{RIE}rule", iris.inference_rule(said.rule)


def _run(said: Conclusion, run: Iri) -> Iterator[_Triple]:
    software = iris.software()
    yield run, _A, Iri(f"{PROV}Activity")
    yield run, _A, Iri(f"{RIE}InferenceRun")
    for used in (iris.inference_rule(said.rule), iris.document(said.report), iris.report_graph(said.report), iris.graph("authority")):
        yield run, f"{PROV}used", used
    yield run, f"{PROV}wasAssociatedWith", software
    yield software, _A, Iri(f"{PROV}SoftwareAgent")
    yield software, f"{RDFS}label", Literal(f"kg {__version__}", lang="en")


def _rule(rule: View, sha256: str) -> Iterator[_Triple]:
    node = iris.inference_rule(rule.name)
    yield node, _A, Iri(f"{RIE}InferenceRule")
    yield node, _A, Iri(f"{PROV}Plan")
    yield node, f"{RIE}sha256", Literal(sha256)
    for words, predicate in ((rule.summary, f"{RDFS}label"), (rule.description, f"{RDFS}comment")):
        yield node, predicate, Literal(words.zh, lang="zh-Hans")
        yield node, predicate, Literal(words.en, lang="en")
