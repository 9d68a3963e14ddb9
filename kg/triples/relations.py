"""Relations: a plain edge where the text says that it holds, and the statement that carries its sentence.

Roles (leads, responsible_for, any with a post) have a membership beside them, honours (has_title, recognised_as, nominated_for,
member_of_scheme) a dated designation, since both hold for a time.
"""

from kg.facts import Relation
from kg.namespaces import ORG, PROV, RDF, RIE
from kg.triples import iris
from kg.triples.classes import level_of
from kg.triples.draft import UNREAL, A, Draft, status_of
from kg.triples.terms import Iri, Literal

_ROLES = {"leads", "responsible_for"}
_HONOURS = {"has_title", "recognised_as", "nominated_for", "member_of_scheme"}
_SOURCE, _POST = "source", "post"  # qualifiers that mean a thing


def write_relation(draft: Draft, found: Relation) -> None:
    """Write the edge, its statement and, for a role or an honour, the node that dates it."""
    subject, object_ = draft.named(found.subject, found.span), draft.named(found.object, found.span)
    predicate, status = iris.predicate(found.predicate), status_of(found.modality, found.status)
    period = draft.interval(found.period, status)
    node = iris.statement(draft.report.id, subject, predicate, object_, status, period, found.qualifiers)
    if status not in UNREAL:
        draft.say(subject, predicate.value, object_)
    draft.say(node, A, Iri(f"{RDF}Statement"))
    draft.say(node, f"{RDF}subject", subject)
    draft.say(node, f"{RDF}predicate", predicate)
    draft.say(node, f"{RDF}object", object_)
    draft.say(node, f"{RIE}statementPeriod", period)
    _write_context(draft, found, node, status)
    if found.predicate in _ROLES or _POST in dict(found.qualifiers):
        _write_membership(draft, found, iris.beside("m", node), (subject, object_, period, status))
    if found.predicate in _HONOURS:
        _write_designation(draft, found, iris.beside("d", node), (subject, object_, period, status))


def _write_context(draft: Draft, found: Relation, node: Iri, status: str) -> None:
    """Write what statement, membership and designation share: status, qualifiers, evidence."""
    draft.say(node, f"{RIE}factualStatus", iris.code(status))
    draft.say(node, f"{RIE}periodBasis", iris.code(f"period-{found.period.basis}"))
    for key, value in found.qualifiers:
        draft.say(node, f"{RIE}qualifier", Literal(f"{key}={value}"))
        if key == _SOURCE:
            draft.say(node, f"{PROV}hadPrimarySource", draft.named(value, found.span))
    draft.support(node, found.span, found.rule)


def _write_membership(draft: Draft, found: Relation, node: Iri, said: tuple[Iri, Iri, Iri, str]) -> None:
    """Write the post: who leads what, who has which duty or official title."""
    subject, object_, period, status = said
    draft.say(node, A, Iri(f"{ORG}Membership"))
    draft.say(node, f"{ORG}member", subject)
    if found.predicate in _ROLES:
        draft.say(node, f"{ORG}role", iris.code(f"role-{found.predicate.replace('_', '-')}"))
    if found.predicate == "leads":
        draft.say(node, f"{ORG}organization", object_)
    posts = [value for key, value in found.qualifiers if key == _POST]
    if found.predicate == "responsible_for":
        posts.append(found.object)
    for post in posts:
        draft.say(node, f"{ORG}role", draft.vocabulary.roles.get(post) or draft.named(post, found.span))
    draft.say(node, f"{ORG}memberDuring", period)
    _write_context(draft, found, node, status)


def _write_designation(draft: Draft, found: Relation, node: Iri, said: tuple[Iri, Iri, Iri, str]) -> None:
    """Write the honour as held (or sought) by its holder in a period."""
    subject, object_, period, status = said
    draft.say(node, A, Iri(f"{RIE}DesignationInTime"))
    draft.say(node, f"{RIE}holder", subject)
    draft.say(node, f"{RIE}designation", object_)
    draft.say(node, f"{RIE}referencePeriod", period)
    level = level_of(found.object)
    if level:
        draft.say(node, f"{RIE}administrativeLevel", iris.code(f"level-{level}"))
    _write_context(draft, found, node, status)
