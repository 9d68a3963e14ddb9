"""The questions of the catalogue over HTTP: their answers for programs, their pages for people."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.ask import Answer, ask, fill, render
from kg.ask.sentences import find_sentences
from kg.catalogue import Lang, Question, Wording
from kg.errors import QueryError, UnknownNameError
from kg.namespaces import RID
from kg.server.answered import find_days
from kg.server.desk import Desk, Head
from kg.server.negotiation import accepted
from kg.server.openapi import FORMS, RESERVED, openapi
from kg.server.refusal import Refusal, of_error
from kg.server.rendering import page, plain
from kg.server.shown import shown
from kg.server.sink import Sink
from kg.server.site import html
from kg.server.snippets import api_path, example, snippets
from kg.triples.terms import Iri

Values = dict[str, str | Sequence[str]]


def describe_api(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the OpenAPI description."""
    sink.form = "application/json"
    sink.write((json.dumps(openapi(desk.graph.catalogue, head["address"]), ensure_ascii=False, indent=1) + "\n").encode())
    return {}


def answer(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Answer ``question`` for a program, in the form asked for."""
    lang = head["lang"]
    form = _form(head, lang)
    question = _question(desk, head["question"], lang)
    sink.form = FORMS[form]
    sink.write(render(_asked(desk, question, values(head["params"]), lang), form, lang).encode("utf-8", "replace"))
    return {"headers": {"content-language": lang}}


def question_page(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the page of ``question``: its form, the answer, and how to ask it from a program."""
    lang: Lang = head["lang"]
    question = _question(desk, head["question"], lang)
    params = {name: value for name, value in values(head["params"]).items() if value}
    flat = {name: value if isinstance(value, str) else value[0] for name, value in params.items()}
    status, table, fault = 200, None, ""
    missing = [parameter.name for parameter in question.parameters if parameter.default is None and parameter.name not in params]
    if not missing:
        try:
            found = _asked(desk, question, params, lang)
            days = find_days(desk.store, _intervals(found))
            table = shown(found, lang, find_sentences(desk.store, found), days=days)
        except Refusal as refusal:
            status, fault = refusal.status, refusal.sentence(lang)
    asked = flat if table else example(question)
    return html(
        sink,
        head,
        page(
            "question.html.j2",
            head,
            question=question,
            subject=desk.graph.catalogue.subjects[question.subject],
            params=flat,
            table=table,
            fault=fault,
            bundle=head["bundle"],
            sparql=_filled(desk, question, params, lang) if table else plain(question.sparql),
            api=api_path(question, asked),
            joiner="&" if asked else "?",
            snippets=snippets(question, asked, head["address"]),
        ),
        status,
    )


def values(params: Iterable[Sequence[str]]) -> Values:
    """Return the parameters of a question, several of one name together, without those that every question has."""
    found: dict[str, list[str]] = {}
    for name, value in params:
        if name not in RESERVED:
            found.setdefault(name, []).append(value)
    return {name: given[0] if len(given) == 1 else given for name, given in found.items()}


def _question(desk: Desk, name: str, lang: Lang) -> Question:
    catalogue = desk.graph.catalogue
    try:
        found = catalogue.question(name, lang)
    except QueryError as error:
        raise of_error(404, "unknown-question", error) from error
    if found.name != name:  # a short name is for the command line; an address is one
        what = Wording(f"没有名为“{name}”的问题", f"there is no question “{name}”")
        raise Refusal(404, "unknown-question", what, Wording(f"相近的有：{found.name}", f"did you mean {found.name}?"))
    return found


def _asked(desk: Desk, question: Question, params: Values, lang: Lang) -> Answer:
    try:
        return ask(desk.store, question, params, lang)
    except UnknownNameError as error:
        raise of_error(404, "unknown-name", error) from error
    except QueryError as error:
        raise of_error(400, "bad-parameter", error) from error


def _intervals(answer: Answer) -> set[Iri]:
    return {Iri(cell.iri) for row in answer.rows for cell in row if cell and cell.iri and cell.iri.startswith(f"{RID}t-")}


def _filled(desk: Desk, question: Question, params: Mapping[str, Any], lang: Lang) -> str:
    return plain(fill(desk.store, question, params, lang))


def _form(head: Head, lang: Lang) -> str:
    """Return the name of the form that ``format`` or ``Accept`` asks for; each ``lang`` that is given must be known."""
    named = [value for name, value in head["params"] if name == "format"]
    langs = [value for name, value in head["params"] if name == "lang"]
    if any(value not in ("zh", "en") for value in langs) or len(langs) > 1:
        raise Refusal(400, "bad-parameter", Wording("lang 只能是 zh 或 en", "lang is zh or en"), Wording("给出其一", "give one of them"))
    if named and (named[0] not in FORMS or len(named) > 1):
        known = ", ".join(FORMS)
        what = Wording(f"没有“{named[0][:40]}”这种格式", f"there is no form “{named[0][:40]}”")
        raise Refusal(400, "unknown-form", what, Wording(f"可用：{known}", f"use one of {known}"))
    media = FORMS[named[0]] if named else accepted(head["accept"], tuple(FORMS.values()))
    form = next((name for name, kind in FORMS.items() if kind == media), None)
    if form is None:
        known = ", ".join(FORMS.values())
        what = Wording("结果没有所接受的格式", "the answer has no form among those accepted")
        raise Refusal(406, "not-acceptable", what, Wording(f"Accept 可用：{known}", f"accept one of {known}"))
    return form
