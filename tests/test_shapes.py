"""Shapes compiled to SPARQL: what they find is what pySHACL finds, wherever the triples stand and whichever construct is used."""

import logging
import random
from collections.abc import Iterator

import pytest
import rdflib
from rdflib.namespace import RDF, SH, XSD

from kg.build import built_files
from kg.check.shapes import nodes_of, read_shapes
from kg.errors import InputError
from kg.namespaces import OA, RIE
from kg.resources import resource
from kg.shapes import Known, compile_shapes, count_among, count_nodes, validate, validate_nodes
from kg.store import Store
from kg.triples.terms import Iri
from tests.shacl import graph_of, reference, store_of, told

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix e: <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
e:prefixes sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
DATA = """
e:Institute rdfs:subClassOf e:Organisation . e:Laboratory rdfs:subClassOf e:Institute .
e:a a e:Institute ; rdfs:label "温州医科大学病毒研究院"@zh , "Institute of Virology"@en , "病毒研究院"@zh ;
  e:size 120 ; e:founded "2020-04-30"^^xsd:date ;
  e:opened "2020-05-01"^^xsd:date ; e:partOf e:u ; e:leader e:p1 ; e:code "WZ-001" ; e:open true ; e:name "温州医科大学病毒研究院" .
e:b a e:Laboratory ; rdfs:label "丙实验室" ;
  e:size -3 , 4.5 , "许多" ; e:founded "2020-13-45"^^xsd:date , "去年" ;
  e:opened "2019-01-01"^^xsd:date ; e:partOf e:a , e:c ;
  e:leader e:p1 , e:p2 , e:a ; e:code "wz-1" , "HZ-22" ; e:open "true" ; e:name "丙" ; e:chief e:p1 .
e:c a e:Organisation ; rdfs:label "丙公司"@zh-Hans , "Company C"@en-GB ; e:size "7"^^xsd:integer ; e:partOf e:b ; e:leader "李校堃" ;
  e:founded "2018-01-01"^^xsd:date ; e:opened "2018-01-01"^^xsd:date ; e:homepage <http://example.org/c> ; e:chief e:p2 ; e:code "" .
e:d a e:Organisation .
e:u a e:University ; e:leader e:p3 .
e:p1 a e:Person , e:Academician ; rdfs:label "李校堃"@zh ; e:size 1 ; e:knows e:p2 .
e:p2 a e:Person ; e:knows e:p1 , e:p2 ; e:size 2 .
e:p3 e:knows e:u .
e:a e:since "2020-04-30"^^xsd:date . e:b e:since "2020-04-30"^^xsd:date . e:c e:since "2018-01-01"^^xsd:date .
"""
VALUES = {  # constraints that may stand in a property shape on any of the paths below, and within other shapes
    "class": "sh:class e:Person",
    "class with narrower ones": "sh:class e:Organisation",
    "two classes": "sh:class e:Person , e:Academician",
    "integer": "sh:datatype xsd:integer",
    "date": "sh:datatype xsd:date",
    "boolean": "sh:datatype xsd:boolean",
    "string": "sh:datatype xsd:string",
    "language string": "sh:datatype rdf:langString",
    "IRI": "sh:nodeKind sh:IRI",
    "literal": "sh:nodeKind sh:Literal",
    "IRI or literal": "sh:nodeKind sh:IRIOrLiteral",
    "blank node or literal": "sh:nodeKind sh:BlankNodeOrLiteral",
    "in": 'sh:in ( e:p1 e:a "WZ-001" 120 "丙公司"@zh-Hans )',
    "pattern": 'sh:pattern "^[A-Z]{2}-[0-9]+$"',
    "pattern with flags": 'sh:pattern "^wz-" ; sh:flags "i"',
    "shortest": "sh:minLength 4",
    "longest": "sh:maxLength 6",
    "language": 'sh:languageIn ( "zh" "en-GB" )',
    "not": "sh:not [ sh:class e:Person ]",
    "or": "sh:or ( [ sh:datatype xsd:integer ] [ sh:class e:Academician ] )",
    "and": "sh:and ( [ sh:nodeKind sh:Literal ] [ sh:minLength 3 ] )",
    "exactly one": "sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class e:Person ] [ sh:minLength 7 ] )",
    "node": "sh:node [ sh:property [ sh:path e:knows ; sh:minCount 1 ; sh:class e:Person ] ]",
    "node deeper": "sh:node [ sh:not [ sh:property [ sh:path e:partOf ; sh:property [ sh:path e:size ; sh:datatype xsd:integer ] ] ] ]",
    "has value": "sh:hasValue e:p1",
}
TOGETHER = {  # constraints that look at all values of a path together
    "at least one": "sh:minCount 1",
    "at least three": "sh:minCount 3",
    "at most none": "sh:maxCount 0",
    "at most one": "sh:maxCount 1",
    "at most two": "sh:maxCount 2",
    "one language once": "sh:uniqueLang true",
    "has a literal": "sh:hasValue 120",
    "qualified at least": "sh:qualifiedValueShape [ sh:class e:Person ] ; sh:qualifiedMinCount 2",
    "qualified at most": "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
    "equals": "sh:equals e:chief",
    "disjoint": "sh:disjoint e:partOf",
    "property within": "sh:property [ sh:path e:knows ; sh:maxCount 1 ; sh:class e:Person ; "
    "sh:property [ sh:path e:size ; sh:maxExclusive 2 ] ]",
}
PATHS = {
    "property": "e:leader",
    "label": "rdfs:label",
    "size": "e:size",
    "code": "e:code",
    "day": "e:founded",
    "open": "e:open",
    "inverse": "[ sh:inversePath e:partOf ]",
    "sequence": "( e:partOf e:leader )",
    "sequence back": "( [ sh:inversePath e:partOf ] e:leader e:size )",
    "alternative": "[ sh:alternativePath ( e:chief e:leader ) ]",
    "alternative of sequences": "[ sh:alternativePath ( ( e:partOf e:leader ) e:size ) ]",
    "inverse of a sequence": "[ sh:inversePath ( e:partOf e:partOf ) ]",
    "optional": "[ sh:zeroOrOnePath e:partOf ]",
}
BOUNDS = {  # what cannot be compared fails (SHACL 1.0, section 4.3); pySHACL lets some of it pass, so each path has its own bounds
    "at least": "sh:path e:size ; sh:minInclusive 2",
    "more than": "sh:path ( e:leader e:size ) ; sh:minExclusive 1",
    "at most": "sh:path e:size ; sh:maxInclusive 7.0",
    "less than": "sh:path [ sh:alternativePath ( e:size ( e:partOf e:size ) ) ] ; sh:maxExclusive 120",
    "not before": 'sh:path e:opened ; sh:minInclusive "2019-06-01"^^xsd:date',
    "before": "sh:path e:since ; sh:lessThan e:opened",
    "not after": "sh:path e:since ; sh:lessThanOrEquals e:opened",
}
TARGETS = {
    "class": "sh:targetClass e:Organisation",
    "subjects": "sh:targetSubjectsOf e:leader",
    "objects": "sh:targetObjectsOf e:leader",
    "node": "sh:targetNode e:d , e:b",
    "several": "sh:targetNode e:p3 ; sh:targetClass e:Person , e:University ; sh:targetSubjectsOf e:chief",
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Values that are not of their type are what is tested; rdflib would print a traceback for each."""
    logger = logging.getLogger("rdflib.term")
    logger.disabled = True
    yield
    logger.disabled = False


def turtle(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=PREFIXES + text, format="turtle")


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    graph = rdflib.Graph().parse(data=PREFIXES.partition("e:prefixes")[0] + DATA, format="turtle")
    assert len(graph) >= 50
    return graph


@pytest.fixture(scope="module")
def store(data: rdflib.Graph, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(data, tmp_path_factory.mktemp("data"))


def assert_same(store: Store, data: rdflib.Graph, shapes: rdflib.Graph) -> int:
    """Both find the same; return how much."""
    ours, theirs = told(validate(store, compile_shapes(shapes, Known(store))), shapes), reference(data, shapes)
    assert ours - theirs == set()
    assert theirs - ours == set()
    return len(ours)


def property_shapes(constraints: dict[str, str], target: str) -> rdflib.Graph:
    """Every constraint on every path, each a shape of its own."""
    pairs = [(path, constraint) for path in PATHS.values() for constraint in constraints.values()]
    return turtle("\n".join(f"e:s{i} a sh:PropertyShape ; {target} ; sh:path {path} ; {what} ." for i, (path, what) in enumerate(pairs)))


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_each_constraint_on_a_value_finds_what_pyshacl_finds_on_every_path(target: str, store: Store, data: rdflib.Graph) -> None:
    assert assert_same(store, data, property_shapes(VALUES, TARGETS[target])) >= 20


def test_each_constraint_on_values_together_finds_what_pyshacl_finds_on_every_path(store: Store, data: rdflib.Graph) -> None:
    assert assert_same(store, data, property_shapes(TOGETHER, TARGETS["class"])) >= 100


def test_bounds_and_orders_find_what_pyshacl_finds(store: Store, data: rdflib.Graph) -> None:
    shapes = [f"e:s{i} a sh:PropertyShape ; sh:targetClass e:Organisation , e:Person ; {what} ." for i, what in enumerate(BOUNDS.values())]
    assert assert_same(store, data, turtle("\n".join(shapes))) >= 10


def test_each_constraint_on_a_value_holds_of_a_focus_node_too(store: Store, data: rdflib.Graph) -> None:
    shapes = [f"e:n{i} a sh:NodeShape ; sh:targetClass e:Organisation , e:Person ; {what} ." for i, what in enumerate(VALUES.values())]
    pairs = ["sh:equals e:knows", "sh:disjoint e:knows", "sh:property [ sh:path e:size ; sh:minCount 1 ; sh:maxInclusive 5 ]"]
    shapes += [f"e:m{i} a sh:NodeShape ; sh:targetClass e:Person ; {what} ." for i, what in enumerate(pairs)]
    assert assert_same(store, data, turtle("\n".join(shapes))) >= 40


def test_a_closed_shape_finds_every_other_property(store: Store, data: rdflib.Graph) -> None:
    shapes = turtle(
        "e:s a sh:NodeShape ; sh:targetClass e:Person ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; "
        "sh:property [ sh:path e:knows ; sh:message '认识的人'@zh ] , [ sh:path e:size ; sh:severity sh:Info ; sh:maxExclusive 2 ] ."
    )
    assert assert_same(store, data, shapes) == 2  # the label of e:p1, the size of e:p2


def test_a_class_that_is_a_shape_looks_at_its_instances(store: Store, data: rdflib.Graph) -> None:
    shapes = turtle("e:Person a sh:NodeShape , rdfs:Class ; sh:property [ sh:path rdfs:label ; sh:minCount 1 ] .")
    assert assert_same(store, data, shapes) == 1


def test_what_is_switched_off_finds_nothing(store: Store, data: rdflib.Graph) -> None:
    shapes = turtle("e:s a sh:PropertyShape ; sh:targetClass e:Person ; sh:path e:name ; sh:minCount 1 ; sh:deactivated true .")
    assert assert_same(store, data, shapes) == 0


SPARQL = {
    "two patterns that must not both hold": "?this e:partOf ?whole . "
    "FILTER NOT EXISTS { ?whole e:leader ?p . ?p e:size ?n . ?p a e:Person }",
    "what must not hold, with a condition": "?this e:partOf ?value . "
    "FILTER NOT EXISTS { ?value e:leader ?p . ?p e:size ?n FILTER (?n > 1) }",
    "lists and paths": "?this e:partOf/e:leader ?value , ?other ; rdf:type/rdfs:subClassOf* e:Organisation . FILTER (?value != ?other)",
    "optional": "?this e:partOf ?value OPTIONAL { ?value e:code ?code } FILTER (!BOUND(?code) || STRLEN(?code) < 5)",
    "union": "{ ?this e:chief ?value } UNION { ?this e:leader ?value . ?value a e:Academician }",
    "what exists within a condition": 'FILTER (?this != e:a && EXISTS { ?this e:leader ?p . ?p e:size 1 }) ?this e:code ?value # "{"\n',
    "bind": '?this e:size ?n . BIND (STR(?n) AS ?value) FILTER REGEX(?value, "^[0-9]")',
}


@pytest.mark.parametrize("name", sorted(SPARQL))
def test_a_sparql_constraint_is_asked_of_all_graphs_together(name: str, store: Store, data: rdflib.Graph) -> None:
    value = "?value" if "?value" in SPARQL[name] else ""
    shapes = turtle(
        "e:s a sh:NodeShape ; sh:targetClass e:Organisation ; sh:sparql [ a sh:SPARQLConstraint ; sh:prefixes e:prefixes , e:more ; "
        f'sh:select """SELECT $this {value} WHERE {{ {SPARQL[name].replace("?this", "$this")} }}""" ] . '
        'e:more sh:declare [ sh:prefix "rdf" ; sh:namespace "http://www.w3.org/1999/02/22-rdf-syntax-ns#"^^xsd:anyURI ] , '
        '[ sh:prefix "rdfs" ; sh:namespace "http://www.w3.org/2000/01/rdf-schema#"^^xsd:anyURI ] .'
    )
    assert assert_same(store, data, shapes) >= 1
    compiled = compile_shapes(shapes, Known(store))
    nodes = [Iri(f"http://example.org/{name}") for name in "abc"]
    assert told(validate_nodes(store, compiled, nodes), shapes) == told(validate(store, compiled), shapes)


UNREAD = {
    "sh:qualifiedValueShapesDisjoint": "sh:path e:p ; sh:qualifiedValueShape e:t ; "
    "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true",
    "sh:expression": "sh:path e:p ; sh:expression [ sh:path e:q ]",
    "no kind of node": "sh:path e:p ; sh:nodeKind sh:Person",
    "counts to 501": "sh:path e:p ; sh:maxCount 500",
    "no property path": "sh:path [ rdfs:label '路' ] ; sh:minCount 1",
    "refers to itself": "sh:path e:p ; sh:node e:s",
    "uses GRAPH": 'sh:sparql [ sh:select "SELECT $this WHERE { GRAPH ?g { $this ?p ?o } }" ]',
    "no plain SELECT": 'sh:sparql [ sh:select "SELECT $this WHERE { $this $PATH ?o }" ]',
}


@pytest.mark.parametrize("what", sorted(UNREAD))
def test_what_cannot_be_compiled_is_said_with_the_name_of_the_shape(what: str, store: Store) -> None:
    shapes = turtle(f"e:s sh:targetClass e:Person ; {UNREAD[what]} . e:t sh:class e:Person .")
    with pytest.raises(InputError, match=r"shape http://example\.org/s: ") as error:
        compile_shapes(shapes, Known(store))
    assert what in str(error.value)


# --- the graph of the first report


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return read_shapes(resource("ontology") / "shapes.ttl")


@pytest.fixture(scope="module")
def report() -> rdflib.Graph:
    return graph_of(Store.in_memory(built_files(resource("graph") / "built")))


RECKONED = {rdflib.URIRef(f"{OA}start"), rdflib.URIRef(f"{OA}end"), rdflib.URIRef(f"{RIE}value")}


def broken(graph: rdflib.Graph, seed: int = 1) -> rdflib.Graph:
    """The graph with faults of every kind: triples dropped, pointed elsewhere, doubled, with another literal or another type."""
    draw = random.Random(seed)
    facts = sorted(triple for triple in graph if "rieco/id/" in str(triple[0]))
    things = sorted({subject for subject, _, _ in facts})
    made = rdflib.Graph()
    made += graph
    for subject, predicate, value in draw.sample(facts, 700):
        elsewhere = draw.choice(things)
        wrong = [rdflib.Literal("许多", datatype=XSD.integer), rdflib.Literal("三月"), elsewhere]
        other = rdflib.Literal(-1) if predicate in RECKONED else draw.choice(wrong)  # rdflib cannot reckon with what is no number
        match draw.randrange(4):
            case 0:
                made.remove((subject, predicate, value))
            case 1:
                made.set((subject, predicate, other))
            case 2:
                made.add((subject, predicate, other))
            case _ if predicate not in RECKONED:
                made.add((elsewhere, predicate, value))
    return made


@pytest.fixture(scope="module")
def planted(report: rdflib.Graph) -> rdflib.Graph:
    return broken(report)


@pytest.fixture(scope="module")
def planted_store(planted: rdflib.Graph, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(planted, tmp_path_factory.mktemp("planted"))


def test_of_faults_planted_in_the_report_both_find_the_same(planted: rdflib.Graph, planted_store: Store, shapes: rdflib.Graph) -> None:
    results = validate(planted_store, compile_shapes(shapes, Known(planted_store)))
    theirs = reference(planted, shapes)
    ours = told(results, shapes)
    assert ours - theirs == set()
    assert theirs - ours == set()
    assert len({result.shape for result in results}) >= 45
    assert len(results) >= 500


def test_the_graph_as_it_was_built_has_what_pyshacl_finds_too(report: rdflib.Graph, shapes: rdflib.Graph) -> None:
    store = Store.in_memory(built_files(resource("graph") / "built"))
    compiled = compile_shapes(shapes, Known(store))
    assert told(validate(store, compiled), shapes) == reference(report, shapes)
    assert sum(count_nodes(store, compiled).values()) >= 9_000


def test_looking_at_what_a_graph_touches_finds_all_that_is_wrong_there(planted_store: Store, shapes: rdflib.Graph) -> None:
    compiled = compile_shapes(shapes, Known(planted_store))
    whole = validate(planted_store, compiled)
    draw = random.Random(2)
    nodes = draw.sample(nodes_of(planted_store, Iri("urn:part:1")), 900)
    some = validate_nodes(planted_store, compiled, nodes)
    assert some == [result for result in whole if result.focus in set(nodes)]
    assert 50 <= len(some) < len(whole)
    counts = count_among(planted_store, compiled, nodes)
    assert counts.keys() == count_nodes(planted_store, compiled).keys()
    assert 0 < sum(counts.values()) < sum(count_nodes(planted_store, compiled).values())


def test_the_shapes_of_the_project_are_all_compiled(planted_store: Store, shapes: rdflib.Graph) -> None:
    compiled = compile_shapes(shapes, Known(planted_store))
    assert len(compiled) == len(set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.subjects(RDF.type, SH.NodeShape))) >= 100
    assert all(shape.constraints for shape in compiled)
