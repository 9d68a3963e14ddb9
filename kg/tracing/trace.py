"""Trace how two things are tied: names to nodes, paths to sentences, and what is missing where there is no path."""

from dataclasses import dataclass, replace

from kg.ask.labels import find_labels
from kg.ask.names import find_things
from kg.ask.sentences import carries_sentences, without_sentences
from kg.catalogue.wording import Lang, Wording
from kg.compact import Flags, Ints
from kg.errors import QueryError
from kg.store import Store
from kg.tracing.gap import Gap, find_gap
from kg.tracing.hops import Details, Said, Thing, done
from kg.tracing.limits import ALL, MOST_HOPS, MOST_PATHS, Limits, admitted, ways
from kg.tracing.network import Network
from kg.tracing.paths import Path, find_paths
from kg.tracing.reading import network_of_store
from kg.views import qualifier
from kg.views.edges import OVER

_SHOWN = 3  # ties of one hop that are shown


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: from where to where, and the strongest of the ties that join the two; ``more`` of them are not told."""

    start: Thing
    end: Thing
    ties: tuple[Said, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """A path: its weight (see ``weights.toml``), its hops, and the same as one sentence."""

    weight: int
    hops: tuple[Hop, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to a trace: routes, the lightest first; ``gap`` says what is missing where there is none."""

    start: Thing
    end: Thing
    routes: tuple[Route, ...]
    gap: Gap | None = None
    lang: Lang = "zh"

    def _repr_html_(self) -> str:
        """Return the trace as a notebook shows it."""
        from kg.tracing.html import trace_html

        return trace_html(self)


def trace(
    store: Store, start: str, end: str, k: int = 3, limits: Limits | None = None, lang: Lang = "zh", network: Network | None = None
) -> Trace:
    """Return up to ``k`` ways in which ``start`` is tied to ``end`` (names, short names, pinyin or IRIs).

    ``k`` is at most ``MOST_PATHS``, the hops of a path at most ``MOST_HOPS``. Raises ``QueryError`` in ``lang`` for an unknown or
    ambiguous name (with candidates), for two names of one thing and for a number out of bounds.
    """
    limits = limits or Limits()
    _check_bounds(k, limits.hops, lang)
    network = network or network_of_store(store)
    a, b = find_node(store, network, start, lang), find_node(store, network, end, lang)
    if a == b:
        what = Wording("这是同一事物的两个名称", "these are two names of one thing")
        remedy = Wording("请给出两个不同的事物，或用 kg profile 查看它", "give two different things, or see it with kg profile")
        raise QueryError(f"{_short(start)} / {_short(end)}", what.said(lang), remedy.said(lang))
    ground = ways(network, a, b, limits)
    paths = find_paths(ground, k, limits)
    routes = routes_of(store, network, paths, ground.ties, lang)
    gap = None if paths else _gap(store, network, a, b, limits, lang)
    details = Details(store, network, (a, b), (), lang)
    return Trace(details.thing(a), details.thing(b), routes, gap, lang)


def _gap(store: Store, network: Network, a: int, b: int, limits: Limits, lang: Lang) -> Gap:
    """Return what is missing, and the path there would be if every crossroads were open and nothing restricted."""
    wide = replace(Limits(), hops=MOST_HOPS, through=frozenset({ALL}))
    near = find_paths(ways(network, a, b, wide), 1, wide)
    around = routes_of(store, network, near, None, lang)
    return find_gap(store, ways(network, a, b, limits), limits, around[0].sentence if around else "", lang)


def ties_of(store: Store, name: str, limits: Limits | None = None, lang: Lang = "zh", network: Network | None = None) -> tuple[Hop, ...]:
    """Return what ``name`` is tied to directly, the strongest ties first; raises ``QueryError`` like ``trace``."""
    network = network or network_of_store(store)
    node = find_node(store, network, name, lang)
    allowed = admitted(network, limits or Limits())
    others: dict[int, None] = {}
    for tie in network.ties_at(node).tolist():
        if allowed is None or allowed[tie]:
            others[int(network.object[tie]) if int(network.subject[tie]) == node else int(network.subject[tie])] = None
    steps = [(node, other) for other in others]
    return hops_of(store, network, steps, allowed, lang)


def routes_of(store: Store, network: Network, paths: list[Path], allowed: Flags | None, lang: Lang) -> tuple[Route, ...]:
    """Return ``paths`` with names, sentences and quotes."""
    steps = list(dict.fromkeys(step for path in paths for step in zip(path.nodes, path.nodes[1:], strict=False)))
    told = dict(zip(steps, hops_of(store, network, steps, allowed, lang), strict=True))
    routes = []
    for path in paths:
        hops = tuple(told[step] for step in zip(path.nodes, path.nodes[1:], strict=False))
        routes.append(Route(path.weight, hops, sentence(hops, lang)))
    return tuple(routes)


def hops_of(store: Store, network: Network, steps: list[tuple[int, int]], allowed: Flags | None, lang: Lang) -> tuple[Hop, ...]:
    """Return the hops between pairs of nodes; a relation that several reports state is one tie for each statement."""
    ties = [_between(network, u, v, allowed).tolist() for u, v in steps]
    nodes = {node for step in steps for node in step}
    details = Details(store, network, nodes, (tie for found in ties for tie in found[:_SHOWN]), lang)
    return tuple(
        Hop(details.thing(u), details.thing(v), tuple(details.said(tie, u) for tie in found[:_SHOWN]), max(0, len(found) - _SHOWN))
        for (u, v), found in zip(steps, ties, strict=True)
    )


def _between(network: Network, u: int, v: int, allowed: Flags | None) -> Ints:
    rows = slice(network.start[u], network.start[u + 1])
    found = network.tie[rows][network.other[rows] == v]
    if allowed is not None:
        found = found[allowed[found]]
    strongest: Ints = found[network.weight[found].argsort(kind="stable")]
    return strongest


def sentence(hops: tuple[Hop, ...], lang: Lang) -> str:
    """Return a path as one sentence, made of the labels of the ontology."""
    parts = []
    for hop in hops:
        tie = hop.ties[0]
        over = qualifier(OVER).said(lang) if OVER in tie.qualifiers else ""
        notes = [text for text in (over, tie.when, "" if done(tie) else tie.status) if text]
        closing = f"（{'，'.join(notes)}）" if lang == "zh" else f" ({', '.join(notes)})"
        name = f"「{hop.start.name}」" if hop.start.type == "Event" else hop.start.name
        parts.append(f"{name}{'' if lang == 'zh' else ' '}{tie.text}{closing if notes else ''}")
    return "；".join(parts) + "。" if lang == "zh" else "; ".join(parts) + "."


def find_node(store: Store, network: Network, name: str, lang: Lang) -> int:
    """Return the node that ``name`` means; ``QueryError`` where there is none, or more than one (with each one's IRI)."""
    found = find_things(store, name, lang)
    nodes = {iri.value: node for iri in found if (node := network.node(iri.value)) is not None}
    if len(nodes) == 1:
        return next(iter(nodes.values()))
    where = f"name={_short(name)}"
    if not nodes and not carries_sentences(store):
        raise without_sentences(where, lang)
    if not nodes:
        what = Wording("报告没有说它与什么有关系", "no report ties it to anything")
        raise QueryError(
            where,
            what.said(lang),
            Wording("用 kg ask evidence/about 查看提到它的句子", "see the sentences that name it with kg ask evidence/about").said(lang),
        )
    labels = find_labels(store, found, lang)
    listed = [f"{labels[iri]}（{network.type_of(node)}）{iri}" for iri, node in sorted(nodes.items())]
    what = Wording(f"这个名称可指 {len(listed)} 个事物", f"this name means {len(listed)} things")
    remedy = Wording(f"请给出其中一个的 IRI：{'；'.join(listed)}", f"give the IRI of one: {'; '.join(listed)}")
    raise QueryError(where, what.said(lang), remedy.said(lang))


def _check_bounds(k: int, hops: int, lang: Lang) -> None:
    for option, value, most in (("-k", k, MOST_PATHS), ("--hops", hops, MOST_HOPS)):
        if not 1 <= value <= most:
            what = Wording(f"{value} 不在范围内", f"{value} is out of bounds")
            raise QueryError(
                option, what.said(lang), Wording(f"请给出 1 到 {most} 的整数", f"give a whole number from 1 to {most}").said(lang)
            )


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:60] + "…"
