"""Review: the doubtful facts come first with their reasons, and every key is in the file before the next case is shown."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.build import decided_facts
from kg.decisions import Decided, read_decisions
from kg.decisions.decided import Origin
from kg.errors import DecisionError
from kg.extract import find_facts
from kg.facts import Entity, Event, Facts, Membership, Observation, Period, Relation, Span
from kg.report import Issued, Report, read_report
from kg.resources import resource
from kg.review import Case, Desk, cases_of, find_doubts, review
from kg.review.doubt import _DOUBTS

TEXT = "临江市\n今年1-5月，临江市研发投入增长12.5%。临江大学海洋研究院落户临江市。\n临江市新增浮标37座。\n"
YEAR = Period("2021-01-01", "2021-05-31", "stated")


def at(phrase: str) -> Span:
    start = TEXT.index(phrase)
    return Span(start, start + len(phrase))


REPORT = Report("linjiang-2021", TEXT, "0" * 64, "临江科技", Issued("2021"), "临江市")
SURE = Observation(at("研发投入增长12.5%"), "临江市", "研发投入", "yoy_growth", Decimal("12.5"), "%", "r.o", area="临江市", period=YEAR)
UNDATED = Observation(at("新增浮标37座"), "临江市", "新增浮标数", "increase", Decimal(37), "座", "r.o", area="临江市")
IMPLIED = Relation(at("临江大学海洋研究院"), "临江大学海洋研究院", "located_in", "临江市", "implied.place")
BROKEN = Relation(at("临江市新增浮标"), "市", "established", "浮标", "frames.establishes")
CITY = Entity("临江市", "City", "r.e", ("临江",), (at("临江市"),))
INSTITUTE = Entity("临江大学海洋研究院", "Institute", "r.e", (), (at("临江大学海洋研究院"),))
FACTS = Facts((SURE, UNDATED), (IMPLIED, BROKEN), (CITY, INSTITUTE))


def reasons(*facts: Observation | Relation | Entity | Event | Membership) -> set[str]:
    """The doubts about the first of ``facts``, the others standing beside it."""
    kinds = [tuple(fact for fact in facts if isinstance(fact, kind)) for kind in (Observation, Relation, Entity, Event, Membership)]
    things = (CITY, INSTITUTE, *kinds[2])
    return {doubt.id for doubt in find_doubts(Facts(kinds[0], kinds[1], things, kinds[3], kinds[4]))[facts[0]]}  # type: ignore[arg-type]


PERSON = Entity("王明远", "Person", "r.e", (), (Span(0, 3), Span(2000, 2003)))
EVENT = Event(at("落户"), "落户", ("临江市",), "r.v", date="2021-04")
PART = Membership(at("临江市"), "3个平台", "海洋研究院", "r.m", 1)
SIGNS = [
    ("odd-name", BROKEN),
    ("odd-name", replace(UNDATED, subject="，临江市，一")),
    ("same-twice", replace(IMPLIED, object="临江大学海洋研究院")),
    ("over-hundred", replace(SURE, measure="share", value=Decimal(101))),
    ("implied", IMPLIED),
    ("open-link", Entity("鼓楼区", "District", "r.e", (), (Span(0, 3),))),
    ("short-name", replace(INSTITUTE, rule="names.short")),
    ("foreign-alias", replace(INSTITUTE, aliases=("江大海研所",))),
    ("count-differs", PART),
    ("namesakes", PERSON),
    ("long-indicator", replace(SURE, indicator="投" * 15)),
    ("long-name", replace(INSTITUTE, name="院" * 31)),
    ("far-apart", replace(IMPLIED, span=Span(0, 61))),
    ("unnamed-both", replace(BROKEN, subject="平台建设")),
    ("nobody", replace(EVENT, participants=("有关人士",))),
    ("unnamed-subject", replace(SURE, subject="规上企业")),
    ("undated", UNDATED),
    ("undated", replace(EVENT, date=None)),
    ("implied-period", replace(SURE, period=replace(YEAR, basis="implied"))),
    ("no-area", replace(SURE, area=None)),
    ("not-achieved", replace(IMPLIED, status="planned")),
    ("nested", replace(INSTITUTE, nested=True)),
]


@pytest.mark.parametrize(("sign", "fact"), SIGNS, ids=[f"{sign}-{i}" for i, (sign, _) in enumerate(SIGNS)])
def test_each_sign_of_a_fault_is_a_reason_for_doubt(sign: str, fact: Observation) -> None:
    assert sign in reasons(fact)


def test_two_values_for_one_question_cast_doubt_on_both() -> None:
    other = replace(SURE, value=Decimal(13), span=at("增长12.5%"))
    assert reasons(SURE, other) == reasons(other, SURE) == {"disagrees"}


def test_every_sign_is_tried_and_a_sound_fact_has_none() -> None:
    assert {sign for sign, _ in SIGNS} | {"disagrees"} == set(_DOUBTS)
    assert reasons(SURE) == reasons(EVENT) == reasons(INSTITUTE) == set()
    assert reasons(replace(SURE, subject="“政、产、学”联盟，之一".replace("，之一", ""))) == {"unnamed-subject"}


def test_the_most_doubtful_fact_comes_first_and_what_was_decided_does_not_come_again() -> None:
    decided = Decided(FACTS)
    assert [case.fact for case in cases_of(REPORT, decided)] == [BROKEN, IMPLIED, UNDATED]
    accepted = replace(decided, origins={BROKEN: Origin("accept", "陈静", "2026-11-22", 1)})
    assert [case.fact for case in cases_of(REPORT, accepted)] == [IMPLIED, UNDATED]
    assert len(cases_of(REPORT, decided, all_facts=True)) == len(list(FACTS))


def test_a_case_shows_its_whole_sentence_with_the_quote_marked() -> None:
    (case,) = (case for case in cases_of(REPORT, Decided(FACTS)) if case.fact == UNDATED)
    assert case.marked() == "临江市【新增浮标37座】。"


def test_escape_codes_of_a_report_do_not_reach_the_terminal() -> None:
    text = TEXT.replace("临江市新增浮标", "临江市\x1b[2J新增浮标")
    start = text.index("新增浮标")
    case = Case(
        replace(REPORT, text=text), replace(UNDATED, subject="临\x1b[31m江"), Span(start, start + 7), Span(start - 8, start + 8), ()
    )
    assert "\x1b" not in case.marked() + case.said()


def test_the_bundled_report_has_doubtful_facts_and_each_has_a_reason() -> None:
    report = read_report(resource("graph") / "reports" / "wenzhou-huzhou-2020")
    cases = cases_of(report, Decided(find_facts(report)))
    assert 50 <= len(cases) < len(list(find_facts(report)))
    assert all(case.doubts and report.text[case.sentence.start : case.sentence.end].count(case.quote) for case in cases)
    assert [case.weight for case in cases] == sorted((case.weight for case in cases), reverse=True)


# --- a session


class Typed:
    """What a reviewer types, and what is shown."""

    def __init__(self, *typed: str) -> None:
        self._typed = list(typed)
        self.shown: list[str] = []

    def read(self, prompt: str) -> str:
        self.shown.append(prompt)
        return self._typed.pop(0) if self._typed else ""

    def desk(self, folder: Path, lang: str = "zh") -> Desk:
        return Desk("陈静", "2026-11-22", folder, self.read, self.read, self.shown.append, lang)


def file_of(folder: Path) -> Path:
    return folder / "linjiang-2021.toml"


def test_accept_reject_and_correct_are_written_with_person_day_and_reason(tmp_path: Path) -> None:
    typed = Typed("r", "主语不全", "a", "c", "period_start=2021-01-01", "period_end=2021-12-31", "", "全年数")
    tally = review(cases_of(REPORT, Decided(FACTS)), typed.desk(tmp_path))
    assert (tally.rejected, tally.accepted, tally.corrected, tally.skipped) == (1, 1, 1, 0)
    rejected, accepted, corrected = read_decisions(file_of(tmp_path))
    assert (rejected.action, rejected.by, rejected.on, rejected.why) == ("reject", "陈静", "2026-11-22", "主语不全")
    assert accepted.fact["object"] == "临江市"
    assert corrected.new == {"period_start": "2021-01-01", "period_end": "2021-12-31"}


def test_what_is_decided_is_in_the_file_before_the_next_case_is_shown(tmp_path: Path) -> None:
    typed = Typed()
    seen: list[int] = []

    def key(prompt: str) -> str:
        seen.append(len(read_decisions(file_of(tmp_path))))
        return "a"

    review(cases_of(REPORT, Decided(FACTS)), replace(typed.desk(tmp_path), key=key))
    assert seen == [0, 1, 2]


def test_quitting_and_the_end_of_the_input_leave_the_rest_undecided(tmp_path: Path) -> None:
    cases = cases_of(REPORT, Decided(FACTS))
    review(cases, Typed("s", "q").desk(tmp_path))
    review(cases, Typed().desk(tmp_path))
    assert not file_of(tmp_path).exists()


def test_the_last_step_can_be_undone(tmp_path: Path) -> None:
    cases = cases_of(REPORT, Decided(FACTS))
    tally = review(cases, Typed("u", "a", "u", "s", "u", "a", "a", "u", "q").desk(tmp_path))
    assert (tally.accepted, tally.skipped) == (1, 0)
    assert len(read_decisions(file_of(tmp_path))) == 1
    review(cases[:1], Typed("a", "q").desk(tmp_path / "other"))
    review(cases, Typed("a", "u", "q").desk(tmp_path / "third"))
    assert not file_of(tmp_path / "third").exists()


def test_a_word_that_cannot_be_used_is_asked_again(tmp_path: Path) -> None:
    typed = Typed("c", "indcator=甲", "value=many", "rank=-1", "status=done", "value=38", "", "")
    review([case for case in cases_of(REPORT, Decided(FACTS)) if case.fact == UNDATED], typed.desk(tmp_path, "en"))
    assert sum("cannot be used" in line for line in typed.shown) == 4
    (decision,) = read_decisions(file_of(tmp_path))
    assert decision.new == {"value": Decimal(38)}


def test_a_correction_that_changes_nothing_is_not_written(tmp_path: Path) -> None:
    typed = Typed("c", "object=浮标", "", "q")
    review(cases_of(REPORT, Decided(FACTS)), typed.desk(tmp_path))
    assert "没有更正任何内容" in typed.shown
    assert not file_of(tmp_path).exists()


def test_a_malformed_file_stops_the_session_with_its_line(tmp_path: Path) -> None:
    file_of(tmp_path).write_text("[[decision]]\naction = 1\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=r"linjiang-2021\.toml:2"):
        review(cases_of(REPORT, Decided(FACTS)), Typed("a").desk(tmp_path))


def test_without_doubtful_facts_it_says_so(tmp_path: Path) -> None:
    typed = Typed()
    review((), typed.desk(tmp_path))
    assert "没有可疑的事实。" in typed.shown


# --- the command line

KG = [sys.executable, "-c", "from kg.cli import main; main()"]
SHORT = "温州市\n今年1-5月，温州市研发投入增长12.5%，居全省第二。温州市新增高新技术企业120家。温州大学海洋研究院正式挂牌。\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "graph" / "reports" / "wenzhou-2021"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(SHORT, encoding="utf-8")
    (folder / "report.toml").write_text('title = "温州科技"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    return tmp_path


def kg(work: Path, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*KG, *arguments], cwd=work, input=typed, capture_output=True, text=True, timeout=60, check=False)


def test_the_list_is_readable_by_people_and_by_programs(work: Path) -> None:
    listed = kg(work, "review", "--list", "--lang", "en")
    assert listed.returncode == 0
    assert "concluded from a name, the text does not say it" in listed.stdout
    objects = json.loads(kg(work, "review", "wenzhou-2021", "--format", "json").stdout)
    assert len(objects) >= 2
    for one in objects:
        assert SHORT[one["start"] : one["end"]] == one["quote"]
        assert one["quote"] in one["sentence"]
        assert one["weight"] == sum(doubt["weight"] for doubt in one["doubts"])


def test_a_session_through_standard_input_changes_the_next_build(work: Path) -> None:
    before = json.loads(kg(work, "review", "--format", "json").stdout)
    done = kg(work, "review", "--by", "陈静", typed="r\n看错\nq\n")
    assert done.returncode == 0, done.stderr
    (decision,) = read_decisions(work / "graph" / "decisions" / "wenzhou-2021.toml")
    assert (decision.action, decision.why, decision.quote.exact) == ("reject", "看错", before[0]["quote"])
    report = read_report(work / "graph" / "reports" / "wenzhou-2021")
    assert len(decided_facts(report, work / "graph" / "decisions").rejected) == 1
    assert len(json.loads(kg(work, "review", "--format", "json").stdout)) < len(before)


def test_nobody_decides_without_a_name_and_no_report_is_one_sentence(work: Path) -> None:
    done = kg(work, "review", typed="\n")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "决定须有作决定的人的姓名 - 请给出 --by 姓名" in done.stderr
    missing = kg(work, "review", "nowhere")
    assert (missing.returncode, missing.stderr) == (2, "kg: nowhere: there is no such file - check the path\n")


@pytest.fixture
def terminal(work: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """``kg review`` in a pseudo-terminal, and the end of it that a person types at."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [*KG, "review", "--by", "陈静"], cwd=work, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    yield process, ours
    process.kill()
    process.wait()
    os.close(ours)


def shown_until(terminal: int, wanted: str, seconds: float = 20) -> str:
    """Return what the terminal shows up to ``wanted``."""
    shown, end = b"", time.monotonic() + seconds
    while wanted not in shown.decode("utf-8", "replace") and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
    text = shown.decode("utf-8", "replace")
    assert wanted in text, text
    return text


def test_in_a_terminal_one_key_is_enough(terminal: tuple["subprocess.Popen[bytes]", int], work: Path) -> None:
    process, keyboard = terminal
    assert "【" in shown_until(keyboard, "q 退出")
    os.write(keyboard, b"a")
    shown_until(keyboard, "q 退出")
    assert len(read_decisions(work / "graph" / "decisions" / "wenzhou-2021.toml")) == 1
    os.write(keyboard, b"q")
    shown_until(keyboard, "采纳 1")
    assert process.wait(timeout=20) == 0
