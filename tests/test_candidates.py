"""Candidates of a language model: checked against the text, counted where they do not hold, and never built by themselves."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import build
from kg.candidates import REASONS, SILENCES, ModelExtractor, dump_candidates, read_candidates
from kg.candidates.instructions import instructions, instructions_version
from kg.candidates.records import fact_of, whole_record
from kg.candidates.shown import find_shown
from kg.candidates.vocabulary import words
from kg.errors import FactsError
from kg.extract import find_facts, read_passages
from kg.extract.extractor import Extraction, Extractor, Rules
from kg.facts import Facts, Observation, Span
from kg.report import Report, from_bytes
from tests.claims import (
    CHAIN,
    COUPONS,
    FIRST,
    GROWTH,
    INSTITUTE,
    INVENTED,
    LEADS,
    NEW,
    PLATE,
    RANK,
    SOUND,
    TEXT,
    extract,
    of_first,
    of_second,
    said,
)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def report() -> Report:
    return from_bytes(TEXT.encode(), "r1", issued="2020-06")


def test_rules_and_model_are_extractors_of_one_kind(report: Report) -> None:
    extractors: list[Extractor] = [Rules(), ModelExtractor("tiny", "http://127.0.0.1:1/v1")]
    extraction = extractors[0].extract(report)
    assert extraction.facts == find_facts(report)
    assert (extraction.maker.kind, extraction.rejected, extraction.unread) == ("rules", (), ())


def test_a_right_answer_becomes_facts_at_their_places(report: Report) -> None:
    found = extract(report, of_first(*SOUND))
    assert (found.rejected, found.unread) == ((), ())
    (relation,), (entity,), (event,) = found.facts.relations, found.facts.entities, found.facts.events
    assert report.text[relation.span.start : relation.span.end] == FIRST
    assert (relation.subject, relation.predicate, relation.object) == ("李校堃", "leads", "温州医科大学病毒研究院")
    assert (entity.name, entity.aliases, entity.mentions) == ("温州医科大学病毒研究院", ("温医大病毒研究院",), (Span(12, 20),))
    assert (event.kind, event.date, event.participants) == ("unveiling", "2020-04", ("温州医科大学病毒研究院",))
    values = [(o.measure, float(o.value), o.unit, o.printed) for o in found.facts.observations]
    assert values == [
        ("yoy_growth", 40.1, "%", "40.1%"),
        ("rank", 1, "位", "居全省第1位"),
        ("value", 100360000, "元", "1.0036亿元"),
        ("yoy_growth", -3.1, "%", "3.1%"),
    ]
    assert (found.facts.observations[0].period.start, found.facts.observations[0].period.end) == ("2020-01-01", "2020-05-31")
    for fact in found.facts.observations:
        assert fact.value_span
        assert report.text[fact.value_span.start : fact.value_span.end] == fact.printed


def test_a_listing_keeps_whole_part_and_order(report: Report) -> None:
    (part,) = extract(report, of_second(CHAIN)).facts.memberships
    assert (part.whole, part.part, part.order) == ("孵化链条", "加速器", 3)
    assert part.part_span
    assert report.text[part.part_span.start : part.part_span.end] == "加速器"


def test_offsets_that_the_model_gives_are_not_read(report: Report) -> None:
    found = extract(report, of_first({**LEADS, "start": 900, "end": 3, "value": 7}))
    assert [r.span for r in found.facts.relations] == [Span(3, 20)]


def test_layout_blanks_are_not_shown_and_come_back_with_the_quote() -> None:
    report = from_bytes("由 李校堃 院士领衔的温医大 病毒研究院增长 12 %，挂牌 了。\n".encode(), "r2")
    (relation,) = extract(report, lambda passage: said(LEADS)).facts.relations
    assert report.text[relation.span.start : relation.span.end] == "由 李校堃 院士领衔的温医大 病毒研究院"


WRONG = {
    "quote-not-found": INVENTED,
    "words-not-in-quote": {**GROWTH, "number": "1.0036亿元"},
    "words-not-in-passage": {**GROWTH, "period": "2019年"},
    "name-not-found": {**LEADS, "subject": "欧阳钟灿"},
    "names-not-in-quote": {**LEADS, "quote": "增速居全省第1位"},
    "number-unreadable": {**GROWTH, "number": "高新技术"},
    "rank-unreadable": {**RANK, "rank": "增速"},
    "period-unreadable": {**GROWTH, "period": "投资"},
    "unknown-place": {**GROWTH, "area": "病毒研究院"},
    "unknown-kind": {**LEADS, "kind": "rumour"},
    "unknown-word": {**LEADS, "predicate": "owns"},
    "incomplete": {key: value for key, value in LEADS.items() if key != "object"},
    "no-object": ["李校堃", "leads", "温医大病毒研究院"],
    "same-twice": {**LEADS, "object": "李校堃"},
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_claim_that_does_not_hold_is_rejected_with_its_reason(report: Report, reason: str) -> None:
    found = extract(report, of_first(WRONG[reason], LEADS))
    assert [rejection.reason for rejection in found.rejected] == [reason]
    assert len(list(found.facts)) == 1, "the sound claim beside it stays"
    assert "李校堃" in found.rejected[0].said or "高新" in found.rejected[0].said


def test_every_reason_of_a_rejection_is_tried_and_said_in_both_languages() -> None:
    assert set(WRONG) | {"quote-ambiguous", "repeated", "too-many"} == set(REASONS)
    for chinese, english in (*REASONS.values(), *SILENCES.values()):
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
        assert english.isascii()


@pytest.mark.parametrize(
    "claim",
    [
        {**LEADS, "type": 1, "subject": None},
        {**LEADS, "subject": {"name": "李校堃"}},
        {**LEADS, "quote": 5},
        {**LEADS, "quote": "  "},
        {**LEADS, "status": ["planned"]},
        {**LEADS, "kind": None},
        {**PLATE, "participants": "温医大病毒研究院"},
        {**PLATE, "participants": [{"a": 1}]},
        {**PLATE, "event": "coup"},
        {**INSTITUTE, "type": "Spaceship"},
        {**GROWTH, "measure": "guess"},
        {**GROWTH, "number": 40.1},
        {**RANK, "rank": ""},
        {**CHAIN, "quote": FIRST},
        None,
        7,
        "由李校堃院士领衔",
    ],
)
def test_a_claim_of_the_wrong_shape_is_counted_and_nothing_breaks(report: Report, claim: object) -> None:
    found = extract(report, of_first(claim))
    assert len(found.rejected) == 1
    assert not list(found.facts)


def test_a_quote_in_several_places_is_the_one_nearest_to_its_sentence(report: Report) -> None:
    third = report.text.rindex("新增企业3家")
    (fact,) = extract(report, of_second({**NEW, "sentence": 3})).facts.observations
    assert fact.span.start == third
    for sentence in (None, 2, 9, "3"):  # no sentence, two places in the named one, no such sentence, no number
        found = extract(report, of_second({**NEW, "sentence": sentence}))
        assert [rejection.reason for rejection in found.rejected] == ["quote-ambiguous"], sentence


def test_what_is_said_twice_or_too_often_is_counted(report: Report) -> None:
    found = extract(report, of_first(*[LEADS] * 205))
    counts = [rejection.reason for rejection in found.rejected]
    assert (counts.count("repeated"), counts.count("too-many"), len(found.facts.relations)) == (199, 5, 1)


@given(st.lists(st.sampled_from(["温州市新增企业3家", "，", "。", "；", "\n", "增长40.1%", "李校堃院士", " "]), min_size=1, max_size=60))
def test_every_sentence_is_shown_once_and_every_quote_is_found_where_it_stands(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    passages = read_passages(from_bytes(text.encode(), "r"))
    shown = list(find_shown(passages))
    wanted = [s for paragraph in passages.paragraphs if not paragraph.heading for s in paragraph.sentences]
    assert [s for passage in shown for s in passage.sentences] == wanted
    for passage in shown:
        for number, sentence in enumerate(passage.sentences, 1):
            quote = passages.reading.clean[sentence.start : sentence.end]
            places = passage.places_of(quote)
            assert (sentence.start, sentence.end) in places
            if len(places) == 1:
                assert passage.locate(quote, number) == passage.locate(quote, None) == (sentence.start, sentence.end)


def test_a_long_paragraph_is_shown_in_parts_between_sentences() -> None:
    report = from_bytes(("温州市推进科技创新工作取得成效。" * 300 + "\n").encode(), "r6")
    shown = list(find_shown(read_passages(report)))
    assert len(shown) == 4
    assert "".join(re.sub(r"\[\d+\] |\n", "", passage.text) for passage in shown) == report.text.strip()


def test_the_vocabulary_knows_every_word_that_the_rules_use(first_facts: Facts) -> None:
    known = words()
    assert len(known.predicates) >= 43
    assert len(known.types) == 36
    assert {relation.predicate for relation in first_facts.relations} <= set(known.predicates)
    assert {entity.type for entity in first_facts.entities} <= set(known.types)
    assert {event.kind for event in first_facts.events} <= {*known.events, "event"}
    assert all(known.predicates.values()), "each predicate is explained to the model"
    assert "leads（人领导、领衔、牵头一个机构或团队）" in instructions()


def test_every_fact_survives_the_candidates_file(first_report: Report, first_facts: Facts) -> None:
    facts = list(first_facts)
    back = [fact_of(json.loads(json.dumps(whole_record(fact, first_report.text)))) for fact in facts]
    assert len(facts) > 300
    for fact, again in zip(facts, back, strict=True):
        if hasattr(fact, "nested"):
            assert (again.name, again.type, again.mentions, again.aliases) == (fact.name, fact.type, fact.mentions, fact.aliases)  # type: ignore[union-attr]
        else:
            assert again == fact


@pytest.fixture(scope="module")
def extraction(report: Report) -> Extraction:
    return extract(report, lambda passage: said(*SOUND) if FIRST in passage else said(CHAIN))


def test_the_candidates_file_gives_the_facts_back_with_their_maker(report: Report, extraction: Extraction, tmp_path: Path) -> None:
    file = tmp_path / "candidates.jsonl"
    file.write_text(dump_candidates(extraction, report), encoding="utf-8")
    candidates = read_candidates(file, report)
    assert [candidate.fact for candidate in candidates] == list(extraction.facts)
    assert {(c.maker.kind, c.maker.name, c.maker.version) for c in candidates} == {("model", "tiny", "tiny-2026-11-01")}
    for line in file.read_text(encoding="utf-8").splitlines():
        body = json.loads(line)
        assert report.text[body["start"] : body["end"]] == body["quote"]
        assert (body["decision"], body["rule"]) == ("undecided", "model.tiny")
        assert body["origin"]["instructions"] == instructions_version()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sha256": "0" * 64}, "speaks of another text"),
        ({"quote": "由李校堃"}, "does not stand at its offsets"),
        ({"origin": "me"}, "which model"),
        ({"predicate": "owns"}, "“owns” is outside the vocabulary"),
        ({"status": None}, "outside the vocabulary"),
        ({"qualifiers": [1]}, "is no candidate"),
    ],
)
def test_a_changed_candidate_is_refused_with_its_line(
    report: Report, extraction: Extraction, tmp_path: Path, changed: dict[str, object], message: str
) -> None:
    lines = dump_candidates(extraction, report).splitlines()
    (number,) = (i for i, line in enumerate(lines) if '"kind": "relation"' in line)
    lines[number] = json.dumps({**json.loads(lines[number]), **changed})
    file = tmp_path / "candidates.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        read_candidates(file, report)
    assert str(caught.value).startswith(f"{file}:{number + 1}: ")
    assert message in str(caught.value)


def test_a_decided_candidate_is_not_offered_again(report: Report, extraction: Extraction, tmp_path: Path) -> None:
    file = tmp_path / "candidates.jsonl"
    file.write_text(dump_candidates(extraction, report).replace('"undecided"', '"rejected"', 1), encoding="utf-8")
    assert len(read_candidates(file, report)) == len(list(extraction.facts)) - 1


def test_no_build_takes_up_a_candidate(report: Report, extraction: Extraction, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    home = folder / "reports" / "r1"
    home.mkdir(parents=True)
    (home / "report.txt").write_text(report.text, encoding="utf-8")
    (home / "report.toml").write_text('title = "温州"\n[issued]\ndate = "2020-06"\n', encoding="utf-8")
    build(None, folder)
    before = {path.name: path.read_bytes() for path in (folder / "built").iterdir()}
    for place in (home / "candidates.jsonl", folder / "candidates.jsonl", folder / "built-candidates.jsonl"):
        place.write_text(dump_candidates(extraction, report), encoding="utf-8")
    build(None, folder)
    assert len(before) >= 2
    assert {path.name: path.read_bytes() for path in (folder / "built").iterdir()} == before


def test_a_number_is_read_by_the_grammar_and_never_by_the_model(report: Report) -> None:
    (fact,) = extract(report, of_first({**COUPONS, "value": 1, "unit": "美元"})).facts.observations
    assert isinstance(fact, Observation)
    assert (int(fact.value), fact.unit) == (100360000, "元")
