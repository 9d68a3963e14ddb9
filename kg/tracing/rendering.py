"""Write traces, bridges, moves and profiles out: an outline to read, Markdown, or JSON with every field."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from kg.ask.origins import Origin
from kg.catalogue.wording import Lang, Wording
from kg.tracing.gap import Gap
from kg.tracing.hops import Quote, Said, notes_of
from kg.tracing.people import Bridge, Move
from kg.tracing.profile import Number, Profile
from kg.tracing.trace import Hop, Trace

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")
Line = tuple[int, str]
Shown = Trace | Profile | tuple[Hop, ...] | tuple[Bridge, ...] | tuple[Move, ...]


def render_shown(shown: Shown, form: str, lang: Lang) -> str:
    """Return ``shown`` as ``table`` (an indented outline), ``markdown`` or ``json``, ending with a line end.

    Text of a report is never read as markup and steers no terminal.
    """
    if form == "json":
        plain: Any = [asdict(one) for one in shown] if isinstance(shown, tuple) else asdict(shown)
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    lines = [(level, _CONTROL.sub(" ", text)) for level, text in _outline(shown, lang)]
    if form == "markdown":
        return "".join(f"{'  ' * level}- {escaped(text)}\n" for level, text in lines)
    return "".join(f"{'  ' * level}{text}\n" for level, text in lines)


def escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows its signs instead of reading them.

    >>> escaped("<b>*甲*</b>")
    '\\\\<b\\\\>\\\\*甲\\\\*\\\\</b\\\\>'
    """
    return _MARKDOWN.sub(r"\\\1", text)


def _outline(shown: Shown, lang: Lang) -> Iterator[Line]:
    match shown:
        case Trace():
            yield from _trace(shown, lang)
        case Profile():
            yield from _profile(shown, lang)
        case ():
            yield 0, Wording("没有找到", "nothing found").said(lang)
        case _:
            for one in shown:
                yield from _one(one, lang)


def _one(one: Hop | Bridge | Move, lang: Lang) -> Iterator[Line]:
    match one:
        case Hop():
            yield from _hop(one, 0, lang)
        case Bridge():
            joiner = "、" if lang == "zh" else ", "
            yield 0, f"{one.person.name}{'：' if lang == 'zh' else ': '}{joiner.join(thing.name for thing in one.joins)}"
            for hop in one.hops:
                yield from _hop(hop, 1, lang)
        case Move():
            yield 0, f"{one.person.name}{'：' if lang == 'zh' else ': '}{one.origin.name} → {one.target.name}"
            for said in (one.left, one.joined):
                yield from _said(said, one.person.name, 1, lang)


def _trace(found: Trace, lang: Lang) -> Iterator[Line]:
    for i, route in enumerate(found.routes, 1):
        yield 0, f"{i}. {route.sentence}"
        for hop in route.hops:
            yield from _hop(hop, 1, lang)
    if found.gap:
        yield (
            0,
            Wording(f"没有从{found.start.name}到{found.end.name}的路径。", f"No path from {found.start.name} to {found.end.name}.").said(
                lang
            ),
        )
        yield from gap_lines(found, found.gap, lang)


def gap_lines(found: Trace, gap: Gap, lang: Lang) -> Iterator[Line]:
    """Yield what is missing between the two ends, as lines of an outline."""
    joiner = "、" if lang == "zh" else ", "
    for thing, side in ((found.start, gap.from_start), (found.end, gap.from_end)):
        names = joiner.join(one.name for one in side if one.iri != thing.iri)
        none = Wording("没有别的", "nothing else").said(lang)
        yield 1, Wording(f"从{thing.name}可达：{names or none}", f"reached from {thing.name}: {names or none}").said(lang)
    for missing in gap.missing:
        blank = "" if lang == "zh" else " "
        said = f"{missing.start.name}{blank}{missing.text}"
        yield (
            1,
            Wording(
                f"若有报告说“{said}”便可相连（同类关系已有 {missing.seen} 条）",
                f"a report saying “{said}” would join them ({missing.seen} such ties elsewhere)",
            ).said(lang),
        )
    if gap.around:
        yield (
            1,
            Wording(
                f"不加限制、允许经过地方和概念时：{gap.around}",
                f"without limits, and through places and ideas (--through all): {gap.around}",
            ).said(lang),
        )


def _hop(hop: Hop, level: int, lang: Lang) -> Iterator[Line]:
    for said in hop.ties:
        yield from _said(said, hop.start.name, level, lang)
    if more := more_said(hop, lang):
        yield level, more


def more_said(hop: Hop, lang: Lang) -> str:
    """Return how many more statements join the two things of ``hop`` than are listed, empty for none."""
    zh = f"{hop.start.name}与{hop.end.name}之间另有 {hop.more} 条陈述未列出"
    en = f"{hop.more} more statements about {hop.start.name} and {hop.end.name} are not listed"
    return Wording(zh, en).said(lang) if hop.more else ""


def rank_said(number: Number, lang: Lang) -> str:
    """Return the rank of a number with what it is among, empty where it has none."""
    scope = number.scope and Wording(f"（{number.scope}）", f" in {number.scope}").said(lang)
    return Wording(f"，第 {number.rank} 位", f", rank {number.rank}").said(lang) + scope if number.rank else ""


def _said(said: Said, name: str, level: int, lang: Lang) -> Iterator[Line]:
    joined = ("，" if lang == "zh" else ", ").join(notes_of(said, lang))
    yield level, f"{name}{'' if lang == 'zh' else ' '}{said.text}{f'（{joined}）' if lang == 'zh' else f' ({joined})'}"
    if said.basis:
        yield level + 1, Wording(f"依据：{said.basis}，不是原句", f"told by {said.basis}, not by a sentence").said(lang)
    yield from _quotes(said.quotes, level + 1)
    yield from _origin(said.origin, level + 1, lang)


def _quotes(quotes: Iterable[Quote], level: int) -> Iterator[Line]:
    seen: set[tuple[str, int, int]] = set()
    for quote in quotes:
        if (quote.report, quote.start, quote.end) not in seen:
            seen.add((quote.report, quote.start, quote.end))
            yield level, f"“{quote.quote}” {quote.report} {quote.start}–{quote.end}"


def _origin(origin: Origin, level: int, lang: Lang) -> Iterator[Line]:
    if said := origin.said(lang):
        yield level, Wording(f"出处：{said}", f"origin: {said}").said(lang)


def _profile(found: Profile, lang: Lang) -> Iterator[Line]:
    also = ("、" if lang == "zh" else ", ").join(found.names)
    yield 0, f"{found.thing.name} {found.thing.type} {found.thing.iri}"
    if also:
        yield 1, Wording(f"又名：{also}", f"also: {also}").said(lang)
    yield 1, Wording(f"报告提到 {found.mentions} 次", f"named {found.mentions} times").said(lang)
    for group in found.groups:
        yield 0, group.label
        for said in group.facts:
            yield from _said(said, found.thing.name, 1, lang)
    if found.numbers:
        yield 0, Wording("数字", "numbers").said(lang)
    for number in found.numbers:
        notes = [number.measure, number.when, number.status]
        joined = ("，" if lang == "zh" else ", ").join(note for note in notes if note)
        told = f"{number.indicator} {number.printed}{rank_said(number, lang)}"
        yield 1, f"{told}（{joined}）" if lang == "zh" else f"{told} ({joined})"
        yield from _quotes([number.quote], 2)
        yield from _origin(number.origin, 2, lang)
