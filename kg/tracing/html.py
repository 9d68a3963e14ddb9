"""Traces and profiles as a notebook shows them: a table of ties, each with its sentence and the quote marked in it."""

from collections.abc import Iterator
from html import escape

from kg.ask.html import html_table, html_text
from kg.catalogue.wording import Lang, Wording
from kg.tracing.hops import Quote, Said, notes_of
from kg.tracing.profile import Number, Profile
from kg.tracing.rendering import gap_lines, more_said, rank_said
from kg.tracing.trace import Trace

_TIE = Wording("关系", "Tie")
_WHEN = Wording("时间与状态", "When and status")
_SENTENCE = Wording("原句", "Sentence")
_PLACE = Wording("出处", "Place in the report")
_KIND = Wording("类别", "Kind")


def trace_html(found: Trace) -> str:
    """Return the routes of a trace, each as its sentence and a table of its ties, or what is missing."""
    lang = found.lang
    parts = [f"<h4>{html_text(f'{found.start.name} → {found.end.name}')}</h4>"]
    for number, route in enumerate(found.routes, 1):
        rows = [_row(hop.start.name, said, lang) for hop in route.hops for said in hop.ties]
        parts += [f"<p><b>{number}. {html_text(route.sentence)}</b></p>", html_table(_headings(lang), rows, lang)]
        parts += [f"<p>{html_text(more)}</p>" for hop in route.hops if (more := more_said(hop, lang))]
    if found.gap:
        parts += [f"<p>{html_text(text)}</p>" for _, text in gap_lines(found, found.gap, lang)]
    return "".join(parts)


def profile_html(found: Profile) -> str:
    """Return everything said of a thing as one table, by kind."""
    lang = found.lang
    also = ("、" if lang == "zh" else ", ").join(found.names)
    named = Wording(f"报告提到 {found.mentions} 次", f"named {found.mentions} times").said(lang)
    head = f"<h4>{html_text(found.thing.name)}</h4><p>{html_text(also)} {escape(found.thing.iri)} · {named}</p>"
    rows = [[html_text(group.label), *_row(found.thing.name, said, lang)] for group in found.groups for said in group.facts]
    rows += [[html_text(Wording("数字", "numbers").said(lang)), *_number(number, lang)] for number in found.numbers]
    return head + html_table([_KIND.said(lang), *_headings(lang)], rows, lang)


def _headings(lang: Lang) -> list[str]:
    return [wording.said(lang) for wording in (_TIE, _WHEN, _SENTENCE, _PLACE)]


def _row(name: str, said: Said, lang: Lang) -> list[str]:
    told = f"{name}{'' if lang == 'zh' else ' '}{said.text}"
    notes = _joined(notes_of(said, lang), lang)
    basis = [html_text(Wording(f"依据：{said.basis}", f"told by {said.basis}").said(lang))] if said.basis else []
    quotes = list(_quotes(said.quotes))
    sentences, places = [text for text, _ in quotes], [place for _, place in quotes]
    return [html_text(told), html_text(notes), "<br>".join([*basis, *sentences]), "<br>".join(places)]


def _number(number: Number, lang: Lang) -> list[str]:
    rank = rank_said(number, lang)
    notes = _joined([number.measure, number.when, number.status], lang)
    ((text, place),) = _quotes((number.quote,))
    return [html_text(f"{number.indicator} {number.printed}{rank}"), html_text(notes), text, place]


def _joined(notes: list[str], lang: Lang) -> str:
    return ("，" if lang == "zh" else ", ").join(note for note in notes if note)


def _quotes(quotes: tuple[Quote, ...]) -> Iterator[tuple[str, str]]:
    """Yield each sentence with its quote marked, and its place."""
    for quote in dict.fromkeys(quotes):
        start, end = quote.start - quote.sentence_start, quote.end - quote.sentence_start
        before, after = (quote.sentence[:start], quote.sentence[end:]) if quote.sentence[start:end] == quote.quote else ("", "")
        yield (
            f"{html_text(before)}<mark>{html_text(quote.quote)}</mark>{html_text(after)}",
            html_text(f"{quote.report} {quote.start}–{quote.end}"),
        )
