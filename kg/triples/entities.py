"""Named things: classes, names, and every place where they are mentioned."""

from kg.facts import Entity
from kg.namespaces import RDFS, RIE, SKOS
from kg.triples import iris
from kg.triples.classes import classes_of, has_level, level_of
from kg.triples.draft import A, Draft
from kg.triples.names import entity_iri
from kg.triples.terms import Literal


def write_entity(draft: Draft, found: Entity) -> None:
    """Write a named thing; one that is mentioned nowhere is left out, since nothing would carry it."""
    if not found.mentions:
        return
    node = entity_iri(found, draft.report.id)
    draft.say(node, A, *classes_of(found.type, found.name))
    draft.say(node, f"{RDFS}label", draft.label(found.name))
    draft.say(node, f"{SKOS}altLabel", *(draft.label(alias) for alias in found.aliases if alias != found.name))
    draft.say(node, f"{RIE}entityType", Literal(found.type))
    draft.say(node, f"{RIE}mentionedAt", *map(draft.evidence, found.mentions))
    draft.say(node, f"{RIE}rule", draft.rule(found.rule))
    draft.attribute(node)
    level = level_of(found.name) if has_level(found.type) else None
    if level:
        draft.say(node, f"{RIE}administrativeLevel", iris.code(f"level-{level}"))
    known = draft.vocabulary.known(found.name, found.type)
    if known:
        draft.say(node, f"{SKOS}exactMatch", known)
