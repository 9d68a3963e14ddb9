"""An answer read with its sentences: each row as a card, the sentence below it, the quote marked in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.ask.answer import Answer, Cell
from kg.ask.rendering import quiet
from kg.catalogue import EVIDENCE, Lang, Wording
from kg.errors import QueryError
from kg.namespaces import OA, PROV, RIE
from kg.store import Store
from kg.triples.terms import Literal

_AT_ONCE = 200  # passages in one query
_OPEN, _CLOSE = "【", "】"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report and the code-point offset at which it begins."""

    text: str
    start: int


Place = tuple[str, int, int]  # report IRI, start and end of the quote


def find_sentences(store: Store, answer: Answer) -> dict[Place, Sentence]:
    """Return the sentence around each quote of ``answer``; a quote that is no passage of the graph is left out."""
    places = sorted({place for row in answer.rows if (place := place_of(answer, row))})
    found: dict[Place, Sentence] = {}
    for first in range(0, len(places), _AT_ONCE):
        values = " ".join(f"(<{report}> {start} {end})" for report, start, end in places[first : first + _AT_ONCE])
        for row in store.select(_QUERY.replace("%VALUES%", values)):
            text, at = row["text"], row["at"]
            if isinstance(text, Literal) and isinstance(at, Literal):
                found[str(row["report"]), int(str(row["start"])), int(str(row["end"]))] = Sentence(text.value, int(at.value))
    return found


_QUERY = f"""PREFIX oa: <{OA}> PREFIX rie: <{RIE}>
SELECT ?report ?start ?end ?text ?at WHERE {{
  VALUES (?report ?start ?end) {{ %VALUES% }}
  GRAPH ?g {{
    ?position oa:start ?start ; oa:end ?end .
    ?passage oa:hasSelector ?position ; oa:hasSource ?report ; rie:inSentence ?sentence .
    ?sentence oa:hasSelector ?quotation , ?whole .
    ?quotation oa:exact ?text .
    ?whole oa:start ?at .
  }}
}}"""


def render_cards(answer: Answer, sentences: Mapping[Place, Sentence], lang: Lang = "zh", origins: Sequence[str] = ()) -> str:
    """Return ``answer`` as cards: what each row says in one line, then its sentence with the quote between 【 and 】.

    Rows that rest on the same passage share it, printed once. ``origins`` says for each row where it comes from.
    """
    told = [i for i, column in enumerate(answer.columns) if column.name not in EVIDENCE]
    cards: list[str] = []
    last: tuple[Place | None, str] | None = None
    for number, row in enumerate(answer.rows, 1):
        place = place_of(answer, row)
        said = " · ".join(quiet(cell.text) for i in told if (cell := row[i]))
        origin = origins[number - 1] if origins else ""
        if place and (place, origin) == last:
            cards[-1] = cards[-1].replace("\n   ", f"\n{number}. {said}\n   ", 1)
        else:
            cards.append(f"{number}. {said}\n{_evidence(answer, row, place, sentences, lang)}{_origin(origin, lang)}")
        last = (place, origin)
    count = Wording(f"{len(answer.rows)} 条", f"{len(answer.rows)} rows").said(lang)
    return "\n".join([*cards, f"{count}\n"])


def _origin(origin: str, lang: Lang) -> str:
    return f"   {Wording('出处', 'origin').said(lang)}{'：' if lang == 'zh' else ': '}{quiet(origin)}\n" if origin else ""


def _evidence(answer: Answer, row: tuple[Cell | None, ...], place: Place | None, sentences: Mapping[Place, Sentence], lang: Lang) -> str:
    if place is None:
        return ""
    report, start, end = place
    named = {column.name: row[i] for i, column in enumerate(answer.columns)}
    quote = named["quote"].text if named["quote"] else ""
    sentence = sentences.get(place)
    marked = f"{_OPEN}{quote}{_CLOSE}"
    if sentence:
        before, after = sentence.text[: start - sentence.start], sentence.text[end - sentence.start :]
        marked = f"{before}{_OPEN}{sentence.text[start - sentence.start : end - sentence.start]}{_CLOSE}{after}"
    source = named["report"].text if named["report"] else report
    where = Wording(f"—— {source}，第 {start}–{end} 字", f"-- {source}, characters {start}-{end}").said(lang)
    return f"   {quiet(marked)}\n   {quiet(where)}\n"


def place_of(answer: Answer, row: tuple[Cell | None, ...]) -> Place | None:
    cells = {column.name: row[i] for i, column in enumerate(answer.columns)}
    report, start, end = (cells.get(name) for name in ("report", "start", "end"))
    if not (report and report.iri and start and start.number is not None and end and end.number is not None):
        return None
    return report.iri, int(start.number), int(end.number)


def carries_sentences(store: Store) -> bool:
    """Return whether any fact of ``store`` carries its sentence; a graph made elsewhere may have none."""
    return store.ask(f"ASK {{ GRAPH ?graph {{ ?fact <{PROV}wasDerivedFrom> ?evidence . ?evidence <{OA}hasSelector> ?selector }} }}")


def without_sentences(where: str, lang: Lang) -> QueryError:
    """Return the error for a graph in which nothing can be traced to a sentence."""
    what = Wording("这个图里没有一条事实带着原句，无从追溯", "no fact of this graph carries its sentence, so nothing can be traced")
    remedy = Wording(
        "用 kg build 从报告建图；kg sparql 仍可直接查询", "build a graph from reports with `kg build`; kg sparql can still ask this one"
    )
    return QueryError(where, what.said(lang), remedy.said(lang))
