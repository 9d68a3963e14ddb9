"""Human decisions: they point at facts by words and quotes, survive re-runs and changed rules, and lose nothing in silence."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import build, decided_facts, is_current
from kg.decisions import (
    Decided,
    Decision,
    Part,
    Quotation,
    add_decision,
    apply,
    decided_records,
    dump_decisions,
    quotation,
    read_decisions,
    words_of,
)
from kg.decisions.decision import places_of
from kg.decisions.reading import parse_decisions
from kg.decisions.words import fact_of
from kg.errors import DecisionError
from kg.extract import find_facts, read_passages
from kg.facts import Entity, Event, Facts, Membership, Observation, Period, Relation, Span
from kg.namespaces import PROV, RIE, SKOS
from kg.report import Issued, Report, read_report
from kg.resources import resource
from kg.review import cases_of
from kg.store import Store
from kg.triples import iris, to_quads
from kg.triples.authority import authority_quads, link_edits
from kg.triples.terms import Iri, Literal
from kg.triples.vocabulary import Vocabulary

TEXT = (
    "临江市\n"
    "今年1-5月，临江市研发投入增长12.5%。临江大学教授王明远领衔海洋研究院。\n"
    "临江医院院长王明远出席。海洋院与浙江大学合作，新增浮标37座。\n"
)


def at(phrase: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(phrase, start + 1)
    return Span(start, start + len(phrase))


GROWTH = Observation(
    at("临江市研发投入增长12.5%"),
    "临江市",
    "研发投入",
    "yoy_growth",
    Decimal("12.5"),
    "%",
    "observations.growth",
    area="临江市",
    period=Period("2021-01-01", "2021-05-31", "stated"),
    printed="12.5%",
)
BUOYS = Observation(at("新增浮标37座"), "海洋院", "新增浮标数", "increase", Decimal(37), "座", "observations.count", printed="37座")
LEADS = Relation(at("王明远领衔海洋研究院"), "王明远", "leads", "海洋研究院", "relations.led-by")
WORKS = Relation(at("海洋院与浙江大学合作"), "海洋院", "cooperates_with", "浙江大学", "relations.with", period=Period("2021-01-01"))
WANG = Entity("王明远", "Person", "persons.post", (), (at("王明远"), at("王明远", 1)))
LONG = Entity("海洋研究院", "Institute", "names.ending", (), (at("海洋研究院"),))
SHORT = Entity("海洋院", "Institute", "names.short", (), (at("海洋院"),))
ZHEDA = Entity("浙江大学", "University", "names.known", (), (at("浙江大学"),))
MEETING = Event(at("王明远出席", 0), "出席", ("王明远",), "events.attends", "meeting")
STEP = Membership(at("浮标37座"), "观测网", "浮标", "listings.of", 1)
FACTS = Facts((GROWTH, BUOYS), (LEADS, WORKS), (WANG, LONG, SHORT, ZHEDA), (MEETING,), (STEP,))


def report(text: str = TEXT) -> Report:
    return Report("linjiang-2021", text, "0" * 64, "临江科技", Issued("2021"), "临江市")


def about(said_fact: Observation | Relation | Event | Membership | Entity, action: str, /, **more: object) -> Decision:
    """A decision about ``said_fact`` as ``kg review`` writes it."""
    kinds = {Observation: "observation", Relation: "relation", Entity: "entity", Event: "event", Membership: "membership"}
    span = said_fact.mentions[0] if isinstance(said_fact, Entity) else said_fact.span
    said = {"by": "陈静", "on": "2026-11-22", "quote": quotation(TEXT, span), "fact": words_of(said_fact), **more}
    return Decision(action, kinds[type(said_fact)], **said)  # type: ignore[arg-type]


def outcomes(decided: Decided) -> list[str]:
    return [effect.outcome for effect in decided.effects]


# --- pointing at a place


def test_a_quote_printed_twice_is_told_apart_by_what_stands_before_it() -> None:
    assert places_of("新增3家。累计3家。", Quotation("3家", before="累计")) == (Span(7, 9),)
    assert len(places_of("新增3家。新增3家。", Quotation("3家", before="新增"))) == 2


@given(st.text("甲乙，。12", max_size=8), st.text("甲乙，。12", min_size=1, max_size=6), st.text("甲乙，。12", max_size=8))
def test_a_quote_with_its_surroundings_is_found_where_it_was_taken(before: str, words: str, after: str) -> None:
    text, span = before + words + after, Span(len(before), len(before) + len(words))
    assert span in places_of(text, quotation(text, span))


@given(st.text("丙丁戊\n", max_size=40))
def test_an_edit_elsewhere_in_the_text_does_not_move_a_decision(inserted: str) -> None:
    decided = apply(_shifted(FACTS, len(inserted)), [about(LEADS, "reject")], report(inserted + TEXT))
    assert outcomes(decided) == ["applied"]
    assert [fact.predicate for fact in decided.facts.relations] == ["cooperates_with"]


def _shifted(facts: Facts, by: int) -> Facts:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return Facts(
        tuple(replace(fact, span=moved(fact.span)) for fact in facts.observations),
        tuple(replace(fact, span=moved(fact.span)) for fact in facts.relations),
        tuple(replace(fact, mentions=tuple(map(moved, fact.mentions))) for fact in facts.entities),
        tuple(replace(fact, span=moved(fact.span)) for fact in facts.events),
        tuple(replace(fact, span=moved(fact.span)) for fact in facts.memberships),
    )


# --- the words of a fact


@pytest.mark.parametrize("fact", list(FACTS), ids=lambda fact: type(fact).__name__)
def test_a_fact_can_be_made_from_its_words_and_its_place(fact: Observation | Relation | Entity | Event | Membership) -> None:
    decision = about(fact, "accept")
    span = fact.mentions[0] if isinstance(fact, Entity) else fact.span
    made = fact_of(decision.kind, decision.fact, span, fact.rule)
    assert words_of(made) == words_of(fact)
    if not isinstance(fact, Entity):
        assert made == fact


# --- what each decision does


def test_without_decisions_the_facts_stay_as_they_are() -> None:
    assert apply(FACTS, [], report()) == Decided(FACTS)


@pytest.mark.parametrize("fact", list(FACTS), ids=lambda fact: str(fact)[:40])
def test_any_fact_can_be_rejected_and_is_kept_aside(fact: Observation | Relation | Entity | Event | Membership) -> None:
    decided = apply(FACTS, [about(fact, "reject")], report())
    assert outcomes(decided) == ["applied"]
    assert fact not in list(decided.facts)
    assert decided.rejected == (fact,)
    assert len(list(decided.facts)) == len(list(FACTS)) - 1


def test_an_accepted_fact_names_the_person_and_the_day() -> None:
    decided = apply(FACTS, [about(GROWTH, "accept")], report())
    origin = decided.origins[GROWTH]
    assert (origin.action, origin.by, origin.on) == ("accept", "陈静", "2026-11-22")
    assert decided.facts == FACTS


def test_a_corrected_value_keeps_the_place_and_the_rule() -> None:
    decided = apply(FACTS, [about(GROWTH, "correct", new={"value": Decimal("12.6"), "rank": 2, "period_end": ""})], report())
    (corrected, _) = decided.facts.observations
    assert (corrected.value, corrected.rank, corrected.period.end) == (Decimal("12.6"), 2, None)
    assert (corrected.span, corrected.rule, corrected.unit) == (GROWTH.span, GROWTH.rule, "%")
    assert decided.origins[corrected].action == "correct"


def test_a_corrected_relation_keeps_its_period() -> None:
    (_, corrected) = apply(FACTS, [about(WORKS, "correct", new={"predicate": "signed_with"})], report()).facts.relations
    assert (corrected.predicate, corrected.period) == ("signed_with", WORKS.period)


def test_a_corrected_name_goes_with_every_fact_that_speaks_of_it() -> None:
    decided = apply(FACTS, [about(LONG, "correct", new={"name": "临江大学海洋研究院"})], report())
    assert [fact.object for fact in decided.facts.relations] == ["临江大学海洋研究院", "浙江大学"]
    assert ("临江大学海洋研究院", ("海洋研究院",)) in [(thing.name, thing.aliases) for thing in decided.facts.entities]


def test_an_added_fact_stands_in_text_order_with_its_quote() -> None:
    quote = quotation(TEXT, at("临江医院院长王明远"))
    words = {"subject": "王明远", "predicate": "responsible_for", "object": "院长"}
    decided = apply(FACTS, [Decision("add", "relation", "陈静", "2026-11-22", quote, words)], report())
    assert [fact.predicate for fact in decided.facts.relations] == ["leads", "responsible_for", "cooperates_with"]
    added = decided.facts.relations[1]
    assert TEXT[added.span.start : added.span.end] == "临江医院院长王明远"
    assert decided.origins[added].action == "add"


def test_two_names_that_are_one_thing_become_one_with_both_places() -> None:
    decided = apply(FACTS, [about(SHORT, "merge", fact={"name": "海洋院"}, new={"name": "海洋研究院"})], report())
    (institute,) = (thing for thing in decided.facts.entities if thing.type == "Institute")
    assert (institute.name, institute.aliases, institute.mentions) == ("海洋研究院", ("海洋院",), (at("海洋研究院"), at("海洋院")))
    assert [fact.subject for fact in decided.facts.relations] == ["王明远", "海洋研究院"]
    assert decided.facts.observations[1].subject == "海洋研究院"


def test_a_merge_leaves_no_fact_of_a_thing_and_itself() -> None:
    same = Relation(at("海洋院"), "海洋院", "same_as", "海洋研究院", "relations.same")
    merging = about(SHORT, "merge", fact={"name": "海洋院"}, new={"name": "海洋研究院"})
    decided = apply(replace(FACTS, relations=(LEADS, WORKS, same)), [merging], report())
    assert [fact.predicate for fact in decided.facts.relations] == ["leads", "cooperates_with"]
    assert [(fact.subject, fact.object) for fact in decided.rejected if isinstance(fact, Relation)] == [("海洋研究院", "海洋研究院")]


SPLIT = about(
    WANG,
    "split",
    fact={"name": "王明远"},
    parts=(
        Part("王明远", (Quotation("王明远", before="临江大学教授"),), apart="临江大学"),
        Part("王明远", (Quotation("王明远", before="临江医院院长"),), apart="临江医院"),
    ),
)


def test_two_persons_of_one_name_stay_two() -> None:
    decided = apply(FACTS, [SPLIT], report())
    assert outcomes(decided) == ["applied"]
    people = [thing for thing in decided.facts.entities if thing.name == "王明远"]
    assert [(person.apart, person.mentions) for person in people] == [("临江大学", (at("王明远"),)), ("临江医院", (at("王明远", 1),))]
    quads = list(to_quads(report(), decided, read_passages(report()), Vocabulary()))
    leaders = {quad.subject for quad in quads if quad.predicate.value == f"{RIE}leads"}
    guests = {quad.object for quad in quads if quad.predicate.value == f"{RIE}participant"}
    named = {quad.subject for quad in quads if quad.predicate.value == f"{RIE}entityType" and quad.object == Literal("Person")}
    assert len(named) == 2
    assert len(leaders) == 1
    assert leaders < named
    assert guests <= named


def test_one_name_of_two_bodies_is_parted_and_facts_follow_their_sentence() -> None:
    parts = (Part("大学王明远", (Quotation("王明远", before="教授"),)), Part("医院王明远", (Quotation("王明远", before="院长"),)))
    event = replace(MEETING, span=at("王明远出席"))
    decided = apply(replace(FACTS, events=(event,)), [replace(SPLIT, parts=parts)], report())
    assert decided.facts.relations[0].subject == "大学王明远"
    assert decided.facts.events[0].participants == ("医院王明远",)


# --- links


def links(*decisions: Decision) -> tuple[set[str], Facts]:
    decided = apply(FACTS, decisions, report())
    known = authority_quads(decided.facts, "linjiang-2021")
    for edit in link_edits(decided, "linjiang-2021"):
        known = edit.applied(known)
    node = iris.entity("浙江大学")
    return {str(quad.object) for quad in known if quad.subject == node and quad.predicate.value == f"{SKOS}exactMatch"}, decided.facts


def link_decision(action: str, fact: dict[str, str], new: dict[str, str] | None = None) -> Decision:
    return Decision(action, "link", "陈静", "2026-11-22", quotation(TEXT, at("浙江大学")), fact, new or {})  # type: ignore[arg-type]


def test_a_wrong_link_undone_leaves_the_claims_untouched() -> None:
    before, _ = links()
    assert len(before) >= 2
    after, facts = links(link_decision("reject", {"name": "浙江大学"}))
    assert after == set()
    assert facts == FACTS


def test_one_of_several_links_is_cut_or_replaced() -> None:
    before, _ = links()
    assert "http://www.wikidata.org/entity/Q197543" in before
    assert links(link_decision("reject", {"name": "浙江大学", "wikidata": "Q197543"}))[0] == before - {
        "http://www.wikidata.org/entity/Q197543"
    }
    changed, facts = links(link_decision("correct", {"name": "浙江大学", "wikidata": "Q197543"}, {"wikidata": "Q1"}))
    assert changed == before - {"http://www.wikidata.org/entity/Q197543"} | {"http://www.wikidata.org/entity/Q1"}
    assert facts == FACTS
    assert links(link_decision("add", {"name": "浙江大学", "geonames": "7"}))[0] == before | {"https://sws.geonames.org/7/"}


# --- re-runs and changed rules


def test_deciding_again_on_the_same_text_gives_the_same() -> None:
    decisions = [about(LEADS, "reject"), about(GROWTH, "correct", new={"rank": 2}), SPLIT]
    assert apply(FACTS, decisions, report()) == apply(FACTS, decisions, report())


CHANGED = replace(FACTS, observations=(replace(GROWTH, indicator="投入", rank=9, span=at("投入增长12.5%"), rule="observations.new"), BUOYS))


def test_a_correction_holds_when_a_changed_rule_words_the_fact_otherwise() -> None:
    decided = apply(CHANGED, [about(GROWTH, "correct", new={"indicator": "全社会研发投入"})], report())
    (corrected, _) = decided.facts.observations
    assert (corrected.indicator, corrected.rule) == ("全社会研发投入", "observations.new")
    assert len(decided.facts.observations) == 2


def test_a_correction_that_the_rules_have_learnt_agrees_with_them() -> None:
    learnt = replace(FACTS, observations=(replace(GROWTH, indicator="全社会研发投入"), BUOYS))
    decided = apply(learnt, [about(GROWTH, "correct", new={"indicator": "全社会研发投入"})], report())
    assert outcomes(decided) == ["agreed"]
    assert decided.facts == learnt


def test_an_accepted_fact_that_a_changed_rule_loses_is_kept_on_the_persons_word() -> None:
    lost = replace(FACTS, relations=())
    decided = apply(lost, [about(LEADS, "accept")], report())
    assert outcomes(decided) == ["kept"]
    (kept,) = decided.facts.relations
    assert (kept.subject, kept.object, kept.span) == ("王明远", "海洋研究院", LEADS.span)


def test_a_rejection_does_not_reach_a_fact_that_a_changed_rule_words_otherwise() -> None:
    decided = apply(CHANGED, [about(GROWTH, "reject")], report())
    assert outcomes(decided) == ["fact-lost"]
    assert decided.facts == CHANGED
    assert len(decided.findings) == 1


def test_a_rejected_fact_that_is_no_longer_found_needs_no_word() -> None:
    decided = apply(replace(FACTS, relations=(WORKS,)), [about(LEADS, "reject")], report())
    assert (outcomes(decided), decided.findings) == (["idle"], ())


def test_a_decision_whose_sentence_is_gone_is_a_finding() -> None:
    shorter = TEXT.replace("临江大学教授王明远领衔海洋研究院。", "")
    decided = apply(Facts(), [replace(about(LEADS, "accept"), where="linjiang-2021.toml:7")], report(shorter))
    (finding,) = decided.findings
    assert finding.said("en").startswith("linjiang-2021.toml:7: its quote is not in the report")
    assert finding.said("zh").startswith("linjiang-2021.toml:7: 报告中已没有这句引文")


def test_a_decision_that_fits_two_facts_changes_neither() -> None:
    twin = replace(BUOYS, subject="浮标厂")
    vague = Decision("reject", "observation", "陈静", "2026-11-22", Quotation("37座"), {"value": 37})
    decided = apply(replace(FACTS, observations=(BUOYS, twin)), [vague], report())
    assert outcomes(decided) == ["ambiguous"]
    assert decided.facts.observations == (BUOYS, twin)


decisions_strategy = st.lists(
    st.tuples(st.sampled_from(list(FACTS)), st.sampled_from(["accept", "reject"])),
    max_size=6,
    unique_by=lambda pair: list(FACTS).index(pair[0]),
)


@given(decisions_strategy)
def test_nothing_is_lost_in_silence(chosen: list[tuple[Observation, str]]) -> None:
    decided = apply(FACTS, [about(fact, action) for fact, action in chosen], report())
    assert len(decided.effects) == len(chosen)
    assert sorted(map(str, [*decided.facts, *decided.rejected])) == sorted(map(str, FACTS))
    assert set(decided.origins) == {fact for fact, _ in chosen}


# --- the file


def test_decisions_survive_the_file() -> None:
    decisions = (
        about(GROWTH, "correct", new={"value": Decimal("12.60"), "period_end": ""}, why="原文\n“如此”"),
        about(replace(LEADS, qualifiers=(("as", "首席"), ("a b", 'c"d'))), "accept"),
        about(MEETING, "reject"),
        about(STEP, "reject"),
        SPLIT,
        link_decision("reject", {"name": "浙江大学"}),
    )
    assert parse_decisions(dump_decisions(decisions), "x") == decisions


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), st.decimals(-(10**12), 10**12, places=4))
def test_any_text_and_number_survives_the_file(text: str, value: Decimal) -> None:
    said = about(GROWTH, "correct", by=text, why=text, quote=Quotation(text, text, text), fact={"subject": text}, new={"value": value})
    assert parse_decisions(dump_decisions([said]), "x") == (said,)


def test_adding_keeps_what_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions" / "r.toml"
    add_decision(path, about(LEADS, "reject"))
    path.write_text(path.read_text("utf-8") + "# 待与张老师核对\n", encoding="utf-8")
    add_decision(path, about(BUOYS, "accept"))
    assert "# 待与张老师核对" in path.read_text("utf-8")
    assert [decision.action for decision in read_decisions(path)] == ["reject", "accept"]


GOOD = dump_decisions([about(LEADS, "reject")])
BAD = [
    ("by = ", "who = ", "r.toml:6: unknown key “who”"),
    ('action = "reject"', 'action = "refuse"', "r.toml:4: “action” is 'refuse' - use one of accept"),
    ('kind = "relation"', 'kind = "edge"', "r.toml:5: “kind” is 'edge'"),
    ("on = 2026-11-22", 'on = "soon"', "r.toml:7: does not say on which day"),
    ("on = 2026-11-22", "on = 2026-13-22", "r.toml:7: is no TOML"),
    ('subject = "王明远"', 'subjct = "王明远"', "r.toml:12: unknown key “subjct”"),
    ('subject = "王明远"', "subject = 3", "r.toml:12: “subject” is 3 - write text"),
    ('status = "achieved"', 'status = "done"', "“status” is 'done' - write one of achieved"),
    ('quote = "王明远领衔海洋研究院"', 'quote = " "', "r.toml:8: “quote” is no text"),
    ('quote = "王明远领衔海洋研究院"', "start = 3", "r.toml:8: unknown key “start”"),
    ('action = "reject"', 'action = "merge"', "“merge” cannot be decided of a relation"),
    ('action = "reject"', 'action = "correct"', "“correct” needs the new words"),
    ("[[decision]]", "[[decisions]]", "unknown key “decisions”"),
]


@pytest.mark.parametrize(("sound", "fault", "said"), BAD, ids=[fault for _, fault, _ in BAD])
def test_a_fault_in_the_file_is_named_with_its_line(sound: str, fault: str, said: str, tmp_path: Path) -> None:
    assert sound in GOOD
    path = tmp_path / "r.toml"
    path.write_text(GOOD.replace(sound, fault), encoding="utf-8")
    with pytest.raises(DecisionError) as error:
        read_decisions(path)
    assert said in str(error.value)


def test_an_identifier_that_is_none_is_refused() -> None:
    text = dump_decisions([link_decision("add", {"name": "浙江大学", "wikidata": "Q1> <evil"})])
    with pytest.raises(DecisionError, match="an identifier such as Q197543"):
        parse_decisions(text, "x")


def test_a_faulty_file_is_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text("[[decision]]\naction = 1\n", encoding="utf-8")
    with pytest.raises(DecisionError):
        add_decision(path, about(LEADS, "reject"))
    assert path.read_text("utf-8") == "[[decision]]\naction = 1\n"


# --- in the built graph


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = tmp_path / "graph" / "reports" / "linjiang-2021"
    folder.mkdir(parents=True)
    text = "温州市\n今年1-5月，温州市研发投入增长12.5%，居全省第二。温州市与浙江大学签订合作协议。\n"
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "report.toml").write_text('title = "临江科技"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    return tmp_path / "graph"


def test_a_build_obeys_the_decisions_and_says_who_decided(graph: Path) -> None:
    source = read_report_of(graph)
    (observation,) = find_facts(source).observations
    words, quote = words_of(observation), quotation(source.text, observation.span)
    path = graph / "decisions" / "linjiang-2021.toml"
    new = {"indicator": "全社会研发投入"}
    add_decision(path, Decision("correct", "observation", "陈静", "2026-11-22", quote, words, new, why="口径"))
    add_decision(path, Decision("accept", "relation", "陈静", "2026-11-23", Quotation("不在文中"), {"subject": "甲"}))
    first = build(None, graph)
    assert first.counts["decisions"] == 2
    assert "decisions/linjiang-2021.toml" in first.inputs
    store = Store.open(graph)
    rows = store.select(
        f"""PREFIX rie: <{RIE}> PREFIX prov: <{PROV}> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <{SKOS}>
        SELECT ?indicator ?who ?date ?action WHERE {{ GRAPH ?g {{ ?o rie:indicatorName ?indicator ; prov:wasAttributedTo/rdfs:label ?who ;
        rie:decision ?d . ?d dcterms:date ?date ; rie:decisionAction/^rie:decisionAction ?d ; rie:decisionAction ?action }} }}"""
    )
    (row,) = rows.rows
    assert [str(row[key]) for key in ("indicator", "who", "date")] == ["全社会研发投入", "陈静", "2026-11-22"]
    assert row["action"] == Iri(iris.code("decision-correct").value)
    lost = store.select(f"SELECT ?d {{ GRAPH ?g {{ ?d <{RIE}decisionOutcome> <{iris.code('outcome-quote-lost')}> }} }}")
    assert len(lost) == 1
    assert build(None, graph) == first


def test_decided_facts_of_a_report_without_decisions_are_those_of_the_rules(graph: Path) -> None:
    source = read_report_of(graph)
    assert decided_facts(source, graph / "decisions") == Decided(find_facts(source))


def test_a_changed_decision_makes_the_graph_out_of_date(graph: Path) -> None:
    build(None, graph)
    assert is_current(graph) == (True, ())
    add_decision(graph / "decisions" / "linjiang-2021.toml", about(LEADS, "reject"))
    assert is_current(graph) == (False, ("input decisions/linjiang-2021.toml is new",))


def test_each_decided_fact_shows_whether_a_rule_or_a_person_stands_behind_it() -> None:
    decided = apply(FACTS, [about(LEADS, "accept")], report())
    origins = [one["origin"] for one in decided_records(decided, TEXT) if one["kind"] == "relation"]
    assert origins == [{"person": "陈静", "action": "accept", "on": "2026-11-22"}, {"rule": "relations.with"}]


# --- every fact of the bundled report

BUNDLED = resource("graph") / "reports" / "wenzhou-huzhou-2020"


@pytest.fixture(scope="module")
def bundled() -> tuple[Report, Facts, list[Decision]]:
    """The bundled report, its facts, and an acceptance of each of them that has gone through the file."""
    source = read_report(BUNDLED)
    found = find_facts(source)
    cases = cases_of(source, Decided(found), all_facts=True)
    said = [Decision("accept", case.kind, "陈静", "2026-11-22", quotation(source.text, case.span), words_of(case.fact)) for case in cases]
    assert len(said) == len(list(found)) >= 400
    return source, found, list(parse_decisions(dump_decisions(said), "x"))


def test_every_fact_can_be_accepted_and_the_facts_stay(bundled: tuple[Report, Facts, list[Decision]]) -> None:
    source, found, decisions = bundled
    decided = apply(found, decisions, source)
    assert set(outcomes(decided)) == {"agreed"}
    assert decided.facts == found


def test_every_fact_can_be_rejected_and_nothing_else_goes(bundled: tuple[Report, Facts, list[Decision]]) -> None:
    source, found, decisions = bundled
    decided = apply(found, [replace(decision, action="reject") for decision in decisions], source)
    assert set(outcomes(decided)) == {"applied"}
    assert list(decided.facts) == []


def test_accepted_facts_stand_though_every_rule_were_gone(bundled: tuple[Report, Facts, list[Decision]]) -> None:
    source, found, decisions = bundled
    decided = apply(Facts(), decisions, source)
    assert set(outcomes(decided)) == {"kept"}
    assert sorted(str(words_of(fact)) for fact in decided.facts) == sorted(str(words_of(fact)) for fact in found)


def read_report_of(graph: Path) -> Report:
    return read_report(graph / "reports" / "linjiang-2021")
