"""A comparison in plain words, Chinese or English: counts first, then what was added, dropped and changed, by kind."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kg.diff.compare import KINDS, Change, Diff
from kg.diff.preview import Preview
from kg.diff.record import Record

SHOWN = 200  # facts printed of one kind and sort; the rest are counted
_KIND = {
    "observation": ("数字", "numbers"),
    "relation": ("关系", "relations"),
    "entity": ("名称", "named things"),
    "event": ("事件", "events"),
    "membership": ("列举", "listings"),
}
_KEY = {
    "subject": ("对象", "subject"),
    "area": ("地区", "area"),
    "indicator": ("指标", "indicator"),
    "measure": ("计量方式", "measure"),
    "value": ("数值", "value"),
    "unit": ("单位", "unit"),
    "comparison": ("上下限", "bound"),
    "period_start": ("时期起", "period start"),
    "period_end": ("时期止", "period end"),
    "rank": ("位次", "rank"),
    "rank_scope": ("位次范围", "rank scope"),
    "status": ("状态", "status"),
    "baseline": ("比较对象", "compared with"),
    "superlative": ("首个或之最", "superlative"),
    "predicate": ("关系", "relation"),
    "object": ("宾语", "object"),
    "name": ("名称", "name"),
    "type": ("类型", "type"),
    "aliases": ("别称", "other names"),
    "what": ("事由", "what"),
    "event_kind": ("事件类别", "kind of event"),
    "participants": ("参与者", "participants"),
    "whole": ("整体", "whole"),
    "part": ("部分", "part"),
    "order": ("次序", "order"),
}
_NONE = ("无", "none")


def said(diff: Diff, lang: str) -> str:
    """Return ``diff`` as lines in ``lang`` (``zh`` or ``en``)."""
    return "".join(f"{line}\n" for line in _diff_lines(diff, lang))


def preview_said(found: Preview, lang: str) -> str:
    """Return ``found`` as lines in ``lang`` (``zh`` or ``en``)."""
    return "".join(f"{line}\n" for line in _preview_lines(found, lang))


def _diff_lines(diff: Diff, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    if diff.empty:
        yield f"没有差别（{diff.same} 条事实相同）。" if zh else f"No difference ({diff.same} facts are the same)."
        return
    added, dropped, changed = len(diff.added), len(diff.dropped), len(diff.changed)
    yield (
        f"新增 {added}，减少 {dropped}，改变 {changed}，相同 {diff.same}。"
        if zh
        else f"{added} added, {dropped} dropped, {changed} changed, {diff.same} the same."
    )
    for kind, (plus, minus, other) in diff.counts().items():
        if plus or minus or other:
            yield f"\n{_word(_KIND[kind], lang)}  +{plus} -{minus} ~{other}"
            yield from _shown([f"  + {_fact(one)}" for one in diff.added if one.kind == kind], lang)
            yield from _shown([f"  - {_fact(one)}" for one in diff.dropped if one.kind == kind], lang)
            yield from _shown([f"  ~ {_change(one, lang)}" for one in diff.changed if one.after.kind == kind], lang)


def _preview_lines(found: Preview, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    new = {kind: plus for kind, (plus, _, _) in found.diff.counts().items()}
    if found.known:
        yield f"图谱中已有报告 {found.report}；重新构建将带来：" if zh else f"The graph has the report {found.report}; a build would bring:"
        yield from _diff_lines(found.diff, lang)
    else:
        counts = ("，" if zh else ", ").join(f"{new[kind]} {_word(_KIND[kind], lang)}" for kind in KINDS)
        yield f"报告 {found.report} 将带来：{counts}。" if zh else f"The report {found.report} would bring {counts}."
    yield f"\n与图谱中已有的名称相合：{len(found.joined)}" if zh else f"\nNames that the graph knows already: {len(found.joined)}"
    yield from _shown([f"  = {_plain(one.name)} ({one.type}; {'、'.join(one.reports)})" for one in found.joined], lang)
    yield f"或许是同一事物：{len(found.alike)}" if zh else f"Perhaps the same thing: {len(found.alike)}"
    yield from _shown([f"  ? {_plain(one.name)} / {_plain(one.other)}（{_plain(one.shared)}）" for one in found.alike], lang)
    yield f"与已有数值不一致：{len(found.disagreeing)}" if zh else f"Values that disagree with the graph: {len(found.disagreeing)}"
    yield from _shown([line for pair in found.disagreeing for line in _disagreement(pair, lang)], lang)
    yield "什么也没有写入。" if zh else "Nothing was written."


def _disagreement(pair: Change, lang: str) -> Iterator[str]:
    yield f"  ! {_fact(pair.after)}"
    yield f"    {'图谱' if lang == 'zh' else 'graph'} ({pair.before.report}): {_fact(pair.before)}"


def _shown(lines: list[str], lang: str) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        rest = len(lines) - SHOWN
        yield f"  …… 另有 {rest} 条" if lang == "zh" else f"  ... and {rest} more"


def _change(change: Change, lang: str) -> str:
    told = "；" if lang == "zh" else "; "
    words = told.join(
        f"{_word(_KEY.get(key, (key, key)), lang)} {_value(before, lang)} → {_value(after, lang)}"
        for key, (before, after) in change.words.items()
    )
    return f"{_fact(change.after, quoted=False)}: {words}{_quote(change.after)}"


def _fact(one: Record, quoted: bool = True) -> str:
    words = one.words
    match one.kind:
        case "observation":
            period = "–".join(str(words[key]) for key in ("period_start", "period_end") if key in words)
            shown = [words["subject"], words["indicator"], words["measure"], f"{_value(words['value'])}{words.get('unit', '')}", period]
        case "relation":
            shown = [words["subject"], f"—{words['predicate']}→", words["object"], words.get("status", "")]
        case "entity":
            shown = [words["name"], f"({words['type']})"]
        case "event":
            shown = [words["what"], f"({words.get('event_kind', 'event')})", "、".join(words.get("participants", ()))]
        case _:
            shown = [words["whole"], "∋", words["part"]]
    return _plain(" ".join(str(word) for word in shown if word)) + (_quote(one) if quoted else "")


def _quote(one: Record) -> str:
    short = one.quote if len(one.quote) <= 40 else f"{one.quote[:39]}…"
    return f" 「{_plain(short)}」" if one.quote else ""


def _value(value: Any, lang: str = "zh") -> str:
    match value:
        case None:
            return _word(_NONE, lang)
        case Decimal():
            plain = format(value, "f")
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case tuple():
            return _plain("、".join(map(str, value)))
        case _:
            return _plain(str(value))


def _word(pair: tuple[str, str], lang: str) -> str:
    return pair[lang != "zh"]


def _plain(text: str) -> str:
    """Return ``text`` on one line, without characters that steer a terminal."""
    return "".join(char if char.isprintable() else "�" for char in " ".join(text.split()))
