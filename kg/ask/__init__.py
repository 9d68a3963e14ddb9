"""Ask a question of the catalogue, or a SPARQL text of one's own, and read the answer with its sentences."""

from collections.abc import Mapping, Sequence

from kg.ask.answer import Answer, Cell, Row, in_order
from kg.ask.labels import find_labels
from kg.ask.names import find_terms
from kg.ask.rendering import FORMS, render
from kg.ask.values import value_of
from kg.catalogue import Column, Lang, Question, Wording
from kg.catalogue.question import ANY
from kg.errors import QueryError
from kg.store import Rows, Store
from kg.triples.terms import Iri, Literal, Term

__all__ = ["FORMS", "Answer", "Cell", "ask", "ask_sparql", "fill", "labelled", "render"]

Values = Mapping[str, str | Sequence[str]]


def ask(store: Store, question: Question, params: Values | None = None, lang: Lang = "zh") -> Answer:
    """Return the answer to ``question``, with labels in ``lang`` beside the IRIs.

    ``params`` maps a parameter to a name, short name, IRI, date, number or text, or to several of them (any may hold).
    Raises ``QueryError``, in ``lang``, for an unknown, missing or ill-typed parameter and for an unknown name.
    """
    rows = store.select(fill(store, question, params or {}, lang))
    return _answer(store, question.columns, rows, lang, question)


def ask_sparql(store: Store, sparql: str, lang: Lang = "zh") -> Answer:
    """Return the answer to a SELECT of one's own, its columns headed by the names of its variables.

    Raises ``QueryError`` with the line for SPARQL that cannot be parsed.
    """
    answer = labelled(store, store.select(sparql), lang)
    return Answer(answer.columns, in_order(answer.columns, list(answer.rows)))


def labelled(store: Store, rows: Rows, lang: Lang = "zh") -> Answer:
    """Return ``rows`` in their own order, with labels in ``lang`` beside the IRIs, headed by the names of the variables."""
    columns = tuple(Column(name, Wording(name, name)) for name in rows.variables)
    return Answer(columns, tuple(_cells(store, columns, rows, lang)))


def fill(store: Store, question: Question, params: Values, lang: Lang = "zh") -> str:
    """Return the SPARQL of ``question`` with ``params`` in its marked lines, ready for any engine."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in params:
        if name not in known:
            what = Wording(f"没有参数“{name}”", f"there is no parameter “{name}”")
            raise QueryError(question.name, what.said(lang), _parameters_of(question, lang))
    filled: dict[str, list[Term]] = {}
    for name, parameter in known.items():
        given = params.get(name, parameter.default if parameter.default != ANY else None)
        if given is None and parameter.default is None:
            what = Wording(f"缺少参数“{name}”", f"parameter “{name}” is missing")
            example = Wording(f"请给出，例如 {name}={parameter.example}", f"give it, for example {name}={parameter.example}")
            raise QueryError(question.name, what.said(lang), example.said(lang))
        if given is not None:
            values = [given] if isinstance(given, str) else given
            filled[name] = [term for value in values for term in find_terms(store, parameter, value, lang)]
    return question.filled(filled)


def _parameters_of(question: Question, lang: Lang) -> str:
    names = [parameter.name for parameter in question.parameters]
    if not names:
        return Wording("这个问题没有参数", "this question has no parameters").said(lang)
    return Wording(f"可用的参数：{'、'.join(names)}", f"use one of {', '.join(names)}").said(lang)


def _answer(store: Store, columns: tuple[Column, ...], rows: Rows, lang: Lang, question: Question) -> Answer:
    return Answer(columns, in_order(columns, _cells(store, columns, rows, lang)), question, lang)


def _cells(store: Store, columns: tuple[Column, ...], rows: Rows, lang: Lang) -> list[Row]:
    found = [[row.get(column.name) for column in columns] for row in rows]
    labels = find_labels(store, (term for row in found for term in row if isinstance(term, Iri)), lang)
    return [tuple(_cell(term, labels, lang) for term in row) for row in found]


def _cell(term: Term | None, labels: Mapping[str, str], lang: Lang) -> Cell | None:
    if term is None:
        return None
    if isinstance(term, Iri):
        return Cell(labels[term.value], iri=term.value)
    value = value_of(term) if isinstance(term, Literal) else None
    if isinstance(value, bool):
        return Cell((Wording("是", "yes") if value else Wording("否", "no")).said(lang), value=value)
    return Cell(str(term), value=value)
