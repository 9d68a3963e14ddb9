"""The graph of a report: terms, IRIs, and what is written for each kind of fact."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReportError
from kg.extract import read_passages
from kg.facts import Entity, Event, Facts, Membership, Observation, Period, Relation, Span
from kg.namespaces import OA, ORG, PPLAN, PROV, RDF, RDFS, RIE, RIEC, SDMX_ATTRIBUTE, SKOS, TIME, UNIT
from kg.report import Issued, Report
from kg.resources import resource
from kg.store import Store, read_rdf
from kg.triples import iris, to_quads
from kg.triples.authority import authority_quads
from kg.triples.classes import classes_of, level_of
from kg.triples.evidence import Sentences
from kg.triples.intervals import labels
from kg.triples.terms import Iri, Literal, Quad, Term, decimal, nquads
from kg.triples.vocabulary import Vocabulary, read_vocabulary

TEXT = (
    "临江\n"
    "今年4月，由王明远院士领衔的临江大学海洋研究院（以下简称海洋院）正式挂牌。临江市研发投入增长12.50%，高于全省平均1.2个百分点，居全省第二；"
    "全市拟建设临江科学城，推荐海洋院申报省级重点实验室。\n"
    "建立“找问题、配专家、共攻关”三步工作机制。新增浮标37座。"
)
RULE = "relations.test"


def at(phrase: str) -> Span:
    """The place of ``phrase`` in the text."""
    start = TEXT.index(phrase)
    return Span(start, start + len(phrase))


def thing(name: str, kind: str, *mentions: str, aliases: tuple[str, ...] = ()) -> Entity:
    return Entity(name, kind, "names.test", aliases, tuple(at(m) for m in mentions))


CITY = thing("临江市", "City", "临江市", aliases=("临江", "全市"))
WANG = thing("王明远", "Academician", "王明远")
INSTITUTE = thing("临江大学海洋研究院", "Institute", "临江大学海洋研究院", "海洋院", aliases=("海洋院",))
MECHANISM = thing("三步工作机制", "Mechanism", "三步工作机制")
GROWTH = Observation(
    at("临江市研发投入增长12.50%"),
    "临江市",
    "研发投入",
    "yoy_growth",
    Decimal("12.50"),
    "%",
    "observations.growth",
    area="临江市",
    rank=2,
    rank_scope="全省",
    baseline="全省平均",
    printed="12.50%",
)
LEADS = Relation(at("由王明远院士领衔的临江大学海洋研究院"), "王明远", "leads", "海洋院", RULE)


def report(text: str = TEXT, issued: str | None = "2021", id: str = "linjiang-2021") -> Report:
    return Report(id, text, "0" * 64, "临江科技", Issued(issued) if issued else None, "临江市")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    ontology = iris.graph("ontology")
    return read_vocabulary(read_rdf(resource("ontology") / "concepts.ttl", ontology))


class Graph:
    """What the graph says of a node."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = list(quads)
        self._said: dict[tuple[Term, str], list[Term]] = {}
        for quad in self.quads:
            self._said.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)

    def of(self, subject: Term, predicate: str) -> list[Term]:
        return self._said.get((subject, predicate), [])

    def one(self, subject: Term, predicate: str) -> Term:
        (found,) = self.of(subject, predicate)
        return found

    def a(self, cls: str) -> list[Iri]:
        return sorted(
            q.subject for q in self.quads if q.predicate.value == f"{RDF}type" and q.object == Iri(cls) and isinstance(q.subject, Iri)
        )

    def label(self, node: Term) -> str:
        (name,) = (label for label in self.of(node, f"{RDFS}label") if isinstance(label, Literal) and label.lang != "en")
        return str(name)


def graph(*facts: object, source: Report | None = None, vocabulary: Vocabulary | None = None) -> Graph:
    def of(cls: type) -> tuple:  # type: ignore[type-arg]
        return tuple(fact for fact in facts if isinstance(fact, cls))

    found = Facts(of(Observation), of(Relation), of(Entity), of(Event), of(Membership))
    source = source or report()
    return Graph(to_quads(source, found, read_passages(source), vocabulary or Vocabulary()))


# Terms


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_nquads_and_the_engine(text: str) -> None:
    quad = Quad(Iri("http://example.org/s"), Iri("http://example.org/p"), Literal(text), Iri("http://example.org/g"))
    assert list(Store.of_quads([quad]).quads()) == [quad]
    line = nquads([quad])
    assert line.count("\n") == 1
    assert "\r" not in line


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_a_decimal_keeps_its_value_and_has_one_form(value: Decimal) -> None:
    written = decimal(value).value
    assert Decimal(written) == value
    assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", written)
    assert decimal(value.normalize()).value == written


def test_an_iri_with_a_blank_or_a_bracket_is_refused() -> None:
    with pytest.raises(ValueError, match="no IRI"):
        Iri("http://example.org/a b>").n3()


# IRIs


def test_an_iri_stays_the_same_from_version_to_version() -> None:
    assert iris.entity("温州市").value == "https://w3id.org/rieco/id/e-cfb98ffddbd37846"
    assert iris.evidence("wenzhou-huzhou-2020", 317, 334).value == "https://w3id.org/rieco/id/v-25cb51d6790c3cbf"


@given(st.text("温州湖杭宁波科技研究院学大创新", min_size=1, max_size=8), st.text("温州湖杭宁波科技研究院学大创新", min_size=1, max_size=8))
def test_two_chinese_names_have_two_iris(one: str, other: str) -> None:
    assert (iris.entity(one) == iris.entity(other)) == (one == other)


def test_the_parts_of_a_key_do_not_run_together() -> None:
    assert iris.mint("o", "ab", "c") != iris.mint("o", "a", "bc")
    assert iris.mint("o", "1") != iris.mint("o", 1)
    assert iris.mint("t", None) != iris.mint("t", "None")


def test_namesakes_of_two_reports_are_two_persons_but_an_academician_is_one() -> None:
    editor, academician = thing("王明远", "Person", "王明远"), WANG

    def iri(found: Entity, id: str) -> list[Iri]:
        return graph(found, source=report(id=id)).a("https://schema.org/Person")

    assert iri(editor, "a") != iri(editor, "b")
    assert iri(academician, "a") == iri(academician, "b")
    assert iri(editor, "a") != iri(academician, "a")


def test_iris_of_things_are_minted_in_one_module() -> None:
    home = Path(iris.__file__).parent.parent
    minting = [
        p.relative_to(home).as_posix()
        for p in sorted(home.rglob("*.py"))
        if re.search(r"Iri\((?:f.\{)?(?:RID|RIG|RULE)\b", p.read_text("utf-8"))
    ]
    assert minting == ["triples/iris.py"]


# Relations


def test_a_relation_is_a_plain_edge_and_a_statement_with_its_sentence() -> None:
    made = graph(CITY, WANG, INSTITUTE, LEADS)
    (statement,) = made.a(f"{RDF}Statement")
    person, institute = made.one(statement, f"{RDF}subject"), made.one(statement, f"{RDF}object")
    assert (made.label(person), made.label(institute)) == ("王明远", "临江大学海洋研究院")
    assert made.of(person, f"{RIE}leads") == [institute]
    assert made.one(statement, f"{RIE}factualStatus") == Iri(f"{RIEC}achieved")
    _, quotation = sorted(made.of(made.one(statement, f"{PROV}wasDerivedFrom"), f"{OA}hasSelector"), key=str)
    assert str(made.one(quotation, f"{OA}exact")) == "由王明远院士领衔的临江大学海洋研究院"
    assert str(made.one(quotation, f"{OA}suffix")).startswith("（以下简称海洋院）正式挂牌")


def test_who_leads_holds_a_membership() -> None:
    made = graph(WANG, INSTITUTE, LEADS)
    (membership,) = made.a(f"{ORG}Membership")
    assert made.label(made.one(membership, f"{ORG}member")) == "王明远"
    assert made.label(made.one(membership, f"{ORG}organization")) == "临江大学海洋研究院"
    assert made.one(membership, f"{ORG}role") == Iri(f"{RIEC}role-leads")


def test_a_post_is_a_role_of_the_membership(vocabulary: Vocabulary) -> None:
    def roles(post: str) -> set[Term]:
        made = graph(WANG, INSTITUTE, replace(LEADS, qualifiers=(("post", post),)), vocabulary=vocabulary)
        return set(made.of(made.a(f"{ORG}Membership")[0], f"{ORG}role"))

    title = Relation(at("王明远院士"), "王明远", "has_title", "市长", RULE, qualifiers=(("post", "市长"),))
    made = graph(WANG, title, vocabulary=vocabulary)
    assert made.of(made.a(f"{ORG}Membership")[0], f"{ORG}role") == [Iri(f"{RIEC}role-mayor")]
    assert len(made.a(f"{RIE}DesignationInTime")) == 1

    known, unknown = next(iter(vocabulary.roles.items())), "首席浮标官"
    assert roles(known[0]) == {Iri(f"{RIEC}role-leads"), known[1]}
    assert roles(unknown) == {Iri(f"{RIEC}role-leads"), iris.concept(unknown)}


def test_what_is_planned_has_a_statement_but_no_edge() -> None:
    made = graph(CITY, Relation(at("拟建设临江科学城"), "临江市", "builds", "临江科学城", RULE, modality="target"))
    (statement,) = made.a(f"{RDF}Statement")
    assert made.one(statement, f"{RIE}factualStatus") == Iri(f"{RIEC}planned")
    assert not [q for q in made.quads if q.predicate.value == f"{RIE}builds"]


def test_a_nomination_is_a_designation_with_its_level() -> None:
    made = graph(
        INSTITUTE, Relation(at("推荐海洋院申报省级重点实验室"), "海洋院", "nominated_for", "省级重点实验室", RULE, status="nominated")
    )
    (designation,) = made.a(f"{RIE}DesignationInTime")
    assert made.label(made.one(designation, f"{RIE}holder")) == "临江大学海洋研究院"
    assert made.one(designation, f"{RIE}factualStatus") == Iri(f"{RIEC}nominated")
    assert made.one(designation, f"{RIE}administrativeLevel") == Iri(f"{RIEC}level-provincial")


def test_an_edge_said_twice_is_one_statement_with_two_passages() -> None:
    again = Relation(at("王明远"), "王明远", "leads", "临江大学海洋研究院", RULE)
    made = graph(WANG, INSTITUTE, LEADS, again)
    (statement,) = made.a(f"{RDF}Statement")
    assert len(made.of(statement, f"{PROV}wasDerivedFrom")) == 2


# Names


def test_a_phrase_that_no_entity_bears_becomes_a_concept_with_evidence() -> None:
    made = graph(CITY, Relation(at("拟建设临江科学城"), "全市", "builds", "临江科学城", RULE))
    (concept,) = made.a(f"{RIE}TextConcept")
    assert made.label(concept) == "临江科学城"
    assert len(made.of(concept, f"{RIE}mentionedAt")) == 1
    assert made.label(made.one(made.a(f"{RDF}Statement")[0], f"{RDF}subject")) == "临江市"


def test_an_alias_of_two_things_means_the_one_in_the_sentence_or_none() -> None:
    other = thing("临江学院海洋院", "Institute", "三步工作机制", aliases=("海洋院",))
    near = Relation(at("推荐海洋院申报省级重点实验室"), "海洋院", "nominated_for", "省级重点实验室", RULE)
    far = Relation(at("新增浮标37座"), "海洋院", "established", "浮标", RULE)

    def subject(said: Relation) -> str:
        made = graph(thing("临江大学海洋研究院", "Institute", "海洋院申报", aliases=("海洋院",)), other, said)
        return made.label(made.one(made.a(f"{RDF}Statement")[0], f"{RDF}subject"))

    assert subject(near) == "临江大学海洋研究院"
    assert subject(far) == "海洋院"  # a phrase of the text: not guessed


def test_a_heading_does_not_take_the_name_of_the_city() -> None:
    heading = Entity("临江", "Heading", "names.test", (), (Span(0, 2),))
    made = graph(heading, CITY, Relation(at("拟建设临江科学城"), "临江", "builds", "临江科学城", RULE))
    assert f"{RIE}PrefectureLevelCity" in map(str, made.of(made.one(made.a(f"{RDF}Statement")[0], f"{RDF}subject"), f"{RDF}type"))


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("Platform", "临江市水产科技企业孵化器", "BusinessIncubator"),
        ("Park", "临江经济技术开发区", "EconomicDevelopmentZone"),
        ("Park", "临江科技创新园二期", "ParkPhase"),
        ("Policy", "《临江市科研经费管理办法》", "AdministrativeMeasures"),
        ("Programme", "“东海英才计划”", "TalentProgramme"),
        ("GovernmentBody", "临江市科学技术局", "ScienceTechnologyAuthority"),
        ("Institute", "临江大学海洋研究院", "ResearchInstitute"),
        ("Something new", "名称", "NamedConcept"),
    ],
)
def test_a_name_tells_the_closer_class(kind: str, name: str, expected: str) -> None:
    assert classes_of(kind, name)[0].value.rpartition("#")[2] == expected


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国家级科技企业孵化器", "national"),
        ("浙江省科学技术厅", "provincial"),
        ("省级重点实验室", "provincial"),
        ("市级重点研发计划", "municipal"),
        ("县级众创空间", "county"),
        ("瞪羚企业", None),
        ("上市企业", None),
    ],
)
def test_a_name_tells_the_level(name: str, level: str | None) -> None:
    assert level_of(name) == level


# Authority


def test_an_entity_known_elsewhere_has_its_ids_and_english_name_in_the_authority_graph() -> None:
    wenzhou, unknown = Entity("温州市", "City", "names.place", (), (at("临江市"),)), WANG
    made = Graph(authority_quads(Facts(entities=(wenzhou, unknown)), "linjiang-2021"))
    assert {quad.graph for quad in made.quads} == {iris.graph("authority")}
    assert {quad.subject for quad in made.quads} == {iris.entity("温州市")}
    assert made.of(iris.entity("温州市"), f"{RDFS}label") == [Literal("Wenzhou", lang="en")]
    assert Iri("http://www.wikidata.org/entity/Q42635") in made.of(iris.entity("温州市"), f"{SKOS}exactMatch")


# Observations


def test_an_observation_carries_value_unit_rank_and_comparison(vocabulary: Vocabulary) -> None:
    made = graph(CITY, GROWTH, vocabulary=vocabulary)
    (node,) = made.a(f"{RIE}StatisticalObservation")
    assert made.one(node, f"{RIE}value") == Literal("12.5", "http://www.w3.org/2001/XMLSchema#decimal")
    assert made.one(node, f"{RIE}rawValue") == Literal("12.50%")
    assert made.one(node, f"{SDMX_ATTRIBUTE}unitMeasure") == Iri(f"{UNIT}PERCENT")
    assert made.one(node, f"{RIE}measureType") == Iri(f"{RIEC}growth-yoy")
    assert made.one(made.one(node, f"{RIE}hasRank"), f"{RIE}position") == Literal("2", "http://www.w3.org/2001/XMLSchema#integer")
    assert made.one(made.one(node, f"{RIE}hasComparison"), f"{RIE}comparedWith") == Literal("全省平均")


def test_a_unit_that_the_code_list_lacks_is_a_concept_of_the_report(vocabulary: Vocabulary) -> None:
    buoys = Observation(at("新增浮标37座"), "临江市", "新增浮标", "increase", Decimal(37), "浮标座", "observations.new", printed="37座")
    made = graph(CITY, buoys, vocabulary=vocabulary)
    (node,) = made.a(f"{RIE}StatisticalObservation")
    assert made.label(made.one(node, f"{SDMX_ATTRIBUTE}unitMeasure")) == "浮标座"


def test_a_known_indicator_is_the_concept_of_the_code_list(vocabulary: Vocabulary) -> None:
    known = Observation(at("临江市研发投入增长12.50%"), "临江市", "高新技术产业投资", "yoy_growth", Decimal(1), "%", "observations.growth")
    made = graph(CITY, known, vocabulary=vocabulary)
    assert made.one(made.a(f"{RIE}StatisticalObservation")[0], f"{RIE}indicator") == Iri(f"{RIEC}ind-high-tech-investment")


@pytest.mark.parametrize("name", ["高新技术产业投资", "高新技术产业投资增速", "全年完成高新技术产业投资", "实现高新技术产业投资"])
def test_words_of_measuring_do_not_make_another_indicator(vocabulary: Vocabulary, name: str) -> None:
    assert vocabulary.indicator(name) == Iri(f"{RIEC}ind-high-tech-investment")
    assert vocabulary.indicator("技改投资" + name) is None


def test_the_size_of_a_ranked_group_is_read_from_its_scope() -> None:
    ranked = Observation(at("居全省第二"), "临江市", "综合得分", "rank", Decimal(2), "位", "ranks.place", rank=2, rank_scope="19个沿海城市")
    made = graph(CITY, ranked)
    rank = made.one(made.a(f"{RIE}StatisticalObservation")[0], f"{RIE}hasRank")
    assert str(made.one(rank, f"{RIE}groupSize")) == "19"


# Periods


def period_label(made: Graph, cls: str, predicate: str) -> str:
    (node,) = made.a(cls)
    return made.label(made.one(node, predicate))


def test_an_undated_fact_lies_before_the_issue_date() -> None:
    assert period_label(graph(CITY, GROWTH), f"{RIE}StatisticalObservation", f"{RIE}referencePeriod") == "未注明（不晚于2021年12月31日）"
    undated = graph(CITY, GROWTH, source=report(issued=None))
    assert period_label(undated, f"{RIE}StatisticalObservation", f"{RIE}referencePeriod") == "未注明日期"


def test_a_stock_up_to_a_day_is_told_apart_from_an_undated_fact() -> None:
    stock = replace(GROWTH, period=Period(None, "2021-12-31", "stated", "截至2021年底"))
    made = graph(CITY, stock)
    (node,) = made.a(f"{RIE}StatisticalObservation")
    interval = made.one(node, f"{RIE}referencePeriod")
    assert made.label(interval) == "截至2021年12月31日"
    assert str(made.one(interval, f"{RIE}lastDay")) == "2021-12-31"
    assert not made.of(interval, f"{RIE}firstDay")
    (undated,) = graph(CITY, GROWTH).a(f"{RIE}StatisticalObservation")
    assert graph(CITY, GROWTH).one(undated, f"{RIE}referencePeriod") != interval


def test_an_undated_plan_has_no_known_end() -> None:
    made = graph(CITY, Relation(at("拟建设临江科学城"), "临江市", "builds", "临江科学城", RULE, modality="target"))
    assert period_label(made, f"{RDF}Statement", f"{RIE}statementPeriod") == "未注明日期"


def test_an_event_of_a_month_has_that_month() -> None:
    event = Event(at("正式挂牌"), "正式挂牌", ("海洋院", "临江市"), "events.test", "unveiling", "2021-04")
    made = graph(CITY, INSTITUTE, event)
    (node,) = made.a(f"{RIE}UnveilingEvent")
    interval = made.one(node, f"{RIE}referencePeriod")
    assert [str(made.one(interval, f"{RIE}{end}")) for end in ("firstDay", "lastDay")] == ["2021-04-01", "2021-04-30"]
    assert str(made.one(made.one(interval, f"{TIME}hasEnd"), f"{TIME}inXSDDate")) == "2021-04-30"
    assert sorted(map(made.label, made.of(node, f"{RIE}participant"))) == ["临江大学海洋研究院", "临江市"]


@pytest.mark.parametrize("days", [("2021-02-30", "2021-02-30"), (None, "2021-06-31"), ("2021-05-01", "2021-04-01")])
def test_a_misprinted_date_leaves_the_fact_undated(days: tuple[str | None, str]) -> None:
    misprinted = replace(GROWTH, period=Period(*days, "stated"))
    made = graph(CITY, misprinted, Event(at("正式挂牌"), "正式挂牌", ("临江市",), "events.test", "unveiling", days[1]))
    (node,) = made.a(f"{RIE}StatisticalObservation")
    assert made.label(made.one(node, f"{RIE}referencePeriod")) == "未注明（不晚于2021年12月31日）"
    assert made.one(node, f"{RIE}periodBasis") == Iri(f"{RIEC}period-none")
    assert len(made.a(f"{RIE}UnveilingEvent")) == 1


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2020-01-01", "2020-12-31", "2020年", "2020"),
        ("2016-01-01", "2020-12-31", "2016—2020年", "2016–2020"),
        ("2020-04-01", "2020-04-30", "2020年4月", "April 2020"),
        ("2019-11-01", "2020-02-29", "2019年11月—2020年2月", "November 2019 – February 2020"),
        ("2020-06-18", "2020-06-18", "2020年6月18日", "18 June 2020"),
        ("2020-06-18", "2020-07-02", "2020年6月18日—2020年7月2日", "18 June 2020 – 2 July 2020"),
        ("2020-01-01", None, "2020年1月1日起", "from 1 January 2020"),
    ],
)
def test_an_interval_is_called_as_people_call_it(first: str, last: str | None, zh: str, en: str) -> None:
    assert labels(first, last) == (zh, en)


# Listings


def test_the_ordered_parts_of_a_mechanism_are_steps_of_a_plan() -> None:
    whole = at("“找问题、配专家、共攻关”三步工作机制")
    steps = [
        Membership(whole, "三步工作机制", part, "listings.test", order, at(part))
        for order, part in enumerate(("找问题", "配专家", "共攻关"), 1)
    ]
    made = graph(MECHANISM, *reversed(steps))
    found = {str(made.one(step, f"{RIE}stepNumber")): step for step in made.a(f"{PPLAN}Step")}
    assert [made.label(found[n]) for n in "123"] == ["找问题", "配专家", "共攻关"]
    assert made.of(found["3"], f"{PPLAN}isPrecededBy") == [found["2"]]
    assert not made.of(found["1"], f"{PPLAN}isPrecededBy")
    assert len(made.a(f"{RIE}Listing")) == 3


# The whole graph


def every_kind() -> Graph:
    return graph(
        CITY,
        WANG,
        INSTITUTE,
        MECHANISM,
        GROWTH,
        LEADS,
        Relation(at("推荐海洋院申报省级重点实验室"), "海洋院", "nominated_for", "省级重点实验室", RULE, status="nominated"),
        Relation(
            at("拟建设临江科学城"), "临江市", "builds", "临江科学城", RULE, "target", period=Period("2021-01-01", "2021-12-31", "implied")
        ),
        Event(at("正式挂牌"), "正式挂牌", ("海洋院", "临江市"), "events.test", "unveiling", "2021-04"),
        Membership(at("“找问题、配专家、共攻关”三步工作机制"), "三步工作机制", "配专家", "listings.test", 2, at("配专家")),
    )


_CARRIERS = {f"{PROV}wasDerivedFrom", f"{RIE}mentionedAt"}
_HANGING = {
    *(
        f"{RIE}{name}"
        for name in ("hasRank", "hasComparison", "hasSuperlative", "referencePeriod", "statementPeriod", "inSentence", "rule", "credit")
    ),
    *(f"{TIME}{name}" for name in ("hasBeginning", "hasEnd")),
    *(f"{PROV}{name}" for name in ("wasGeneratedBy", "used", "wasAssociatedWith", "wasDerivedFrom")),
    f"{ORG}memberDuring",
    f"{OA}hasSelector",
    f"{OA}hasSource",
    f"{RIE}mentionedAt",
}


def unsupported(quads: Iterable[Quad]) -> set[Term]:
    """Return the subjects that neither carry evidence, nor describe document and run, nor hang on a node that does."""
    quads = list(quads)
    supported: set[Term] = {q.subject for q in quads if q.predicate.value in _CARRIERS}
    supported |= {q.subject for q in quads if q.object in {Iri(f"{RIE}SourceDocument"), Iri(f"{RIE}ExtractionRun")}}
    while True:
        hanging = {q.object for q in quads if q.subject in supported and q.predicate.value in _HANGING} - supported
        if not hanging:
            return {q.subject for q in quads} - supported
        supported |= hanging


def test_every_statement_of_the_graph_is_supported(first_report: Report, first_facts: Facts, vocabulary: Vocabulary) -> None:
    first = list(to_quads(first_report, first_facts, read_passages(first_report), vocabulary))
    assert len(first) > 1000
    for quads in (every_kind().quads, first):
        assert unsupported(quads) == set()


NAMES = st.sampled_from(["临江市", "临江", "海洋院", "王明远", "三步工作机制", "没有的名字", '引"号>', "a b\\", "5G"]) | st.text(max_size=5)
SPANS = st.integers(0, len(TEXT) - 1).flatmap(lambda start: st.builds(Span, st.just(start), st.integers(start + 1, len(TEXT))))
STATUSES = st.sampled_from(
    ["achieved", "ongoing", "planned", "nominated", "applied", "aspired", "drafting", "exploratory", "reported-effect"]
)
MODALITIES = st.sampled_from(["actual", "expected", "target"])
DAYS = st.none() | st.dates().map(str) | st.just("2021-02-30")
PERIODS = st.builds(Period, DAYS, DAYS, st.sampled_from(["stated", "inherited", "implied", "none"]))
FOUND = st.builds(
    Facts,
    observations=st.lists(
        st.builds(
            Observation,
            SPANS,
            NAMES,
            NAMES,
            st.sampled_from(["value", "yoy_growth", "increase", "cumulative", "share", "rank", "difference"]),
            st.decimals(allow_nan=False, allow_infinity=False),
            st.sampled_from(["%", "家", "元", "没有的单位", ""]),
            st.just("observations.any"),
            area=st.none() | NAMES,
            comparison=st.sampled_from(["=", ">", ">=", "<", "<=", "~"]),
            period=PERIODS,
            rank=st.none() | st.integers(1, 99),
            rank_scope=st.none() | NAMES,
            modality=MODALITIES,
            status=STATUSES,
            baseline=st.none() | NAMES,
            superlative=st.none() | NAMES,
            source=st.none() | NAMES,
        ),
        max_size=3,
    ).map(tuple),
    relations=st.lists(
        st.builds(
            Relation,
            SPANS,
            NAMES,
            st.sampled_from(["leads", "responsible_for", "has_title", "nominated_for", "builds"]),
            NAMES,
            st.just(RULE),
            MODALITIES,
            STATUSES,
            PERIODS,
            st.lists(st.tuples(NAMES, NAMES), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    entities=st.lists(
        st.builds(
            Entity,
            NAMES,
            st.sampled_from(["City", "Person", "Academician", "Heading", "Mechanism", "New"]),
            st.just("names.any"),
            st.lists(NAMES, max_size=2).map(tuple),
            st.lists(SPANS, max_size=2).map(tuple),
        ),
        max_size=4,
    ).map(tuple),
    events=st.lists(
        st.builds(
            Event,
            SPANS,
            NAMES,
            st.lists(NAMES, max_size=2).map(tuple),
            st.just("events.any"),
            st.sampled_from(["event", "signing", "opening"]),
            st.sampled_from([None, "2021", "2021-04", "2021-04-02", "2021-02-30", "garbage"]),
            MODALITIES,
            STATUSES,
        ),
        max_size=2,
    ).map(tuple),
    memberships=st.lists(
        st.builds(
            Membership, SPANS, NAMES, NAMES, st.just("listings.any"), st.none() | st.integers(1, 3), st.none() | SPANS, st.booleans()
        ),
        max_size=3,
    ).map(tuple),
)


@settings(max_examples=30, deadline=None)
@given(FOUND)
def test_any_facts_make_a_supported_graph_that_the_engine_reads(found: Facts) -> None:
    quads = list(to_quads(report(), found, read_passages(report()), Vocabulary()))
    assert unsupported(quads) == set()
    assert sorted(Store.of_quads(quads).quads(), key=Quad.n3) == quads
    statements = Graph(quads)
    for node in statements.a(f"{RDF}Statement"):
        assert len(statements.of(node, f"{RIE}factualStatus")) == 1
        assert len(statements.of(node, f"{RIE}statementPeriod")) == 1


def test_a_node_without_evidence_would_be_noticed() -> None:
    stray = Quad(iris.entity("无据之人"), Iri(f"{RDFS}label"), Literal("无据之人"), iris.report_graph("linjiang-2021"))
    assert unsupported([*every_kind().quads, stray]) == {iris.entity("无据之人")}


def test_every_plain_edge_has_its_statement(first_report: Report, first_facts: Facts, vocabulary: Vocabulary) -> None:
    made = Graph(to_quads(first_report, first_facts, read_passages(first_report), vocabulary))
    edges = {iris.predicate(relation.predicate).value for relation in first_facts.relations}
    said = {tuple(made.one(s, f"{RDF}{part}") for part in ("subject", "predicate", "object")) for s in made.a(f"{RDF}Statement")}
    plain = {(q.subject, q.predicate, q.object) for q in made.quads if q.predicate.value in edges}
    assert plain <= said


def test_every_quote_is_read_back_from_its_place(first_report: Report, first_facts: Facts, vocabulary: Vocabulary, tmp_path: Path) -> None:
    file = tmp_path / "report.nq"
    file.write_text(nquads(to_quads(first_report, first_facts, read_passages(first_report), vocabulary)), encoding="utf-8")
    rows = Store.in_memory([file]).select(
        f"""SELECT ?start ?end ?quote ?s ?e WHERE {{ GRAPH ?g {{
          ?v <{OA}hasSelector> ?p, ?q ; <{RIE}inSentence>/<{OA}hasSelector> ?sentence .
          ?p <{OA}start> ?start ; <{OA}end> ?end . ?q <{OA}exact> ?quote . ?sentence <{OA}start> ?s ; <{OA}end> ?e }} }}"""
    )
    assert len(rows) > 50
    for row in rows:
        start, end, first, last = (int(str(row[name])) for name in ("start", "end", "s", "e"))
        assert first_report.text[start:end] == str(row["quote"])
        assert first <= start < end <= last


@given(st.data())
def test_a_passage_lies_in_whole_sentences(data: st.DataObject) -> None:
    passages = read_passages(report())
    start = data.draw(st.integers(0, len(TEXT) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(TEXT))))
    around = Sentences(passages).around(span)
    assert around.start <= span.start < span.end <= around.end
    assert Sentences(passages).around(around) == around


def test_a_sentence_ends_with_its_mark() -> None:
    around = Sentences(read_passages(report())).around(at("正式挂牌"))
    assert TEXT[around.start : around.end] == "今年4月，由王明远院士领衔的临江大学海洋研究院（以下简称海洋院）正式挂牌。"


def test_the_quads_are_sorted_single_and_in_one_graph_without_blank_nodes() -> None:
    quads = every_kind().quads
    lines = [quad.n3() for quad in quads]
    assert lines == sorted(set(lines))
    assert {quad.graph for quad in quads} == {iris.report_graph("linjiang-2021")}
    assert not any("_:" in line.split('"')[0] for line in lines)


def test_the_order_of_the_facts_changes_nothing() -> None:
    facts = (CITY, WANG, INSTITUTE, GROWTH, LEADS)
    assert graph(*facts).quads == graph(*reversed(facts)).quads


def test_a_hostile_report_stays_text() -> None:
    text = '临江市“</script><img src=x onerror=1>”\\u0041\x01\x7f"> <http://evil> .\n新增浮标37座。'
    span = Span(0, text.index("\n"))
    hostile = Relation(span, text[: span.end], "builds", '"; DROP } <x', RULE)
    quads = graph(hostile, source=report(text)).quads
    assert sorted(Store.of_quads(quads).quads(), key=Quad.n3) == quads


def test_the_document_says_when_it_was_issued_and_how_exactly() -> None:
    for issued, kind in (("2021", "gYear"), ("2021-06", "gYearMonth"), ("2021-06-18", "date")):
        made = graph(CITY, source=report(issued=issued))
        date = made.one(iris.document("linjiang-2021"), "http://purl.org/dc/terms/issued")
        assert date == Literal(issued, f"http://www.w3.org/2001/XMLSchema#{kind}")


def test_a_wrong_language_tag_is_told() -> None:
    with pytest.raises(ReportError, match="“zh_Hans!” is no language tag"):
        graph(CITY, source=replace(report(), language="zh_Hans!"))


def test_the_rules_that_were_used_are_named() -> None:
    made = graph(CITY, WANG, INSTITUTE, LEADS)
    assert {made.label(rule) for rule in made.a(f"{PROV}Plan")} == {"names.test", RULE}
    assert made.of(iris.concept("没有"), f"{SKOS}altLabel") == []
