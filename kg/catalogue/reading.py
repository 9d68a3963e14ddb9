"""Read one query file and check that its front matter and its SPARQL say the same."""

import re
from pathlib import Path

import yaml

from kg.catalogue.header import Header
from kg.catalogue.kinds import KINDS
from kg.catalogue.question import ANY, COLUMN_TYPES, MARKED, Column, ColumnType, Parameter, Question
from kg.catalogue.select import projection, variables
from kg.errors import QueryError

VIEWS = ("table", "comparison", "bar", "timeline", "network")  # rows as they are; one column a place; drawn by the pages
_KEYS = ("summary", "description", "tags", "columns", "view")
_EVIDENCE_TYPES: dict[str, ColumnType] = {"quote": "text", "start": "integer", "end": "integer"}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")


def read_question(path: Path, name: str) -> Question:
    """Return the question in ``path``; ``name`` is ``<subject>/<question>``.

    Raises ``QueryError``, naming file and line: an unknown or missing key, a parameter without its marked VALUES line
    or the other way round, a parameter that the query does not use, columns that differ from the SELECT.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(path, f"cannot be read ({error})", "save the query as UTF-8 text") from error
    if not _NAME.fullmatch(name):
        raise QueryError(path, f"“{name}” is no name of a question", "name file and folder in small Latin letters, words joined by -")
    header = Header(path, source)
    front = header.known(header.root, "the front matter", _KEYS, ("params",))
    view = header.text(front["view"], "view")
    if view not in VIEWS:
        raise header.fault(header.line(front["view"]), f"“{view}” is no view", f"use one of {', '.join(VIEWS)}")
    return Question(
        name=name,
        summary=header.wording(front["summary"], "summary"),
        description=header.wording(front["description"], "description"),
        tags=header.texts(front["tags"], "tags"),
        parameters=_parameters(header, front.get("params"), source),
        columns=_columns(header, front["columns"], source),
        view=view,
        sparql=source,
        path=path,
    )


def _columns(header: Header, node: yaml.Node, source: str) -> tuple[Column, ...]:
    columns = tuple(_column(header, name, entry) for name, entry in header.mapping(node, "columns").items())
    selected = projection(source)
    if selected is None:
        raise header.fault(_line(source, "SELECT"), "the query is no SELECT with named variables", "write SELECT ?one ?two, without *")
    declared = tuple(column.name for column in columns)
    if declared != selected:
        raise header.fault(
            header.line(node),
            f"the columns ({', '.join(declared)}) differ from the SELECT ({', '.join(selected)})",
            "name the same variables in the same order",
        )
    return columns


def _column(header: Header, name: str, node: yaml.Node) -> Column:
    """Return a column; its ``type`` may be left out for things, and for the columns by which a row carries its sentence."""
    entry = header.known(node, f"column {name}", ("zh", "en"), ("type",))
    usual: ColumnType = _EVIDENCE_TYPES.get(name, "thing")
    said = header.text(entry["type"], "type") if "type" in entry else usual
    known = next((one for one in COLUMN_TYPES if one == said), None)
    if known is None:
        raise header.fault(header.line(entry["type"]), f"“{said}” is no type of a column", f"use one of {', '.join(COLUMN_TYPES)}")
    return Column(name, header.wording(node, f"column {name}", ("type",)), known)


def _line(source: str, needle: str) -> int:
    found = source.find(needle)
    return source.count("\n", 0, found) + 1 if found >= 0 else 1


def _parameters(header: Header, node: yaml.Node | None, source: str) -> tuple[Parameter, ...]:
    marked = _marked_lines(header, source)
    declared = header.mapping(node, "params") if node else {}
    parameters = tuple(_parameter(header, name, value) for name, value in declared.items())
    for name, (line, _) in marked.items():
        if name not in declared:
            raise header.fault(line, f"?{name} is marked as a parameter but not declared", "describe it under params")
    for parameter in parameters:
        line = header.line(declared[parameter.name])
        if parameter.name not in marked:
            raise header.fault(line, f"parameter “{parameter.name}” has no marked line", f"write VALUES ?{parameter.name} {{ … }} # param")
        if variables(source).count(parameter.name) < 2:
            raise header.fault(line, f"parameter “{parameter.name}” is not used", "use it in a pattern, or take it out")
        place, terms = marked[parameter.name]
        if (terms.strip() == "UNDEF") != (parameter.default == ANY):
            raise header.fault(
                place, f"the terms of ?{parameter.name} do not say its default", "UNDEF goes with default: any, and only with it"
            )
    return parameters


def _marked_lines(header: Header, source: str) -> dict[str, tuple[int, str]]:
    """Return line number and terms of each marked VALUES line."""
    found: dict[str, tuple[int, str]] = {}
    for i, line in enumerate(source.split("\n"), start=1):
        match = MARKED.match(line)
        if match and match["name"] in found:
            raise header.fault(i, f"?{match['name']} is marked twice", "bind a parameter once")
        if match:
            found[match["name"]] = (i, match["terms"])
        elif line.rstrip().endswith("# param"):
            raise header.fault(i, "a marked line must read VALUES ?name { terms } # param", "write it on one line")
    return found


def _parameter(header: Header, name: str, node: yaml.Node) -> Parameter:
    entry = header.known(node, f"parameter {name}", ("kind", "about"), ("default", "example"))
    kind = header.text(entry["kind"], "kind")
    if kind not in KINDS:
        raise header.fault(header.line(entry["kind"]), f"“{kind}” is no kind of parameter", f"use one of {', '.join(KINDS)}")
    if ("default" in entry) == ("example" in entry):
        raise header.fault(
            header.line(node), f"parameter {name} needs a default or an example", "give one: an example where a value must be given"
        )
    default, example = (header.text(entry[key], key) if key in entry else None for key in ("default", "example"))
    return Parameter(name, kind, header.wording(entry["about"], f"about {name}"), default, example)
