"""Go through cases one by one: show, ask for a key, write the decision at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.atomic import write_text
from kg.decisions import Decision, add_decision, decisions_path, quotation, read_decisions, words_of
from kg.decisions.decision import Action
from kg.errors import DecisionError
from kg.facts import Entity
from kg.report import Report
from kg.review.adding import add_decision_asked
from kg.review.case import Case, candidates_of
from kg.review.desk import Desk, Tally
from kg.review.naming import link_decision, merge_decision, split_decision, tell_records
from kg.review.offers import action_of, settle_offer
from kg.review.typed import ask_words

Again = Callable[[], Sequence[Case]]
_FACT_KEYS: dict[str, tuple[Action, str]] = {"a": ("accept", "accepted"), "r": ("reject", "rejected"), "c": ("correct", "corrected")}
_NAME_KEYS: dict[str, tuple[Callable[[Case, Desk], Decision | None], str]] = {
    "m": (merge_decision, "merged"),
    "p": (split_decision, "split"),
    "l": (link_decision, "linked"),
}


@dataclass(frozen=True, slots=True)
class _Step:
    """What was done: the files as they were before it, how it was counted, and the case that it settled, if it did."""

    files: tuple[tuple[Path, str | None], ...]
    counted: str
    settled: Case | None


def review(cases: Sequence[Case], desk: Desk, again: Again | None = None) -> Tally:
    """Show each of ``cases`` and write what is decided, until the last one, ``q``, or the end of the input.

    ``again`` finds the cases anew: a name that was merged, parted or corrected is called otherwise in the cases after it.
    Each decision is in its file, whole, before the next case is shown. Raises ``DecisionError`` for a malformed file of
    decisions and ``BuildError`` when it cannot be written.
    """
    session = _Session(list(cases), desk, again)
    if not cases:
        desk.say("none")
    while session.left and session.turn():
        pass
    desk.tell(desk.tally.said(desk.lang))
    return desk.tally


def add_facts(report: Report, desk: Desk) -> Tally:
    """Ask for facts that no rule found, each with its quote, until no quote is given; return what was added."""
    while (decision := add_decision_asked(report, desk)) is not None:
        if _write(decisions_path(desk.folder, report.id), decision, desk):
            desk.tally.count("added")
    desk.tell(desk.tally.said(desk.lang))
    return desk.tally


class _Session:
    """The cases that are left, and what was done, so that it can be undone."""

    def __init__(self, cases: list[Case], desk: Desk, again: Again | None) -> None:
        self.left = cases
        self._desk = desk
        self._again = again
        self._steps: list[_Step] = []

    def turn(self) -> bool:
        """Show the first case and do what the next key says; ``False`` when the session is over."""
        case, desk = self.left[0], self._desk
        passed = sum(step.settled is not None for step in self._steps)
        _show(case, passed + 1, passed + len(self.left), desk)
        key = desk.key(desk.word("keys" if case.offer is None else "keys-offer")).strip().lower()
        if key in ("q", ""):
            return False
        if key == "u":
            self._undo()
        elif key == "s":
            self._done((), "skipped", case)
        elif key in _FACT_KEYS:
            self._decide_fact(case, *_FACT_KEYS[key])
        elif key in _NAME_KEYS and case.offer is None:
            ask, counted = _NAME_KEYS[key]
            self._decide(case, ask(case, desk), counted, settles=isinstance(case.fact, Entity))
        elif key == "n" and case.offer is None:
            self._decide(case, add_decision_asked(case.report, desk), "added", settles=False)
        return True

    def _decide_fact(self, case: Case, action: Action, counted: str) -> None:
        desk, words = self._desk, words_of(case.fact)
        new = ask_words(case.kind, words, desk, "change") if action == "correct" else {}
        if action == "correct" and not new:
            desk.say("same")
            return
        why = _why(case, desk.ask("why") if action != "accept" else "")
        written = action_of(case, action)
        quote = quotation(case.report.text, case.span)
        said = (words | new, {}) if written == "add" else (words, new)
        decision = Decision(written, case.kind, desk.by, desk.on, quote, *said, (), why) if written else None
        files = _files(case, desk)
        if decision is not None and not _write(files[0][0], decision, desk):
            return
        settle_offer(case, action)
        if decision is None and case.offer is not None:
            desk.say("saved", path=case.offer.path)
        self._done(files, counted, case, renamed="name" in new)

    def _decide(self, case: Case, decision: Decision | None, counted: str, settles: bool) -> None:
        files = _files(case, self._desk)
        if decision is None:
            self._desk.say("unchanged")
        elif _write(files[0][0], decision, self._desk):
            self._done(files, counted, case if settles else None, renamed=True)

    def _done(self, files: tuple[tuple[Path, str | None], ...], counted: str, settled: Case | None, renamed: bool = False) -> None:
        self._steps.append(_Step(files, counted, settled))
        self._desk.tally.count(counted)
        if settled is not None:
            self.left = self.left[1:]
        if renamed:
            self._find_again()

    def _undo(self) -> None:
        """Take back the last step; its case comes again."""
        if not self._steps:
            self._desk.say("nothing")
            return
        step = self._steps.pop()
        for path, before in step.files:
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write_text(path, before)
        self._desk.tally.count(step.counted, -1)
        self._desk.say("undone")
        if step.files:
            self._find_again()
        if step.settled is not None:
            self.left = [step.settled, *(case for case in self.left if _key(case) != _key(step.settled))]

    def _find_again(self) -> None:
        """Find the cases anew, without those that were settled in this session."""
        if self._again is not None:
            settled = {_key(step.settled) for step in self._steps if step.settled is not None}
            self.left = [case for case in self._again() if _key(case) not in settled]


def _show(case: Case, number: int, total: int, desk: Desk) -> None:
    reasons = ("；" if desk.lang == "zh" else "; ").join(doubt.said(desk.lang) for doubt in case.doubts)
    desk.tell(f"\n[{number}/{total}] {case.report.id} {case.span.start}–{case.span.end} · {case.kind} · {case.fact.rule}")
    desk.tell(f"  {case.said()}")
    desk.tell(f"  {case.marked()}")
    if reasons:
        desk.tell(f"  ? {reasons}")
    if case.is_open or len(candidates_of(case)) > 1:
        tell_records(case.names[0], desk)


def _key(case: Case) -> tuple[object, ...]:
    return case.report.id, case.span, case.kind, case.said()


def _files(case: Case, desk: Desk) -> tuple[tuple[Path, str | None], ...]:
    """Return the files that a decision about ``case`` changes, the decisions first, with what stands in them."""
    path = decisions_path(desk.folder, case.report.id)
    changed = [path] if case.offer is None else [path, case.offer.path]
    return tuple((file, file.read_bytes().decode("utf-8") if file.is_file() else None) for file in changed)


def _write(path: Path, decision: Decision, desk: Desk) -> bool:
    """Add ``decision`` to the file ``path``; ``False``, and why, where a decision cannot say such a thing."""
    read_decisions(path)
    try:
        add_decision(path, decision)
    except DecisionError as error:
        desk.tell(f"  {error.what} - {error.remedy}")
        return False
    desk.say("saved", path=path)
    return True


def _why(case: Case, why: str) -> str:
    """Return the reason of a decision; one about a candidate names the model that said it."""
    maker = case.offer.maker if case.offer else None
    return " · ".join(part for part in (why, f"{maker.name} {maker.version}" if maker else "") if part)
