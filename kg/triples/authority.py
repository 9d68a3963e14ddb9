"""The authority graph: English names of the things that reports name, and their ids elsewhere.

An id is a ``skos:exactMatch``, never an ``owl:sameAs``: the latter would merge all that is said of a city, its seat and its
government wherever somebody uses one id for two of them. A code without a web address is a ``dcterms:identifier``
(``gb2260:330300``).

A government body whose name opens with the full name of a place serves it (``schema:areaServed``: 湖州市科学技术局, 湖州市).
No sentence says so, its name does; that is why it stands here and not in the graph of a report.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.authority import WEB, AuthorityRecord, link
from kg.decisions import Decided, LinkChange
from kg.facts import Facts
from kg.namespaces import DCTERMS, RDFS, SCHEMA, SKOS
from kg.triples import iris
from kg.triples.names import entity_iri
from kg.triples.terms import Iri, Literal, Quad, Term

_DIVISIONS = {"City", "Province", "District"}
_LINKS = {f"{SKOS}exactMatch", f"{DCTERMS}identifier"}


def authority_quads(facts: Facts, report: str) -> set[Quad]:
    """Return what is known elsewhere of the entities of ``report``, as quads of ``rig:authority``.

    Namesakes that a person has told apart get no link: a record of their name may mean either.
    """
    graph = iris.graph("authority")
    named = [entity for entity in facts.entities if entity.mentions and not entity.apart]
    nodes = {entity.name: entity_iri(entity, report) for entity in named}
    known = {Quad(nodes[name], Iri(p), value, graph) for name, record in link(named).items() for p, value in _said(record)}
    seats = _seats({entity.name: entity.type for entity in named})
    return known | {Quad(nodes[body], Iri(f"{SCHEMA}areaServed"), nodes[place], graph) for body, place in seats.items()}


def _seats(types: dict[str, str]) -> dict[str, str]:
    """Return the place of each government body: the longest whose full name opens the name of the body."""
    places = [name for name, type_ in types.items() if type_ in _DIVISIONS]
    bodies = [name for name, type_ in types.items() if type_ == "GovernmentBody"]
    opened = {body: [place for place in places if body.startswith(place) and body != place] for body in bodies}
    return {body: max(found, key=len) for body, found in opened.items() if found}


@dataclass(frozen=True, slots=True)
class LinkEdit:
    """What a person's word about the links of ``node`` does to ``rig:authority``; nothing in it needs the report any more.

    ``cut`` are the links to take away, all of them when empty, none when ``None``; ``relabels`` says that a new English label
    is among the quads of ``new`` and that earlier ones go.
    """

    node: Iri
    cut: frozenset[Term] | None
    relabels: bool
    new: frozenset[Quad]

    def applied(self, known: set[Quad]) -> set[Quad]:
        """Return ``known`` (the quads of ``rig:authority``) after the edit."""
        own = {quad for quad in known if quad.subject == self.node}
        links = {quad for quad in own if quad.predicate.value in _LINKS}
        kept = own
        if self.cut is not None:
            cut = {quad for quad in links if quad.object in self.cut} if self.cut else links
            kept = kept - cut if links - cut else set()
        if self.relabels:
            kept = {quad for quad in kept if quad.predicate.value != f"{RDFS}label"}
        return (known - own) | kept | self.new


def link_edits(decided: Decided, report: str) -> list[LinkEdit]:
    """Return the links of ``report`` that a person cut or set, in the order in which they are to be applied.

    Only links change: what the reports say of a thing stays as it is.
    """
    return [
        _edit(entity_iri(entity, report), change)
        for change in decided.links
        for entity in decided.facts.entities
        if change.name in (entity.name, *entity.aliases) and entity.mentions
    ]


def _edit(node: Iri, change: LinkChange) -> LinkEdit:
    graph, decision = iris.graph("authority"), change.effect.decision
    cut = None if decision.action == "add" else frozenset(v for _, v in _ids(AuthorityRecord(change.name, change.cut)) if change.cut)
    new = {Quad(node, Iri(p), value, graph) for p, value in _ids(AuthorityRecord(change.name, change.ids))}
    note = f"{decision.by} {decision.on}: {decision.why or 'link decided by a person'}"
    new.add(Quad(node, Iri(f"{SKOS}note"), Literal(note), graph))
    en = decision.new.get("en") or (decision.fact.get("en") if decision.action == "add" else None)
    if en:
        new.add(Quad(node, Iri(f"{RDFS}label"), Literal(str(en), lang="en"), graph))
    return LinkEdit(node, cut, bool(en), frozenset(new))


def _said(record: AuthorityRecord) -> Iterator[tuple[str, Term]]:
    if record.en:
        yield f"{RDFS}label", Literal(record.en, lang="en")
    yield from _ids(record)
    if record.reason:
        yield f"{SKOS}note", Literal(record.reason, lang="en")


def _ids(record: AuthorityRecord) -> Iterator[tuple[str, Term]]:
    for address in record.uris():
        yield f"{SKOS}exactMatch", Iri(address)
    for scheme in sorted(record.ids.keys() - WEB.keys()):
        yield f"{DCTERMS}identifier", Literal(f"{scheme}:{record.ids[scheme]}")
