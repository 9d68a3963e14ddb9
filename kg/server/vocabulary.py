"""What an editor can offer while a query is typed: prefixes, graphs, the terms of the graph with their counts, and names."""

import json
from typing import Any

from kg.ask.labels import find_labels
from kg.namespaces import OWL, PREFIXES, RDF, RDFS, RIEC, SKOS, VOID
from kg.server.desk import Desk, Head, spoken
from kg.server.rendering import short
from kg.server.sink import Sink
from kg.store import Store
from kg.triples import iris
from kg.triples.terms import Iri, Literal

_MOST_NAMES = 20
_KINDS = {
    f"{RDFS}Class": "class",
    f"{OWL}Class": "class",
    f"{OWL}ObjectProperty": "property",
    f"{OWL}DatatypeProperty": "property",
    f"{RDF}Property": "property",
    f"{SKOS}Concept": "concept",
}


def vocabulary(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write prefixes, graphs and terms as JSON.

    A term has its ``name`` (with prefix), ``kind``, labels ``zh`` and ``en`` (empty where there is none), the pinyin of the
    first as ``sound``, and ``count``: instances of a class or triples of a property as the VoID record of the build counts
    them. Terms of the ontology that the data do not use have a count of 0.
    """
    store = desk.store
    told = {
        "prefixes": [{"name": name, "iri": iri} for name, iri in PREFIXES.items()],
        "graphs": [short(name) for name in sorted(desk.names)],
        "terms": _terms(store),
    }
    return _written(told, sink)


def names(desk: Desk, head: Head, body: bytes, sink: Sink) -> Head:
    """Write as JSON the things whose name holds what was typed, or begins with it in pinyin: ``name`` (with prefix), ``label``, ``called``.

    Names that begin with it come first, then short ones; at most 20 things.
    """
    typed = head["name"].strip()
    close = _close(desk, typed) if typed else []
    found: dict[Iri, str] = {}
    for called in close[:_MOST_NAMES]:
        for thing in desk.named[called]:
            found.setdefault(thing, called)
    kept = list(found)[:_MOST_NAMES]
    labels = find_labels(desk.store, kept, head["lang"])
    return _written({"things": [{"name": short(t.value), "label": labels[t.value], "called": found[t]} for t in kept]}, sink)


def _close(desk: Desk, typed: str) -> list[str]:
    small, sound = typed.casefold(), spoken(typed)
    fitting = [name for name, said in desk.spoken.items() if small in name.casefold() or said.startswith(sound)]
    return sorted(fitting, key=lambda name: (not name.casefold().startswith(small), small not in name.casefold(), len(name), name))


def _terms(store: Store) -> list[dict[str, Any]]:
    counts, kinds = _counted(store), _declared(store)
    kinds |= {iri: kind for iri, (kind, _) in counts.items()}
    labels = _labels(store)
    found = []
    for iri in sorted(kinds):
        zh, en = (labels.get((iri, lang), "") for lang in ("zh", "en"))
        count = counts.get(iri, ("", 0))[1]
        found.append({"name": short(iri), "kind": kinds[iri], "zh": zh, "en": en, "sound": spoken(zh), "count": count})
    return found


def _labels(store: Store) -> dict[tuple[str, str], str]:
    """Return the label of each term of the ontology by IRI and language; of several the shortest."""
    named = f"?term <{RDFS}label>|<{SKOS}prefLabel> ?label"
    rows = store.select(f"SELECT ?term ?label WHERE {{ GRAPH {iris.graph('ontology').n3()} {{ {named} }} }}")
    said = [(str(row["term"]), label.lang[:2], label.value) for row in rows if isinstance(label := row["label"], Literal)]
    return {(iri, lang): text for iri, lang, text in sorted(said, key=lambda one: (-len(one[2]), one))}


def _declared(store: Store) -> dict[str, str]:
    """Return the terms of the ontology and the concepts of its code lists, each with its kind."""
    rows = store.select(
        f"SELECT DISTINCT ?term ?kind WHERE {{ GRAPH {iris.graph('ontology').n3()} {{ ?term a ?kind }} "
        f"VALUES ?kind {{ {' '.join(f'<{kind}>' for kind in _KINDS)} }} }}"
    )
    found = {str(row["term"]): _KINDS[str(row["kind"])] for row in rows if isinstance(row["term"], Iri)}
    return {iri: kind for iri, kind in found.items() if kind != "concept" or iri.startswith(RIEC)}


def _counted(store: Store) -> dict[str, tuple[str, int]]:
    """Return kind and count of each class and property that the VoID record of the data set counts."""
    parts = (
        f"{{ ?part <{VOID}class> ?term ; <{VOID}entities> ?n BIND('class' AS ?kind) }} UNION "
        f"{{ ?part <{VOID}property> ?term ; <{VOID}triples> ?n BIND('property' AS ?kind) }}"
    )
    whole = f"{iris.dataset().n3()} <{VOID}classPartition>|<{VOID}propertyPartition> ?part"
    rows = store.select(f"SELECT ?term ?kind ?n WHERE {{ GRAPH {iris.graph('catalogue').n3()} {{ {whole} . {parts} }} }}")
    return {str(row["term"]): (str(row["kind"]), int(str(row["n"]))) for row in rows}


def _written(told: dict[str, Any], sink: Sink) -> Head:
    sink.form = "application/json"
    sink.write((json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace"))
    return {}
