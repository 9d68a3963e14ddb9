"""Exports: every form holds the same graph, and the same graph gives the same bytes."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import BuildError, InputError
from kg.export import COLUMNS, FORMATS, export
from kg.extract import read_passages
from kg.facts import Entity, Event, Facts, Membership, Observation, Relation, Span
from kg.namespaces import PREFIXES, RDF, RIE
from kg.report import Issued, Report
from kg.store import Store
from kg.triples import iris, to_quads
from kg.triples.reifiers import reified
from kg.triples.terms import Iri, Literal, Quad, Term, decimal, integer
from kg.triples.turtle import jsonld, trig, turtle
from kg.triples.vocabulary import Vocabulary

TEXT = "临江市研发投入下降3.2%，居全省第二。\n临江市科技局出台“=1+1”办法，设立“创新券、贷款”两类支持。\n海洋院正式挂牌。"


def at(phrase: str) -> Span:
    start = TEXT.index(phrase)
    return Span(start, start + len(phrase))


FACTS = Facts(
    observations=(
        Observation(
            at("临江市研发投入下降3.2%"), "临江市", "研发投入", "yoy_growth", Decimal("-3.2"), "%", "observations.fall", printed="下降3.2%"
        ),
    ),
    relations=(Relation(at("临江市科技局出台“=1+1”办法"), "=1+1", "issued_by", "临江市科技局", "relations.issue"),),
    entities=(Entity("临江市", "City", "names.place", (), (at("临江市"), at("临江市科技局"))),),
    events=(Event(at("海洋院正式挂牌"), "正式挂牌", ("海洋院", "临江市"), "events.unveil", "unveiling", "2021-04-02"),),
    memberships=(Membership(at("“创新券、贷款”两类支持"), "两类支持", "贷款", "listings.quoted", 2, at("贷款")),),
)
GRAPH = Iri("http://example.org/graph")
AWKWARD = [
    Quad(iris.entity("温州市"), Iri(f"{RDF}type"), Iri(f"{PREFIXES['rie']}PrefectureLevelCity"), GRAPH),
    Quad(iris.entity("温州市"), Iri(f"{PREFIXES['rdfs']}label"), Literal('引"号\\ 和\n换行\t\x01', lang="zh-Hans"), GRAPH),
    Quad(iris.entity("温州市"), Iri(f"{PREFIXES['rie']}value"), decimal(Decimal("-0.50")), GRAPH),
    Quad(iris.entity("温州市"), Iri(f"{PREFIXES['rie']}value"), decimal(Decimal("7")), GRAPH),
    Quad(iris.entity("温州市"), Iri(f"{PREFIXES['oa']}start"), integer(0), GRAPH),
    Quad(Iri(f"{PREFIXES['rie']}a/b,c;d(e)."), Iri(f"{PREFIXES['rie']}-minus"), Iri(PREFIXES["rie"]), GRAPH),
    Quad(Iri("urn:x:温州"), Iri(f"{PREFIXES['schema']}name"), Literal("http://example.org/<a>"), Iri("http://example.org/graph2")),
    Quad(Iri(f"{PREFIXES['schema']}//odd"), Iri(f"{PREFIXES['schema']}name"), Literal("2020", f"{PREFIXES['xsd']}gYear"), GRAPH),
]


@pytest.fixture(scope="module")
def store() -> Store:
    report = Report("linjiang-2021", TEXT, "0" * 64, "临江科技", Issued("2021"), "临江市")
    return Store.of_quads(to_quads(report, FACTS, read_passages(report), Vocabulary()))


def bytes_of(store: Store, form: str, **options: str) -> bytes:
    stream = io.BytesIO()
    assert export(store, form, stream, **options) == len(stream.getvalue())
    return stream.getvalue()


def table(store: Store) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bytes_of(store, "csv").decode("utf-8-sig"))))


def read_by_rdflib(text: str, form: str) -> set[tuple[str, ...]]:
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=form)
    return {tuple(str(part) for part in quad) for quad in dataset.quads((None, None, None, None))}


def said(quads: list[Quad], graphs: bool = True) -> Iterator[tuple[str, ...]]:
    for quad in quads:
        graph: Term | str | None = quad.graph if graphs else "urn:x-rdflib:default"
        yield (str(quad.subject), str(quad.predicate), str(quad.object), str(graph))


@pytest.mark.parametrize(("write", "form"), [(trig, "trig"), (jsonld, "json-ld")])
def test_another_reader_finds_the_same_quads(write: object, form: str, store: Store) -> None:
    assert callable(write)
    for quads in (AWKWARD, list(store.quads())):
        assert read_by_rdflib(write(quads, PREFIXES), form) == set(said(quads))


def test_turtle_is_all_graphs_in_one(store: Store) -> None:
    for quads in (AWKWARD, list(store.quads())):
        found = {row[:3] for row in read_by_rdflib(turtle(quads, PREFIXES), "turtle")}
        assert found == {row[:3] for row in said(quads)}


def test_literals_keep_datatype_and_language_in_each_form() -> None:
    import rdflib

    for text, form in ((trig(AWKWARD, PREFIXES), "trig"), (jsonld(AWKWARD, PREFIXES), "json-ld")):
        dataset = rdflib.Dataset()
        dataset.parse(data=text, format=form)
        found = {(str(o), o.language, str(o.datatype)) for _, _, o, _ in dataset.quads() if isinstance(o, rdflib.Literal)}
        assert ('引"号\\ 和\n换行\t\x01', "zh-Hans") in {(value, language) for value, language, _ in found}
        assert ("-0.5", None, f"{PREFIXES['xsd']}decimal") in found
        assert ("7", None, f"{PREFIXES['xsd']}decimal") in found
        assert ("2020", None, f"{PREFIXES['xsd']}gYear") in found


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_graph_gives_the_same_bytes(store: Store, form: str) -> None:
    again = Store.of_quads(sorted(store.quads(), key=Quad.n3, reverse=True))
    assert bytes_of(store, form) == bytes_of(again, form)


def test_prefixes_are_set_and_used(store: Store) -> None:
    text = bytes_of(store, "turtle").decode("utf-8")
    assert "@prefix rie: <https://w3id.org/rieco/ontology#> ." in text
    assert '    rie:indicatorName "研发投入" ;' in text
    assert "rie:value -3.2" in text


def test_the_table_has_one_row_a_fact(store: Store) -> None:
    rows = table(store)
    assert tuple(rows[0]) == COLUMNS
    assert sorted(row["kind"] for row in rows) == ["entity", "event", "membership", "observation", "relation"]
    assert all(TEXT[int(row["start"]) : int(row["end"])] == row["quote"].removeprefix("'") for row in rows)
    assert all(row["report"] == "linjiang-2021" for row in rows)


def test_an_observation_is_a_row_with_its_number(store: Store) -> None:
    (row,) = (row for row in table(store) if row["kind"] == "observation")
    assert [row[c] for c in ("subject", "predicate", "object", "unit", "period", "status")] == [
        "临江市",
        "研发投入",
        "-3.2",
        "%",
        "../2021-12-31",
        "achieved",
    ]


def test_a_spreadsheet_does_not_take_words_of_a_report_for_a_formula(store: Store) -> None:
    (row,) = (row for row in table(store) if row["kind"] == "relation")
    assert (row["subject"], row["predicate"], row["object"]) == ("'=1+1", "issuedBy", "临江市科技局")


def test_an_event_and_a_listing_are_rows(store: Store) -> None:
    (event,) = (row for row in table(store) if row["kind"] == "event")
    assert (event["subject"], event["object"], event["period"]) == ("临江市、海洋院", "正式挂牌", "2021-04-02/2021-04-02")
    (listing,) = (row for row in table(store) if row["kind"] == "membership")
    assert (listing["subject"], listing["object"]) == ("贷款", "两类支持")


def test_a_thing_mentioned_twice_is_shown_where_it_is_first_mentioned(store: Store) -> None:
    (row,) = (row for row in table(store) if row["kind"] == "entity")
    assert (row["subject"], row["object"], row["start"]) == ("临江市", "City", "0")


def test_one_report_can_be_exported_alone(store: Store) -> None:
    both = Store.of_quads([*store.quads(), *AWKWARD])
    assert bytes_of(both, "nquads", report="linjiang-2021") == bytes_of(store, "nquads")
    with pytest.raises(InputError, match="there is no report “临海” in the graph - choose one of linjiang-2021"):
        bytes_of(both, "nquads", report="临海")


def test_a_report_with_a_chinese_id_keeps_its_name() -> None:
    report = Report("台州 2018#1", TEXT, "0" * 64, "台州", Issued("2019"), "临江市")
    store = Store.of_quads(to_quads(report, FACTS, read_passages(report), Vocabulary()))
    assert {row["report"] for row in table(store)} == {"台州 2018#1"}
    assert bytes_of(store, "trig", report="台州 2018#1") == bytes_of(store, "trig")


def test_an_unknown_form_is_told(store: Store) -> None:
    with pytest.raises(InputError, match="“xml” is no export format - choose one of turtle, trig, nquads, jsonld, csv"):
        bytes_of(store, "xml")


def test_a_file_is_written_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "graph.ttl"
    export(store, "turtle", target)
    assert target.read_bytes() == bytes_of(store, "turtle")
    with pytest.raises(BuildError):
        export(store, "turtle", target / "not a folder.ttl")
    assert [path.name for path in target.parent.iterdir()] == ["graph.ttl"]


EVIDENCE = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?fact ?s ?p ?o ?quote ?start ?end WHERE { GRAPH ?g { %s ?fact prov:wasDerivedFrom ?evidence .
  ?evidence oa:hasSelector ?offsets , ?quotation . ?offsets oa:start ?start ; oa:end ?end . ?quotation oa:exact ?quote } }"""


@pytest.mark.parametrize(("form", "suffix"), [("nquads", "nq"), ("trig", "trig")])
def test_reifiers_stand_on_the_iris_of_the_statements_and_carry_the_same_sentences(
    first_store: Store, tmp_path: Path, form: str, suffix: str
) -> None:
    file = tmp_path / f"graph.{suffix}"
    export(first_store, form, file, rdf12=True)
    read_back = pyoxigraph.Store()
    read_back.bulk_load(path=str(file))
    statements = "?fact a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ."
    before = {str(row) for row in first_rows(first_store, EVIDENCE % statements)}
    after = {str(tuple(map(str, row))) for row in read_back.query(EVIDENCE % "?fact rdf:reifies <<( ?s ?p ?o )>> .")}
    assert len(after) > 100
    assert {row.lower() for row in after} == {row.lower() for row in before}
    reifiers = sum(1 for _ in read_back.query("SELECT ?s { GRAPH ?g { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> ?t } }"))
    inferred = len(first_store.select(f"SELECT ?s {{ GRAPH ?g {{ ?s a <{RIE}InferredStatement> }} }}"))
    assert inferred > 0
    assert len(read_back) == len(first_store) - 3 * (reifiers - inferred) - 2 * inferred  # these keep their class


def first_rows(store: Store, sparql: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(sparql):
        yield tuple(term.n3() if term else "" for term in row.values())


def test_a_statement_that_is_not_whole_is_not_reified() -> None:
    half = [
        Quad(iris.entity("s"), Iri(f"{RDF}type"), Iri(f"{RDF}Statement"), GRAPH),
        Quad(iris.entity("s"), Iri(f"{RDF}subject"), GRAPH, GRAPH),
    ]
    assert list(reified(half)) == half
    twice = [
        Quad(iris.entity("s"), Iri(f"{RDF}{part}"), iris.entity(value), GRAPH)
        for part in ("subject", "predicate", "object")
        for value in "ab"
    ]
    assert list(reified(twice)) == twice


def test_a_form_without_reifiers_says_so(store: Store) -> None:
    with pytest.raises(InputError, match="--rdf12: csv has no reifiers here - choose one of trig, nquads"):
        export(store, "csv", io.BytesIO(), rdf12=True)
