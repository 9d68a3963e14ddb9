"""The catalogue of questions: how it is read, what it refuses, and how its names are found."""

from pathlib import Path

import pytest

from kg.catalogue import Catalogue, load_catalogue
from kg.catalogue.kinds import KINDS
from kg.catalogue.page import questions_page
from kg.catalogue.reading import read_question
from kg.catalogue.select import projection, variables
from kg.errors import QueryError
from kg.namespaces import PREFIXES, RDFS
from kg.resources import resource
from kg.triples.terms import Iri, Literal

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = 91
SYSTEMS = 19

GOOD = """\
#+ summary:
#+   zh: 谁领衔哪个机构？
#+   en: Who leads which institution?
#+ description:
#+   zh: 领衔
#+   en: Leaders
#+ tags: [people]
#+ params:
#+   person:
#+     kind: person
#+     about: {zh: 人物姓名, en: name of a person}
#+     default: any
#+ columns:
#+   person: {zh: 人物, en: Person}
#+   institute: {zh: 机构, en: Institution}
#+ view: table
PREFIX rie: <https://w3id.org/rieco/ontology#>

SELECT ?person ?institute WHERE {
  VALUES ?person { UNDEF } # param
  GRAPH ?graph { ?person rie:leads ?institute }
}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def refusal(tmp_path: Path, text: str) -> str:
    """Return the sentence with which a query file is refused, without its folder."""
    path = tmp_path / "leads.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        read_question(path, "people/leads")
    return str(caught.value).replace(f"{path}:", "")


def test_every_file_of_the_folder_is_a_question_of_the_catalogue(catalogue: Catalogue) -> None:
    files = {path for path in resource("queries").rglob("*.rq") if path.parent.name not in ("views", "inferences")}
    assert {question.path for question in catalogue} == files
    assert len(catalogue) == len(files) == QUESTIONS


def test_every_subject_has_questions(catalogue: Catalogue) -> None:
    assert list(catalogue.subjects) == [
        *("people", "institutes", "policies", "programmes", "platforms"),
        *("statistics", "places", "networks", "mechanisms", "evidence", "quality"),
    ]
    assert all(catalogue.of_subject(subject) for subject in catalogue.subjects)


def test_prefixes_are_those_of_the_project(catalogue: Catalogue) -> None:
    seen = 0
    for question in catalogue:
        for line in question.sparql.splitlines():
            if line.startswith("PREFIX "):
                name, iri = line.removeprefix("PREFIX ").split(": ")
                assert PREFIXES[name] == iri.strip("<>"), question.name
                seen += 1
    assert seen > 3 * QUESTIONS


def test_every_question_names_its_graph(catalogue: Catalogue) -> None:
    assert all("GRAPH ?graph {" in question.sparql for question in catalogue)


def test_a_question_is_found_by_its_name_and_by_the_end_of_its_name(catalogue: Catalogue) -> None:
    assert catalogue.question("people/leads").summary.zh == "谁领衔哪个机构？"
    assert catalogue.question("leads").name == "people/leads"


def test_an_unknown_question_is_answered_with_close_names(catalogue: Catalogue) -> None:
    with pytest.raises(QueryError, match=r"people/leads"):
        catalogue.question("people/leds")
    with pytest.raises(QueryError, match=r"相近的有：people/leads"):
        catalogue.question("领衔", "zh")


def test_a_short_name_that_two_subjects_share_is_answered_with_both(catalogue: Catalogue) -> None:
    with pytest.raises(QueryError) as caught:
        catalogue.question("profile", "zh")
    assert "people/profile、institutes/profile、places/profile" in str(caught.value)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "leads.rq"
    path.write_text(GOOD, encoding="utf-8")
    question = read_question(path, "people/leads")
    assert [column.label.zh for column in question.columns] == ["人物", "机构"]
    assert [(parameter.name, parameter.default) for parameter in question.parameters] == [("person", "any")]
    assert not question.carries_evidence


def test_only_the_marked_line_changes_and_values_are_serialised(tmp_path: Path) -> None:
    path = tmp_path / "leads.rq"
    path.write_text(GOOD, encoding="utf-8")
    hostile = Literal('院士" } DELETE {')
    filled = read_question(path, "people/leads").filled({"person": [Iri(f"{RDFS}label"), hostile]})
    before, after = GOOD.splitlines(), filled.splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert changed == [
        ("  VALUES ?person { UNDEF } # param", f'  VALUES ?person {{ <{RDFS}label> "院士\\" }} DELETE {{" }} # param'),
    ]


REFUSED = [
    ("#+ view: table", "#+ view: table\n#+ endpoint: here", "17: the front matter has the unknown key “endpoint”"),
    ("#+ view: table", "#+ view: pie", "16: “pie” is no view"),
    ("#+ tags: [people]\n", "", "1: the front matter has no “tags”"),
    ("#+   en: Leaders\n", "", "5: description has no “en”"),
    ("#+ tags: [people]", "#+ tags: [people", "the front matter is no YAML"),
    ("#+     kind: person", "#+     kind: planet", "10: “planet” is no kind of parameter"),
    ("#+     default: any\n", "", "10: parameter person needs a default or an example"),
    ("#+     default: any", "#+     default: 李校堃", "20: the terms of ?person do not say its default"),
    ("  VALUES ?person { UNDEF } # param\n", "", "10: parameter “person” has no marked line"),
    ("VALUES ?person { UNDEF } # param", "VALUES ?leader { UNDEF } # param", "20: ?leader is marked as a parameter but not declared"),
    ("VALUES ?person { UNDEF } # param", "VALUES ?person {\n UNDEF } # param", "21: a marked line must read"),
    (
        "SELECT ?person ?institute",
        "SELECT ?institute ?person",
        "14: the columns (person, institute) differ from the SELECT (institute, person)",
    ),
    ("SELECT ?person ?institute", "SELECT *", "19: the query is no SELECT with named variables"),
    ("#+   institute: {zh: 机构, en: Institution}", "#+   institute: 机构", "15: column institute must be key: value pairs"),
]


@pytest.mark.parametrize(("old", "new", "said"), REFUSED)
def test_a_file_that_is_not_in_order_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    assert said in refusal(tmp_path, GOOD.replace(old, new))


def test_a_parameter_that_the_query_does_not_use_is_refused(tmp_path: Path) -> None:
    unused = GOOD.replace("?person rie:leads", "?leader rie:leads")
    assert "10: parameter “person” is not used" in refusal(tmp_path, unused)


def test_a_file_without_front_matter_is_refused(tmp_path: Path) -> None:
    assert "1: there is no front matter" in refusal(tmp_path, "SELECT ?a { ?a ?b ?c }")


def test_a_folder_without_questions_and_a_folder_that_is_not_named_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"subjects\.toml: there is no such file"):
        load_catalogue(tmp_path)
    (tmp_path / "subjects.toml").write_text('people = { zh = "人才", en = "People" }', encoding="utf-8")
    with pytest.raises(QueryError, match="there is no question in this folder"):
        load_catalogue(tmp_path)
    (tmp_path / "stars").mkdir()
    with pytest.raises(QueryError, match=r"subjects\.toml does not name this subject"):
        load_catalogue(tmp_path)


def test_variables_are_told_from_texts_iris_and_comments() -> None:
    text = "PREFIX a: <http://x.org/#?no> SELECT (COUNT(DISTINCT ?b) AS ?n) ?c { ?c a:p \"?no\", '?no' . # ?no\n FILTER(?b > 1) }"
    assert projection(text) == ("n", "c")
    assert variables(text) == ["c", "b"]
    assert projection("ASK { ?a ?b ?c }") is None


def test_kinds_of_parameters_are_all_used(catalogue: Catalogue) -> None:
    used = {parameter.kind for question in catalogue for parameter in question.parameters}
    assert used == set(KINDS)


def test_the_nineteen_systems_name_questions_and_parameters_that_exist(catalogue: Catalogue) -> None:
    assert len(catalogue.systems) == SYSTEMS
    for system in catalogue.systems:
        assert system.askings, system.label.zh
        for asking in system.askings:
            known = {parameter.name for parameter in catalogue.question(asking.question).parameters}
            assert {name for name, _ in asking.params} <= known, str(asking)


def test_the_page_of_questions_is_up_to_date(catalogue: Catalogue, request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / "questions.md"
    if request.config.getoption("--rewrite"):
        page.write_text(questions_page(catalogue), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == questions_page(catalogue), "run: pytest tests/test_catalogue.py --rewrite"
