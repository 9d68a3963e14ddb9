"""The ontology files: their style, their examples, and that they say what the program and the contract speak of."""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import rdflib
from pyshacl import validate
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from kg.build import ONTOLOGY_FILES, build, built_files
from kg.mentions.quantities import CANONICAL
from kg.namespaces import BASE, PREFIXES, RIE, RIEC, SCHEMA, UNIT
from kg.ontology_docs import main, write_docs
from kg.report import read_report
from kg.resources import resource
from kg.rules import FOLDER as RULES
from kg.rules import rules
from kg.store import Store
from kg.triples import iris
from kg.triples.classes import classes_of

ONTOLOGY = resource("ontology")
ROOT = Path(__file__).parent.parent
FILES = sorted(path.name for path in ONTOLOGY.glob("*.ttl"))
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
_PREFIX = re.compile(r"^@prefix ([\w-]+): <([^>]*)> \.$", re.MULTILINE)
_PLACE = re.compile(r"「(.+)」（(.+?)，(\d+)–(\d+)）", re.DOTALL)


def read(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        graph.parse(ONTOLOGY / name, format="turtle")
    return graph


@pytest.fixture(scope="module")
def core() -> rdflib.Graph:
    return read("core.ttl")


@pytest.fixture(scope="module")
def concepts() -> rdflib.Graph:
    return read("concepts.ttl")


def own(core: rdflib.Graph) -> list[rdflib.term.Node]:
    return sorted((term for term in core.subjects(RDFS.isDefinedBy) if str(term).startswith(RIE)), key=str)


def name_of(term: object) -> str:
    return re.split(r"[#/]", str(term))[-1]


# --- the files


def test_the_files_are_the_ones_we_know() -> None:
    assert FILES == ["alignments.ttl", "concepts.ttl", "core.ttl", "external.ttl", "shapes.ttl", "style.ttl"]
    assert set(ONTOLOGY_FILES) == set(FILES) - {"shapes.ttl", "style.ttl"}


@pytest.mark.parametrize("name", FILES)
def test_the_prefixes_are_those_of_the_program(name: str) -> None:
    found = dict(_PREFIX.findall((ONTOLOGY / name).read_text(encoding="utf-8")))
    assert len(found) >= 8
    for prefix, space in found.items():
        if prefix in PREFIXES:
            assert space == PREFIXES[prefix], prefix
        elif space.startswith(BASE):
            assert (prefix, space) in {("shape", f"{BASE}shape/"), ("style", f"{BASE}style/")}


def test_a_prefix_means_the_same_in_all_files_and_each_is_used() -> None:
    meaning: dict[str, set[str]] = defaultdict(set)
    for name in FILES:
        text = (ONTOLOGY / name).read_text(encoding="utf-8")
        for prefix, space in _PREFIX.findall(text):
            meaning[prefix].add(space)
    assert {prefix: spaces for prefix, spaces in meaning.items() if len(spaces) > 1} == {}


def test_all_our_iris_lie_in_our_namespaces() -> None:
    known = (RIE, RIEC, f"{BASE}id/", f"{BASE}shape/", f"{BASE}style/")
    heads = {f"{BASE}ontology", f"{BASE}concept", f"{BASE}ontology/0.1.0", f"{BASE}concept/0.1.0"}
    ours = {node for triple in read(*FILES) for node in triple if isinstance(node, rdflib.URIRef) and str(node).startswith(BASE)}
    assert len(ours) >= 500
    assert [node for node in sorted(ours) if not (str(node).startswith(known) or str(node) in heads)] == []


@pytest.mark.parametrize("name", ONTOLOGY_FILES)
def test_the_files_of_the_graph_have_no_blank_nodes_and_import_nothing(name: str) -> None:
    graph = read(name)
    assert len(graph) > 50
    assert not any(isinstance(node, rdflib.BNode) for node in graph.all_nodes())
    assert not any(graph.triples((None, OWL.imports, None)))
    assert not any(graph.triples((None, OWL.sameAs, None)))
    assert not any(graph.triples((None, OWL.equivalentClass, None)))


def blocks(name: str) -> Iterator[list[str]]:
    """The terms under each ruled heading of a file, in the order of the file."""
    for section in (ONTOLOGY / name).read_text(encoding="utf-8").split("#" * 100)[2::2]:
        yield re.findall(r"^([\w-]+:[\w-]+) ", section, re.MULTILINE)


@pytest.mark.parametrize("name", ["core.ttl", "external.ttl", "alignments.ttl"])
def test_terms_stand_in_order_under_each_heading(name: str) -> None:
    sections = list(blocks(name))
    assert len(sections) >= 3
    for terms in sections:
        assert terms == sorted(terms)
        assert len(terms) == len(set(terms))


# --- the style


def test_core_and_code_lists_keep_the_style(core: rdflib.Graph, concepts: rdflib.Graph) -> None:
    conforms, _, text = validate(core + concepts, shacl_graph=read("style.ttl"), meta_shacl=True)
    assert conforms, text


_TERM = """@prefix rie: <https://w3id.org/rieco/ontology#> .
@prefix riec: <https://w3id.org/rieco/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
rie:Makerspace a owl:Class ; rdfs:subClassOf rie:InnovationPlatform ; rdfs:label "众创空间"@zh-Hans , "makerspace"@en ;
    skos:definition "面向创客的空间。"@zh-Hans , "A space for makers."@en ; skos:example "新建众创空间91家"@zh-Hans ;
    rdfs:isDefinedBy <https://w3id.org/rieco/ontology> .
rie:groupSize a owl:DatatypeProperty ; rdfs:domain rie:Rank ; rdfs:range xsd:integer ; rdfs:label "总数"@zh-Hans , "group size"@en ;
    skos:definition "参与排名的总数。"@zh-Hans , "How many are ranked."@en ; skos:example "19个城市"@zh-Hans ;
    rdfs:isDefinedBy <https://w3id.org/rieco/ontology> .
riec:unit-mu a skos:Concept , rie:UnitOfMeasure ; skos:inScheme riec:scheme-unit ; skos:topConceptOf riec:scheme-unit ;
    skos:prefLabel "亩"@zh-Hans , "mu"@en ; skos:definition "面积单位。"@zh-Hans , "A unit of area."@en ; skos:notation "亩" .
riec:scheme-unit a skos:ConceptScheme ; rdfs:label "计量单位表"@zh-Hans , "units"@en .
"""
# shape: (what stands in the sound text, what is put in its place)
_FAULTS = {
    "class-name": ("rie:Makerspace", "rie:maker-space"),
    "class-parent": ("rdfs:subClassOf rie:InnovationPlatform ; ", ""),
    "concept-label": ('skos:prefLabel "亩"@zh-Hans , "mu"@en', 'skos:prefLabel "亩 "@zh-Hans , "mu"@en'),
    "concept-name": ("riec:unit-mu", "riec:UnitMu"),
    "concept-place": ("skos:topConceptOf riec:scheme-unit ;", ""),
    "concept-scheme": ("skos:inScheme riec:scheme-unit ; ", ""),
    "datatype-range": ("rdfs:range xsd:integer", "rdfs:range rie:Rank"),
    "defined-by": ('91家"@zh-Hans ;\n    rdfs:isDefinedBy <https://w3id.org/rieco/ontology> .', '91家"@zh-Hans .'),
    "definition": ("A space for makers.", "a space for makers"),
    "deprecated": ("rie:Makerspace a owl:Class ;", "rie:Makerspace a owl:Class ; owl:deprecated true ;"),
    "example": ('skos:example "新建众创空间91家"@zh-Hans ;', ""),
    "label": ('"众创空间"@zh-Hans', '"众创空间"@zh'),
    "one-domain": ("rdfs:domain rie:Rank", "rdfs:domain rie:Rank , rie:Comparison"),
    "one-range": ("rdfs:range xsd:integer", "rdfs:range xsd:integer , xsd:decimal"),
    "property-name": ("rie:groupSize", "rie:GroupSize"),
    "scheme-label": ('"计量单位表"@zh-Hans , ', ""),
    "scope-note": ('skos:notation "亩"', 'skos:notation "亩" ; skos:scopeNote "十五分之一公顷"@zh-Hans'),
    "unit-notation": (' ; skos:notation "亩"', ""),
}


def style_faults(text: str) -> set[str]:
    graph = rdflib.Graph().parse(data=text, format="turtle")
    _, results, _ = validate(graph, shacl_graph=read("style.ttl"))
    return {name_of(source) for source in results.objects(None, SH.sourceShape) if str(source).startswith(f"{BASE}style/")} - {"header"}


def test_every_rule_of_the_style_has_a_text_that_breaks_it() -> None:
    shapes = {name_of(shape) for shape in read("style.ttl").subjects(SH.message)}
    assert shapes - {"header"} == set(_FAULTS)
    _, results, _ = validate(rdflib.Graph().parse(data=_TERM, format="turtle"), shacl_graph=read("style.ttl"))
    assert any(f"{BASE}ontology" == str(node) for node in results.objects(None, SH.focusNode)), "a missing header is found"


def test_the_sound_text_keeps_the_style() -> None:
    assert style_faults(_TERM) == set()


@pytest.mark.parametrize("shape", sorted(_FAULTS))
def test_the_style_finds_its_fault_and_no_other(shape: str) -> None:
    sound, fault = _FAULTS[shape]
    assert _TERM.count(sound) >= 1
    assert style_faults(_TERM.replace(sound, fault)) == {shape}


# --- labels and examples


def test_no_two_classes_or_properties_share_a_label(core: rdflib.Graph) -> None:
    named: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for term in own(core):
        for label in core.objects(term, RDFS.label):
            assert isinstance(label, rdflib.Literal)
            named[str(label).casefold(), label.language].append(name_of(term))
    assert {label: terms for label, terms in named.items() if len(terms) > 1} == {}
    assert len(named) == 2 * len(own(core))


def test_no_text_has_a_blank_at_its_ends_or_a_doubled_one() -> None:
    texts = {str(text) for name in FILES for text in read(name).objects() if isinstance(text, rdflib.Literal) and text.language}
    assert len(texts) >= 1000
    assert [text for text in sorted(texts) if text != text.strip() or "  " in text] == []


def test_every_example_with_a_place_stands_there_in_the_report(core: rdflib.Graph, concepts: rdflib.Graph) -> None:
    placed = 0
    for example in (core + concepts).objects(None, SKOS.example):
        match = _PLACE.fullmatch(str(example))
        assert ("wenzhou-huzhou-2020，" in str(example)) == bool(match), example
        if match:
            quote, report, start, end = match[1], match[2], int(match[3]), int(match[4])
            assert read_report(resource("graph") / "reports" / report).text[start:end] == quote
            placed += 1
    assert placed >= 200


def test_most_terms_have_an_example_from_the_report(core: rdflib.Graph) -> None:
    placed = [term for term in own(core) if any(_PLACE.fullmatch(str(text)) for text in core.objects(term, SKOS.example))]
    assert len(placed) / len(own(core)) > 0.8


# --- the contract of the architecture


def predicates() -> list[str]:
    listed = re.search(r"All of them: ([a-z_, \n]+)\.", ARCHITECTURE)
    assert listed
    return [name.strip() for name in listed[1].replace("\n", " ").split(",")]


def test_the_predicates_of_the_facts_format_are_the_properties_below_relates_to(core: rdflib.Graph) -> None:
    listed = {iris.predicate(name).value for name in predicates()}
    assert len(listed) >= 43
    assert {str(term) for term in core.subjects(RDFS.subPropertyOf, rdflib.URIRef(f"{RIE}relatesTo"))} == listed
    for term in listed:
        assert (rdflib.URIRef(term), RDF.type, OWL.ObjectProperty) in core


def entity_types() -> dict[str, str]:
    """The entity types of the table in the architecture, each with its class as it is printed there."""
    rows = re.findall(r"^\| (.+) \|$", ARCHITECTURE.partition("### Entity types and classes")[2].partition("\n### ")[0], re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("|")] for row in rows if "`" in row]
    return {row[i]: row[i + 1] for row in cells for i in (0, 3) if len(row) > i + 1 and row[i]}


def test_the_class_of_every_entity_type_exists_with_its_parent(core: rdflib.Graph) -> None:
    labelled = read("core.ttl", "external.ttl")
    table = entity_types()
    assert len(table) == 36
    for kind, cell in table.items():
        chain = [expand(name) for name in re.findall(r"`([\w-]+:\w+)`", cell)]
        assert chain[0].toPython() in {cls.value for cls in classes_of(kind, "某某")}, kind
        for narrow, wide in pairwise(chain):
            assert wide in set(core.transitive_objects(narrow, RDFS.subClassOf)), (kind, narrow, wide)
        assert all((cls, RDFS.label, None) in labelled for cls in chain if not str(cls).startswith(str(SKOS))), kind


def expand(name: str) -> rdflib.URIRef:
    prefix, _, local = name.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + local)


def test_every_term_that_the_architecture_names_is_defined(core: rdflib.Graph, concepts: rdflib.Graph) -> None:
    named = set(re.findall(r"\b(riec?:[A-Za-z][\w-]*\w)", ARCHITECTURE)) - {"rie:lowerCamelCase"}
    lists = ARCHITECTURE.partition("### Code lists")[2]
    named |= {f"riec:{name}" for name in re.findall(r"`((?:measure|growth|period|level|unit|role)-[a-z-]*[a-z])`", lists)}
    defined = {*core.subjects(RDF.type), *concepts.subjects(RDF.type)}
    assert len(named) >= 90
    assert {name for name in named if expand(name) not in defined} == set()


def test_every_event_class_is_the_kind_of_some_event(core: rdflib.Graph) -> None:
    kinds = set(re.findall(r'kind = "([a-z]+)"', (RULES / "events.toml").read_text(encoding="utf-8"))) - {"event"}
    classes = {name_of(term) for term in core.subjects(RDFS.subClassOf, rdflib.URIRef(f"{RIE}EcosystemEvent"))}
    assert len(kinds) >= 10
    assert {f"{kind.capitalize()}Event" for kind in kinds} - classes == set()


def program() -> str:
    paths = [*(ROOT / "kg").rglob("*.py"), *(ROOT / "kg").rglob("*.toml"), *(ROOT / "queries").rglob("*.rq")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))


def test_every_term_that_the_program_writes_is_defined(core: rdflib.Graph) -> None:
    written = set(re.findall(r"\{RIE\}([A-Za-z]\w*)", program())) | set(re.findall(r"\brie:([A-Za-z]\w*)", program()))
    assert len(written) >= 70
    assert written - {name_of(term) for term in own(core)} - {"lowerCamelCase"} == set()


def test_every_term_is_used_by_the_program_a_query_or_a_shape_or_is_a_kind_of_the_genre(core: rdflib.Graph) -> None:
    text = program() + (ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8") + (ONTOLOGY / "concepts.ttl").read_text(encoding="utf-8")
    parents = {rdflib.URIRef(f"{RIE}{name}") for name in ("EcosystemEvent", "relatesTo", "ResearchInstitute")}
    genre = {term for parent in parents for path in (RDFS.subClassOf, RDFS.subPropertyOf) for term in core.subjects(path, parent)}
    words = set(re.findall(r"\w+", text))
    assert {name_of(term) for term in own(core) if term not in genre and name_of(term) not in words} == set()


def test_what_is_reused_is_labelled_in_both_languages(core: rdflib.Graph) -> None:
    external = read("external.ttl")
    reused = {
        node
        for path in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
        for node in core.objects(None, path)
        if not str(node).startswith((RIE, PREFIXES["xsd"]))
    }
    assert len(reused) >= 20
    for node in reused:
        assert sorted(str(label.language) for label in external.objects(node, RDFS.label)) == ["en", "zh-Hans"], node
    for node in external.subjects(RDF.type):
        assert len({label.language for label in external.objects(node, RDFS.label)}) == 2, node
        owner = str(external.value(node, RDFS.isDefinedBy))
        assert str(node).startswith(owner.rstrip("#/")), node


def test_every_class_and_property_of_a_built_graph_has_a_label_in_both_languages(tmp_path: Path) -> None:
    build(None, tmp_path)
    store = Store.in_memory(built_files(tmp_path / "built"))
    labelled = read("core.ttl", "external.ttl")
    others = [graph for graph in store.graphs() if not graph.value.endswith(("graph/ontology", "graph/catalogue"))]
    assert len(others) >= 2  # the authority and a report
    for graph in others:
        shown = {quad.predicate.value for quad in store.quads(graph)}
        shown |= {str(quad.object) for quad in store.quads(graph) if quad.predicate.value == str(RDF.type)}
        assert len(shown) >= 3
        for term in sorted(shown):
            tags = {getattr(label, "language", None) for label in labelled.objects(rdflib.URIRef(term), RDFS.label)}
            assert tags == {"zh-Hans", "en"}, term


# --- sound logic


def test_classes_and_concepts_have_no_cycle(core: rdflib.Graph, concepts: rdflib.Graph) -> None:
    for graph, path in ((core, RDFS.subClassOf), (core, RDFS.subPropertyOf), (concepts, SKOS.broader)):
        below = set(graph.subjects(path))
        assert len(below) >= 9
        for node in below:
            assert all(node not in graph.transitive_objects(parent, path) for parent in graph.objects(node, path)), node


def test_no_class_stands_under_two_classes_that_exclude_each_other(core: rdflib.Graph) -> None:
    apart = {frozenset((left, right)) for left, right in core.subject_objects(OWL.disjointWith)}
    assert len(apart) >= 40
    assert all(len(pair) == 2 for pair in apart)
    for term in core.subjects(RDF.type, OWL.Class):
        above = set(core.transitive_objects(term, RDFS.subClassOf))
        assert not any(frozenset(pair) in apart for pair in combinations(above, 2)), term


def test_nothing_is_a_funding_scheme_agency_or_project_of_schema_org() -> None:
    wrong = {rdflib.URIRef(f"{SCHEMA}{name}") for name in ("FundingScheme", "FundingAgency", "Project", "Legislation")}
    graph = read(*ONTOLOGY_FILES)
    assert not wrong & set(graph.all_nodes())


# --- the code lists


def test_no_two_concepts_share_a_chinese_name_or_a_printed_form(concepts: rdflib.Graph) -> None:
    for paths in ((SKOS.prefLabel, SKOS.altLabel), (SKOS.notation,)):
        named: dict[str, set[rdflib.term.Node]] = defaultdict(set)
        for path in paths:
            for concept, text in concepts.subject_objects(path):
                if getattr(text, "language", None) != "en":
                    named[str(text)].add(concept)
        assert len(named) >= 100
        assert {text: found for text, found in named.items() if len(found) > 1} == {}


def test_every_concept_stands_in_its_scheme_with_the_class_of_the_scheme(concepts: rdflib.Graph) -> None:
    classes: dict[rdflib.term.Node, set[rdflib.term.Node]] = defaultdict(set)
    for concept, scheme in concepts.subject_objects(SKOS.inScheme):
        classes[scheme] |= set(concepts.objects(concept, RDF.type)) - {SKOS.Concept}
    assert len(classes) == 16
    assert all(len(found) == 1 for found in classes.values())


def test_every_unit_that_the_grammar_reads_is_in_the_code_list(concepts: rdflib.Graph) -> None:
    words = rules("quantities", "means").words
    read_units = {
        CANONICAL.get(unit, unit) for kind in ("money", "percent", "points", "area", "amount", "time", "count") for unit in words[kind]
    }
    printed = {
        str(form)
        for unit in concepts.subjects(RDF.type, rdflib.URIRef(f"{RIE}UnitOfMeasure"))
        for form in concepts.objects(unit, SKOS.notation)
    }
    assert len(read_units) >= 80
    assert {"位", *read_units} - printed == set()


def test_every_unit_of_qudt_in_use_has_labels_and_one_concept(concepts: rdflib.Graph) -> None:
    named = [unit for unit in concepts.objects(None, SKOS.exactMatch) if str(unit).startswith(UNIT)]
    assert len(named) == len(set(named)) >= 30
    for unit in named:
        assert {label.language for label in concepts.objects(unit, RDFS.label)} == {"zh-Hans", "en"}, unit


def test_the_percentage_point_is_no_unit_of_qudt(concepts: rdflib.Graph) -> None:
    point = rdflib.URIRef(f"{RIEC}unit-percentage-point")
    assert str(concepts.value(point, SKOS.notation)) == "百分点"
    assert concepts.value(point, SKOS.exactMatch) is None


def test_above_designated_size_is_known_by_its_short_form(concepts: rdflib.Graph) -> None:
    (concept,) = concepts.subjects(SKOS.altLabel, rdflib.Literal("规上工业增加值", lang="zh-Hans"))
    assert rdflib.Literal("规模以上工业增加值", lang="zh-Hans") in set(concepts.objects(concept, SKOS.prefLabel))


# --- the header and the pages


def test_the_versions_agree(core: rdflib.Graph, concepts: rdflib.Graph) -> None:
    for graph, head in ((core, "ontology"), (concepts, "concept")):
        node = rdflib.URIRef(BASE + head)
        assert str(graph.value(node, OWL.versionIRI)) == f"{BASE}{head}/{graph.value(node, OWL.versionInfo)}"
    assert core.value(rdflib.URIRef(f"{BASE}ontology"), DCTERMS.license) == concepts.value(rdflib.URIRef(f"{BASE}concept"), DCTERMS.license)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("docs")
    return {path.name: path.read_text(encoding="utf-8") for path in write_docs(folder)}


def test_the_pages_load_nothing_from_elsewhere(pages: dict[str, str]) -> None:
    assert sorted(pages) == ["concepts.html", "index.html"]
    for page in pages.values():
        assert "<script" not in page
        assert "@import" not in page
        assert re.findall(r"url\((?!['\"]?data:)", page) == []
        assert re.findall(r"<(?:img|iframe|object|embed|audio|video|source)\b", page) == []
        for link in re.findall(r"<link\b[^>]*>", page):
            assert 'href="data:' in link


def test_each_term_and_concept_has_its_anchor_and_both_labels(pages: dict[str, str], core: rdflib.Graph, concepts: rdflib.Graph) -> None:
    anchored = 0
    for graph, page, terms in (
        (core, pages["index.html"], own(core)),
        (concepts, pages["concepts.html"], list(concepts.subjects(RDF.type, SKOS.Concept))),
    ):
        for term in terms:
            assert page.count(f'id="{name_of(term)}"') == 1, term
            for label in (*graph.objects(term, RDFS.label), *graph.objects(term, SKOS.prefLabel)):
                assert escape(str(label)) in page, label
            anchored += 1
    assert anchored >= 400


def test_the_pages_are_the_same_each_time(pages: dict[str, str], tmp_path: Path) -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in write_docs(tmp_path)} == pages


def test_hostile_text_in_a_code_list_is_inert(tmp_path: Path) -> None:
    for name in ("core.ttl", "external.ttl"):
        (tmp_path / name).write_bytes((ONTOLOGY / name).read_bytes())
    text = (ONTOLOGY / "concepts.ttl").read_text(encoding="utf-8")
    (tmp_path / "concepts.ttl").write_text(text.replace('"亩"@zh-Hans', '"<img src=x onerror=alert(1)>"@zh-Hans'), encoding="utf-8")
    _, page = write_docs(tmp_path / "out", tmp_path)
    assert "<img" not in page.read_text(encoding="utf-8")
    assert "&lt;img src=x onerror=alert(1)&gt;" in page.read_text(encoding="utf-8")


def test_the_pages_are_written_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "out" / "index.html"), str(tmp_path / "out" / "concepts.html")]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main([str(tmp_path / "file")]) == 2
    assert main([]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "cannot be written" in lines[0]
    assert "no folder given" in lines[1]


# --- permanent addresses


def redirect(path: str, accept: str) -> str | None:
    """Return where the redirects of docs/w3id lead ``path``, as Apache would read them."""
    conditions: list[str] = []
    for line in (ROOT / "docs" / "w3id" / ".htaccess").read_text(encoding="utf-8").splitlines():
        if line.startswith("RewriteCond"):
            conditions.append(line.split()[2])
        elif line.startswith("RewriteRule"):
            _, pattern, target, _ = line.split()
            match = re.search(pattern, path)
            if match and (not conditions or any(re.search(wanted, accept) for wanted in conditions)):
                return match.expand(re.sub(r"\$(\d)", r"\\g<\1>", target))
            conditions = []
    return None


@pytest.mark.parametrize(
    ("path", "page", "data"),
    [
        ("ontology", "ontology/index.html", "ontology/core.ttl"),
        ("ontology/0.1.0", "ontology/0.1.0/index.html", "ontology/0.1.0/core.ttl"),
        ("concept/unit-mu", "ontology/concepts.html#unit-mu", "ontology/concepts.ttl"),
        ("concept/", "ontology/concepts.html", "ontology/concepts.ttl"),
        ("shape/rank-scope", "ontology/shapes.ttl", "ontology/shapes.ttl"),
        ("style/label", "ontology/style.ttl", "ontology/style.ttl"),
        ("id/e-0123456789abcdef", "id/e-0123456789abcdef", "id/e-0123456789abcdef"),
        ("graph/authority", "graph/authority.nq", "graph/authority.nq"),
        ("rule/observations.growth", "rule/observations.growth", "rule/observations.growth"),
        ("", "", ""),
    ],
)
def test_every_kind_of_address_has_a_redirect_for_people_and_for_programs(path: str, page: str, data: str) -> None:
    assert redirect(path, "text/html,application/xhtml+xml") == f"https://example.org/rieco/{page}"
    assert redirect(path, "text/turtle") == f"https://example.org/rieco/{data}"
