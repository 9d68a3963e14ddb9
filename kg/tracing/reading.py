"""Read the ties of a store, once a store: kept in memory, and beside the store by the sha256 of its manifest."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from weakref import WeakKeyDictionary
from zipfile import BadZipFile

import numpy as np

from kg.ask.places import places_by_code
from kg.atomic import replacing
from kg.compact import Texts
from kg.errors import KgError
from kg.namespaces import OA, PROV, RDF, RIE, RIEC, SCHEMA
from kg.stamp import read_stamp
from kg.store import Rows, Store
from kg.tracing.network import EVENT, WITHIN, Network, Tie, network_of, pack
from kg.views.edges import OVER

FORMAT = 2  # of the file beside the store; another number is read anew
_FILE = "ties.npz"
_EVIDENCE = f"?fact <{PROV}wasDerivedFrom> ?evidence . ?evidence <{OA}hasSource> ?report ."
_WHEN = f"""
  OPTIONAL {{ ?fact <{RIE}factualStatus> ?status }}
  OPTIONAL {{ ?fact <{RIE}statementPeriod>|<{RIE}referencePeriod> ?period ; <{RIE}periodBasis> ?basis }}
  OPTIONAL {{ ?fact <{RIE}qualifier> ?over . FILTER (?over = "{OVER}") }}"""
_TIES = (
    ("", f"?fact <{RDF}subject> ?subject ; <{RDF}predicate> ?predicate ; <{RDF}object> ?object ."),
    (f"{RIE}part", f"?fact <{RIE}whole> ?subject ; <{RIE}part> ?object ."),
    (f"{RIE}participant", f"?fact <{RIE}participant> ?object ."),
)
_NAMES = ("types", "predicates", "statuses", "reports")
_ARRAYS = ("kind", "subject", "object", "predicate", "status", "report", "first", "last", "dated", "over")
_kept: WeakKeyDictionary[Store, Network] = WeakKeyDictionary()


def network_of_store(store: Store, folder: Path | None = None) -> Network:
    """Return the ties of ``store``; read once, then kept with it.

    ``folder`` is the store's own folder: what was read is kept there too, and is read anew when the build has changed.
    """
    if store not in _kept:
        manifest = _manifest(folder)
        found = _load(folder, manifest) if folder and manifest else None
        if found is None:
            found = read_network(store)
            if folder and manifest:
                with suppress(KgError, OSError):  # a folder that may only be read
                    _save(found, folder, manifest)
        _kept[store] = found
    return _kept[store]


def read_network(store: Store) -> Network:
    """Return the statements, listings and events of ``store`` and the places that lie in places, in the compact form."""
    days = _days(store)
    ties = [tie for graph in store.graphs() for tie in _ties_of(store, graph.n3(), days)]
    types = {tie.subject: EVENT for tie in ties if tie.predicate == f"{RIE}participant"}
    for row in store.select(f"SELECT ?node ?type WHERE {{ GRAPH ?g {{ ?node <{RIE}entityType> ?type }} }} ORDER BY ?node ?type"):
        types.setdefault(str(row["node"]), str(row["type"]))
    return network_of([*ties, *_places(store), *_seats(store)], types)


def _days(store: Store) -> dict[str, tuple[str | None, str | None]]:
    found: dict[str, tuple[str | None, str | None]] = {}
    for day, place in (("firstDay", 0), ("lastDay", 1)):
        for row in store.select(f"SELECT ?period ?day WHERE {{ GRAPH ?g {{ ?period <{RIE}{day}> ?day }} }}"):
            before = found.get(str(row["period"]), (None, None))
            found[str(row["period"])] = (str(row["day"]), before[1]) if place == 0 else (before[0], str(row["day"]))
    return found


def _ties_of(store: Store, graph: str, days: dict[str, tuple[str | None, str | None]]) -> Iterator[Tie]:
    """Yield the ties of one graph; a graph is one report, so that few rows are held at a time."""
    for predicate, pattern in _TIES:
        rows: Rows = store.select(f"SELECT * WHERE {{ GRAPH {graph} {{ {pattern} {_EVIDENCE} {_WHEN} }} }}")
        for row in rows:
            fact, period = str(row["fact"]), str(row["period"] or "")
            dated = bool(period) and str(row["basis"]) != f"{RIEC}period-none"
            first, last = days.get(period, (None, None))
            yield Tie(
                str(row["subject"]) if "subject" in row else fact,
                predicate or str(row["predicate"]),
                str(row["object"]),
                fact,
                str(row["status"] or f"{RIEC}achieved"),
                first,
                last,
                dated,
                str(row["report"]),
                row["over"] is not None,
            )


def _places(store: Store) -> Iterator[Tie]:
    """Yield which place stands under which by its official code."""
    for place, parent in places_by_code(store).items():
        yield Tie(place, WITHIN, parent)


def _seats(store: Store) -> Iterator[Tie]:
    """Yield the place that each government body serves by its name (湖州市科学技术局: 湖州市), as the authority graph has it."""
    for row in store.select(f"SELECT ?body ?place WHERE {{ GRAPH ?g {{ ?body <{SCHEMA}areaServed> ?place }} }} ORDER BY ?body"):
        yield Tie(str(row["body"]), WITHIN, str(row["place"]))


def _manifest(folder: Path | None) -> str | None:
    try:
        return str(read_stamp(folder)["manifest"]) if folder else None
    except (KgError, KeyError):
        return None


def _save(network: Network, folder: Path, manifest: str) -> None:
    head = {"format": FORMAT, "manifest": manifest, **{name: getattr(network, name) for name in _NAMES}}
    arrays = {name: getattr(network, name) for name in _ARRAYS}
    texts = {f"{name}_{part}": getattr(getattr(network, name), part) for name in ("nodes", "facts") for part in ("block", "ends")}
    with replacing(folder / _FILE) as handle:
        np.savez(handle, head=np.frombuffer(json.dumps(head).encode(), dtype=np.uint8), **arrays, **texts)


def _load(folder: Path, manifest: str) -> Network | None:
    """Return what was kept for this build, ``None`` when there is nothing or it cannot be used."""
    try:
        with np.load(folder / _FILE, allow_pickle=False) as kept:
            head = json.loads(bytes(kept["head"]))
            if (head["format"], head["manifest"]) != (FORMAT, manifest):
                return None
            texts = (Texts(kept[f"{name}_block"], kept[f"{name}_ends"]) for name in ("nodes", "facts"))
            names = tuple(tuple(head[name]) for name in _NAMES)
            return pack(*texts, names, *(kept[name] for name in _ARRAYS))  # type: ignore[call-arg, arg-type]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
