"""Compiled shapes, run: one pass for each group of focus nodes finds the suspects, then each constraint looks at those alone.

Shapes of one target share their pass: its focus nodes are gone through once, and one filter asks whether any constraint of any of
the shapes fails. Most nodes are sound, so that little is left for the queries that say what fails where.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kg.errors import StoreError
from kg.shapes.model import Constraint, Result, Shape, Target, Text
from kg.store import Store
from kg.triples.terms import Blank, Iri, Literal, Term
from kg.wording import Wording

_BATCH = 500  # nodes named in one query
Row = Mapping[str, Term | None]
Focus = Iri | Literal


def validate(store: Store, shapes: Sequence[Shape]) -> list[Result]:
    """Return what ``shapes`` find in the union of the named graphs of ``store``, in a fixed order and each result once."""
    found: set[Result] = set()
    for target, members in _by_target(shapes):
        suspects = _suspects(store, target.pattern(), members)
        for shape in members:
            found.update(_results(store, shape, suspects))
            found.update(_in_sparql(store, shape, None))
    return _sorted(found, shapes)


def validate_nodes(store: Store, shapes: Sequence[Shape], nodes: Iterable[Focus]) -> list[Result]:
    """Return what ``validate`` finds whose focus node is one of ``nodes``, looking at nothing else."""
    found: set[Result] = set()
    for members, focus in _shared_out(store, shapes, nodes):
        suspects = [node for some in _batches(focus) for node in _suspects(store, _values(some), members)]
        for shape in members:
            found.update(_results(store, shape, suspects))
            found.update(_in_sparql(store, shape, focus))
    return _sorted(found, shapes)


def count_among(store: Store, shapes: Sequence[Shape], nodes: Iterable[Focus]) -> dict[str, int]:
    """Return for each shape how many of ``nodes`` it looks at."""
    return {shape.iri: len(focus) for members, focus in _shared_out(store, shapes, nodes) for shape in members}


def count_nodes(store: Store, shapes: Sequence[Shape]) -> dict[str, int]:
    """Return for each shape how many focus nodes it has."""
    counts: dict[str, int] = {}
    for target, members in _by_target(shapes):
        rows = store.select(f"SELECT (COUNT(DISTINCT ?this) AS ?n) WHERE {{ {target.pattern()} }}")
        counts |= {shape.iri: int(str(next(iter(rows))["n"])) for shape in members}
    return counts


def _by_target(shapes: Sequence[Shape]) -> Iterator[tuple[Target, list[Shape]]]:
    def key(shape: Shape) -> str:
        return repr(shape.target)

    for _, members in groupby(sorted(shapes, key=key), key=key):
        group = list(members)
        yield group[0].target, group


def _suspects(store: Store, nodes: str, shapes: Iterable[Shape]) -> list[Focus]:
    """Return those of the ``nodes`` that this pattern binds at which some constraint of ``shapes`` fails."""
    faults = [_fails(constraint) for shape in shapes for constraint in shape.constraints if not constraint.in_sparql]
    if not faults:
        return []
    return _this(store.select(f"SELECT ?this WHERE {{ {{ SELECT DISTINCT ?this WHERE {{ {nodes} }} }} FILTER ({' || '.join(faults)}) }}"))


def _fails(constraint: Constraint) -> str:
    if not constraint.pattern:
        return f"({constraint.fault})"
    return f"EXISTS {{ {constraint.pattern} FILTER ({constraint.fault}) }}"


def _shared_out(store: Store, shapes: Sequence[Shape], nodes: Iterable[Focus]) -> list[tuple[list[Shape], list[Focus]]]:
    """Return the shapes of each target with those among ``nodes`` that they look at."""
    groups = list(_by_target(shapes))
    focus = _in_targets(store, [target for target, _ in groups], sorted(set(nodes), key=_key))
    return [(members, there) for (_, members), there in zip(groups, focus, strict=True)]


def _in_targets(store: Store, targets: Sequence[Target], nodes: Sequence[Focus]) -> list[list[Focus]]:
    """Return for each target those of ``nodes`` that are in it."""
    roles: dict[tuple[str, str], set[Term | None]] = defaultdict(set)
    for some in _batches(nodes):
        for role, query in _role_queries(targets, _values(some)):
            for row in store.select(query):
                roles[role, str(row["of"])].add(row["this"])
    members = [set().union(*(roles.get(key, set()) for key in target.roles())) for target in targets]
    return [[node for node in nodes if node in found or str(node) in target.nodes] for target, found in zip(targets, members, strict=True)]


def _role_queries(targets: Sequence[Target], nodes: str) -> Iterator[tuple[str, str]]:
    """Yield for each role a query that tells which of ``nodes`` have it, and of what."""
    yield "instance", f"SELECT DISTINCT ?this ?of WHERE {{ {nodes} GRAPH ?g {{ ?this a ?of }} }}"
    for role, triple in (("subject", "?this ?of ?it"), ("object", "?it ?of ?this")):
        properties = sorted({iri for target in targets for name, iri in target.roles() if name == role})
        asked = f"{nodes} VALUES ?of {{ {' '.join(f'<{iri}>' for iri in properties)} }} FILTER EXISTS {{ GRAPH ?g {{ {triple} }} }}"
        yield role, f"SELECT ?this ?of WHERE {{ {asked} }}"


def _this(rows: Iterable[Row]) -> list[Focus]:
    nodes = {row["this"] for row in rows}
    if any(isinstance(node, Blank) for node in nodes):
        raise StoreError(
            Wording("图谱", "the graph"),
            Wording("其中有空白节点，查询无法再指称它们", "it has blank nodes, which no query can name again"),
            Wording("请给它们 IRI：`kg build` 不产生空白节点", "give them IRIs: `kg build` makes none"),
        )
    return sorted((node for node in nodes if isinstance(node, Iri | Literal)), key=_key)


def _batches(nodes: Sequence[Focus]) -> Iterator[Sequence[Focus]]:
    return (nodes[at : at + _BATCH] for at in range(0, len(nodes), _BATCH))


def _values(nodes: Iterable[Focus]) -> str:
    return f"VALUES ?this {{ {' '.join(node.n3() for node in nodes)} }}"


def _results(store: Store, shape: Shape, nodes: Sequence[Focus]) -> Iterator[Result]:
    """Yield what the constraints of ``shape`` that are not in SPARQL find at ``nodes``."""
    for constraint in shape.constraints:
        for some in _batches([] if constraint.in_sparql else nodes):
            names = " ".join(dict.fromkeys(name for name in (constraint.focus, constraint.value, constraint.path) if name.startswith("?")))
            rows = store.select(f"SELECT DISTINCT {names} WHERE {{ {_values(some)} {constraint.group()} }}")
            yield from (_result(shape, constraint, row) for row in rows)


def _result(shape: Shape, constraint: Constraint, row: Row) -> Result:
    focus = row[constraint.focus[1:]]
    value = row[constraint.value[1:]] if constraint.value else None
    path = str(row[constraint.path[1:]]) if constraint.path.startswith("?") else constraint.path
    assert focus is not None
    return Result(shape.iri, constraint.source, constraint.component, constraint.severity, focus, path, value, constraint.messages)


def _in_sparql(store: Store, shape: Shape, nodes: Sequence[Focus] | None) -> Iterator[Result]:
    """Yield what the SPARQL constraints of ``shape`` find: at ``nodes``, or at all its focus nodes."""
    for constraint in shape.constraints:
        if not constraint.in_sparql or nodes == []:
            continue
        rows: list[Row] = []
        groups = [constraint.whole] if nodes is None else [f"{_values(some)} {constraint.pattern}" for some in _batches(nodes)]
        for group in groups:
            rows += store.select(f"{constraint.prologue}{constraint.columns} WHERE {{ {group} }}")
        focus = _this(rows)
        sound = set(_in_targets(store, [shape.target], focus)[0] if nodes is None else focus)
        yield from (_told(shape, constraint, row) for row in rows if row["this"] in sound)


def _told(shape: Shape, constraint: Constraint, row: Row) -> Result:
    """Return the result of one row; what a message names as ``{?name}`` is filled in from it (section 5.3.2)."""
    focus = row["this"]
    assert focus is not None
    messages = tuple(Text(_filled(text.value, row), text.lang) for text in constraint.messages)
    value = row.get("value") or focus
    path = str(row.get("path") or "")
    return Result(shape.iri, constraint.source, constraint.component, constraint.severity, focus, path, value, messages)


def _filled(text: str, row: Row) -> str:
    for name, value in row.items():
        text = text.replace(f"{{?{name}}}", str(value)).replace(f"{{${name}}}", str(value))
    return text


def _sorted(found: Iterable[Result], shapes: Sequence[Shape]) -> list[Result]:
    order = {shape.iri: number for number, shape in enumerate(shapes)}

    def key(result: Result) -> tuple[object, ...]:
        texts = tuple(text.value for text in result.messages)
        return order[result.shape], _key(result.focus), result.source, result.component, _key(result.value), result.path, texts

    return sorted(found, key=key)


def _key(term: Term | None) -> str:
    return term.n3() if term is not None else ""
