"""Everything the reports say of one thing, grouped by kind, each fact with its sentence."""

from dataclasses import dataclass

from kg.ask.origins import NO_ORIGIN, Origin, find_origins
from kg.catalogue.wording import Lang
from kg.store import Store
from kg.tracing.hops import Details, Quote, Said, Thing
from kg.tracing.network import Network
from kg.tracing.reading import network_of_store
from kg.tracing.trace import find_node
from kg.views.things import find_aliases, find_figures, find_labels, find_mentions


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one kind: ``label`` is the relation in the asked language, ``facts`` each with its sentences."""

    label: str
    facts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number said of the thing: indicator, kind of measure, the value as printed, rank and what it is among, period, status."""

    indicator: str
    measure: str
    printed: str
    rank: str
    scope: str
    when: str
    status: str
    quote: Quote
    origin: Origin = NO_ORIGIN


@dataclass(frozen=True, slots=True)
class Profile:
    """A thing with its other names, its facts by kind, its numbers and how often it is named."""

    thing: Thing
    names: tuple[str, ...]
    groups: tuple[Group, ...]
    numbers: tuple[Number, ...]
    mentions: int
    lang: Lang = "zh"

    def _repr_html_(self) -> str:
        """Return the profile as a notebook shows it."""
        from kg.tracing.html import profile_html

        return profile_html(self)


def profile(store: Store, name: str, lang: Lang = "zh", network: Network | None = None) -> Profile:
    """Return everything about a person, an institute, a programme, a place; raises ``QueryError`` like ``trace``."""
    network = network or network_of_store(store)
    node = find_node(store, network, name, lang)
    ties = network.ties_at(node).tolist()
    details = Details(store, network, (node,), ties, lang)
    groups: dict[tuple[bool, str], list[Said]] = {}
    for tie in ties:
        said = details.said(tie, node)
        groups.setdefault((not said.forward, said.relation), []).append(said)
    thing = details.thing(node)
    labels = find_labels(store, (thing.iri,))[thing.iri]
    names = dict.fromkeys(other for other in (labels.zh, labels.en, *find_aliases(store, (thing.iri,)).get(thing.iri, ())) if other)
    return Profile(
        thing,
        tuple(other for other in names if other != thing.name),
        tuple(
            Group(label, tuple(sorted(facts, key=lambda said: (said.first or "9999", said.text, said.fact))))
            for (_, label), facts in sorted(groups.items(), key=lambda item: item[0])
        ),
        _numbers(store, thing.iri, lang),
        len(find_mentions(store, (thing.iri,)).get(thing.iri, ())),
        lang,
    )


def _numbers(store: Store, iri: str, lang: Lang) -> tuple[Number, ...]:
    figures = find_figures(store, (iri,)).get(iri, [])
    origins = find_origins(store, (figure.fact for figure in figures))
    parts = ((f.indicator, f.measure, f.area, f.period, f.status) for f in figures)
    labels = find_labels(store, (part for said in parts for part in said))

    def said(part: str) -> str:
        label = labels.get(part)
        return "" if label is None else (label.zh or label.en) if lang == "zh" else (label.en or label.zh)

    return tuple(
        Number(
            figure.name if lang == "zh" else said(figure.indicator) or figure.name,
            said(figure.measure),
            figure.printed,
            figure.rank,
            figure.scope if lang == "zh" else said(figure.area) or figure.scope,
            said(figure.period),
            said(figure.status),
            Quote(
                figure.passage.report.rpartition("/")[2].removeprefix("report-"),
                figure.passage.start,
                figure.passage.end,
                figure.passage.quote,
                figure.passage.sentence,
                figure.passage.sentence_start,
            ),
            origins.get(figure.fact, NO_ORIGIN),
        )
        for figure in figures
    )
