"""How to ask a question from a program: the same address in curl, Python, R and JavaScript."""

import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from kg.catalogue import Question
from kg.catalogue.question import ANY

LANGUAGES = ("curl", "Python", "R", "JavaScript")


def api_path(question: Question, params: Mapping[str, str]) -> str:
    """Return the address of an answer within the server."""
    return f"/api/{question.name}" + (f"?{urlencode(params, quote_via=quote)}" if params else "")


def example(question: Question) -> dict[str, str]:
    """Return parameters with which ``question`` can be asked: those that must be given, or that hold anyway."""
    wanted = {parameter.name: parameter.example or parameter.default for parameter in question.parameters}
    return {name: value for name, value in wanted.items() if value and value != ANY}


def snippets(question: Question, params: Mapping[str, str], address: str) -> dict[str, str]:
    """Return a snippet for each of ``LANGUAGES``; ``address`` is the server's root, ``params`` what is asked."""
    as_json, as_csv = (json.dumps(address + api_path(question, {**params, "format": form})) for form in ("json", "csv"))
    given = " ".join(f"--data-urlencode {_shell(f'{name}={value}')}" for name, value in {**params, "format": "csv"}.items())
    python = f'with urllib.request.urlopen({as_json}) as answer:\n    rows = json.load(answer)["rows"]'
    return {
        "curl": f"curl -G {_shell(f'{address}/api/{question.name}')} {given}",
        "Python": f"import json, urllib.request\n\n{python}",
        "R": f'rows <- read.csv({as_csv}, fileEncoding = "UTF-8")',
        "JavaScript": f"const {{ rows }} = await (await fetch({as_json})).json();",
    }


def _shell(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
