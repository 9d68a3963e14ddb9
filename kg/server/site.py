"""The pages of the server, each written by a worker: home, search, things, reports, the ontology, views, the SPARQL page."""

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, cast

from kg.ask.labels import find_labels
from kg.ask.names import close_names, find_things
from kg.catalogue import Lang, Wording
from kg.catalogue.networks import views
from kg.errors import QueryError, UnknownNameError
from kg.namespaces import BASE
from kg.resources import resource
from kg.server.desk import Desk, Head
from kg.server.media import HTML, NAMES, TRIPLES
from kg.server.refusal import Refusal, of_error
from kg.server.rendering import POLICY, page
from kg.server.sink import Sink
from kg.server.texts import find_text
from kg.triples.terms import Iri


def html(sink: Sink, head: Head, text: bytes, status: int = 200, policy: str = POLICY) -> Head:
    """Write a page with its language and its content security policy."""
    sink.form = HTML
    sink.write(text)
    return {"status": status, "headers": {"content-security-policy": policy, "content-language": head["lang"]}}


def drawn(sink: Sink, head: Head, template: str, status: int = 200, **data: Any) -> Head:
    """Write the page made of ``template``."""
    return html(sink, head, page(template, head, **data), status)


def home(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the first page."""
    catalogue = desk.graph.catalogue
    subjects = [(label, catalogue.of_subject(name)) for name, label in catalogue.subjects.items()]
    told: dict[str, Any] = {
        "subjects": subjects,
        "views": _views(),
        "reports": desk.titles(),
        "triples": len(desk.store),
        "base": BASE,
    }
    return drawn(sink, head, "home.html.j2", **told)


def _views() -> list[tuple[str, Wording]]:
    """Return name and summary of each network view that can be drawn as a whole; what lies around one thing needs that thing."""
    return [(view.name, view.summary) for view in views().values() if not view.centred]


def search(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write what ``name`` may mean: what is called so, in any of its names or in pinyin, and what is called nearly so."""
    name = head["name"].strip()
    exact: tuple[Iri, ...] = ()
    if name:
        try:
            exact = find_things(desk.store, name, head["lang"])
        except QueryError:
            exact = ()
    near = [(other, desk.named[other]) for other in close_names(name, desk.named, limit=30)] if name else []
    found = {thing: other for other, things in reversed(near) for thing in things if thing not in exact}
    labels = _labels(desk, [*exact, *found], head["lang"])
    told = [(other, labels[thing], thing) for thing, other in reversed(found.items())]
    return drawn(sink, head, "search.html.j2", name=name, exact=[(labels[x], x) for x in exact], near=told)


def _labels(desk: Desk, things: list[Iri], lang: Lang) -> Mapping[Iri, str]:
    found = find_labels(desk.store, things, lang)
    return {thing: found[thing.value] for thing in things}


def nowhere(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Say that nothing is here, with names like the last part of the address; for people as a page."""
    last = head["path"].rstrip("/").rpartition("/")[2][:100]
    close = [(name, desk.named[name][0]) for name in close_names(last, desk.named)] if last else []
    if head["html"]:
        return drawn(sink, head, "nowhere.html.j2", status=404, close=close, wanted=last)
    names = ", ".join(f"{name} <{thing}>" for name, thing in close)
    what = Wording("此地址没有内容", "there is nothing at this address")
    remedy = Wording(f"相近的名称：{names}" if names else "从首页 / 开始", f"close names: {names}" if names else "begin at /")
    raise Refusal(404, "not-found", what, remedy)


def report(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the text of a report with an anchor for each passage."""
    found = find_text(desk.store, desk.folder, head["report"])
    if found is None:
        return nowhere(desk, head, body, sink)
    return drawn(sink, head, "report.html.j2", text=found)


def view(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write a network view; the page brings its own policy, which lets only its own scripts run."""
    from kg.pages import write_view

    file = Path(head["spill"] + ".html")
    texts = (desk.folder / "reports", resource("graph") / "reports")
    try:
        write_view(desk.store, head["view"], file, head["lang"], texts=texts, focus=head["focus"] or None, hops=1)
        return html(sink, head, file.read_bytes(), policy="frame-ancestors 'none'")
    except UnknownNameError as error:
        raise of_error(404, "unknown-name", error) from error
    except QueryError as error:
        raise of_error(404, "unknown-view", error) from error
    finally:
        file.unlink(missing_ok=True)


def dump(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write the whole graph in the form that the address names."""
    from kg.export import export

    form = {"nq": "nquads", "trig": "trig", "ttl": "turtle", "jsonld": "jsonld"}[head["form"]]
    sink.form = TRIPLES[NAMES[head["form"]]]
    name = f'attachment; filename="graph.{head["form"]}"'
    export(desk.store, form, cast(IO[bytes], sink))
    return {"headers": {"content-disposition": name}}
