"""The OpenAPI 3.1 description of the questions, made from the front matter of the catalogue."""

from typing import Any

from kg import __version__
from kg.ask.names import LONGEST
from kg.catalogue import Catalogue, Question
from kg.catalogue.kinds import KINDS
from kg.catalogue.question import ANY, Parameter
from kg.server.refusal import PROBLEM

FORMS: dict[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "markdown": "text/markdown",
}
RESERVED = ("lang", "format")
_MOST = 10**9 - 1
_REFUSALS = {
    "400": "A parameter is unknown, missing, or of the wrong kind",
    "404": "The graph has no such name; close ones are named",
    "406": "None of the accepted forms is on offer",
    "422": "The answer is larger than the limits of this server",
    "503": "Too many requests wait; come back after Retry-After seconds",
    "504": "The query took longer than the limit of this server",
}


def openapi(catalogue: Catalogue, address: str) -> dict[str, Any]:
    """Return the description of the API at ``address`` (the server's root)."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Knowledge graph of regional innovation ecosystems",
            "version": __version__,
            "description": "Each question of the catalogue at an address of its own; every row carries its sentence. "
            "目录中的每个问题各有一个地址；每一行都带着原句。",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": address}],
        "tags": [{"name": name, "description": f"{label.zh} · {label.en}"} for name, label in catalogue.subjects.items()],
        "paths": {f"/api/{question.name}": {"get": _operation(question)} for question in catalogue},
        "components": {"schemas": {"Problem": _problem(), "Value": _value()}},
    }


def _operation(question: Question) -> dict[str, Any]:
    return {
        "operationId": question.name.replace("/", "-"),
        "tags": [question.subject],
        "summary": f"{question.summary.zh} · {question.summary.en}",
        "description": f"{question.description.zh}\n\n{question.description.en}",
        "parameters": [*(_parameter(parameter) for parameter in question.parameters), *_shared()],
        "responses": {
            "200": {"description": "The rows", "content": _content(question)},
            **{status: _refusal(text) for status, text in _REFUSALS.items()},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.default is None,
        "description": f"{parameter.about.zh} · {parameter.about.en}",
        "schema": _schema(parameter),
    }
    return described | ({"example": _typed(parameter, parameter.example)} if parameter.example else {})


def _schema(parameter: Parameter) -> dict[str, Any]:
    literal = KINDS[parameter.kind].literal
    default = {} if parameter.default in (None, ANY) else {"default": _typed(parameter, parameter.default or "")}
    if literal == "integer":
        return {"type": "integer", "minimum": 0, "maximum": _MOST, **default}
    if literal == "date":
        return {"type": "string", "format": "date", **default}
    return {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"\S", **default}


def _typed(parameter: Parameter, value: str) -> str | int:
    return int(value) if KINDS[parameter.kind].literal == "integer" else value


def _shared() -> list[dict[str, Any]]:
    lang = {"type": "string", "enum": ["zh", "en"]}
    form = {"type": "string", "enum": list(FORMS)}
    return [
        {"name": "lang", "in": "query", "description": "Language of labels; else Accept-Language decides. 标签的语言。", "schema": lang},
        {"name": "format", "in": "query", "description": "Form of the answer; else Accept decides. 格式。", "schema": form},
    ]


def _content(question: Question) -> dict[str, Any]:
    row = {
        "type": "object",
        "properties": {column.name: {"$ref": "#/components/schemas/Value"} for column in question.columns},
        "required": [column.name for column in question.columns],
        "additionalProperties": False,
    }
    column = {"type": "object", "properties": {"name": {"type": "string"}, "label": {"type": "string"}}, "required": ["name", "label"]}
    answer = {
        "type": "object",
        "properties": {
            "question": {"const": question.name},
            "columns": {"type": "array", "items": column},
            "rows": {"type": "array", "items": row},
        },
        "required": ["question", "columns", "rows"],
    }
    return {"application/json": {"schema": answer}} | {form: {"schema": {"type": "string"}} for form in list(FORMS.values())[1:]}


def _value() -> dict[str, Any]:
    node = {"type": "object", "properties": {"label": {"type": "string"}, "iri": {"type": "string"}}, "required": ["label", "iri"]}
    return {"description": "A text, a number, a node with its label, or nothing", "anyOf": [{"type": ["string", "number", "null"]}, node]}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "properties": {"type": text, "title": text, "status": {"type": "integer"}, "kind": text, "detail": text},
        "required": ["type", "title", "status", "kind", "detail"],
    }


def _refusal(text: str) -> dict[str, Any]:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}, "text/plain": {"schema": {"type": "string"}}}
    return {"description": text, "content": content}
