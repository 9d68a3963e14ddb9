"""The ontology as two web pages in both languages: ``index.html`` (classes, properties) and ``concepts.html`` (code lists).

The first is drawn by pyLODE (extra ``docs``), the second here. Neither loads anything from elsewhere or runs a script; each
term has its local name as its anchor, so that ``ontology#leads`` leads there. ``python -m kg.ontology_docs FOLDER`` writes them.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kg.atomic import write_text
from kg.errors import InputError, KgError
from kg.namespaces import PREFIXES, RIE, RIEC
from kg.resources import resource

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_STYLE = """body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: sans-serif; line-height: 1.5; color: #222 }
h1, h2 { color: #005a9c; font-weight: normal } h2 { margin-top: 3rem }
dt { margin-top: 1rem; font-weight: bold } dd { margin: 0 0 0 1.5rem } code { color: #8a2c0d; font-weight: normal }
dt:target { background: #fff3c4 } a { color: #005a9c }"""


def write_docs(folder: Path, ontology: Path | None = None) -> tuple[Path, ...]:
    """Write both pages into ``folder`` and return their paths; ``ontology`` is the folder of the Turtle files.

    Raises ``InputError`` when pyLODE is not installed or an ontology file cannot be read.
    """
    source = ontology or resource("ontology")
    index, concepts = folder / "index.html", folder / "concepts.html"
    write_text(index, terms_page(_read(source / "core.ttl", source / "external.ttl")))
    write_text(concepts, concepts_page(_read(source / "concepts.ttl")))
    return index, concepts


def terms_page(graph: rdflib.Graph) -> str:
    """Return the page of classes and properties; ``graph`` holds the terms and the labels of what they reuse."""
    with _quiet():
        try:
            from pylode.profiles.ontpub import OntPub
        except ImportError as error:
            raise InputError("docs", "pyLODE is not installed", "run pip install 'innovation-ecosystem-kg[docs]'") from error
        page = OntPub(ontology=_with_one_label(graph))
        page.fids.update({str(term): _local_name(term) for term in graph.subjects(RDFS.isDefinedBy) if str(term).startswith(RIE)})
        html = str(page.make_html())
    # what is cut is a copy of the metadata for crawlers, in an order that changes from run to run
    html = _SCRIPT.sub("", html).replace("<html>", '<html lang="zh-Hans">', 1)
    return html.replace('<div id="content">', '<div id="content">\n<p><a href="concepts.html">概念表 · Code lists</a></p>', 1)


def concepts_page(graph: rdflib.Graph) -> str:
    """Return the page of the code lists, a section for each scheme, concepts by their names."""
    schemes = sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)
    title = _both(graph, rdflib.URIRef(RIEC.rstrip("/")), DCTERMS.title)
    sections = "\n".join(_scheme(graph, scheme) for scheme in schemes)
    head = f'<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>'
    link = '<p><a href="index.html">类与属性 · Classes and properties</a></p>'
    return f'<!DOCTYPE html>\n<html lang="zh-Hans">\n{head}\n<body>\n<h1>{title}</h1>\n{link}\n{sections}\n</body>\n</html>\n'


def _scheme(graph: rdflib.Graph, scheme: rdflib.term.Node) -> str:
    concepts = sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
    entries = "\n".join(_concept(graph, concept) for concept in concepts)
    return f'<h2 id="{_local_name(scheme)}">{_both(graph, scheme, RDFS.label)}</h2>\n<dl>\n{entries}\n</dl>'


def _concept(graph: rdflib.Graph, concept: rdflib.term.Node) -> str:
    lines = [escape(str(text)) for text in _sorted(graph, concept, SKOS.definition)]
    printed = [*_sorted(graph, concept, SKOS.notation), *_sorted(graph, concept, SKOS.altLabel)]
    if printed:
        lines.append("、".join(escape(str(form)) for form in printed))
    lines += [_link(str(match)) for match in _sorted(graph, concept, SKOS.exactMatch)]
    lines += [escape(str(example)) for example in _sorted(graph, concept, SKOS.example)]
    name, body = _local_name(concept), "".join(f"<dd>{line}</dd>" for line in lines)
    return f'<dt id="{name}">{_both(graph, concept, SKOS.prefLabel)} <code>{name}</code></dt>{body}'


def _both(graph: rdflib.Graph, node: rdflib.term.Node, path: rdflib.URIRef) -> str:
    return " · ".join(escape(str(text)) for text in _sorted(graph, node, path))


def _sorted(graph: rdflib.Graph, node: rdflib.term.Node, path: rdflib.URIRef) -> list[rdflib.term.Node]:
    """Return the values, Chinese before English."""
    return sorted(graph.objects(node, path), key=lambda text: (getattr(text, "language", None) == "en", str(text)))


def _link(iri: str) -> str:
    space, prefix = max(((space, prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)), default=("", ""))
    name = f"{prefix}:{iri.removeprefix(space)}" if prefix else iri
    return f'<a href="{escape(iri)}">{escape(name)}</a>'


def _local_name(term: rdflib.term.Node) -> str:
    return re.split(r"[#/]", str(term))[-1]


def _with_one_label(graph: rdflib.Graph) -> rdflib.Graph:
    """Return a copy in which both labels of a term stand in one, since pyLODE runs them together."""
    labelled = (RDFS.label, DCTERMS.title)
    triples = {triple for triple in graph if triple[1] not in labelled}
    for path in labelled:
        for node in graph.subjects(path):
            text = " · ".join(str(label) for label in _sorted(graph, node, path))
            triples.add((node, path, rdflib.Literal(text)))
    copy = rdflib.Graph()
    for triple in sorted(triples, key=lambda triple: [term.n3() for term in triple]):  # pyLODE writes in the order it reads
        copy.add(triple)
    for prefix, space in PREFIXES.items():
        copy.bind(prefix, space)
    return copy


def _read(*files: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except (OSError, SyntaxError, ValueError) as error:
            raise InputError(file, f"this ontology file cannot be read ({error})", "mend the Turtle") from error
    assert any(graph.subjects(RDF.type, OWL.Ontology))
    return graph


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the root logger as it was: importing pyLODE sets it to print everything."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(disabled)
        root.handlers[:] = handlers
        root.setLevel(level)


def main(arguments: list[str]) -> int:
    """Write the pages into the folder given; return the exit status: 0 written, 2 could not run."""
    if len(arguments) != 1:
        sys.stderr.write("ontology docs: no folder given - run python -m kg.ontology_docs FOLDER\n")
        return 2
    try:
        for path in write_docs(Path(arguments[0])):
            sys.stdout.write(f"{path}\n")
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.status
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
