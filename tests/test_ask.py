"""Asking: parameters by name, short name, IRI; labels in two languages; orders and forms; what is said to bad input."""

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ask import FORMS, Answer, Cell, ask, ask_sparql, fill, render
from kg.ask.answer import in_order, pinyin_key
from kg.ask.comparison import compared
from kg.ask.names import close_names
from kg.catalogue import Column, Lang, Wording, load_catalogue
from kg.errors import QueryError
from kg.namespaces import RDF, RDFS, RID, RIE, RIG, SCHEMA, SKOS
from kg.store import Store
from kg.triples.terms import Iri, Literal, Quad, decimal

CATALOGUE = load_catalogue()
GRAPH = Iri(f"{RIG}report-sample")
INSTITUTE, UNIVERSITY, LI, OTHER_LI = (Iri(f"{RID}e-{name}") for name in ("virus", "wmu", "li-1", "li-2"))
CITIES = ("温州市", "湖州市", "杭州市")


def named(node: Iri, name: str, *classes: str, short: str = "", english: str = "") -> list[Quad]:
    quads = [Quad(node, Iri(f"{RDFS}label"), Literal(name, lang="zh-Hans"), GRAPH)]
    quads += [Quad(node, Iri(f"{RDF}type"), Iri(cls), GRAPH) for cls in classes]
    if short:
        quads.append(Quad(node, Iri(f"{SKOS}altLabel"), Literal(short, lang="zh-Hans"), GRAPH))
    if english:
        quads.append(Quad(node, Iri(f"{RDFS}label"), Literal(english, lang="en"), GRAPH))
    return quads


@pytest.fixture(scope="module")
def store() -> Store:
    """A virus institute with its short and English name, two persons of one name, three cities."""
    quads = named(INSTITUTE, "温州医科大学病毒研究院", f"{RIE}ResearchInstitute", short="温医大病毒研究院", english="Institute of Virology")
    quads += named(UNIVERSITY, "温州医科大学", f"{SCHEMA}CollegeOrUniversity")
    for person in (LI, OTHER_LI):
        quads += named(person, "李校堃", f"{SCHEMA}Person")
    for city in CITIES:
        quads += named(Iri(f"{RID}e-{city}"), city, f"{RIE}PrefectureLevelCity")
    quads += named(Iri(f"{RIE}leads"), "领衔", f"{RDF}Property")
    return Store.of_quads(quads)


def line_of(sparql: str, name: str) -> str:
    return next(line.strip() for line in sparql.splitlines() if f"VALUES ?{name} " in line)


def refusal(store: Store, question: str, lang: str = "zh", **params: str) -> str:
    with pytest.raises(QueryError) as caught:
        ask(store, CATALOGUE.question(question), params, "zh" if lang == "zh" else "en")
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "温州医科大学病毒研究院",
            "温医大病毒研究院",
            "“温医大病毒研究院”",
            " 温医大 病毒研究院 ",
            "Institute of Virology",
            "institute of virology",
        ),
        *(f"{RID}e-virus", f"<{RID}e-virus>", "rid:e-virus"),
    ],
)
def test_an_institute_is_meant_by_name_short_name_english_name_or_iri(store: Store, value: str) -> None:
    filled = fill(store, CATALOGUE.question("people/leads"), {"institute": value})
    assert line_of(filled, "institute") == f"VALUES ?institute {{ <{RID}e-virus> }} # param"


def test_a_name_that_two_persons_share_means_both(store: Store) -> None:
    filled = fill(store, CATALOGUE.question("people/leads"), {"person": "李校堃"})
    assert line_of(filled, "person") == f"VALUES ?person {{ <{RID}e-li-1> <{RID}e-li-2> }} # param"


def test_several_values_are_alternatives(store: Store) -> None:
    filled = fill(store, CATALOGUE.question("statistics/of-place"), {"place": ["温州市", "湖州市"]})
    assert line_of(filled, "place").count("<") == 2


def test_a_relation_is_meant_by_its_label_and_by_its_name_in_either_spelling(store: Store) -> None:
    for value in ("领衔", "leads", "rie:leads"):
        filled = fill(store, CATALOGUE.question("evidence/relation"), {"relation": value})
        assert line_of(filled, "relation") == f"VALUES ?relation {{ <{RIE}leads> }} # param"


def test_text_is_serialised_and_never_pasted(store: Store) -> None:
    filled = fill(store, CATALOGUE.question("statistics/search"), {"words": '"} DROP ALL #\\'})
    assert line_of(filled, "words") == 'VALUES ?words { "\\"} DROP ALL #\\\\" } # param'
    assert store.select(filled).rows == ()


@given(st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())))
def test_any_text_can_be_looked_for(text: str) -> None:
    filled = fill(Store.of_quads([]), CATALOGUE.question("statistics/search"), {"words": text})
    assert Store.of_quads([]).select(filled).rows == ()


REFUSALS = [
    (
        "people/leads",
        "zh",
        {"institute": "温医大病毒研究所"},
        "institute=温医大病毒研究所: 图中没有这个名称（机构、平台、园区或基金） - 相近的有：温医大病毒研究院",
    ),
    ("people/leads", "en", {"institute": "温医大病毒研究所"}, "did you mean 温医大病毒研究院"),
    ("people/leads", "zh", {"institute": "李校堃"}, "institute=李校堃: 这不是机构、平台、园区或基金 - 请给出机构、平台、园区或基金的名称"),
    ("people/leads", "en", {"institute": "李校堃"}, "this is not an organisation, platform, park or fund - give name of an organisation"),
    ("people/leads", "zh", {"university": "温州医科大学"}, "people/leads: 没有参数“university” - 可用的参数：person、institute"),
    ("people/leads", "en", {"university": "温州医科大学"}, "there is no parameter “university” - use one of person, institute"),
    ("people/leads", "zh", {"institute": "rid:e-nobody"}, "图中没有这个 IRI"),
    ("people/leads", "zh", {"institute": "rid:e-li-1"}, "institute=rid:e-li-1: 这不是机构"),
    ("people/leads", "zh", {"institute": "\udce6\udcb8"}, "institute=\ufffd\ufffd: 这不是机构"),
    ("people/leads", "zh", {"institute": "x" * 600}, "…: 这不是机构、平台、园区或基金"),
    ("evidence/at", "zh", {}, "evidence/at: 缺少参数“offset” - 请给出，例如 offset=326"),
    ("evidence/at", "en", {}, "parameter “offset” is missing - give it, for example offset=326"),
    ("evidence/at", "zh", {"offset": "三百"}, "offset=三百: 这不是非负整数"),
    ("institutes/unveiled", "zh", {"since": "2020-02-30"}, "since=2020-02-30: 这不是日期"),
    ("institutes/unveiled", "en", {"since": "2020"}, "since=2020: this is not a date such as 2020-04-30"),
    ("institutes/foreign", "zh", {"place": "温州市"}, "institutes/foreign: 没有参数“place” - 这个问题没有参数"),
]


@pytest.mark.parametrize(("question", "lang", "params", "said"), REFUSALS)
def test_bad_input_is_answered_with_one_sentence(store: Store, question: str, lang: str, params: dict[str, str], said: str) -> None:
    sentence = refusal(store, question, lang, **params)
    assert said in sentence
    assert "\n" not in sentence


def test_sparql_that_cannot_be_parsed_is_answered_with_its_line(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2"):
        ask_sparql(store, "SELECT ?a\nWHERE { ?a ?b }")


def test_close_names_are_found_by_spelling_part_and_sound() -> None:
    names = ["温州市", "湖州市", "温州大学新材料与产业技术研究院", "清华大学"]
    assert close_names("温洲市", names)[0] == "温州市"
    assert close_names("新材料", names) == ["温州大学新材料与产业技术研究院"]
    assert close_names("huzhou", names)[0] == "湖州市"
    assert close_names("量子", names) == []


def test_labels_follow_the_language_and_fall_back(store: Store) -> None:
    query = f"SELECT ?a ?b WHERE {{ VALUES (?a ?b) {{ (<{RID}e-virus> <{RID}e-wmu>) (<{RID}x> UNDEF) }} }}"
    zh, en = (ask_sparql(store, query, lang) for lang in ("zh", "en"))
    assert {cell.text for cell in zh.column("a") if cell} == {"温州医科大学病毒研究院", "x"}
    assert {cell.text for cell in en.column("a") if cell} == {"Institute of Virology", "x"}
    assert en.column("b") == [Cell("温州医科大学", f"{RID}e-wmu"), None]


def test_rows_stand_in_the_order_of_pinyin_and_of_value(store: Store) -> None:
    query = "SELECT ?city ?n WHERE { VALUES (?city ?n) { ('温州市' 9) ('湖州市' 10) ('杭州市' 2) ('湖州市' 9) (UNDEF 1) } }"
    answer = ask_sparql(store, query)
    assert [(a.text if a else "", b.text if b else "") for a, b in answer.rows] == [
        *(("杭州市", "2"), ("湖州市", "9"), ("湖州市", "10"), ("温州市", "9")),
        ("", "1"),
    ]


@given(st.permutations(["9", "10", "科创园二期", "科创园一期", "Park 2", "park 10"]))
def test_the_order_does_not_depend_on_how_the_rows_came(texts: list[str]) -> None:
    columns = (Column("name", Wording("名称", "Name")),)
    rows = in_order(columns, [(Cell(text),) for text in texts])
    assert [row[0].text for row in rows if row[0]] == ["9", "10", "科创园二期", "科创园一期", "Park 2", "park 10"]
    assert pinyin_key("湖州市") < pinyin_key("温州市")


def sample(store: Store, lang: Lang = "zh") -> Answer:
    rows = "(<" + f"{RID}e-virus" + "> 1234567.5 '=1+1 | <b>“引号”</b>\\t\\u001B[31m, 甲\\n乙') (<" + f"{RID}e-wmu" + "> UNDEF 'b')"
    return ask_sparql(store, f"SELECT ?institute ?value ?quote WHERE {{ VALUES (?institute ?value ?quote) {{ {rows} }} }}", lang)


def test_the_table_is_for_reading_and_lets_no_text_steer_the_terminal(store: Store) -> None:
    table = render(sample(store), "table", "zh", 120)
    assert "温州医科大学病毒研究院" in table
    assert "1,234,567.5" in table
    assert "\x1b" not in table
    assert table.endswith("2 行\n")
    assert render(sample(store), "table", "en", 120).endswith("2 rows\n")


def test_csv_and_tsv_keep_values_and_set_iris_beside_labels(store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(render(sample(store), "csv"))))
    assert rows[1]["institute"] == "温州医科大学病毒研究院"
    assert rows[1]["institute_iri"] == f"{RID}e-virus"
    assert rows[1]["value"] == "1234567.5"
    assert rows[1]["quote"].endswith("甲\n乙")
    lines = render(sample(store), "tsv").split("\n")
    assert [line.count("\t") for line in lines] == [3, 3, 3, 0]


def test_json_keeps_label_and_iri_together(store: Store) -> None:
    body = json.loads(render(sample(store, "en"), "json", "en"))
    assert body["question"] is None
    assert body["rows"][0]["institute"] == {"label": "Institute of Virology", "iri": f"{RID}e-virus"}
    assert body["rows"][0]["value"] == 1234567.5
    assert body["rows"][1]["value"] is None


def test_markdown_shows_text_and_reads_none_of_it(store: Store) -> None:
    lines = render(sample(store), "markdown").split("\n")
    assert lines[1] == "| --- | --- | --- |"
    assert "\\<b\\>" in lines[3]
    assert "\\|" in lines[3]


def test_an_unknown_form_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="there is no form “pdf” - use one of table, csv, tsv, json, markdown"):
        render(sample(store), "pdf", "en")
    assert list(FORMS) == ["table", "csv", "tsv", "json", "markdown"]


def test_places_stand_side_by_side_and_a_gap_is_said() -> None:
    names = ("indicator", "measure", "unit", "place", "value", "period", "status")
    columns = tuple(Column(name, Wording(name, name)) for name in names)

    def row(indicator: str, place: str, value: str, period: str) -> tuple[Cell, ...]:
        number = Cell(value, number=Decimal(value))
        return (Cell(indicator), Cell("同比增速"), Cell("%"), Cell(place), number, Cell(period), Cell("已完成"))

    rows = (
        row("高新技术产业投资", "温州市", "40.1", "2020年1—5月"),
        row("高新技术产业投资", "湖州市", "48.1", "2019年"),
        row("利税", "湖州市", "33.8", "2019年"),
    )
    table = compared(Answer(columns, rows, CATALOGUE.question("statistics/compare-places")), "zh")
    assert [column.name for column in table.columns] == ["indicator", "measure", "unit", "湖州市", "温州市"]
    assert [[cell.text for cell in line if cell][3:] for line in table.rows] == [
        ["48.1（2019年）", "40.1（2020年1—5月）"],
        ["33.8（2019年）", "未报告"],
    ]


def test_two_numbers_for_one_indicator_are_a_disagreement() -> None:
    quads = []
    for name, value in (("o-1", "938"), ("o-2", "939")):
        node = Iri(f"{RID}{name}")
        said = {"observationSubject": "e-1", "indicator": "c-1", "measureType": "m", "referencePeriod": "t-1"}
        said |= {"bound": "exact", "factualStatus": "actual"}
        quads += [Quad(node, Iri(RIE + key), Iri(RID + thing), GRAPH) for key, thing in said.items()]
        quads += [Quad(node, Iri(f"{RIE}value"), decimal(Decimal(value)), GRAPH)]
        quads += [Quad(node, Iri("http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure"), Iri(f"{RID}u"), GRAPH)]
        quads += evidence(node, f"高新技术企业{value}家")
    answer = ask(Store.of_quads(quads), CATALOGUE.question("quality/disagreements"))
    assert [(a.text, b.text) for a, b in zip(answer.column("value"), answer.column("other_value"), strict=True) if a and b] == [
        ("938", "939"),
        ("939", "938"),
    ]


def evidence(fact: Iri, quote: str) -> list[Quad]:
    """Return the evidence of ``fact``, as the architecture draws it."""
    oa, prov = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#"
    passage, position, words = (Iri(f"{fact.value}-{end}") for end in ("v", "position", "quote"))
    return [
        Quad(fact, Iri(f"{prov}wasDerivedFrom"), passage, GRAPH),
        Quad(passage, Iri(f"{oa}hasSource"), Iri(f"{RID}report-sample"), GRAPH),
        *(Quad(passage, Iri(f"{oa}hasSelector"), selector, GRAPH) for selector in (position, words)),
        Quad(position, Iri(f"{oa}start"), decimal(Decimal(0)), GRAPH),
        Quad(position, Iri(f"{oa}end"), decimal(Decimal(len(quote))), GRAPH),
        Quad(words, Iri(f"{oa}exact"), Literal(quote), GRAPH),
    ]
