"""The views: ``queries/views/<view>.rq``, each one query that says which edges a network has, with its words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.catalogue.header import Header
from kg.catalogue.select import projection
from kg.catalogue.wording import Lang, Wording
from kg.errors import QueryError
from kg.resources import resource
from kg.triples.terms import Iri

NEEDED = ("fact", "subject", "predicate", "object", "quote", "report", "start", "end", "sentence", "from")
OPTIONAL = ("status", "period", "order", "qualifier", "role", "level", "evidence")
_KEYS = ("summary", "description", "tags", "columns", "view")
CENTRE = re.compile(r"VALUES \?node \{[^}]*\} # param$", re.MULTILINE)  # the line that names the things a view is asked for


@dataclass(frozen=True, slots=True)
class View:
    """A network view: its name, what it is called and holds in both languages, and the query for its edges."""

    name: str
    summary: Wording
    description: Wording
    sparql: str
    path: Path

    @property
    def centred(self) -> bool:
        """Whether the view is asked for what lies around given things, not as a whole."""
        return bool(CENTRE.search(self.sparql))

    def around(self, nodes: Iterable[str]) -> str:
        """Return the query for what lies around ``nodes`` (IRIs); only the marked line is changed, by whole terms."""
        terms = " ".join(Iri(node).n3() for node in sorted(nodes))
        return CENTRE.sub(lambda _: f"VALUES ?node {{ {terms} }} # param", self.sparql)


def views(folder: Path | None = None) -> dict[str, View]:
    """Return all views by name; ``QueryError`` names the file and line that is not in order."""
    folder = folder or resource("queries") / "views"
    found = {path.stem: read_view(path) for path in sorted(folder.glob("*.rq"))}
    if not found:
        raise QueryError(folder, "there is no view in this folder", "give a folder with <view>.rq files")
    return found


def find_view(name: str, lang: Lang = "zh", folder: Path | None = None) -> View:
    """Return the view ``name``; ``QueryError`` names those there are, the closest first."""
    found = views(folder)
    if name in found:
        return found[name]
    close = get_close_matches(name, found, n=len(found), cutoff=0.4)
    listed = [*close, *(other for other in found if other not in close)]
    if lang == "zh":
        raise QueryError(f"视图“{name}”", "没有这个视图", f"可用的有：{'、'.join(listed)}")
    raise QueryError(f"view “{name}”", "there is no such view", f"use one of {', '.join(listed)}")


def read_view(path: Path) -> View:
    """Return the view in ``path``: front matter as in the catalogue, ``view: network``, columns as in the SELECT."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(path, f"cannot be read ({error})", "save the query as UTF-8 text") from error
    header = Header(path, source)
    assert header.root is not None  # Header refuses a file without front matter
    front = header.known(header.root, "the front matter", _KEYS)
    if header.text(front["view"], "view") != "network":
        raise header.fault(header.line(front["view"]), "a query in this folder must have view: network", "mend the line or move the file")
    columns = header.mapping(front["columns"], "columns")
    for name, label in columns.items():
        header.wording(label, f"column {name}")
    if tuple(columns) != projection(source):
        raise header.fault(header.line(front["columns"]), "the columns differ from the SELECT", "name the same variables in the same order")
    for name in NEEDED:
        if name not in columns:
            raise header.fault(header.line(front["columns"]), f"a network needs the column “{name}”", f"select {', '.join(NEEDED)}")
    for name in columns:
        if name not in NEEDED + OPTIONAL:
            raise header.fault(header.line(columns[name]), f"a network has no use for “{name}”", f"select {', '.join(NEEDED + OPTIONAL)}")
    header.texts(front["tags"], "tags")
    return View(path.stem, header.wording(front["summary"], "summary"), header.wording(front["description"], "description"), source, path)
