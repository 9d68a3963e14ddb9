"""Write scores and comparisons out: a table to read, or JSON to take along."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from kg.evaluate.comparison import CHANGES, Change, Comparison
from kg.evaluate.scores import PARTED_BY, Level, Score
from kg.facts import FactRecord

Lang = Literal["zh", "en"]
FAULTS = ("missed", "inexact", "spurious")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_WORDS: dict[str, tuple[str, str]] = {
    "kind": ("类别", "kind"),
    "measure": ("度量", "measure"),
    "predicate": ("谓词", "predicate"),
    "type": ("类型", "type"),
    "gold": ("标准", "gold"),
    "predicted": ("所得", "pred"),
    "found": ("找到 P/R/F1", "found P/R/F1"),
    "exact": ("准确 P/R/F1", "exact P/R/F1"),
    "observation": ("观测", "observation"),
    "relation": ("关系", "relation"),
    "entity": ("实体", "entity"),
    "event": ("事件", "event"),
    "missed": ("遗漏", "missed"),
    "inexact": ("不准确", "inexact"),
    "spurious": ("多出", "spurious"),
    "difference": ("差", "diff"),
    "won": ("新找到", "won"),
    "lost": ("丢失", "lost"),
    "mended": ("改为准确", "mended"),
    "spoilt": ("改为不准确", "spoilt"),
    "cleared": ("不再多出", "cleared"),
    "strayed": ("新多出", "strayed"),
}


def render(result: Sequence[Score] | Comparison, form: str = "table", lang: Lang = "en", *, misses: bool = False) -> str:
    """Return the scores of one run or the comparison of two as text that ends with a line end.

    ``form`` is ``table`` or ``json``. ``misses`` lists the facts behind the figures of one run; a comparison always lists
    what was won and lost. JSON always holds everything. A figure with nothing to divide by is ``-`` (``null`` in JSON).
    """
    if form == "json":
        return (
            json.dumps(_plain_comparison(result) if isinstance(result, Comparison) else _plain_scores(result), ensure_ascii=False, indent=1)
            + "\n"
        )
    lines = _compared(result, lang) if isinstance(result, Comparison) else _scored(result, lang, misses)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def described(fact: FactRecord) -> str:
    """Return in one line what a fact says, headed by its id where it has one.

    >>> described({"kind": "relation", "id": "W01", "subject": "李校堃", "predicate": "leads", "object": "病毒研究院"})
    'W01 李校堃 leads 病毒研究院'
    """
    match fact["kind"]:
        case "observation":
            words = [fact["subject"], fact["indicator"], fact["measure"], f"{fact['value']}{fact['unit']}"]
        case "entity":
            words = [fact["name"], f"({fact['type']})"]
        case "event":
            words = [fact["what"], "、".join(fact["participants"])]
        case _:
            words = [fact["subject"], fact["predicate"], fact["object"]]
    return _CONTROL.sub(" ", " ".join(str(word) for word in (fact.get("id"), *words) if word))


def _say(word: str, lang: Lang) -> str:
    return _WORDS[word][lang == "en"] if word in _WORDS else word


def _pad(text: str, width: int, right: bool = False) -> str:
    from rich.cells import cell_len  # Chinese characters are two columns wide

    blanks = " " * max(0, width - cell_len(text))
    return blanks + text if right else text + blanks


def _figures(level: Level) -> str:
    f1 = None if level.precision is None or level.recall is None else level.f1
    return "/".join("-" if figure is None else f"{figure:.3f}" for figure in (level.precision, level.recall, f1))


def _line(cells: Sequence[str]) -> str:
    widths = (26, *[6] * (len(cells) - 3), 19, 19) if len(cells) < 7 else (26, 6, 6, 6, 19, 19, 7, 19, 19, 7)
    return "  ".join(_pad(cell, width, right=bool(i)) for i, (cell, width) in enumerate(zip(cells, widths, strict=True)))


def _groups(scores: Sequence[Score]) -> list[tuple[str, list[Score]]]:
    """Return the table of kinds and, for each kind that has parts, the table of its parts."""
    return [("kind", list(scores)), *((PARTED_BY[s.kind], list(s.parts)) for s in scores if s.parts)]


def _scored(scores: Sequence[Score], lang: Lang, misses: bool) -> Iterable[str]:
    for heading, group in _groups(scores):
        if heading != "kind":
            yield ""
        yield _line([_say(word, lang) for word in (heading, "gold", "predicted", "found", "exact")])
        for score in group:
            name = _name(score, lang)
            yield _line([name, str(score.gold), str(score.predicted), _figures(score.found), _figures(score.exact)])
            if misses and heading == "kind":
                for fault in FAULTS:
                    yield from _listed(fault, getattr(score, fault), lang)


def _name(score: Score, lang: Lang) -> str:
    return _CONTROL.sub(" ", score.part) if score.part else _say(score.kind, lang)


def _listed(word: str, facts: Sequence[FactRecord], lang: Lang) -> Iterable[str]:
    yield f"  {_say(word, lang)} ({len(facts)})"
    for fact in facts:
        yield f"    {described(fact)}  “{_CONTROL.sub(' ', str(fact['quote']))}”"


def _compared(comparison: Comparison, lang: Lang) -> Iterable[str]:
    before, after = dict(_groups(comparison.before)), dict(_groups(comparison.after))
    for heading in ("kind", *PARTED_BY.values()):
        both = _paired(before.get(heading, []), after.get(heading, []))
        if not both:
            continue
        if heading != "kind":
            yield ""
        level = [word for name in ("found", "exact") for word in (f"A {_say(name, lang)}", "B", _say("difference", lang))]
        yield _line([_say(heading, lang), _say("gold", lang), "A", "B", *level])
        yield from (_side_by_side(a, b, lang) for a, b in both)
    for change in comparison.changes:
        yield from _changed(change, lang)


def _side_by_side(a: Score, b: Score, lang: Lang) -> str:
    cells = [_name(a, lang), str(a.gold), str(a.predicted), str(b.predicted)]
    for one, two in ((a.found, b.found), (a.exact, b.exact)):
        cells += [_figures(one), _figures(two), f"{two.f1 - one.f1:+.3f}"]
    return _line(cells)


def _paired(before: Sequence[Score], after: Sequence[Score]) -> list[tuple[Score, Score]]:
    """Return the scores of both runs side by side; a part that one run never says stands there with none said."""
    first, second = ({(s.kind, s.part): s for s in scores} for scores in (before, after))
    keys = dict.fromkeys([*first, *second])
    return [(first.get(key) or _none_said(second[key]), second.get(key) or _none_said(first[key])) for key in keys]


def _none_said(other: Score) -> Score:
    recall = 0.0 if other.gold else None
    return Score(other.kind, other.gold, 0, Level(None, recall), Level(None, recall), (), (), (), other.part)


def _changed(change: Change, lang: Lang) -> Iterable[str]:
    changed = [(word, getattr(change, word)) for word in CHANGES if getattr(change, word)]
    if changed:
        yield ""
        yield _say(change.kind, lang)
    for word, facts in changed:
        yield from _listed(word, facts, lang)


def _plain_level(level: Level) -> dict[str, Any]:
    return {"precision": level.precision, "recall": level.recall, "f1": level.f1}


def _plain_facts(facts: Sequence[FactRecord]) -> list[dict[str, Any]]:
    return [{"id": f.get("id"), "said": described(f), "quote": f["quote"], "start": f["start"], "end": f["end"]} for f in facts]


def _plain_score(score: Score) -> dict[str, Any]:
    body: dict[str, Any] = {"kind": score.kind, "gold": score.gold, "predicted": score.predicted}
    if score.part is not None:
        body |= {PARTED_BY[score.kind]: score.part}
    body |= {"found": _plain_level(score.found), "exact": _plain_level(score.exact)}
    if score.part is None:
        body |= {fault: _plain_facts(getattr(score, fault)) for fault in FAULTS}
    return body | ({"parts": [_plain_score(part) for part in score.parts]} if score.parts else {})


def _plain_scores(scores: Sequence[Score]) -> dict[str, Any]:
    return {"scores": [_plain_score(score) for score in scores]}


def _plain_comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "before": [_plain_score(score) for score in comparison.before],
        "after": [_plain_score(score) for score in comparison.after],
        "changes": [
            {"kind": change.kind} | {word: _plain_facts(getattr(change, word)) for word in CHANGES} for change in comparison.changes
        ],
    }
