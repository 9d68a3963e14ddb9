"""A thing of the graph, as its page and its data tell it: what it is, what is said of it, and the sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ask import Answer, Cell, ask_sparql
from kg.catalogue import Column, Lang, Wording
from kg.namespaces import OA, PROV, RDF, RDFS, RIE, RIG, SDMX_DIMENSION, SKOS
from kg.store import Rows, Store
from kg.triples.terms import Blank, Iri, Literal, Quad

MOST = 500  # rows of a section, and things that point here
_MOST_QUADS = 100_000

_HEAD = f"PREFIX oa: <{OA}> PREFIX prov: <{PROV}> PREFIX rdf: <{RDF}> PREFIX rie: <{RIE}> PREFIX sdmx: <{SDMX_DIMENSION}>"
_EVIDENCE = """?evidence oa:hasSource ?report ; oa:hasSelector ?position , ?quotation .
    ?position oa:start ?start ; oa:end ?end . ?quotation oa:exact ?quote ."""
_RELATIONS = f"""{_HEAD}
SELECT DISTINCT ?subject ?relation ?object ?status ?period ?quote ?report ?start ?end WHERE {{
  GRAPH ?g {{ {{ ?fact rdf:subject %IRI% }} UNION {{ ?fact rdf:object %IRI% }} UNION {{ ?fact rdf:predicate %IRI% }}
    ?fact rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; prov:wasDerivedFrom ?evidence .
    OPTIONAL {{ ?fact rie:factualStatus ?status }} OPTIONAL {{ ?fact rie:statementPeriod ?period }}
    {_EVIDENCE} }} }} LIMIT {MOST}"""
_NUMBERS = f"""{_HEAD}
SELECT DISTINCT ?fact ?measure ?period ?status ?quote ?report ?start ?end WHERE {{
  GRAPH ?g {{ {{ ?fact rie:observationSubject %IRI% }} UNION {{ ?fact rie:indicator %IRI% }} UNION {{ ?fact sdmx:refArea %IRI% }}
    ?fact prov:wasDerivedFrom ?evidence . OPTIONAL {{ ?fact rie:measureType ?measure }}
    OPTIONAL {{ ?fact rie:factualStatus ?status }} OPTIONAL {{ ?fact rie:referencePeriod ?period }}
    {_EVIDENCE} }} }} LIMIT {MOST}"""
_OWN = f"""{_HEAD}
SELECT DISTINCT ?quote ?report ?start ?end WHERE {{
  GRAPH ?g {{ {{ %IRI% prov:wasDerivedFrom|rie:mentionedAt ?evidence }} UNION {{ BIND(%IRI% AS ?evidence) }} UNION
    {{ ?evidence oa:hasSelector %IRI% }}
    {_EVIDENCE} }} }} LIMIT {MOST}"""
_OUT = "SELECT DISTINCT ?property ?value WHERE { GRAPH ?g { %IRI% ?property ?value } }"
_IN = f"SELECT DISTINCT ?property ?thing WHERE {{ GRAPH ?g {{ ?thing ?property %IRI% }} }} LIMIT {MOST}"
_WORDS = {
    "subject": Wording("谁", "Who"),
    "relation": Wording("关系", "Relation"),
    "object": Wording("对谁、对什么", "Whom or what"),
    "status": Wording("状态", "Status"),
    "period": Wording("时间", "Period"),
    "fact": Wording("数字", "Number"),
    "measure": Wording("计量方式", "Measure"),
    "quote": Wording("原文", "Sentence"),
    "report": Wording("报告", "Report"),
    "property": Wording("属性", "Property"),
    "value": Wording("值", "Value"),
    "thing": Wording("从何处", "From"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """``relations``, ``numbers`` and ``own`` (where it is mentioned, or what it rests on) carry quotes; ``out`` and ``into``
    are all its triples."""

    iri: str
    name: str
    types: tuple[Cell, ...]
    names: tuple[str, ...]
    about: tuple[str, ...]
    relations: Answer
    numbers: Answer
    own: Answer
    out: Answer
    into: Answer


def find_thing(store: Store, iri: Iri, lang: Lang) -> Thing | None:
    """Return what the graph says of ``iri``, ``None`` when it says nothing."""
    out, into = _asked(store, _OUT, iri, lang), _asked(store, _IN, iri, lang)
    if not out.rows and not into.rows:
        return None
    named = ask_sparql(store, f"SELECT DISTINCT ?x ?g WHERE {{ VALUES ?x {{ {iri.n3()} }} }}", lang).rows[0][0]
    name = named.text if named else iri.value
    values = [(row[0].iri, row[1]) for row in out.rows if row[0] and row[1]]
    labels = (f"{RDFS}label", f"{SKOS}prefLabel", f"{SKOS}altLabel")
    return Thing(
        iri.value,
        name,
        tuple(cell for verb, cell in values if verb == f"{RDF}type"),
        tuple(dict.fromkeys(cell.text for verb, cell in values if verb in labels and cell.text != name)),
        _about(store, iri, lang),
        _asked(store, _RELATIONS, iri, lang),
        _asked(store, _NUMBERS, iri, lang),
        _asked(store, _OWN, iri, lang),
        out,
        into,
    )


def _asked(store: Store, query: str, iri: Iri, lang: Lang) -> Answer:
    answer = ask_sparql(store, query.replace("%IRI%", iri.n3()), lang)
    columns = tuple(Column(column.name, _WORDS.get(column.name, column.label)) for column in answer.columns)
    return Answer(columns, answer.rows)


def _about(store: Store, iri: Iri, lang: Lang) -> tuple[str, ...]:
    """Return definitions and descriptions in ``lang``, in the other language where there is none."""
    paths = "|".join(f"<{SKOS}{name}>" for name in ("definition", "scopeNote")) + f"|<{RDFS}comment>"
    texts = [row["text"] for row in store.select(f"SELECT DISTINCT ?text WHERE {{ GRAPH ?g {{ {iri.n3()} {paths} ?text }} }}")]
    found = [text for text in texts if isinstance(text, Literal)]
    own = [text.value for text in found if text.lang.startswith(lang)]
    return tuple(sorted(own or [text.value for text in found]))


def thing_quads(store: Store, iri: Iri) -> list[Quad]:
    """Return the quads in which ``iri`` is the subject or the object, with their graphs; those of the graph for its name."""
    if iri.value.startswith(RIG) and iri in store.graphs():
        return list(store.quads(iri))
    x = iri.n3()
    rows = store.select(
        f"SELECT DISTINCT ?g ?s ?p ?o WHERE {{ {{ GRAPH ?g {{ {x} ?p ?o }} BIND({x} AS ?s) }} UNION "
        f"{{ GRAPH ?g {{ ?s ?p {x} }} BIND({x} AS ?o) }} }} LIMIT {_MOST_QUADS}"
    )
    return list(_quads(rows))


def _quads(rows: Rows) -> Iterator[Quad]:
    for row in rows:
        graph, subject, predicate, value = row["g"], row["s"], row["p"], row["o"]
        if isinstance(subject, Iri | Blank) and isinstance(predicate, Iri) and value is not None:
            yield Quad(subject, predicate, value, graph if isinstance(graph, Iri) else None)
