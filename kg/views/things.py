"""What the store says of the nodes of a network: labels, classes, other names, mentions, figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.namespaces import OA, PROV, RDF, RDFS, RIE, RIEC, SKOS
from kg.store import Store
from kg.triples.terms import Iri, Literal
from kg.views.edges import ACHIEVED, Passage, Row, passage_of, text_of

_AT_ONCE = 400  # nodes in one query
_PASSAGE = "?evidence ?report ?start ?end ?quote ?sentence ?from"
_PLACE = f"""
  ?evidence <{OA}hasSource> ?report ; <{OA}hasSelector> ?position , ?quotation ; <{RIE}inSentence> ?whole .
  ?position <{OA}start> ?start ; <{OA}end> ?end . ?quotation <{OA}exact> ?quote .
  ?whole <{OA}hasSelector> ?wholePosition , ?wholeQuotation .
  ?wholePosition <{OA}start> ?from . ?wholeQuotation <{OA}exact> ?sentence ."""
# things without rie:entityType
UNTYPED = {"EcosystemEvent": "Event", "StatisticalObservation": "Observation", "Designation": "Award/Title", "Indicator": "Indicator"}
_BOUNDS = {"greater-than": ">", "at-least": "≥", "less-than": "<", "at-most": "≤", "approximate": "≈"}
SIGNS = "".join(_BOUNDS.values())


@dataclass(frozen=True, slots=True)
class Label:
    """A label in both languages, empty where there is none."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number said of a node: indicator and measure as IRIs, the value as printed with its bound, rank and period.

    ``scope`` is what the rank is among, as printed, ``area`` the IRI of that place, empty where it is none.
    """

    fact: str
    indicator: str
    name: str
    measure: str
    printed: str
    rank: str
    scope: str
    area: str
    status: str
    period: str
    passage: Passage


def ask_of(store: Store, nodes: Iterable[str], select: str, pattern: str) -> Iterator[Row]:
    """Yield the rows of ``pattern`` in any named graph for ``nodes``, which it calls ``?node``."""
    wanted = sorted({node for node in nodes if node})
    for begin in range(0, len(wanted), _AT_ONCE):
        values = " ".join(Iri(node).n3() for node in wanted[begin : begin + _AT_ONCE])
        yield from store.select(f"SELECT DISTINCT {select} WHERE {{ GRAPH ?graph {{ VALUES ?node {{ {values} }} {pattern} }} }}")


def find_labels(store: Store, nodes: Iterable[str]) -> dict[str, Label]:
    """Return the labels of ``nodes``; where one language is missing, that of the same thing in a code list.

    A node without either is called by its label in a third language, else by the end of its IRI.
    """
    wanted = sorted({node for node in nodes if node})
    same: dict[str, list[str]] = {}
    for row in ask_of(store, wanted, "?node ?same", f"?node <{SKOS}exactMatch> ?same"):
        same.setdefault(text_of(row, "node"), []).append(text_of(row, "same"))
    found: dict[str, dict[str, list[str]]] = {}
    for row in ask_of(
        store,
        [*wanted, *(iri for others in same.values() for iri in others)],
        "?node ?label",
        f"?node <{RDFS}label>|<{SKOS}prefLabel> ?label",
    ):
        label = row["label"]
        if isinstance(label, Literal):
            lang = next((known for known in ("zh", "en") if label.lang.startswith(known)), "zh" if not label.lang else "else")
            found.setdefault(text_of(row, "node"), {}).setdefault(lang, []).append(label.value)
    return {node: _label(node, [found.get(iri, {}) for iri in (node, *sorted(same.get(node, [])))]) for node in wanted}


def _label(node: str, known: list[dict[str, list[str]]]) -> Label:
    zh, en, other = (next((min(labels[lang]) for labels in known if lang in labels), "") for lang in ("zh", "en", "else"))
    return Label(zh or ("" if en else other or node.rpartition("/")[2].rpartition("#")[2] or node), en)


def find_days(store: Store, periods: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the first and the last day of ``periods`` as ISO dates, empty for an end that is not known."""
    found = {period: {"firstDay": "", "lastDay": ""} for period in periods}
    for row in ask_of(store, found, "?node ?end ?day", f"VALUES ?end {{ <{RIE}firstDay> <{RIE}lastDay> }} ?node ?end ?day"):
        found[text_of(row, "node")][text_of(row, "end").removeprefix(RIE)] = text_of(row, "day")
    return {period: (days["firstDay"], days["lastDay"]) for period, days in found.items()}


def find_aliases(store: Store, nodes: Iterable[str]) -> dict[str, list[str]]:
    """Return the other names of ``nodes``, the longest first."""
    found: dict[str, set[str]] = {}
    for row in ask_of(store, nodes, "?node ?name", f"?node <{SKOS}altLabel> ?name"):
        found.setdefault(text_of(row, "node"), set()).add(text_of(row, "name"))
    return {node: sorted(names, key=lambda name: (-len(name), name)) for node, names in found.items()}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a node is: the type of the facts format, its closest class, and whether it is an idea or a heading, not a thing."""

    type: str
    cls: str
    concept: bool


def find_kinds(store: Store, nodes: Iterable[str]) -> dict[str, Kind]:
    """Return what ``nodes`` are. Honours count as things here: they are given, and people look for them."""
    wanted = sorted(set(nodes))
    types: dict[str, str] = {}
    for row in ask_of(store, wanted, "?node ?type", f"?node <{RIE}entityType> ?type"):
        node, name = text_of(row, "node"), text_of(row, "type")
        types[node] = min(types.get(node, name), name)  # two reports may differ; engines give rows in different orders
    classes: dict[str, set[str]] = {node: set() for node in wanted}
    for row in ask_of(store, wanted, "?node ?class", f"?node <{RDF}type> ?class"):
        classes[text_of(row, "node")].add(text_of(row, "class"))
    above: dict[str, set[str]] = {}
    for row in ask_of(store, set().union(*classes.values()), "?node ?super", f"?node <{RDFS}subClassOf>+ ?super"):
        above.setdefault(text_of(row, "node"), set()).add(text_of(row, "super"))
    return {node: _kind(types.get(node, ""), classes[node], above) for node in wanted}


def _kind(type_name: str, classes: set[str], above: Mapping[str, set[str]]) -> Kind:
    covered = set().union(*(above.get(cls, set()) - {cls} for cls in classes))
    closest = sorted(classes - covered, key=lambda cls: (not cls.startswith(RIE), cls))
    cls = closest[0] if closest else ""
    everything = classes | covered
    idea = everything & {f"{SKOS}Concept", f"{RIE}Heading"}
    concept = bool(idea) and f"{RIE}Designation" not in everything
    if not type_name:
        type_name = next((name for cls, name in UNTYPED.items() if f"{RIE}{cls}" in everything), "Concept")
    return Kind(type_name, cls, concept)


def find_mentions(store: Store, nodes: Iterable[str]) -> dict[str, list[Passage]]:
    """Return the passages in which ``nodes`` are printed, in text order."""
    found: dict[str, set[Passage]] = {}
    for row in ask_of(store, nodes, f"?node {_PASSAGE}", f"?node <{RIE}mentionedAt> ?evidence . {_PLACE}"):
        node = text_of(row, "node")
        found.setdefault(node, set()).add(passage_of(row, node))
    return {node: sorted(passages) for node, passages in found.items()}


def find_figures(store: Store, nodes: Iterable[str]) -> dict[str, list[Figure]]:
    """Return the observations of ``nodes``, in text order.

    Asked in plain patterns without OPTIONAL, each of which an engine answers from its indexes, however large the store.
    """
    subjects: dict[str, set[str]] = {}
    for row in ask_of(store, nodes, "?node ?fact", f"?fact <{RIE}observationSubject> ?node"):
        subjects.setdefault(text_of(row, "fact"), set()).add(text_of(row, "node"))
    said = _properties(store, subjects)
    ranks = _properties(store, {rank for values in said.values() for rank in values.get(f"{RIE}hasRank", ())})
    first: dict[str, Passage] = {}
    for row in ask_of(store, subjects, f"?node {_PASSAGE}", f"?node <{PROV}wasDerivedFrom> ?evidence . {_PLACE}"):
        passage = passage_of(row, text_of(row, "node"))
        first[passage.fact] = min(first.get(passage.fact, passage), passage)
    found: dict[str, list[Figure]] = {}
    for fact, passage in first.items():
        figure = _figure(fact, said[fact], ranks, passage)
        for node in subjects[fact]:
            found.setdefault(node, []).append(figure)
    return {node: sorted(figures, key=lambda figure: (figure.passage, figure.fact)) for node, figures in found.items()}


def find_amounts(store: Store, nodes: Iterable[str]) -> dict[str, tuple[float, str]]:
    """Return value and printed unit of those of ``nodes`` that are observations themselves."""
    rows = ask_of(store, nodes, "?node ?value ?unit", f"?node <{RIE}value> ?value ; <{RIE}unitName> ?unit")
    return {text_of(row, "node"): (float(text_of(row, "value")), text_of(row, "unit")) for row in rows}


Properties = dict[str, list[str]]


def _properties(store: Store, things: Iterable[str]) -> dict[str, Properties]:
    """Return every property of ``things`` with its values, sorted."""
    found: dict[str, Properties] = {}
    for row in ask_of(store, things, "?node ?property ?value", "?node ?property ?value"):
        values = found.setdefault(text_of(row, "node"), {}).setdefault(text_of(row, "property"), [])
        values.append(text_of(row, "value"))
    return {thing: {name: sorted(values) for name, values in properties.items()} for thing, properties in found.items()}


def _figure(fact: str, said: Properties, ranks: Mapping[str, Properties], passage: Passage) -> Figure:
    def value(name: str, of: Properties = said) -> str:
        return of.get(f"{RIE}{name}", [""])[0]

    rank = ranks.get(value("hasRank"), {})
    return Figure(
        fact,
        value("indicator"),
        value("indicatorName"),
        value("measureType"),
        _BOUNDS.get(value("bound").removeprefix(RIEC), "") + (value("rawValue") or value("value") + value("unitName")),
        value("position", rank),
        value("rankScope", rank),
        value("scopeArea", rank),
        value("factualStatus") or ACHIEVED,
        "" if value("periodBasis") == f"{RIEC}period-none" else value("referencePeriod"),
        passage,
    )
