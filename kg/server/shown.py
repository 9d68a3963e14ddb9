"""An answer as a page shows it: headings, cells with links, and a link into the report for each row that has a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.ask.answer import Answer, Cell, Row
from kg.ask.comparison import compared
from kg.ask.sentences import Place, Sentence
from kg.catalogue import EVIDENCE, Lang, Wording
from kg.server.places import linked_to, passage

Days = Mapping[str, tuple[str, str]]  # first and last day of a time interval, by its IRI
_PLACE = Wording("出处", "Place in the report")


@dataclass(frozen=True, slots=True)
class Bit:
    """A field of a table; ``kind`` is ``number``, ``quote``, ``place`` or empty; ``marked`` the quote in its sentence,
    ``days`` the first and the last day of a time interval."""

    text: str = ""
    href: str = ""
    kind: str = ""
    marked: tuple[str, str, str] | None = None
    days: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows, ``left`` rows that were not drawn."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Bit, ...], ...]
    left: int = 0


def shown(
    answer: Answer, lang: Lang, sentences: Mapping[Place, Sentence] | None = None, most: int = 2000, days: Days | None = None
) -> Table:
    """Return ``answer`` as a table of at most ``most`` rows; columns that hold nothing are left out."""
    answer = compared(answer, lang)
    names = [column.name for column in answer.columns]
    evidence = set(EVIDENCE) <= set(names)
    dropped = EVIDENCE[1:] if evidence else ()
    held = [not answer.rows or any(row[i] is not None for row in answer.rows) for i in range(len(names))]
    kept = [i for i, name in enumerate(names) if name not in dropped and held[i]]
    headings = [answer.columns[i].label.said(lang) for i in kept]
    rows = []
    for row in answer.rows[:most]:
        bits = [_bit(row[i], days or {}) for i in kept]
        if evidence:
            bits = _with_place(bits, kept, names, row, sentences or {})
        rows.append(tuple(bits))
    if evidence:
        headings.append(_PLACE.said(lang))
    return Table(tuple(headings), tuple(rows), max(0, len(answer.rows) - most))


def _bit(cell: Cell | None, days: Days) -> Bit:
    if cell is None:
        return Bit()
    if cell.number is not None:
        return Bit(f"{cell.number:,f}", kind="number")
    return Bit(cell.text, linked_to(cell.iri), days=days.get(cell.iri)) if cell.iri else Bit(cell.text)


def _with_place(bits: list[Bit], kept: list[int], names: list[str], row: Row, sentences: Mapping[Place, Sentence]) -> list[Bit]:
    report, start, end, quote = (row[names.index(name)] for name in ("report", "start", "end", "quote"))
    if not (report and report.iri and start and start.number is not None and end and end.number is not None):
        return [*bits, Bit()]
    first, last = int(start.number), int(end.number)
    href = passage(report.iri, first, last)
    sentence = sentences.get((report.iri, first, last))
    marked = _marked(sentence, first, last) if sentence else None
    at = names.index("quote")
    made = [Bit(quote.text if quote else "", href, "quote", marked) if i == at else bit for i, bit in zip(kept, bits, strict=True)]
    return [*made, Bit(f"{report.text} {first}–{last}", href, "place")]


def _marked(sentence: Sentence, start: int, end: int) -> tuple[str, str, str]:
    first, last = start - sentence.start, end - sentence.start
    return sentence.text[:first], sentence.text[first:last], sentence.text[last:]
