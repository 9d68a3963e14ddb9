"""Go through cases one by one: show, ask for a key, write the decision at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.atomic import write_text
from kg.decisions import Decision, add_decision, decisions_path, quotation, words_of
from kg.decisions.decision import Action, Kind, Value
from kg.decisions.words import KEYS
from kg.review.case import Case
from kg.review.offers import action_of, settle_offer

_HELP = {
    "zh": "a 采纳 · r 驳回 · c 更正 · s 跳过 · u 撤销上一条 · q 退出",
    "en": "a accept · r reject · c correct · s skip · u undo the last · q quit",
}
_WORDS = {
    "change": ("更正（键=值，空行结束；可用键：{keys}）：", "correct (key=value, an empty line ends; keys: {keys}): "),
    "why": ("理由（可空）：", "why (may be empty): "),
    "saved": ("已写入 {path}", "written to {path}"),
    "undone": ("已撤销", "undone"),
    "nothing": ("没有可撤销的", "nothing to undo"),
    "same": ("没有更正任何内容", "nothing was changed"),
    "unusable": ("“{said}”不可用：应为{about}", "“{said}” cannot be used: write {about}"),
    "none": ("没有可疑的事实。", "No doubtful facts."),
}
Ask = Callable[[str], str]
Tell = Callable[[str], None]
Done = list[tuple[list[tuple[Path, str | None]], str]]  # each step: the files as they were before it, and how it was counted


@dataclass(slots=True)
class Tally:
    """How many cases were accepted, rejected, corrected and skipped in a session."""

    accepted: int = 0
    rejected: int = 0
    corrected: int = 0
    skipped: int = 0

    def said(self, lang: str) -> str:
        """Return the counts on one line in ``lang`` (``zh`` or ``en``)."""
        counts = (self.accepted, self.rejected, self.corrected, self.skipped)
        words = ("采纳", "驳回", "更正", "跳过") if lang == "zh" else ("accepted", "rejected", "corrected", "skipped")
        return ("，" if lang == "zh" else ", ").join(
            f"{word} {count}" if lang == "zh" else f"{count} {word}" for word, count in zip(words, counts, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """Who decides, on which day (ISO), where decisions are kept, and how to speak: ``key`` reads a key, ``line`` a line."""

    by: str
    on: str
    folder: Path
    key: Ask
    line: Ask
    tell: Tell
    lang: str = "zh"

    def say(self, word: str, **values: str) -> None:
        self.tell(self.word(word, **values))

    def word(self, word: str, **values: str) -> str:
        return _WORDS[word][self.lang != "zh"].format(**values)


def review(cases: Sequence[Case], desk: Desk) -> Tally:
    """Show each of ``cases`` and write what is decided, until the last one, ``q``, or the end of the input.

    Each decision is in its file, whole, before the next case is shown. Raises ``DecisionError`` for a malformed file of
    decisions and ``BuildError`` when it cannot be written.
    """
    tally = Tally()
    done: Done = []
    if not cases:
        desk.say("none")
    at = 0
    while at < len(cases):
        _show(cases[at], at + 1, len(cases), desk)
        key = desk.key(_HELP[desk.lang]).strip().lower()
        if key in ("q", ""):
            break
        if key == "u":
            at -= _undo(done, tally, desk)
        elif key == "s":
            tally.skipped += 1
            done.append(([], "skipped"))
            at += 1
        elif key in ("a", "r", "c") and _decide(cases[at], key, desk, tally, done):
            at += 1
    desk.tell(tally.said(desk.lang))
    return tally


def _show(case: Case, number: int, total: int, desk: Desk) -> None:
    reasons = ("；" if desk.lang == "zh" else "; ").join(doubt.said(desk.lang) for doubt in case.doubts)
    desk.tell(f"\n[{number}/{total}] {case.report.id} {case.span.start}–{case.span.end} · {case.kind} · {case.fact.rule}")
    desk.tell(f"  {case.said()}")
    desk.tell(f"  {case.marked()}")
    if reasons:
        desk.tell(f"  ? {reasons}")


def _decide(case: Case, key: str, desk: Desk, tally: Tally, done: Done) -> bool:
    actions: dict[str, tuple[Action, str]] = {"a": ("accept", "accepted"), "r": ("reject", "rejected"), "c": ("correct", "corrected")}
    action, counted = actions[key]
    new = _new_words(case, desk) if action == "correct" else {}
    if action == "correct" and not new:
        desk.say("same")
        return False
    why = desk.line(desk.word("why")).strip() if action != "accept" else ""
    path = decisions_path(desk.folder, case.report.id)
    changed = [path] if case.offer is None else [path, case.offer.path]
    done.append(([(file, file.read_bytes().decode("utf-8") if file.is_file() else None) for file in changed], counted))
    words = words_of(case.fact)
    written = action_of(case, action)
    if written is not None:
        said = (words | new, {}) if written == "add" else (words, new)
        add_decision(
            path, Decision(written, case.kind, desk.by, desk.on, quotation(case.report.text, case.span), *said, (), _why(case, why))
        )
    settle_offer(case, action)
    setattr(tally, counted, getattr(tally, counted) + 1)
    desk.say("saved", path=str(path if written is not None or case.offer is None else case.offer.path))
    return True


def _why(case: Case, why: str) -> str:
    """Return the reason of a decision; one about a candidate names the model that said it."""
    maker = case.offer.maker if case.offer else None
    return " · ".join(part for part in (why, f"{maker.name} {maker.version}" if maker else "") if part)


def _undo(done: Done, tally: Tally, desk: Desk) -> int:
    """Take back the last step; return by how many cases to go back."""
    if not done:
        desk.say("nothing")
        return 0
    files, counted = done.pop()
    for path, before in files:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            write_text(path, before)
    setattr(tally, counted, getattr(tally, counted) - 1)
    desk.say("undone")
    return 1


def _new_words(case: Case, desk: Desk) -> dict[str, Value]:
    """Ask for ``key=value`` lines until an empty one; what cannot be used is said and asked again."""
    keys = KEYS[case.kind]
    old, new = words_of(case.fact), dict[str, Value]()
    while said := desk.line(desk.word("change", keys=", ".join(keys))).strip():
        key, _, text = said.partition("=")
        key = key.strip()
        if key not in keys:
            desk.say("unusable", said=said, about=", ".join(f"{name}=…" for name in keys))
            continue
        value = _value(case.kind, key, text.strip())
        if value is None:
            desk.say("unusable", said=said, about=keys[key].about)
        elif (old.get(key) or "") != (value or ""):
            new[key] = value
    return new


def _value(kind: Kind, key: str, text: str) -> Value | None:
    """Return what a person typed as the value of ``key``, ``None`` where it is none."""
    if key in ("aliases", "participants"):
        value: Value = tuple(part.strip() for part in text.replace("，", "、").split("、") if part.strip())
    elif key in ("rank", "order"):
        value = int(text) if text.isascii() and text.isdigit() else text
    elif key == "exhaustive":
        value = {"true": True, "是": True, "false": False, "否": False}.get(text, text)
    elif key == "value":
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = text
    elif key == "qualifiers":
        value = dict(part.split("=", 1) for part in text.split("、") if "=" in part)
    else:
        value = text
    return value if KEYS[kind][key].fits(value) else None
