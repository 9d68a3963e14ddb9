"""Review of names, links and missing facts: each decision is written, read back, and holds when the report is read again."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SKOS

from kg.authority.words import GROUNDS, OUTCOMES, REASONS
from kg.build import build, built_files, decided_facts
from kg.check import check
from kg.decisions import Decided, Decision, linkings, read_decisions
from kg.facts import Entity
from kg.namespaces import RIEC
from kg.report import Report, read_report
from kg.resources import resource
from kg.review import Case, Desk, add_facts, cases_of, review
from kg.review.adding import find_quote
from kg.store import Store

TEXT = """科技工作简报
台州市与鼓楼区开展科技合作，台州市引进华师大研究院。中国石油大学与台州市共建研究中心。
台州市海洋装备研究院院长王明远出席活动，台州医院医生王明远获评创新标兵。
台州市海洋装备研究院正式挂牌，海装研究院引进博士12名。
台州市新增浮标37座，台州市新增浮标37座。台州市与云栖工坊携手并进。
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    folder = tmp_path / "graph" / "reports" / "taizhou-2021"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    (folder / "report.toml").write_text('title = "台州科技"\narea = "台州市"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    return read_report(folder)


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    return tmp_path / "graph" / "decisions"


class Reviewer:
    """Types at a desk; ``found`` finds the cases as the decisions leave them."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.report, self.folder = report, folder
        self.shown: list[str] = []

    def decided(self) -> Decided:
        return decided_facts(self.report, self.folder)

    def found(self, wanted: Callable[[Case], bool] = lambda case: True) -> tuple[Case, ...]:
        return tuple(case for case in cases_of(self.report, self.decided(), all_facts=True) if wanted(case))

    def about(self, name: str) -> Callable[[], Sequence[Case]]:
        """Find the case of the thing called ``name``, and no other."""
        return lambda: self.found(lambda case: isinstance(case.fact, Entity) and case.fact.name == name)

    def desk(self, *typed: str, lang: str = "zh") -> Desk:
        left = list(typed)

        def read(prompt: str) -> str:
            self.shown.append(prompt)
            return left.pop(0) if left else ""

        return Desk("陈静", "2026-11-22", self.folder, read, read, self.shown.append, lang)

    def decisions(self) -> tuple[Decision, ...]:
        return read_decisions(self.folder / f"{self.report.id}.toml")

    def things(self) -> dict[str, Entity]:
        return {entity.name: entity for entity in self.decided().facts.entities}

    def outcomes(self) -> list[str]:
        return [effect.outcome for effect in self.decided().effects]


@pytest.fixture
def reviewer(report: Report, decisions: Path) -> Reviewer:
    return Reviewer(report, decisions)


# --- links


def test_an_open_link_is_a_doubtful_case_with_its_candidates(reviewer: Reviewer) -> None:
    doubtful = [case for case in cases_of(reviewer.report, reviewer.decided()) if case.is_open]
    assert {case.said().split()[0] for case in doubtful} == {"鼓楼区", "华师大", "中国石油大学"}
    review(doubtful, reviewer.desk("q"))
    shown = "\n".join(reviewer.shown)
    assert "待定，记录不止一条" in shown
    (case,) = reviewer.about("中国石油大学")()
    review([case], reviewer.desk("q", lang="en"))
    assert any(
        "(China University of Petroleum, East China) ror:05gbn2817 — same name, open, several records" in line for line in reviewer.shown
    )


def test_a_person_chooses_the_record_that_is_meant_and_the_claims_stay(reviewer: Reviewer, tmp_path: Path) -> None:
    before = reviewer.decided().facts
    tally = review(reviewer.about("鼓楼区")(), reviewer.desk("l", "3", "报送单位在福州"))
    assert tally.linked == 1
    (decision,) = reviewer.decisions()
    assert (decision.action, decision.kind, dict(decision.fact)) == ("add", "link", {"name": "鼓楼区", "gb2260": "350102"})
    after = reviewer.decided()
    assert after.facts == before
    (linked,) = [found.linking for found in linkings(after) if found.linking.entity.name == "鼓楼区"]
    assert (linked.outcome, linked.made.name if linked.made else None) == ("made", "福州市鼓楼区")
    assert {one.reason for one in linked.candidates} == {"decided"}
    assert not [case for case in cases_of(reviewer.report, after) if case.is_open and "鼓楼区" in case.said()]
    build(None, tmp_path / "graph")
    store = Store.in_memory(built_files(tmp_path / "graph" / "built"))
    rows = store.select(
        "PREFIX rie: <https://w3id.org/rieco/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        " SELECT ?name ?state ?who WHERE { GRAPH ?g { ?c rie:candidateName ?name ; rie:linkOutcome ?state ; prov:wasAttributedTo ?p ."
        " ?p rdfs:label ?who } }"
    )
    assert {(str(row["name"]), str(row["state"]).removeprefix(RIEC), str(row["who"])) for row in rows} == {
        ("福州市鼓楼区", "link-made", "陈静"),
        *((f"{city}鼓楼区", "link-rejected", "陈静") for city in ("南京市", "徐州市", "开封市")),
    }
    codes = store.select('SELECT ?t WHERE { GRAPH ?g { ?t <http://purl.org/dc/terms/identifier> "gb2260:350102" } }')
    assert len(list(codes)) == 1


def test_none_of_the_records_is_an_answer_and_a_link_can_be_taken_back(reviewer: Reviewer) -> None:
    review(reviewer.about("华师大")(), reviewer.desk("l", "0", "另一所"))
    review(reviewer.about("台州市")(), reviewer.desk("l", "0", "所指是台州地区"))
    none, cut = reviewer.decisions()
    assert (none.action, cut.action, dict(cut.fact)) == ("reject", "reject", {"name": "台州市"})
    outcomes = {found.linking.entity.name: found.linking.outcome for found in linkings(reviewer.decided())}
    assert (outcomes["华师大"], outcomes["台州市"], outcomes["鼓楼区"]) == ("none", "none", "open")


def test_no_number_but_that_of_a_record_chooses_one(reviewer: Reviewer) -> None:
    review(reviewer.about("鼓楼区")(), reviewer.desk("l", "00", "q"))
    assert reviewer.decisions() == ()
    assert any("“00”不可用" in said for said in reviewer.shown)


def test_a_name_that_would_steer_the_terminal_is_shown_as_text(reviewer: Reviewer) -> None:
    desk = reviewer.desk()
    assert desk.word("other-name", name="海装\x1b[2J研究院").startswith("“海装�[2J研究院”")
    assert desk.word("kept-name", one="甲\u202e", other="乙") == "保留哪个名称：1 甲�，2 乙："


def test_a_record_that_no_table_has_is_named_by_its_identifier(reviewer: Reviewer) -> None:
    review(reviewer.about("华师大")(), reviewer.desk("l", "wikidata=Q12345", ""))
    review(reviewer.about("台州市")(), reviewer.desk("l", "wikidata=浙江", "l", "9", "l", "wikidata=Q57948", ""))
    assert [dict(decision.fact) for decision in reviewer.decisions()] == [
        {"name": "华师大", "wikidata": "Q12345"},
        {"name": "台州市", "gb2260": "331000"},
    ]
    assert reviewer.decisions()[1].new == {"wikidata": "Q57948"}
    assert sum("不可用" in line for line in reviewer.shown) == 2


# --- merge and split


def test_two_names_are_merged_and_the_cases_after_it_speak_of_the_kept_one(reviewer: Reviewer) -> None:
    names = reviewer.things()
    assert {"海装研究院", "台州市海洋装备研究院"} <= set(names)
    again = lambda: reviewer.found(lambda case: "海装研究院" in case.said() or case.kind == "observation")  # noqa: E731
    cases = [*reviewer.about("海装研究院")(), *again()]
    review(cases, reviewer.desk("m", "云上研究院", "台州市海洋装备研究院", "2", "同一单位", "q"), again)
    assert "报告中没有名称“云上研究院”" in "\n".join(reviewer.shown)
    (decision,) = reviewer.decisions()
    assert (decision.action, dict(decision.fact), dict(decision.new)) == (
        "merge",
        {"name": "海装研究院"},
        {"name": "台州市海洋装备研究院"},
    )
    assert "海装研究院" in reviewer.things()["台州市海洋装备研究院"].aliases
    assert "海装研究院" not in reviewer.things()
    assert reviewer.outcomes() == ["applied"]


def test_namesakes_are_parted_by_where_they_are_named(reviewer: Reviewer) -> None:
    review(reviewer.about("王明远")(), reviewer.desk("p", "1", "", "台州市海洋装备研究院", "", "", "台州医院", "两个人"))
    (decision,) = reviewer.decisions()
    assert [(part.name, part.apart, len(part.mentions)) for part in decision.parts] == [
        ("王明远", "台州市海洋装备研究院", 1),
        ("王明远", "台州医院", 1),
    ]
    people = [entity for entity in reviewer.decided().facts.entities if entity.name == "王明远"]
    assert len(people) == 2
    assert reviewer.outcomes() == ["applied"]


@pytest.mark.parametrize(
    "typed",
    [
        ("p", "1", "", "台州医院", "", "", "台州医院"),  # nothing tells the two apart
        ("p", "7"),  # there is no such place
        ("p", ""),  # the first part takes none
        ("m", ""),  # given up
        ("l", ""),
    ],
)
def test_what_is_not_decided_to_the_end_is_not_written(reviewer: Reviewer, typed: tuple[str, ...]) -> None:
    review(reviewer.about("王明远")(), reviewer.desk(*typed))
    assert not reviewer.decisions()


# --- facts that no rule found


def test_a_fact_is_added_with_its_quote_and_a_quote_printed_twice_is_asked_about(reviewer: Reviewer) -> None:
    quote = "新增浮标37座"
    typed = ("没有的话", quote, "2", "1", "台州市", "新增浮标数", "increase", "三十七", "37", "座", "area=台州市", "", "规则漏掉")
    relation = ("台州市与云栖工坊携手并进", "2", "台州市", "cooperates_with", "云栖工坊", "", "")
    tally = add_facts(reviewer.report, reviewer.desk(*typed, *relation))
    assert tally.added == 2
    number, tie = reviewer.decisions()
    assert (number.quote.exact, tie.fact["object"]) == (quote, "云栖工坊")
    decided = reviewer.decided()
    stated = [fact for fact in decided.facts.observations if fact.span.end == TEXT.rindex(quote) + len(quote)]
    assert [(str(fact.value), decided.origins[fact].by) for fact in stated] == [("37", "陈静")]
    assert "三十七" in "\n".join(line for line in reviewer.shown if "不可用" in line)
    assert set(reviewer.outcomes()) <= {"applied", "agreed"}


@pytest.mark.parametrize(
    ("number", "words", "kind"),
    [
        ("3", ("云栖工坊", "Platform"), "entity"),
        ("4", ("携手并进", "台州市、云栖工坊"), "event"),
        ("5", ("合作伙伴", "云栖工坊"), "membership"),
    ],
)
def test_every_kind_of_fact_can_be_added_and_holds_in_the_next_reading(
    reviewer: Reviewer, number: str, words: tuple[str, ...], kind: str
) -> None:
    add_facts(reviewer.report, reviewer.desk("台州市与云栖工坊携手并进", number, *words, "", ""))
    (decision,) = reviewer.decisions()
    assert (decision.action, decision.kind) == ("add", kind)
    assert [effect.lost for effect in reviewer.decided().effects] == [False]
    assert any(origin.by == "陈静" for origin in reviewer.decided().origins.values())


def test_a_quote_is_found_across_the_line_ends_of_the_report() -> None:
    (span,) = find_quote("临江市\n新增 浮标\n37座。", "新增浮标37座")
    assert (span.start, span.end) == (4, 13)
    assert find_quote("临江市", "") == find_quote("临江市", "   ") == find_quote("临江市", "市" * 3000) == ()


def test_a_period_that_ends_before_it_begins_is_told_and_not_written(reviewer: Reviewer) -> None:
    case = reviewer.found(lambda case: case.kind == "observation")[:1]
    review(case, reviewer.desk("c", "period_start=2021-12-31", "period_end=2021-01-01", "", "", "q", lang="en"))
    assert any("the period ends before it begins" in line for line in reviewer.shown)
    assert not reviewer.decisions()


def test_a_merge_and_an_addition_are_undone_like_any_other_step(reviewer: Reviewer) -> None:
    again = lambda: (*reviewer.about("海装研究院")(), *reviewer.about("鼓楼区")())  # noqa: E731
    tally = review(again(), reviewer.desk("m", "台州市海洋装备研究院", "2", "", "u", "q"), again)
    assert (tally.merged, reviewer.decisions()) == (0, ())
    assert sum("海装研究院 (" in line for line in reviewer.shown) == 2  # it comes again
    typed = ("n", "台州市与云栖工坊携手并进", "3", "云栖工坊", "Platform", "", "", "u", "q")
    tally = review(reviewer.about("鼓楼区")(), reviewer.desk(*typed), reviewer.about("鼓楼区"))
    assert (tally.added, reviewer.decisions()) == (0, ())


# --- all together


def test_every_action_survives_a_second_reading_and_the_check_counts_what_is_open(reviewer: Reviewer, tmp_path: Path) -> None:
    before = check_open(tmp_path)
    assert len(before) == 3
    review(reviewer.about("鼓楼区")(), reviewer.desk("l", "1", ""))
    review(reviewer.about("海装研究院")(), reviewer.desk("m", "台州市海洋装备研究院", "2", ""))
    review(reviewer.about("王明远")(), reviewer.desk("p", "1", "", "研究院", "", "", "医院", ""))
    add_facts(reviewer.report, reviewer.desk("台州市与云栖工坊携手并进", "3", "云栖工坊", "Platform", "", ""))
    first, second = reviewer.decided(), reviewer.decided()
    assert first == second
    assert [effect.decision.action for effect in first.effects] == ["add", "merge", "split", "add"]
    assert not first.findings
    assert len(check_open(tmp_path)) == 2


def check_open(tmp_path: Path) -> list[str]:
    build(None, tmp_path / "graph")
    found = check(tmp_path / "graph")
    assert found.counts()["violation"] == 0
    return [finding.focus for finding in found.findings if finding.shape == "link-is-open"]


def test_the_words_of_links_are_those_of_the_code_lists() -> None:
    concepts = rdflib.Graph().parse(resource("ontology") / "concepts.ttl")
    for prefix, words in (("ground", GROUNDS), ("link", OUTCOMES), ("reason", REASONS)):
        assert len(words) >= 4
        for name, (zh, en) in words.items():
            labels = concepts.objects(rdflib.URIRef(f"{RIEC}{prefix}-{name}"), SKOS.prefLabel)
            assert {str(label) for label in labels} == {zh, en}


def test_the_command_adds_facts_to_one_report(report: Report, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "review", report.id, "--add", "--by", "陈静", "--lang", "en"]
    typed = "台州市与云栖工坊携手并进\n3\n云栖工坊\nPlatform\n\n\n\n"
    done = subprocess.run(command, cwd=tmp_path, input=typed, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 added" in done.stdout
    (decision,) = read_decisions(tmp_path / "graph" / "decisions" / "taizhou-2021.toml")
    assert (decision.action, decision.by) == ("add", "陈静")
