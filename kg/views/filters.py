"""What a network is narrowed to: relations, types, statuses, reports, places, days; and what each of them left."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.ask.sentences import carries_sentences, without_sentences
from kg.catalogue.wording import Lang, Wording
from kg.errors import QueryError
from kg.store import Store
from kg.views.edges import PARTICIPANT, Edge
from kg.views.things import Kind, Label

Days = Mapping[str, tuple[str, str]]
_NAMES = {
    "view": Wording("视图", "view"),
    "report": Wording("报告", "report"),
    "relation": Wording("关系", "relation"),
    "status": Wording("状态", "status"),
    "type": Wording("类型", "type"),
    "place": Wording("地方", "place"),
    "period": Wording("时间", "period"),
    "focus": Wording("中心与步数", "focus and hops"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Restrictions on a network, each empty for none: IRIs of ``relations``, ``statuses``, ``reports`` and ``places``.

    ``types`` (of the facts format): both ends of an edge have one of them. ``places``: one end of an edge is such a place or
    lies in it (see ``kg.ask.places``). ``since`` and ``until``: the period of the edge overlaps these days, ends included;
    both the same day: the period contains it. ``as_of``: the edge had begun by that day and had not been said to be over,
    since reports say when a tie began, hardly ever when it ended. Under these three an edge without a date is kept and
    counted, or left out without ``undated``. ``inferred`` adds what follows by the rules of ``queries/inferences``.
    """

    relations: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    undated: bool = True
    inferred: bool = False

    @property
    def dated(self) -> bool:
        """Whether the network is narrowed to days."""
        return bool(self.since or self.until or self.as_of)


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Sieved:
    """The edges that passed, and how many were left after each filter, in their order."""

    edges: tuple[Edge, ...]
    left: tuple[tuple[str, int], ...]


def sieve(edges: tuple[Edge, ...], only: Filter, kinds: Mapping[str, Kind], days: Days, inside: frozenset[str]) -> Sieved:
    """Return the edges that ``only`` lets pass; ``inside`` are its places and what lies in them."""
    left: list[tuple[str, int]] = []
    for name, fits in _tests(edges, only, kinds, days, inside):
        edges = tuple(edge for edge in edges if fits(edge))
        left.append((name, len(edges)))
    return Sieved(edges, tuple(left))


def _tests(
    edges: tuple[Edge, ...], only: Filter, kinds: Mapping[str, Kind], days: Days, inside: frozenset[str]
) -> Iterator[tuple[str, Callable[[Edge], bool]]]:
    if only.relations:
        yield "relation", lambda edge: edge.predicate in only.relations
    if only.statuses:
        yield "status", lambda edge: edge.status in only.statuses
    if only.types:
        yield "type", lambda edge: kinds[edge.subject].type in only.types and kinds[edge.object].type in only.types
    if only.places:
        here = inside | {edge.subject for edge in edges if edge.predicate == PARTICIPANT and edge.object in inside}  # an event there
        yield "place", lambda edge: edge.subject in here or edge.object in here
    if only.dated:
        yield "period", lambda edge: _in_time(edge, only, *days.get(edge.period, ("", "")))


def _in_time(edge: Edge, only: Filter, first: str, last: str) -> bool:
    """Say whether an edge fits the days; ISO dates are compared as texts."""
    if not first and not last:
        return only.undated
    if only.as_of and ((first and first > only.as_of.isoformat()) or (edge.phase == "past" and last and last < only.as_of.isoformat())):
        return False
    return not ((only.since and last and last < only.since.isoformat()) or (only.until and first and first > only.until.isoformat()))


def narrowed(only: Filter, labels: Mapping[str, Label]) -> Wording:
    """Return what ``only`` narrows a network to, empty for nothing; ``labels`` are those of its IRIs."""
    wanted = (("relation", only.relations), ("status", only.statuses), ("report", only.reports), ("place", only.places))
    named = [(name, sorted((labels.get(iri, Label(iri)) for iri in iris), key=str)) for name, iris in wanted if iris]
    if only.types:
        named.append(("type", [Label(kind) for kind in sorted(only.types)]))
    zh = [f"{_NAMES[name].zh} {'、'.join(label.zh or label.en for label in found)}" for name, found in named]
    en = [f"{_NAMES[name].en} {', '.join(label.en or label.zh for label in found)}" for name, found in named]
    days = ((only.since, "自", "from"), (only.until, "至", "until"), (only.as_of, "截至", "as of"))
    zh += [f"{word} {day}" for day, word, _ in days if day]
    en += [f"{word} {day}" for day, _, word in days if day]
    if only.dated and not only.undated:
        zh, en = [*zh, "只留有日期的"], [*en, "dated ones only"]
    return Wording("；".join(zh), "; ".join(en))


def narrowing_said(account: Mapping[str, Any], lang: Lang) -> str:
    """Return to what a network was narrowed, how many relations each filter left, and what a limit left out; empty for nothing.

    ``account`` is the attributes of the graph.
    """
    said = []
    if account.get(f"narrowed_{lang}"):
        told = _counted(account["left"], lang)
        zh, en = (
            f"已缩小：{account['narrowed_zh']}（剩下的关系：{told}）。",
            f"Narrowed to: {account['narrowed_en']} (relations left: {told}).",
        )
        said.append(Wording(zh, en))
    said += _undated_and_left_out(account)
    return Wording("", " ").said(lang).join(note.said(lang) for note in said)


def _counted(left: list[dict[str, Any]], lang: Lang) -> str:
    return Wording("、", ", ").said(lang).join(f"{_NAMES[step['filter']].said(lang)} {step['left']}" for step in left)


def why_empty(store: Store, view: str, left: list[dict[str, Any]], lang: Lang) -> QueryError:
    """Return the error for a network without edges: which filter took the last of them, and what each had left.

    ``left`` is the graph attribute of that name: the view itself first, then each filter. A graph without any sentence is
    said to be one.
    """
    where = Wording(f"视图“{view}”", f"view “{view}”").said(lang)
    if not left[0]["left"] and len(store) and not carries_sentences(store):
        return without_sentences(where, lang)
    if not left[0]["left"]:
        what = Wording("图中没有一条关系属于它", "no relation of the graph belongs to it")
        remedy = Wording("先用 kg build 建图，或换一个视图", "build the graph with `kg build`, or choose another view")
        return QueryError(where, what.said(lang), remedy.said(lang))
    name = next(_NAMES[step["filter"]].said(lang) for step in left if not step["left"])
    told = _counted(left, lang)
    what = Wording(f"筛选“{name}”后一条关系也不剩（依次剩下：{told}）", f"the filter “{name}” leaves no relation (left in turn: {told})")
    return QueryError(where, what.said(lang), Wording(f"放宽“{name}”", f"loosen “{name}”").said(lang))


def notes_on(account: Mapping[str, Any], lang: Lang) -> list[str]:
    """Return what a reader should know of how a network was narrowed: undated edges, nodes left out, what was inferred.

    ``account`` is the attributes of the graph.
    """
    notes = [Wording(note.zh.removesuffix("。"), note.en.removesuffix(".")) for note in _undated_and_left_out(account)]
    for rule in account["rules"]:
        zh = f"推断 {rule['count']} 条：{rule['label_zh']}（{rule['id']}）。{rule['about_zh']}"
        notes.append(Wording(zh, f"{rule['count']} inferred: {rule['label_en']} ({rule['id']}). {rule['about_en']}"))
    return [note.said(lang) for note in notes]


def _undated_and_left_out(account: Mapping[str, Any]) -> list[Wording]:
    notes = []
    if account.get("undated"):
        zh = f"{account['undated']} 条关系没有日期，仍然保留（--dated-only 可去掉）。"
        notes.append(Wording(zh, f"{account['undated']} relations have no date and were kept (--dated-only leaves them out)."))
    if account.get("left_out"):
        least = Wording("至少 ", "at least ") if account.get("cut_short") else Wording("", "")
        zh = f"{least.zh}{account['left_out']} 个节点因 --limit 未显示。"
        notes.append(Wording(zh, f"{least.en}{account['left_out']} nodes are not shown because of --limit."))
    return notes
