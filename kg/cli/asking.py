"""Commands that ask: ask, sparql, queries."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.doors import load_questions, rendered, store_at, write
from kg.cli.options import GRAPH, Form, FormOption, GraphOption, InferredOption, Lang, LangOption, OutputOption, StoreOption, app
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.catalogue import Question


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question of the catalogue, e.g. people/leads. 问题名。")],
    params: Annotated[list[str] | None, typer.Argument(help="Parameters, e.g. institute=国科大温州研究院. 参数。")] = None,
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    inferred: InferredOption = False,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Ask a question of the catalogue; each row carries its sentence. 提问。"""
    from kg.ask import ask as ask_question

    asked = load_questions().question(question, lang.value)
    store = store_at(graph, at, inferred)
    answer = ask_question(store, asked, _params(params or []), lang.value)
    if form in (Form.table, Form.cards) and output is None:
        typer.echo(f"{asked.summary.said(lang.value)}\n", err=True)
    write(rendered(store, answer, form, lang), output)


@app.command()
def sparql(
    query: Annotated[str, typer.Argument(help="A SPARQL query, a .rq file, or - for standard input. SPARQL 查询。")],
    graph: GraphOption = GRAPH,
    at: StoreOption = None,
    inferred: InferredOption = False,
    lang: LangOption = Lang.zh,
    form: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Run a SPARQL query of your own; the project's prefixes are declared for you. 运行 SPARQL。"""
    from kg.ask import ask_sparql
    from kg.ask.prologue import query_form, with_prefixes

    text = with_prefixes(_query_text(query))
    store = store_at(graph, at, inferred)
    match query_form(text):
        case "ASK":
            write(f"{str(store.ask(text)).lower()}\n", output)
        case "CONSTRUCT" | "DESCRIBE":
            write("".join(f"{quad.n3()}\n" for quad in store.construct(text)), output)
        case _:
            write(rendered(store, ask_sparql(store, text, lang.value), form, lang), output)


@app.command()
def queries(
    name: Annotated[str | None, typer.Argument(help="One question, to see its text and parameters. 问题名。")] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """List the questions of the catalogue, or show one. 列出问题。"""
    catalogue = load_questions()
    if name is None:
        for subject, label in catalogue.subjects.items():
            typer.echo(f"\n{label.said(lang.value)}")
            for question in catalogue.of_subject(subject):
                typer.echo(f"  {question.name:<36} {question.summary.said(lang.value)}")
        return
    _show(catalogue.question(name, lang.value), lang)


def _params(given: list[str]) -> dict[str, str]:
    for param in given:
        if "=" not in param:
            raise InputError("ask", f"“{param}” is no parameter", "write name=value, e.g. institute=国科大温州研究院")
    return dict(param.split("=", 1) for param in given)


def _query_text(query: str) -> str:
    """Return the query itself, from standard input for ``-`` or from a file whose name ends with .rq or .sparql."""
    if query == "-":
        return sys.stdin.read()
    if query.endswith((".rq", ".sparql")):
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(query, f"cannot be read ({error})", "give a SPARQL text, a UTF-8 file, or -") from error
    return query


def _show(question: "Question", lang: Lang) -> None:
    typer.echo(f"{question.name}: {question.summary.said(lang.value)}\n{question.description.said(lang.value)}\n")
    for parameter in question.parameters:
        typer.echo(f"  {parameter.name}={parameter.default or parameter.example}   {parameter.about.said(lang.value)}")
    typer.echo(f"\n{question.sparql}")
