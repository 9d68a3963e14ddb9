"""Answers as a notebook shows them: plain tables in which every text of a report is text, linked to nowhere."""

from collections.abc import Iterable, Sequence
from html import escape

from kg.ask.answer import Answer
from kg.ask.comparison import compared
from kg.ask.rendering import quiet, shown
from kg.catalogue import Lang, Wording

MOST_ROWS = 200


def answer_html(answer: Answer) -> str:
    """Return ``answer`` as an HTML table, of more than ``MOST_ROWS`` rows the first, and how many there are."""
    headings, rows = shown(compared(answer, answer.lang), answer.lang)
    return html_table(headings, [[html_text(text) for text in row] for row in rows], answer.lang)


def html_text(text: str) -> str:
    """Return ``text`` as HTML shows it, each piece in its own direction of writing.

    >>> html_text("<b>温州</b>")
    '<bdi>&lt;b&gt;温州&lt;/b&gt;</bdi>'
    """
    return f"<bdi>{escape(quiet(text))}</bdi>" if text else ""


def html_table(headings: Iterable[str], rows: Sequence[Iterable[str]], lang: Lang) -> str:
    """Return a table; ``headings`` are text, the cells of ``rows`` are HTML already."""
    head = "".join(f'<th style="text-align:left">{escape(heading)}</th>' for heading in headings)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows[:MOST_ROWS])
    left = len(rows) - MOST_ROWS
    count = Wording(f"{len(rows)} 行", "1 row" if len(rows) == 1 else f"{len(rows)} rows")
    more = Wording(f"，只显示前 {MOST_ROWS} 行", f", the first {MOST_ROWS} shown") if left > 0 else Wording("", "")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div lang="{"zh-Hans" if lang == "zh" else "en"}">{table}<p>{count.said(lang)}{more.said(lang)}</p></div>'


def _cell(content: str) -> str:
    return f'<td style="text-align:left;vertical-align:top">{content}</td>'
