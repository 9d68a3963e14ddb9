"""Pages: Jinja2 templates with everything escaped, and a content security policy that lets in nothing from elsewhere."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context

from kg.namespaces import PREFIXES
from kg.server.places import linked_to
from kg.wording import Wording

FOLDER = Path(__file__).resolve().parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def page(template: str, head: Mapping[str, Any], **data: Any) -> bytes:
    """Return the page made of ``template``.

    ``head`` has its language, its address (``path``; ``here`` with its parameters) and ``said``: that the address names
    the language, so that its links must.
    """
    about = {name: head[name] for name in ("lang", "path", "here", "said")}
    text = _environment().get_template(template).render(about | data)
    return text.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        say=_say, to=_to, link=_link, query=_query, short=short, plain=plain, rows_said=_rows_said, other_language=_other_language
    )
    environment.filters["both"] = _both
    return environment


@pass_context
def _say(context: Mapping[str, Any], zh: str, en: str) -> str:
    return zh if context["lang"] == "zh" else en


@pass_context
def _both(context: Mapping[str, Any], wording: Wording) -> str:
    return wording.said(context["lang"])


@pass_context
def _to(context: Mapping[str, Any], path: str, **params: str) -> str:
    """Return a link within the server that keeps the language, where the address of this page names it."""
    before, mark, anchor = path.partition("#")
    if context["said"] and before.startswith("/"):
        params = {**params, "lang": context["lang"]}
    asked = f"?{urlencode({key: value for key, value in params.items() if value})}" if params else ""
    return f"{before}{asked}{mark}{anchor}"


@pass_context
def _link(context: Mapping[str, Any], iri: str) -> str:
    """Return where a link to ``iri`` leads, the language kept."""
    found = linked_to(iri)
    return str(_to(context, found)) if found.startswith("/") else found


def _query(sparql: str) -> str:
    return f"/sparql?query={quote(sparql)}"


def plain(sparql: str) -> str:
    """Return a query of the catalogue without its front matter."""
    return "\n".join(line for line in sparql.split("\n") if not line.startswith("#+"))


def short(iri: str) -> str:
    """Return ``iri`` with its prefix."""
    space, prefix = max(((space, prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)), default=("", ""))
    return f"{prefix}:{iri.removeprefix(space)}" if prefix else iri


@pass_context
def _rows_said(context: Mapping[str, Any], count: int) -> str:
    return f"{count} 行" if context["lang"] == "zh" else f"{count} row{'' if count == 1 else 's'}"


@pass_context
def _other_language(context: Mapping[str, Any]) -> str:
    """Return the address of this page in the other language."""
    here = str(context["here"])
    return f"{here}{'&' if '?' in here else '?'}lang={'en' if context['lang'] == 'zh' else 'zh'}"
