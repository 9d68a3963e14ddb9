"""Every question of the catalogue, asked of the bundled report: expected answers, two engines, sentences, systems.

``pytest tests/test_queries.py --rewrite`` rewrites ``tests/cases/queries/``; review the change as a diff.
"""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.ask import Answer, Cell, ask, fill
from kg.catalogue import Asking, load_catalogue
from kg.namespaces import XSD
from kg.report import Report
from kg.store import Store
from kg.triples.terms import Iri, Literal, Term

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib warns of its own evaluator

CASES = Path(__file__).resolve().parent / "cases" / "queries"
CATALOGUE = load_catalogue()
NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double")}
MAY_BE_EMPTY = {"people/moves"}  # no person of the first report has two dated ties; asked of a made-up one in test_tracing.py


def examples(name: str) -> dict[str, str]:
    """Return the parameters that must be given, with the value that stands in the file."""
    return {parameter.name: parameter.example for parameter in CATALOGUE.question(name).parameters if parameter.example is not None}


@pytest.fixture(scope="module")
def dataset(first_store: Store) -> rdflib.Dataset:
    return first_store.copied_dataset()


def readable(answer: Answer) -> list[dict[str, str]]:
    """Return the rows as labels and values, without IRIs, which say nothing to a reviewer."""
    names = [column.name for column in answer.columns]
    return [{name: cell.text for name, cell in zip(names, row, strict=True) if cell} for row in answer.rows]


def counted(rows: list[dict[str, str]]) -> Counter[str]:
    return Counter(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)


NAMES = [question.name for question in CATALOGUE]


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_expected_one(name: str, first_store: Store, request: pytest.FixtureRequest) -> None:
    rows = readable(ask(first_store, CATALOGUE.question(name), examples(name)))
    path = CASES / f"{name.replace('/', '-')}.json"
    if request.config.getoption("--rewrite"):
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text(f"[\n{lines}\n]\n" if rows else "[]\n", encoding="utf-8")
    expected: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    assert counted(rows) == counted(expected), "review, then run: pytest tests/test_queries.py --rewrite"
    assert rows or name in MAY_BE_EMPTY


def test_no_expected_answer_is_without_its_question() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == {name.replace("/", "-") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_give_the_same_rows(name: str, first_store: Store, dataset: rdflib.Dataset) -> None:
    question = CATALOGUE.question(name)
    rows = first_store.select(question.sparql)
    assert rows.variables == tuple(column.name for column in question.columns)
    ours = Counter(tuple(plain(row[name]) for name in rows.variables) for row in rows)
    theirs = Counter(
        tuple(plain_rdflib(row.get(rdflib.Variable(name))) for name in rows.variables) for row in bindings(dataset, question.sparql)
    )
    assert ours == theirs


def bindings(dataset: rdflib.Dataset, sparql: str) -> list[Any]:
    """Return all rows; iterating over the result would drop those in which nothing is bound."""
    return list(dataset.query(sparql).bindings)


def plain(term: Term | None) -> object:
    """Return a term so that equal values are equal: numbers by value, language tags without case."""
    if isinstance(term, Literal):
        if term.datatype in NUMBERS:
            return Decimal(term.value)
        return (term.value, term.lang.lower(), "" if term.lang else term.datatype)
    return term.value if isinstance(term, Iri) else term


def plain_rdflib(term: Any) -> object:
    if isinstance(term, rdflib.Literal):
        datatype = str(term.datatype or f"{XSD}string")
        if datatype in NUMBERS:
            return Decimal(str(term))
        return (str(term), (term.language or "").lower(), "" if term.language else datatype)
    return None if term is None else str(term)


def test_a_file_as_it_stands_answers_for_its_examples(first_store: Store) -> None:
    seen = [question for question in CATALOGUE if examples(question.name)]
    for question in seen:
        filled = fill(first_store, question, examples(question.name))
        assert sorted(map(str, first_store.select(filled))) == sorted(map(str, first_store.select(question.sparql))), question.name
    assert {question.name for question in seen} == {"evidence/at", "evidence/sentence", "statistics/search"}


@pytest.mark.parametrize("name", [question.name for question in CATALOGUE if question.carries_evidence])
def test_every_row_carries_its_sentence(name: str, first_store: Store, first_report: Report) -> None:
    answer = ask(first_store, CATALOGUE.question(name), examples(name))
    for quote, start, end in zip(*(answer.column(column) for column in ("quote", "start", "end")), strict=True):
        assert quote
        assert start
        assert end
        assert first_report.text[int(start.text) : int(end.text)] == quote.text


SAMPLES = {
    "place": "湖州市",
    "body": "温州市",
    "organisation": "国科大温州研究院",
    "person": "李校堃",
    "programme": "南太湖精英计划3.0版",
    "thing": "湖州市",
    "status": "planned",
    "measure": "growth-yoy",
    "predicate": "leads",
    "report": "wenzhou-huzhou-2020",
    "text": "企业",
    "number": "1",
    "date": "2020-04-30",
}
OPTIONAL = [(question.name, p.name, p.kind) for question in CATALOGUE for p in question.parameters if p.default is not None]


@pytest.mark.parametrize(("name", "parameter", "kind"), OPTIONAL)
def test_a_parameter_only_ever_narrows_the_answer(name: str, parameter: str, kind: str, first_store: Store) -> None:
    question, given = CATALOGUE.question(name), examples(name)
    wide = counted(readable(ask(first_store, question, given)))
    narrow = counted(readable(ask(first_store, question, {**given, parameter: SAMPLES[kind]})))
    assert narrow <= wide


def test_nearly_all_questions_carry_evidence() -> None:
    without = {question.name for question in CATALOGUE if not question.carries_evidence}
    counts = {"quality/status-counts", "quality/names", "quality/short-names", "quality/unresolved", "quality/rules", "quality/links"}
    counts.add("quality/inferences")
    assert without == counts


# The systems of the first report: what their answers must tell, as it is printed or as it is called.
SYSTEMS: dict[int, tuple[str, ...]] = {
    1: ("八大专项攻坚", "浙江大学温州研究院", "四川大学温州皮革研究院", "科思技术研究院", "中国科学院微电子研究所", "正式挂牌"),
    2: ("欧阳钟灿", "院士", "医用生物材料创新中心", "26"),
    3: ("李校堃", "温州医科大学病毒研究院", "温州医科大学精准医学研究院", "2020年4月"),
    4: ("中国眼谷中央孵化园", "41"),
    5: ("温州（嘉定）科技创新园一期", "29", "75", "宁波市", "杭州市", "数字经济"),
    6: ("世界青年科学家创业孵化加速器", "世界青年科学家创业园", "世界青年科学家创业基金", "200000000"),
    7: ("激励淘汰机制", "31", "温州高新区数字经济（物联网应用）产业创新服务综合体", "6"),
    8: ("1591", "10000", "温州海鹤药业有限公司"),
    9: ("全力支持科技企业复工复产十条措施", "“百名科技干部携手百家创新平台”专项行动", "科技项目专家服务团", "创业投资专家服务团"),
    10: ("科技企业“双倍增”三年行动计划", "微成长", "小升高", "高壮大", "创新型领军（瞪羚）企业"),
    11: (
        "科研项目经费使用“包干制”改革试点",
        "温州重大科技创新攻关揭榜挂帅工作方案",
        "温州市科研项目与经费管理办法",
        "2201",
        "20",
        "“9+11”重点项目改革",
    ),
    12: ("26", "10.4", "48.1", "3.8", "5.2", "6.3", "2"),
    13: ("创新券长三角跨区域通用通兑试点", "100360000", "58000000"),
    14: ("浙江省科学技术厅", "229000000", "创历史新高"),
    15: ("938", "206", "91", "26", "32600000000", "季度评价机制"),
    16: ("148", "300", "300000", "高新技术企业"),
    17: ("南太湖精英计划3.0版", "国家“万人计划”", "182"),
    18: (
        "上海交通大学",
        "同济大学",
        "清华大学",
        "杜伊斯堡-埃森大学",
        "征集企业技术难题",
        "集中力量联合攻关",
        "51",
        "60",
        "浙江爱诺生物医药研究院",
    ),
    19: ("国家可持续发展议程创新示范区", "2", "4", "20", "12", "220", "7", "23"),
}


@pytest.mark.parametrize("number", SYSTEMS)
def test_each_system_is_answered_with_its_sentences(number: int, first_store: Store) -> None:
    told: set[str] = set()
    for asking in CATALOGUE.systems[number - 1].askings:
        answer = asked(first_store, asking)
        assert answer.rows, str(asking)
        assert answer.question
        assert answer.question.carries_evidence
        told |= {text for row in readable(answer) for name, text in row.items() if name != "quote"}
    assert [text for text in SYSTEMS[number] if not is_told(text, told)] == []


def is_told(text: str, told: set[str]) -> bool:
    """Say whether ``told`` holds a number, or a field with the name or words ``text`` in it."""
    return text in told or (not text.isdecimal() and any(text in field for field in told))


def test_every_system_is_checked() -> None:
    assert list(SYSTEMS) == [number for number, _ in enumerate(CATALOGUE.systems, start=1)]


def asked(store: Store, asking: Asking) -> Answer:
    return ask(store, CATALOGUE.question(asking.question), dict(asking.params))


# The questions with which the ontology was designed, and what the first report answers.


def texts(answer: Answer, *names: str) -> set[tuple[str, ...]]:
    """Return the distinct fields of the columns ``names``; an empty field is ``""``."""
    return {tuple(cell.text if cell else "" for cell in cells) for cells in zip(*(answer.column(name) for name in names), strict=True)}


def of_first(store: Store, name: str, **params: str) -> Answer:
    return ask(store, CATALOGUE.question(name), params)


def test_two_institutes_were_unveiled_in_april_2020_and_an_academician_leads_both(first_store: Store) -> None:
    answer = of_first(first_store, "institutes/unveiled", since="2020-04-01", until="2020-04-30")
    assert texts(answer, "institute", "leader") == {("温州医科大学病毒研究院", "李校堃"), ("温州医科大学精准医学研究院", "李校堃")}
    assert texts(of_first(first_store, "people/titles", person="李校堃"), "title") == {("院士",)}


def test_li_xiaokun_leads_the_virus_institute_and_the_sentence_says_so(first_store: Store) -> None:
    answer = of_first(first_store, "people/leads", institute="温医大病毒研究院")
    assert texts(answer, "person") == {("李校堃",)}
    assert all("李校堃院士领衔的温医大病毒研究院" in quote for (quote,) in texts(answer, "quote"))


def test_first_ranks_in_the_province(first_store: Store) -> None:
    firsts = texts(of_first(first_store, "statistics/ranks", position="1"), "place", "indicator", "scope")
    in_province = {(place, indicator) for place, indicator, scope in firsts if scope == "浙江省"}
    assert {("温州市", "高新技术产业投资"), ("湖州市", "高新技术产业增加值")} <= in_province
    assert any(place == "湖州市" and "省可持续发展创新示范区" in indicator for place, indicator in in_province)


def test_two_ranks_are_not_provincial(first_store: Store) -> None:
    ranks = texts(of_first(first_store, "statistics/ranks-beyond-province"), "position", "scope")
    assert ranks == {("1", "19个支撑绿色发展型城市"), ("26", "全国")}


def test_huzhou_has_179_new_high_tech_enterprises_and_938_in_all(first_store: Store) -> None:
    answer = of_first(first_store, "statistics/new-and-cumulative", place="湖州", words="高新技术企业")
    assert texts(answer, "new", "cumulative") == {("179", "938")}


def test_six_gaps_are_in_percentage_points(first_store: Store) -> None:
    gaps = texts(of_first(first_store, "statistics/gaps"), "gap", "unit")
    assert {gap for gap, unit in gaps if unit == "百分点"} == {"2", "3.8", "5.2", "6.3", "19.1", "27"}


def test_four_numbers_are_plans_nominations_or_applications(first_store: Store) -> None:
    assert {value for (value,) in texts(of_first(first_store, "statistics/not-achieved"), "value")} == {"9", "23", "6", "2201"}


def test_policies_were_issued_revised_and_drafted(first_store: Store) -> None:
    answer = of_first(first_store, "policies/of-body", body="温州市")
    made = {(policy.text, end_of(relation), end_of(status)) for policy, relation, status in cells(answer, "policy", "relation", "status")}
    assert {
        ("全力支持科技企业复工复产十条措施", "issuedBy", "achieved"),
        ("温州市科研项目与经费管理办法", "amendedBy", "achieved"),
        ("温州重大科技创新攻关揭榜挂帅工作方案", "draftedBy", "drafting"),
    } <= made


def cells(answer: Answer, *names: str) -> list[tuple[Cell, ...]]:
    """Return the cells of the columns ``names``, row by row; none may be empty."""
    rows = zip(*(answer.column(name) for name in names), strict=True)
    return [tuple(cell for cell in row if cell) for row in rows]


def end_of(cell: Cell) -> str:
    """Return the last part of the IRI in ``cell``, which is what it is called whatever its label."""
    return (cell.iri or "").replace("#", "/").rpartition("/")[2]


def test_the_seven_steps_stand_in_their_order(first_store: Store) -> None:
    steps = [cell.text for cell in of_first(first_store, "mechanisms/steps", mechanism="七大招式").column("step") if cell]
    assert steps == [
        *("征集企业技术难题", "精准梳理问题清单", "创新方法应用辅导", "专家分析问诊把脉"),
        *("探寻解决方法路径", "整合资源协同创新", "集中力量联合攻关"),
    ]


def test_one_foreign_organisation_appears(first_store: Store) -> None:
    assert {country for (country,) in texts(of_first(first_store, "institutes/foreign"), "country")} == {"德国"}
    ((name,),) = texts(of_first(first_store, "institutes/foreign"), "institute")
    assert name.endswith("杜伊斯堡-埃森大学")


def test_the_first_rank_in_high_tech_investment_is_told_more_than_once(first_store: Store) -> None:
    quotes = {quote for (quote,) in texts(of_first(first_store, "evidence/several-passages"), "quote")}
    assert len([quote for quote in quotes if "投资增速" in quote or "高新技术产业投资" in quote]) > 1


def test_the_city_evaluation_and_the_policy_list_are_second_hand(first_store: Store) -> None:
    sources = {source for (source,) in texts(of_first(first_store, "evidence/second-hand"), "source")}
    assert any("国家创新型城市分类评价报告" in source for source in sources)
    assert any("温州市" in source and "负责人" in source for source in sources)
