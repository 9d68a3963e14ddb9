"""The document and the run: title, issue date, credits, sections; program, rules."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from kg import __version__
from kg.decisions.words import ADDED
from kg.facts import Span
from kg.namespaces import DCTERMS, PROV, RDFS, RIE, SCHEMA, XSD
from kg.rules import FOLDER
from kg.triples import iris
from kg.triples.draft import A, Draft
from kg.triples.terms import Iri, Literal, integer

_ISSUED_TYPE = {"year": "gYear", "month": "gYearMonth", "day": "date"}


def write_document(draft: Draft) -> None:
    """Write the source document: what is printed or known about it, with the reason where the text does not print it.

    The datatype of ``dcterms:issued`` (``xsd:gYear``, ``xsd:gYearMonth``, ``xsd:date``) tells its precision.
    """
    report = draft.report
    node = iris.document(report.id)
    draft.say(node, A, Iri(f"{RIE}SourceDocument"), Iri(f"{SCHEMA}Report"))
    draft.say(node, f"{DCTERMS}title", draft.label(report.title))
    draft.say(node, f"{RDFS}label", draft.label(report.title))
    draft.say(node, f"{DCTERMS}identifier", Literal(report.id))
    draft.say(node, f"{DCTERMS}language", Literal(report.language))
    draft.say(node, f"{RIE}sha256", Literal(report.sha256))
    draft.say(node, f"{RIE}characterCount", integer(len(report.text)))
    if report.title_basis:
        draft.say(node, f"{RDFS}comment", Literal(report.title_basis))
    if report.publisher:
        draft.say(node, f"{DCTERMS}publisher", Literal(report.publisher))
    if report.issued:
        kind = _ISSUED_TYPE[report.issued.precision]
        draft.say(node, f"{DCTERMS}issued", Literal(report.issued.date, f"{XSD}{kind}"))
        if report.issued.basis:
            draft.say(node, f"{RIE}issuedBasis", Literal(report.issued.basis))
    _write_credits(draft, node)
    _write_sections(draft, node)


def _write_credits(draft: Draft, document: Iri) -> None:
    """Write the people of the document itself; they have no part in what it reports."""
    for number, credit in enumerate(draft.report.credits, 1):
        node = iris.part(document, f"credit-{number}")
        draft.say(document, f"{RIE}credit", node)
        draft.say(node, f"{RIE}creditRole", Literal(credit.role))
        draft.say(node, f"{RDFS}label", draft.label(f"{credit.role}：{credit.name}"))
        person = draft.names.find(credit.name, Span(0, len(draft.report.text)))
        if person:
            draft.say(node, f"{PROV}agent", person)


def _write_sections(draft: Draft, document: Iri) -> None:
    """Write each section whose heading says which place it speaks of; the heading must be printed."""
    for number, section in enumerate(draft.report.sections, 1):
        printed = re.search(rf"(?m)^\s*({re.escape(section.heading)})\s*$", draft.report.text)
        if not printed:
            continue
        node, span = iris.part(document, f"section-{number}"), Span(*printed.span(1))
        draft.say(document, f"{DCTERMS}hasPart", node)
        draft.say(node, A, Iri(f"{RIE}Heading"))
        draft.say(node, f"{RDFS}label", draft.label(section.heading))
        draft.say(node, f"{DCTERMS}spatial", draft.named(section.place, span))
        draft.say(node, f"{RIE}mentionedAt", draft.evidence(span))


def write_run(draft: Draft) -> None:
    """Write the extraction run, the program and the rules it used. There is no clock: same input, same graph."""
    document, software = iris.document(draft.report.id), iris.software()
    draft.say(draft.run, A, Iri(f"{PROV}Activity"), Iri(f"{RIE}ExtractionRun"))
    draft.say(draft.run, f"{PROV}used", document)
    draft.say(draft.run, f"{PROV}wasAssociatedWith", software)
    draft.say(software, A, Iri(f"{PROV}SoftwareAgent"))
    draft.say(software, f"{RDFS}label", Literal(f"kg {__version__}", lang="en"))
    about = rule_labels()
    for rule_id in sorted(draft.rules_used):
        node = iris.rule(rule_id)
        draft.say(draft.run, f"{PROV}used", node)
        draft.say(node, A, Iri(f"{RIE}ExtractionRule"), Iri(f"{PROV}Plan"))
        draft.say(node, f"{RDFS}label", draft.label(about.get(rule_id, rule_id)))


@cache
def rule_labels() -> Mapping[str, str]:
    """Return what each shipped rule is for, by rule id."""
    found: dict[str, str] = {ADDED: "由人添加，不由规则得出"}
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for rule in content.get("rule", []):
            found[f"{path.stem}.{rule.get('id', '')}"] = str(rule.get("about", ""))
    return found
